"""Bytes to text, whatever the file says about itself and whatever was done to it before.

Rules in the order of trust: a byte order mark; bytes that are valid UTF-8 (German text in another encoding
practically never is); what the file or the server declares; windows-1252, which browsers read for latin1 too
(WHATWG Encoding Standard).
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5

_UTF16 = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_UTF16_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_SINGLE = {"cp1250", "cp1252", "iso8859-2", "iso8859-15", "cp850", "cp437", "mac-roman"}
_CHUNK = 1 << 20
_LENIENT = "stadtnah-lenient"

# UTF-8 read as windows-1252, once more encoded: „Ã¤“ for „ä“. Only lead letters that German text does not
# use: „Spaß“ followed by a closing quote would otherwise look like such a pair.
_HIGH = "\u0080-\u00bf" + "".join(
    bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
)
_TWICE = re.compile(f"[ÃÂ][{_HIGH}]|â[{_HIGH}]{{2}}|ð[{_HIGH}]{{3}}")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_C1 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_CLEAN: dict[int, str | None] = {
    **{code: None for code in range(0x20) if code not in {0x09, 0x0A, 0x0D}},
    **dict.fromkeys((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFEFF, 0xFFFE, 0xFFFF, 0x200B)),
    **_C1,
}
_SURROGATES = re.compile("[\ud800-\udfff]")


def normalised(data: bytes, content_type: str | None) -> tuple[bytes, str]:
    """`data` in an encoding whose ASCII is ASCII, and the name `text` needs to read any part of it."""
    for mark, codec in (*_UTF16, *_UTF16_MARKS):
        if data.startswith(mark):
            return data.decode(codec, "replace").encode("utf-8", "replace"), "utf-8"
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    if data[:2] in (b"<\0", b"{\0"):
        return data.decode("utf-16-le", "replace").encode("utf-8", "replace"), "utf-8"
    if data[:2] in (b"\0<", b"\0{"):
        return data.decode("utf-16-be", "replace").encode("utf-8", "replace"), "utf-8"
    if _is_utf8(data) or _mostly_utf8(data):
        return data, "utf-8"
    return data, _declared(data, content_type)


def text(data: bytes, codec: str) -> str:
    """A part of `normalised` bytes as text. Never fails: a stray byte is read as windows-1252."""
    if codec == "utf-8":
        return clean(data.decode("utf-8", _LENIENT))
    return clean(data.decode(codec, "replace"))


def clean(value: str) -> str:
    """Without control characters; the windows-1252 ones in their place; without half surrogates."""
    return _SURROGATES.sub("", value.translate(_CLEAN))


def repaired(value: str) -> str:
    """Text in which doubly encoded letters („Ã¤“) are single again."""
    return _TWICE.sub(_once, value) if _TWICE.search(value) else value


def unescaped(value: str) -> str:
    """XML text with its character references resolved.

    The named ones of HTML too: feeds use „&nbsp;“ and „&uuml;“ without declaring them. What a DTD declares is
    never expanded, so an entity bomb stays the few bytes it is; unknown names and a bare „&“ stay as they are.
    """
    return _ENTITY.sub(_character, value) if "&" in value else value


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        return html5.get(f"{name};", match[0])
    code = int(name, 0) if name[1] in "xX" else int(name[1:])
    if code in _CLEAN:
        return _CLEAN[code] or ""
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else ""  # noqa: PLR2004 - surrogates, Unicode's end


def _once(match: re.Match[str]) -> str:
    raw = bytes(_byte(char) for char in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(char: str) -> int:
    return ord(char) if ord(char) < 0x100 else char.encode("cp1252")[0]  # noqa: PLR2004 - one byte


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(view), _CHUNK):
            decoder.decode(
                view[start : start + _CHUNK]
            )  # final stays False: a cut last letter is no objection
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    pairs = sum(1 for _ in re.finditer(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\xbf]{2}", data))
    return pairs * 4 > high


def _declared(data: bytes, content_type: str | None) -> str:
    inside = _DECLARED.search(data[:400])
    outside = _CHARSET.search(content_type or "")
    for name in ([inside[1].decode()] if inside else []) + ([outside[1]] if outside else []):
        try:
            codec = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        if codec in _SINGLE:
            return codec
    return "cp1252"


def _lenient(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error(_LENIENT, _lenient)
