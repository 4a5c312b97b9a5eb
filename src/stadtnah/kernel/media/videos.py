"""Taking a video in: MP4 and WebM as browsers show them, by their bytes; nothing is transcoded. And captions (WebVTT)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stadtnah.kernel.media.errors import MediaError

MAX_BYTES: Final = 60_000_000  # the whole file is read at once when it comes in
CAPTIONS: Final = "text/vtt; charset=utf-8"
MIMES: Final = {"mp4": "video/mp4", "webm": "video/webm"}
_EBML: Final = b"\x1a\x45\xdf\xa3"
_HEAD: Final = 4096
_HEADER: Final = 8  # bytes of a box before its content: length, type (ISO/IEC 14496-12, 4.2)
_LONG: Final = 16
_INSIDE: Final = frozenset({b"moov", b"trak"})
# What a camera notes: place, time, model (ISO/IEC 14496-12, 8.10 and 8.11.1).
_NOTES: Final = frozenset({b"udta", b"meta"})
_HEVC: Final = (b"hvc1", b"hev1")


def is_video(data: bytes) -> str:
    """Which kind of video it is: "mp4", "webm"; "" for anything else."""
    if data[4:8] == b"ftyp":
        return "mp4"
    return "webm" if data.startswith(_EBML) and b"webm" in data[:_HEAD] else ""


def looked_at(data: bytes, suffix: str) -> bytes:
    """The bytes to keep: an MP4 without what the camera noted. Raises MediaError with a German sentence."""
    if len(data) > MAX_BYTES:
        raise MediaError(
            f"Das Video ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {MAX_BYTES // 1_000_000} MB. "
            "Bitte speichern Sie es kürzer oder mit kleinerer Auflösung, zum Beispiel 720p."
        )
    return _without_notes(data) if suffix == "mp4" else data


def captions(text: str) -> None:
    """Whether this is WebVTT (W3C). Raises MediaError."""
    first = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    if first != "WEBVTT" and not first.startswith(("WEBVTT ", "WEBVTT\t")):
        raise MediaError("Das sind keine Untertitel im Format WebVTT: Die erste Zeile muss WEBVTT heißen.")


def _without_notes(data: bytes) -> bytes:
    """A box with notes becomes free space of the same length, so that nothing else moves."""
    kept = bytearray(data)
    found = list(_boxes(data, 0, len(data)))
    films = [(start, end) for kind, start, end in found if kind == b"moov"]
    if not films:
        raise MediaError("Das Video ist beschädigt oder nicht vollständig. Bitte speichern Sie es neu.")
    for start, end in films:
        if any(code in data[start:end] for code in _HEVC):
            raise MediaError(
                "Das Video ist im Format HEVC (H.265) gespeichert, das viele Browser nicht zeigen. Bitte speichern Sie es als H.264."
            )
    for kind, start, end in found:
        if kind in _NOTES:
            kept[start + 4 : start + _HEADER] = b"free"
            body = start + _HEADER
            kept[body:end] = bytes(end - body)
    return bytes(kept)


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, first byte, byte after the last) of every box between two places, and of those inside films and tracks."""
    while end - start >= _HEADER:
        length, kind, header = int.from_bytes(data[start : start + 4]), data[start + 4 : start + 8], _HEADER
        if length == 1 and end - start >= _LONG:
            length, header = int.from_bytes(data[start + 8 : start + _LONG]), _LONG
        elif length == 0:
            length = end - start
        if length < header or start + length > end:
            return
        yield kind, start, start + length
        if kind in _INSIDE:
            yield from _boxes(data, start + header, start + length)
        start += length
