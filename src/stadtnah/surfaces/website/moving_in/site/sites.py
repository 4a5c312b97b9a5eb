"""A run over a website: first it is looked at and a proposal kept, then what was chosen of it is taken over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from stadtnah.kernel.access.api import Action, require
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportRun, source_key
from stadtnah.surfaces.website.moving_in.site import folder as folders
from stadtnah.surfaces.website.moving_in.site import polite
from stadtnah.surfaces.website.moving_in.site.crawl import MOST_PAGES, Beat, Crawl, Crawled
from stadtnah.surfaces.website.moving_in.site.folder import Copy
from stadtnah.surfaces.website.moving_in.site.propose import folder_of, propose

__all__ = ["choose", "copy_of", "folder_of", "forget", "keep", "look", "start"]


def start(
    source: str,
    *,
    by: User | None,
    pictures: bool = True,
    address: str = "",
    most: int = MOST_PAGES,
    pause: float = polite.PAUSE,
) -> ImportRun:
    """A run over the website at an address, or over a folder with a copy of it; waiting.

    address: of the website, for a folder that does not tell. most: pages that are read. Folders are the operator's alone (`by` None): nobody
    reads the server's files from the desk. Raises FeedError (German), PermissionDenied.
    """
    if by is not None:
        require(by, Action.IMPORT_RUN)
    options: dict[str, Any] = {
        "most": max(1, min(most, folders.MOST_PAGES)),
        "pause": max(polite.PAUSE if by else 0.0, pause),
    }
    if source.startswith(("http://", "https://")):
        within = polite.FORM if by else polite.RUN
        options["origin"] = polite.opened(source, pause=options["pause"], within=within).origin
    elif by is not None:
        raise FeedError("Geben Sie die ganze Adresse mit https:// an.")
    else:
        copy = folders.opened(Path(source), address)
        options |= {"origin": copy.origin, "folder": str(copy.root), "notes": copy.notes}
    host = urlsplit(str(options["origin"])).netloc
    run = ImportRun(
        source=source[:2_000] if "folder" not in options else Path(source).name or source,
        source_key=source_key(source, "site", host),
        kind="site",
        title="" if folders.invented(host) else host[:250],  # else the folder's name stands for it
        with_pictures=pictures,
        started_by=by,
        options=options,
    )
    with transaction.atomic():
        run.save()
        audit.record("import.started", actor=by, subject=f"import:{run.pk}", data={"kind": run.kind})
    return run


def look(run: ImportRun, beat: Beat) -> None:
    """Reads the website, or goes on with that, and keeps the proposal. Raises FeedError (German) and what `beat` raises."""
    if "folder" not in run.options:
        asking = polite.opened(run.options["origin"], pause=run.options["pause"])
        crawl = Crawl(asking, folder_of(run) / "copy", most=run.options["most"])
        crawl.run(beat)
        run.options["notes"] = crawl.notes()
    propose(run, copy_of(run), beat)
    run.total = run.done = FoundPage.objects.filter(run=run).count()
    run.save(update_fields=["options", "notes", "total", "done"])


def copy_of(run: ImportRun) -> Copy:
    """What a run reads from. Raises FeedError (German) when a folder is gone."""
    origin, notes = run.options["origin"], list(run.options.get("notes", ()))
    if "folder" in run.options:
        root = Path(run.options["folder"])
        if not root.is_dir():
            raise FeedError("Der Ordner dieser Übernahme ist nicht mehr da. Bitte beginnen Sie neu.")
        return folders.Folder(root, origin, notes)
    pause = run.options["pause"]
    return Crawled(folder_of(run) / "copy", origin, notes, opening=lambda: polite.opened(origin, pause=pause))


def keep(run: ImportRun, wanted: dict[int, str], *, shown: set[int] | None = None, by: User | None) -> bool:
    """Remembers a choice. wanted: place to kind of the pages that are to be taken; shown: places that were decided about, without it all.

    False when the run does not wait for a choice. Raises PermissionDenied.
    """
    if by is not None:
        require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != ImportRun.State.FOUND:
            return False
        changed = []
        for row in FoundPage.objects.filter(run=locked, possible=True):
            takes, kind = row.position in wanted, wanted.get(row.position, row.kind)
            decided = shown is None or row.position in shown
            if decided and (row.wanted, row.kind) != (takes, kind) and kind in FoundPage.Kind.values:
                row.wanted, row.kind, row.chosen = takes, kind, True
                changed.append(row)
        FoundPage.objects.bulk_update(changed, ["wanted", "kind", "chosen"], batch_size=500)
    return True


def choose(run: ImportRun, *, by: User | None) -> bool:
    """Lets the taking over of what is chosen begin. False when the run does not wait for a choice, or nothing is chosen."""
    if by is not None:
        require(by, Action.IMPORT_RUN)
    number = FoundPage.objects.filter(run=run, wanted=True, possible=True).count()
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != ImportRun.State.FOUND or not number:
            return False
        locked.options["taking"] = True
        locked.state, locked.total, locked.done = ImportRun.State.WAITING, number, 0
        locked.save(update_fields=["options", "state", "total", "done"])
    run.refresh_from_db()
    return True


def forget(run: ImportRun) -> None:
    """Removes the copy of a website that was taken over, or that nobody went on with."""
    shutil.rmtree(folder_of(run), ignore_errors=True)
