"""JSON Feed 1.1 (jsonfeed.org), and what comes close to it."""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from html import escape
from typing import Any

from stadtnah.kernel import decoding
from stadtnah.surfaces.website.moving_in import addresses, service_catalogue, wordpress
from stadtnah.surfaces.website.moving_in.candidates import Candidate, Document
from stadtnah.surfaces.website.moving_in.foreign import Attachment, FeedError, ForeignPicture, ItemError, Raw

_LIST = re.compile(r'"(items|data|services)"\s{0,99}:\s{0,99}\[')
_BETWEEN = re.compile(r"[\s,]*+")
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[\]}])")
# strict=False: raw line ends inside strings are what home-made feeds have.
_DECODER = json.JSONDecoder(strict=False)


def document(data: bytes, codec: str, source_url: str) -> Document:
    """The document in `data`. Raises FeedError (German) when it is no JSON or no feed."""
    source = decoding.text(data, codec).strip()
    try:
        value, cut = _whole(source), False
    except ValueError:
        value, cut = _rescued(source), True
    except RecursionError:
        raise FeedError("Die Datei ist so tief verschachtelt, dass sie kein Feed sein kann.") from None
    if service_catalogue.is_one(value):
        return _ended(service_catalogue.document(value, source_url), cut=cut)
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise FeedError("Die Datei ist JSON, aber kein JSON-Feed: Die Liste „items“ fehlt.")
    base = addresses.absolute(_text(value.get("home_page_url")), source_url) or source_url
    found = Document("json", _text(value.get("title")), _text(value.get("language")))
    for item in value["items"]:
        fingerprint = hashlib.sha256(json.dumps(item, sort_keys=True).encode("utf-8", "replace")).digest()
        found.candidates.append(Candidate(fingerprint, partial(_item, item, base, found.language)))
    return _ended(found, cut=cut)


def _ended(found: Document, *, cut: bool) -> Document:
    if cut:
        found.notes.append("Die Datei ist kein gültiges JSON; gelesen wurde, was bis zum Fehler lesbar war.")
        found.candidates.append(Candidate(b"", _cut))
    return found


def _whole(source: str) -> Any:
    try:
        return _DECODER.decode(source)
    except ValueError:
        return _DECODER.decode(_TRAILING_COMMA.sub("", source))


def _rescued(source: str) -> Any:
    """The items before the place where the file breaks."""
    start = _LIST.search(source)
    if not start:
        raise FeedError(
            "Die Datei ist beschädigt: Es ist kein gültiges JSON und keine Liste „items“ zu finden."
        )
    try:
        head = _DECODER.decode(_TRAILING_COMMA.sub("", source[: start.end()] + "]}"))
    except (ValueError, RecursionError):
        head = {}
    items: list[Any] = []
    position = start.end()
    while position < len(source):
        between = _BETWEEN.match(source, position)
        position = between.end() if between else position
        try:
            item, position = _DECODER.raw_decode(source, position)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return {**(head if isinstance(head, dict) else {}), start[1]: items}


def _cut() -> Raw:
    raise ItemError("Die Datei bricht mitten in diesem Eintrag ab oder ist hier beschädigt.")


def _item(item: Any, base: str, language: str) -> Raw:
    if not isinstance(item, dict):
        raise ItemError("Der Eintrag ist kein JSON-Objekt.")
    link = addresses.absolute(_text(item.get("url")) or _text(item.get("external_url")), base)
    raw = Raw(0, title=escape(_text(item.get("title")), quote=False), link=link, base=base or link)
    raw.guid = _text(item.get("id")) or _text(item.get("guid"))
    raw.summary = escape(_text(item.get("summary")), quote=False)
    text = _text(item.get("content_html"))
    raw.body = wordpress.paragraphed(text or escape(_text(item.get("content_text")), quote=False))
    raw.published = _text(item.get("date_published"))
    raw.updated = _text(item.get("date_modified"))
    raw.language = _text(item.get("language")) or language
    raw.tags = [_text(tag) for tag in _list(item.get("tags"))]
    people = [*_list(item.get("authors")), item.get("author")]
    raw.author = next((_text(one.get("name"))[:160] for one in people if isinstance(one, dict)), "")
    for name in ("image", "banner_image"):
        url = addresses.absolute(_text(item.get(name)), base)
        if url and not raw.pictures:
            raw.pictures.append(ForeignPicture(url))
    for file in _list(item.get("attachments")):
        _attach(raw, file, base)
    return raw


def _attach(raw: Raw, file: Any, base: str) -> None:
    if not isinstance(file, dict) or not (url := addresses.absolute(_text(file.get("url")), base)):
        return
    mime = _text(file.get("mime_type"))
    if mime.startswith("image/"):
        raw.pictures.append(ForeignPicture(url, caption=_text(file.get("title"))[:400]))
    else:
        raw.attachments.append(Attachment(url, _text(file.get("title"))[:200], mime))


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    # Numbers with thousands of digits are refused by Python itself when they are read.
    return decoding.clean(str(value)).strip()


def _list(value: Any) -> list[Any]:
    return value[:200] if isinstance(value, list) else []
