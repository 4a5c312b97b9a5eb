"""Roles in the municipality, mandates of agencies, absence."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from stadtnah.kernel import triggers
from stadtnah.kernel.access.actions import ROLE_LABELS, Role


class Membership(models.Model):
    """A person of the municipality holds a role. An agency's person cannot (database trigger)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        "Rolle", max_length=12, choices=[(r.value, label) for r, label in ROLE_LABELS.items()]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "Rolle"
        verbose_name_plural = "Rollen"
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class Agency(models.Model):
    """A company outside the administration."""

    name = models.CharField("Name", max_length=160, unique=True)
    contact = models.CharField("Ansprechstelle", max_length=200, blank=True)

    class Meta:
        verbose_name = "Agentur"
        verbose_name_plural = "Agenturen"

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """The municipality lets a named person of an agency act for it: scopes, start, end (Vollmacht)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mandates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates")
    scopes = models.JSONField("Umfang", default=list)
    starts_at = models.DateTimeField("gilt ab")
    ends_at = models.DateTimeField("gilt bis", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="granted_mandates"
    )
    ended_at = models.DateTimeField("beendet am", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    swept_at = models.DateTimeField(null=True, blank=True, editable=False)  # sessions and plans ended

    class Meta:
        verbose_name = "Vollmacht"
        verbose_name_plural = "Vollmachten"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="mandate_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.user_id}"


class Absence(models.Model):
    """An approver is away; requests go to the deputies meanwhile."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField("von")
    ends_at = models.DateTimeField("bis")

    class Meta:
        verbose_name = "Abwesenheit"
        verbose_name_plural = "Abwesenheiten"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts_at:%Y-%m-%d}"


_NOT_MUNICIPAL = (
    "NOT EXISTS (SELECT 1 FROM identity_user u WHERE u.id = NEW.user_id AND u.kind = 'municipality')"
)
for _event in ("INSERT", "UPDATE"):
    triggers.refuse(
        f"access_membership_municipal_{_event.lower()}",
        "access_membership",
        _event,
        "Rolle: nur Personen der Kommune",
        _NOT_MUNICIPAL,
    )
    triggers.refuse(
        f"access_mandate_granted_{_event.lower()}",
        "access_mandate",
        _event,
        "Vollmacht: nur die Kommune erteilt sie",
        "NOT EXISTS (SELECT 1 FROM identity_user u WHERE u.id = NEW.granted_by_id AND u.kind = 'municipality')",
    )
