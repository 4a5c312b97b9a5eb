"""Once an hour: does the page store hold what was released, and nothing else? What differs is put right.

Baking tells the store what changed. This asks the other way round, so that nothing stays because a process was killed, a disk was
full or a file was changed by another hand: neither a withdrawn page nor its pictures.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.text import counted
from stadtnah.surfaces.website import (
    bake,
    documents_store,
    faithful,
    pictures_store,
    publish,
    sitemaps,
    store,
    waiting,
)
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES
from stadtnah.surfaces.website.models import PageUse, ReleasedPage
from stadtnah.surfaces.website.site import LANGUAGES

logger = logging.getLogger(__name__)
_MEDIA: Final = "/media/"
_SETTLED: Final = 600.0  # seconds; what is younger may still be under way
_OTHERS: Final = {"media", "theme", "feeds", "sitemaps", ".well-known"}  # folders that are no page's
_NAMED: Final = 20  # in a line of the log


@dataclass(frozen=True, slots=True)
class Differences:
    """Paths of the website, sorted. `strays` are files below the store."""

    damaged: tuple[str, ...] = ()  # a file is not the one that was baked
    missing: tuple[str, ...] = ()  # a page should be there, or be withdrawn, and is not
    unwanted: tuple[str, ...] = ()  # a page, picture or document that nothing released shows
    strays: tuple[str, ...] = ()  # a file that belongs to no page
    forged: tuple[str, ...] = ()  # a row that is not what its release says

    def sentences(self) -> list[str]:
        """What differs, in German; nothing when all is well."""
        said = {
            "damaged": (
                "Datei ist nicht die, die erzeugt wurde",
                "Dateien sind nicht die, die erzeugt wurden",
            ),
            "missing": (
                "Seite fehlt oder ist nicht zurückgezogen",
                "Seiten fehlen oder sind nicht zurückgezogen",
            ),
            "unwanted": (
                "Datei gehört nicht mehr auf die Website",
                "Dateien gehören nicht mehr auf die Website",
            ),
            "strays": ("Datei gehört zu keiner Seite", "Dateien gehören zu keiner Seite"),
            "forged": (
                "Seite steht in der Datenbank anders, als sie freigegeben wurde",
                "Seiten stehen in der Datenbank anders, als sie freigegeben wurden",
            ),
        }
        return [
            f"Website: {counted(len(found), *said[name])} ({_some(found)})."
            for name in said
            if (found := getattr(self, name))
        ]


def differences() -> Differences:
    """Compares the store with what was released and changes nothing. Reads the files of some 7,000 pages once per process, of more each time."""
    known = {path: store.read_meta(path) for path in sorted(store.paths())}
    whole = {path: meta for path, meta in known.items() if meta}
    settled = {path for path in known if _settled(store.meta_file(path))}
    damaged = [
        path for path, meta in known.items() if path in settled and not (meta and store.intact(path, meta))
    ]
    expected = bake.expected()
    wanted = expected | bake.beside().keys()
    unwanted = {path for path in settled if path in whole and _unwanted(path, whole[path], wanted)}
    return Differences(
        tuple(path for path in damaged if path not in unwanted),
        tuple(sorted(_missing(whole, expected))),
        tuple(sorted([*unwanted, *_unused(settled)])),
        tuple(
            sorted(str(file.relative_to(store.folder())) for file in store.strays(whole) if _settled(file))
        ),
        tuple(faithful.differing()),
    )


def heal() -> Differences:
    """Takes out what should not be there and marks what is to be made anew; the ticker bakes it. Says in the log what it found."""
    found = differences()
    if found == Differences():
        return found
    faithful.restore(strict=True)
    for name in found.strays:
        (store.folder() / name).unlink(missing_ok=True)
    for path in found.unwanted:
        store.remove(path)
    _make_anew(found.damaged)
    waiting.note(_german(path) for path in found.missing)
    for sentence in found.sentences():
        logger.error("page store: %s", sentence)
    audit.record("website.healed", data={one.name: len(getattr(found, one.name)) for one in fields(found)})
    return found


def _make_anew(damaged: Iterable[str]) -> None:
    pages, expected, beside = set(), bake.expected(), bake.beside()
    for path in damaged:
        page = _german(path)
        if path.startswith(_MEDIA):
            publish.mark(_use(path))
        elif page in expected:
            pages.add(page)
        elif path in beside:
            pages.add(beside[path])
        else:
            store.remove(path)  # feeds, parts of the sitemap and the theme are written where they are not
            publish.mark(sitemaps.mark_of(path) or "town")
    waiting.note(pages)


def _missing(whole: dict[str, store.Meta], expected: set[str]) -> set[str]:
    """Pages that are not there in each language of the frame, or whose state is not that of what was released."""
    found = {path for path in expected for root in LANGUAGES.values() if root + path not in whole}
    live = ReleasedPage.State.LIVE
    rows = list(ReleasedPage.objects.values_list("object_key", "path", "state", "kind", "original"))
    public = {key for key, _path, state, _kind, _original in rows if state == live}
    for key, path, _state, kind, original in rows:
        version = kind == versions.KIND
        shown = key in public and (not version or original in public)
        if version and not shown and path.startswith("/en/"):
            continue  # there the German text stands in English words again
        for root in ("",) if version else LANGUAGES.values():
            meta = whole.get(root + path)
            if meta and shown is (meta.status == 410) and _settled(store.meta_file(root + path)):  # noqa: PLR2004 - 410 Gone
                found.add(path)
    return found


def _unwanted(path: str, meta: store.Meta, wanted: set[str]) -> bool:
    """A page nobody knows any more, or a file below one that has none."""
    if meta.content_type == bake.HTML:
        return _german(path) not in wanted and path not in wanted
    first, below, _rest = path[1:].partition("/")
    return bool(below) and first not in _OTHERS and path not in wanted


def _unused(settled: Iterable[str]) -> list[str]:
    rows = PageUse.objects.filter(
        Q(used__startswith=pictures_store.USE) | Q(used__startswith=documents_store.USE)
    )
    used = set(rows.values_list("used", flat=True).distinct())
    return [path for path in settled if path.startswith(_MEDIA) and _use(path) not in used]


def _use(path: str) -> str:
    if path.startswith(documents_store.FOLDER):
        return documents_store.use_of(path)
    return pictures_store.use_of(path)


def _german(path: str) -> str:
    roots = {*LANGUAGES.values(), *(one.root for one in TONGUES.values())} - {""}
    return next((path.removeprefix(root) for root in roots if path.startswith(f"{root}/")), path)


def _settled(file: Path) -> bool:
    """Whether nobody can be at work on it any more; a time in the future is somebody's invention."""
    try:
        return not 0 <= clock.now().timestamp() - file.stat().st_mtime < _SETTLED
    except OSError:
        return False


def _some(found: tuple[str, ...]) -> str:
    more = ", …" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more
