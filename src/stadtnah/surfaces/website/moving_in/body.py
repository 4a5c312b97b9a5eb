"""A foreign body as blocks of ours: the order of reading kept, the looks left behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.moving_in import addresses, foreign, inline, tables
from stadtnah.surfaces.website.moving_in.foreign import Attachment, ForeignPicture, Shown
from stadtnah.surfaces.website.moving_in.inline import BREAK, Run
from stadtnah.surfaces.website.moving_in.tree import Node, Soup

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_FLOW = {
    *("address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
    *("figcaption", "footer", "header", "hr", "main", "nav", "p", "pre", "section", "summary"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "li"),
}
_FILE_NAME = re.compile(
    r"(?:img|dsc[nf]?|bild|foto|image|photo|csm|screenshot)[-_ ]?\d*|(?:img|dsc[nf]?|csm|p)[-_ ]?\d\S*"
    r"|[\d_-]{3,}\S*|\S+\.(?:jpe?g|png|gif|webp)",
    re.IGNORECASE,
)
CONTACT = "stadtnah-contact"  # the class of a list of terms that is a contact box
_MAX_LIST_DEPTH = 4
_MAX_WHO = 100
_MAX_HEADING = 160
_MIN_PICTURE = 3  # pixels; smaller ones are counters and spacers


@dataclass(slots=True)
class Body:
    """What came out: parts in order, pictures by index, files the text links to, notes in German."""

    parts: list[Block | Shown] = field(default_factory=list)
    pictures: list[ForeignPicture] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Adds a sentence once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


def body_of(soup: Soup, *, base: str, title: str) -> Body:
    """The blocks of a parsed piece of html. `base`: for relative addresses; `title` is not said twice."""
    walker = _Walker(soup, base, title)
    walker.walk(soup.root, Run(""))
    walker.end_text()
    return walker.body


class _Walker:
    def __init__(self, soup: Soup, base: str, title: str) -> None:
        self.body = Body(notes=list(soup.notes))
        self._soup = soup
        self._base = base
        self._title = title.casefold()
        self._runs: list[Run] = []  # the paragraph being read
        self._html: list[str] = []  # the text block being read
        self._waiting: list[int] = []  # pictures inside the paragraph being read
        self._levels: list[int] = []  # headings above this place, by their level over there
        self._seen: dict[str, int] = {}

    def walk(self, node: Node, dress: Run) -> None:
        """Reads `node`'s children in order."""
        for child in node.children:
            if isinstance(child, str):
                self._runs.append(inline.run(child, dress))
            elif not _hidden(child):
                self._element(child, dress)

    def _element(self, node: Node, dress: Run) -> None:
        if node.tag == "br":
            self._runs.append(BREAK)
        elif node.tag in {"strong", "em", "a", "sub", "sup", "cite"}:
            self._inline(node, dress)
        elif node.tag == "img":
            self._picture(node)
        else:
            self.end_paragraph()
            self._block(node, dress)
            self.end_paragraph()

    def _inline(self, node: Node, dress: Run) -> None:
        if node.tag == "strong":
            dress = replace(dress, strong=True)
        elif node.tag == "em":
            dress = replace(dress, em=True)
        elif node.tag == "a":
            dress = replace(dress, href=self._link(node))
            self._enlarge(node)
        self.walk(node, dress)

    def _block(self, node: Node, dress: Run) -> None:
        if node.tag in _HEADINGS:
            self._heading(node, dress)
        elif node.tag in {"ul", "ol"}:
            self._list(node)
        elif node.tag == "table" and tables.holds_data(node):
            self._table(node)
        elif node.tag == "blockquote":
            self._quote(node)
        elif node.tag == "figure":
            self._figure(node, dress)
        elif node.tag == "dl" and node.attributes.get("class") == CONTACT:
            self._contact(node)
        elif node.tag == "dt":
            self.walk(node, replace(dress, strong=True))
        else:
            # A heading that holds for a whole section must not colour what is inside.
            self.walk(node, dress if node.tag in _FLOW else replace(dress, href=""))

    def end_paragraph(self) -> None:
        """Closes the paragraph being read; pictures inside it stand before it."""
        runs, self._runs = self._runs, []
        waiting, self._waiting = self._waiting, []
        for index in waiting:
            self._part(Shown(index))
        for group in inline.paragraphs(runs):
            for piece in inline.paragraph_html(group):
                if piece.startswith("<ul>") and self._html and self._html[-1].endswith("</ul>"):
                    self._html[-1] = self._html[-1].removesuffix("</ul>") + piece.removeprefix("<ul>")
                else:
                    self._html.append(piece)

    def end_text(self) -> None:
        """Closes the text block being read."""
        self.end_paragraph()
        if self._html:
            self.body.parts.append(Block("text", html="".join(self._html)))
            self._html = []

    def _part(self, part: Block | Shown) -> None:
        html, self._html = self._html, []
        if html:
            self.body.parts.append(Block("text", html="".join(html)))
        self.body.parts.append(part)

    def _heading(self, node: Node, dress: Run) -> None:
        for image in node.all("img"):
            self._picture(image)
        words = node.words()
        self.end_paragraph()
        if not words or (words.casefold() == self._title and not self.body.parts and not self._html):
            return
        if len(words) > _MAX_HEADING:
            self.walk(node, dress)
            self.body.note("Eine sehr lange Überschrift wurde zum Absatz.")
            return
        level = int(node.tag[1])
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        if len(self._levels) == 1:
            self._part(Block("heading", title=words))
        else:
            tag = f"h{min(4, len(self._levels) + 1)}"
            self._html.append(f"<{tag}>{inline.html([Run(words)])}</{tag}>")

    def _list(self, node: Node) -> None:
        pictures = [image for image in node.all("img") if not _hidden(image)]
        html = self._list_html(node, 1)
        if html:
            self._html.append(html)
        for image in pictures:
            self._picture(image)

    def _list_html(self, node: Node, depth: int) -> str:
        points: list[str] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag in {"ul", "ol"}:  # a list wrongly put beside the points
                inner = self._list_html(child, depth + 1)
            elif isinstance(child, Node):
                inner = self._point(child, depth)
            else:
                inner = inline.html(inline.lines([inline.run(child, Run(""))])[0])
            if inner and inner.startswith("<ul>") and points and depth < _MAX_LIST_DEPTH:
                points[-1] += inner
            elif inner:
                points.append(inner)
        if not points:
            return ""
        if depth > _MAX_LIST_DEPTH:
            return "<br>".join(points)
        return f"<{node.tag}>" + "".join(f"<li>{point}</li>" for point in points) + f"</{node.tag}>"

    def _point(self, node: Node, depth: int) -> str:
        runs: list[Run] = []
        nested: list[Node] = []
        self._flat(node, Run(""), runs, nested)
        shown = [inline.html(line) for line in inline.lines(runs) if line]
        inner = [found for sub in nested if (found := self._list_html(sub, depth + 1))]
        return "<br>".join(shown) + "".join(inner)

    def _flat(self, node: Node, dress: Run, runs: list[Run], nested: list[Node]) -> None:
        """The words inside a list point in order; lists inside it apart."""
        for child in node.children:
            if isinstance(child, str):
                runs.append(inline.run(child, dress))
            elif _hidden(child):
                continue
            elif child.tag == "br":
                runs.append(BREAK)
            elif child.tag in {"ul", "ol"}:
                nested.append(child)
            elif child.tag in {"strong", "em", "a", "sub", "sup", "cite"}:
                href = self._link(child) if child.tag == "a" else dress.href
                strong, em = dress.strong or child.tag == "strong", dress.em or child.tag == "em"
                self._flat(child, Run("", strong, em, href), runs, nested)
            elif child.tag != "img":
                runs.append(BREAK)
                self._flat(child, dress, runs, nested)
                runs.append(BREAK)

    def _table(self, node: Node) -> None:
        rows = tables.plain_rows(node)
        if not rows:
            return
        if not tables.has_head(node):
            self.body.note(
                "Eine Tabelle hatte keine Kopfzeile; jetzt gilt die erste Zeile dafür – bitte prüfen."
            )
        if node.all("a"):
            self.body.note("Verweise in einer Tabelle wurden zu einfachem Text.")
        self._part(Block("table", title=tables.caption_of(node), rows=rows))

    def _contact(self, node: Node) -> None:
        words = [child.words() for child in node.children if isinstance(child, Node)]
        self._part(Block("contact", rows=tuple(zip(words[::2], words[1::2], strict=False))))

    def _quote(self, node: Node) -> None:
        runs: list[Run] = []
        said_by = list(node.all("cite", "footer"))
        who = said_by[-1].words() if said_by else ""
        for said in said_by:
            said.attributes["hidden"] = ""  # said in the title
        nested: list[Node] = []
        self._flat(node, Run(""), runs, nested)
        groups = inline.paragraphs(runs)
        last = " ".join(inline.words(line) for line in groups[-1]) if groups else ""
        if groups and (last == who or (not who and last.startswith(("–", "—")) and len(last) <= _MAX_WHO)):
            who = last
            groups = groups[:-1]
        pieces = ["<p>" + "<br>".join(inline.html(line) for line in group) + "</p>" for group in groups]
        pieces += [self._list_html(sub, 1) for sub in nested]
        if any(pieces):
            self._part(Block("quote", title=who.lstrip("–— ")[:_MAX_WHO], html="".join(pieces)))
        for image in node.all("img"):
            self._picture(image)
        self.end_paragraph()

    def _figure(self, node: Node, dress: Run) -> None:
        captions = [child for child in node.children if isinstance(child, Node) and child.tag == "figcaption"]
        images = [image for image in node.all("img") if not _hidden(image)]
        caption = " ".join(child.words() for child in captions)
        before = len(self.body.parts)
        rest = Node(node.tag, node.attributes, [child for child in node.children if child not in captions])
        if images and not node.all("table", "figure"):
            for link in node.all("a"):
                self._enlarge(link)
            for image in images:
                self._picture(image, caption if len(images) == 1 else "")
            self.end_paragraph()
            if len(images) > 1 and caption:
                self._runs.append(Run(caption))
            return
        self.walk(rest, dress)
        self.end_paragraph()
        last = self.body.parts[-1] if len(self.body.parts) > before else None
        if isinstance(last, Block) and last.kind == "table" and not last.title:
            self.body.parts[-1] = replace(last, title=caption)
        elif caption:
            self._runs.append(Run(caption))

    def _link(self, node: Node) -> str:
        address = node.attributes.get("href", "")
        found = addresses.linked(address, self._base)
        if address and not found and not address.startswith("#"):
            self.body.note(f"Verweis „{address[:80]}“ ist ohne Adresse der alten Website nicht auflösbar.")
        if addresses.is_document(found):
            file = Attachment(found, node.words()[:200])
            if file not in self.body.attachments:
                self.body.attachments.append(file)
        return "" if addresses.is_picture(found) and node.all("img") else found

    def _enlarge(self, node: Node) -> None:
        """A small picture that links to its large version: the large one is what we want."""
        images = node.all("img")
        large = addresses.linked(node.attributes.get("href", ""), self._base)
        if len(images) == 1 and addresses.is_picture(large):
            images[0].attributes |= {"src": large, "data-src": "", "data-lazy-src": "", "data-original": ""}

    def _picture(self, node: Node, caption: str = "") -> None:
        shown = _shown(node, self._soup, self._base)
        if isinstance(shown, str):
            if shown:
                self.body.note(shown)
            return
        key = shown.url or str(hash(shown.data))
        if key in self._seen:
            return
        if len(self.body.pictures) >= foreign.MAX_PICTURES:
            self.body.note(f"Mehr als {foreign.MAX_PICTURES} Bilder; die übrigen fehlen.")
            return
        self._seen[key] = len(self.body.pictures)
        self._waiting.append(len(self.body.pictures))
        self.body.pictures.append(replace(shown, caption=caption[:400]))


