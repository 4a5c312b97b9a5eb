"""One page of the copy: bytes to text, to a tree, to its content and what is known about it."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final
from urllib.parse import urljoin

from stadtnah.kernel import decoding
from stadtnah.surfaces.website.moving_in import addresses, tree
from stadtnah.surfaces.website.moving_in.foreign import ItemError, Raw
from stadtnah.surfaces.website.moving_in.site.domain import contact, mail, parts, urls
from stadtnah.surfaces.website.moving_in.site.domain import main_part as mains
from stadtnah.surfaces.website.moving_in.site.domain.head import Head, head_of
from stadtnah.surfaces.website.moving_in.site.domain.kinds import Facts
from stadtnah.surfaces.website.moving_in.site.domain.parts import Common, Repeated
from stadtnah.surfaces.website.moving_in.site.folder import Saved
from stadtnah.surfaces.website.moving_in.tree import Soup

_CHARSET: Final = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_MAIN_FRAME: Final = re.compile(r"main|inhalt|content|haupt|mitte|body|text|seite", re.IGNORECASE)
_TITLE_PARTS: Final = re.compile(r"\s+[-–—|·»«:/]{1,2}\s+|\s*::\s*|\s*\|\s*")
_DATE: Final = re.compile(
    r"\b(\d{1,2}\.\s?(?:\d{1,2}\.|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\s?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"<(?:input|textarea|select)\b(?![^<>]{0,200}type\s*=\s*[\"']?(?:hidden|submit|search|image))",
    re.IGNORECASE,
)
_LABELS: Final = re.compile(r"<label\b[^<>]{0,400}>.{0,400}?</label>", re.IGNORECASE | re.DOTALL)
_SAME: Final = 20  # words; of less nobody can say that two pages are the same
_SEARCHED: Final = 600  # characters in which the date of a message stands


@dataclass(slots=True)
class Page:
    """A page that was read. base: absolute, for its links."""

    saved: Saved
    html: str
    head: Head
    soup: Soup
    base: str
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """What the pages of a website have in common."""

    repeated: Repeated = field(default_factory=Repeated)
    titles: Counter[str] = field(default_factory=Counter)

    def look(self, page: Page) -> None:
        """One more page."""
        self.repeated.look(page.soup.root)
        self.titles.update(set(_parts(page.head.title)))

    def known(self) -> Known:
        """What of it is the frame's."""
        least = max(3, self.repeated.pages * 0.4)
        return Known(
            self.repeated.common(), frozenset(part for part, number in self.titles.items() if number >= least)
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What belongs to the frame of a website: repeated parts, and what stands in most titles."""

    common: Common = field(default_factory=Common)
    titles: frozenset[str] = frozenset()


def loaded(data: bytes, saved: Saved) -> Page:
    """Reads a page. Raises ItemError (German)."""
    declared = _CHARSET.search(data[:4_000])
    said = saved.content_type if "charset" in saved.content_type.lower() else ""
    content_type = said or (f"text/html; charset={declared[1].decode()}" if declared else "")
    plain, codec = decoding.normalised(data, content_type)
    html = decoding.repaired(decoding.text(plain, codec))
    if not html.strip():
        raise ItemError("Die Seite ist leer.")
    head = head_of(html)
    html = mail.shown(html)
    notes = []
    if _FORM.search(html):
        notes.append("Die alte Seite hat ein Formular; es wird nicht übernommen.")
        html = _LABELS.sub("", html)
    base = urljoin(saved.base, head.base) if head.base else saved.base
    return Page(saved, html, head, tree.parsed(html), base, notes)


def main_of(page: Page, known: Known) -> mains.MainPart:
    """Its content. What the old system marked for its search goes before every guess. Raises ItemError."""
    found = mains.main_part(page.soup.root, known.common)
    if marked := mains.marked(page.html):
        soup = tree.parsed(marked)
        inner = mains.main_part(soup.root, known.common)
        if inner.words:
            inner.crumbs, inner.heading = found.crumbs, inner.heading or found.heading
            page.soup.inline.update(soup.inline)
            return inner
    return found


def facts_of(page: Page, main: mains.MainPart, origin: str, known: Known) -> Facts:
    """What is known of it."""
    words = " ".join(main.root.words().split())
    links = [one.attributes.get("href", "") for one in main.root.all("a")]
    crumbs = [*page.head.crumbs, *([] if page.head.crumbs else main.crumbs)]
    above = [found for _label, href in crumbs if (found := urls.normal(href, origin, page.base))]
    return Facts(
        name=page.saved.name,
        address=page.saved.address,
        title=_title(page, main, known),
        words=main.words,
        unlinked=main.words - sum(len(one.words().split()) for one in main.root.all("a")),
        pictures=len(main.root.all("img")),
        files=sum(1 for href in links if addresses.is_document(href)),
        digest=sha256(words.casefold().encode()).hexdigest() if main.words >= _SAME else "",
        canonical=urls.normal(page.head.canonical, origin, page.base) if page.head.canonical else "",
        leads_to=_leads_to(page, origin),
        crumbs=[one for one in above if one != page.saved.address],
        types=page.head.types,
        headings=[one.words()[:200] for one in main.root.all("h2", "h3", "h4")[:30]],
        dated=bool(page.head.published or _DATE.search(words[:_SEARCHED])),
        has_contact=bool(main.contact),
        also=list(page.saved.also),
    )


def raw_of(page: Page, main: mains.MainPart, title: str, *, dated: bool) -> Raw:
    """The page as an item. dated: it is a message, and has a day."""
    inline = {
        token: (mime, base64.b64encode(data).decode()) for token, (mime, data) in page.soup.inline.items()
    }
    day = _DATE.search(main.root.words()[:_SEARCHED])
    raw = Raw(
        0,
        title=title,
        body=parts.html_of(main.root, inline),
        guid=page.saved.address,
        link=page.saved.address,
    )
    raw.base, raw.language = page.base, page.head.language
    raw.summary = page.head.description
    raw.published = page.head.published or (day[1] if day else "") if dated else ""
    raw.dateless = not dated
    raw.notes = [*page.notes, *page.soup.notes]
    phone, address = contact.said_of(main.contact, "Telefon"), contact.said_of(main.contact, "E-Mail")
    raw.details = {name: value for name, value in (("phone", phone), ("mail", address)) if value}
    return raw


def _title(page: Page, main: mains.MainPart, known: Known) -> str:
    """The page's own heading; else its title without what stands in all of them."""
    own = [part for part in _parts(page.head.title) if part not in known.titles]
    heading = main.heading if len(main.heading) <= 160 else ""  # noqa: PLR2004 - longer ones are paragraphs
    shown = tree.plain(heading or " – ".join(own[:2]) or page.head.title)
    last = next(reversed(urls.parts_of(page.saved.address)), "")
    return (shown or tree.plain(decoding.clean(last)))[:250]


def _parts(title: str) -> list[str]:
    return [part.strip() for part in _TITLE_PARTS.split(title) if part.strip()]


def _leads_to(page: Page, origin: str) -> str:
    """Where a page that is only a frame, or only passes on, sends its readers."""
    if page.head.refresh:
        return urls.normal(page.head.refresh, origin, page.base)
    frames = page.head.frames
    if not frames:
        return ""
    name, source = next((one for one in frames if _MAIN_FRAME.search(one[0])), frames[-1])
    del name
    return urls.normal(source, origin, page.base)
