"""`make bench-events-import`: 1,000 events of a calendar file, from the upload to drafts that an editor can open; seconds (goal: under 10).

`cpu_s` is what the process computed in that time: on a machine that others use as well, the clock on the wall shows them too.

The peer is what somebody would write in an afternoon: `icalendar` reads the same bytes, each VEVENT becomes a plain Wagtail page (`Page`,
title and text only) with its first revision, below one parent. It knows no quarantine, no twins, no memory of what was taken over, and its
pages have no fields. The database is a fresh SQLite file in a temporary data folder for both.
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path

from bench.cell import opening
from bench.common import bare_settings

COUNT = 1_000
_WORDS = ("Konzert", "Lesung", "Flohmarkt", "Wanderung", "Chorprobe", "Vortrag", "Turnier", "Theater", "Kurs")
_PLACES = ("Stadtkirche", "Bürgerhaus", "Stadtbücherei", "Turnhalle", "Jugendzentrum", "Markt", "Weidebad")


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    with bare_settings() as folder:
        print(json.dumps(measured(folder)))


def calendar(count: int) -> bytes:
    """A file as calendar programs write it: a tenth are series, a fifth last all day, texts of some lines."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stadtnah//bench//DE"]
    for number in range(count):
        day = date(2027, 1, 1) + timedelta(days=number * 7 % 364)
        hour = 8 + number % 12
        what, where = _WORDS[number % len(_WORDS)], _PLACES[number * 3 % len(_PLACES)]
        whole = number % 5 == 0
        parts += [
            "BEGIN:VEVENT",
            f"UID:{number}@bench.example",
            "DTSTAMP:20261101T120000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}" if whole else f"DTSTART:{day:%Y%m%d}T{hour:02}0000",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
            if whole
            else f"DTEND:{day:%Y%m%d}T{hour + 2:02}0000",
            *(["RRULE:FREQ=WEEKLY;COUNT=10"] if number % 10 == 0 else []),
            f"SUMMARY:{what} des Vereins Nummer {number * 7919 % 10_007}",
            f"LOCATION:{where}\\, Markt {number % 40}\\, 99999 Erlenfurt",
            "DESCRIPTION:Wir laden alle Bürgerinnen und Bürger ein.\\n\\nDer Eintritt ist frei\\, um Spenden wird gebeten.",
            f"CATEGORIES:{what}",
            "END:VEVENT",
        ]
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


def measured(folder: Path) -> dict[str, object]:
    """The figures."""
    parent = settled(folder)
    data = calendar(COUNT)
    ours = _ours(data)
    theirs = _plain(data, parent)
    return {
        "bench": "events_import",
        "value": ours["seconds"],
        "unit": "s",
        "events": COUNT,
        **{name: value for name, value in ours.items() if name != "seconds"},
        "peers": {"icalendar + plain Wagtail": theirs},
        "ratio": {
            "icalendar + plain Wagtail": round(ours["cpu_s"] / theirs["cpu_s"], 2)
        },  # of computing time
    }


def settled(folder: Path) -> object:
    """A database with a first page and a person; what the peer's pages go below."""
    opening.migrated(folder)
    from wagtail.models import Page

    from stadtnah.surfaces.website.models import HomePage

    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Start", slug="start"))
    return home.add_child(instance=Page(title="Termine", slug="termine", live=False))


def _ours(data: bytes) -> dict[str, float]:
    """Looking at the file and taking all of it over, as the two tasks of the desk do."""
    from stadtnah.surfaces.website.calendar.models import EventPage
    from stadtnah.surfaces.website.moving_in import load
    from stadtnah.surfaces.website.moving_in.events import looking
    from stadtnah.surfaces.website.moving_in.models import ImportRun
    from tests.factories.people import person

    by = person("Redaktion", roles=("author",))
    begun, computed = time.perf_counter(), time.process_time()
    run = looking.start(source="termine.ics", data=data, by=by)
    load.advance(run.pk)
    run = ImportRun.objects.get(pk=run.pk)
    assert run.state == ImportRun.State.FOUND, run.error_de
    looked = time.perf_counter()
    assert looking.choose(run, {}, by=by)
    load.advance(run.pk)
    ended, computed = time.perf_counter(), time.process_time() - computed
    run = ImportRun.objects.get(pk=run.pk)
    assert run.created == COUNT, (run.state, run.error_de, run.created)
    assert EventPage.objects.filter(latest_revision__isnull=False).count() == COUNT
    return {
        "seconds": round(ended - begun, 2),
        "cpu_s": round(computed, 2),
        "looking_s": round(looked - begun, 2),
        "drafts_s": round(ended - looked, 2),
    }


def _plain(data: bytes, parent: object) -> dict[str, float]:
    """`icalendar` and a page for each event."""
    import icalendar
    from django.db import transaction
    from wagtail.models import Page

    begun, computed = time.perf_counter(), time.process_time()
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    read = time.perf_counter()
    for number, one in enumerate(found):
        with transaction.atomic():
            page = Page(title=str(one["SUMMARY"]), slug=f"termin-{number}", live=False)
            page.search_description = str(one.get("DESCRIPTION", ""))
            parent.add_child(instance=page)  # type: ignore[attr-defined]
            page.save_revision()
    ended, computed = time.perf_counter(), time.process_time() - computed
    assert len(found) == COUNT
    return {
        "seconds": round(ended - begun, 2),
        "cpu_s": round(computed, 2),
        "reading_s": round(read - begun, 2),
    }


if __name__ == "__main__":
    main()
