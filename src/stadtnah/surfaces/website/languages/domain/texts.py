"""What of a German page is translated, text by text, and how a version comes of it.

A translation belongs to the German words, not to a place: what stays the same in a new German version stays translated, wherever it
moves (as translation memories do it, and wagtail-localize).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from stadtnah.surfaces.website.languages.domain import notation

Texts = Mapping[str, str]
Say = Callable[[str, str], str]  # (German, what it is) to what is said instead
# Kinds of pages with texts of their own. Lists consist of other pages' words; people keep their names.
KINDS: Final = (
    "home", "page", "section", "project", "service", "office", "place", "message",
    "blog", "blogseries", "blogentry", "press", "glossary", "event",
)  # fmt: skip
NEWS: Final = frozenset({"message", "blogentry", "event"})  # of their day: what is old is nobody's task
_ADDRESS: Final = re.compile(r"(https?:|mailto:|tel:|www\.|/)\S*|\S+@\S+", re.IGNORECASE)
# Of the details that a kind shows in the words of its page; the others are facts (addresses, keys, telephone numbers).
_DETAILS: Final[dict[str, frozenset[str]]] = {
    "service": frozenset({"names", "duration"}),
    "project": frozenset({"state", "ends"}),
    "place": frozenset({"access", "access_note"}),
    "blogseries": frozenset({"role"}),
    "blogentry": frozenset({"role"}),
    "press": frozenset({"hours"}),
    "event": frozenset({"status_note", "access_note", "audience", "price"}),
}
_EVERYWHERE: Final = frozenset({"search_title", "search_description"})
_WITH_LABEL: Final = frozenset({"project"})
_DRAWN_ANEW: Final = frozenset(
    {"hours"}
)  # tables that a page shows in its own way, in the language of its frame
# What a version says itself; every other fact is the German page's, as it stands now.
_SAID: Final = ("details", "notice_title", "notice_html", "quick_links")


# What the release view says of a version beside its text; readers do not see it.
_HEADING: Final = "section_heading"
_ABOUT: Final = (("version_language", "Sprache der Fassung"), ("version_of", "Deutsche Seite"))


@dataclass(frozen=True, slots=True)
class Segment:
    """A text to be translated. label: what it is, German."""

    text: str
    label: str


def segments(content: Mapping[str, Any]) -> list[Segment]:
    """Each text once, in the order of reading."""
    found: dict[str, Segment] = {}

    def note(text: str, label: str) -> str:
        found.setdefault(text, Segment(text, label))
        return text

    said(content, note)
    return list(found.values())


def missing(content: Mapping[str, Any], texts: Texts) -> list[Segment]:
    """Those that nobody has translated."""
    return [one for one in segments(content) if not texts.get(one.text, "").strip()]


def translated(content: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """The content in other words; what has no translation stays German."""
    return said(content, lambda text, _label: texts.get(text, "").strip() or text)


def fingerprint(content: Mapping[str, Any]) -> str:
    """Two German versions with the same one need no new translation: the same words, the same pictures and documents."""
    media = [one["sha256"] for one in _media(content)]
    told = json.dumps([[one.text for one in segments(content)], media], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def carried_over(old: Mapping[str, Any], new: Mapping[str, Any], texts: Texts) -> dict[str, str]:
    """The translations for a new German version, where a changed text keeps that of the text it came from."""
    before, after = ([one.text for one in segments(content)] for content in (old, new))
    found = {text: texts[text] for text in after if texts.get(text, "").strip()}
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            for was, now in zip(before[start:end], after[first:last], strict=True):
                if texts.get(was, "").strip() and not notation.problem(now, texts[was]):
                    found.setdefault(now, texts[was])
    return found


def origins(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Each text of the new version that is not in the old one, with the one it came from; "" for what is new altogether."""
    before, after = ([one.text for one in segments(content)] for content in (old, new))
    found = {text: "" for text in after if text not in set(before)}
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            found |= {
                now: was
                for was, now in zip(before[start:end], after[first:last], strict=True)
                if now in found
            }
    return found


def about(language: str, german: str) -> list[list[str]]:
    """Details of a version for whoever releases it: the name of its language, the German title."""
    return [[*name, value] for name, value in zip(_ABOUT, (language, german), strict=True)]


def headings(german: Mapping[str, Any], translated: Mapping[str, Any]) -> list[list[str]]:
    """Details of a version of the first page: each heading of a part, under its German words."""
    pairs = zip(_sections(german), _sections(translated), strict=True)
    return [[_HEADING, was["heading"], now["heading"]] for was, now in pairs if was.get("heading")]


