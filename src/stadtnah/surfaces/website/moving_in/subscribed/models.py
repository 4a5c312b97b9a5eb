"""A subscribed calendar, and what a person is asked about it."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """The address of a calendar, how it is read, and what it said last. Its drafts belong to `run`."""

    class State(models.TextChoices):
        NEW = "new", "wird angesehen"
        ACTIVE = "active", "wird gelesen"
        PAUSED = "paused", "ruht"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField("Adresse", max_length=2_000)
    address_hash = models.CharField(max_length=64, unique=True)
    title = models.CharField("Titel", max_length=250, blank=True)
    # Said of events that do not say it themselves.
    organiser = models.CharField("Wer veranstaltet", max_length=300, blank=True)
    place = models.CharField("Ort", max_length=500, blank=True)
    category = models.CharField("Rubrik", max_length=100, blank=True)
    state = models.CharField("Stand", max_length=6, choices=State.choices, default=State.NEW)
    run = models.OneToOneField("moving_in.ImportRun", on_delete=models.PROTECT, related_name="subscription")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eingetragen von",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField("wird wieder gelesen", null=True)
    busy_until = models.DateTimeField(null=True)  # of a worker that reads it; later that one is gone
    read_at = models.DateTimeField("zuletzt gelesen", null=True)
    allowed_at = models.DateTimeField(null=True)  # when its robots.txt was asked last
    failures = models.PositiveIntegerField("vergebliche Versuche", default=0)
    error_de = models.TextField("Fehler", blank=True)
    number = models.PositiveIntegerField("Termine", default=0)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_digest = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=4, blank=True)  # `events.Said`: what holds while it is empty

    class Meta:
        verbose_name = "abonnierter Kalender"
        verbose_name_plural = "abonnierte Kalender"
        ordering: ClassVar = ["title", "address"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "active", "paused"]), name="moving_in_subscription_state"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.address


class Question(models.Model):
    """Something that no program decides. What it says of the event goes with the answer."""

    class Kind(models.TextChoices):
        CHANGED = "changed", "geändert"
        GONE = "gone", "steht nicht mehr im Kalender"
        TWIN = "twin", "neu, vermutlich schon da"
        EMPTY = "empty", "Der Kalender ist leer"

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="questions")
    guid_hash = models.CharField(max_length=64, blank=True)  # "": about the calendar as a whole
    kind = models.CharField("Frage", max_length=7, choices=Kind.choices)
    title = models.CharField("Titel", max_length=250, blank=True)
    when = models.CharField("Wann", max_length=200, blank=True)
    plain = models.JSONField("Angaben", default=dict, blank=True)  # the event as the calendar says it now
    changes = models.JSONField("Änderungen", default=list, blank=True)  # [what, before, now]
    number = models.PositiveIntegerField("Termine", default=0)  # how many are missing
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField("Antwort", max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "Frage zu einem Kalender"
        verbose_name_plural = "Fragen zu Kalendern"
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscription", "guid_hash"], condition=Q(answer=""), name="moving_in_question_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="moving_in_question_answered",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["changed", "gone", "twin", "empty"]), name="moving_in_question_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
