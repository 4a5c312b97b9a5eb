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
_ACTIVE: Final = re.compile(
    rb"/(JavaScript|Launch|RichMedia|ImportData)\b|/S\s*/(Rendition)\b|/(XFA)\s*(?:\[|\d+\s+\d+\s+R)"
)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
# A stream that holds objects (7.5.7), however its name is escaped, up to where its bytes begin; its dictionary has neither text nor comment.
_NAME: Final = b"".join(rb"(?:%c|#%02x|#%02X)" % (sign, sign, sign) for sign in b"ObjStm")
_OBJECTS: Final = re.compile(rb"/" + _NAME + rb"\b")
_BYTES: Final = re.compile(rb"[^(%]{0,2000}?>>\s*stream(?:\r\n|\n|\r)")
# Inside stand the numbers and places of the objects, then the objects; what was packed a second time, or differently, looks otherwise.
_HELD: Final = re.compile(rb"[\s\d]*(?:[<\[/(tn+\-.]|false|\Z)")
_UNPACKED: Final = 60_000_000  # bytes of object streams altogether
_TEXT: Final = rb"\s*(?:\((?!\))|<(?!<|>))"  # a string that is not empty


def look(data: bytes) -> tuple[str, ...]:
    """What is wrong with it for citizens: "untagged", "no-title", "no-language", "author", "attachment". Raises MediaError."""
    if not data.startswith(b"%PDF-"):
        raise MediaError("Das ist keine PDF-Datei.")
    parts = [_plain(data)]
    parts += [_plain(part) for part in _objects(data)]
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
            f"Die PDF-Datei enthält etwas, das beim Öffnen ausgeführt werden kann ({active[active.lastindex or 1].decode()}). "
            "Bitte speichern Sie sie neu, zum Beispiel als PDF/A oder über „Drucken, als PDF speichern“."
        )


def _objects(data: bytes) -> Iterator[bytes]:
    """What object streams hold, unpacked. One that cannot be read is refused: something may hide in it."""
    left, at = _UNPACKED, 0
    while found := _OBJECTS.search(data, at):
        begin = _BYTES.match(data, found.end())
        at = data.find(b"endstream", begin.end()) if begin else -1
        unpacked = _inflated(data[begin.end() : at], left) if begin and at >= 0 else None
        if unpacked is None or not _HELD.match(unpacked):
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
