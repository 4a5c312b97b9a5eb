"""An event as plain JSON values and back, without a loss: for released content and for what waits to be looked at. Pure.

Times are wall times in ISO 8601 without an offset, rules the text of RFC 5545. What is empty is left out, so a field that comes later changes
nothing of what was kept before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.event import Access, Change, Event, Extra, Series, Skip, Status
from stadtnah.services.events.domain.rule import read_rule, write_rule

_TEXTS: Final = ("uid", "title", "zone", "description", "place", "online", "url", "registration", "organiser", "audience", "price")  # fmt: skip
_SERIES: Final = frozenset({"rules", "extras", "without", "without_days", "skip", "changes"})


def to_plain(event: Event) -> dict[str, Any]:
    """The values that are not empty."""
    found = {**_own(event), **_of_series(event)}
    return {name: value for name, value in found.items() if value not in ("", [], None, False, 0)}


def from_plain(value: Mapping[str, Any]) -> Event:
    """The event again. Raises ValueError, KeyError for what never was one."""
    event = Event(
        uid=str(value.get("uid", "")),
        title=str(value.get("title", "")),
        start=datetime.fromisoformat(value["start"]),
        end=datetime.fromisoformat(value["end"]),
        zone=str(value["zone"]),
    )
    return replace(with_values(event, value), series=_series(value, event.zone))


def with_values(event: Event, value: Mapping[str, Any]) -> Event:
    """The event with other values of its own; a series is left as it is."""
    return replace(
        event, **{name: _read(name, given) for name, given in value.items() if name not in _SERIES}
    )


def with_series(event: Event, series: Series) -> Event:
    """The same with other dates."""
    return replace(event, series=series)


def difference(event: Event, other: Event) -> dict[str, Any]:
    """What `other` has of its own that `event` has not; also what it lacks, as an empty value."""
    before, after = _own(event), _own(other)
    return {name: value for name, value in after.items() if before[name] != value}


def _own(event: Event) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) for name in _TEXTS},
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "all_day": event.all_day,
        "sequence": event.sequence,
        "position": list(event.position) if event.position else None,
        "status": event.status.value,
        "categories": list(event.categories),
        "access": sorted(one.value for one in event.access),
        "pictures": list(event.pictures),
        "changed": event.changed.isoformat() if event.changed else None,
    }


def _of_series(event: Event) -> dict[str, Any]:
    series, zone = event.series, ZoneInfo(event.zone)
    return {
        "rules": [write_rule(rule, zone, all_day=event.all_day) for rule in series.rules],
        "extras": [[extra.start.isoformat(), extra.end.isoformat()] for extra in series.extras],
        "without": [moment.isoformat() for moment in sorted(series.without)],
        "without_days": [day.isoformat() for day in sorted(series.without_days)],
        "skip": sorted(one.value for one in series.skip),
        "changes": [
            {"instead_of": change.instead_of.isoformat(), **difference(event, change.event)}
            for change in series.changes
        ],
    }


def _read(name: str, given: Any) -> Any:
    if name in {"start", "end"}:
        return datetime.fromisoformat(given)
    if name == "changed":
        return datetime.fromisoformat(given) if given else None
    if name == "status":
        return Status(given)
    if name == "position":
        return (float(given[0]), float(given[1])) if given else None
    if name == "access":
        return frozenset(map(Access, given))
    return tuple(given) if name in {"categories", "pictures"} else given


def _series(value: Mapping[str, Any], zone: str) -> Series:
    event = replace(with_values(_bare(value, zone), value), series=Series())
    return Series(
        rules=tuple(
            read_rule(text, ZoneInfo(zone), all_day=event.all_day) for text in value.get("rules", ())
        ),
        extras=tuple(Extra(*map(datetime.fromisoformat, pair)) for pair in value.get("extras", ())),
        without=frozenset(map(datetime.fromisoformat, value.get("without", ()))),
        without_days=frozenset(map(date.fromisoformat, value.get("without_days", ()))),
        skip=frozenset(map(Skip, value.get("skip", ()))),
        changes=tuple(_change(event, one) for one in value.get("changes", ())),
    )


def _bare(value: Mapping[str, Any], zone: str) -> Event:
    start, end = (datetime.fromisoformat(value[name]) for name in ("start", "end"))
    return Event(uid="", title="", start=start, end=end, zone=zone)


def _change(event: Event, value: Mapping[str, Any]) -> Change:
    rest = {name: given for name, given in value.items() if name != "instead_of"}
    return Change(datetime.fromisoformat(value["instead_of"]), with_values(event, rest))


assert {field.name for field in fields(Event)} == {
    *_TEXTS, "start", "end", "all_day", "sequence", "position", "status", "categories", "access", "pictures", "changed", "series",
}, "every field of an event is kept"  # fmt: skip
