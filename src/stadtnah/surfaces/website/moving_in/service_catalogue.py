"""A catalogue of services as JSON, in the shape the service lists of German cities have (ZMS, D115).

    {"data": [{"id", "name", "description", "public", "leika", "fees", "duration", "meta": {"keywords", "lastupdate", "url", "locale"},
               "links": [{"name", "link"}], "forms": [{"name", "link"}], "appointment": {"link"},
               "requirements", "prerequisites", "legal", "process_time", "onlineprocessing": {"link"}}], "meta": {…}}

Texts are html. Some cities give requirements, prerequisites and legal bases as lists of {"name", "description", "link"}.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from html import escape
from typing import Any, Final

from stadtnah.kernel import decoding
from stadtnah.kernel.text import counted
from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.moving_in import addresses, body, items, tree
from stadtnah.surfaces.website.moving_in.candidates import Candidate, Document
from stadtnah.surfaces.website.moving_in.foreign import FeedError, ItemError, Raw
from stadtnah.surfaces.website.service_words import keys_in

_PLACEHOLDER: Final = "{serviceId}"
TITLE: Final = "Dienstleistungen"
_PLACE_KEYS: Final = {"address", "organization", "displayName", "geo"}
# Field of `ServicePage` and where a catalogue has it.
_TEXTS: Final = (
    ("documents", "requirements"),
    ("requirements", "prerequisites"),
    ("procedure", "procedure"),
    ("fees", "fees"),
    ("legal_basis", "legal"),
)
_LINKS: Final = 40
_LONGEST_LABEL, _LONGEST_ADDRESS, _LONGEST_DURATION, _LONGEST_NAMES = 160, 400, 160, 1_000
_DAY: Final = 24 * 60  # minutes
_HEADINGS: Final = re.compile(r"<(/?)h[34]>")


def is_one(value: Any) -> bool:
    """Whether this JSON holds services (or offices, which `document` then refuses by name)."""
    return isinstance(_rows(value), list)


def document(value: Any, source_url: str) -> Document:
    """The services in it. Raises FeedError (German) when it holds something else."""
    rows = _rows(value) or []
    named = [row for row in rows if isinstance(row, dict)]
    if named and all(_PLACE_KEYS & set(row) for row in named):
        raise FeedError(
            "Die Datei ist eine Liste von Standorten, kein Katalog von Dienstleistungen. "
            "Bitte wählen Sie die Datei mit den Dienstleistungen."
        )
    found = Document("services", TITLE, "de")
    hidden = 0
    for row in rows:
        if isinstance(row, dict) and row.get("public") is False:
            hidden += 1
            continue
        fingerprint = hashlib.sha256(json.dumps(row, sort_keys=True).encode("utf-8", "replace")).digest()
        found.candidates.append(Candidate(fingerprint, partial(_item, row, source_url)))
    if hidden:
        found.notes.append(
            f"Im Katalog als nicht öffentlich gekennzeichnet und darum ausgelassen: {counted(hidden, 'Dienstleistung', 'Dienstleistungen')}."
        )
    return found


def _rows(value: Any) -> list[Any] | None:
    """The list in it: under "data" or "services", or the whole file."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("data", "services") if isinstance(value.get(key), list)), None)
    if not isinstance(value, list):
        return None
    return value if not value or any(isinstance(row, dict) and "name" in row for row in value) else None


def _item(row: Any, base: str) -> Raw:
    if not isinstance(row, dict):
        raise ItemError("Der Eintrag ist kein JSON-Objekt.")
    meta = row["meta"] if isinstance(row.get("meta"), dict) else {}
    name = _text(row.get("name"))
    raw = Raw(
        0, title=escape(name, quote=False), base=base, guid=_text(row.get("id")) or _text(meta.get("id"))
    )
    if not name:
        raise ItemError("Der Eintrag hat keinen Namen.")
    raw.link = addresses.absolute(_text(meta.get("url")).replace(_PLACEHOLDER, raw.guid), base)
    raw.body = _text(row.get("description"))
    raw.dateless = True  # "lastupdate" is when the file was written
    raw.language = _text(meta.get("locale"))
    raw.details = {key: value for key, value in _details(row, meta, raw.notes).items() if value}
    if said := raw.details.get("appointment_address"):
        raw.details["appointment_address"] = said.replace(_PLACEHOLDER, raw.guid)
    return raw


