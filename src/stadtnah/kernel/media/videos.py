"""Taking a video in: MP4 and WebM as browsers show them, by their bytes; nothing is transcoded. And captions (WebVTT)."""

from __future__ import annotations

from typing import Final

from stadtnah.kernel.media import mp4, webm
from stadtnah.kernel.media.errors import MediaError

MAX_BYTES: Final = 60_000_000  # the whole file is read at once when it comes in
CAPTIONS: Final = "text/vtt; charset=utf-8"
MIMES: Final = {"mp4": "video/mp4", "webm": "video/webm"}
_EBML: Final = b"\x1a\x45\xdf\xa3"
_HEAD: Final = 4096
# Still pictures in the same kind of file (ISO/IEC 23008-12; AVIF).
_PICTURES: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)


def is_video(data: bytes) -> str:
    """Which kind of video it is: "mp4", "webm"; "" for anything else."""
    if data[4:8] == b"ftyp":
        return "mp4"
    return "webm" if data.startswith(_EBML) and b"webm" in data[:_HEAD] else ""


def is_picture(data: bytes) -> bool:
    """Whether it is a picture as telephones take them, in the wrappings of a film."""
    return data[4:8] == b"ftyp" and data[8:12] in _PICTURES


def looked_at(data: bytes, suffix: str) -> bytes | bytearray:
    """The bytes to keep: without what the camera or a program noted. Raises MediaError with a German sentence."""
    if len(data) > MAX_BYTES:
        raise MediaError(
            f"Das Video ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. "
            "Bitte speichern Sie es kürzer oder mit kleinerer Auflösung, zum Beispiel 720p."
        )
    return mp4.cleaned(data) if suffix == "mp4" else webm.cleaned(data)


def captions(text: str) -> None:
    """Whether this is WebVTT (W3C). Raises MediaError."""
    first = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    if first != "WEBVTT" and not first.startswith(("WEBVTT ", "WEBVTT\t")):
        raise MediaError("Das sind keine Untertitel im Format WebVTT: Die erste Zeile muss WEBVTT heißen.")
