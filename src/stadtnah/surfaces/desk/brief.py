"""The release view in one screen: where to, to how many, what is new, in a few words each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from stadtnah.kernel import text
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk.difference import Change

_OCCASION: Final = ("status", "status_note", "moved_from", "when", "repeats", "changes", "place")


@dataclass(frozen=True, slots=True)
class Brief:
    """The answers as sentences; `kept` names the channels where nothing changes.

    correction: what becomes of what is out already; "" when nothing is. mails: whether somebody gets it once more.
    """

    where: str
    kept: str
    how_many: str
    new: str
    correction: str = ""
    mails: bool = False


def brief(entries: Iterable[dict[str, Any]], changed: list[Change] | None) -> Brief:
    """From the entries as the view shows them, and what `difference.changes` found."""
    every = [entry for entry in entries if not entry.get("missing")]
    going = [entry for entry in every if not entry["kept"]]
    return Brief(
        where=" · ".join(_names(going)),
        kept=" · ".join(entry["label"] for entry in every if entry["kept"]),
        how_many=_how_many(going),
        new=_new(changed),
        correction=" ".join((*_once_more(going), *_replaced(going))),
        mails=any(_is_mail(entry) for entry in going),
    )


def occasion(content: Content) -> list[tuple[str, str, bool]]:
    """(label, value, whether it comes first) of what an event is about: that it is called off must not be found out below."""
    if not content.is_event:
        return []
    return [(label, value, key == "status") for key, label, value in content.details if key in _OCCASION]


def _is_mail(entry: dict[str, Any]) -> bool:
    """Whether people who have it already get it a second time."""
    return bool(entry.get("again") and entry.get("action") == "create" and entry["audience"] is not None)


def _once_more(going: list[dict[str, Any]]) -> list[str]:
    mails = [entry for entry in going if _is_mail(entry)]
    more = "" if len(mails) < 2 else "{}: "  # noqa: PLR2004 - a sum would count twice who reads both
    return [
        f"{more.format(entry['label'])}{_persons(entry['audience'])} {'bekommt' if entry['audience'] == 1 else 'bekommen'} eine zweite Mail."
        for entry in mails
    ]


def _replaced(going: list[dict[str, Any]]) -> list[str]:
    changed = [entry["label"] for entry in going if entry.get("action") == "update"]
    again = [
        entry["label"]
        for entry in going
        if entry.get("again") and entry.get("action") == "create" and not _is_mail(entry)
    ]
    found = [f"Ersetzt wird, was schon zu lesen ist: {', '.join(changed)}."] if changed else []
    return [*found, *([f"Zusätzlich erscheint noch einmal: {', '.join(again)}."] if again else [])]


def _names(going: list[dict[str, Any]]) -> list[str]:
    """The kind of channel is enough, unless there are two accounts of it."""
    kinds = [entry["kind"] for entry in going]
    return [entry["label"] if kinds.count(entry["kind"]) > 1 else entry["kind"] for entry in going]


def _how_many(going: list[dict[str, Any]]) -> str:
    counted = [entry for entry in going if entry["audience"] is not None]
    public = len(going) - len(counted)
    if len(counted) == 1:
        parts = [_persons(counted[0]["audience"])]
    else:  # who reads two channels would count twice in a sum
        parts = [f"{entry['label']}: {_persons(entry['audience'])}" for entry in counted]
    if public:
        parts.append(f"öffentlich auf {'einem Kanal' if public == 1 else f'{public} Kanälen'}")
    return ", ".join(parts)


def _persons(number: int) -> str:
    return text.counted(number, "Person", "Personen")


def _new(changed: list[Change] | None) -> str:
    if changed is None:
        return "Erste Fassung"
    if not changed:
        return "Text unverändert, nur Kanäle oder Termin"
    return f"Geändert: {', '.join(change.label for change in changed)}"


def reminded(number: int) -> str:
    """Who learns of the change beside the channels; "" for nobody."""
    mails = text.counted(number, "E-Mail", "E-Mails")
    return f"{mails} über die Änderung an Menschen, die erinnert werden möchten" if number else ""
