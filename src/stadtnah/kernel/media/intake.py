"""Taking a picture in: refused with a sentence that helps, or kept clean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stadtnah.kernel.media import blobs, pixels
from stadtnah.kernel.media.errors import MediaError

MAX_BYTES: Final = 20_000_000
MAX_SIDE: Final = 3200
_LOSSY = {"JPEG", "MPO", "WEBP", "HEIF", "AVIF"}
# A photo saved as PNG is many times its size as JPEG; a drawing stays below.
_PNG_LIMIT = 4_000_000


@dataclass(frozen=True, slots=True)
class Ingested:
    """A picture that was taken in, as it is kept: `bytes` is its size, `width` and `height` are in pixels."""

    sha256: str
    mime: str
    width: int
    height: int
    bytes: int


def ingest(data: bytes, *, filename: str) -> Ingested:
    """Takes an upload in: checks, turns upright, converts to sRGB, strips all metadata, shrinks, keeps it.

    JPEG, PNG, WebP, GIF (first frame), HEIC and AVIF up to 20 MB and 60 million pixels, refused before anything
    is decoded; the longest side becomes at most 3200 pixels. The same upload gives the same digest.
    Raises MediaError with a German sentence that names `filename` and says what to do.
    """
    try:
        return _ingest(data)
    except MediaError as error:
        raise type(error)(f"„{_short(filename)}“: {error}") from error


def _ingest(data: bytes) -> Ingested:
    if not data:
        raise MediaError("Die Datei ist leer. Bitte wählen Sie das Bild noch einmal aus.")
    if len(data) > MAX_BYTES:
        raise MediaError(
            f"Das Bild ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. "
            "Bitte verkleinern Sie es und laden Sie es noch einmal hoch."
        )
    source = pixels.opened(data)
    lossy = source.format in _LOSSY
    image = pixels.cleaned(source, MAX_SIDE)
    opaque = image.mode == "RGB"
    mime = "image/jpeg" if lossy and opaque else "image/png"
    kept = pixels.encoded(image, mime)
    if mime == "image/png" and opaque and len(kept) > _PNG_LIMIT:
        mime = "image/jpeg"
        kept = pixels.encoded(image, mime, 92)
    return Ingested(blobs.put(kept), mime, image.width, image.height, len(kept))


def _short(filename: str) -> str:
    name = "".join(char for char in filename.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable())
    return name[:80] or "Bild"
