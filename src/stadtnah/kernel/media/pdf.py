"""What a PDF holds, read without opening it: actions that run, and what a screen reader will miss.

A scan of its bytes (ISO 32000-1), no interpreter: names are unescaped (#4A is J), object streams are unpacked, everything else is left alone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from stadtnah.kernel.media.errors import MediaError

# Every script, start of a program or player names itself so, wherever it stands (ISO 32000-1, 12.6.4).
_ACTIVE: Final = re.compile(rb"/(JavaScript|Launch|RichMedia|ImportData)\b")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"stream\r?\n")
_DICTIONARY: Final = 2_000  # bytes before a stream that say what it is
_UNPACKED: Final = 60_000_000  # bytes of object streams altogether
_TEXT: Final = rb"\s*(?:\((?!\))|<(?!<|>))"  # a string that is not empty


def look(data: bytes) -> tuple[str, ...]:
    """What is wrong with it for citizens: "untagged", "no-title", "no-language", "author", "attachment". Raises MediaError."""
    if not data.startswith(b"%PDF-"):
        raise MediaError("Das ist keine PDF-Datei.")
    parts = [_plain(data)]
    parts += [_plain(part) for part in _objects(data, parts[0])]
    for part in parts:
        _refuse(part)
    whole = b"\n".join(parts)
    found = {
        "untagged": b"/StructTreeRoot" not in whole,
        "no-title": not (re.search(rb"/Title" + _TEXT, whole) or b"<dc:title" in whole),
        "no-language": not re.search(rb"/Lang" + _TEXT, whole),
        "author": bool(re.search(rb"/Author" + _TEXT, whole)),
        "attachment": b"/EmbeddedFile" in whole,
    }
    return tuple(code for code, true in found.items() if true)


def _plain(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data) if b"#" in data else data


def _refuse(part: bytes) -> None:
    if b"/Encrypt" in part:
        raise MediaError(
            "Die PDF-Datei ist verschlüsselt oder geschützt. Vorleseprogramme scheitern oft daran; "
            "bitte speichern Sie sie ohne Kennwort und ohne Einschränkungen."
        )
    if active := _ACTIVE.search(part):
        raise MediaError(
            f"Die PDF-Datei enthält etwas, das beim Öffnen ausgeführt werden kann ({active[1].decode()}). "
            "Bitte speichern Sie sie neu, zum Beispiel als PDF/A oder über „Drucken, als PDF speichern“."
        )


def _objects(data: bytes, plain: bytes) -> Iterator[bytes]:
    """What object streams hold, unpacked. One that cannot be read is refused: something may hide in it."""
    if b"/ObjStm" not in plain:
        return
    left = _UNPACKED
    for match in _STREAM.finditer(data):
        said = _plain(data[max(0, match.start() - _DICTIONARY) : match.start()])
        said = said.rpartition(b"obj")[2]
        if b"/ObjStm" not in said:
            continue
        if b"/Filter" not in said:
            continue  # readable as it is, and read with the rest
        end = data.find(b"endstream", match.end())
        packed = data[match.end() : end if end >= 0 else len(data)]
        unpacked = _inflated(packed, left) if b"/FlateDecode" in said else None
        if unpacked is None:
            raise MediaError("Die PDF-Datei lässt sich nicht prüfen. Bitte speichern Sie sie neu als PDF/A.")
        left -= len(unpacked)
        yield unpacked


def _inflated(data: bytes, most: int) -> bytes | None:
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, max(1, most))
    except zlib.error:
        return None
    return found if reader.eof else None
