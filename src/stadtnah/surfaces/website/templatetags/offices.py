"""Tags and filters for offices, in the language of the page being made."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from django import template
from django.template.defaultfilters import urlize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stadtnah.kernel import clock
from stadtnah.surfaces.website import words
from stadtnah.surfaces.website.offices.domain.calendar import for_browser
from stadtnah.surfaces.website.offices.domain.hours import WEEKDAYS, Day, Week
from stadtnah.surfaces.website.offices.domain.words import say_day
from stadtnah.surfaces.website.offices.view import Exceptional, Office, Place

register = template.Library()
# Whole numbers alone: with an area code or a country's, or one of the short ones that everybody knows.
_NUMBER: Final = re.compile(r"(?:\+|0)[\d ()/\-–]{5,30}|11[0256]|116 ?\d{3}")
_MAP = "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=18/{0}/{1}"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Line(NamedTuple):
    """A weekday with its hours, as said."""

    name: str
    hours: SafeString
    closed: bool


@register.filter
def lines(week: Week) -> list[Line]:
    """The seven days."""
    names = WEEKDAYS if words.german() else _DAYS
    return [Line(name, said(day), day.closed) for name, day in zip(names, week, strict=True)]


@register.filter
def said(day: Day) -> SafeString:
    """„8:00–12:00 und 14:00–16:00 Uhr“, each span in one line."""
    return words.hours(say_day(day, english=not words.german()))


@register.filter
def when(days: Exceptional) -> str:
    """„Freitag, 25. Dezember 2026“, „Montag, 21. Dezember 2026 bis …“."""
    first, last = (words.moment(day) for day in (days.first, days.last))
    return first if days.first == days.last else _("%(first)s to %(last)s") % {"first": first, "last": last}


@register.filter
def stretch(season: Any) -> str:
    """„15. Mai 2027 bis 12. September 2027“; without the year when it comes back each year."""
    first, last = words.day(season.first), words.day(season.last)
    if season.yearly:
        first, last = (text.rpartition(" ")[0] for text in (first, last))
        return _("every year, %(first)s to %(last)s") % {"first": first, "last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


@register.filter
def in_force(office: Office, season: Any) -> bool:
    """Whether this season is what holds today."""
    held = next((one for one in office.plan().seasons if one.holds(office.today)), None)
    return bool(held and held.name == season.name)


@register.filter
def hours_data(office: Office) -> str:
    """What the script counts with."""
    found = for_browser(office.plan(), office.today, clock.town_zone().key)
    return json.dumps(found, separators=(",", ":"))


@register.simple_tag
def hours_words() -> str:
    """What the script says, as patterns."""
    return json.dumps(
        {
            "open": _("Open now"),
            "closed": _("Closed now"),
            "closes": _("closes at {time}"),
            "closesDay": _("closes {day} at {time}"),
            "opens": _("opens {day} at {time}"),
            "today": _("today"),
            "tomorrow": _("tomorrow"),
            "clock": "{time} Uhr" if words.german() else "{time}",
            "short": words.german(),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


@register.filter
def map_address(place: Place) -> str:
    """OpenStreetMap, as a link that nobody follows but the reader."""
    return _MAP.format(*place.point) if place.point else ""


@register.filter
def geo(place: Place) -> str:
    """For the map of the reader's own device (RFC 5870)."""
    return f"geo:{','.join(place.point)}" if place.point else ""


@register.filter
def phone(number: str) -> str:
    """As a telephone link has it."""
    dialled = number.replace("(0)", "") if number.lstrip().startswith("+") else number
    return "".join(sign for sign in dialled if sign.isdigit() or sign == "+")


@register.filter
def reached_by(value: str, label: str) -> str:
    """A line of a contact box; a telephone number can be dialled, addresses are links."""
    number = value.strip()
    if _NUMBER.fullmatch(number) and "fax" not in label.lower():
        return format_html('<a href="tel:{}">{}</a>', phone(number), value)
    return urlize(value, autoescape=True)  # the template's, which says that it is safe


@register.filter
def of_key(found: dict[str, Office] | None, key: str) -> Office | None:
    """The office with this key among those the page shows."""
    return found.get(key) if found else None


@register.filter
def wheelchair(place: Place | None) -> str:
    """How one gets in without steps; "" when nobody said, or there is no place of the register."""
    known = {
        "yes": _("Step-free access"),
        "partly": _("Partly step-free access"),
        "no": _("No step-free access"),
    }
    return known.get(place.wheelchair, "") if place else ""
