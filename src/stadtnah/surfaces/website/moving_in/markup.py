"""A forgiving look at XML: what a feed's items and fields are, however ill the file is.

No XML parser proper is used, on purpose. A strict one gives up at the first bare „&“ or stray control character,
which every tenth municipal feed has; here an item that cannot be read costs that item. No DTD is ever read, so there is
nothing to expand and nothing to fetch. Every pass is linear in the length of its input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stadtnah.kernel.decoding import unescaped

_BORDER = re.compile(rb"<!\[CDATA\[|<!--|<(/?)((?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry))(?=[\s>/])")
_TAG = re.compile(r"<!\[CDATA\[|<!--|<(/?)([A-Za-z_][\w.:-]{0,60})")
# Possessive: a tag that never ends costs one look, not a search through all its beginnings.
_TAG_END = re.compile(r"""(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>""")
_ATTRIBUTE = re.compile(
    r"""(?<![\w.:-])([A-Za-z_][\w.:-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
)
_CDATA = "<![CDATA["
_CDATA_END = "]]>"
_MAX_REPAIRS = 20
_MAX_TAG = 8_000
_MAX_SAME = 300  # elements of one name inside each other


@dataclass(frozen=True, slots=True)
class Slice:
    """Where an item lies in the file: `start` after its opening tag, `end` before its closing one."""

    start: int
    end: int
    attributes: str
    whole: bool  # False: the file ended inside
    closed: bool  # False: the next item began, or the file ended, without a closing tag


@dataclass(frozen=True, slots=True)
class Element:
    """A direct child: its name with prefix, attributes, and what stands inside as written."""

    name: str
    attributes: dict[str, str]
    inner: str

    def text(self) -> str:
        """What a reader of the XML gets: CDATA as it is, references resolved."""
        return "".join(part if literal else unescaped(part) for part, literal in _parts(self.inner))

    def markup(self) -> str:
        """The html this field carries: escaped, in CDATA, or standing in the XML as elements."""
        if _CDATA not in self.inner and re.search(r"<[A-Za-z]", self.inner):
            return self.inner
        found = self.text().replace(_CDATA, "").replace(_CDATA_END, "")
        # Escaped once too often: the tags themselves are text.
        if "<" not in found and re.search(r"&lt;/?(?:p|br|div|a|ul|li|strong|b|img|h\d)\b", found):
            return unescaped(found)
        return found


def slices(data: bytes) -> Iterator[Slice]:
    """The items (RSS) or entries (Atom) of a file, in order, without copying it."""
    open_name, start, attributes = b"", 0, ""
    position = 0
    ends = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
    while match := _BORDER.search(data, position):
        position = match.end()
        if not match[2]:
            skipped = data.find(ends[match[0]], position) if match[0] in ends else -1
            if skipped < 0:
                ends.pop(match[0], None)  # nothing ends here any more; do not search again
            position = skipped + 3 if skipped >= 0 else position
        elif match[1]:
            if open_name == match[2]:
                yield Slice(start, match.start(), attributes, whole=True, closed=True)
                open_name = b""
        elif not open_name or open_name == match[2]:
            if open_name:
                yield Slice(start, match.start(), attributes, whole=True, closed=False)
            end = data.find(b">", position, position + _MAX_TAG)
            attributes = data[position:end].decode("utf-8", "replace") if end >= 0 else ""
            start = position = end + 1 if end >= 0 else position
            open_name = b"" if attributes.endswith("/") else match[2]
    if open_name:
        yield Slice(start, len(data), attributes, whole=False, closed=False)


def elements(source: str, limit: int = 2_000) -> list[Element]:
    """The direct children in `source`, at most `limit`. One that never closes ends at the next tag."""
    found: list[Element] = []
    source = _without_open_ends(source)
    position = repairs = 0
    while len(found) < limit and (match := _TAG.search(source, position)):
        position = _past_literal(source, match) or match.end()
        if not match[2] or match[1]:
            continue
        body, attributes, empty = _opened(source, match.end())
        position = body
        if empty:
            found.append(Element(match[2], attributes, ""))
            continue
        end, after = _closing(source, match[2], body)
        if end < 0:
            repairs += 1
            if repairs > _MAX_REPAIRS:
                break
            end = after = _next_tag(source, body)
        found.append(Element(match[2], attributes, source[body:end]))
        position = after
    return found


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes inside a tag, references resolved."""
    return {
        match[1]: unescaped(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(tag[:_MAX_TAG])
    }


def without_comments(source: str) -> str:
    """The same without comments; one that never ends stays."""
    kept: list[str] = []
    at = 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start + 4)) >= 0:
        kept.append(source[at:start])
        at = end + 3
    return "".join([*kept, source[at:]])


def _without_open_ends(source: str) -> str:
    """Beginnings of CDATA and comments that never end are taken out, so that every other one is found in one go."""
    for mark, end in ((_CDATA, _CDATA_END), ("<!--", "-->")):
        tail = source.rfind(end) + 1
        if source.find(mark, tail) >= 0:
            source = source[:tail] + source[tail:].replace(mark, "")
    return source


def _opened(source: str, start: int) -> tuple[int, dict[str, str], bool]:
    """Where the inside begins, the attributes, and whether the element is empty (`<a/>`)."""
    match = _TAG_END.match(source, start)
    end = match.end() if match else source.find(">", start, start + _MAX_TAG) + 1
    if end <= 0:
        return start, {}, False
    tag = source[start : end - 1]
    return end, attributes_of(tag), tag.endswith("/")


def _closing(source: str, name: str, start: int) -> tuple[int, int]:
    """Where the inside of `name` ends and what follows begins; (-1, -1) when it never does."""
    pattern = re.compile(rf"<!\[CDATA\[|<!--|<(/?)({re.escape(name)})(?=[\s>/])")
    depth, position = 1, start
    while match := pattern.search(source, position):
        position = _past_literal(source, match) or match.end()
        if not match[2]:
            continue
        if match[1]:
            depth -= 1
            if not depth:
                end = source.find(">", match.end())
                return match.start(), end + 1 if end >= 0 else len(source)
        else:
            position, _attributes, empty = _opened(source, match.end())
            depth += 0 if empty else 1
            if depth > _MAX_SAME:
                break
    return -1, -1


def _past_literal(source: str, match: re.Match[str]) -> int:
    """Where a CDATA section or comment that begins at `match` ends; 0 when it is none or never ends."""
    mark = {_CDATA: _CDATA_END, "<!--": "-->"}.get(match[0])
    if not mark:
        return 0
    end = source.find(mark, match.end())
    return end + 3 if end >= 0 else 0


def _next_tag(source: str, start: int) -> int:
    if source.startswith(_CDATA, start):
        end = source.find(_CDATA_END, start)
        return end + 3 if end >= 0 else len(source)
    match = re.compile(r"</?[A-Za-z_]").search(source, start)
    return match.start() if match else len(source)


def _parts(inner: str) -> Iterator[tuple[str, bool]]:
    """Runs of `inner`, each with whether it is literal (CDATA). Comments are left out."""
    position = 0
    while position < len(inner):
        start = inner.find("<!", position)
        if start < 0:
            break
        mark, end_mark = (_CDATA, _CDATA_END) if inner.startswith(_CDATA, start) else ("<!--", "-->")
        if not inner.startswith(mark, start):
            yield inner[position : start + 2], False
            position = start + 2
            continue
        yield inner[position:start], False
        end = inner.find(end_mark, start + len(mark))
        stop = end if end >= 0 else len(inner)
        if mark == _CDATA:
            yield inner[start + len(mark) : stop], True
        position = stop + 3
    yield inner[position:], False
