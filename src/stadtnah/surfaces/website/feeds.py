"""The feeds: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1; and robots.txt."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from stadtnah.kernel import clock
from stadtnah.kernel.media import MediaError
from stadtnah.kernel.text import xml_legal
from stadtnah.kernel.town.api import Town, base_url, town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import faithful, lists, members, pictures, store
from stadtnah.surfaces.website.addresses import FEEDS
from stadtnah.surfaces.website.feed_html import html_of
from stadtnah.surfaces.website.models import ReleasedPage

ENTRIES: Final = 30
ATOM_NAME, RSS_NAME, JSON_NAME = NAMES = ("atom.xml", "rss.xml", "feed.json")
FOLDER: Final = members.feeds_of("/")  # the municipality's
ATOM: Final = "http://www.w3.org/2005/Atom"
ATOM_TYPE: Final = "application/atom+xml; charset=utf-8"
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
MEDIA: Final = "http://search.yahoo.com/mrss/"
for _prefix, _space in (("", ATOM), ("content", CONTENT), ("media", MEDIA)):
    ET.register_namespace(_prefix, _space)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture in a feed."""

    url: str
    mime: str
    size: int
    alt: str


@dataclass(frozen=True, slots=True)
class Head:
    """What feeds of the same messages say of themselves. Paths are on the town's website."""

    title: str
    folder: str  # where they stand, by the names of `NAMES`
    home: str  # the list that they are the feeds of
    id: str  # for ever the same
    root: str = "/"  # first page of the site that they are of


def bake_feeds() -> list[str]:
    """Writes all of them; the same bytes are not written again. Returns their paths."""
    faithful.restore_shown(lists.news()[:ENTRIES].values_list("pk", flat=True))
    here, items = town(), lists.latest(ENTRIES)
    head = Head(here.name, FOLDER, lists.NEWS, f"{base_url()}/")
    files = {
        **{f"{FOLDER}{name}": made for name, made in all_of(here, items, head).items()},
        "/robots.txt": (robots(), "text/plain; charset=utf-8"),
        "/.well-known/stadtnah.json": (identity(here), "application/json"),
    }
    for path, (data, content_type) in files.items():
        store.write(path, data, content_type)
    return list(files)


def all_of(here: Town, items: list[lists.Item], head: Head) -> dict[str, tuple[bytes, str]]:
    """These messages in each format: name to (bytes, media type)."""
    return {
        ATOM_NAME: (atom(here, items, head), ATOM_TYPE),
        RSS_NAME: (rss(items, head), "application/rss+xml; charset=utf-8"),
        JSON_NAME: (json_feed(here, items, head), "application/feed+json; charset=utf-8"),
    }


def of_site(row: ReleasedPage) -> tuple[dict[str, tuple[bytes, str]], set[str]]:
    """The feeds of a member site, by their names below its root; and what they used. Its publisher is the municipality."""
    here, items = town(), [lists.item(one) for one in lists.on_site(row.pk)[:ENTRIES]]
    title = f"{row.content['title']} – {here.name}"
    head = Head(title, members.feeds_of(row.path), members.news_of(row.path), entry_id(row), row.path)
    made = {f"{FEEDS}/{name}": one for name, one in all_of(here, items, head).items()}
    return made, {members.list_key(row.pk), *(one.key for one in items)}


def identity(here: Town) -> bytes:
    """By which key proofs of this municipality are signed (RFC 8615: a well-known place)."""
    key = {"algorithm": "Ed25519", "public_key": publishing.public_key()}
    return json.dumps({"name": here.name, "url": f"{base_url()}/", "proof": key}, ensure_ascii=False).encode()


