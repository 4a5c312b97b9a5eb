"""A run over a file of events: it is read and a proposal kept, then what was chosen of it is taken over."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access.api import Action, require
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import counted
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.moving_in import fetching, kept
from stadtnah.surfaces.website.moving_in.events import known
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportRun, source_key
from stadtnah.surfaces.website.moving_in.subscribed import reading, verbs

KIND: Final = "events"
_SHOWN_ROWS: Final = 6
_CELL: Final = 80  # characters of a cell that are shown
_TWINS_SHOWN: Final = 10


def start(*, source: str, data: bytes | None, by: User) -> ImportRun:
    """A run over these bytes, or over what stands at an address; waiting. Raises FeedError (German), PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    run = ImportRun(source=source[:2_000], kind=KIND, with_pictures=False, started_by=by)
    run.title = source.rpartition("/")[2][:250] or source[:250]
    run.source_key = source_key(source, KIND, run.title)
    if data is not None:
        kept.write(run, data)
    with transaction.atomic():
        run.save()
        audit.record("import.started", actor=by, subject=f"import:{run.pk}", data={"kind": run.kind})
    return run


def look(run: ImportRun) -> None:
    """Reads the file and keeps what it proposes. Raises FeedError (German)."""
    data = _bytes(run)
    zone = clock.town_zone()
    subscription = getattr(run, "subscription", None)
    try:
        if subscription is not None or events.is_calendar(data) or reading.is_feed(data):
            calendar = reading.calendar_of(data, run.source, run.content_type, zone)
        else:
            table = events.table_of(data)
            matching = _matching(run, table)
            if problem := events.problem_of(matching):
                run.options["problem"] = problem
                _proposed(run, [])
                return
            calendar = events.from_table(table, matching, zone)
    except events.NoCalendar as problem:
        raise FeedError(str(problem)) from None
    if subscription is not None:
        calendar = reading.with_defaults(
            calendar,
            organiser=subscription.organiser,
            place=subscription.place,
            category=subscription.category,
        )
    run.options.pop("problem", None)
    run.options["unit"] = calendar.unit
    if calendar.name and run.title != calendar.name:
        run.title = calendar.name[:250]
    run.repeated = calendar.repeated
    run.notes = _notes(calendar)
    _proposed(run, [*known.rows(run, calendar.events), *known.broken(run, calendar)])


def match(run: ImportRun, fields: list[str], *, head: int, by: User) -> str:
    """Takes what somebody said of the columns and reads anew; why not, German, else "". Raises PermissionDenied."""
    require(by, Action.IMPORT_RUN)
    matching = events.Matching(tuple(fields), head)
    if problem := events.problem_of(matching):
        return problem
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != ImportRun.State.FOUND or "table" not in locked.options:
            return "Über die Spalten ist schon entschieden. Hier sehen Sie den Stand."
        locked.options["fields"], locked.options["head"] = fields, head
        locked.state = ImportRun.State.WAITING
        locked.save(update_fields=["options", "state"])
    return ""


def choose(run: ImportRun, choices: dict[int, str], *, by: User) -> bool:
    """Remembers what becomes of each event and lets the taking over begin. False when the run does not wait for a choice, or nothing is chosen.

    choices: by the place of those that are probably there already; all others are new. Raises PermissionDenied.
    """
    require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != ImportRun.State.FOUND:
            return False
        rows = {row.position: row for row in locked.events.filter(twin__isnull=False)}
        for position, choice in choices.items():
            if position in rows and choice in FoundEvent.Choice.values:
                rows[position].choice = choice
        FoundEvent.objects.bulk_update(rows.values(), ["choice"], batch_size=500)
        number = locked.events.exclude(choice=FoundEvent.Choice.SKIP).filter(reason_de="").count()
        if not verbs.subscribed(locked, by=by) and not number:
            return False
        locked.options["taking"] = True
        locked.state, locked.total, locked.done = ImportRun.State.WAITING, number, 0
        locked.save(update_fields=["options", "state", "total", "done"])
    run.refresh_from_db()
    return True


def forget(run: ImportRun) -> None:
    """What was found by a run that is done, or that nobody goes on with."""
    run.events.all().delete()


def _bytes(run: ImportRun) -> bytes:
    with suppress(FileNotFoundError):
        return kept.path(run).read_bytes()
    if not run.source.startswith(("http://", "https://")):
        raise FeedError("Die Datei dieser Übernahme ist nicht mehr da. Bitte beginnen Sie neu.")
    data, _kind = fetching.fetched(run.source)
    kept.write(run, data)
    return data


def _matching(run: ImportRun, table: events.Table) -> events.Matching:
    """What somebody said of the columns, else our proposal."""
    if "fields" in run.options:
        return events.Matching(tuple(run.options["fields"]), run.options["head"])
    found = events.proposed(table)
    first = [row for row in table.rows if row[0] >= found.head][:_SHOWN_ROWS]
    run.options["table"] = {
        "rows": [[number, [cell[:_CELL] for cell in cells]] for number, cells in first],
        "width": table.width,
    }
    run.options["fields"], run.options["head"] = list(found.fields), found.head
    return found


def _notes(calendar: events.Calendar) -> list[str]:
    notes = [f"{number} × {note}" for note, number in calendar.notes.most_common(30)]
    pairs = events.twins_within(calendar.events)
    if pairs:
        titles = ", ".join(f"„{pair.one.title[:60]}“ am {pair.day:%d.%m.%Y}" for pair in pairs[:_TWINS_SHOWN])
        more = f" und {len(pairs) - _TWINS_SHOWN} weitere" if len(pairs) > _TWINS_SHOWN else ""
        said = counted(len(pairs), "Termin steht", "Termine stehen")
        notes.insert(0, f"{said} vermutlich doppelt in der Datei: {titles}{more}.")
    return notes


def _proposed(run: ImportRun, rows: list[FoundEvent]) -> None:
    """In the order of the file; what was found before is gone."""
    for place, row in enumerate(rows, start=1):
        row.position = row.position if row.reason_de else place
    with transaction.atomic():
        run.events.all().delete()
        FoundEvent.objects.bulk_create(rows, batch_size=200)
        run.total = run.done = len(rows)
        run.save(update_fields=["options", "notes", "title", "repeated", "total", "done"])
