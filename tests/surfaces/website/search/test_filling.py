"""The shortcut by which benchmarks fill the index makes what the product makes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from bench.searching.filling import Filling, without_indexes
from bench.searching.pages import Writer
from stadtnah.surfaces.website.search import index
from stadtnah.surfaces.website.search.models import Entry, Misspelling, Posting, Tally, Term
from tests.factories import demo_town

pytestmark = pytest.mark.django_db

WORDS = (
    "Sperrmüll Abholung Rathaus Bürgerbüro Wasser Straße gesperrt am Montag und Schul-Anmeldung für Kinder"
)


def indexed() -> dict[str, Any]:
    return {
        "entries": sorted(
            Entry.objects.values_list("source", "shape", "facet", "title", "text", "stems", "day")
        ),
        "terms": sorted(Term.objects.values_list("stem", "back", "entries")),
        "postings": sorted(
            Posting.objects.values_list("term__stem", "entry__source", "facet", "weight", "day")
        ),
        "misspellings": sorted(Misspelling.objects.values_list("key", "term__stem")),
        "tally": Tally.objects.get().entries,
    }


def test_it_fills_as_the_product_does(db: None) -> None:
    rows = demo_town.make_live(list(Writer([WORDS]).pages(0, 40)))
    index.renew(row.pk for row in rows)
    expected = indexed()
    for model in (Misspelling, Posting, Entry, Term, Tally):
        model.objects.all().delete()
    filling = Filling()
    filling.add(rows[:25])
    filling.add(rows[25:])
    assert indexed() == expected


def test_indexes_are_there_again(db: None) -> None:
    def named() -> set[str]:
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, Posting._meta.db_table))

    before = named()
    with without_indexes(Posting):
        assert named() < before
    assert named() == before