def _shown(node: Node, soup: Soup, base: str) -> ForeignPicture | str:
    """The picture, or why there is none: a German note, or "" when it showed nothing anyway."""
    given = node.attributes
    source = given.get("src", "").strip()
    late = next(
        (given[name] for name in ("data-src", "data-lazy-src", "data-original") if given.get(name)), ""
    )
    if late and (not source or source in soup.inline or addresses.is_pixel(source)):
        source = late  # the real one waits until a script loads it
    if not source or _tiny(given) or addresses.is_pixel(source):
        return ""
    alt = " ".join(given.get("alt", "").split())
    if _FILE_NAME.fullmatch(alt):
        alt = ""
    if source in soup.inline:
        mime, data = soup.inline[source]
        return ForeignPicture("", alt[:400], data=data, mime=mime)
    url = addresses.absolute(source, base)
    if not url:
        return f"Bild „{source[:80]}“ ist ohne Adresse der alten Website nicht zu finden und fehlt."
    return ForeignPicture(url, alt[:400])


def _tiny(given: dict[str, str]) -> bool:
    sides = (given.get(side, "").strip().removesuffix("px") for side in ("width", "height"))
    return any(side.isascii() and side.isdigit() and int(side[:6]) < _MIN_PICTURE for side in sides)


def _hidden(node: Node) -> bool:
    style = node.attributes.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "mso-hide:all" in style or "hidden" in node.attributes
