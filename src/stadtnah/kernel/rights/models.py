"""The register: rights in a picture or film by the digest of its bytes, people, their consents, the scans of these."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from stadtnah.kernel import clock
from stadtnah.kernel.rights.rule import Grant, Use

_USER = settings.AUTH_USER_MODEL
USES = [
    (Use.WEBSITE.value, "Website, Feeds und Newsletter"),
    (Use.SOCIAL.value, "Soziale Medien"),
    (Use.PRINT.value, "Druck und Presse"),
]


def _grant(uses: list[str], until: date | None, revoked_at: Any) -> Grant:
    known = {use.value for use in Use}
    revoked = clock.local(revoked_at).date() if revoked_at else None
    return Grant(frozenset(Use(use) for use in uses if use in known), until, revoked)


class MediaRights(models.Model):
    """What is known of a picture or film. Without a row nothing is."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    made_by = models.CharField("Urheberin oder Urheber", max_length=160, blank=True)
    uses = models.JSONField("erlaubt für", default=list)
    until = models.DateField("Nutzungsrecht gilt bis", null=True, blank=True)
    revoked_at = models.DateTimeField("Nutzungsrecht entzogen", null=True)
    licensed = models.BooleanField("Nutzungsrecht angegeben", default=False)
    nobody = models.BooleanField("Niemand ist erkennbar", default=False)
    # Somebody on it said no, and their entry is deleted since: the no outlives the name.
    barred_on = models.DateField("gesperrt", null=True)
    changed_at = models.DateTimeField()
    used_on = models.DateField("zuletzt öffentlich gezeigt", null=True)
    taken_down_at = models.DateTimeField("von der Website genommen", null=True)
    reminded_for = models.DateField(null=True)  # the end of which somebody was told

    class Meta:
        verbose_name = "Rechte an einem Bild"
        verbose_name_plural = "Rechte an Bildern"
        indexes = [models.Index(fields=["until"], name="rights_until")]

    def __str__(self) -> str:
        return self.sha256[:12]

    def licence(self) -> Grant | None:
        """What the holder of the rights allows; None when nothing is said of it."""
        return _grant(self.uses, self.until, self.revoked_at) if self.licensed else None

    def grants(self) -> list[Grant]:
        """What the people on it allow."""
        barred = [Grant(frozenset(), revoked=self.barred_on)] if self.barred_on else []
        return [consent.grant() for consent in self.consents.all()] + barred


class Person(models.Model):
    """Somebody who can be recognised on a picture."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("Name", max_length=120)
    child = models.BooleanField("Kind", default=False)
    contact = models.EmailField("E-Mail", max_length=254, blank=True)

    class Meta:
        verbose_name = "Person auf Bildern"
        verbose_name_plural = "Personen auf Bildern"
        ordering = ["name"]
        indexes = [models.Index(fields=["contact"], name="depicted_contact")]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """One yes of a person: how and when it was given, for what, until when, and when it was taken back. Several pictures may rest on it."""

    class How(models.TextChoices):
        PAPER = "paper", "auf Papier"
        MAIL = "mail", "per E-Mail"
        FORM = "form", "mit einem Formular"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    how = models.CharField("erteilt", max_length=5, choices=How.choices)
    given_on = models.DateField("erteilt am")
    uses = models.JSONField("gilt für", default=list)
    until = models.DateField("gilt bis", null=True, blank=True)
    revoked_at = models.DateTimeField("widerrufen", null=True)
    changed_at = models.DateTimeField()
    pictures = models.ManyToManyField(MediaRights, related_name="consents")

    class Meta:
        verbose_name = "Einwilligung"
        verbose_name_plural = "Einwilligungen"
        ordering = ["person__name", "given_on"]
        indexes = [models.Index(fields=["until"], name="consent_until")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.given_on}"

    def grant(self) -> Grant:
        """What it allows."""
        return _grant(self.uses, self.until, self.revoked_at)


class Scan(models.Model):
    """The paper, mail or form itself: sealed with the cell's key, in the database so that it goes with its row and stands in each backup."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="scans")
    name = models.CharField("Dateiname", max_length=120)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField("Bytes")
    sha256 = models.CharField("Prüfsumme", max_length=64)  # of what was handed in
    sealed = models.BinaryField()
    at = models.DateTimeField("aufgenommen")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Nachweis einer Einwilligung"
        verbose_name_plural = "Nachweise von Einwilligungen"
        ordering = ["at"]

    def __str__(self) -> str:
        return self.name
