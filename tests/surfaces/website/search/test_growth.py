"""A search costs the same on a large website: as many queries, each by an index, and no word's every place is read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.searching.filling import Filling
from bench.searching.pages import Writer
from stadtnah.surfaces.website.search import index, reading, results
from stadtnah.surfaces.website.search.models import Posting
from tests.factories import demo_town, plans

pytestmark = pytest.mark.django_db

WORDS = "Sperrmüll Abholung Rathaus Bürgerbüro Wasser Straße gesperrt Montag Anmeldung Kinder Ausweis Gebühr"
QUESTION = "Sperrmüll Abholung im Rathaus"
LARGE = ("search_posting", "search_entry", "search_term", "search_misspelling")


@pytest.fixture
def grow(db: None) -> Any:
    index.catch_up()  # the words of the synonyms
    writer, filling = Writer([WORDS]), Filling()

    def more(first: int, count: int) -> None:
        filling.add(demo_town.make_live(list(writer.pages(first, count))))

    return more


def asked() -> list[str]:
    with CaptureQueriesContext(connection) as spent:
        assert results.show(results.Wanted(QUESTION)).total > 0
    return [one["sql"] for one in spent]


def test_few_and_many_pages_cost_the_same_queries(grow: Any) -> None:
    grow(0, 160)
    assert Posting.objects.count() > 160 * 10
    few = len(asked())
    grow(160, 200)
    assert len(asked()) - few <= 1  # a word that stands in more than `LIGHT` entries is asked for once more
    many = len(asked())
    grow(360, 200)
    assert len(asked()) == many <= 10


def test_no_search_reads_a_table_from_end_to_end(grow: Any) -> None:
    grow(0, 2 * reading.LIGHT)
    for sql in asked():
        assert plans.read_whole(sql, LARGE) == [], sql


def test_what_frequent_words_say_of_what_was_found_is_read_by_entry(grow: Any) -> None:
    grow(0, 2 * reading.LIGHT)
    by_entry = [sql for sql in asked() if "WHERE entry_id IN" in sql]
    assert len(by_entry) == 1
    assert plans.read_whole(by_entry[0], LARGE) == []
    if (
        connection.vendor == "sqlite"
    ):  # PostgreSQL weighs by its statistics which of two indexes is the shorter way
        assert "COVERING INDEX search_of_entry" in " ".join(plans.plan(by_entry[0]))
