"""Filters for events, in the language of the page being made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stadtnah.services.events import api as events
from stadtnah.services.events.api import Status
from stadtnah.surfaces.website import words
from stadtnah.surfaces.website.calendar.listing import TODAY, WEEKEND, Cell, Listing, month_path, week_path
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.calendar.view import Shown
from stadtnah.surfaces.website.offices.view import today

register = template.Library()


@register.filter
def span(when: Any) -> str:
    """„Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr“, a whole day without a time."""
    first, last = when.start.date(), when.last_day
    if last > first:
        pair = (
            (words.moment(first), words.moment(last))
            if when.all_day
            else (words.moment(when.start), _ending(when))
        )
        return _("%(first)s to %(last)s") % {"first": pair[0], "last": pair[1]}
    return words.moment(first) if when.all_day else f"{words.moment(first)}, {times(when)}"


@register.filter
def times(when: Any) -> str:
    """„19:00 bis 21:00 Uhr“, „19:00 Uhr“, „ganztägig“."""
    if when.all_day:
        return _("all day")
    begin, end = (f"{moment:%H:%M}" for moment in (when.start, when.end))
    said = _("%(first)s to %(last)s") % {"first": begin, "last": end} if when.end > when.start else begin
    return f"{said} Uhr" if words.german() else said


@register.filter
def machine_span(when: Any) -> SafeString:
    """The begin as an attribute of <time>."""
    value: date | datetime = when.start.date() if when.all_day else when.start
    return format_html('datetime="{}"', words.machine(value))


@register.filter
def status(value: Status) -> str:
    """What became of it, in a word; "" when it takes place as planned."""
    return {
        Status.CANCELLED: _("Cancelled"),
        Status.POSTPONED: _("Postponed, new date not known yet"),
        Status.RESCHEDULED: _("Moved to another date"),
        Status.MOVED_ONLINE: _("Takes place online"),
    }.get(value, "")


@register.filter
def access(event: Shown) -> list[str]:
    """What makes it accessible."""
    return events.access_list(event.event.access, "de" if words.german() else "en")


def _ending(when: Any) -> str:
    return words.end(when.end)


@register.filter
def times_on(when: Any, day: date) -> str:
    """The times of a date in the list of a day; of one over several days, until when."""
    if when.last_day <= when.start.date():
        return times(when)
    if when.start.date() < day:
        return _("until %(last)s") % {"last": words.moment(when.last_day)}
    said = _("to %(last)s") % {"last": words.moment(when.last_day)}
    return said if when.all_day else f"{times_of(when.start)} {said}"


def times_of(moment: datetime) -> str:
    """„19:00 Uhr“."""
    return f"{moment:%H:%M} Uhr" if words.german() else f"{moment:%H:%M}"


@register.filter
def list_title(listing: Listing) -> str:
    """„Veranstaltungen im Dezember 2026“."""
    if listing.name == "month":
        return _("Events in %(month)s") % {"month": words.month(f"{listing.first:%Y-%m}")}
    if listing.name == "week":
        days = {"first": words.day(listing.first), "last": words.day(listing.last)}
        return _("Events from %(first)s to %(last)s") % days
    if listing.name == "category":
        return _("Events: %(category)s") % {"category": listing.label}
    return {"today": _("Events today"), "weekend": _("Events this weekend")}.get(listing.name, _("Events"))


@register.filter
def month_of(path: str) -> str:
    """The month of such a list, „Dezember 2026“."""
    return words.month(path.rstrip("/").rpartition("/")[2])


@register.filter
def nothing(listing: Listing) -> str:
    """What an empty list says."""
    if listing.name == "month" and listing.first < today() <= listing.last:
        return _("Nothing more is announced for this month.")
    return {
        "today": _("Nothing is announced for today."),
        "weekend": _("Nothing is announced for this weekend."),
        "week": _("Nothing is announced for this week yet."),
        "month": _("Nothing is announced for this month yet."),
    }.get(listing.name, _("No events are announced at present."))


@register.filter
def periods(listing: Listing) -> list[tuple[str, str]]:
    """(label, address) of the lists by time. A month is not made anew each day, so it leads to what is always there alone."""
    lasting = [(_("Coming up"), EVENTS), (_("Today"), TODAY), (_("This weekend"), WEEKEND)]
    if listing.name == "month":
        return lasting
    month = words.month(f"{today():%Y-%m}")
    return [*lasting, (_("This week"), week_path(today())), (month, month_path(today().replace(day=1)))]


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    """(short, long) from Monday on."""
    names = [words.moment(date(2024, 1, day)).partition(",")[0] for day in range(1, 8)]
    return [(name[:2], name) for name in names]


@register.filter
def number_of_events(cell: Cell) -> str:
    """„3 Termine“."""
    return ngettext("%(number)s date", "%(number)s dates", cell.number) % {"number": cell.number}
