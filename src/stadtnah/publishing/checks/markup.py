"""Reads sanitised html: its blocks as plain text, its links, its headings. Linear time, whatever comes in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

# Possessive quantifiers (Python 3.11) keep this linear on unclosed quotes and brackets.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w-]*+)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++)""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u2060\ufeff"))  # soft hyphen, zero width spaces

_BLOCKS = frozenset(
    (
        "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "table", "thead", "tbody", "tr",
        "td", "th", "caption", "hr", "dl", "dt", "dd", "section", "article", "figure", "figcaption", "pre",
    )
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SILENT = frozenset(("script", "style"))


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written; `href` is None when the attribute is missing. `where`: as in `Finding`."""

    href: str | None
    text: str
    where: str = "body"


@dataclass(frozen=True, slots=True)
class Segment:
    """The text of one block element; a newline stands for a forced line break. `strong`: all of it is bold."""

    tag: str
    text: str
    strong: bool = False


@dataclass(slots=True)
class Markup:
    """What one piece of html holds, in the order of reading."""

    segments: list[Segment] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    empty_headings: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)


def plain(text: str) -> str:
    """Composed umlauts (NFC) and no invisible characters, so that a word is found however it was typed."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


class _Reader:
    """Walks over the tags once and closes a segment at every block boundary."""

    def __init__(self) -> None:
        self.markup = Markup()
        self._parts: list[str] = []
        self._tag = "p"
        self._strong_depth = 0
        self._letters = [0, 0]  # outside and inside of strong
        self._link: tuple[str | None, int] | None = None
        self._silent = ""

    def read(self, html: str) -> Markup:
        if "<!--" in html and html.count("<!--") <= html.count("-->"):
            html = _COMMENT.sub("", html)
        at = 0
        for match in _TAG.finditer(html):
            self._text(html[at : match.start()])
            at = match.end()
            self._element(match[2].lower(), closing=bool(match[1]), attributes=match[3])
        self._text(html[at:])
        self._end_link()
        self._end_segment()
        return self.markup

    def _text(self, raw: str) -> None:
        if not raw or self._silent:
            return
        text = _SPACE.sub(" ", plain(unescape(raw)))
        self._parts.append(text)
        if text.strip():
            self._letters[bool(self._strong_depth)] += 1

    def _element(self, name: str, *, closing: bool, attributes: str) -> None:
        if self._silent:
            self._silent = "" if closing and name == self._silent else self._silent
        elif name in _SILENT:
            self._silent = "" if closing else name
        elif name == "br":
            self._parts.append("\n")
        elif name == "a":
            self._end_link()
            if not closing:
                self._start_link(attributes)
        elif name in {"strong", "b"}:
            self._strong_depth = max(0, self._strong_depth + (-1 if closing else 1))
        elif name in _BLOCKS:
            self._block(name, closing=closing)
        if not closing and attributes:
            found = _attributes(attributes)
            self.markup.anchors.update(found[key] for key in ("id", "name") if key in found)

    def _block(self, name: str, *, closing: bool) -> None:
        empty = closing and name in _HEADINGS and self._tag == name and not "".join(self._parts).strip()
        self._end_segment()
        if empty:
            self.markup.empty_headings.append(name)
        self._tag = "p" if closing else name

    def _start_link(self, attributes: str) -> None:
        self._link = (_attributes(attributes).get("href"), len(self._parts))

    def _end_link(self) -> None:
        if self._link is not None:
            href, start = self._link
            self.markup.links.append(Link(href, _tidy("".join(self._parts[start:]))))
            self._link = None

    def _end_segment(self) -> None:
        if self._link is not None and self._parts:
            self._end_link()
        text = _tidy("".join(self._parts))
        if text:
            strong = self._letters[1] > 0 and self._letters[0] == 0
            self.markup.segments.append(Segment(self._tag, text, strong))
        self._parts, self._letters = [], [0, 0]
        if self._link is not None:
            self._link = (self._link[0], 0)


def read_html(html: str) -> Markup:
    """The blocks, links and headings of sanitised html. Unclosed tags do no harm; a lone "<" stays text."""
    return _Reader().read(html)


def heading_level(tag: str) -> int | None:
    """2 for "h2"; None for anything that is not a heading."""
    return _HEADINGS.get(tag)


def _attributes(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw):
        found.setdefault(match[1].lower(), unescape(match[2].strip("\"'")))
    return found


def _tidy(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
