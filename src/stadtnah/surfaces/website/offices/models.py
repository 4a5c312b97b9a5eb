"""Offices, places and people: what an editor works on."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from stadtnah.surfaces.website import fact_rules, richtext
from stadtnah.surfaces.website.offices.hour_fields import (
    ON_HOLIDAYS,
    ExceptionBlock,
    SeasonBlock,
    WeekFields,
    week_panel,
)
from stadtnah.surfaces.website.offices.land_panel import LocalHolidayPanel
from stadtnah.surfaces.website.pages import BodyFields, IndexPage, PublicPage
from stadtnah.surfaces.website.panels import group, one_form, text_with_picture
from stadtnah.surfaces.website.walltime import DayInput

OFFICES: Final = "/aemter/"
PLACES: Final = "/orte/"
_PEOPLE: Final = "personen"  # the part of a person's address below the offices
TOPICS: Final = [
    ("rathaus", "Rathaus und Bürgerservice"),
    ("bauen", "Bauen, Umwelt und Versorgung"),
    ("bildung", "Kinder, Schule und Familie"),
    ("kultur", "Kultur, Sport und Freizeit"),
    ("sicherheit", "Sicherheit und Ordnung"),
    ("andere", "Weitere Einrichtungen"),
]
WHEELCHAIR: Final = [
    ("", "nicht angegeben"),
    ("yes", "stufenlos zugänglich"),
    ("partly", "teilweise zugänglich"),
    ("no", "nicht ohne Stufen zugänglich"),
]
# Field of `PlacePage` and what it says: German, English.
ACCESS: Final = (
    ("toilet", "barrierefreie Toilette", "accessible toilet"),
    ("lift", "Aufzug", "lift"),
    ("parking", "Behindertenparkplatz", "disabled parking space"),
    ("hearing", "Hilfe beim Hören (Induktionsschleife)", "hearing loop"),
    ("guide", "Leitsystem für Blinde und Sehbehinderte", "tactile guidance for the blind"),
)


class OfficeIndexPage(IndexPage):
    """The place of all offices, A to Z, with what holds for all of them: holidays and usual closing days."""

    christmas_eve_closed = models.BooleanField("Heiligabend geschlossen", default=True)
    new_years_eve_closed = models.BooleanField("Silvester geschlossen", default=True)
    has_assumption = models.BooleanField("Mariä Himmelfahrt (15. August) ist hier Feiertag", default=False)
    has_peace_festival = models.BooleanField(
        "Augsburger Friedensfest (8. August) ist hier Feiertag", default=False
    )
    has_corpus_christi = models.BooleanField("Fronleichnam ist hier Feiertag", default=False)

    subpage_types: ClassVar[list[str]] = ["offices.OfficePage", "offices.PersonPage"]
    address = OFFICES
    edit_handler = one_form(
        [
            FieldPanel("intro"),
            group("Für alle Ämter geschlossen", "christmas_eve_closed", "new_years_eve_closed"),
            LocalHolidayPanel("has_assumption", "assumption"),
            LocalHolidayPanel("has_peace_festival", "peace-festival"),
            LocalHolidayPanel("has_corpus_christi", "corpus-christi"),
        ]
    )

    class Meta:
        verbose_name = "Ämter A–Z"

    @property
    def local_holidays(self) -> list[str]:
        """Keys of the holidays that the municipality has beyond its Land's."""
        found = {
            "assumption": self.has_assumption,
            "peace-festival": self.has_peace_festival,
            "corpus-christi": self.has_corpus_christi,
        }
        return [key for key, has in found.items() if has]


class OfficePage(PublicPage, BodyFields, WeekFields, Page):
    """An office or facility of the town: what it does, where it is, when it is open, whom one asks."""

    topic = models.CharField("Bereich", max_length=12, choices=TOPICS, default="rathaus")
    place = models.ForeignKey(
        "offices.PlacePage",
        verbose_name="Ort",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offices",
    )
    room = models.CharField("Zimmer oder Eingang", max_length=120, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    mail = models.EmailField("E-Mail", blank=True)
    appointment_address = models.CharField(
        "Termin vereinbaren", max_length=400, blank=True, help_text="Adresse der Terminvergabe, mit https://"
    )
    hours_note = models.CharField(
        "Hinweis zu den Zeiten",
        max_length=240,
        blank=True,
        help_text="Zum Beispiel: Letzter Einlass um 19 Uhr.",
    )
    on_holidays = models.CharField(
        "An Feiertagen",
        max_length=8,
        choices=ON_HOLIDAYS,
        default="closed",
        help_text="Die Feiertage des Landes werden berechnet; Sie brauchen sie nirgends einzutragen.",
    )
    seasons = StreamField(
        [("season", SeasonBlock())], verbose_name="Zeiträume mit anderen Zeiten", blank=True
    )
    exceptions = StreamField([("exception", ExceptionBlock())], verbose_name="Ausnahmen", blank=True)
    people = StreamField(
        [("person", blocks.PageChooserBlock(page_type="offices.PersonPage", label="Person"))],
        verbose_name="Ansprechpersonen",
        blank=True,
    )
    other_names = models.TextField(
        "Andere Bezeichnungen",
        max_length=1000,
        blank=True,
        help_text="Mit Komma getrennt: Einwohnermeldeamt.",
    )

    parent_page_types: ClassVar[list[str]] = ["offices.OfficeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            week_panel(),
            FieldPanel("exceptions", heading="Ausnahmen: geschlossen oder andere Zeiten"),
            group("An Feiertagen und Hinweis", "on_holidays", "hours_note"),
            FieldPanel("seasons"),
            group("Erreichbar", "phone", "mail", "appointment_address"),
            group("Wo", "place", "room"),
            FieldPanel("people"),
            *text_with_picture(),
            group("Auffinden", "topic", "other_names", "language"),
        ]
    )

    class Meta:
        verbose_name = "Amt oder Einrichtung"
        verbose_name_plural = "Ämter und Einrichtungen"

    def public_path(self) -> str:
        return f"{OFFICES}{self.slug}/"

    def clean(self) -> None:
        """Refuses an address that leads nowhere."""
        super().clean()
        given = self.appointment_address.strip()
        if given and not richtext.safe_address(given):
            said = "Bitte geben Sie die ganze Adresse an, mit https:// am Anfang."
            raise ValidationError({"appointment_address": said})
        if self.slug == _PEOPLE:
            raise ValidationError({"slug": "Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."})


