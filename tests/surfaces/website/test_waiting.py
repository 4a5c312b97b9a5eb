"""A page that could not be made once is not forgotten: it is tried again, ever more seldom, until it shows what was released."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.models import F
from django.test import Client
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import publish, store, tasks, ticks, waiting
from stadtnah.surfaces.website.models import StaleUse
from tests.surfaces.website.conftest import DIGEST, OTHER, message

pytestmark = pytest.mark.django_db
LIST = "/aktuelles/"
SECRET = "Geheime Adresse der Zeugin"


class Locked:
    """The database refuses to note what this page uses, as a locked one does."""

    def __init__(self, path: str) -> None:
        self.path, self.on, self.asked = path, True, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "website_pageuse" in sql and self.path in (params or ()):
            self.asked += 1
            if self.on:
                raise DatabaseError("database is locked")
        return execute(sql, params, many, context)


@pytest.fixture
def locked(town: Town) -> Any:
    made = message(1, title=SECRET)
    publish.put_live(made, DIGEST)
    publish.settle()
    assert SECRET in text(LIST)
    publish.withdraw(made.object_key, OTHER)
    lock = Locked(LIST)
    with connection.execute_wrapper(lock):
        publish.settle()
        yield lock


def text(path: str) -> str:
    return store.public_file(path).read_text()


def time_passes(span: timedelta) -> None:
    StaleUse.objects.update(marked_at=F("marked_at") - span)


def test_a_list_that_failed_once_is_made_when_its_time_has_come(locked: Locked) -> None:
    assert StaleUse.objects.filter(used__startswith=waiting.MARK).exists()
    locked.on = False
    locked.asked = 0
    publish.settle()
    assert locked.asked == 0  # not at once: what fails all the time must not be made all the time
    time_passes(timedelta(seconds=11))
    assert LIST in publish.settle()
    assert SECRET not in text(LIST)
    assert waiting.count() == 0
    assert publish.settle() == []


def test_each_failure_makes_the_pause_longer_up_to_an_hour(locked: Locked) -> None:
    for _ in range(14):
        time_passes(timedelta(hours=1, seconds=1))
        publish.settle()
    assert waiting.count() == 1
    assert waiting.among([LIST, "/"]) == [LIST]
    row = StaleUse.objects.get(used__startswith=waiting.MARK)
    assert row.used.startswith(f"{waiting.MARK}15:")
    time_passes(timedelta(minutes=59))
    locked.asked = 0
    publish.settle()
    assert locked.asked == 0
    time_passes(timedelta(minutes=2))
    locked.on = False
    publish.settle()
    assert SECRET not in text(LIST)


def test_a_clock_that_went_back_does_not_hold_it_up(locked: Locked) -> None:
    locked.on = False
    time_passes(-timedelta(days=400))
    publish.settle()
    assert SECRET not in text(LIST)


def test_the_others_were_made_and_the_operator_sees_it(locked: Locked, client: Client) -> None:
    assert SECRET not in text("/")
    assert json.loads(client.get("/-/health").content)["pages_waiting"] == 1
    assert "stadtnah_pages_waiting 1" in client.get("/-/metrics").content.decode()
    locked.on = False
    time_passes(timedelta(minutes=1))
    publish.settle()
    assert json.loads(client.get("/-/health").content)["pages_waiting"] == 0


def test_a_feed_that_cannot_be_written_waits_alone_and_no_page_is_made_again_for_it(town: Town) -> None:
    publish.put_live(message(1), DIGEST)
    publish.settle()
    feed, index = (store.public_file(path) for path in ("/feeds/atom.xml", "/sitemap.xml"))
    for file in (feed, index):
        for twin in file.parent.glob(f"{file.name}*"):
            twin.unlink()
        file.mkdir()
    publish.put_live(message(2), OTHER)
    assert LIST in publish.settle()
    assert message(2).title in text(LIST)
    assert waiting.count() == 2
    assert publish.settle() == []
    for file in (feed, index):
        file.rmdir()
    time_passes(timedelta(seconds=11))
    assert publish.settle() == []
    assert message(2).title in feed.read_text()
    assert index.exists()
    assert waiting.count() == 0


def test_the_ticker_leaves_the_baking_to_a_worker(town: Town) -> None:
    DBTaskResult.objects.all().delete()
    publish.settle()
    assert not publish.due()
    ticks.settle_lists()
    assert not DBTaskResult.objects.exists()
    publish.put_live(message(1), DIGEST)
    ticks.settle_lists()
    ticks.settle_lists()
    row = DBTaskResult.objects.get()
    assert row.task_path == tasks.settle.module_path
    assert not store.public_file(LIST).exists()
    tasks.settle.call()
    assert message(1).title in text(LIST)
    assert not publish.due()
