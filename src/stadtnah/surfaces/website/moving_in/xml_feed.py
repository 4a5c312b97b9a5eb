"""RSS (0.9 to 2.0, RDF too), Atom and WordPress exports: from the file to `foreign.Raw`, item by item."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import partial
from html import escape

from stadtnah.kernel import decoding
from stadtnah.surfaces.website.moving_in import addresses, foreign, markup, wordpress
from stadtnah.surfaces.website.moving_in.candidates import Candidate, Document
from stadtnah.surfaces.website.moving_in.foreign import Attachment, ForeignPicture, ItemError, Raw
from stadtnah.surfaces.website.moving_in.markup import Element

_ROOT = re.compile(r"<(?:[\w.-]+:)?(feed|channel)(?=[\s>/])")
_NAMESPACE = re.compile(r"""xmlns:([\w.-]{1,30})\s*=\s*["']([^"']{1,200})["']""")
_EXPORT = re.compile(r"wp:wxr_version|wordpress\.org/export/")
# Prefixes are the file's own choice; these are the names used below.
_PREFIXES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "urn:ietf:params:xml:ns:xcal": "xcal",
}
# A prefix that was forgotten altogether.
_BARE = {"encoded": "content:encoded", "creator": "dc:creator", "date": "dc:date"}
_HEAD = 200_000
_MAIL = re.compile(r"^\S+@\S+\s*\((.{1,160})\)$")
_ALL = foreign.MAX_ITEMS + foreign.MAX_ATTACHMENTS


@dataclass(slots=True)
class _File:
    """What every item needs to know about the file around it."""

    data: bytes
    codec: str
    prefixes: dict[str, str]
    atom: bool
    base: str = ""
    language: str = ""
    pictures: dict[str, ForeignPicture] = field(default_factory=dict)

    def children(self, start: int, end: int) -> list[Element]:
        source = decoding.text(self.data[start:end], self.codec)
        return [self.renamed(element) for element in markup.elements(source)]

    def renamed(self, element: Element) -> Element:
        prefix, found, local = element.name.partition(":")
        if not found:
            return Element(_BARE.get(element.name, element.name), element.attributes, element.inner)
        prefix = self.prefixes.get(prefix, prefix)
        if self.atom and prefix == "atom":
            prefix = ""
        return Element(f"{prefix}:{local}" if prefix else local, element.attributes, element.inner)


def document(data: bytes, codec: str, source_url: str) -> Document:
    """The document in `data` (already `decoding.normalised`)."""
    pieces: list[markup.Slice] = []
    for piece in markup.slices(data):
        if len(pieces) >= _ALL:
            break
        pieces.append(piece)
    head_end = min(pieces[0].start if pieces else len(data), _HEAD)
    head = decoding.text(data[:head_end], codec)
    root = _ROOT.search(head)
    atom = bool(root and root[1] == "feed")
    file = _File(data, codec, _declared(head), atom)
    start = head.find(">", root.end()) + 1 if root else 0
    given = markup.attributes_of(head[root.end() : start]) if root else {}
    about = [file.renamed(element) for element in markup.elements(head[start:])]
    title = next((decoding.repaired(element.text()) for element in about if element.name == "title"), "")
    file.language = given.get("xml:lang") or _first(about, "language", "dc:language") or ""
    link = _link(about, "", atom=atom)
    file.base = addresses.absolute(given.get("xml:base", ""), source_url or link)
    file.base = file.base or addresses.absolute(link, source_url) or source_url
    found = Document("atom" if atom else "rss", title, file.language)
    if not atom and _EXPORT.search(head):
        found.kind = "wxr"
        _export(file, pieces, found)
    else:
        for piece in pieces:
            fingerprint = hashlib.sha256(data[piece.start : piece.end]).digest()
            found.candidates.append(Candidate(fingerprint, partial(_item, file, piece)))
    return found


def _declared(head: str) -> dict[str, str]:
    return {
        prefix: _PREFIXES[address.lower()]
        for prefix, address in _NAMESPACE.findall(head)
        if address.lower() in _PREFIXES
    }


def _export(file: _File, pieces: list[markup.Slice], found: Document) -> None:
    """A first pass: pictures by their number, and which items are published posts."""
    left_out: dict[str, int] = {}
    for piece in pieces:
        children = file.children(piece.start, piece.end)
        kind = _first(children, "wp:post_type")
        if kind == "attachment":
            _remember(file, children)
        elif kind in {"", "post"}:
            status = _first(children, "wp:status")
            if status in {"", "publish"} and not _first(children, "wp:post_password"):
                fingerprint = hashlib.sha256(file.data[piece.start : piece.end]).digest()
                found.candidates.append(Candidate(fingerprint, partial(_item, file, piece)))
            else:
                left_out["unveröffentlichte Beiträge"] = left_out.get("unveröffentlichte Beiträge", 0) + 1
        elif kind == "page":
            left_out["Seiten"] = left_out.get("Seiten", 0) + 1
    found.notes += [f"Nicht übernommen: {what} ({count})." for what, count in left_out.items()]


def _remember(file: _File, children: list[Element]) -> None:
    url = addresses.absolute(_first(children, "wp:attachment_url", "guid"), file.base)
    alt = _meta(children).get("_wp_attachment_image_alt", "")
    if url:
        caption = _first(children, "excerpt:encoded")
        file.pictures[_first(children, "wp:post_id")] = ForeignPicture(url, alt[:400], caption[:400])


def _meta(children: list[Element]) -> dict[str, str]:
    found = {}
    for element in children:
        if element.name == "wp:postmeta" and (
            "_thumbnail_id" in element.inner or "_image_alt" in element.inner
        ):
            pair = {inner.name: inner.text().strip() for inner in markup.elements(element.inner, 10)}
            found[pair.get("wp:meta_key", "")] = pair.get("wp:meta_value", "")
    return found


def _item(file: _File, piece: markup.Slice) -> Raw:
    if not piece.whole:
        raise ItemError("Die Datei bricht mitten in diesem Eintrag ab.")
    children = file.children(piece.start, piece.end)
    given = markup.attributes_of(piece.attributes)
    base = addresses.absolute(given.get("xml:base", ""), file.base) or file.base
    raw = Raw(0, base=base, language=given.get("xml:lang") or file.language)
    if not piece.closed:
        raw.notes.append("Der Eintrag war in der Datei nicht abgeschlossen.")
    raw.title = next((element.markup() for element in children if element.name in {"title", "dc:title"}), "")
    raw.guid = _first(children, "id" if file.atom else "guid") or given.get("rdf:about", "")
    raw.link = addresses.absolute(_link(children, raw.guid, atom=file.atom), base)
    raw.author = _author(children)
    _texts(raw, children, base, atom=file.atom)
    _dates(raw, children)
    _categories(raw, children)
    _event(raw, children)
    for element in children:
        _media(raw, element, base)
    meta = _meta(children) if file.pictures else {}
    featured = file.pictures.get(meta.get("_thumbnail_id", ""))
    if featured:
        raw.pictures.insert(0, featured)
    if _first(children, "wp:post_id"):
        raw.guid = raw.guid or f"wp:{_first(children, 'wp:post_id')}"
    # Short codes come with feeds as well, from plugins that do not resolve them there.
    raw.body = wordpress.prepared(raw.body, file.pictures, raw.notes)
    return raw


def _texts(raw: Raw, children: list[Element], base: str, *, atom: bool) -> None:
    if not atom:
        raw.body = next((element.markup() for element in children if element.name == "content:encoded"), "")
        summary = [
            element.markup() for element in children if element.name in {"excerpt:encoded", "description"}
        ]
        raw.summary = next((text for text in summary if text.strip()), "")
        return
    for element in children:
        if element.name not in {"content", "summary"}:
            continue
        kind = element.attributes.get("type", "text")
        text = escape(element.text(), quote=False) if kind in {"text", "text/plain"} else element.markup()
        if element.name == "summary":
            raw.summary = text
        else:
            raw.body = text
            raw.base = addresses.absolute(element.attributes.get("xml:base", ""), base) or base


def _dates(raw: Raw, children: list[Element]) -> None:
    gmt = _first(children, "wp:post_date_gmt")
    if gmt and not gmt.startswith("0000"):
        raw.published = f"{gmt} UTC"
    else:
        raw.published = _first(
            children, "wp:post_date", "pubDate", "published", "dc:date", "issued", "created", "pubdate"
        )
    raw.updated = _first(children, "updated", "modified", "atom:updated", "dc:modified")


def _event(raw: Raw, children: list[Element]) -> None:
    """When and where something takes place (RSS event module, xCal): for whoever reads a feed as a calendar."""
    said = {
        "start": _first(children, "ev:startdate", "xcal:dtstart"),
        "end": _first(children, "ev:enddate", "xcal:dtend"),
        "place": _first(children, "ev:location", "xcal:location"),
        "organiser": _first(children, "ev:organizer"),
    }
    if said["start"]:
        raw.happens = said


def _categories(raw: Raw, children: list[Element]) -> None:
    for element in children:
        if element.name in {"category", "dc:subject"}:
            words = (
                element.text().strip()
                or element.attributes.get("label")
                or element.attributes.get("term", "")
            )
            tag = element.attributes.get("domain") == "post_tag"
            (raw.tags if tag else raw.categories).append(words)


def _media(raw: Raw, element: Element, base: str) -> None:
    given = element.attributes
    if element.name == "media:group":
        for inner in markup.elements(element.inner, 50):
            _media(raw, inner, base)
        return
    enclosed = element.name == "enclosure" or (element.name == "link" and given.get("rel") == "enclosure")
    if not enclosed and element.name not in {"media:content", "media:thumbnail"}:
        return
    url = addresses.absolute(given.get("url") or given.get("href", ""), base)
    mime = given.get("type", "")
    if not url:
        return
    if mime.startswith("image/") or addresses.is_picture(url) or given.get("medium") == "image":
        about = {found.name: found.text().strip() for found in markup.elements(element.inner, 20)}
        alt, caption = about.get("media:description", ""), about.get("media:title", "")
        if all(shown.url != url for shown in raw.pictures) and not (
            element.name == "media:thumbnail" and raw.pictures
        ):
            raw.pictures.append(ForeignPicture(url, alt[:400], caption[:400]))
    elif enclosed:
        raw.attachments.append(Attachment(url, given.get("title", ""), mime))


def _link(children: list[Element], guid: str, *, atom: bool) -> str:
    original = _first(children, "feedburner:origLink")
    if original:
        return original
    for element in children:
        rel = element.attributes.get("rel", "alternate")
        href = element.attributes.get("href", "").strip()
        if (
            element.name == "link"
            and rel == "alternate"
            and (href or not atom)
            and (found := href or element.text().strip())
        ):
            return found
        if element.name == "atom:link" and rel == "alternate" and href:
            return href
    permanent = next((element for element in children if element.name == "guid"), None)
    if (
        permanent
        and permanent.attributes.get("isPermaLink", "true") != "false"
        and guid.startswith(("http", "/"))
    ):
        return guid
    return ""


def _author(children: list[Element]) -> str:
    for element in children:
        if element.name in {"author", "dc:creator"}:
            named = next(
                (inner.text() for inner in markup.elements(element.inner, 9) if inner.name.endswith("name")),
                "",
            )
            text = " ".join((named or element.text()).split())
            match = _MAIL.match(text)
            return (match[1] if match else "" if "@" in text else text)[:160]
    return ""


def _first(children: list[Element], *names: str) -> str:
    """The first filled one of these, in the order of the names."""
    for name in names:
        for element in children:
            if element.name == name and (text := " ".join(element.text().split())):
                return text[:4_000]
    return ""
