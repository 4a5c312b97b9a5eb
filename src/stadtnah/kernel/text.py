"""Text as people count it: characters as they see them, shortening that leaves whole words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import grapheme

# A sentence may end here when at least this share of the room is used; else whole words are kept.
_ENOUGH: Final = 0.6
_SENTENCE_END: Final = re.compile(r"[.!?…]+[“”\"»)]*(?=\s|$)")
# German abbreviations and ordinal numbers whose full stop ends no sentence ("am 3. Dezember", "z. B.").
_NO_END: Final = re.compile(r"(?:\d|\b(?:z|B|d|h|u|a|o|ä|ca|bzw|Nr|Str|Tel|Dr|St|Mo|Di|Mi|Do|Fr|Sa|So))\.$")
# Latin letters and the marks of German text: each is a cluster of its own. Nothing that combines or joins, and no CR, which is one
# with the LF behind it.
_ONE_EACH: Final = re.compile("[\0-\x0c\x0e-\u02ff\u2010-\u2027\u202f-\u203b\u20ac]*")
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphemes(text: str) -> int:
    """How many characters a reader sees: extended grapheme clusters (Unicode UAX #29)."""
    return len(text) if _ONE_EACH.fullmatch(text) else int(grapheme.length(text))


def xml_legal(text: str) -> str:
    """Without the signs that XML 1.0 cannot hold, not even escaped (section 2.2, Char): one of them and no reader takes the document."""
    return _NOT_XML.sub("", text)


def cell(text: str) -> str:
    """For a table that a spreadsheet opens: it must not take the text for a formula (CWE-1236)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def grouped(number: int, mark: str = ".") -> str:
    """„1.234“: numbers from a thousand on are read in groups of three (DIN 5008); other languages have another mark."""
    return f"{number:,}".replace(",", mark)


def counted(number: int, one: str, many: str) -> str:
    """„1 Entwurf“, „2 Entwürfe“, „0 Entwürfe“, „1.234 Entwürfe“."""
    return f"{grouped(number)} {one if number == 1 else many}"


def clipped(text: str, room: int) -> str:
    """The first `room` characters as a reader counts them; no emoji or accent is torn apart."""
    return text if graphemes(text) <= room else str(grapheme.slice(text, 0, max(0, room)))


def shortened(text: str, room: int, *, measure: Callable[[str], int] = graphemes) -> str:
    """`text` in at most `room`, ending with a sentence where that keeps enough, else with a word and „ …“.

    `measure` counts the way the channel does. A single word longer than the room is cut; no room gives "".
    """
    text = text.strip()
    if measure(text) <= room:
        return text
    for end in _sentence_ends(text):
        if measure(text[:end]) <= room and measure(text[:end]) >= room * _ENOUGH:
            return text[:end]
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    for end in reversed(ends):
        cut = text[:end].rstrip(" ,;:–-") + " …"
        if measure(cut) <= room:
            return cut
    return clipped(text, room - 1) + "…" if room > 1 else ""


def _sentence_ends(text: str) -> Iterator[int]:
    """The last sentence end first."""
    for match in reversed(list(_SENTENCE_END.finditer(text))):
        if not _NO_END.search(text[: match.end()]):
            yield match.end()
