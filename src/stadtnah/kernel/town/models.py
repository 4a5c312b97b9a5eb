"""The one row that says which municipality this cell belongs to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from stadtnah.kernel.town.grammar import Named, named


class Town(models.Model):
    """Name, address, look. One cell, one town: the primary key is always 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField("Name", max_length=120, help_text="zum Beispiel: Stadt Erlenfurt")
    short_name = models.CharField("Kurzname", max_length=80)
    kind = models.CharField("Art", max_length=40, default="Stadt")
    land = models.CharField(
        "Land", max_length=2, default="HE", help_text="Kürzel nach ISO 3166-2, zum Beispiel HE"
    )
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    mail = models.EmailField("E-Mail", blank=True)
    represented_by = models.CharField("vertreten durch", max_length=160, blank=True)
    opening_hours = models.JSONField(
        "Öffnungszeiten", default=list, blank=True
    )  # [["Montag", "8–12 Uhr"], …]
    colour = models.CharField("Farbe", max_length=7, default="#14532d")
    accent = models.CharField("Zweitfarbe", max_length=7, default="#0b6e8a")
    arms_sha256 = models.CharField("Wappen", max_length=64, blank=True)
    languages = models.JSONField(default=list, blank=True)
    guide = models.JSONField("Redaktionsregeln", default=dict, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommune"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_cell_one_town")]

    def __str__(self) -> str:
        return self.name

    @property
    def nominative(self) -> str:
        """„die Stadt Erlenfurt“ where German is spoken, else the name."""
        return self._said().nominative

    @property
    def genitive(self) -> str:
        """„der Stadt Erlenfurt“, as after a noun; the name where another language is spoken."""
        return self._said().genitive

    @property
    def accusative(self) -> str:
        """„die Stadt Erlenfurt“, as after „für“; the name where another language is spoken."""
        return self._said().accusative

    def _said(self) -> Named:
        if (get_language() or "de").startswith("de"):
            return named(self.name, self.kind)
        return Named(self.name, self.name, self.name, "", "")
