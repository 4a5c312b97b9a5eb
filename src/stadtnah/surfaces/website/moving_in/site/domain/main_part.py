"""What of a page is its content: without menus, banners, the frame that every page repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stadtnah.surfaces.website.moving_in.body import CONTACT
from stadtnah.surfaces.website.moving_in.site.domain import contact, parts
from stadtnah.surfaces.website.moving_in.site.domain.parts import Common, number_of_words
from stadtnah.surfaces.website.moving_in.tree import Node

_MARK: Final = re.compile(r"<!--\s{0,9}TYPO3SEARCH_(begin|end)\s{0,9}-->")
_ENOUGH: Final = 25  # words; less between marks is a heading or nothing
_FEW: Final = 5
_FRAME_TAGS: Final = frozenset({"nav", "footer"})
_FRAME_ROLES: Final = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"})
_FRAME: Final = re.compile(
    r"(?:nav|navi|navbar|(?:main|meta|top|sub|haupt|service)-?nav\w*|navigation\S*|\w*-?menue?|\w*-?menü|breadcrumbs?\S*|brot(?:krumen?|krümel)\S*"
    r"|klickpfad|rootline|footer\S*|fu(?:ss|ß)(?:zeile|bereich)?|header|page-?header|site-?header|kopf(?:zeile|bereich)?"
    r"|cookie\S*|consent\S*|cc-(?:window|banner)|klaro\S*|borlabs\S*|usercentrics\S*|cmplz\S*|gdpr\S*|dsgvo-\S*"
    r"|social\S*|shar(?:e|ing)\S*|shariff|teilen|skip\S*|sprung(?:link|marke)\S*|suche|suchfeld|search\S*|login\S*"
    r"|pager|pagination\S*|toolbar|seitenfunktionen|print-?link\S*|druckansicht|to-?top\S*|nach-?oben|back-?to-?top"
    r"|lang(?:uage)?-?(?:nav|switch\S*|menu|selector)|sprachwahl|schriftgr\S+|font-?size\S*|visually-hidden|sr-only|werbung)",
    re.IGNORECASE,
)
_CRUMBS: Final = re.compile(
    r"breadcrumb|brotkr|klickpfad|rootline|you-?are-?here|siesindhier|pfad", re.IGNORECASE
)
_MAIN: Final = (
    re.compile(r"(?:main-?content|content-?main|haupt-?inhalt|inhalt|content-?(?:inner|area|wrapper)?|page-?content|artikel|article-?(?:body|text)|entry-content)", re.IGNORECASE),
    re.compile(r"(?:main|mitte|middle|center|centercol|col-?main|text|maincontent\w*|hauptspalte)", re.IGNORECASE),
)  # fmt: skip
_TEXTS: Final = frozenset({"p", "ul", "ol", "table", "dl", "blockquote"})
_MOSTLY: Final = 0.75
_MUCH: Final = 0.6


@dataclass(slots=True)
class MainPart:
    """The content; `heading` is the page's own first heading, `crumbs` the way to it as (label, address)."""

    root: Node
    heading: str = ""
    words: int = 0
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    contact: list[tuple[str, str]] = field(default_factory=list)


def marked(html: str) -> str:
    """What the old system itself marked as content for its search; "" when it did not."""
    kept: list[str] = []
    begun: int | None = None
    for mark in _MARK.finditer(html) if "TYPO3SEARCH_begin" in html else ():
        if mark[1] == "begin" and begun is None:
            begun = mark.end()
        elif mark[1] == "end" and begun is not None:
            kept.append(html[begun : mark.start()])
            begun = None
    found = " ".join(kept)
    return found if len(re.sub(r"<[^<>]*>", " ", found).split()) >= _ENOUGH else ""


def main_part(root: Node, common: Common) -> MainPart:
    """Finds it: by what the page itself calls main, else by where most of the text is that no link holds."""
    crumbs = list(_crumbs(root))
    whole = number_of_words(root.children)
    lean = _pruned(parts.without(root, common), whole)
    chosen = _chosen(lean)
    heading = _heading(chosen) or _heading(lean)
    boxes = [box for box in _boxes(lean) if not _inside(box, chosen)]
    content, rows = _with_contacts(chosen)
    for box in boxes[:2]:
        said = contact.rows_of(box)
        content.children.append(_as_list(said))
        rows = rows or said
    return MainPart(content, heading, number_of_words(content.children), crumbs, rows)


