"""Parts of a stored file: a film is sent in pieces, as the player asks for them (RFC 9110, 14), and never read whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

LARGE: Final = ("video/",)  # media types that are streamed
_ONE: Final = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)
_CHUNK: Final = 65_536


class Unsatisfiable(Exception):
    """A range that the file does not have (416)."""


def wanted(header: str, if_range: str, etag: str, modified: str, size: int) -> tuple[int, int] | None:
    """(first byte, byte after the last) to send; None for the whole file.

    Several ranges, another unit or nonsense are answered with the whole, as the RFC allows; a condition that does not hold
    (`If-Range`) too. Raises Unsatisfiable.
    """
    found = _ONE.fullmatch(header)
    if not found or (if_range and if_range.strip() not in {etag, modified}):
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        if not int(last) or not size:
            raise Unsatisfiable
        return max(0, size - int(last)), size
    start, end = int(first), int(last) + 1 if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(end, size)


class Piece:
    """The bytes of an open file between two places, in chunks; the server closes it (PEP 3333)."""

    def __init__(self, path: Path, start: int, end: int, done: Callable[[], object] = lambda: None) -> None:
        """`done` is called once when nothing more is read. Raises OSError."""
        self._file: BinaryIO = path.open("rb")
        self._left = end - start
        self._done = done
        self._file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        try:
            while self._left > 0 and (chunk := self._file.read(min(_CHUNK, self._left))):
                self._left -= len(chunk)
                yield chunk
        finally:
            self.close()

    def close(self) -> None:
        """Done, or nobody wants the rest."""
        if not self._file.closed:
            self._file.close()
            self._done()

    def __del__(self) -> None:
        if hasattr(self, "_done"):  # else there was no such file
            self.close()
