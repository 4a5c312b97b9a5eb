"""Documents of released pages in the page store: there while a public page offers them, gone afterwards.

A page that offers one uses "file:<sha256>" (`PageUse`). Unlike pictures they are asked for anew each time: one that was taken back shall
not live on in caches.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stadtnah.kernel import media
from stadtnah.publishing.content import Content, File
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.released import PageUse

USE: Final = "file:"
FOLDER: Final = "/media/dokumente/"


def uses(content: Content) -> frozenset[str]:
    """The keys under which the page of this content uses its documents."""
    return frozenset(f"{USE}{file.sha256}" for file in content.files())


def use_of(path: str) -> str:
    """The key under which pages use the document at this path."""
    return USE + path.removeprefix(FOLDER).partition("/")[0]


def keep(files: Iterable[File]) -> None:
    """Puts them where the page links to. Raises MediaError, OSError."""
    for file in files:
        if not store.holds(file.path):
            store.write(file.path, media.get(file.sha256), file.mime)


def forget(used: Iterable[str]) -> None:
    """Takes those out that no page uses any more; when: see `pictures_store.forget`."""
    for key in used:
        if key.startswith(USE) and not PageUse.objects.filter(used=key).exists():
            for path in store.paths_below(f"{FOLDER}{key.removeprefix(USE)}/"):
                store.remove(path)