def _pruned(node: Node, whole: int) -> Node:
    """Without what is the frame by its name. What holds most of the page is never thrown away, whatever it is called."""
    kept: list[parts.Part] = []
    for child in node.children:
        if isinstance(child, str) or child.tag in parts.INLINE:
            kept.append(child)
        elif not (_is_frame(child) and number_of_words(child.children) < max(_FEW, whole * _MUCH)):
            kept.append(_pruned(child, whole))
    return Node(node.tag, node.attributes, kept)


def _is_frame(node: Node) -> bool:
    given = node.attributes
    if node.tag in _FRAME_TAGS or given.get("role", "").lower() in _FRAME_ROLES:
        return not node.all("h1")
    named = node.tag == "header" or any(_FRAME.fullmatch(token) for token in _tokens(node))
    return named and not node.all("h1")


def _tokens(node: Node) -> list[str]:
    return f"{node.attributes.get('id', '')} {node.attributes.get('class', '')}".split()


def _chosen(root: Node) -> Node:
    for found in (_by_tag(root), *(_by_name(root, pattern) for pattern in _MAIN)):
        if found is not None:
            return found
    articles = root.all("article")
    if len(articles) == 1 and number_of_words(articles[0].children) >= _ENOUGH:
        return articles[0]
    return _densest(root)


def _by_tag(root: Node) -> Node | None:
    found = root.all("main") or [
        node for node in _all(root) if node.attributes.get("role", "").lower() == "main"
    ]
    return next((node for node in found if number_of_words(node.children) >= _FEW), None)


def _by_name(root: Node, pattern: re.Pattern[str]) -> Node | None:
    named = [node for node in _all(root) if any(pattern.fullmatch(token) for token in _tokens(node))]
    best = max(named, key=_own_words, default=None)
    total = _own_words(root)
    return best if best is not None and _own_words(best) >= max(_FEW, total * 0.4) else None


def _densest(node: Node) -> Node:
    total = _own_words(node)
    blocks = [child for child in node.children if isinstance(child, Node) and child.tag not in parts.INLINE]
    best = max(blocks, key=_own_words, default=None)
    if best is None or not total or (best.tag in _TEXTS and not best.all("td")):
        return node
    return _densest(best) if _own_words(best) >= total * _MOSTLY else node


def _own_words(node: Node) -> int:
    """Words that no link holds."""
    return len(_unlinked(node).split())


def _unlinked(node: Node) -> str:
    return " ".join(
        child if isinstance(child, str) else "" if child.tag == "a" else _unlinked(child)
        for child in node.children
    )


def _all(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from _all(child)


def _heading(node: Node) -> str:
    found = next((one.words() for one in node.all("h1") if one.words()), "")
    return found or next((one.words() for one in node.all("h2") if one.words()), "")


def _crumbs(root: Node) -> Iterator[tuple[str, str]]:
    holder = next(
        (node for node in _all(root) if any(_CRUMBS.search(token) for token in _tokens(node))), None
    )
    for link in holder.all("a") if holder else []:
        if link.words() and link.attributes.get("href"):
            yield link.words()[:200], link.attributes["href"]


def _boxes(root: Node) -> Iterator[Node]:
    """Contact boxes, the outermost of each."""
    for child in root.children:
        if not isinstance(child, Node):
            continue
        if child.tag not in parts.INLINE and contact.is_named_so(child) and contact.rows_of(child):
            yield child
        else:
            yield from _boxes(child)


def _inside(node: Node, root: Node) -> bool:
    return any(one is node for one in _all(root))


def _with_contacts(node: Node) -> tuple[Node, list[tuple[str, str]]]:
    """The same with its contact boxes as lists, and the rows of the first."""
    first: list[tuple[str, str]] = []
    kept: list[parts.Part] = []
    for child in node.children:
        if isinstance(child, str) or child.tag in parts.INLINE:
            kept.append(child)
            continue
        rows = contact.rows_of(child) if contact.is_named_so(child) else []
        if rows:
            kept.append(_as_list(rows))
        else:
            inner, found = _with_contacts(child)
            rows = found
            kept.append(inner)
        first = first or rows
    return Node(node.tag, node.attributes, kept), first


def _as_list(rows: list[tuple[str, str]]) -> Node:
    pairs = [(Node("dt", {}, [label]), Node("dd", {}, [value])) for label, value in rows]
    return Node("dl", {"class": CONTACT}, [node for pair in pairs for node in pair])
