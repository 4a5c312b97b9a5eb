"""A run: the file is fetched and kept, then taken over item by item, by a worker. It can be stopped, killed and gone on with.

Going on means beginning again: what was taken over before is recognised by name and digest and costs next to nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.kernel.access.api import Action, can, require
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.moving_in import fetching, foreign, kept
from stadtnah.surfaces.website.moving_in.drafts import Desk, Drafts
from stadtnah.surfaces.website.moving_in.events import looking, taking_in
from stadtnah.surfaces.website.moving_in.foreign import FeedError, ForeignItem, Reading
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun, hashed, source_key
from stadtnah.surfaces.website.moving_in.parse import read
from stadtnah.surfaces.website.moving_in.pictures import Library
from stadtnah.surfaces.website.moving_in.service_drafts import ServiceDesk
from stadtnah.surfaces.website.moving_in.site import forwards, sites, take
from stadtnah.surfaces.website.moving_in.taking import Taker
from stadtnah.surfaces.website.pages import NewsIndexPage

BATCH = 20  # items of one transaction, a fifth of a second: an editor's click does not wait for it
STALE = timedelta(minutes=3)  # a run without a sign of life for so long has lost its worker
_LIFE = 10.0  # seconds

Progress = Callable[[ImportRun], None]


def start_from_url(
    url: str,
    *,
    by: User | None,
    pictures: bool = True,
    expected: foreign.Kind | None = None,
    new_categories: bool = False,
) -> ImportRun:
    """A run over the feed or export at `url`, waiting. Who works on it fetches that first: what is wrong with it the run says."""
    _allowed(by)
    run = ImportRun(source=url[:2_000], with_pictures=pictures, new_categories=new_categories, started_by=by)
    run.options = {"expected": expected} if expected else {}
    return _begun(run)


def start(
    data: bytes,
    *,
    source: str,
    content_type: str = "",
    by: User | None,
    pictures: bool = True,
    expected: foreign.Kind | None = None,
    new_categories: bool = False,
) -> ImportRun:
    """A run over these bytes, waiting. source: the address they came from, or the file's name.

    new_categories: categories of theirs that have none of the same name here are made. by: who starts it, for the right to do so; None for the operator's command. Raises FeedError (German) when the
    file is no feed at all, or another kind than `expected`; PermissionDenied when the person may not import.
    """
    _allowed(by)
    run = ImportRun(
        source=source[:2_000],
        content_type=content_type[:200],
        with_pictures=pictures,
        new_categories=new_categories,
        started_by=by,
    )
    _keep(run, data, expected)
    return _begun(run)


def _begun(run: ImportRun) -> ImportRun:
    with transaction.atomic():
        run.save()
        audit.record(
            "import.started", actor=run.started_by, subject=f"import:{run.pk}", data={"kind": run.kind}
        )
    return run


def _keep(run: ImportRun, data: bytes, expected: foreign.Kind | None) -> None:
    """Puts the bytes where the run reads them, and says what they are. Raises FeedError."""
    reading = _reading(data, run.source, run.content_type)
    if expected and reading.kind != expected:
        raise FeedError("Das ist kein Katalog von Dienstleistungen. Für Meldungen gibt es „import feed“.")
    run.source_key = source_key(run.source, reading.kind, reading.title)
    run.kind, run.title, run.total = reading.kind, reading.title[:250], reading.total
    kept.write(run, data)


def _fetch(run: ImportRun) -> None:
    """Raises FeedError (German)."""
    data, content_type = fetching.fetched(run.source)
    run.content_type = content_type[:200]
    _keep(run, data, run.options.get("expected"))
    run.save(update_fields=["content_type", "source_key", "kind", "title", "total"])


def stop(run: ImportRun, *, by: User | None) -> None:
    """Asks a run to stop; it does so before its next batch. What was taken over stays."""
    _allowed(by)
    ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.WAITING).update(state=ImportRun.State.STOPPED)
    ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING).update(stop_requested=True)


def resume(run: ImportRun, *, by: User | None) -> bool:
    """Lets a stopped or failed run go on; False when its file is gone or it is not stopped."""
    _allowed(by)
    needs_file = not (run.of_site or run.of_events or run.to_fetch)
    if needs_file and not kept.path(run).is_file():
        return False
    ended = [ImportRun.State.STOPPED, ImportRun.State.FAILED]
    return bool(
        ImportRun.objects.filter(pk=run.pk, state__in=ended).update(
            state=ImportRun.State.WAITING, stop_requested=False, error_de=""
        )
    )


def advance(
    run_id: UUID | str, *, ending: Callable[[], bool] = lambda: False, say: Progress = lambda _run: None
) -> ImportRun | None:
    """Works on a run until it is done, stopped or the process is `ending` (then it waits for another worker).

    Returns the run, or None when somebody else works on it. Safe to call twice.
    """
    run = _claimed(run_id)
    if run is None:
        return None
    try:
        _work(run, ending, say)
    except _Halt as halt:
        _end(run, halt.state)
    except FeedError as error:
        _end(run, ImportRun.State.FAILED, str(error))
    except Exception:
        _end(
            run,
            ImportRun.State.FAILED,
            "Die Übernahme wurde unerwartet abgebrochen. Was schon übernommen ist, bleibt; Sie können sie fortsetzen.",
        )
        raise
    return run


def waiting() -> list[ImportRun]:
    """Runs that nobody works on and somebody should."""
    stale = Q(state=ImportRun.State.RUNNING, beat_at__lt=clock.now() - STALE)
    return list(ImportRun.objects.filter(Q(state=ImportRun.State.WAITING) | stale))


class _Halt(Exception):
    """Somebody asked the run to stop, or the process ends: the state it rests in."""

    def __init__(self, state: ImportRun.State) -> None:
        super().__init__(state)
        self.state = state


def _work(run: ImportRun, ending: Callable[[], bool], say: Progress) -> None:
    if run.looking:
        if run.of_events:
            looking.look(run)
        else:
            sites.look(run, _beat(run, ending, say))
        _end(run, ImportRun.State.FOUND)
        return
    if run.to_fetch:
        _fetch(run)
        say(run)
    reading, desk, library = _opened(run)
    library.beat = _life(run)
    ImportedItem.objects.filter(source_key=run.source_key, state=ImportedItem.State.BROKEN).delete()
    for batch in _batches(reading):
        _may_go_on(run, ending)
        desk = _take(run, batch, desk, library, reading)
        run.done += len(batch)
        _note_progress(run, reading, library)
        say(run)
    _quarantine(run, reading)
    run.done = run.total
    run.repeated, run.notes = reading.repeated, list(dict.fromkeys(reading.notes))
    if run.of_site:
        run.notes += forwards.propose(run).told()
    _note_progress(run, reading, library)
    _end(run, ImportRun.State.DONE)


def _may_go_on(run: ImportRun, ending: Callable[[], bool]) -> None:
    if _must_stop(run):
        raise _Halt(ImportRun.State.STOPPED)
    if ending():
        raise _Halt(ImportRun.State.WAITING)


def _beat(run: ImportRun, ending: Callable[[], bool], say: Progress) -> Callable[[int, int], None]:
    """A sign of life at most once a second, whatever the pace; raises `_Halt`."""
    last = 0.0

    def beat(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < 1:
            return
        _may_go_on(run, ending)
        run.done, run.total, run.beat_at = done, total, clock.now()
        run.save(update_fields=["done", "total", "beat_at"])
        say(run)
        last = time.monotonic()

    return beat


def _life(run: ImportRun) -> Callable[[], None]:
    """A sign of life while pictures are loaded, at most every ten seconds."""
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        if time.monotonic() - last > _LIFE:
            last = time.monotonic()
            ImportRun.objects.filter(pk=run.pk).update(beat_at=clock.now())

    return beat


def _opened(run: ImportRun) -> tuple[Reading, Drafts, Library]:
    """What is read, where it goes, where pictures come from. Raises FeedError (German)."""
    if run.of_site:
        return take.opened(run, sites.copy_of(run))
    if run.of_events:
        return taking_in.opened(run)
    try:
        data = kept.path(run).read_bytes()
    except OSError:
        raise FeedError("Die Datei dieser Übernahme ist nicht mehr da. Bitte beginnen Sie neu.") from None
    return _reading(data, run.source, run.content_type), _desk(run), Library(enabled=run.with_pictures)


def _desk(run: ImportRun) -> Drafts:
    """Where the run's items go. Raises FeedError (German) when the website has no place for them."""
    if run.kind == "services":
        try:
            return ServiceDesk.opened(run.started_by)
        except ValueError as error:
            raise FeedError(str(error)) from error
    news = NewsIndexPage.objects.first()
    if news is None:
        raise FeedError("Die Website hat noch keine Seite „Aktuelles“. Bitte legen Sie sie zuerst an.")
    return Desk.opened(news, run)


