"""What is new between two versions, word by word, for people."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from stadtnah.publishing.api import block_text
from stadtnah.publishing.content import Content

_MOST_WORDS = 6000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: "same", "new" or "gone"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the message that changed."""

    label: str
    pieces: list[Piece]


def changes(before: Content | None, after: Content) -> list[Change] | None:
    """The changed parts; None when there is no earlier version, [] when nothing changed."""
    if before is None:
        return None
    old, new = _parts(before), _parts(after)
    labels = list(dict.fromkeys([*old, *new]))
    return [
        Change(label, _pieces(old.get(label, ""), new.get(label, "")))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


def _parts(content: Content) -> dict[str, str]:
    hero = content.hero
    valid = f"{content.valid_from or ''} bis {content.valid_until or ''}" if content.valid_until else ""
    return {
        "Überschrift": content.title,
        "Vorspann": content.teaser,
        "Text": "\n".join(block_text(block) for block in content.blocks if not block.picture),
        "Titelbild": f"{hero.alt} ({hero.sha256[:8]})" if hero else "",
        "Bilder": "\n".join(f"{p.alt} ({p.sha256[:8]})" for p in content.pictures() if p is not hero),
        "Ort": content.place,
        "Gültig": valid,
        "Rubrik": content.category_label,
        "Schlagworte": " ".join(content.hashtags),
        "Adresse": content.path,
        **{label: value for _key, label, value in content.details},
    }


def _pieces(old: str, new: str) -> list[Piece]:
    one, two = old.split(), new.split()
    if len(one) + len(two) > _MOST_WORDS:
        return [Piece("gone", old), Piece("new", new)]
    found: list[Piece] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", _short(one[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("gone", " ".join(one[i1:i2])))
        if j2 > j1:
            found.append(Piece("new", " ".join(two[j1:j2])))
    return found


def _short(words: list[str]) -> str:
    """Unchanged words are cut in the middle: what changed is what matters."""
    if len(words) <= 24:  # noqa: PLR2004 - two lines on a phone
        return " ".join(words)
    return f"{' '.join(words[:10])} … {' '.join(words[-10:])}"
