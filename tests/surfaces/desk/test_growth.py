"""The desk of a municipality that has published for years: what it shows costs the same queries, whatever lies behind."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.surfaces.website import cms_order, founding
from stadtnah.surfaces.website.models import MessagePage
from tests.factories import many, plans
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

FEW, MANY = 30, 230


@pytest.fixture
def place(people: Cast) -> None:
    founding.lay_categories()
    founding.lay_tree("Willkommen", site_name="Beispielau")


def published(first: int, last: int, people: Cast) -> None:
    contents = list(many.written(first, last - first))
    many.public(contents, many.released(contents, by=people.ada, approver=people.freya))
    many.drafts(contents)


def costs(people: Cast, *paths: str) -> list[int]:
    ada, found = as_(people.ada), []
    for path in paths:
        ada.get(path)
        with CaptureQueriesContext(connection) as spent:
            assert ada.get(path).status_code == 200
        found.append(len(spent))
    return found


def test_overview_and_lists_cost_the_same_for_few_and_for_many(people: Cast, place: None) -> None:
    shown = ("/desk/", "/desk/meldungen/", "/desk/meldungen/?seite=2", "/desk/meldungen/?q=br%C3%BCcke")
    published(0, FEW, people)
    few = costs(people, *shown)
    published(FEW, MANY, people)
    assert costs(people, *shown, "/desk/meldungen/?seite=9", "/desk/seiten/")[: len(few)] == few


def test_the_text_of_thousands_is_not_read_to_find_those_of_a_status(people: Cast, place: None) -> None:
    published(0, FEW, people)
    ada = as_(people.ada)
    with CaptureQueriesContext(connection) as spent:
        shown = ada.get("/desk/meldungen/?status=delivered").content.decode()
    assert "Brücke wieder frei" in shown
    assert [one["sql"] for one in spent if '"website_messagepage"."body"' in one["sql"]] == []


def test_what_was_filled_in_is_what_the_desk_shows_of_a_release(people: Cast, place: None) -> None:
    published(0, 3, people)
    shown = as_(people.ada).get("/desk/meldungen/").content.decode()
    assert shown.count("Veröffentlicht") >= 3
    assert "Meldung 2: Brücke wieder frei" in shown


def test_the_newest_messages_are_read_in_the_order_of_an_index(people: Cast, place: None) -> None:
    published(0, FEW, people)
    newest = cms_order.newest_first(MessagePage)
    expected = MessagePage.objects.order_by("-latest_revision_created_at", "-pk").values_list("pk", flat=True)
    assert list(newest) == list(expected)
    steps = " ".join(plans.plan(str(newest.all()[:25].query)))
    assert cms_order.INDEX in steps
    assert "TEMP B-TREE" not in steps


def test_the_index_comes_back_when_the_cms_made_its_table_anew(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {cms_order.INDEX}")
        assert cms_order.INDEX not in connection.introspection.get_constraints(cursor, "wagtailcore_page")
    for _ in range(2):
        cms_order.install(connection.alias)
    with connection.cursor() as cursor:
        assert cms_order.INDEX in connection.introspection.get_constraints(cursor, "wagtailcore_page")


LARGE = (
    "publishing_snapshot", "publishing_releaserequest", "publishing_approval", "publishing_dispatch", "publishing_delivery",
    "wagtailcore_page", "website_messagepage", "website_releasedpage",
)  # fmt: skip


def test_no_screen_reads_a_large_table_from_end_to_end(people: Cast, place: None) -> None:
    published(0, FEW, people)
    ada = as_(people.ada)
    for path in ("/desk/", "/desk/meldungen/", "/desk/meldungen/?seite=2", "/desk/seiten/"):
        with CaptureQueriesContext(connection) as spent:
            ada.get(path)
        asked = [one["sql"] for one in spent if one["sql"].startswith("SELECT")]
        for sql in asked:
            assert plans.read_whole(sql, LARGE) == [], (path, sql)