def _take(
    run: ImportRun, batch: list[ForeignItem], desk: Drafts, library: Library, reading: Reading
) -> Drafts:
    """One batch: pictures first, outside the transaction, then the drafts."""
    taker = Taker(run, desk, library)
    taker.prepare(batch)
    try:
        taker.write()
    except IntegrityError:
        # Somebody made a page below the same parent in between: once more with a fresh look at the tree.
        taker.desk = desk.reopened()
        taker.write()
    reading.broken += taker.refused
    return taker.desk


def _quarantine(run: ImportRun, reading: Reading) -> None:
    rows = [
        ImportedItem(
            source_key=run.source_key,
            guid_hash=hashed(f"broken\n{one.position}\n{one.title}"),
            run=run,
            position=one.position,
            title=one.title[:250],
            state=ImportedItem.State.BROKEN,
            reason_de=one.reason_de,
        )
        for one in reading.broken
    ]
    ImportedItem.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def _claimed(run_id: UUID | str) -> ImportRun | None:
    now = clock.now()
    free = Q(state=ImportRun.State.WAITING) | Q(state=ImportRun.State.RUNNING, beat_at__lt=now - STALE)
    fresh = dict.fromkeys(
        ("done", "created", "updated", "unchanged", "kept", "broken", "pictures", "pictures_missing"), 0
    )
    taken = ImportRun.objects.filter(free, pk=run_id).update(
        state=ImportRun.State.RUNNING, started_at=now, beat_at=now, finished_at=None, error_de="", **fresh
    )
    return ImportRun.objects.select_related("started_by").get(pk=run_id) if taken else None


