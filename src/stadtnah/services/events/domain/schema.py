"""Events as web pages tell them to machines (schema.org, JSON-LD), as our events. Pure.

What cannot be read is put aside one by one with its reason, as in calendars. Names of people are not taken: an organiser is a club.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.kernel import decoding
from stadtnah.services.events.domain.event import Event, Status
from stadtnah.services.events.domain.ics.read import Broken, Calendar
from stadtnah.services.events.domain.ics.values import Unreadable, address_of, digest, midnight, position_of

_TYPES: Final = re.compile(r"(?:https?://schema\.org/)?(?:\w*Event|Festival|Hackathon)")
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|small|span|strong|sub|sup|u)\b[^<>]{0,2000}>", re.IGNORECASE
)  # within a word
_BREAK: Final = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.IGNORECASE)
_ONE_DAY: Final = timedelta(days=1)
_YEARS: Final = range(1900, 2200)
_PLACES: Final = 5
_MOST: Final = 5_000
_TITLE, _TEXT, _LINE = 250, 20_000, 300


def from_things(things: Iterable[Mapping[str, Any]], town: ZoneInfo) -> Calendar:
    """The events among what a page says. Equal ones are taken once."""
    found = Calendar(unit="Eintrag")
    names: set[str] = set()
    for thing in things:
        if not _is_event(thing) or found.total >= _MOST:
            continue
        found.total += 1
        try:
            event = _event(thing, town)
        except Unreadable as problem:
            title = _text(thing.get("name"))[:80]
            found.broken.append(Broken(found.total, title, str(problem), _name(thing)))
            continue
        if event.uid in names:
            found.repeated += 1
            continue
        names.add(event.uid)
        found.events.append(event)
    return found


def moment(value: Any, town: ZoneInfo, field: str) -> tuple[datetime, bool]:
    """(wall time in the town, whether it is a day alone) of an ISO 8601 text. Raises Unreadable (German)."""
    text = _text(value)
    if not text:
        raise Unreadable(f"{field}: Es fehlt der Tag der Veranstaltung.")
    try:
        if len(text) <= len("2026-12-05"):
            day = date.fromisoformat(text)
            read, whole = datetime.combine(day, datetime.min.time()), True
        else:
            read, whole = datetime.fromisoformat(text), False
            if read.tzinfo is not None:
                read = read.astimezone(town).replace(tzinfo=None, fold=0)
    except (ValueError, OverflowError):
        raise Unreadable(f"{field}: „{text[:30]}“ ist kein Zeitpunkt.") from None
    if read.year not in _YEARS:
        raise Unreadable(f"{field}: „{text[:30]}“ liegt nicht zwischen 1900 und 2199.")
    return read.replace(microsecond=0), whole


def dated(
    start: Any, end: Any, town: ZoneInfo, *, field: str = "Beginn (startDate)"
) -> tuple[datetime, datetime, bool]:
    """(begin, end, whole days). Raises Unreadable (German)."""
    begin, whole = moment(start, town, field)
    if not end:
        return begin, begin + _ONE_DAY if whole else begin, whole
    finish, end_whole = moment(end, town, "Ende")
    if whole != end_whole:  # a day and a time: only the days are sure
        begin, finish, whole = midnight(begin), midnight(finish), True
    if not whole and (begin.hour, begin.minute) == (0, 0) and finish.strftime("%H:%M") == "23:59":
        begin, finish, whole = (
            midnight(begin),
            midnight(finish),
            True,
        )  # how programs without whole days write one
    if whole:
        finish += _ONE_DAY  # schema.org names the last day
    if finish < begin:
        raise Unreadable("Das Ende liegt vor dem Beginn.")
    return begin, finish, whole


def _is_event(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(_TYPES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _event(thing: Mapping[str, Any], town: ZoneInfo) -> Event:
    title = _text(thing.get("name"))[:_TITLE]
    if not title:
        raise Unreadable("Der Titel (name) fehlt.")
    start, end, whole = dated(thing.get("startDate"), thing.get("endDate"), town)
    place, position, online = _where(thing.get("location"))
    status = str(thing.get("eventStatus", "")).rpartition("/")[2]
    return Event(
        uid=_name(thing),
        title=title,
        start=start,
        end=end,
        zone=town.key,
        all_day=whole,
        description=_words(thing.get("description"))[:_TEXT],
        place=place[:500],
        position=position,
        online=online,
        url=address_of(_text(thing.get("url"))),
        status=Status(status) if status in list(Status) else Status.SCHEDULED,
        organiser=_organiser(thing.get("organizer"))[:_LINE],
        price=_price(thing)[:_LINE],
    )


def _name(thing: Mapping[str, Any]) -> str:
    """What it is called there, the same at every reading."""
    for name in ("identifier", "@id"):
        if isinstance(thing.get(name), str) and (said := _text(thing[name])):
            return said[:255]
    day = _text(thing.get("startDate"))[:10]
    if url := _text(thing.get("url")):
        return f"{url}#{day}"[:255]
    return digest((_text(thing.get("name")), day, ascii(thing.get("location"))))


def _where(given: Any) -> tuple[str, tuple[float, float] | None, str]:
    """(place, position, address of the web)."""
    place, position, online = "", None, ""
    for one in (given if isinstance(given, list) else [given])[:_PLACES]:
        if isinstance(one, str):
            place = place or _text(one)
        elif isinstance(one, Mapping):
            if one.get("@type") == "VirtualLocation":
                online = online or address_of(_text(one.get("url")))
                continue
            place = place or ", ".join(filter(None, (_text(one.get("name")), _address(one.get("address")))))
            geo = one.get("geo")
            if position is None and isinstance(geo, Mapping):
                position = position_of(f"{geo.get('latitude')};{geo.get('longitude')}")
    return place, position, online


def _address(given: Any) -> str:
    if not isinstance(given, Mapping):
        return _text(given)
    town = " ".join(filter(None, (_text(given.get("postalCode")), _text(given.get("addressLocality")))))
    return ", ".join(filter(None, (_text(given.get("streetAddress")), town)))


def _organiser(given: Any) -> str:
    one = given[0] if isinstance(given, list) and given else given
    if not isinstance(one, Mapping):
        return ""
    name = _text(one.get("name"))
    return "" if one.get("@type") == "Person" or "@" in name else name


def _price(thing: Mapping[str, Any]) -> str:
    if thing.get("isAccessibleForFree") is True:
        return "Eintritt frei"
    offers = thing.get("offers")
    one = offers[0] if isinstance(offers, list) and offers else offers
    if not isinstance(one, Mapping):
        return ""
    price, currency = _text(one.get("price")), _text(one.get("priceCurrency"))
    if price in {"0", "0.0", "0.00"}:
        return "Eintritt frei"
    return f"{price.replace('.', ',')} {'€' if currency == 'EUR' else currency}".strip() if price else ""


def _text(value: Any) -> str:
    """In one line, without markup."""
    return " ".join(_words(value).split())


def _words(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    plain = unescape(_TAG.sub(" ", _BREAK.sub("\n", _INLINE.sub("", str(value)[: _TEXT * 4]))))
    lines = (" ".join(line.split()) for line in decoding.clean(plain).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
