"""Streets, areas and days as somebody wants them, and as the municipality released them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from stadtnah.services.streets.domain.kinds import KEYS
from stadtnah.services.streets.domain.register import SIDE_WORDS
from stadtnah.services.streets.domain.table import LONGEST

LONGEST_CODE = 40
LONGEST_TITLE = 200


class CollectionArea(models.Model):
    """An area in which the same is collected on the same day. Its code stands in addresses and stays."""

    code = models.CharField("Kürzel", max_length=LONGEST_CODE, primary_key=True)
    name = models.CharField("Name", max_length=LONGEST, unique=True)

    class Meta:
        verbose_name = "Abfuhrbezirk"
        verbose_name_plural = "Abfuhrbezirke"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Street(models.Model):
    """A street of a district."""

    name = models.CharField("Straße", max_length=LONGEST)
    district = models.CharField("Ortsteil", max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = "Straße"
        verbose_name_plural = "Straßen"
        ordering = ["name", "district"]
        constraints = [models.UniqueConstraint(fields=["name", "district"], name="streets_street_once")]

    def __str__(self) -> str:
        return self.name


class StreetStretch(models.Model):
    """The whole of a street (no first house number), or a part of it."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="stretches")
    area = models.ForeignKey(CollectionArea, on_delete=models.PROTECT, related_name="stretches")
    first = models.PositiveSmallIntegerField("von", null=True)
    last = models.PositiveSmallIntegerField("bis", null=True)
    side = models.CharField("Seite", max_length=4, default="all")

    class Meta:
        verbose_name = "Straßenabschnitt"
        verbose_name_plural = "Straßenabschnitte"
        ordering = ["street", "first", "side"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__isnull=False, last__gte=F("first")),
                name="streets_stretch_ends",
            ),
            models.CheckConstraint(
                condition=Q(side__in=[str(side) for side in SIDE_WORDS]), name="streets_stretch_side"
            ),
            models.CheckConstraint(
                condition=Q(side="all") | Q(first__isnull=False), name="streets_stretch_side_of_numbers"
            ),
            models.UniqueConstraint(
                fields=["street"], condition=Q(first__isnull=True), name="streets_whole_street_once"
            ),
            models.UniqueConstraint(fields=["street", "first", "side"], name="streets_stretch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.first or ''}"


class CollectionDay(models.Model):
    """One kind on one day in an area."""

    area = models.ForeignKey(CollectionArea, on_delete=models.CASCADE, related_name="days")
    day = models.DateField("Tag")
    kind = models.CharField("Art", max_length=12)

    class Meta:
        verbose_name = "Abfuhrtermin"
        verbose_name_plural = "Abfuhrtermine"
        ordering = ["area", "day", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["area", "day", "kind"], name="streets_day_once"),
            models.CheckConstraint(condition=Q(kind__in=KEYS), name="streets_day_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class KindWords(models.Model):
    """A kind in the town's own words, where it chose any."""

    key = models.CharField("Art", max_length=12, primary_key=True)
    name = models.CharField("Name", max_length=LONGEST)
    advice = models.CharField("Was zu tun ist", max_length=500, blank=True)

    class Meta:
        verbose_name = "Abfallart"
        verbose_name_plural = "Abfallarten"
        constraints = [models.CheckConstraint(condition=Q(key__in=KEYS), name="streets_words_kind")]

    def __str__(self) -> str:
        return self.name


class TitleMeaning(models.Model):
    """What a title in a calendar file means here; an empty list: no collection. Said once, remembered."""

    title = models.CharField("Bezeichnung", max_length=LONGEST_TITLE, primary_key=True)
    kinds = models.JSONField("Arten", default=list)

    class Meta:
        verbose_name = "Bezeichnung"
        verbose_name_plural = "Bezeichnungen"

    def __str__(self) -> str:
        return self.title


class CalendarUpload(models.Model):
    """A calendar file that somebody looks through before its dates are taken. days: [ISO day, title]; aside: [title, reason]."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(CollectionArea, on_delete=models.CASCADE)
    file_name = models.CharField("Datei", max_length=LONGEST_TITLE)
    days = models.JSONField("Termine", default=list)
    aside = models.JSONField("zur Seite gelegt", default=list)
    uploaded_at = models.DateTimeField("hochgeladen")

    class Meta:
        verbose_name = "Kalenderdatei"
        verbose_name_plural = "Kalenderdateien"

    def __str__(self) -> str:
        return self.file_name


class WorkingPlan(models.Model):
    """The one row that says who changed something since the public saw it as it is: none of them releases it (four eyes)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    writers = models.JSONField("geändert von", default=list)  # ids

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="streets_one_working_plan")]

    def __str__(self) -> str:
        return "Arbeitsstand"


class ReleasedPlan(models.Model):
    """The one row with what the public sees, and which release it is from: pages are baked from this alone."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="streets_one_released_plan")]

    def __str__(self) -> str:
        return self.digest
