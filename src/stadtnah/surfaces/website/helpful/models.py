"""Counts for each page. No row for an answer, no time of day, no address: there is nothing to find anybody by."""

from __future__ import annotations

from django.db import models


class PageVerdict(models.Model):
    """How many said yes and no about a page since a day."""

    object_key = models.CharField("Seite", max_length=80, primary_key=True)
    yes = models.PositiveIntegerField("hilfreich", default=0)
    no = models.PositiveIntegerField("nicht hilfreich", default=0)
    since = models.DateField("gezählt seit")

    class Meta:
        verbose_name = "Bewertung"
        verbose_name_plural = "Bewertungen"
        indexes = [models.Index(fields=["-no", "object_key"], name="verdict_worst")]

    def __str__(self) -> str:
        return f"{self.object_key}: {self.yes} / {self.no}"
