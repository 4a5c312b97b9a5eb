"""What grew old by itself: dates that are over, messages that no longer hold but are still led to, offices whose contact person left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from stadtnah.kernel import clock
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.quality.models import FoundLink, Reading
from stadtnah.surfaces.website.quality.reviews import today
from stadtnah.surfaces.website.released import ReleasedPage

_LIVE: Final = ReleasedPage.State.LIVE
_NAMED: Final = 3  # pages that lead to it; more do not help


@dataclass(frozen=True, slots=True)
class Aged:
    """A public page, and what is old about it."""

    reading: Reading
    said: str


def past_dates() -> QuerySet[Reading]:
    """Pages that stay and whose last date is over; news are an archive."""
    rows = _public().filter(last_day__lt=today()).exclude(kind__in=_dated())
    return rows.order_by("last_day", "object_key")


def ended() -> QuerySet[Reading]:
    """News that no longer hold, but that the first page or a page that stays leads to."""
    leading = Q(Exists(_leading())) | Q(object_key__in=_featured())
    return (
        _public().filter(leading, last_day__lt=today(), kind__in=_dated()).order_by("last_day", "object_key")
    )


def without_person() -> QuerySet[Reading]:
    """Offices that name a contact person who is no longer public."""
    named: dict[str, list[str]] = {
        key: people or []
        for key, people in ReleasedPage.objects.filter(kind="office", state=_LIVE).values_list(
            "pk", "content__extra__links__people"
        )
    }
    wanted = {person for people in named.values() for person in people}
    there = set(ReleasedPage.objects.filter(pk__in=wanted, state=_LIVE).values_list("pk", flat=True))
    gone = [key for key, people in named.items() if set(people) - there]
    return _public().filter(object_key__in=gone).order_by("path")


def said_dates(rows: Collection[Reading]) -> list[Aged]:
    """For `past_dates`."""
    return [
        Aged(
            row, f"Alle Termine in diesem Text sind vorbei, der letzte am {clock.german_date(row.last_day)}."
        )
        for row in rows
        if row.last_day
    ]


def said_ended(rows: Collection[Reading]) -> list[Aged]:
    """For `ended`, with who leads there. Two queries."""
    featured = _featured()
    leading: dict[str, list[str]] = defaultdict(list)
    links: Any = _links().filter(target__path__in=[row.path for row in rows]).order_by("reading__title")
    for path, title in links.values_list("target__path", "reading__title").distinct():
        leading[path].append(f"„{title}“")
    return [Aged(row, _said_ended(row, leading[row.path], featured)) for row in rows if row.last_day]


def said_people(rows: Collection[Reading]) -> list[Aged]:
    """For `without_person`."""
    said = "Eine Ansprechperson dieses Amtes ist nicht mehr auf der Website. Tragen Sie ein, wer jetzt zuständig ist."
    return [Aged(row, said) for row in rows]


def _said_ended(row: Reading, pages: list[str], featured: set[str]) -> str:
    places = ["die Startseite hebt sie hervor"] if row.object_key in featured else []
    if pages:
        more = " und weitere" if len(pages) > _NAMED else ""
        places.append(f"es verlinken auf sie: {', '.join(pages[:_NAMED])}{more}")
    assert row.last_day
    return f"Galt bis {clock.german_date(row.last_day)}, aber {'; '.join(places)}."


def _public() -> QuerySet[Reading]:
    return Reading.objects.filter(draft=False)


def _dated() -> list[str]:
    return [kind.key for kind in KINDS if kind.dated]


def _links() -> QuerySet[FoundLink]:
    return FoundLink.objects.filter(target__host="", reading__draft=False).exclude(reading__kind__in=_dated())


def _leading() -> QuerySet[FoundLink]:
    return _links().filter(target__path=OuterRef("path"))


def _featured() -> set[str]:
    rows: Any = ReleasedPage.objects.filter(kind="home", state=_LIVE)
    return {key for key in rows.values_list("content__extra__featured", flat=True) if key}