def _must_stop(run: ImportRun) -> bool:
    """Somebody asked for it, or whoever started it may not import any more (an ended mandate, a closed account)."""
    if run.started_by_id and not can(User.objects.filter(pk=run.started_by_id).first(), Action.IMPORT_RUN):
        return True
    return ImportRun.objects.filter(pk=run.pk, stop_requested=True).exists()


def _note_progress(run: ImportRun, reading: Reading, library: Library) -> None:
    run.broken = len(reading.broken)
    run.pictures, run.pictures_missing = library.loaded, library.missing
    run.done = min(
        run.total, run.created + run.updated + run.unchanged + run.kept + run.broken + reading.repeated
    )
    run.beat_at = clock.now()
    run.save(
        update_fields=[
            *("done", "created", "updated", "unchanged", "kept", "broken", "repeated"),
            *("pictures", "pictures_missing", "notes", "beat_at"),
        ]
    )


def _end(run: ImportRun, state: ImportRun.State, error_de: str = "") -> None:
    run.state, run.error_de = state, error_de
    run.finished_at = None if state == ImportRun.State.WAITING else clock.now()
    with transaction.atomic():
        run.save(update_fields=["state", "error_de", "finished_at"])
        ImportRun.objects.filter(pk=run.pk).update(stop_requested=False)
        if state != ImportRun.State.WAITING:
            counts = {
                name: getattr(run, name) for name in ("created", "updated", "unchanged", "kept", "broken")
            }
            audit.record(
                f"import.{state.value}", actor=run.started_by, subject=f"import:{run.pk}", data=counts
            )
    if state == ImportRun.State.DONE:
        _drop(run)


def _reading(data: bytes, source: str, content_type: str) -> Reading:
    url = source if source.startswith(("http://", "https://")) else None
    return read(data, source_url=url, content_type=content_type or None)


def _batches(reading: Reading) -> Iterator[list[ForeignItem]]:
    while batch := list(islice(reading.items, BATCH)):
        yield batch


def _drop(run: ImportRun) -> None:
    """What is kept of a run that nobody goes on with."""
    sites.forget(run)
    looking.forget(run)
    kept.drop(run)


def _allowed(by: User | None) -> None:
    if by is not None:
        require(by, Action.IMPORT_RUN)


def expire() -> int:
    """Removes the kept files of runs that were left alone for a month; returns how many."""
    gone = 0
    old = ImportRun.objects.filter(created_at__lt=clock.now() - timedelta(days=30)).exclude(state="running")
    for run in old.filter(~Q(state=ImportRun.State.DONE), finished_at__isnull=False):
        gone += kept.path(run).is_file() or sites.folder_of(run).is_dir()
        _drop(run)
    return gone
