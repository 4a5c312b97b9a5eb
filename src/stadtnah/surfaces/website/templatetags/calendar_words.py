"""Filters for events, in the language of the page being made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stadtnah.services.events.api import Status
from stadtnah.surfaces.website import words
from stadtnah.surfaces.website.calendar.fields import ACCESS
from stadtnah.surfaces.website.calendar.view import Shown

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
    named = {
        "wheelchair": _("Wheelchair accessible"),
        "induction_loop": _("Hearing loop"),
        "sign_language": _("With sign language"),
        "easy_language": _("In easy-to-read language"),
        "quiet": _("Quiet and low in stimuli"),
    }
    return [named[field] for field, one, *_words in ACCESS if one in event.event.access]


def _ending(when: Any) -> str:
    return words.end(when.end)
