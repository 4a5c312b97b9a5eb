"""The door: foreign bytes in, a `Reading` out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from stadtnah.kernel import clock, decoding
from stadtnah.surfaces.website.moving_in import (
    addresses,
    foreign,
    items,
    json_feed,
    markup,
    tree,
    xml_feed,
)
from stadtnah.surfaces.website.moving_in.candidates import Candidate, Document
from stadtnah.surfaces.website.moving_in.foreign import (
    Broken,
    FeedError,
    ForeignItem,
    ItemError,
    Raw,
    Reading,
)

_LOOK = 4_000
_START = re.compile(r"<(?:rss|(?:[\w.-]+:)?feed|rdf:RDF|channel|(?:[\w.-]+:)?entry|item)[\s>]")
_EXPORT = re.compile(rb"wp:wxr_version|wordpress\.org/export/")
_HTML = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)
_ALTERNATE = re.compile(r"<link\s[^<>]{0,600}>", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_PACKED = {b"PK\x03\x04": "ein ZIP-Archiv", b"\x1f\x8b": "mit gzip gepackt", b"%PDF": "ein PDF"}


def read(
    data: bytes, *, source_url: str | None, content_type: str | None, zone: ZoneInfo | None = None
) -> Reading:
    """Reads a feed (RSS, Atom, JSON Feed), a WordPress export or a catalogue of services.

    source_url: where it came from, for relative addresses. content_type: what the server said, for the charset.
    zone: for times without one, the town's by default. Raises FeedError (German) when the file as a whole is no
    feed or beyond the limits; whatever is wrong with one item ends up in `Reading.broken` or in its notes.
    """
    _check_size(data)
    plain, codec = decoding.normalised(data, content_type)
    document = _document(plain, codec, source_url or "")
    repeated = document.candidates[foreign.MAX_ITEMS :]
    del document.candidates[foreign.MAX_ITEMS :]
    if repeated:
        document.notes.append(
            f"Die Datei enthält mehr als {foreign.MAX_ITEMS} Einträge; übernommen werden die ersten "
            f"{foreign.MAX_ITEMS}. Bitte teilen Sie den Export auf, um die übrigen zu übernehmen."
        )
    if not document.candidates:
        document.notes.append("Der Feed enthält keine Einträge.")
    reading = Reading(
        kind=document.kind,
        title=tree.plain(decoding.repaired(document.title[:1_000])),
        language=document.language.strip()[:20],
        items=iter(()),
        total=len(document.candidates),
        notes=document.notes,
    )
    reading.items = _items(document, reading, zone or clock.town_zone())
    return reading


def is_page(start: str) -> bool:
    """Whether a text that begins so is a web page and no feed."""
    return bool(_HTML.search(start)) and not _START.search(start)


def _check_size(data: bytes) -> None:
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FeedError("Die Datei ist leer.")
    for mark, what in _PACKED.items():
        if data.startswith(mark):
            raise FeedError(f"Die Datei ist {what}, kein Feed. Bitte entpacken Sie sie zuerst.")
    limit = foreign.MAX_EXPORT_BYTES if _EXPORT.search(data[:_LOOK]) else foreign.MAX_FEED_BYTES
    if len(data) > limit:
        raise FeedError(
            f"Die Datei ist mit {len(data) / 1e6:.0f} MB zu groß; möglich sind {limit // 1_000_000} MB. "
            "Bitte teilen Sie sie auf, zum Beispiel nach Jahren."
        )


def _document(data: bytes, codec: str, source_url: str) -> Document:
    start = decoding.text(data[:_LOOK], codec).lstrip()
    if start.startswith(("{", "[")):
        return json_feed.document(data, codec, source_url)
    if _START.search(start) or (start.startswith("<") and not _HTML.search(start) and _has_items(data)):
        return xml_feed.document(data, codec, source_url)
    if _HTML.search(start):
        raise FeedError(_advice(decoding.text(data[:200_000], codec), source_url))
    raise FeedError("Die Datei ist weder ein Feed (RSS, Atom, JSON) noch ein WordPress-Export.")


def _has_items(data: bytes) -> bool:
    return b"<item" in data or b"<entry" in data


def _advice(html: str, source_url: str) -> str:
    for match in _ALTERNATE.finditer(html):
        given = {name.lower(): value for name, value in markup.attributes_of(match[0]).items()}
        if given.get("type", "").lower() in _FEED_TYPES:
            address = addresses.absolute(given.get("href", ""), source_url) or given.get("href", "")
            return f"Das ist eine Webseite, kein Feed. Sie nennt aber einen: {address[:300]}"
    return (
        "Das ist eine Webseite, kein Feed. Bitte geben Sie die Adresse des Feeds an. "
        "Soll eine ganze Website gelesen werden, geben Sie deren Adresse an und wählen Sie „Eine ganze Website“."
    )


def _items(document: Document, reading: Reading, zone: ZoneInfo) -> Iterator[ForeignItem]:
    shared = _shared_names(document.candidates)
    copies: set[tuple[str, bytes]] = set()
    given: dict[str, int] = {}
    for position, candidate in enumerate(document.candidates, start=1):
        title = ""
        try:
            raw = candidate.load()
            raw.position = position
            title = tree.plain(raw.title[:400])[:120]
            name = items.guid_of(raw)
            if (name, candidate.fingerprint) in copies:
                reading.repeated += 1
                continue
            copies.add((name, candidate.fingerprint))
            yield _named(items.assembled(raw, zone), raw, given, is_shared=name in shared)
        except ItemError as error:
            reading.broken.append(Broken(position, title, str(error)))


def _shared_names(candidates: list[Candidate]) -> set[str]:
    """Names that different items bear. Known beforehand, because the order of a feed changes between runs."""
    first: dict[str, bytes] = {}
    shared: set[str] = set()
    for candidate in candidates:
        try:
            name = items.guid_of(candidate.load())
        except ItemError:
            continue
        if name and first.setdefault(name, candidate.fingerprint) != candidate.fingerprint:
            shared.add(name)
    return shared


def _named(item: ForeignItem, raw: Raw, given: dict[str, int], *, is_shared: bool) -> ForeignItem:
    guid, notes = item.guid, item.notes
    if is_shared:
        guid = f"{guid}#{items.suffix_of(raw)}"
        notes = (
            *notes,
            "Mehrere verschiedene Einträge tragen dieselbe Kennung; sie wurden auseinandergehalten.",
        )
    given[guid] = given.get(guid, 0) + 1
    if given[guid] > 1:
        guid = f"{guid}#{given[guid]}"
    return replace(item, guid=guid, notes=notes)
