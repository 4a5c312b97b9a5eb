"""What may be asked of the calendar, from an address and back into one: words, days and what an event must have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from stadtnah.services.events import api as events
from stadtnah.services.events.api import Access
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.calendar import coming, listing, reading
from stadtnah.surfaces.website.calendar.coming import EVERYTHING, Choice
from stadtnah.surfaces.website.calendar.reading import ACCESS, AUDIENCE, FREE, ONLINE, Filters
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.search import narrowing
from stadtnah.surfaces.website.search.questions import LONGEST

MOST_PAGES: Final = 50
TODAY, WEEKEND, WEEK, MONTH = "heute", "wochenende", "woche", "monat"
PERIODS: Final = (TODAY, WEEKEND, WEEK, MONTH)
_DIGITS: Final = len(str(MOST_PAGES))


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: as in the address, as the municipality calls it, as in the index. choice: what may be subscribed to."""

    value: str
    label: str
    tag: str
    coming: bool
    choice: Choice = EVERYTHING


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose, also what nothing is to come of: an address that was given away stays."""

    categories: tuple[Option, ...] = ()
    places: tuple[Option, ...] = ()
    audiences: tuple[Option, ...] = ()

    @classmethod
    def now(cls) -> Offered:
        """Of all released events. Two queries."""
        with lists.one_pass():
            tags, choices = reading.tags(), coming.choices()
        there = {tag.key for tag in tags if tag.coming}
        whom = sorted(
            (tag for tag in tags if tag.key.startswith(AUDIENCE)), key=lambda tag: sort_key(tag.label)
        )
        made = [
            (one, Option(one.slug, one.label, one.tag, one.tag in there, one))
            for one in choices
            if one != EVERYTHING
        ]
        return cls(
            tuple(option for choice, option in made if choice.category),
            tuple(option for choice, option in made if choice.place),
            tuple(Option(tag.key.removeprefix(AUDIENCE), tag.label, tag.key, tag.coming) for tag in whom),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the calendar. What makes no sense in the address is left out; days that do are kept as typed, with what is wrong."""

    text: str = ""
    category: Option | None = None
    place: Option | None = None
    audience: Option | None = None
    access: tuple[Access, ...] = ()
    free: bool = False
    online: bool = False
    period: str = ""
    since: str = ""  # as typed
    until: str = ""
    page: int = 1
    wrong: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Any, offered: Offered) -> Asked:
        """From the query of an address."""
        period = str(given.get("zeit", ""))
        page = str(given.get("seite", "1"))
        since, until = (_line(given.get(name, ""))[:20] for name in ("von", "bis"))
        wanted = set(given.getlist("zugang"))
        return cls(
            _line(given.get("q", ""))[:LONGEST],
            _chosen(offered.categories, given.get("rubrik")),
            _chosen(offered.places, given.get("ort")),
            _chosen(offered.audiences, given.get("fuer")),
            tuple(one for one in Access if one.value in wanted),
            given.get("frei") == "1",
            given.get("online") == "1",
            period if period in PERIODS and not since and not until else "",
            since,
            until,
            min(int(page), MOST_PAGES)
            if page.isascii() and page.isdigit() and len(page) <= _DIGITS and page != "0"
            else 1,
            _wrong(since, until),
        )

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that are asked for."""
        today = offices.today()
        if self.period == TODAY:
            return today, today
        if self.period == WEEKEND:
            return listing.weekend()
        if self.period:
            return today, today + timedelta(days=6 if self.period == WEEK else 30)
        return max(events.read_day(self.since) or today, today), events.read_day(self.until) or listing.LAST

    @property
    def filters(self) -> Filters:
        """As the index is asked. At most six queries for words."""
        options = (self.category, self.place, self.audience)
        tags = [one.tag for one in options if one]
        tags += [f"{ACCESS}{one}" for one in self.access]
        tags += [FREE] * self.free + [ONLINE] * self.online
        return Filters(tuple(tags), narrowing.understood(self.text) if self.text else narrowing.ANY)

    @property
    def anything(self) -> bool:
        """Whether anything is asked for; else it is the list of all that comes."""
        return bool(self.query)

    @property
    def query(self) -> str:
        """As the end of an address, always in the same order, without the page."""
        return self.address()

    def address(self, **changed: str | Sequence[str]) -> str:
        """The same question with something else, "" to leave it out."""
        options = {"rubrik": self.category, "ort": self.place, "fuer": self.audience}
        said: dict[str, str | Sequence[str]] = {
            "q": self.text,
            **{name: one.value if one else "" for name, one in options.items()},
            "zugang": [one.value for one in self.access],
            "frei": "1" if self.free else "",
            "online": "1" if self.online else "",
            "zeit": self.period,
            "von": self.since,
            "bis": self.until,
            **changed,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept, doseq=True)}" if kept else ""

    def at(self, page: int) -> str:
        """A page of what was found."""
        return self.address(seite=str(page) if page > 1 else "") or "?"

    @property
    def lasting(self) -> str:
        """The same question without its days: what can be subscribed to."""
        return replace(self, period="", since="", until="").query

    @property
    def choice(self) -> Choice | None:
        """What has a calendar of its own and is all that is asked for beside days: a category, a place, everything."""
        if not self.lasting:
            return EVERYTHING
        for name, option in (("rubrik", self.category), ("ort", self.place)):
            if option and not self.address(**{name: "", "zeit": "", "von": "", "bis": ""}):
                return option.choice
        return None


def _wrong(since: str, until: str) -> dict[str, str]:
    found = {
        name: _("Please give a day, for example 24.12.2026.")
        for name, value in (("von", since), ("bis", until))
        if value and events.read_day(value) is None
    }
    first, last = events.read_day(since), events.read_day(until)
    if last and last < offices.today():
        found["bis"] = _("This day is over. Please choose today or a later day.")
    elif first and last and last < first:
        found["bis"] = _("The last day is before the first. Please check both.")
    return found


def _chosen(options: Sequence[Option], value: Any) -> Option | None:
    return next((one for one in options if one.value == value), None)


def _line(value: Any) -> str:
    return " ".join(str(value).replace("\0", " ").split())
