"""The public page that finds events by words and by what they have. Its address is the question, and it keeps nothing of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from stadtnah.kernel.town.api import base_url, town
from stadtnah.services.events import api as events
from stadtnah.services.events.api import Access
from stadtnah.surfaces.website import words as words_of
from stadtnah.surfaces.website.calendar import coming, files, listing, reading, view
from stadtnah.surfaces.website.calendar.asking import (
    MONTH,
    MOST_PAGES,
    TODAY,
    WEEK,
    WEEKEND,
    Asked,
    Offered,
    Option,
)
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.calendar.occurrence import Occurrence
from stadtnah.surfaces.website.search.site import public
from stadtnah.surfaces.website.site import Frame, current

PER_PAGE: Final = 40


@public("private, no-cache")
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what there is. As many queries whatever the number of events."""
    offered = Offered.now()
    asked = Asked.read(request.GET, offered)
    filters = asked.filters
    rows = [] if asked.wrong else _found(asked, filters)
    address = _calendar(asked)
    context = {
        "site": current(request.path_info, Frame.now()),
        "asked": asked,
        "days": listing.by_day(rows[:PER_PAGE], asked.days[0]),
        "meant": filters.words.meant,
        "offered": {
            "categories": _shown(offered.categories, asked.category),
            "places": _shown(offered.places, asked.place),
            "audiences": _shown(offered.audiences, asked.audience),
        },
        "periods": _periods(),
        "accesses": [(access.value, words, access in asked.access) for access, words in _accesses()],
        "chosen": _chosen(asked),
        "steps": _steps(asked, more=len(rows) > PER_PAGE),
        "calendar": f"{base_url()}{address}",
        "webcal": f"webcal://{base_url().partition('://')[2]}{address}",
        "selected": asked.lasting,
        "dated": bool(asked.period or asked.since or asked.until),
    }
    # The empty form is a page like others.
    headers = {} if asked.anything or asked.page > 1 else {"X-Robots-Tag": "all"}
    status = 422 if asked.wrong else 200
    return HttpResponse(
        render_to_string("website/events_search.html", context, request), headers=headers, status=status
    )


@public("public, max-age=900")
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of a selection, to subscribe to: what it finds whenever it is asked, its days aside."""
    asked = Asked.read(request.GET, Offered.now())
    filters = asked.filters
    found = [] if asked.text and not filters.words.known else coming.found(filters)
    label = ", ".join(
        words for words, _address, _own in _chosen(replace(asked, period="", since="", until=""))
    )
    data = files.calendar_of(found, town(), label, view.days_off())
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Access-Control-Allow-Origin": "*"}
    answer = HttpResponse(data, content_type=view.FILE_TYPE, headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _calendar(asked: Asked) -> str:
    """The address of the calendar that has all of it but its days."""
    return files.address(asked.choice) if asked.choice else f"{EVENTS}suche/termine.ics{asked.lasting}"


def _found(asked: Asked, filters: reading.Filters) -> list[Occurrence]:
    if asked.text and not filters.words.known:
        return []
    return reading.between(*asked.days, most=PER_PAGE + 1, skip=(asked.page - 1) * PER_PAGE, filters=filters)


def _shown(options: tuple[Option, ...], chosen: Option | None) -> list[tuple[Option, bool]]:
    return [(one, one == chosen) for one in options if one.coming or one == chosen]


def _periods() -> list[tuple[str, str]]:
    return [
        ("", _("From today on")),
        (TODAY, _("Today")),
        (WEEKEND, _("This weekend")),
        (WEEK, _("In the next 7 days")),
        (MONTH, _("In the next 31 days")),
    ]


def _chosen(asked: Asked) -> list[tuple[str, str, bool]]:
    """What narrows it: in words, with the address of the same question without it, and whether the words are the municipality's."""
    found = [(f"„{asked.text}“", asked.address(q=""), True)] if asked.text else []
    for name, option in (("rubrik", asked.category), ("ort", asked.place), ("fuer", asked.audience)):
        if option:
            found.append((option.label, asked.address(**{name: ""}), True))
    for access, words in _accesses():
        if access in asked.access:
            others = [one.value for one in asked.access if one != access]
            found.append((words, asked.address(zugang=others), False))
    if asked.free:
        found.append((_("Free admission"), asked.address(frei=""), False))
    if asked.online:
        found.append((_("Online"), asked.address(online=""), False))
    if asked.period:
        found.append((dict(_periods())[asked.period], asked.address(zeit=""), False))
    if asked.since or asked.until:
        said = {"first": _said(asked.since), "last": _said(asked.until)}
        if asked.since and asked.until:
            words = _("From %(first)s to %(last)s") % said
        else:
            words = _("From %(first)s on") % said if asked.since else _("Until %(last)s") % said
        found.append((words, asked.address(von="", bis=""), False))
    return [(words, address or "?", own) for words, address, own in found]


def _accesses() -> list[tuple[Access, str]]:
    every = list(Access)
    return list(zip(every, events.access_list(every, "de" if words_of.german() else "en"), strict=True))


def _said(typed: str) -> str:
    day = events.read_day(typed)
    return words_of.day(day) if day else typed


def _steps(asked: Asked, *, more: bool) -> dict[str, str]:
    """Addresses of the page before and after."""
    steps: dict[str, str] = {}
    if asked.page > 1:
        steps["before"] = asked.at(asked.page - 1)
    if more and asked.page < MOST_PAGES:
        steps["after"] = asked.at(asked.page + 1)
    return steps
