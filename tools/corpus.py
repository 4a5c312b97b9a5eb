"""`make corpus DATA=FOLDER`: every feed and WordPress export of a folder goes the way of a takeover, then past the checks; calendars are read.

Prints a table and one JSON line for each kind of file. Works in a temporary data folder, loads no pictures from
anywhere and writes nothing beside the files it reads.
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ENDINGS = {".xml", ".rss", ".atom", ".rdf", ".wxr", ".json", ".feed"}
REASONS_SHOWN = 3
COUNTED = ("items", "drafts", "quarantined", "repeated", "pictures", "errors", "hints")
NO_FEED = "kein Feed"


@dataclass
class Line:
    """What became of one file."""

    name: str
    kind: str = NO_FEED
    items: int = 0
    drafts: int = 0
    quarantined: int = 0
    repeated: int = 0  # identical copies left out
    pictures: int = 0
    errors: int = 0  # of the checks, as an editor would see them
    hints: int = 0
    seconds: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    crash: str = ""


def main(arguments: list[str]) -> int:
    """0 when nothing crashed; a file that is no feed is a result, not a fault."""
    folder = Path(arguments[0]).expanduser() if arguments and arguments[0] else None
    if folder is None or not folder.is_dir():
        print("Aufruf: make corpus DATA=ORDNER (der Ordner mit Feeds, WordPress-Exporten und Kalendern)")
        return 2
    everything = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [path for path in everything if path.suffix.lower() in ENDINGS]
    with tempfile.TemporaryDirectory(prefix="stadtnah-corpus-") as data:
        os.environ |= {"STADTNAH_DATA": data, "DJANGO_SETTINGS_MODULE": "stadtnah.project.settings.test"}
        os.environ["STADTNAH_LOG_LEVEL"] = "ERROR"
        _settle(website=bool(files))
        lines = [_taken(path, path.relative_to(folder).as_posix()) for path in files]
        from tools import corpus_calendars

        chosen = [path for path in everything if path.suffix.lower() in corpus_calendars.ENDINGS]
        calendars = [corpus_calendars.taken(path, path.relative_to(folder).as_posix()) for path in chosen]
    _table(lines)
    if calendars:
        corpus_calendars.table(calendars)
        print(corpus_calendars.summary(calendars))
    for kind in sorted({line.kind for line in lines}):
        print(json.dumps(_sum(kind, [line for line in lines if line.kind == kind]), ensure_ascii=False))
    return 1 if any(line.crash for line in (*lines, *calendars)) else 0


def _settle(*, website: bool) -> None:
    import django

    django.setup()
    if not website:
        return  # calendars are read without one
    from django.core.management import call_command
    from wagtail.models import Page

    from stadtnah.surfaces.website.models import HomePage, NewsIndexPage

    call_command("migrate", verbosity=0)
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Start", slug="start"))
    home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))


def _taken(path: Path, name: str) -> Line:
    from stadtnah.surfaces.website.moving_in.foreign import FeedError

    line, start = Line(name), time.perf_counter()
    try:
        _take(path, line)
    except FeedError as problem:
        line.reasons[str(problem)] += 1
    except Exception as problem:  # noqa: BLE001 - the next file must be tried; the table names the crash
        line.crash = f"{type(problem).__name__}: {problem}"[:200]
    line.seconds = time.perf_counter() - start
    return line


def _take(path: Path, line: Line) -> None:
    from stadtnah.surfaces.website.moving_in import load
    from stadtnah.surfaces.website.moving_in.models import ImportedItem
    from stadtnah.surfaces.website.moving_in.parse import read

    data = path.read_bytes()
    line.pictures = sum(len(item.pictures) for item in read(data, source_url=None, content_type=None).items)
    begun = load.start(data, source=line.name, by=None, pictures=False)
    line.kind = begun.kind
    run = load.advance(begun.pk) or begun
    line.items, line.drafts = run.total, run.created
    line.quarantined, line.repeated = run.broken, run.repeated
    if run.error_de:
        line.reasons[run.error_de] += 1
    rows = ImportedItem.objects.filter(run=run)
    for reason in rows.filter(state=ImportedItem.State.BROKEN).values_list("reason_de", flat=True):
        line.reasons[re.sub(r"\d+", "N", reason)] += 1
    for row in rows.filter(page__isnull=False).select_related("page").iterator(chunk_size=100):
        _check(row.page, line)


def _check(page: object, line: Line) -> None:
    from stadtnah.publishing import api
    from stadtnah.publishing.findings import Level
    from stadtnah.surfaces.website.checking import check_context

    draft = page.get_latest_revision_as_object()  # type: ignore[attr-defined] # Wagtail has no types
    found = Counter(one.level for one in api.findings_of(draft.content(), [], check_context()))
    line.errors += found[Level.ERROR]
    line.hints += found[Level.HINT]


def _table(lines: list[Line]) -> None:
    head = ("Einträge", "Entwürfe", "Quarant.", "Kopien", "Bilder", "Fehler", "Hinweise", "Sek.")
    print(f"{'Datei':<56} {'Art':<9} " + " ".join(f"{one:>8}" for one in head))
    for line in (one for one in lines if one.kind != NO_FEED or one.crash):
        name = line.name if len(line.name) <= 56 else f"…{line.name[-55:]}"
        numbers = [getattr(line, one) for one in COUNTED]
        cells = " ".join(f"{number:>8}" for number in numbers)
        print(f"{name:<56} {line.kind:<9} {cells} {line.seconds:>8.2f}")
        if line.crash:
            print(f"    ABSTURZ {line.crash}")
        for reason, count in line.reasons.most_common(REASONS_SHOWN):
            print(f"    {count} × {reason}")
    others = sum(1 for line in lines if line.kind == NO_FEED)
    print(f"Weitere {others} Dateien sind kein Feed.")


def _sum(kind: str, lines: list[Line]) -> dict[str, object]:
    reasons: Counter[str] = Counter()
    for line in lines:
        reasons.update(line.reasons)
    return {
        "corpus": kind,
        "files": len(lines),
        **{name: sum(getattr(line, name) for line in lines) for name in COUNTED},
        "seconds": round(sum(line.seconds for line in lines), 2),
        "crashed": sum(1 for line in lines if line.crash),
        "reasons": dict(reasons.most_common(10)),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
