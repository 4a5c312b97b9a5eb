"""`stadtnah import feed` and `stadtnah import services`: a run at the terminal, with its report."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from stadtnah.kernel.text import counted
from stadtnah.surfaces.website.moving_in import categories, foreign, load
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun

_SHOWN = 20
Say = Callable[[str], None]


def run(
    source: str,
    *,
    pictures: bool,
    services: bool = False,
    new_categories: bool = False,
    say: Say,
    warn: Say,
) -> int:
    """Takes over the feed at an address or in a file; 0 when done, 1 when nothing could be read.

    services: a catalogue of services is expected, and nothing else taken. new_categories: see `load.start`. Items that could not be read are listed with their reason and do not change the exit code.
    """
    # Wagtail logs every page it makes; the report says it better.
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    try:
        begun = _begun(source, pictures=pictures, services=services, new_categories=new_categories)
    except FeedError as error:
        warn(str(error))
        return 1
    clock = time.monotonic()
    shown = [clock]

    def progress(state: ImportRun) -> None:
        if state.done == 0:
            _introduce(state, say)
        elif time.monotonic() - shown[0] >= 1:
            shown[0] = time.monotonic()
            say(f"  {state.done} von {state.total} …")

    if not begun.to_fetch:
        _introduce(begun, say)
    ended = load.advance(begun.pk, say=progress)
    if ended is None or ended.state != ImportRun.State.DONE:
        warn((ended.error_de if ended else "") or "Die Übernahme ist nicht zu Ende gekommen.")
        return 1
    for line in report(ended):
        say(line)
    say(f"Dauer: {time.monotonic() - clock:.1f} Sekunden.".replace(".", ",", 1))
    return 0


def _introduce(run: ImportRun, say: Say) -> None:
    say(f"„{run.title or run.source}“: {counted(run.total, 'Eintrag', 'Einträge')} ({run.kind}).")


def report(run: ImportRun) -> list[str]:
    """The result in German, a sentence a line, quarantined items with their reasons at the end."""
    lines = [
        (
            f"Neue Entwürfe: {run.created}. Aktualisiert: {run.updated}. Unverändert: {run.unchanged}. "
            f"Belassen, weil inzwischen bearbeitet oder gelöscht: {run.kept}."
        ),
        f"Bilder geladen: {run.pictures}. Nicht zu laden: {run.pictures_missing}.",
        *run.notes,
    ]
    if run.repeated:
        lines.append(f"Gleiche Kopien ausgelassen: {run.repeated}.")
    broken = ImportedItem.objects.filter(run=run, state=ImportedItem.State.BROKEN)
    if run.broken:
        lines.append(f"Nicht lesbar: {run.broken}.")
    for row in broken[:_SHOWN]:
        title = f" „{row.title}“" if row.title else ""
        named = row.reason_de.startswith("Eintrag ")
        lines.append(f"  {row.reason_de}" if named else f"  Eintrag {row.position}{title}: {row.reason_de}")
    if run.broken > _SHOWN:
        lines.append(f"  … und {counted(run.broken - _SHOWN, 'weiterer', 'weitere')}.")
    noted = ImportedItem.objects.filter(run=run).exclude(notes=[]).count()
    if noted:
        lines.append(
            f"{counted(noted, 'Entwurf hat', 'Entwürfe haben')} einen Hinweis; er steht beim Entwurf unter „Hinweis an die Freigabe“."
        )
    if unknown := categories.undecided(run):
        names = ", ".join(f"{name} ({number})" for _key, name, number in unknown[:_SHOWN])
        lines.append(
            f"Rubriken der alten Website, die es hier nicht gibt: {names}. Diese Entwürfe haben noch keine Rubrik. Ordnen Sie "
            "sie im Redaktionsbereich unter „Übernahme“ zu, oder legen Sie sie beim nächsten Mal mit --neue-rubriken an."
        )
    lines.append("Alle Entwürfe sind unveröffentlicht, bis die Kommune sie freigibt.")
    return lines


def _begun(source: str, *, pictures: bool, services: bool, new_categories: bool) -> ImportRun:
    expected: foreign.Kind | None = "services" if services else None
    if source.startswith(("http://", "https://")):
        return load.start_from_url(
            source, by=None, pictures=pictures, expected=expected, new_categories=new_categories
        )
    path = Path(source)
    try:
        size = path.stat().st_size
        if size > foreign.MAX_EXPORT_BYTES:
            raise FeedError(
                f"Die Datei ist mit {size / 1e6:.0f} MB zu groß; möglich sind {foreign.MAX_EXPORT_BYTES // 1_000_000} MB."
            )
        data = path.read_bytes()
    except OSError:
        raise FeedError(f"Die Datei „{source}“ ist nicht zu lesen. Bitte prüfen Sie den Namen.") from None
    return load.start(
        data,
        source=path.name,
        by=None,
        pictures=pictures,
        expected=expected,
        new_categories=new_categories,
    )
