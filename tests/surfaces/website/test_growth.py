"""Lists of a town that has published for years: they end in the archive, and each page costs what it cost before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import bake, lists, publish, store
from stadtnah.surfaces.website.models import ReleasedPage
from tests.surfaces.website.conftest import DIGEST, message

pytestmark = pytest.mark.django_db


def grown(first: int, last: int) -> None:
    """Released messages, one a day backwards."""
    now = clock.now()
    rows = []
    for number in range(first, last):
        content = message(number)
        moment = now - timedelta(days=number)
        rows.append(
            ReleasedPage(
                object_key=content.object_key,
                digest=f"{number:064x}",
                path=content.path,
                parent_path="/aktuelles/2026/",
                kind="message",
                category="verkehr",
                content=content.to_json(),
                first_released_at=moment,
                updated_at=moment,
                sorted_by=moment,
            )
        )
    ReleasedPage.objects.bulk_create(rows)


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


def test_what_one_pass_counted_is_forgotten_after_it(town: Town) -> None:
    publish.put_live(message(1), DIGEST)
    with lists.one_pass():
        assert lists.categories() == [("verkehr", "Verkehr", 1)]
        grown(2, 3)
        assert lists.categories() == [("verkehr", "Verkehr", 1)]
    assert lists.categories() == [("verkehr", "Verkehr", 2)]
