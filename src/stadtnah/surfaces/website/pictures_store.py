"""Pictures of released pages in the page store: there while a public page shows them, gone with the last one.

A page that shows one uses "media:<path>" (`PageUse`), found while it is made. Browsers and caches may keep what they had; the town's own
server does not hand out any more what was taken back. So a mail that is out loses its picture with the page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.released import PageUse

USE: Final = "media:"
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collects the keys of every picture that is put in the store, or found there, meanwhile. Within another one: for both."""
    found: set[str] = set()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)
        note(found)


def put(path: str, mime: str, make: Callable[[], bytes]) -> None:
    """Writes the file if it is not there or was changed, and notes it. Raises what `make` raises, OSError."""
    if not store.holds(path):
        store.write(path, make(), mime, cache=store.FOREVER)
    note({use_of(path)})


def note(uses: Iterable[str]) -> None:
    """These pictures are shown by what is being made (`noting`)."""
    noted = _noted.get()
    if noted is not None:
        noted.update(uses)


def hold(uses: Collection[str]) -> bool:
    """Whether all these pictures are in the store, unchanged; then they are noted."""
    if not all(store.holds(key.removeprefix(USE)) for key in uses):
        return False
    note(uses)
    return True


def use_of(path: str) -> str:
    """The key under which pages use the picture at this path."""
    return f"{USE}{path}"


def lost(uses: Iterable[str]) -> bool:
    """Whether another page that let go of one of these took it out meanwhile."""
    paths = (key.removeprefix(USE) for key in uses if key.startswith(USE))
    return any(store.read_meta(path) is None for path in paths)


def forget(used: Iterable[str]) -> None:
    """Takes those out that no page uses any more. One query.

    Within the transaction that takes the use away: a process killed in between has done neither, so the next one does both.
    """
    gone = {key for key in used if key.startswith(USE)}
    if not gone:
        return
    gone -= set(PageUse.objects.filter(used__in=gone).values_list("used", flat=True))
    for key in gone:
        store.remove(key.removeprefix(USE))
