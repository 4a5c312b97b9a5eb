"""What a camera notes inside an MP4 (ISO/IEC 14496-12), overwritten in its place so that nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from stadtnah.kernel.media.errors import MediaError

_HEADER: Final = 8  # bytes of a box before its content: length, type (4.2)
_LONG: Final = 16
_INSIDE: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
# Place, model and words of people (8.10, 8.11.1), XMP and what makers add (uuid), and what was left where boxes were taken out.
_NOTES: Final = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
_DAMAGED: Final = "Das Video ist beschädigt oder nicht vollständig. Bitte speichern Sie es neu."
_HEVC: Final = (b"hvc1", b"hev1")
# Tracks that are seen, heard or read; others are lines of places and movements (GoPro gpmd, Apple mebx) and clocks (12).
_SHOWN: Final = frozenset({b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp"})
# When it was filmed: behind version and flags, two times of 4 bytes, of 8 in version 1 (8.2.2, 8.3.2, 8.4.2).
_TIMED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_FULL: Final = 4  # bytes of version and flags
# More than any film has that somebody filmed; what is built to keep us busy is refused.
_MOST_BOXES, _MOST_TRACKS, _MOST_ROWS = 100_000, 64, 1_000_000
_DEEPEST = 8  # levels of boxes; the tables of a track lie five deep, and whoever nests a film in a film has it read again and again


class Box(NamedTuple):
    """A box: its type, its first byte, that of its content, and the one after its last."""

    kind: bytes
    start: int
    body: int
    end: int


def cleaned(data: bytes) -> bytearray:
    """The film without what the camera noted. Raises MediaError with a German sentence."""
    found = list(islice(_boxes(data, 0, len(data)), _MOST_BOXES))
    films = [box for box in found if box.kind == b"moov"]
    tracks = [box for box in found if box.kind == b"trak"]
    if not films or len(found) == _MOST_BOXES or len(tracks) > _MOST_TRACKS:
        raise MediaError(_DAMAGED)
    if any(data.find(code, box.start, box.end) >= 0 for box in films for code in _HEVC):
        raise MediaError(
            "Das Video ist im Format HEVC (H.265) gespeichert, das viele Browser nicht zeigen. Bitte speichern Sie es als H.264."
        )
    kept = bytearray(data)
    for box in found:
        if box.kind in _NOTES:
            _empty(kept, box)
        elif box.kind in _TIMED:
            at, times = box.body + _FULL, 16 if data[box.body : box.body + 1] == b"\1" else 8
            _zero(kept, at, min(at + times, box.end))
    in_pieces = any(box.kind == b"moof" for box in found)
    for track in tracks:
        if not _shown(data, track):
            _remove(kept, data, track, in_pieces=in_pieces)
    return kept


def _remove(kept: bytearray, data: bytes, track: Box, *, in_pieces: bool) -> None:
    if in_pieces or _inside(data, track, b"stz2"):
        raise MediaError(
            "Das Video enthält eine Spur mit Ort oder Bewegung, die sich nicht entfernen lässt. Bitte speichern Sie es ohne diese Angaben neu."
        )
    for start, end in _samples(data, track):
        _zero(kept, start, end)
    _empty(kept, track)


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """Every box between two places, and those inside films and tracks. Raises MediaError where they lie too deep."""
    left = [(start, end, 0)]
    while left:
        at, until, depth = left.pop()
        if depth > _DEEPEST:
            raise MediaError(_DAMAGED)
        if until - at < _HEADER:
            continue
        length, kind, header = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], _HEADER
        if length == 1 and until - at >= _LONG:
            length, header = int.from_bytes(data[at + 8 : at + _LONG]), _LONG
        elif length == 0:
            length = until - at
        if length < header or at + length > until:
            continue
        box = Box(kind, at, at + header, at + length)
        yield box
        left.append((box.end, until, depth))
        if kind in _INSIDE:
            left.append((box.body, box.end, depth + 1))


def _shown(data: bytes, track: Box) -> bool:
    said = [
        data[box.body : box.body + 12] for box in _boxes(data, track.body, track.end) if box.kind == b"hdlr"
    ]
    # QuickTime says in a second one how the bytes are stored.
    return all(one[8:] in _SHOWN for one in said if one[4:8] != b"dhlr")


def _samples(data: bytes, track: Box) -> Iterator[tuple[int, int]]:
    """Where the pieces of a track lie in the file: chunks of samples, one after the other (8.7)."""
    places, sizes, runs = _chunks(data, track), _sizes(data, track), _table(data, track, b"stsc", 4, 3)
    run, sample, left = 0, 0, len(data)
    for number, start in enumerate(places, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        samples = runs[run][1] if runs else 1
        length = sizes * samples if isinstance(sizes, int) else sum(sizes[sample : sample + samples])
        sample, left = sample + samples, left - length
        if left < 0:
            raise MediaError(_DAMAGED)
        yield start, min(start + length, len(data))


def _chunks(data: bytes, track: Box) -> list[int]:
    wide = [row[0] for row in _table(data, track, b"co64", 8, 1)]
    return wide or [row[0] for row in _table(data, track, b"stco", 4, 1)]


def _sizes(data: bytes, track: Box) -> int | list[int]:
    """One size for all samples, or that of each."""
    box = _inside(data, track, b"stsz")
    same = int.from_bytes(data[box.body + _FULL : box.body + 8]) if box else 0
    return same or [row[0] for row in _table(data, track, b"stsz", 4, 1, head=4)]


def _table(
    data: bytes, track: Box, kind: bytes, width: int, columns: int, *, head: int = 0
) -> list[tuple[int, ...]]:
    """The rows of a table, as many as really are there."""
    box = _inside(data, track, kind)
    if box is None:
        return []
    first = box.body + _FULL + head + 4
    said = int.from_bytes(data[first - 4 : first])
    size = width * columns
    starts = range(first, min(first + said * size, box.end - size + 1), size)
    if len(starts) > _MOST_ROWS:
        raise MediaError(_DAMAGED)
    return [
        tuple(
            int.from_bytes(data[at + width * column : at + width * (column + 1)]) for column in range(columns)
        )
        for at in starts
    ]


def _inside(data: bytes, track: Box, kind: bytes) -> Box | None:
    return next((box for box in _boxes(data, track.body, track.end) if box.kind == kind), None)


def _empty(kept: bytearray, box: Box) -> None:
    """Free space of the same length."""
    kept[box.start + 4 : box.start + _HEADER] = b"free"
    _zero(kept, box.body, box.end)


def _zero(kept: bytearray, start: int, end: int) -> None:
    if start < end:
        kept[start:end] = bytes(end - start)
