"""The fields of an event that editors fill in: when, how often, where, for whom."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from stadtnah.services.events import api as events
from stadtnah.surfaces.website.offices.hour_fields import DayBlock
from stadtnah.surfaces.website.walltime import DayInput, WallTimeField

WEEKDAYS: Final = (
    ("MO", "Montag"),
    ("TU", "Dienstag"),
    ("WE", "Mittwoch"),
    ("TH", "Donnerstag"),
    ("FR", "Freitag"),
    ("SA", "Samstag"),
    ("SU", "Sonntag"),
)
STATUS: Final = [(status.value, words) for status, words in events.STATUS_WORDS.items()]
# Field and what it stands for, in the order of `events.Access`.
ACCESS: Final = tuple((one.name.lower(), one) for one in events.Access)
USUAL: Final = "Üblich sind: Konzert, Theater, Markt, Fest, Führung, Vortrag, Sport, Kinder und Familie, Seniorinnen und Senioren, Rat und Verwaltung."


def slip(begins: time, ends: time) -> str:
    """What is said of an end that is neither of the same day nor of the morning after."""
    return (
        f"Das Ende ({ends:%H:%M}) liegt nicht nach dem Beginn ({begins:%H:%M}). "
        "Berichtigen Sie die Uhrzeit, oder geben Sie an, an welchem Tag es endet."
    )


class TimeInput(forms.TimeInput):
    """The browser's own picker for a time of the day."""

    input_type = "time"

    def format_value(self, value: Any) -> str | None:
        """Without seconds, unless there are some: a picker would show them."""
        shown = super().format_value(value)
        return shown.removesuffix(":00") if shown and shown.count(":") > 1 else shown


class ClockField(models.TimeField[Any, Any]):
    """A time of the day, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """A picker instead of a line of text."""
        return super().formfield(*args, **{"widget": TimeInput(), **kwargs})


class PickedDayField(models.DateField[Any, Any]):
    """A day, given with the browser's own picker."""

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """See `DayInput`."""
        return super().formfield(*args, **{"widget": DayInput(), **kwargs})


