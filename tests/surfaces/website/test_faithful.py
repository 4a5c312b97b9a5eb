"""Whoever writes into the website's own copy, past every door, shows the public nothing that was not released."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import snapshot
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import bake, faithful, feeds, publish, store, sweep, town_facts
from stadtnah.surfaces.website.models import ReleasedPage, StaleUse
from tests.surfaces.website.conftest import message, page, released, releaser

pytestmark = pytest.mark.django_db
NEVER = "Nie freigegeben"


def sql(table: str, column: str, value: object, where: str = "1=1") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", [value])


def text(path: str) -> str:
    return store.public_file(path).read_text()


@pytest.fixture
def made(town: Town) -> Content:
    content = message(1)
    publish.put_live(content, released(content))
    other = page("plan", extra={"kind": "page", "menu": "main"})
    publish.put_live(other, released(other))
    publish.settle()
    return content


def forge(**changes: Any) -> None:
    row = ReleasedPage.objects.get(kind="message")
    value = {**row.content, **changes}
    sql("website_releasedpage", "content", json.dumps(value), "kind = 'message'")


@pytest.mark.parametrize("bakes", [bake.bake_all, lambda: publish.touch("town"), sweep.heal])
def test_a_changed_row_shows_what_was_released(
    made: Content, bakes: Any, caplog: pytest.LogCaptureFixture
) -> None:
    forge(title=NEVER, teaser=NEVER)
    assert faithful.differing() == [made.path]
    bakes()
    publish.settle()
    for path in (made.path, f"/en{made.path}", "/aktuelles/", "/", "/feeds/atom.xml"):
        assert NEVER not in text(path), path
    assert made.title in text("/aktuelles/")
    assert ReleasedPage.objects.get(kind="message").content == made.to_json()
    assert faithful.differing() == []
    assert made.path in caplog.text
    assert Entry.objects.get(event="website.put_back").subject == made.object_key


def test_a_page_that_is_baked_alone_is_asked_too(made: Content) -> None:
    forge(title=NEVER)
    bake.bake([made.path])
    assert NEVER not in text(made.path)
    assert StaleUse.objects.filter(used="list:news").exists()


@pytest.mark.parametrize("broken", ['{"title": "Nie freigegeben"}', "[]", "1", "null"])
def test_a_row_that_holds_no_content_is_put_back(made: Content, broken: str) -> None:
    sql("website_releasedpage", "content", broken, "kind = 'message'")
    bake.bake_all()
    assert made.title in text(made.path)


def test_a_withdrawn_page_is_not_made_live_by_hand(made: Content) -> None:
    body = snapshot.withdrawal_body(made.object_key, made.title, number=2, previous=released(made))
    publish.withdraw(made.object_key, snapshot.store(body, by=releaser()).digest)
    publish.settle()
    sql("website_releasedpage", "state", "live", "kind = 'message'")
    assert faithful.differing() == [made.path]
    bake.bake_all()
    publish.settle()
    assert not store.public_file(made.path).exists()
    assert made.title not in text("/aktuelles/")
    assert ReleasedPage.objects.get(kind="message").state == "withdrawn"


def test_a_row_with_the_release_of_another_page_is_not_shown(made: Content) -> None:
    other = message(2, title=NEVER)
    sql("website_releasedpage", "digest", released(other), "kind = 'message'")
    forge(**{**other.to_json(), "path": made.path})
    bake.bake_all()
    publish.settle()
    assert not store.public_file(made.path).exists()
    assert NEVER not in text("/aktuelles/")


def test_a_row_that_names_no_release_is_reported(made: Content) -> None:
    sql("website_releasedpage", "digest", "f" * 64, "kind = 'message'")
    assert faithful.differing() == [made.path]
    assert made.path in " ".join(sweep.differences().sentences())


def test_a_row_that_names_no_release_is_withdrawn_within_the_hour_and_said_once(made: Content) -> None:
    sql("website_releasedpage", "digest", "f" * 64, "kind = 'message'")
    forge(title=NEVER)
    assert sweep.heal().forged == (made.path,)
    publish.settle()
    assert not store.public_file(made.path).exists()
    assert NEVER not in text("/aktuelles/")
    assert NEVER not in text("/feeds/atom.xml")
    assert text("/plan/")
    assert sweep.heal().forged == ()
    assert Entry.objects.get(event="website.put_back").data["shown"] is False


@pytest.mark.parametrize("path", ["/aktuelles/", "/feeds/atom.xml"])
def test_on_a_large_website_lists_and_feeds_are_compared_when_they_are_made(
    made: Content, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(faithful, "LARGE", 0)
    forge(title=NEVER, teaser=NEVER)
    publish.touch("list:news")
    assert NEVER not in text(path)
    assert made.title in text(path)


def test_the_channel_of_the_feeds_compares_what_it_sends(made: Content) -> None:
    forge(title=NEVER)
    feeds.bake_feeds()
    assert NEVER not in text("/feeds/atom.xml")


def test_a_row_is_compared_once_in_either_spelling_of_its_json(made: Content) -> None:
    row = ReleasedPage.objects.get(kind="message")
    faithful.restore()
    faithful.true(row)
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            faithful.restore()
            faithful.true(row)
        assert len(queries) == 2


def test_the_facts_of_the_municipality_are_those_released(made: Content, town: Town) -> None:
    content = town_facts.content({**town_facts.facts(town), "phone": "069 111"})
    town_facts.put_live(content, released(content))
    publish.settle()
    assert "069 111" in text("/")
    sql("town_town", "phone", "069 666")
    assert faithful.differing() == ["/"]
    bake.bake_all()
    assert "069 111" in text("/")
    assert "069 666" not in text("/")
    assert faithful.differing() == []


def test_what_is_as_released_costs_two_queries_once_it_is_known(made: Content) -> None:
    faithful.restore()
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert faithful.restore() == 0
        assert len(queries) == 2
    more = message(3)
    publish.put_live(more, released(more))
    faithful.restore()
    with CaptureQueriesContext(connection) as queries:
        faithful.restore()
    assert len(queries) == 2
    assert not Entry.objects.filter(event="website.put_back").exists()
