"""Html soup to a small, well-formed tree.

html5ever (through nh3) reads the soup as a browser would; what a hostile page could make expensive there (depth, and
formatting that is opened again in every paragraph) is counted or taken out before.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

from stadtnah.kernel.decoding import unescaped
from stadtnah.surfaces.website.moving_in import foreign
from stadtnah.surfaces.website.moving_in.foreign import ItemError

_BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "cite",
        "dd",
        "details",
        "div",
    ),
    *("dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
    *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("tr", "ul"),
}
_INLINE = {"a", "br", "em", "img", "strong", "sub", "sup"}
_ATTRIBUTES = {
    "*": {"style", "role", "class", "id", "hidden"},
    "a": {"href"},
    "img": {"src", "alt", "title", "width", "height", "data-src", "data-lazy-src", "data-original"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_GONE = {
    *(
        "applet",
        "audio",
        "button",
        "canvas",
        "embed",
        "iframe",
        "map",
        "math",
        "noscript",
        "object",
        "script",
    ),
    *("select", "style", "svg", "template", "textarea", "title", "video", "xml"),
}
_VOID = {"br", "hr", "img"}
_UNNESTED = {
    *_VOID,
    "area",
    "col",
    "dd",
    "dt",
    "input",
    "li",
    "link",
    "meta",
    "option",
    "p",
    "td",
    "th",
    "tr",
}

_DATA = re.compile(
    r"data:(image/[a-z0-9.+-]{1,20})[a-z0-9=;-]{0,60};base64,([A-Za-z0-9+/=%\s]++)", re.IGNORECASE
)
_STAND_IN = "stadtnah-inline-"
_INSIDE = r"""(?:\s(?:[^<>"']|"[^"]*+"|'[^']*+')*+)?"""
_DRESS = re.compile(
    rf"</?(?:font|span|u|s|small|big|tt|nobr|strike|ins|del|acronym|abbr|mark|kbd|code){_INSIDE}/?>",
    re.IGNORECASE,
)
_BOLD = re.compile(rf"<(/?)(b|strong|i|em){_INSIDE}>", re.IGNORECASE)
_SAME = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
# „m²“ and „CO₂“ keep their meaning without tags.
_RAISED = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_STRUCK = re.compile(r"<(?:s|del|strike)[\s>]", re.IGNORECASE)
_NESTING = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,20})")
_EMBEDDED = re.compile(
    r"""<(?:iframe|video|audio|embed|source)\s[^<>]{0,400}?\bsrc\s{0,3}=\s{0,3}["']?(https?:)?(//[^"'\s<>]{3,300})""",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Node:
    """An element with its children, texts among them."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Node]:
        """The elements with one of these tags anywhere inside, in order."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    found.append(child)
                found += child.all(*tags)
        return found

    def words(self) -> str:
        """The text inside, blanks collapsed."""
        return " ".join(" ".join(self.texts()).split())

    def texts(self) -> list[str]:
        # Letters that only change their dress inside a word stay together; everything else is parted.
        found = [""]
        for child in self.children:
            if isinstance(child, str):
                found[-1] += child
            elif child.tag in {"strong", "em", "a", "sub", "sup"}:
                inner = child.texts()
                found[-1] += inner[0]
                found += inner[1:]
            else:
                found += [*child.texts(), ""]
        return found


@dataclass(slots=True)
class Soup:
    """A parsed piece of html: the tree, pictures that sat inside it by their token, and what was left out."""

    root: Node
    inline: dict[str, tuple[str, bytes]]
    notes: list[str]


def parsed(html: str) -> Soup:
    """The tree of a piece of foreign html. Raises ItemError (German) beyond the limits."""
    notes: list[str] = []
    inline: dict[str, tuple[str, bytes]] = {}
    if len(html) > foreign.MAX_EXPORT_BYTES:
        raise ItemError("Der Text ist zu groß.")
    lean = (
        _DATA.sub(lambda match: _taken_out(match, inline, notes), html) if "data:" in html.lower() else html
    )
    if len(lean) > foreign.MAX_MARKUP:
        raise ItemError(
            f"Der Text ist mit {len(lean) / 1e6:.1f} Millionen Zeichen zu lang; "
            f"möglich sind {foreign.MAX_MARKUP // 1_000_000}.".replace(".", ",", 1)
        )
    notes += sorted(
        {f"Eingebetteter Inhalt entfernt: https:{match[2]}" for match in _EMBEDDED.finditer(lean)}
    )[:5]
    if _STRUCK.search(lean):
        notes.append("Durchgestrichener Text ist hier nicht mehr durchgestrichen – bitte prüfen.")
    lean = _DRESS.sub("", lean)
    lean = _BOLD.sub(lambda match: f"<{match[1]}{_SAME[match[2].lower()]}>", lean)
    _measure(lean)
    return Soup(_built(lean), inline, notes)


def plain(value: str) -> str:
    """Foreign text or html as one line of text. Escaped once too often is no matter."""
    for _round in range(2):
        if "<" in value:
            value = nh3.clean(
                value[: foreign.MAX_MARKUP // 10], tags={"br"}, clean_content_tags={"script", "style"}
            )
            value = value.replace("<br>", " ")
        if "&" not in value:
            break
        value = unescaped(value)
    return " ".join(value.replace("\u00ad", "").split())


def _taken_out(match: re.Match[str], inline: dict[str, tuple[str, bytes]], notes: list[str]) -> str:
    if len(match[2]) * 3 // 4 > foreign.MAX_INLINE_PICTURE:
        notes.append("Ein in den Text eingebettetes Bild war zu groß und fehlt.")
        return ""
    try:
        data = base64.b64decode(re.sub(r"%[0-9A-Fa-f]{2}|[\s%]", "", match[2]) + "==")
    except (binascii.Error, ValueError):
        notes.append("Ein in den Text eingebettetes Bild war beschädigt und fehlt.")
        return ""
    token = f"{_STAND_IN}{len(inline)}"
    inline[token] = (match[1].lower(), data)
    return token


def _measure(html: str) -> None:
    depth = 0
    tags = html.count("&")  # a character reference costs html5ever more than a tag
    for match in _NESTING.finditer(html):
        tags += 1
        if match[2].lower() in _UNNESTED:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > foreign.MAX_DEPTH:
            raise ItemError(f"Der Text ist tiefer als {foreign.MAX_DEPTH} Ebenen verschachtelt.")
        if tags > foreign.MAX_TAGS:
            break
    if tags > foreign.MAX_TAGS:
        raise ItemError(f"Der Text enthält mehr als {foreign.MAX_TAGS} Auszeichnungen und Sonderzeichen.")


def _built(html: str) -> Node:
    cleaned = nh3.clean(
        html,
        tags=_BLOCKS | _INLINE,
        attributes=_ATTRIBUTES,
        clean_content_tags=_GONE,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    builder = _Builder()
    builder.feed(cleaned)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Reads what nh3 wrote: balanced, quoted, escaped; so the stack never lies."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self._stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._stack[-1].children.append(node)
        if tag not in _VOID:
            self._stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self._stack) > 1 and self._stack[-1].tag == tag:
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        inside = self._stack[-1]
        if inside.tag in _RAISED:
            data = data.translate(_RAISED[inside.tag])
        inside.children.append(data)


def escaped(value: str) -> str:
    """Text for html."""
    return escape(value, quote=False)
