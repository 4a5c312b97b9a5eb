"""The services from A to Z: read from the released rows, nothing else."""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from stadtnah.surfaces.website import services
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.service_words import words_of

USE: Final = "list:services"
_OTHERS: Final = "0–9"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list. `of`: the service's title when this is another name of it, else ""."""

    name: str
    path: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The services that begin with it. Umlauts stand with their vowels (DIN 5007-1)."""

    letter: str
    entries: list[Entry]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"buchstabe-{self.letter.lower() if self.letter != _OTHERS else 'ziffern'}"


def has_any() -> bool:
    """Whether a service is public."""
    return _live().exists()


def of_office(key: str) -> str:
    """The list of the services of an office, by its object key."""
    return f"list:office:{key}"


def paths() -> set[str]:
    """The list, once there is something in it."""
    return {services.PATH} if has_any() else set()


def letters() -> list[Letter]:
    """Every letter of the alphabet, those without a service empty; one query."""
    return lettered(_entries())


def lettered(entries: Iterable[Entry]) -> list[Letter]:
    """The entries under every letter of the alphabet, those without one empty."""
    found: dict[str, list[Entry]] = {letter: [] for letter in string.ascii_uppercase}
    for entry in sorted(entries, key=lambda entry: (sort_key(entry.name), entry.of)):
        first = sort_key(entry.name)[:1].upper()
        found.setdefault(first if first in found else _OTHERS, []).append(entry)
    return [Letter(letter, entries) for letter, entries in found.items()]


def _entries() -> list[Entry]:
    found: list[Entry] = []
    for path, title, details in _live().values_list("path", "content__title", "content__extra__details"):
        found.append(Entry(title, path))
        names = next((value for key, _label, value in details or [] if key == "names"), "")
        found += [
            Entry(name, path, of=title)
            for name in words_of(names)
            if not f"{title} ".casefold().startswith(f"{name} ".casefold())  # it would stand right beside it
        ]
    return found


def _live() -> QuerySet[ReleasedPage]:
    return ReleasedPage.objects.filter(kind="service", state=ReleasedPage.State.LIVE).order_by()