def _sections(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(content.get("extra", {}).get("sections", ()))


def shown(version: Mapping[str, Any], german: Mapping[str, Any]) -> dict[str, Any]:
    """The version as it is shown: its words, and every fact (hours, validity, office, place in the tree) of the German page now."""
    own = {name: version["extra"][name] for name in _SAID if name in version["extra"]}
    names = {_HEADING, *(name for name, _label in _ABOUT)}
    heads = {label: value for name, label, value in own.get("details", []) if name == _HEADING}
    own["details"] = [row for row in own.get("details", []) if row[0] not in names]
    if parts := _sections(german):
        own["sections"] = [
            {**part, "heading": heads[part["heading"]], "translated": True}
            if part.get("heading") in heads
            else part
            for part in parts
        ]
    facts = ("object_key", "path", "category", "valid_from", "valid_until", "dated")
    return {
        **version,
        **{name: german[name] for name in facts},
        "extra": {**german["extra"], **own},
    }


def said(content: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """The one walk through everything that is translated."""
    found = dict(content)
    for name, label in (
        ("title", "Überschrift"),
        ("category_label", "Rubrik"),
        ("teaser", "Vorspann"),
        ("place", "Ort"),
    ):
        found[name] = _text(content.get(name, ""), label, say)
    if hero := content.get("hero"):
        found["hero"] = _picture(hero, say)
    found["extra"] = _extra(content.get("extra", {}), say)
    names = {**_BLOCKS, **_BLOCKS_OF.get(str(found["extra"].get("kind", "")), {})}
    found["blocks"] = [_block(block, names, say) for block in content.get("blocks", ())]
    return found


def _text(text: str, label: str, say: Say) -> str:
    return say(text, label) if _spoken(text) else text


def _html(html: str, say: Say) -> str:
    return notation.said_anew(html, lambda text: _text(text, "Text", say))


def _spoken(text: str) -> bool:
    """Whether there are words in it."""
    return any(sign.isalpha() for sign in text) and not _ADDRESS.fullmatch(text.strip())


def _picture(picture: Mapping[str, Any], say: Say) -> dict[str, Any]:
    words = {name: _text(picture[name], label, say) for name, label in _PICTURE}
    return {**picture, **words}


_PICTURE: Final = (("alt", "Alternativtext"), ("caption", "Bildunterschrift"))
_BLOCKS: Final = {
    "heading": "Zwischenüberschrift",
    "quote": "Wer spricht",
    "contact": "Kontakt",
    "table": "Tabelle",
    "figures": "Zahlen",
    "accordion": "Frage",
    "download": "Name der Datei",
    "action": "Aufruf",
    "callout": "Kasten",
}


# Where a kind means something else by it.
_BLOCKS_OF: Final = {"glossary": {"accordion": "Begriff"}}


def _block(block: Mapping[str, Any], names: Mapping[str, str], say: Say) -> Mapping[str, Any]:
    if block.get("style") in _DRAWN_ANEW or (block["kind"] == "contact" and block.get("style")):
        return block  # the hours of an office, the contact of one: the page draws them from the office
    label = names.get(block["kind"], "Text")
    found = {
        **block,
        "title": _text(block.get("title", ""), label, say),
        "html": _html(block.get("html", ""), say),
        "rows": [[_text(cell, label, say) for cell in row] for row in block.get("rows", ())],
    }
    if block.get("picture"):
        found["picture"] = _picture(block["picture"], say)
    return found


def _extra(extra: Mapping[str, Any], say: Say) -> dict[str, Any]:
    found, kind = dict(extra), str(extra.get("kind", ""))
    if "notice_title" in extra:
        found["notice_title"] = _text(extra["notice_title"], "Wichtiger Hinweis", say)
        found["notice_html"] = _html(extra.get("notice_html", ""), say)
    if "quick_links" in extra:
        found["quick_links"] = [
            {
                **link,
                "label": _text(link["label"], "Schnell erledigt", say),
                "text": _text(link["text"], "Schnell erledigt", say),
            }
            for link in extra["quick_links"]
        ]
    if "sections" in extra:
        found["sections"] = [
            {**part, "heading": _text(part["heading"], "Überschrift eines Teils", say)}
            if part.get("heading")
            else part
            for part in extra["sections"]
        ]
    if "details" in extra:
        told = _DETAILS.get(kind, frozenset()) | _EVERYWHERE
        found["details"] = [
            [
                key,
                _text(label, "Angabe", say) if kind in _WITH_LABEL else label,
                _text(value, label, say) if key in told else value,
            ]
            for key, label, value in extra["details"]
        ]
    return found


def _media(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if content.get("hero"):
        yield content["hero"]
    for block in content.get("blocks", ()):
        for name in ("picture", "file"):
            if block.get(name):
                yield block[name]
