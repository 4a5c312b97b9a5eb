"""What pages show of offices, places and people: read from released rows, nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.town.api import town
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.website.offices.domain.calendar import Closings, plan_of
from stadtnah.surfaces.website.offices.domain.hours import Day, Plan, Season, changes
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.words import german

CLOSINGS: Final = "list:office-days"  # what holds for all offices changed
DAY: Final = "day:"  # with the date: pages that look ahead from a day, made anew on the next
_LOOK_AHEAD: Final = timedelta(days=365)
_EXCEPTIONS: Final = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A released place, by its details."""

    title: str
    path: str
    said: dict[str, str]
    wheelchair: str = ""

    @property
    def address(self) -> list[str]:
        """Its lines: street; postcode and town."""
        second = " ".join(filter(None, (self.said.get("postcode", ""), self.said.get("town", ""))))
        return [line for line in (self.said.get("street", ""), second) if line]

    @property
    def facts(self) -> list[str]:
        """What there is for those who need it."""
        return [fact for fact in self.said.get("access", "").split(", ") if fact]

    @property
    def point(self) -> tuple[str, str] | None:
        """Latitude and longitude as text."""
        at = self.said.get("at", "")
        latitude, _comma, longitude = at.partition(", ")
        return (latitude, longitude) if longitude else None


@dataclass(frozen=True, slots=True)
class Person:
    """A released person. path: "" without a page of their own; picture: None once the consent is over."""

    name: str
    path: str
    said: dict[str, str]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days that are not as usual."""

    first: date
    last: date
    day: Day
    reason: str


@dataclass(frozen=True)
class Office:
    """An office with what stands around it, as of a day. `english` follows the page being made."""

    content: Content
    closings: Closings
    today: date
    place: Place | None = None
    people: list[Person] = field(default_factory=list)
    services: list[tuple[str, str]] = field(default_factory=list)  # (title, path)

    @cached_property
    def said(self) -> dict[str, str]:
        """Its details by key."""
        return self.content.detail

    @property
    def hours(self) -> dict[str, Any]:
        """As released."""
        return dict(self.content.extra["hours"])

    @property
    def has_hours(self) -> bool:
        """Whether it says when it is open."""
        weeks = [self.hours["week"], *(season["week"] for season in self.hours["seasons"])]
        return any(codes for week in weeks for codes in week)

    def plan(self) -> Plan:
        """The plan, with reasons in the language of the page being made."""
        return plan_of(self.hours, self.closings, self.today, english=not german())

    def seasons(self) -> list[Season]:
        """Those that are not over."""
        return [one for one in self.plan().seasons if one.yearly or one.last >= self.today]

    def next_exceptions(self) -> list[Exceptional]:
        """The next days that are not as usual; days in a row for one reason as one."""
        found: list[Exceptional] = []
        for day, reason, hours in changes(self.plan(), self.today, self.today + _LOOK_AHEAD):
            held = found[-1] if found else None
            if held and (held.reason, held.day, held.last) == (reason, hours, day - timedelta(days=1)):
                found[-1] = Exceptional(held.first, day, hours, reason)
            elif len(found) == _EXCEPTIONS:
                break
            else:
                found.append(Exceptional(day, day, hours, reason))
        return found


def today() -> date:
    """The town's day."""
    return clock.local(clock.now()).date()


def day_use() -> str:
    """What a page uses that looks ahead from today."""
    return f"{DAY}{today().isoformat()}"


def closings() -> Closings:
    """What holds for all offices: the Land, and what the released list of offices says."""
    row = ReleasedPage.objects.filter(kind="offices", state=ReleasedPage.State.LIVE).first()
    said = row.content["extra"].get("closings", {}) if row else {}
    return Closings(town().land, frozenset(said.get("days", ())), frozenset(said.get("local", ())))


def office(content: Content) -> Office:
    """The office of this content, which need not be public yet, with all that stands around it."""
    return _around([content], services=True)[content.object_key]


def offices(keys: Collection[str] | None = None) -> dict[str, Office]:
    """Public offices by object key, all or these, without their services. A number of queries that does not grow."""
    rows = _live("office")
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    return _around([row.shown() for row in rows], services=False)


def at_place(key: str) -> list[tuple[str, str]]:
    """(title, path) of the public offices at a place."""
    rows = _live("office").filter(content__extra__links__place=key)
    return sorted((row.content["title"], row.path) for row in rows)


def uses(shown: Iterable[Office]) -> frozenset[str]:
    """What a page with these offices is made of."""
    found = {CLOSINGS, day_use()}
    for one in shown:
        found |= {one.content.object_key, *_linked(one.content)}
    return frozenset(found)


def place_of(content: Content) -> Place:
    """A place out of its content."""
    return Place(content.title, content.path, content.detail, str(content.extra.get("wheelchair", "")))


def person_of(content: Content) -> Person:
    """A person out of their content; the picture only as long as the consent holds."""
    said = content.detail
    until = str(content.extra.get("picture_until", ""))
    picture = content.hero if until and until >= today().isoformat() else None
    return Person(content.title, content.path if "page" in said else "", said, picture)


def named(key: str) -> tuple[Person | None, frozenset[str]]:
    """The public person with this object key, and what a page that shows them is made of: it goes by the day their picture does."""
    row = _live("person").filter(pk=key).first() if key else None
    if row is None:
        return None, frozenset({key} - {""})
    person = person_of(row.shown())
    until = f"{DAY}{row.content['extra'].get('picture_until')}"
    return person, frozenset({key, *([until] if person.picture else [])})


def _around(contents: list[Content], *, services: bool) -> dict[str, Office]:
    wanted = {key for content in contents for key in _linked(content)}
    rows = ReleasedPage.objects.filter(pk__in=wanted, state=ReleasedPage.State.LIVE) if wanted else []
    linked = {row.pk: row.shown() for row in rows}
    shared, day = closings(), today()
    found: dict[str, Office] = {}
    for content in contents:
        links = content.extra.get("links", {})
        place = linked.get(links.get("place", ""))
        people = [linked[key] for key in links.get("people", ()) if key in linked]
        found[content.object_key] = Office(
            content,
            shared,
            day,
            place_of(place) if place else None,
            [person_of(person) for person in people],
            _services(content.object_key) if services else [],
        )
    return found


def _services(key: str) -> list[tuple[str, str]]:
    rows = _live("service").filter(content__extra__office=key)
    return [(row.content["title"], row.path) for row in rows]


def _linked(content: Content) -> set[str]:
    links = content.extra.get("links", {})
    return {key for key in (links.get("place", ""), *links.get("people", ())) if key}


def _live(kind: str) -> Any:
    return ReleasedPage.objects.filter(kind=kind, state=ReleasedPage.State.LIVE).order_by("path")
