"""Pictures for the page: sizes, formats and addresses. Baked pages get files of the store, previews data addresses."""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from stadtnah.kernel import media
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.website import pictures_store, store

SUFFIXES: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


_PLAIN_WIDTH: Final = (
    1200  # pixels, of what readers outside the website get: enough for twice the width of a mail
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a picture is shown: its ratio (width by height; None: as it is), widths in pixels, the `sizes` it takes."""

    ratio: float | None
    widths: tuple[int, ...]
    sizes: str


SHAPES: Final = {
    "lead": Shape(16 / 10, (480, 800, 1200), "(min-width: 64rem) 44rem, 100vw"),
    "card": Shape(3 / 2, (360, 720), "(min-width: 64rem) 23rem, (min-width: 40rem) 45vw, 100vw"),
    "row": Shape(3 / 2, (240, 480), "(min-width: 40rem) 14rem, 7rem"),
    "hero": Shape(16 / 9, (480, 960, 1600), "(min-width: 64rem) 58rem, 100vw"),
    "tile": Shape(4 / 3, (320, 640), "(min-width: 40rem) 20rem, 100vw"),
    "body": Shape(None, (480, 960), "(min-width: 64rem) 42rem, 100vw"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What an <img> in a <picture> needs."""

    src: str
    srcset: str  # WebP
    sizes: str
    width: int
    height: int


# What was found out for a picture of the store: the same pixels, cut the same way, have the same addresses for ever.
_stored: Final[dict[tuple[object, ...], tuple[Source, frozenset[str]]]] = {}
_MOST_STORED: Final = 2_000


class Place(Protocol):
    """Where the bytes of a rendition get their address."""

    def address(self, sha256: str, mime: str) -> str:
        """The address under which these bytes are served."""


class StorePlace:
    """Content-addressed files in the store."""

    def address(self, sha256: str, mime: str) -> str:
        """Writes the file if it is not there. Raises MediaError, OSError."""
        path = f"/media/{sha256}.{SUFFIXES[mime]}"
        pictures_store.put(path, mime, lambda: media.get(sha256))
        return path


class DataPlace:
    """Inside the page: for previews of what is not released and so has no public address."""

    def address(self, sha256: str, mime: str) -> str:
        """A data address."""
        return f"data:{mime};base64,{base64.b64encode(media.get(sha256)).decode()}"


def source(picture: Picture, shape_name: str, place: Place) -> Source:
    """The renditions of `picture` for a shape. Raises MediaError when its bytes are gone."""
    if not isinstance(place, StorePlace):
        return _source(picture, shape_name, place)
    key = (str(store.folder()), shape_name, picture.sha256, picture.width, picture.height, focal(picture))
    known = _stored.get(key)
    if known and pictures_store.hold(known[1]):
        return known[0]
    with pictures_store.noting() as noted:
        found = _source(picture, shape_name, place)
    if len(_stored) >= _MOST_STORED:
        _stored.clear()
    _stored[key] = found, frozenset(noted)
    return found


def _source(picture: Picture, shape_name: str, place: Place) -> Source:
    shape, point = SHAPES[shape_name], focal(picture)
    middle = shape.widths[len(shape.widths) // 2]
    # A small original is not enlarged, so two widths may give the same bytes: shown once.
    found: dict[int, str] = {}
    for width in (middle,) if isinstance(place, DataPlace) else shape.widths:
        digest = media.rendition(picture.sha256, width, focal=point, ratio=shape.ratio, mime="image/webp")
        found[min(width, _widest(picture, shape.ratio))] = place.address(digest, "image/webp")
    plain = media.rendition(picture.sha256, middle, focal=point, ratio=shape.ratio, mime="image/jpeg")
    width = min(middle, _widest(picture, shape.ratio))
    ratio = shape.ratio or picture.width / picture.height
    return Source(
        src=place.address(plain, "image/jpeg"),
        srcset=", ".join(f"{address} {size}w" for size, address in sorted(found.items())),
        sizes=shape.sizes,
        width=width,
        height=max(1, round(width / ratio)),
    )


def focal(picture: Picture) -> tuple[float, float] | None:
    """The point that a cut goes round, in shares of width and height; None for the middle."""
    if picture.focal_x is None or picture.focal_y is None:
        return None
    return picture.focal_x, picture.focal_y


def keep_for_mails(content: Content) -> None:
    """Puts every picture of a message where its mails look for it. Raises MediaError, OSError."""
    for picture in content.pictures():
        pictures_store.put(picture.mail_path, "image/jpeg", partial(_plain, picture))


def keep_for_readers(content: Content) -> None:
    """Puts every picture where feeds and the sitemap look for it, so that it goes with the page. Raises OSError."""
    for picture in content.pictures():
        with suppress(media.MediaError):  # damaged bytes: there is none to be read, here or there
            original(picture)


def _plain(picture: Picture) -> bytes:
    return media.get(media.rendition(picture.sha256, _PLAIN_WIDTH, mime="image/jpeg"))


def original(picture: Picture) -> tuple[str, str, int]:
    """Address, type and size in bytes of a picture for feeds: JPEG, at most 1200 pixels wide."""
    digest = media.rendition(picture.sha256, _PLAIN_WIDTH, mime="image/jpeg")
    return StorePlace().address(digest, "image/jpeg"), "image/jpeg", media.path(digest).stat().st_size


def plain_size(picture: Picture) -> tuple[int, int]:
    """Width and height of what `original` gives."""
    width = min(_PLAIN_WIDTH, picture.width)
    return width, max(1, round(picture.height * width / picture.width))


def _widest(picture: Picture, ratio: float | None) -> int:
    return picture.width if ratio is None else min(picture.width, round(picture.height * ratio))
