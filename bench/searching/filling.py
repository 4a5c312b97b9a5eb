"""The index of a large website at once: by the product's own words and weights, without its way of many small transactions.

What comes out is what `search.index` makes page by page (tests/surfaces/website/search/test_filling.py); it takes a tenth of the time.
"""

# ruff: noqa: PLC0415, SLF001 - Django can only be imported when it is set up; `_meta` is its public way to its names; names of our own

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


class Filling:
    """Adds released rows to the index; the words it knows are kept between two calls."""

    def __init__(self) -> None:
        from stadtnah.surfaces.website.search.models import Entry, Misspelling, Posting, Term

        self._tables = (Entry, Term, Posting, Misspelling)
        self._numbers = [self._last(model) for model in self._tables]
        self._terms: dict[str, int] = dict(Term.objects.values_list("stem", "pk"))

    def add(self, rows: Iterable[Any]) -> None:
        """These pages, as `index.renew` would."""
        from stadtnah.surfaces.website.search import entries, index, spelling
        from stadtnah.surfaces.website.search.letters import backwards
        from stadtnah.surfaces.website.search.models import Entry, Misspelling, Posting, Tally, Term

        made, terms, postings, mistakes = [], [], [], []
        counts: Counter[int] = Counter()
        for row in rows:
            for found in entries.of_row(row):
                entry = index._entry(row, found)
                entry.pk = self._next(0)
                made.append(entry)
                shown: dict[str, str] = {}
                for stem, weight in found.weights().items():
                    pk = self._terms.get(stem)
                    if pk is None:
                        pk = self._terms[stem] = self._next(1)
                        shown = shown or found.shown()
                        terms.append((pk, stem, backwards(stem), shown[stem][:80], 0, False))
                        mistakes += [(self._next(3), key, pk) for key in spelling.keys(stem)]
                    counts[pk] += 1
                    postings.append((self._next(2), pk, entry.pk, entry.facet, weight, entry.day))
        with transaction.atomic():
            Entry.objects.bulk_create(made, batch_size=500)
            put(Term, "id, stem, back, shown, entries, known", terms)
            put(Posting, "id, term_id, entry_id, facet, weight, day", postings)
            put(Misspelling, "id, key, term_id", mistakes)
            table = connection.ops.quote_name(Term._meta.db_table)
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {table} SET entries = entries + %s WHERE id = %s",
                    [(count, pk) for pk, count in counts.items()],
                )
            Tally.objects.update_or_create(pk=1, defaults={"entries": Entry.objects.count()})

    def _next(self, at: int) -> int:
        self._numbers[at] += 1
        return self._numbers[at]

    @staticmethod
    def _last(model: Any) -> int:
        from django.db.models import Max

        return int(model.objects.aggregate(last=Max("pk"))["last"] or 0)


def put(model: Any, columns: str, values: Sequence[tuple[Any, ...]]) -> None:
    """Rows past the models: there are millions."""
    if not values:
        return
    table, marks = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(values[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


# Name and statement of each index that keeps no constraint.
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname) AND tablename IN",
}


@contextmanager
def without_indexes(*models: Any) -> Iterator[None]:
    """Their indexes are taken down for the block and made anew after it, which is what databases are best at."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(f"{_INDEXES[connection.vendor]} ({', '.join(['%s'] * len(tables))})", tables)
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f'DROP INDEX "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in found:
                cursor.execute(sql)
