"""What a calendar says differently now, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stadtnah.kernel import clock
from stadtnah.services.events import api as events

_SHOWN: Final = 400
_LABELS: Final = {
    "title": "Titel",
    "place": "Ort",
    "description": "Text",
    "status": "Stand",
    "organiser": "Wer veranstaltet",
    "price": "Kosten",
    "audience": "Für wen",
    "online": "Adresse im Netz",
    "registration": "Anmeldung",
    "url": "Mehr dazu",
    "categories": "Rubriken",
    "access": "Barrierefreiheit",
    "position": "Lage auf der Karte",
    "pictures": "Bilder",
}
_TIME: Final = frozenset({"start", "end", "all_day", "zone"})
WHEN, SERIES = "Wann", "Wiederholung und Ausnahmen"


def differences(before: events.Event, now: events.Event, names: Iterable[str]) -> list[list[str]]:
    """[what, how it stands here, how the calendar says it now] of the parts that the calendar changed."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        if name in _TIME:
            found[WHEN] = [WHEN, events.when(before), events.when(now)]
        elif label := _LABELS.get(name):
            found[label] = [label, _said(before, name), _said(now, name)]
        else:
            found[SERIES] = [SERIES, _series(before), _series(now)]
    order = [WHEN, SERIES, *_LABELS.values()]
    return sorted(found.values(), key=lambda row: order.index(row[0]))


def _said(event: events.Event, name: str) -> str:
    value = getattr(event, name)
    if name == "status":
        return events.STATUS_WORDS[value]
    if name == "access":
        value = [events.access_word(one) for one in events.Access if one in value]
    if isinstance(value, tuple | list | frozenset):
        value = ", ".join(map(str, value))
    text = str(value or "")
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def _series(event: events.Event) -> str:
    today = clock.local(clock.now()).date()
    return events.say(event, today)[:_SHOWN] if event.series.repeats else "einmalig"
