"""What is noted inside a WebM (RFC 8794, RFC 9559), overwritten with void of the same length so that nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stadtnah.kernel.media.errors import MediaError

_SEGMENT, _INFO, _VOID = 0x18538067, 0x1549A966, 0xEC
_INSIDE: Final = frozenset({_SEGMENT, _INFO})
# Tags, attachments; in the information: title, day, names of files. A checksum would not fit any more.
_NOTES: Final = frozenset({0x1254C367, 0x1941A469, 0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3E83BB, _VOID, 0xBF})
_LONGEST_ID, _LONGEST_SIZE = 4, 8
_MOST: Final = 2_000_000  # elements that are looked at


def cleaned(data: bytes) -> bytearray:
    """The film without what was noted about it. Raises MediaError with a German sentence."""
    kept = bytearray(data)
    for start, end in _notes(data):
        left = end - start - 1
        width = min(_LONGEST_SIZE, left)
        body = left - width
        kept[start] = _VOID
        kept[start + 1 : start + 1 + width] = (body | 1 << 7 * width).to_bytes(width)
        kept[start + 1 + width : end] = bytes(body)
    return kept


def _notes(data: bytes) -> Iterator[tuple[int, int]]:
    """The places of all notes. What has no length, as a browser records it, is read on into."""
    at = 0
    for _ in range(_MOST):
        number, after = _number(data, at, _LONGEST_ID, marked=True)
        length, body = _number(data, after, _LONGEST_SIZE)
        if not number or body == after:
            return
        unknown = length == (1 << 7 * (body - after)) - 1
        if number in _INSIDE or unknown:
            at = body
            continue
        if number in _NOTES:
            yield at, min(body + length, len(data))
        at = body + length
    raise MediaError("Das Video ist beschädigt oder nicht vollständig. Bitte speichern Sie es neu.")


def _number(data: bytes, at: int, longest: int, *, marked: bool = False) -> tuple[int, int]:
    """A number of EBML and where it ends; the same place when there is none."""
    first = data[at] if at < len(data) else 0
    width = 9 - first.bit_length()
    if not first or width > longest or at + width > len(data):
        return 0, at
    said = int.from_bytes(data[at : at + width])
    return (said if marked else said & ~(1 << 7 * width)), at + width