class _Weekdays(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """As boxes want it."""
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """As it is kept."""
        return ",".join(super().clean(value))


class WeekdaysField(models.CharField):  # type: ignore[type-arg] # not subscriptable at run time
    """Days of the week as RFC 5545 names them, „MO,WE“."""

    def formfield(self, **kwargs: Any) -> Any:
        """Boxes to tick."""
        kept = {name: value for name, value in kwargs.items() if name in {"label", "help_text"}}
        return _Weekdays(
            choices=WEEKDAYS,
            required=False,
            **{"label": self.verbose_name, "help_text": self.help_text, **kept},
        )


class ClockBlock(blocks.TimeBlock):
    """A time of the day in a block."""

    @property
    def field(self) -> forms.TimeField:
        """The form's field."""
        return forms.TimeField(widget=TimeInput(), **self.field_options)

    @field.setter
    def field(self, value: Any) -> None:
        """Wagtail caches it; the property makes it anew."""


class ChangeBlock(blocks.StructBlock):
    """One date of a series that is different. What is left empty is as with the series."""

    day = DayBlock(label="Termin, der anders ist", help_text="Der Tag, an dem er nach der Regel wäre.")
    at = ClockBlock(label="seine Uhrzeit nach der Regel", required=False, help_text="Leer: die der Serie.")
    status = blocks.ChoiceBlock(label="Was ist damit", choices=STATUS, required=False)
    first_day = DayBlock(label="stattdessen am", required=False)
    begins = ClockBlock(label="von", required=False)
    last_day = DayBlock(label="bis zum", required=False, help_text="Leer: der gleiche Tag.")
    ends = ClockBlock(label="bis", required=False)
    title = blocks.CharBlock(label="andere Überschrift", required=False, max_length=255)
    place = blocks.CharBlock(label="anderer Ort", required=False, max_length=500)

    class Meta:
        icon = "date"
        label = "Anderer Termin"
        label_format = "{day} {status}"

    def clean(self, value: Any) -> Any:
        """Refuses an end before its beginning."""
        cleaned = super().clean(value)
        first, last = cleaned["first_day"] or cleaned["day"], cleaned["last_day"]
        if last and last < first:
            said = ValidationError("Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide.")
            raise blocks.StructBlockValidationError(block_errors={"last_day": said})
        begins, ends = cleaned["begins"], cleaned["ends"]
        if begins and ends and not last and events.is_slip(datetime.combine(first, begins), ends):
            said = ValidationError(slip(begins, ends))
            raise blocks.StructBlockValidationError(block_errors={"ends": said})
        return cleaned


class WhenFields(models.Model):
    """The (first) date."""

    first_day = PickedDayField("Erster Tag")
    begins = ClockField("Beginn")
    last_day = PickedDayField("Letzter Tag", null=True, blank=True, help_text="Leer: der gleiche Tag.")
    ends = ClockField("Ende", help_text="Leer: offen.")
    all_day = models.BooleanField("ganztägig", default=False, help_text="Dann gelten die Uhrzeiten nicht.")
    status = models.CharField("Stand", max_length=20, choices=STATUS, default=events.Status.SCHEDULED.value)
    status_note = models.CharField(
        "Hinweis zum Stand",
        max_length=240,
        blank=True,
        help_text="Zum Beispiel: Gekaufte Karten gelten am neuen Termin.",
    )
    moved_from = WallTimeField("war ursprünglich am", help_text="Nur, wenn die Veranstaltung verlegt wurde.")

    class Meta:
        abstract = True


class RepeatFields(models.Model):
    """How often it takes place again."""

    repeats = models.CharField(
        "Wiederholt sich", max_length=16, choices=events.CHOICES, default="", blank=True
    )
    every = models.PositiveSmallIntegerField(
        "Abstand", default=1, validators=[MinValueValidator(1), MaxValueValidator(100)], help_text="2 heißt: nur jedes zweite Mal."
    )  # fmt: skip
    weekdays = WeekdaysField(
        "An diesen Wochentagen", max_length=20, blank=True, default="", help_text="Nur bei „wöchentlich“. Leer: am Wochentag des ersten Termins."
    )  # fmt: skip
    repeats_until = PickedDayField(
        "Bis einschließlich", null=True, blank=True, help_text="Leer: bis auf Weiteres."
    )
    times = models.PositiveSmallIntegerField(
        "oder so oft", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    skip_holidays = models.BooleanField("nicht an Feiertagen", default=False)
    skip_school = models.BooleanField(
        "nicht in den Schulferien",
        default=False,
        help_text="Die Ferien stehen auf der Seite „Veranstaltungen“.",
    )
    left_out = models.TextField(
        "Fällt aus am", blank=True, max_length=8000, help_text="Ein Tag je Zeile: 24.12.2026"
    )
    extra_dates = models.TextField(
        "Zusätzliche Termine", blank=True, max_length=12000, help_text="Einer je Zeile: 14.12.2026 oder 14.12.2026 19:00–21:00"
    )  # fmt: skip
    changes: Any = StreamField(
        [("change", ChangeBlock())], verbose_name="Einzelne Termine, die anders sind", blank=True
    )
    rrule = models.TextField(
        "Regel (RRULE)",
        blank=True,
        max_length=4000,
        help_text="Nach RFC 5545, zum Beispiel FREQ=MONTHLY;BYDAY=2TU. Gilt nur bei „nach einer eigenen Regel“; sonst entsteht sie von selbst.",
    )

    class Meta:
        abstract = True


class WhereFields(models.Model):
    """Where it takes place, and how one gets in."""

    place = models.ForeignKey(
        "offices.PlacePage",
        verbose_name="Ort aus dem Verzeichnis",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Anschrift, Lage und Zugang kommen dann von dort.",
    )
    place_name = models.CharField("oder Name des Ortes", max_length=500, blank=True)
    address = models.CharField(
        "Anschrift", max_length=500, blank=True, help_text="Zum Beispiel: Mühlstraße 4, 35999 Erlenfurt"
    )
    latitude = models.FloatField(
        "Breite", null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        "Länge", null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    online = models.CharField(
        "Adresse im Netz",
        max_length=2000,
        blank=True,
        help_text="Wenn man online teilnehmen kann, mit https://",
    )
    wheelchair = models.BooleanField(events.access_word(events.Access.WHEELCHAIR), default=False)
    induction_loop = models.BooleanField(events.access_word(events.Access.INDUCTION_LOOP), default=False)
    sign_language = models.BooleanField(events.access_word(events.Access.SIGN_LANGUAGE), default=False)
    easy_language = models.BooleanField(events.access_word(events.Access.EASY_LANGUAGE), default=False)
    quiet = models.BooleanField(events.access_word(events.Access.QUIET), default=False)
    access_note = models.CharField("Hinweis dazu", max_length=240, blank=True)

    class Meta:
        abstract = True


class WhoFields(models.Model):
    """Who invites whom, and what it costs."""

    categories = models.TextField(
        "Rubriken", blank=True, max_length=2100, help_text=f"Eine je Zeile. {USUAL}"
    )
    audience = models.CharField(
        "Für wen", max_length=300, blank=True, help_text="Zum Beispiel: Kinder von 6 bis 10 Jahren"
    )
    price = models.CharField("Kosten", max_length=300, blank=True, help_text="Zum Beispiel: Eintritt frei")
    registration = models.CharField(
        "Anmeldung", max_length=2000, blank=True, help_text="Adresse im Netz, mit https://"
    )
    web = models.CharField(
        "Mehr dazu", max_length=2000, blank=True, help_text="Adresse im Netz, mit https://"
    )
    organiser = models.CharField("Wer veranstaltet", max_length=300, blank=True)
    organiser_phone = models.CharField("Telefon für Fragen", max_length=40, blank=True)
    organiser_mail = models.EmailField("E-Mail für Fragen", blank=True)

    class Meta:
        abstract = True


class KeptFields(models.Model):
    """What no form shows: where it came from, and what only calendar programs ask for."""

    uid = models.CharField(max_length=255, blank=True, editable=False, db_index=True)
    zone = models.CharField(max_length=64, blank=True, editable=False)  # "": the town's
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed = models.DateTimeField(null=True, editable=False)  # by the calendar that it came from
    origin = models.CharField(max_length=200, blank=True, editable=False)
    kept: Any = models.JSONField(default=dict, editable=False)  # what of it no field holds, see `drafts`

    copied_anew: ClassVar[list[str]] = ["uid", "sequence", "changed", "origin"]

    class Meta:
        abstract = True
