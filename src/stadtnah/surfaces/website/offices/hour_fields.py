"""Hours as editors give them: a line for each weekday, seasons and exceptions below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks.struct_block import StructBlockValidationError

from stadtnah.surfaces.website.offices.domain.hours import (
    WEEKDAYS,
    Day,
    Deviation,
    Season,
    Week,
    clashes,
)
from stadtnah.surfaces.website.offices.domain.words import HoursWrong, parse_day, typed_day
from stadtnah.surfaces.website.walltime import DayInput

NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS: Final = 120  # characters
_EXAMPLE: Final = (
    "Zum Beispiel: 8–12, 14–16 oder nach Vereinbarung. Leer heißt geschlossen. "
    "Die Zeiten im Fuß der Website und auf der Startseite ändert die Kommune unter „Verwaltung“."
)
ON_HOLIDAYS: Final = [
    ("closed", "geschlossen"),
    ("sunday", "wie sonntags"),
    ("open", "wie an anderen Tagen"),
]


class HoursField(models.CharField):  # type: ignore[type-arg] # not subscriptable at run time
    """The hours of one weekday, kept as they are read back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": _HOURS, "blank": True, "default": "", **kwargs})

    def clean(self, value: Any, model_instance: Any) -> Any:
        """As the form shows it again: „8:00–12:00, 14:00–16:00“."""
        try:
            return typed_day(parse_day(super().clean(value, model_instance)))
        except HoursWrong as error:
            raise ValidationError(str(error)) from error


class WeekFields(models.Model):
    """A line for each weekday."""

    monday = HoursField("Montag")
    tuesday = HoursField("Dienstag")
    wednesday = HoursField("Mittwoch")
    thursday = HoursField("Donnerstag")
    friday = HoursField("Freitag")
    saturday = HoursField("Samstag")
    sunday = HoursField("Sonntag")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses a night that runs into the next day's hours."""
        super().clean()
        if wrong := clashes(week_of({name: getattr(self, name) for name in NAMES})):
            raise ValidationError({NAMES[number]: said for number, said in wrong.items()})


def week_panel() -> MultiFieldPanel:
    """The table of the week; a script adds „auf Dienstag bis Freitag übertragen“ (desk-hours.js)."""
    panels = [FieldPanel(name) for name in NAMES]
    return MultiFieldPanel(panels, heading="Öffnungszeiten", classname="week-table", help_text=_EXAMPLE)


def _line(number: int) -> blocks.CharBlock:
    return blocks.CharBlock(label=WEEKDAYS[number], required=False, max_length=_HOURS)


class DayBlock(blocks.DateBlock):
    """A day, given with the browser's own picker."""

    @cached_property
    def field(self) -> forms.DateField:
        """The form's field."""
        return forms.DateField(widget=DayInput(), **self.field_options)


class _HoursBlock(blocks.StructBlock):
    """Cleans its lines of hours, each error at its field."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong: dict[str, ValidationError] = {}
        for name in ("hours", *NAMES):
            if name in cleaned:
                try:
                    cleaned[name] = typed_day(parse_day(cleaned[name] or ""))
                except HoursWrong as error:
                    wrong[name] = ValidationError(str(error))
        wrong |= self.more_wrong(cleaned) if not wrong else {}
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned

    def more_wrong(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Field to what else is wrong: days the wrong way round."""
        if value["last"] and value["last"] < value["first"]:
            return {"last": ValidationError("Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide.")}
        return {}


class SeasonBlock(_HoursBlock):
    """A time of the year with a week of its own."""

    name = blocks.CharBlock(label="Bezeichnung", max_length=60, help_text="Zum Beispiel: Badesaison.")
    first = DayBlock(label="vom")
    last = DayBlock(label="bis einschließlich")
    yearly = blocks.BooleanBlock(label="jedes Jahr wieder", required=False)
    monday = _line(0)
    tuesday = _line(1)
    wednesday = _line(2)
    thursday = _line(3)
    friday = _line(4)
    saturday = _line(5)
    sunday = _line(6)

    class Meta:
        icon = "calendar"
        label = "Zeitraum"
        label_format = "{name}"
        form_classname = "struct-block week-table"

    def more_wrong(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """As above, unless it runs over New Year each year; and nights that clash."""
        found = {} if value["yearly"] else super().more_wrong(value)
        return found | {
            NAMES[number]: ValidationError(said) for number, said in clashes(week_of(value)).items()
        }


class ExceptionBlock(_HoursBlock):
    """Days with other hours, or none."""

    first = DayBlock(label="am / vom")
    last = DayBlock(label="bis einschließlich", required=False, help_text="Leer: nur dieser eine Tag.")
    hours = blocks.CharBlock(
        label="Öffnungszeit", required=False, max_length=_HOURS, help_text="Leer heißt geschlossen."
    )
    reason = blocks.CharBlock(
        label="Grund", required=False, max_length=120, help_text="Zum Beispiel: Fortbildung."
    )

    class Meta:
        icon = "date"
        label = "Ausnahme"
        label_format = "{first} {reason}"


def week_of(value: Mapping[str, Any]) -> Week:
    """The week of lines that were cleaned; a line that cannot be read counts as closed."""
    return tuple(_day(value.get(name) or "") for name in NAMES)


def season_of(value: Mapping[str, Any]) -> Season:
    """A season out of its block."""
    return Season(value["first"], value["last"], week_of(value), value["name"].strip(), bool(value["yearly"]))


def deviation_of(value: Mapping[str, Any]) -> Deviation:
    """An exception out of its block."""
    last = value["last"] or value["first"]
    return Deviation(value["first"], last, _day(value["hours"] or ""), (value["reason"] or "").strip())


def to_json(
    week: Week, seasons: list[Season], deviations: list[Deviation], on_holidays: str
) -> dict[str, Any]:
    """As released content keeps it (`Content.extra["hours"]`)."""
    return {
        "week": _codes(week),
        "on_holidays": on_holidays,
        "seasons": [
            {
                "name": one.name,
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "yearly": one.yearly,
                "week": _codes(one.week),
            }
            for one in seasons
        ],
        "exceptions": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "hours": one.day.codes(),
                "reason": one.reason,
            }
            for one in deviations
        ],
    }


def is_said(week: Week, seasons: list[Season]) -> bool:
    """Whether there are hours at all."""
    return any(not day.closed for each in (week, *(season.week for season in seasons)) for day in each)


def _codes(week: Week) -> list[list[str]]:
    return [day.codes() for day in week]


def _day(text: str) -> Day:
    try:
        return parse_day(text)
    except HoursWrong:
        return Day()