class PlaceIndexPage(IndexPage):
    """The places of the town, A to Z."""

    subpage_types: ClassVar[list[str]] = ["offices.PlacePage"]
    address = PLACES

    class Meta:
        verbose_name = "Orte A–Z"


class PlacePage(PublicPage, BodyFields, Page):
    """Somewhere one can go: where it is, how one gets there and in."""

    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    town_name = models.CharField("Stadt oder Gemeinde", max_length=80, blank=True)
    latitude = models.DecimalField(
        "Breite",
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Zum Beispiel: 50.712345",
    )
    longitude = models.DecimalField(
        "Länge",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Zum Beispiel: 9.212345",
    )
    wheelchair = models.CharField(
        "Mit Rollstuhl und Kinderwagen", max_length=8, choices=WHEELCHAIR, default="", blank=True
    )
    toilet = models.BooleanField("barrierefreie Toilette", default=False)
    lift = models.BooleanField("Aufzug", default=False)
    parking = models.BooleanField("Behindertenparkplatz", default=False)
    hearing = models.BooleanField("Hilfe beim Hören (Induktionsschleife)", default=False)
    guide = models.BooleanField("Leitsystem für Blinde und Sehbehinderte", default=False)
    access_note = models.CharField("Hinweis zum Zugang", max_length=240, blank=True)
    transit = models.CharField("Mit Bus und Bahn", max_length=240, blank=True)

    parent_page_types: ClassVar[list[str]] = ["offices.PlaceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            group("Anschrift", "street", "postcode", "town_name"),
            group("Lage auf der Karte", "latitude", "longitude"),
            group("Zugang", "wheelchair", *(name for name, _de, _en in ACCESS), "access_note", "transit"),
            *text_with_picture(),
            FieldPanel("language"),
        ]
    )

    class Meta:
        verbose_name = "Ort"
        verbose_name_plural = "Orte"

    def public_path(self) -> str:
        return f"{PLACES}{self.slug}/"

    def clean(self) -> None:
        """Refuses half an address."""
        super().clean()
        wrong: dict[str, str] = {}
        if said := fact_rules.problem("postcode", self.postcode):
            wrong["postcode"] = said
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            wrong[missing] = "Bitte geben Sie Breite und Länge an, oder keines von beiden."
        if wrong:
            raise ValidationError(wrong)


class PersonPage(PublicPage, Page):
    """Whom one asks. Nothing about them but what the duty needs; the title is the name."""

    function = models.CharField("Funktion", max_length=120, blank=True)
    duty = models.CharField(
        "Zuständig für", max_length=240, blank=True, help_text="Zum Beispiel: Buchstaben A bis K."
    )
    phone = models.CharField("Telefon", max_length=40, blank=True)
    mail = models.EmailField("E-Mail", blank=True)
    image = models.ForeignKey(
        "website.TownImage",
        verbose_name="Bild",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nur mit Einwilligung der Person.",
    )
    image_consent_until = models.DateField(
        "Einwilligung gilt bis",
        null=True,
        blank=True,
        help_text="Danach verschwindet das Bild von selbst überall auf der Website.",
    )
    duty_until = models.DateField(
        "Zuständig bis",
        null=True,
        blank=True,
        help_text="Danach verschwindet die Person von selbst von der Website.",
    )
    own_page = models.BooleanField(
        "Eigene Seite", default=False, help_text="Sonst steht die Person nur bei ihrem Amt."
    )

    parent_page_types: ClassVar[list[str]] = ["offices.OfficeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            group("Aufgabe", "function", "duty"),
            FieldPanel("duty_until", widget=DayInput),
            group("Erreichbar", "phone", "mail"),
            FieldPanel("image"),
            FieldPanel("image_consent_until", widget=DayInput),
            FieldPanel("own_page"),
        ]
    )

    class Meta:
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"

    def public_path(self) -> str:
        return f"{OFFICES}{_PEOPLE}/{self.slug}/"

    def clean(self) -> None:
        """A picture needs a consent with an end."""
        super().clean()
        if self.image and not self.image_consent_until:
            said = "Bitte geben Sie an, bis wann die Einwilligung der Person gilt, oder nehmen Sie das Bild heraus."
            raise ValidationError({"image_consent_until": said})
