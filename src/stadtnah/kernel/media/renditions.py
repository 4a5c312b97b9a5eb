"""Pictures cut and encoded for one use, kept under the digest of their bytes.

A note beside the blobs remembers which recipe gave which digest, sealed with the cell's key; it may be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.utils.crypto import constant_time_compare
from PIL import Image

from stadtnah.kernel import storage, vault
from stadtnah.kernel.media import blobs, pixels
from stadtnah.kernel.media.errors import BlobMissing, MediaError

# Counts up whenever the same recipe gives other bytes, so that old notes are not believed.
_RECIPE: Final = 1
_SMALLEST: Final = 16
_QUALITIES: Final = {"image/jpeg": (88, 78, 66), "image/webp": (88, 76, 62), "image/png": (0,)}
_MIMES: Final = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_ANY_SIDE: Final = 65_535


class Info(NamedTuple):
    """What a kept picture is: mime type, width and height in pixels."""

    mime: str
    width: int
    height: int


class Fitted(NamedTuple):
    """A picture that fits a channel."""

    sha256: str
    mime: str
    width: int
    height: int


_remembered: Final = storage.Remembered[Fitted](2_000)


def info(sha256: str) -> Info:
    """Mime type and size of a kept picture. Raises MediaError (BlobMissing, BlobDamaged)."""
    return _info(blobs.get(sha256))


def rendition(
    sha256: str,
    width: int,
    *,
    focal: tuple[float, float] | None = None,
    ratio: float | None = None,
    mime: str,
) -> str:
    """The digest of the picture `width` pixels wide, cropped to `ratio` (width by height) round `focal`.

    `focal` is in shares of width and height, 0..1 (default: the middle). Never enlarged: a smaller original
    stays as wide as it is. `mime` is JPEG, PNG or WebP. Raises MediaError; ValueError for senseless arguments.
    """
    if width < 1 or mime not in pixels.SUFFIXES or (ratio is not None and not 0.01 <= ratio <= 100):  # noqa: PLR2004 - beyond, a crop has no pixels left
        raise ValueError(f"no rendition {width} px, ratio {ratio}, {mime!r}")

    def make() -> Fitted:
        image = _pixels(sha256)
        if ratio is not None:
            image = image.crop(crop_box(image.width, image.height, ratio, focal or (0.5, 0.5)))
        if image.width > width:
            height = max(1, round(image.height * width / image.width))
            image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        return _keep(pixels.encoded(image, mime, 82), mime, image)

    return _cached(["rendition", sha256, width, focal, ratio, mime], make).sha256


def for_channel(sha256: str, *, max_bytes: int, max_side: int, mimes: Sequence[str]) -> Fitted:
    """The picture as a channel takes it: at most `max_bytes`, `max_side` pixels, one of `mimes`.

    The kept picture itself when it fits; else encoded anew, quality first, then size. Its own type is
    preferred, then the order of `mimes`. Raises MediaError when it cannot fit.
    """
    usable = [mime for mime in mimes if mime in pixels.SUFFIXES]
    if not usable or max_side < 1:
        raise ValueError(f"no encoder for {list(mimes)!r} at {max_side} px")
    return _cached(
        ["channel", sha256, max_bytes, max_side, usable], lambda: _fit(sha256, max_bytes, max_side, usable)
    )


def crop_box(width: int, height: int, ratio: float, focal: tuple[float, float]) -> tuple[int, int, int, int]:
    """The largest box of `ratio` in the picture, as near round the focal point as its edges allow.

    Left, top, right, bottom in pixels, as Pillow's crop takes them; never empty, never outside.
    """
    across = min(width, max(1, round(height * ratio)))
    down = min(height, max(1, round(across / ratio))) if across == width else height
    left = _placed(width, across, focal[0])
    top = _placed(height, down, focal[1])
    return left, top, left + across, top + down


def _placed(whole: int, part: int, share: float) -> int:
    wish = round(whole * min(1.0, max(0.0, share)) - part / 2)
    return max(0, min(whole - part, wish))


def _fit(sha256: str, max_bytes: int, max_side: int, mimes: list[str]) -> Fitted:
    data = blobs.get(sha256)
    kept = _info(data)
    if kept.mime in mimes and len(data) <= max_bytes and max(kept.width, kept.height) <= max_side:
        return Fitted(sha256, *kept)
    order = sorted(mimes, key=lambda mime: mime != kept.mime)
    image = pixels.cleaned(pixels.opened(data), max_side)
    for smaller in _smaller(image):
        for mime in order:
            for quality in _QUALITIES[mime]:
                out = pixels.encoded(smaller, mime, quality)
                if len(out) <= max_bytes:
                    return _keep(out, mime, smaller)
    raise MediaError(
        f"Das Bild lässt sich nicht auf {max_bytes:,} Byte verkleinern. ".replace(",", ".")
        + "Bitte nehmen Sie für diesen Kanal ein anderes Bild."
    )


def _smaller(image: Image.Image) -> Iterator[Image.Image]:
    yield image
    side = max(image.size) * 0.8
    while side >= _SMALLEST:
        step = image.copy()
        step.thumbnail((round(side), round(side)), Image.Resampling.LANCZOS)
        yield step
        side *= 0.8


def _cached(recipe: list[Any], make: Callable[[], Fitted]) -> Fitted:
    key = hashlib.sha256(json.dumps([_RECIPE, *recipe]).encode()).hexdigest()
    note = blobs.note_path(key)
    if known := _known(key, note):
        return known
    fitted = make()
    said = json.dumps(fitted)
    blobs.write_atomically(note, json.dumps([said, _mark(key, said)]).encode())
    return fitted


def _known(key: str, note: Path) -> Fitted | None:
    """What was made before; None when there is no note of it, or its bytes are gone or damaged."""
    if known := _remembered.get(str(note)):
        return known
    before = storage.states(note)
    try:
        fitted = _noted(key, note.read_bytes())
        files = (*before, *storage.states(blobs.path(fitted.sha256)))
        if not blobs.intact(fitted.sha256):
            return None
    except (OSError, ValueError, TypeError, BlobMissing):
        return None
    _remembered.put(str(note), fitted, files)
    return fitted


def _noted(key: str, note: bytes) -> Fitted:
    """What a note of ours says. A file that somebody changed could name another picture than was released: ValueError."""
    said, mark = json.loads(note)
    if not constant_time_compare(mark, _mark(key, said)):
        raise ValueError("a note that this cell did not write")
    return Fitted(*json.loads(said))


def _mark(key: str, said: str) -> str:
    # The key is the digest of source and recipe, so a note copied to another place does not fit either.
    return vault.mark("rendition", f"{key} {said}")


def _keep(data: bytes, mime: str, image: Image.Image) -> Fitted:
    return Fitted(blobs.put(data), mime, image.width, image.height)


def _info(data: bytes) -> Info:
    image = pixels.opened(data)
    mime = _MIMES.get(image.format or "")
    if mime is None:
        raise MediaError(
            "Dieses Bild wurde nicht über den Bildspeicher aufgenommen. Bitte laden Sie es erneut hoch."
        )
    return Info(mime, image.width, image.height)


def _pixels(sha256: str) -> Image.Image:
    return pixels.cleaned(pixels.opened(blobs.get(sha256)), _ANY_SIDE)
