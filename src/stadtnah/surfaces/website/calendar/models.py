"""Events and their place: what an editor works on."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from stadtnah.surfaces.website.calendar import cleaning
from stadtnah.surfaces.website.calendar.fields import (
    ACCESS,
    KeptFields,
    RepeatFields,
    TimeInput,
    WhenFields,
    WhereFields,
    WhoFields,
)
from stadtnah.surfaces.website.pages import BodyFields, IndexPage, PublicPage, SentFields
from stadtnah.surfaces.website.panels import group, one_form, text_with_picture
from stadtnah.surfaces.website.walltime import DayInput

EVENTS: Final = "/veranstaltungen/"
# Last parts of addresses below it that belong to lists, forms and feeds.
TAKEN: Final = frozenset(
    {*("heute", "wochenende", "woche", "monat", "rubrik", "suche", "archiv", "seite", "melden", "erinnern", "naehe", "einbetten", "kalender", "feeds")}
)  # fmt: skip


def _day(name: str) -> FieldPanel:
    return FieldPanel(name, widget=DayInput)


def _time(name: str) -> FieldPanel:
    return FieldPanel(name, widget=TimeInput)


class EventIndexPage(IndexPage):
    """The place of all events, with the school holidays that series may leave out."""

    school_holidays = models.TextField(
        "Schulferien",
        blank=True,
        max_length=8000,
        help_text="Ein Zeitraum je Zeile: 23.12.2026 bis 09.01.2027. Serien „nicht in den Schulferien“ richten sich danach.",
    )

    subpage_types: ClassVar[list[str]] = ["calendar.EventPage"]
    address = EVENTS
    edit_handler = one_form([FieldPanel("intro"), FieldPanel("school_holidays")])

    class Meta:
        verbose_name = "Veranstaltungen"

    def clean(self) -> None:
        """Refuses what is no day."""
        super().clean()
        cleaning.school(self.school_holidays)


class EventPage(
    PublicPage, BodyFields, WhenFields, RepeatFields, WhereFields, WhoFields, KeptFields, SentFields, Page
):
    """An event, or a series of them."""

    key_prefix = "event"

    exclude_fields_in_copy: ClassVar[list[str]] = [
        *("uuid", "channel_plan", "wish_at", "note", "correction_mail", *KeptFields.copied_anew)
    ]
    parent_page_types: ClassVar[list[str]] = ["calendar.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            group("Wann", _day("first_day"), _time("begins"), _day("last_day"), _time("ends"), "all_day"),
            group("Wiederholung", "repeats", "every", "weekdays", _day("repeats_until"), "times", "skip_holidays", "skip_school"),
            group("Ausnahmen", "left_out", "extra_dates", "changes"),
            group("Absage und Verlegung", "status", "status_note", "moved_from"),
            group("Wo", "place", "place_name", "address", "latitude", "longitude", "online"),
            *text_with_picture(),
            group("Für wen und was es kostet", "categories", "audience", "price", "registration", "web"),
            group("Wer veranstaltet", "organiser", "organiser_phone", "organiser_mail"),
            group("Barrierefreiheit", *(name for name, _access in ACCESS), "access_note"),
            group("Sprache und Regel", "language", "rrule"),
        ]
    )  # fmt: skip

    class Meta:
        verbose_name = "Veranstaltung"
        verbose_name_plural = "Veranstaltungen"

    def public_path(self) -> str:
        return f"{EVENTS}{self.slug}/"

    def clean(self) -> None:
        """Refuses what cannot take place, and writes the rule that was chosen in words."""
        super().clean()
        wrong: dict[str, Any] = cleaning.problems(self)
        if self.slug in TAKEN:
            wrong["slug"] = "Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."
        if wrong:
            raise ValidationError(wrong)


# Django looks for the models of an app here. They need the pages above.
from stadtnah.surfaces.website.calendar.occurrence import (  # noqa: E402
    EventTag,
    IndexedEvent,
    Occurrence,
    TaggedDate,
)

__all__ = [
    "EVENTS",
    "TAKEN",
    "EventIndexPage",
    "EventPage",
    "EventTag",
    "IndexedEvent",
    "Occurrence",
    "TaggedDate",
]
