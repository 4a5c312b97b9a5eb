"""`make bench-events`: a month, a list with three filters and the feeds of a calendar with 1,000, 10,000 and 100,000 events.

Half of the events are in the month that is asked for, so it is full at every size; the others are within a year, one in 30 goes on weekly.
Measured is what Django does: the month and the feeds as they are made (the store answers with them afterwards), the lists as they are
asked for. The peer is recurring-ical-events over the same events, parsed already: its dates of the same month, up to 10,000 events.
`growth` is the median at the largest size to that at the smallest. It fails when the number of queries is not the same at all sizes.

Usage: python -m bench.events [--sizes 1000,10000,100000]
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.common import bare_settings, numbers
from bench.growth import Figure, figure, grown, said

if TYPE_CHECKING:
    from bench.cell.announcing import Calendar

SIZES = (1_000, 10_000, 100_000)
GOAL = 2.0
_PEER_UP_TO = 10_000  # events; it reads them all for each question


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    sizes = numbers("events", SIZES)
    with bare_settings() as folder:
        found = measured(folder, sizes)
    print(json.dumps(found))
    if any(len(set(counts)) > 1 for counts in found["queries"].values()):
        raise SystemExit("The number of queries grows with the number of events.")


def measured(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """The figures."""
    from bench.cell.announcing import Calendar

    site, found, peer = Calendar(folder), {}, {}
    for size in sizes:
        start = time.perf_counter()
        site.grow(size)
        said(f"{size} events after {time.perf_counter() - start:.0f} s")
        found[str(size)] = {name: figure(ask) for name, ask in site.asks().items()}
        said(json.dumps({name: one["ms"] for name, one in found[str(size)].items()}))
        if size <= _PEER_UP_TO:
            peer[str(size)] = {"month": expanded(site)}
    growth = grown(found)
    worst = max(growth, key=lambda name: growth[name])
    return {
        "bench": "events",
        "value": growth[worst],
        "unit": f"times the median at {sizes[0]} events, at {sizes[-1]} events, of what grows most",
        "worst": worst,
        "goal": GOAL,
        "good": growth[worst] <= GOAL,
        "growth": growth,
        "queries": {name: [int(some[name]["queries"]) for some in found.values()] for name in growth},
        "ms": {size: {name: one["ms"] for name, one in some.items()} for size, some in found.items()},
        "peers": {"recurring-ical-events": {size: one["month"]["ms"] for size, one in peer.items()}},
        "ratio": {
            f"recurring-ical-events' month at {size}": round(
                one["month"]["ms"] / found[size]["month"]["ms"], 2
            )
            for size, one in peer.items()
        },
    }


def expanded(site: Calendar) -> Figure:
    """The dates of the same month from the calendar file of all events."""
    import icalendar
    import recurring_ical_events

    from stadtnah.services.events import api as events

    first = date.fromisoformat(f"{site.month.rstrip('/').rpartition('/')[2]}-01")
    after = (first + timedelta(days=32)).replace(day=1)
    data = events.write(list(site.events()), name="Alle", stamp=_stamp(first), off=events.DaysOff())
    calendar = icalendar.Calendar.from_ical(data)

    def ask() -> object:
        return recurring_ical_events.of(calendar).between(first, after)

    start = time.perf_counter()
    assert ask()
    return {"queries": 0, "ms": round((time.perf_counter() - start) * 1000, 1)}


def _stamp(first: date) -> Any:
    from datetime import UTC, datetime

    return datetime(first.year, first.month, 1, tzinfo=UTC)


if __name__ == "__main__":
    main()