def atom(here: Town, items: list[lists.Item], head: Head) -> bytes:
    """Atom, full content; who signs a text is its author, else the town."""
    feed = ET.Element(_q(ATOM, "feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "de"})
    _sub(feed, ATOM, "id", head.id)
    _sub(feed, ATOM, "title", head.title)
    _sub(feed, ATOM, "updated", clock.rfc3339(_updated(items)))
    _sub(
        feed,
        ATOM,
        "link",
        rel="self",
        type="application/atom+xml",
        href=f"{base_url()}{head.folder}{ATOM_NAME}",
    )
    _sub(feed, ATOM, "link", rel="alternate", type="text/html", href=f"{base_url()}{head.home}")
    _sub(_sub(feed, ATOM, "author"), ATOM, "name", here.name)
    for item in items:
        content, row = item.content, item.row
        entry = _sub(feed, ATOM, "entry")
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", content.language)
        _sub(entry, ATOM, "id", entry_id(row))
        _sub(entry, ATOM, "title", content.title)
        _sub(entry, ATOM, "link", rel="alternate", type="text/html", href=content.link)
        _sub(entry, ATOM, "published", clock.rfc3339(row.sorted_by))
        _sub(entry, ATOM, "updated", clock.rfc3339(row.updated_at))
        if signed := content.detail.get("author"):
            _sub(_sub(entry, ATOM, "author"), ATOM, "name", signed)
        if content.category:
            _sub(entry, ATOM, "category", term=content.category, label=content.category_label)
        if content.teaser:
            _sub(entry, ATOM, "summary", content.teaser, type="text")
        _sub(entry, ATOM, "content", html_of(content), type="html")
        for picture in _enclosures(content):
            attributes = {"type": picture.mime, "length": str(picture.size), "href": picture.url}
            _sub(entry, ATOM, "link", rel="enclosure", title=picture.alt, **attributes)
    return _xml(feed)


def rss(items: list[lists.Item], head: Head) -> bytes:
    """RSS 2.0 with content:encoded; the alternative text in media:description."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    ET.SubElement(channel, "title").text = head.title
    ET.SubElement(channel, "link").text = f"{base_url()}{head.home}"
    ET.SubElement(channel, "description").text = f"Meldungen: {head.title}"
    ET.SubElement(channel, "language").text = "de"
    ET.SubElement(channel, "lastBuildDate").text = clock.rfc822(_updated(items))
    itself = f"{base_url()}{head.folder}{RSS_NAME}"
    _sub(channel, ATOM, "link", rel="self", type="application/rss+xml", href=itself)
    for item in items:
        content, row = item.content, item.row
        entry = ET.SubElement(channel, "item")
        ET.SubElement(entry, "title").text = content.title
        ET.SubElement(entry, "link").text = content.link
        ET.SubElement(entry, "guid", {"isPermaLink": "false"}).text = entry_id(row)
        ET.SubElement(entry, "pubDate").text = clock.rfc822(row.sorted_by)
        ET.SubElement(entry, "description").text = content.teaser or content.title
        if content.category_label:
            ET.SubElement(entry, "category").text = content.category_label
        _sub(entry, CONTENT, "encoded", html_of(content))
        for number, picture in enumerate(_enclosures(content)):
            if number == 0:  # RSS 2.0 knows one enclosure
                ET.SubElement(
                    entry,
                    "enclosure",
                    {"url": picture.url, "type": picture.mime, "length": str(picture.size)},
                )
            shown = _sub(entry, MEDIA, "content", url=picture.url, type=picture.mime, medium="image")
            if picture.alt:
                _sub(shown, MEDIA, "description", picture.alt, type="plain")
    return _xml(root)


def json_feed(here: Town, items: list[lists.Item], head: Head) -> bytes:
    """JSON Feed 1.1."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": f"{base_url()}{head.root}",
        "feed_url": f"{base_url()}{head.folder}{JSON_NAME}",
        "language": "de",
        "authors": [{"name": here.name, "url": f"{base_url()}/"}],
        "items": [_json_item(item) for item in items],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(item: lists.Item) -> dict[str, Any]:
    content, row = item.content, item.row
    pictures_ = list(_enclosures(content))
    entry: dict[str, Any] = {
        "id": entry_id(row),
        "url": content.link,
        "title": content.title,
        "summary": content.teaser,
        "content_html": html_of(content),
        "date_published": clock.rfc3339(row.sorted_by),
        "date_modified": clock.rfc3339(row.updated_at),
        "language": content.language,
        "tags": [content.category_label] if content.category_label else [],
    }
    if pictures_:
        entry["image"] = pictures_[0].url
        entry["attachments"] = [
            {"url": one.url, "mime_type": one.mime, "size_in_bytes": one.size, "title": one.alt}
            for one in pictures_
        ]
    return entry


def robots() -> bytes:
    """Everything public may be read; the back office is nobody's business."""
    kept = "".join(f"Disallow: {path}\n" for path in ("/desk/", "/konto/", "/-/"))
    return f"User-agent: *\n{kept}\nSitemap: {base_url()}/sitemap.xml\n".encode()


def entry_id(row: ReleasedPage) -> str:
    """The same for ever, whatever the address becomes."""
    return f"urn:uuid:{row.object_key.rpartition(':')[2]}"


def _enclosures(content: Content) -> Iterable[Enclosure]:
    for picture in content.pictures():
        try:
            address, mime, size = pictures.original(picture)
        except MediaError:
            continue
        yield Enclosure(base_url() + address, mime, size, picture.alt)


def _updated(items: list[lists.Item]) -> datetime:
    return max((item.row.updated_at for item in items), default=clock.resolve_wall(datetime(2026, 1, 1)))  # noqa: DTZ001 - wall time


def _q(space: str, name: str) -> str:
    return f"{{{space}}}{name}"


def _sub(parent: ET.Element, space: str, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, _q(space, name), attributes)
    element.text = text or None
    return element


def _xml(root: ET.Element) -> bytes:
    for element in root.iter():  # ElementTree writes what XML cannot hold all the same
        element.text = xml_legal(element.text) if element.text else None
        for key, value in element.attrib.items():
            element.set(key, xml_legal(value))
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
