"""The queries of a search. Each reads a bounded number of rows, however large the website is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from stadtnah.surfaces.website.search.letters import backwards
from stadtnah.surfaces.website.search.models import Entry, Facet, Misspelling, Posting, SitePosting, Term

LIGHT: Final = 150  # entries: a word that stands in no more is read in full
HEAVIEST: Final = 25  # of a word that stands in more, for each facet
_NEAR: Final = 200  # words compared letter by letter
_COMPOUNDS: Final = 10  # of a word, at each end


class Known(NamedTuple):
    """A word of the index."""

    pk: int
    stem: str
    shown: str
    entries: int


class Stands(NamedTuple):
    """A word stands in an entry."""

    term: int
    entry: int
    facet: int
    weight: int
    day: int


def terms(stems: Iterable[str]) -> dict[str, Known]:
    """Those that the index knows."""
    asked = sorted(stems)
    return {found.stem: found for found in _known(Term.objects.filter(stem__in=asked))} if asked else {}


def near(keys: Iterable[int]) -> dict[str, Known]:
    """Words that share a way to be misspelled."""
    ids = Misspelling.objects.filter(key__in=sorted(keys)).values("term")
    return {found.stem: found for found in _known(Term.objects.filter(pk__in=ids)[:_NEAR])}


def _known(rows: QuerySet[Term]) -> Iterator[Known]:
    for pk, stem, shown, entries in rows.values_list("pk", "stem", "shown", "entries"):
        yield Known(pk, stem, shown, entries)


def compounds(beginnings: Sequence[str], ends: Sequence[str]) -> list[tuple[int, Known]]:
    """Words with one of these at the beginning or the end, for each the most frequent; with the place of it in both rows together."""
    table = Term._meta.db_table  # noqa: SLF001 - Django's public way to its names
    selects: list[str] = []
    values: list[Any] = []
    for column, texts in (("stem", beginnings), ("back", [backwards(end) for end in ends])):
        for text in texts:
            condition, bounds = _starting(column, text)
            selects.append(
                f"SELECT * FROM (SELECT {len(selects)} AS place, id, stem, shown, entries FROM {table} "  # noqa: S608 - names of our own
                f"WHERE {condition} AND entries > 0 ORDER BY entries DESC LIMIT {_COMPOUNDS}) AS part"
            )
            values += bounds
    return [(place, Known(*row)) for place, *row in _union(selects, values)]


def _starting(column: str, text: str) -> tuple[str, list[str]]:
    """Both databases find it by the index: SQLite compares bytes, PostgreSQL has an index for LIKE beside the plain one."""
    if connection.vendor == "sqlite":
        return f"{column} > %s AND {column} < %s", [text, f"{text}\U0010ffff"]
    return f"{column} LIKE %s AND {column} <> %s", [f"{text}%", text]


def standing(found: Sequence[Known], since: int = 0, sites: Sequence[int] = ()) -> list[Stands]:
    """Where these words stand: everywhere for most, where it says most for those that stand nearly everywhere.

    `since`: news must not be older (`date.toordinal`). `sites`: numbers of a member site, whose entries alone are looked at.
    """
    light = [one.pk for one in found if one.entries <= LIGHT]
    heavy = [one.pk for one in found if one.entries > LIGHT]
    model = SitePosting if sites else Posting
    table = model._meta.db_table  # noqa: SLF001 - Django's public way to its names
    columns = "term_id, entry_id, facet, weight, day"
    selects: list[str] = []
    values: list[Any] = []
    for site in sites or (None,):
        there = "" if site is None else f"site = {int(site)} AND "
        if light:
            selects.append(f"SELECT {columns} FROM {table} WHERE {there}term_id IN ({_marks(light)})")  # noqa: S608 - names and numbers of our own
            values += light
        for pk, facet in product(heavy, Facet):
            aged = f" AND day >= {int(since)}" if since and facet is Facet.NEWS else ""
            selects.append(
                f"SELECT * FROM (SELECT {columns} FROM {table} WHERE {there}term_id = %s AND facet = %s{aged} "  # noqa: S608 - as above
                f"ORDER BY weight DESC LIMIT {HEAVIEST}) AS part"
            )
            values += [pk, int(facet)]
    return [Stands(*row) for row in _union(selects, values)] if sites else _union(selects, values)


def cut(stands: Iterable[Stands]) -> bool:
    """Whether a word may stand in more entries of a site than were read."""
    counts = Counter((one.term, one.facet) for one in stands)
    return max(counts.values(), default=0) >= HEAVIEST


def weights(found: Sequence[Known], entries: Mapping[int, tuple[int, int]]) -> list[Stands]:
    """What frequent words say about entries that were found by others, given with their facet and day.

    Those are not asked for: with them no index by entry holds all of it, and every place of such a word would be read.
    """
    heavy = [one.pk for one in found if one.entries > LIGHT]
    if not heavy or not entries:
        return []
    table = Posting._meta.db_table  # noqa: SLF001 - Django's public way to its names
    select = (
        f"SELECT term_id, entry_id, weight FROM {table} "  # noqa: S608 - names of our own
        f"WHERE entry_id IN ({_marks(entries)}) AND term_id IN ({_marks(heavy)})"
    )
    rows = _union([select], [*sorted(entries), *heavy])
    return [Stands(term, entry, entries[entry][0], weight, entries[entry][1]) for term, entry, weight in rows]


def titles(entries: Sequence[int]) -> dict[int, str]:
    """The stems of their titles."""
    return dict(Entry.objects.filter(pk__in=entries).values_list("pk", "stems"))


def _marks(values: Collection[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _union(selects: Sequence[str], values: Sequence[Any]) -> list[Any]:
    if not selects:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), values)
        return list(cursor.fetchall())
