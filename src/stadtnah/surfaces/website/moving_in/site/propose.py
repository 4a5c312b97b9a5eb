"""From a copy to a proposal: every page looked at twice, because what is a page's own shows only beside the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from stadtnah.surfaces.website.moving_in.foreign import FeedError, ItemError
from stadtnah.surfaces.website.moving_in.models import FoundPage, ImportRun, hashed
from stadtnah.surfaces.website.moving_in.site import page as pages
from stadtnah.surfaces.website.moving_in.site.domain.kinds import Facts
from stadtnah.surfaces.website.moving_in.site.domain.parts import Common
from stadtnah.surfaces.website.moving_in.site.domain.plan import Place, planned
from stadtnah.surfaces.website.moving_in.site.folder import Copy, Saved

Beat = Callable[[int, int], None]  # done, of how many
_ALIASES: Final = 50


def propose(run: ImportRun, copy: Copy, beat: Beat) -> None:
    """Looks at every page of the copy and keeps a proposal. Raises FeedError (German) when there is no page in it."""
    saved = copy.pages()
    if not saved:
        raise FeedError("Es wurde keine einzige Webseite gefunden.")
    frame, broken = pages.Frame(), dict[str, str]()
    for number, one in enumerate(saved):
        beat(number, len(saved) * 2)
        try:
            frame.look(_loaded(copy, one))
        except ItemError as error:
            broken[one.name] = str(error)
    known = frame.known()
    keep_known(run, known)
    found: list[Facts] = []
    for number, one in enumerate(saved):
        beat(len(saved) + number, len(saved) * 2)
        found.append(_facts(copy, one, known, broken.get(one.name, "")))
    _kept(run, planned(found))
    run.notes = list(copy.notes)


def _loaded(copy: Copy, one: Saved) -> pages.Page:
    if one.broken:
        raise ItemError(one.broken)
    try:
        data = copy.read(one.name)
    except OSError:
        raise ItemError("Die Datei ist nicht zu lesen.") from None
    return pages.loaded(data, one)


def _facts(copy: Copy, one: Saved, known: pages.Known, broken: str) -> Facts:
    if not broken:
        try:
            page = _loaded(copy, one)
            return pages.facts_of(page, pages.main_of(page, known), copy.origin, known)
        except ItemError as error:
            broken = str(error)
    return Facts(one.name, one.address, also=list(one.also), broken=broken)


def _kept(run: ImportRun, places: list[Place]) -> None:
    """The rows, with what was chosen about the same pages before."""
    before = {
        row.name_hash: row
        for row in FoundPage.objects.filter(run__source_key=run.source_key)
        .exclude(run=run)
        .order_by("run__created_at")
    }
    rows: list[FoundPage] = []
    for number, place in enumerate(places):
        row = _row(run, number, place)
        row.above = rows[place.above] if place.above is not None else None
        if (old := before.get(row.name_hash)) and old.chosen and place.possible:
            row.kind, row.wanted, row.chosen = old.kind, old.wanted, True
        rows.append(row)
    with transaction.atomic():
        FoundPage.objects.filter(run=run).delete()
        for level in _levels(rows):  # those above first: the rows below need their keys
            FoundPage.objects.bulk_create(level, batch_size=500)


def _levels(rows: list[FoundPage]) -> list[list[FoundPage]]:
    depth: dict[int, int] = {}
    found: list[list[FoundPage]] = []
    for row in rows:
        depth[id(row)] = depth[id(row.above)] + 1 if row.above is not None else 0
        while len(found) <= depth[id(row)]:
            found.append([])
        found[depth[id(row)]].append(row)
    return found


def _row(run: ImportRun, number: int, place: Place) -> FoundPage:
    facts = place.facts
    return FoundPage(
        run=run,
        position=number + 1,
        name=facts.name[:2_000],
        address=facts.address[:2_000],
        name_hash=hashed(facts.address),
        title=(facts.title or facts.address)[:250],
        kind=place.kind,
        slug=place.slug,
        wanted=place.wanted,
        possible=place.possible,
        reason_de=place.reason,
        aliases=list(dict.fromkeys(one[:2_000] for one in place.aliases))[:_ALIASES],
        forward_to=place.forward_to,
        words=facts.words,
        pictures=facts.pictures,
        files=facts.files,
    )


def folder_of(run: ImportRun) -> Path:
    """Where a run over a website keeps what it needs to go on."""
    return Path(settings.STADTNAH_DATA) / "imports" / f"{run.pk}.site"


def keep_known(run: ImportRun, known: pages.Known) -> None:
    """What belongs to the frame, for the time of taking over."""
    folder = folder_of(run)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    value = {
        "texts": sorted(known.common.texts),
        "headings": sorted(known.common.headings),
        "titles": sorted(known.titles),
    }
    (folder / "frame.json").write_text(json.dumps(value), encoding="utf-8")


def kept_known(run: ImportRun) -> pages.Known:
    """The same, read again. Raises FeedError (German) when it is gone."""
    try:
        value = json.loads((folder_of(run) / "frame.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise FeedError(
            "Was über die alte Website gemerkt war, ist nicht mehr da. Bitte beginnen Sie neu."
        ) from None
    common = Common(frozenset(value["texts"]), frozenset(value["headings"]))
    return pages.Known(common, frozenset(value["titles"]))
