"""Forwardings as somebody wants them, and as the municipality released them."""

from __future__ import annotations

from django.db import models

LONGEST_PATH, LONGEST_TARGET = 300, 500


class Origin(models.TextChoices):
    """Why there is one."""

    HAND = "hand", "von Hand angelegt"
    FILE = "file", "aus einer Datei"
    OLD_SITE = "old", "aus der alten Website übernommen"
    SHORT = "short", "Kurzadresse"


class Forwarding(models.Model):
    """One that somebody wants. The public sees it once it is released."""

    path = models.CharField("alte Adresse", max_length=LONGEST_PATH, primary_key=True)
    target = models.CharField("Ziel", max_length=LONGEST_TARGET)  # a path of this site, or https:// elsewhere
    origin = models.CharField("Herkunft", max_length=5, choices=Origin.choices, default=Origin.HAND)
    removed = models.BooleanField("soll wegfallen", default=False)  # kept until that is released
    changed_at = models.DateTimeField("geändert")
    # Ids of everybody who touched it since the public saw it as it is: none of them releases it (four eyes).
    writers = models.JSONField("geändert von", default=list)

    class Meta:
        verbose_name = "Weiterleitung"
        verbose_name_plural = "Weiterleitungen"
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"


class ReleasedForwarding(models.Model):
    """One as released: pages are baked from these rows only."""

    path = models.CharField(max_length=LONGEST_PATH, primary_key=True)
    target = models.CharField(max_length=LONGEST_TARGET)
    origin = models.CharField(max_length=5)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"


class ReleasedList(models.Model):
    """The one row that says which release the public sees."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="forwarding_one_list")]

    def __str__(self) -> str:
        return self.digest
