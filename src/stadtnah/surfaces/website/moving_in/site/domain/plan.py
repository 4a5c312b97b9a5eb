"""From what was found to a proposal: same pages once, each in its place, with a new address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from stadtnah.surfaces.website.addresses import RESERVED_SLUGS, plain_slug
from stadtnah.surfaces.website.moving_in.site.domain import kinds, urls
from stadtnah.surfaces.website.moving_in.site.domain.kinds import Facts, PageKind

_SLUG: Final = 60
_DEEPEST: Final = 6  # levels; what stands below goes beside
_LETTERS: Final = 3  # less of them is no word
_CHILDREN: Final = 3
_FEW_WORDS: Final = 60
_NO_NAME: Final = frozenset(
    {"index", "default", "home", "start", "seite", "page", "detail", "details", "show", "content", "artikel", "article", "node", "view", "inhalt", "main", "news", "id"}
)  # fmt: skip
# Overviews that this website makes by itself, by the last part of their old address.
_OVERVIEWS: Final = (
    (re.compile(r"aktuell\w*|news|nachrichten|meldungen|neuigkeiten", re.IGNORECASE), "/aktuelles/"),
    (re.compile(r"dienstleistungen|leistungen|services?-?a-?z|dienstleistungen-a-z", re.IGNORECASE), "/dienstleistungen/"),
    (re.compile(r"(?:aemter|ämter|organisation|fachbereiche)(?:-a-z)?", re.IGNORECASE), "/aemter/"),
)  # fmt: skip
AREAS: Final[dict[str, str]] = {
    "message": "/aktuelles/",
    "service": "/dienstleistungen/",
    "office": "/aemter/",
}


@dataclass(slots=True)
class Place:
    """What is proposed for a page. above: index of the place above, in the list it stands in; None for the first level.

    possible: whether it can be taken over at all. forward_to: a page of the new website that stands for it.
    """

    facts: Facts
    kind: PageKind = "page"
    slug: str = ""
    above: int | None = None
    wanted: bool = True
    possible: bool = True
    reason: str = ""
    aliases: list[str] = field(default_factory=list)
    forward_to: str = ""


def planned(found: list[Facts]) -> list[Place]:
    """The proposal: every page once, those above before those below. Pages that only repeat another become its aliases."""
    book = _Book(found)
    same = _same(found, book)
    places: dict[int, Place] = {}
    for number, facts in enumerate(found):
        if same[number] == number:
            places[number] = _place(facts)
    for number, facts in enumerate(found):
        target = places[same[number]]
        target.aliases += [one for one in (facts.address, *facts.also) if one != target.facts.address]
    above = {number: _above(number, places, same, book) for number in places}
    _sections(places, above)
    return _ordered(places, above)


class _Book:
    """Which page an address means, however it is spelled."""

    def __init__(self, found: list[Facts]) -> None:
        self._known: dict[str, int] = {}
        for number, facts in enumerate(found):
            self._known.setdefault(facts.address, number)
        for number, facts in enumerate(found):
            for also in facts.also:
                self._known.setdefault(also, number)

    def find(self, address: str) -> int | None:
        """Its number; None when it was not found."""
        return next((self._known[form] for form in urls.spellings(address) if form in self._known), None)


def _place(facts: Facts) -> Place:
    place = Place(facts, kinds.kind_of(facts))
    if facts.broken:
        return Place(facts, "page", wanted=False, possible=False, reason=facts.broken)
    if facts.leads_to:
        return Place(facts, "page", wanted=False, possible=False, reason="Die Seite leitet nur weiter.")
    parts = urls.parts_of(facts.address)
    last = parts[-1].rsplit(".", 1)[0] if parts else ""
    for pattern, path in _OVERVIEWS:
        if len(parts) <= 2 and pattern.fullmatch(last):  # noqa: PLR2004 - an overview stands on top
            place.wanted, place.forward_to = False, path
            place.reason = f"Diese Übersicht entsteht hier von selbst: {path}"
            return place
    place.reason = kinds.left_out(facts)
    place.wanted = not place.reason
    place.forward_to = kinds.stand_in(facts) if place.reason else ""
    return place


def _same(found: list[Facts], book: _Book) -> list[int]:
    """For each page the one it is the same as, itself when it is the first."""
    target = list(range(len(found)))
    first: dict[str, int] = {}
    for number in sorted(range(len(found)), key=lambda one: _weight(found[one])):
        facts = found[number]
        said = facts.leads_to or urls.print_of(facts.address) or facts.canonical
        other = book.find(said) if said and said != facts.address else None
        if other is None and facts.digest:
            other = first.setdefault(facts.digest, number)
        if other is not None and not found[other].broken:
            target[number] = other
    return [_end(number, target) for number in range(len(found))]


def _end(number: int, target: list[int]) -> int:
    seen: list[int] = []
    while target[number] != number:
        if number in seen:  # a circle of canonical addresses: its smallest stands for it
            return min(seen)
        seen.append(number)
        number = target[number]
    return number


def _weight(facts: Facts) -> tuple[bool, bool, bool, int, str]:
    """What stands for several: the one that calls itself canonical, without a query, with a short address."""
    query = "?" in facts.address
    return (
        bool(urls.print_of(facts.address)),
        facts.canonical != facts.address,
        query,
        len(facts.address),
        facts.address,
    )


def _above(number: int, places: dict[int, Place], same: list[int], book: _Book) -> int | None:
    """The page above: the last known one of its breadcrumb, else of its address."""
    facts = places[number].facts
    for address in [*reversed(facts.crumbs), *_prefixes(facts.address)]:
        known = book.find(address)
        if known is None or same[known] == number:
            continue
        found = places[same[known]]
        if urls.parts_of(found.facts.address) or "?" in found.facts.address:
            return same[known]
    return None


def _prefixes(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    while path := path.rpartition("/")[0]:
        for form in (f"{path}/", f"{path}.html", f"{path}.php", f"{path}.htm"):
            yield f"{parts.scheme}://{parts.netloc}{form}"


def _sections(places: dict[int, Place], above: dict[int, int | None]) -> None:
    children: dict[int, int] = defaultdict(int)
    for number, parent in above.items():
        if parent is not None and places[number].kind in {"page", "section"}:
            children[parent] += 1
    for number, place in places.items():
        if place.kind == "page" and children[number] >= _CHILDREN and place.facts.unlinked < _FEW_WORDS:
            place.kind = "section"


def _ordered(places: dict[int, Place], above: dict[int, int | None]) -> list[Place]:
    """In the order of the tree, `above` as index of that order. Only pages that stay in the tree have one above."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for number in places:
        below[_in_tree(number, places, above)].append(number)
    found: list[Place] = []
    taken: dict[int | str, set[str]] = {"page": set(RESERVED_SLUGS)}
    waiting: list[tuple[int, int | None, int]] = [(number, None, 1) for number in reversed(below[None])]
    while waiting:
        number, parent, depth = waiting.pop()
        place, mine = places[number], len(found)
        place.above = parent
        area = place.kind if place.kind in AREAS else "page"
        place.slug = slug_of(
            place.facts.address,
            place.facts.title,
            taken.setdefault(area if parent is None else parent, set()),
        )
        found.append(place)
        parent = mine if depth < _DEEPEST else parent
        waiting += [(child, parent, depth + 1) for child in reversed(below[number])]
    return found


def _in_tree(number: int, places: dict[int, Place], above: dict[int, int | None]) -> int | None:
    """The nearest page above that can have pages below; None for the first level, and in a circle."""
    if places[number].kind in AREAS or not places[number].possible:
        return None
    seen, parent = {number}, above[number]
    steps = 0
    while parent is not None and (places[parent].kind in AREAS or not places[parent].possible):
        parent = above[parent]
    walk = parent
    while walk is not None and steps < len(places):
        if walk in seen:
            return None
        seen.add(walk)
        walk, steps = above[walk], steps + 1
    return parent


def slug_of(address: str, title: str, taken: set[str]) -> str:
    """The last part of the new address: that of the old one when it has words, else from the title. `taken` afterwards."""
    parts = urls.parts_of(address)
    stem = re.sub(r"\.\w{2,5}$", "", parts[-1]) if parts else ""
    letters = len(re.sub(r"[^a-zA-ZäöüÄÖÜß]", "", stem))
    readable = "?" not in address and letters >= _LETTERS and stem.lower() not in _NO_NAME
    words = stem.replace("_", "-").replace("+", "-") if readable else title
    base = plain_slug(words)[:_SLUG].strip("-") or plain_slug(title)[:_SLUG].strip("-") or "seite"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug
