"""`make bench-import`: a 500-item feed with every illness, from the file to drafts; items per second, peak memory.

The peer is feedparser, which only reads: it is compared with our reading of the same bytes (it also
returns the entries that cannot be used; they are quarantined here). The database is a fresh
SQLite file in a temporary data folder.
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

from bench.cell import opening
from bench.common import bare_settings

COUNT = 500


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    with bare_settings() as folder:
        print(json.dumps(measured(folder)))


def measured(folder: Path) -> dict[str, object]:
    """The figures."""
    settle(folder)
    import feedparser

    from stadtnah.surfaces.website.moving_in import load
    from stadtnah.surfaces.website.moving_in.models import ImportRun
    from stadtnah.surfaces.website.moving_in.parse import read
    from tests.samples.feeds import make

    data = make.feed(COUNT)
    start = time.perf_counter()
    ours = sum(1 for _ in read(data, source_url=None, content_type=None).items)
    reading = time.perf_counter() - start
    start = time.perf_counter()
    theirs = len(feedparser.parse(data).entries)
    feedparser_reading = time.perf_counter() - start

    before = peak_mb()
    start = time.perf_counter()
    run = load.start(data, source="bench.xml", by=None, pictures=False)
    load.advance(run.pk)
    whole = time.perf_counter() - start
    run = ImportRun.objects.get(pk=run.pk)
    assert run.state == "done", run.error_de
    assert run.created + run.broken == COUNT
    start = time.perf_counter()
    again = load.start(data, source="bench.xml", by=None, pictures=False)
    load.advance(again.pk)
    return {
        "bench": "import",
        "value": round(COUNT / whole, 1),
        "unit": "items/s",
        "seconds": round(whole, 2),
        "second_run_seconds": round(time.perf_counter() - start, 2),
        "created": run.created,
        "quarantined": run.broken,
        "peak_mb": peak_mb(),
        "peak_before_mb": before,
        "reading_items_s": round(COUNT / reading),
        "reading_kept": ours,
        "peers": {
            "feedparser": {"reading_items_s": round(COUNT / feedparser_reading), "entries_returned": theirs}
        },
        "ratio": {"feedparser": round(feedparser_reading / reading, 2)},
    }


def settle(folder: Path) -> None:
    """A database with a home page and a news page."""
    opening.migrated(folder)
    from wagtail.models import Page

    from stadtnah.surfaces.website.models import HomePage, NewsIndexPage

    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Start", slug="start"))
    home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))


def peak_mb() -> int:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