def _details(row: dict[str, Any], meta: dict[str, Any], notes: list[str]) -> dict[str, Any]:
    leika, wrong = _keys(_text(row.get("leika")))
    if wrong:
        notes.append(f"Kein LeiKa-Schlüssel (14 Ziffern) und darum nicht übernommen: {wrong[:200]}.")
    return {
        **{field: _html(row.get(key)) for field, key in _TEXTS},
        "other_names": _names(_text(meta.get("keywords"))),
        "duration": _duration(row),
        "online_address": _address(row.get("onlineprocessing")),
        "appointment_address": _address(row.get("appointment")),
        "leika": leika,
        "links": _links(row),
    }


def _html(value: Any) -> str:
    """A section: html, or a list of names with a description and a link each. Cleaned."""
    if isinstance(value, list):
        lines = "".join(_listed(one) for one in value[:_LINKS])
        value = f"<ul>{lines}</ul>" if lines else ""
    soup = tree.parsed(decoding.repaired(_text(value)))
    parts = [part for part in body.body_of(soup, base="", title="").parts if isinstance(part, Block)]
    return items.cleaned("".join(_said(part) for part in parts))


def _said(part: Block) -> str:
    """A section has no headings and tables of its own: their words stay."""
    rows = "".join(f"<p>{escape(' – '.join(filter(None, cells)))}</p>" for cells in part.rows)
    title = f"<p><strong>{escape(part.title)}</strong></p>" if part.title else ""
    return title + _HEADINGS.sub(r"<\1p>", part.html) + rows


def _listed(one: Any) -> str:
    if not isinstance(one, dict):
        return f"<li>{escape(_text(one))}</li>" if _text(one) else ""
    name, link = escape(_text(one.get("name"))), addresses.absolute(_text(one.get("link")), "")
    said = _text(one.get("description"))
    name = f'<a href="{escape(link)}">{name or escape(link)}</a>' if link else name
    return f"<li>{name}{': ' if name and said else ''}{said}</li>" if name or said else ""


def _names(text: str) -> str:
    """Keywords as other names, each once, as many as have room."""
    found = ""
    for name in dict.fromkeys(part.strip() for part in text.replace(";", ",").split(",")):
        longer = f"{found}, {name}" if found and name else found or name
        if len(longer) > _LONGEST_NAMES:
            break
        found = longer
    return found


def _duration(row: dict[str, Any]) -> str:
    """In words as given; a number is the minutes an appointment takes (ZMS)."""
    said = tree.plain(_text(row.get("process_time")))
    given = row.get("duration")
    if not said and isinstance(given, int) and not isinstance(given, bool) and 0 < given < _DAY:
        said = f"Der Termin dauert etwa {counted(int(given), 'Minute', 'Minuten')}."
    return (said or (tree.plain(given) if isinstance(given, str) else ""))[:_LONGEST_DURATION]


def _address(value: Any) -> str:
    link = value.get("link") if isinstance(value, dict) else value
    found = addresses.absolute(_text(link), "")
    return found if len(found) <= _LONGEST_ADDRESS else ""


def _links(row: dict[str, Any]) -> list[list[str]]:
    """[label, address] of forms and further pages, each address once; many catalogues say them twice."""
    found: dict[str, str] = {}
    for one in [*_list(row.get("forms")), *_list(row.get("links"))]:
        address = _address(one)
        if address and len(found) < _LINKS:
            label = tree.plain(_text(one.get("name")) if isinstance(one, dict) else "")
            found.setdefault(address, label[:_LONGEST_LABEL] or address[:_LONGEST_LABEL])
    return [[label, address] for address, label in found.items()]


def _keys(text: str) -> tuple[str, str]:
    """(keys, what is none)."""
    right, wrong = keys_in(text)
    return ", ".join(right), ", ".join(wrong)


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return decoding.clean(str(value)).strip()


def _list(value: Any) -> list[Any]:
    return value[:200] if isinstance(value, list) else []
