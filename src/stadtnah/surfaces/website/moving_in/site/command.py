"""`stadtnah import site`: a whole website at the terminal, first the report, then the drafts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from stadtnah.surfaces.website.moving_in import command, load
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import ImportRun
from stadtnah.surfaces.website.moving_in.site import polite, report, sites
from stadtnah.surfaces.website.moving_in.site.crawl import MOST_PAGES

Say = Callable[[str], None]


def run(
    source: str,
    *,
    say: Say,
    warn: Say,
    pictures: bool = True,
    address: str = "",
    only_report: bool = False,
    table: str = "",
    most: int = MOST_PAGES,
    pause: float = polite.PAUSE,
) -> int:
    """Looks at the website at an address or in a folder, says what it found, and takes over what it proposes; 0 when done.

    only_report: nothing is taken over; the proposal waits in the desk. table: file for the whole list.
    """
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    clock = time.monotonic()
    try:
        begun = sites.start(source, by=None, pictures=pictures, address=address, most=most, pause=pause)
    except FeedError as error:
        warn(str(error))
        return 1
    say(f"{begun.title}: Die Website wird gelesen.")
    found = _advanced(begun, ImportRun.State.FOUND, say, warn)
    if found is None:
        return 1
    for line in report.lines(found):
        say(line)
    if table and not _written(Path(table), report.table(found), say, warn):
        return 1
    if only_report:
        say("Übernommen ist noch nichts. Der Vorschlag liegt im Redaktionsbereich unter „Übernahme“.")
        return 0
    sites.choose(found, by=None)
    ended = _advanced(found, ImportRun.State.DONE, say, warn)
    if ended is None:
        return 1
    for line in command.report(ended):
        say(line)
    say(f"Dauer: {time.monotonic() - clock:.1f} Sekunden.".replace(".", ",", 1))
    return 0


def _advanced(begun: ImportRun, until: str, say: Say, warn: Say) -> ImportRun | None:
    shown = [time.monotonic()]

    def progress(state: ImportRun) -> None:
        if time.monotonic() - shown[0] >= 1:
            shown[0] = time.monotonic()
            say(f"  {state.done} von {state.total} …")

    ended = load.advance(begun.pk, say=progress)
    if ended is None or ended.state != until:
        warn((ended.error_de if ended else "") or "Die Übernahme ist nicht zu Ende gekommen.")
        return None
    return ended


def _written(path: Path, text: str, say: Say, warn: Say) -> bool:
    try:
        path.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        warn(f"Die Datei „{path}“ ist nicht zu schreiben: {error.strerror}.")
        return False
    say(f"Die ganze Liste steht in {path}.")
    return True
