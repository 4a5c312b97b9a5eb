"""What is asked of the index of dates, always with a bound: however many events there are, so many questions and so many rows.

Dates are read in their order until there are enough (`occurrence_order`), with filters those of the tag that has fewest in these days
(`tagged_date_order`); what began before the first day and lasts is few and asked for by itself. Words are looked for among events: few of
those are read by themselves, of many the first dates are soon found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.calendar.occurrence import (
    ORDER,
    EventTag,
    Occurrence,
)
from stadtnah.surfaces.website.offices import view as offices
from stadtnah.surfaces.website.search import narrowing
from stadtnah.surfaces.website.search.narrowing import ANY, Words

CATEGORY: Final = "category:"
PLACE: Final = "place:"
ACCESS: Final = "access:"
AUDIENCE: Final = "audience:"
FREE: Final = "free"
ONLINE: Final = "online"
_FEW: Final = 1_000  # events that are read by themselves
_MANY: Final = 2_000  # dates of a tag; beyond, the kind of tag says which is rarer
_SAMPLE: Final = 500  # dates that say which categories are frequent
_RARE_FIRST: Final = (PLACE, AUDIENCE, CATEGORY, ONLINE, ACCESS, FREE)


@dataclass(frozen=True, slots=True)
class Filters:
    """Tags of which an event must have every one, and words that must all stand in it."""

    tags: tuple[str, ...] = ()
    words: Words = ANY


NO_FILTERS: Final = Filters()


class Tag(NamedTuple):
    """A tag that any released event has. coming: whether one of them has a date to come."""

    key: str
    label: str
    coming: bool


def between(
    first: date, last: date, *, most: int, skip: int = 0, filters: Filters = NO_FILTERS
) -> list[Occurrence]:
    """The dates of released events of which anything falls on these days, in order, at most so many.

    Two queries, one more with several tags, one more with words.
    """
    keys = _fewest_first(filters.tags, first, last)
    rows = _with_words(Occurrence.objects.all(), keys, filters.words)
    before = list(_lasting(_tagged(rows, keys, "page"), first)[: skip + most])
    inside = _inside(rows, keys, first, last)
    start = max(0, skip - len(before))
    left = before[skip:]
    return left + list(inside[start : start + most - len(left)])


def of_days(days: Sequence[date], *, most: int) -> tuple[dict[date, list[Occurrence]], Counter[date]]:
    """Of each day the first dates that begin on it, and how many do; what lasts stands on the first day. Three queries."""
    first, last = days[0], days[-1]
    lasting = list(_lasting(Occurrence.objects.all(), first)[:_FEW])
    inside = Occurrence.objects.filter(first_day__gte=first, first_day__lte=last)
    numbers = Counter(dict(inside.order_by().values_list("first_day").annotate(number=Count("*"))))
    found: dict[date, list[Occurrence]] = {}
    for row in Occurrence.objects.raw(*_first_of_each(days, most)):
        found.setdefault(row.first_day, []).append(row)
    if lasting:
        numbers[first] += len(lasting)
        found[first] = [*lasting, *found.get(first, ())][:most]
    return {day: found[day] for day in sorted(found)}, numbers


def pages(first: date, last: date) -> QuerySet[Occurrence, Any]:
    """The keys of all events with a date on these days, in no order. For who asks for few days."""
    inside = Q(first_day__gte=first, first_day__lte=last)
    under_way = Q(long=True, last_day__gte=first, first_day__lt=first)
    return Occurrence.objects.filter(inside | under_way).order_by().values_list("page_id").distinct()


def nearest(first: date, today: date, last: date, *, most: int) -> list[str]:
    """The keys of the events next to today: those to come, the next one first, then those just over, the last one first.

    `most` dates are looked at, so of a series there is less to see than of many single events. Three queries.
    """
    found: dict[str, None] = {}
    for pages in _near(first, today, last, most):
        found |= dict.fromkeys(pages)
    return list(found)


def near_tags(first: date, today: date, last: date, *, most: int) -> dict[str, frozenset[str]]:
    """The categories and places of the same events. Three queries, as there may be more of them than a query takes keys."""
    chosen = Q(key__startswith=CATEGORY) | Q(key__startswith=PLACE)
    rows = EventTag.objects.filter(chosen)
    found: dict[str, set[str]] = {}
    for pages in _near(first, today, last, most):
        for page, key in rows.filter(page__in=pages).values_list("page_id", "key"):
            found.setdefault(page, set()).add(key)
    return {page: frozenset(some) for page, some in found.items()}


def _near(first: date, today: date, last: date, most: int) -> list[QuerySet[Occurrence, str]]:
    every = Occurrence.objects.all()
    now = _lasting(every, today)
    ahead = every.filter(first_day__gte=today, first_day__lte=last).order_by(*ORDER)
    back = every.filter(first_day__lt=today, last_day__gte=first).order_by(*(f"-{name}" for name in ORDER))
    return [rows.values_list("page_id", flat=True)[:most] for rows in (now, ahead, back)]


def tags_of(keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """The tags of these events. One query."""
    found: dict[str, set[str]] = {}
    for page, key in EventTag.objects.filter(page__in=list(keys)).values_list("page_id", "key"):
        found.setdefault(page, set()).add(key)
    return {page: frozenset(some) for page, some in found.items()}


def tags() -> list[Tag]:
    """Every tag there is, by its key. One query that jumps from each to the next, so that it takes as long as there are tags."""
    return lists.once("event-tags", _tags)


def categories() -> list[tuple[str, str]]:
    """(slug, label) of each category with dates to come, those first of which the next dates have most. Two queries."""
    return lists.once("event-categories", _categories)


def anything() -> bool:
    """Whether there is any date to come."""
    today = offices.today()
    return (
        Occurrence.objects.filter(first_day__gte=today).exists()
        or _lasting(Occurrence.objects.all(), today).exists()
    )


def _categories() -> list[tuple[str, str]]:
    rows = Occurrence.objects.filter(first_day__gte=offices.today()).order_by(*ORDER)
    soon = EventTag.objects.filter(
        key__startswith=CATEGORY, page__in=rows.values_list("page_id", flat=True)[:_SAMPLE]
    )
    often = dict(soon.order_by().values_list("key").annotate(number=Count("pk")))
    known = [tag for tag in tags() if tag.coming and tag.key.startswith(CATEGORY)]
    known.sort(key=lambda tag: (-often.get(tag.key, 0), tag.key))
    return [(tag.key.removeprefix(CATEGORY), tag.label) for tag in known]


def _lasting(rows: QuerySet[Occurrence], first: date) -> QuerySet[Occurrence]:
    """What began before that day and is not over."""
    return rows.filter(long=True, last_day__gte=first, first_day__lt=first).order_by(*ORDER)


def _inside(rows: QuerySet[Occurrence], keys: Sequence[str], first: date, last: date) -> QuerySet[Occurrence]:
    """Those that begin on these days, in order: read under the first of these tags, and looked at for the others."""
    if not keys:
        return rows.filter(first_day__gte=first, first_day__lte=last).order_by(*ORDER)
    rows = rows.filter(tagged__key=keys[0], tagged__first_day__gte=first, tagged__first_day__lte=last)
    return _tagged(rows, keys[1:], "page").order_by("tagged__first_day", "tagged__starts", *ORDER[2:])


def _fewest_first(tags: Iterable[str], first: date, last: date) -> list[str]:
    """The tags, that with the fewest dates on these days first, counted up to where it makes no difference. One query for several."""
    keys = sorted(set(tags))
    if len(keys) <= 1:
        return keys
    days = [connection.ops.adapt_datefield_value(day) for day in (first, last)]
    with connection.cursor() as cursor:
        one = f"(SELECT COUNT(*) FROM ({_SOME_OF_TAG}) AS few)"  # noqa: S608 - our own names
        params = [value for key in keys for value in (key, *days, _MANY)]
        cursor.execute(f"SELECT {', '.join([one] * len(keys))}", params)
        numbers = dict(zip(keys, cursor.fetchone(), strict=True))
    return sorted(keys, key=lambda key: (numbers[key], [not key.startswith(kind) for kind in _RARE_FIRST]))


def _with_words(rows: QuerySet[Occurrence], keys: Sequence[str], words: Words) -> QuerySet[Occurrence]:
    """The dates of the events in which all words stand; when few events with these tags have them, of those."""
    if not words.parts:
        return rows
    few = list(_tagged(narrowing.pages(words), keys, "entry__source")[: _FEW + 1])
    if len(few) <= _FEW:
        return rows.filter(page__in=few)
    return rows.filter(narrowing.has_all(words, OuterRef("page")))


def _tagged(rows: QuerySet[Any, Any], keys: Sequence[str], page: str) -> QuerySet[Any, Any]:
    for key in keys:
        rows = rows.filter(Exists(EventTag.objects.filter(key=key, page=OuterRef(page))))
    return rows


def _first_of_each(days: Sequence[date], most: int) -> tuple[str, list[Any]]:
    """SQL: of each day the first dates. Django cannot ask for parts of a union on SQLite."""
    table = connection.ops.quote_name(Occurrence._meta.db_table)  # noqa: SLF001 - Django's public way to its names
    one = (
        f"SELECT * FROM (SELECT * FROM {table} WHERE first_day = %s ORDER BY starts, title, id LIMIT %s) AS "  # noqa: S608 - our own names
    )
    params = [value for day in days for value in (connection.ops.adapt_datefield_value(day), most)]
    return " UNION ALL ".join(f"{one}day_{number}" for number in range(len(days))), params


def _tags() -> list[Tag]:
    today = connection.ops.adapt_datefield_value(offices.today())
    with connection.cursor() as cursor:
        cursor.execute(_EVERY_TAG, [today, today])
        return [Tag(key, label, bool(coming)) for key, label, coming in cursor.fetchall()]


_SOME_OF_TAG: Final = (
    'SELECT 1 FROM calendar_taggeddate WHERE "key" = %s AND first_day >= %s AND first_day <= %s LIMIT %s'
)

# PostgreSQL and SQLite read all rows for DISTINCT; this asks the index for the next key after each.
_EVERY_TAG: Final = """
WITH RECURSIVE known(name) AS (
    SELECT MIN("key") FROM calendar_eventtag
    UNION ALL
    SELECT (SELECT MIN(t."key") FROM calendar_eventtag t WHERE t."key" > known.name) FROM known WHERE known.name IS NOT NULL
)
SELECT name,
    (SELECT t.label FROM calendar_eventtag t WHERE t."key" = name ORDER BY t.page_id LIMIT 1),
    EXISTS (
        SELECT 1 FROM calendar_eventtag t JOIN calendar_occurrence o ON o.page_id = t.page_id
        WHERE t."key" = name AND (o.first_day >= %s OR o.last_day >= %s)
    )
FROM known WHERE name IS NOT NULL ORDER BY name
"""
