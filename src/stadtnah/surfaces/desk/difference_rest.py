"""What a comparison has no part of its own for: every other value of two versions, under words that people know.

Nothing is left out because something else was found: whoever changes two things must see two things (`difference.changes`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.publishing.content import Content, File, Picture
from stadtnah.services.events import api as events
from stadtnah.surfaces.website.models import ReleasedPage

OTHER: Final = "Weitere Angaben"
# What kinds keep in `Content.extra`, and its name. tests/guard/test_nothing_hidden.py asks for the keys of every kind.
WORDS: Final = {
    "as": "Art der Seite",
    "author": "Wer schreibt",
    "basis": "Stand der deutschen Seite",
    "by_series": "Unterschrift der Reihe",
    "closings": "Für alle geschlossen",
    "colour": "Farbe der Rubrik",
    "embargo": "Sperrfrist",
    "event": "Termin für Kalenderprogramme",
    "facts": "Angaben der Kommune",
    "featured": "Aufmacher",
    "hours": "Öffnungszeiten",
    "school": "Schulferien",
    "kind": "Art der Seite",
    "links": "Verknüpfte Seiten",
    "moved_from": "War ursprünglich am",
    "of": "Deutsche Seite",
    "office": "Zugeordnetes Amt",
    "open": "Noch nicht übersetzte Texte",
    "person": "Ansprechperson",
    "picture_until": "Einwilligung in das Bild bis",
    "quick_links": "Schnell erledigt",
    "press": "Für die Presse",
    "sections": "Teile der Startseite",
    "rows": "Weiterleitungen",
    "series": "Reihe",
    "unfinished": "Noch nicht ausgefüllt",
    "of_site": "Gehört zu",
    "site": "Auftritt",
    "site_only": "Nur dort",
    "sites": "Steht auf",
    "topic": "Bereich",
    "waste": "Abfuhrkalender",
    "wheelchair": "Zugang mit Rollstuhl",
}
# Told by parts of their own.
TOLD: Final = frozenset({"details", "menu", "menu_order", "notice_title", "notice_html"})
_FIELDS: Final = {"object_key": "Kennung", "category": "Rubrik in der Adresse"}
_OF_BYTES: Final = {
    "mime": "Dateityp",
    "width": "Breite",
    "height": "Höhe",
    "bytes": "Größe in Byte",
    "faults": "Mängel der Datei",
}
_SHORT: Final = 8  # signs of a digest that the other parts show
_LEVELS: Final = frozenset({"", "warning", "danger"})  # of a callout: said in a word before its title
# What an event says to programs, as people say it. Moments are wall times.
_SAID: Final = {
    **{str(status): words for status, words in events.STATUS_WORDS.items()},
    **{str(one): events.access_word(one) for one in events.Access},
}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?")
_KEY: Final = re.compile(r"[a-z]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def rest(before: Content, after: Content) -> list[tuple[str, str, str]]:
    """(label, before, after) of what differs there."""
    found = _of_extra(before, after)
    lines = [(name, old, new) for name, old, new in _lines(before, after) if old != new]
    if lines:
        was = "\n".join(f"{name}: {old}" for name, old, _new in lines if old)
        found.append((OTHER, was, "\n".join(f"{name}: {new}" for name, _old, new in lines if new)))
    return found


def _of_extra(before: Content, after: Content) -> list[tuple[str, str, str]]:
    found = []
    for key in dict.fromkeys([*before.extra, *after.extra]):
        old, new = _own(key, before), _own(key, after)
        if old == new or key in TOLD or _said_elsewhere(key, before, after):
            continue
        label = WORDS.get(key, f"{OTHER} ({key})")
        plain = _different(old, new)
        if plain[0] == plain[1]:
            plain = ["\n".join(f"{path}: {value}" for path, value in _leaves(one)) for one in (old, new)]
        if plain[0] == plain[1]:  # in words it is the same, in bytes not
            plain = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in (old, new)]
        if plain[0] != plain[1]:
            texts = [_named(text) for text in plain]
            was, now = texts if texts[0] != texts[1] else plain
            found.append((label, was, now))
    return found


def _own(key: str, content: Content) -> Any:
    """What is kept under a key, without what `asides` tells."""
    value = content.extra.get(key)
    if key == "quick_links":
        return [link for link in value or () if not isinstance(link, dict)]
    return value


def _said_elsewhere(key: str, before: Content, after: Content) -> bool:
    """Whether people read the same, made from the same fields, in the table of hours, the facts of the town, the list of forwardings, the days of collection."""
    if key == "hours":
        tables = [[block for block in one.blocks if block.style == "hours"] for one in (before, after)]
        return tables[0] != tables[1]
    return key in {"facts", "rows", "waste"} and before.blocks != after.blocks


def _lines(before: Content, after: Content) -> Iterator[tuple[str, str, str]]:
    """(name, before, after) of single values."""
    for field, name in _FIELDS.items():
        yield name, getattr(before, field), getattr(after, field)
    yield "Adresse im Netz", before.link.removesuffix(before.path), after.link.removesuffix(after.path)
    yield "Schlüssel der Angaben", _keys(before, after), _keys(after, before)
    yield "Darstellung", _styles(before), _styles(after)
    old, new = _media(before), _media(after)
    for digest in sorted(new.keys() - old.keys()):
        if like := [one for one in old if one[:_SHORT] == digest[:_SHORT]]:
            yield "Prüfsumme", like[0], digest
    for digest in sorted(new.keys() & old.keys()):
        for field, name in _OF_BYTES.items():
            yield name, _word(getattr(old[digest], field, "")), _word(getattr(new[digest], field, ""))


def _keys(content: Content, other: Content) -> str:
    """The keys of the facts that both have by the same label."""
    labels = {label for _key, label, _value in other.details}
    return " ".join(key for key, label, _value in content.details if label in labels)


def _styles(content: Content) -> str:
    blocks = [one for one in content.blocks if one.kind != "callout" or one.style not in _LEVELS]
    return " ".join(block.style for block in blocks if block.style)


def _media(content: Content) -> dict[str, Picture | File]:
    every: list[Picture | File] = [*content.pictures(), *content.files()]
    return {one.sha256: one for one in every}


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, value) of all that is in a JSON value."""
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    )
    if isinstance(value, dict | list) and value:
        for name, one in inner:
            yield from _leaves(one, f"{path} {name}".strip())
    else:
        yield path, _word(value)


def _different(old: Any, new: Any) -> list[str]:
    """The words that are in one of two values alone, by where they stand."""
    both = [dict(_leaves(one)) for one in (old, new)]
    places = [path for path in both[0] | both[1] if both[0].get(path) != both[1].get(path)]
    return [", ".join(one[path] for path in places if one.get(path)) for one in both]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, str):
        return _SAID.get(value) or (_moment(value) if _MOMENT.fullmatch(value) else value)
    return "" if value is None or value == {} else str(value)


def _moment(text: str) -> str:
    try:
        return clock.german_datetime(clock.parse_wall(text))
    except clock.WallTimeError:
        return text


def _named(text: str) -> str:
    """With the title and address of each page that is meant by its key."""
    keys = set(_KEY.findall(text))
    rows = (
        ReleasedPage.objects.filter(pk__in=keys).values_list("pk", "content__title", "path") if keys else ()
    )
    names = {key: f"{title} ({path})" for key, title, path in rows}
    return _KEY.sub(lambda found: names.get(found[0], found[0]), text)
