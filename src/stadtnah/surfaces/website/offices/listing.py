"""The offices by topic and from A to Z, the places from A to Z: read from the released rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.offices.models import OFFICES, PLACES, TOPICS
from stadtnah.surfaces.website.offices.view import Office
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.service_list import Entry, Letter, lettered
from stadtnah.surfaces.website.service_words import words_of

OFFICE_LIST: Final = "list:offices"
PLACE_LIST: Final = "list:places"
_KINDS: Final = {OFFICES: "office", PLACES: "place"}


@dataclass(frozen=True, slots=True)
class Topic:
    """The offices of one field of work."""

    key: str
    label: str
    offices: list[Office]


def paths_of(path: str) -> set[str]:
    """The list at this address, once there is something in it."""
    rows = ReleasedPage.objects.filter(kind=_KINDS[path], state=ReleasedPage.State.LIVE)
    return {path} if rows.exists() else set()


def by_topic(found: list[Office]) -> list[Topic]:
    """Every topic that has an office, in their order."""
    ordered = sorted(found, key=lambda one: sort_key(one.content.title))
    topics = [
        Topic(key, label, [one for one in ordered if one.content.extra.get("topic") == key])
        for key, label in TOPICS
    ]
    return [topic for topic in topics if topic.offices]


def office_letters(found: list[Office]) -> list[Letter]:
    """From A to Z, with other names as entries of their own."""
    entries: list[Entry] = []
    for one in found:
        title, path = one.content.title, one.content.path
        entries.append(Entry(title, path))
        entries += [Entry(name, path, of=title) for name in words_of(one.said.get("names", ""))]
    return lettered(entries)


def place_letters() -> list[Letter]:
    """From A to Z; one query."""
    rows: Any = ReleasedPage.objects.filter(kind="place", state=ReleasedPage.State.LIVE).order_by()
    return lettered([Entry(title, path) for path, title in rows.values_list("path", "content__title")])


def place_key(key: str) -> str:
    """The list of the offices at a place."""
    return f"list:at:{key}"


def all_offices() -> list[Office]:
    """Every public office."""
    return list(view.offices().values())
