"""Lists of a town that has published for years: they end in the archive, and each page costs what it cost before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import bake, lists, publish, store
from tests.factories import many, plans
from tests.surfaces.website.conftest import DIGEST, OTHER, message

pytestmark = pytest.mark.django_db


def grown(first: int, last: int) -> None:
    """Released messages, one a day backwards."""
    now = clock.local(clock.now()).date()
    days = [(now - timedelta(days=number)).isoformat() for number in range(first, last)]
    contents = [message(number, dated=day) for number, day in enumerate(days, start=first)]
    many.public(contents, [f"{number:064x}" for number in range(first, last)])


def baking(paths: set[str]) -> int:
    with CaptureQueriesContext(connection) as queries, lists.one_pass():
        bake.bake(paths)
    return len(queries)


def test_the_list_ends_in_the_archive(town: Town) -> None:
    grown(0, lists.MOST_PAGES * lists.PER_PAGE + 30)
    last = f"/aktuelles/seite/{lists.MOST_PAGES}/"
    assert last in lists.all_paths()
    assert f"/aktuelles/seite/{lists.MOST_PAGES + 1}/" not in lists.all_paths()
    assert lists.listing(f"/aktuelles/seite/{lists.MOST_PAGES + 1}/") is None
    bake.bake({last, "/aktuelles/seite/2/"})
    found, second = store.read(last), store.read("/aktuelles/seite/2/")
    assert found is not None
    assert second is not None
    assert "Ältere Meldungen stehen im Archiv." in found[1].decode()
    assert "Ältere Meldungen stehen im Archiv." not in second[1].decode()


def test_a_message_beyond_the_list_is_in_its_month(town: Town) -> None:
    grown(0, lists.MOST_PAGES * lists.PER_PAGE + 30)
    oldest = lists.live().last()
    month = lists.listing(lists.month_path(lists.month_of(oldest)))
    assert month is not None
    assert oldest.object_key in {item.key for item in month.items}


def test_a_list_costs_the_same_queries_however_many_messages(town: Town) -> None:
    grown(0, 40)
    paths = {"/aktuelles/", "/aktuelles/seite/2/", "/aktuelles/rubrik/verkehr/"}
    bake.bake(paths)
    few = baking(paths)
    grown(40, 400)
    bake.bake(paths)
    assert baking(paths) == few


def test_lists_of_few_and_of_many_cost_the_same_queries_on_their_own(town: Town) -> None:
    paths = ("/", "/aktuelles/", "/aktuelles/seite/2/", "/aktuelles/rubrik/verkehr/", "/aktuelles/archiv/")

    def costs() -> list[int]:
        found = []
        for path in paths:
            bake.sheet(path)
            with CaptureQueriesContext(connection) as queries:
                assert bake.sheet(path) is not None, path
            found.append(len(queries))
        return found

    grown(0, 40)
    few = costs()
    grown(40, 240)
    assert costs() == few


def test_counts_of_months_and_categories_are_right(town: Town) -> None:
    day = clock.local(clock.now()).date().replace(day=1)
    before = (day - timedelta(days=1)).isoformat()
    written = [
        message(1, dated=day.isoformat()),
        message(2, dated=before, category="umwelt", category_label="Umwelt"),
        message(3, dated=before),
        message(4, dated=before, category="", category_label=""),
    ]
    for content in written:
        publish.put_live(content, DIGEST)
    assert lists.months() == [(f"{day:%Y-%m}", 1), (before[:7], 3)]
    assert lists.categories() == [("umwelt", "Umwelt", 1), ("verkehr", "Verkehr", 2)]
    publish.put_live(message(3, dated=day.isoformat(), category_label="Straßen"), OTHER)
    publish.put_live(message(1, dated=before), OTHER)
    publish.withdraw(written[1].object_key)
    assert lists.months() == [(f"{day:%Y-%m}", 1), (before[:7], 2)]
    assert lists.categories() == [("verkehr", "Straßen", 2)]  # as the newest message calls it


def test_what_lists_count_is_read_from_an_index_alone(town: Town) -> None:
    grown(0, 40)
    with CaptureQueriesContext(connection) as queries:
        lists.tallies()
    steps = " ".join(plans.plan(queries[0]["sql"]))
    assert "released_months" in steps
    assert "TEMP B-TREE" not in steps


def test_no_more_messages_are_counted_than_a_list_shows(town: Town) -> None:
    grown(0, 40)
    with CaptureQueriesContext(connection) as queries:
        lists.listing("/aktuelles/")
    assert f"LIMIT {lists.MOST_PAGES * lists.PER_PAGE}" in queries[0]["sql"]


def test_what_one_pass_counted_is_forgotten_after_it(town: Town) -> None:
    publish.put_live(message(1), DIGEST)
    with lists.one_pass():
        assert lists.categories() == [("verkehr", "Verkehr", 1)]
        grown(2, 3)
        assert lists.categories() == [("verkehr", "Verkehr", 1)]
    assert lists.categories() == [("verkehr", "Verkehr", 2)]
