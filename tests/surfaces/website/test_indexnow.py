"""IndexNow: off until it is wanted, told after the release, never in its way."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import time_machine

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import indexnow, publish, store, tasks
from stadtnah.surfaces.website.models import StaleUse
from tests.surfaces.website.conftest import BASE, DIGEST, message

pytestmark = pytest.mark.django_db


class Engine(HTTPServer):
    """A search engine's end of it: keeps what it was told, answers `status`."""

    status = 202

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Engine

    def do_POST(self) -> None:
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def engine(settings: Any) -> Iterator[Engine]:
    running = Engine()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.STADTNAH_INDEXNOW_URL = f"http://127.0.0.1:{running.server_port}/indexnow"
    settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{running.server_port}"]
    settings.STADTNAH_INDEXNOW = True
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def test_it_is_off_by_default(town: Town, settings: Any) -> None:
    assert settings.STADTNAH_INDEXNOW is False
    publish.put_live(message(1), DIGEST)
    assert not StaleUse.objects.filter(used__startswith=indexnow.MARK).exists()
    assert indexnow.announce() == 0


def test_a_demo_tells_nobody(engine: Engine, town: Town, settings: Any) -> None:
    settings.STADTNAH_DEMO = True
    publish.put_live(message(1), DIGEST)
    assert not indexnow.waiting()
    assert indexnow.announce() == 0
    assert engine.told == []


def test_what_changed_is_told_in_one_request_with_a_key_that_can_be_looked_up(
    engine: Engine, town: Town
) -> None:
    publish.put_live(message(1), DIGEST)
    publish.put_live(message(2), DIGEST)
    publish.withdraw(message(2).object_key)
    publish.settle()
    assert indexnow.announce() == 2
    assert indexnow.announce() == 0
    (told,) = engine.told
    assert told["host"] == "localhost"
    assert told["urlList"] == [
        f"{BASE}{prefix}/aktuelles/2026/meldung-{number}/" for number in (1, 2) for prefix in ("", "/en")
    ]
    found = store.read(told["keyLocation"].removeprefix(BASE))
    assert found is not None
    assert found[1].decode() == told["key"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_refusal_is_tried_again_for_a_day(engine: Engine, town: Town, status: int) -> None:
    publish.put_live(message(1), DIGEST)
    engine.status = status
    assert indexnow.announce() == 0
    assert indexnow.waiting()
    engine.status = 200
    assert indexnow.announce() == 1
    publish.put_live(message(1, title="Anders"), "b" * 64)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert indexnow.announce() == 0
        assert not indexnow.waiting()


def test_nobody_there_harms_no_release(engine: Engine, town: Town, settings: Any) -> None:
    settings.STADTNAH_INDEXNOW_URL = "http://127.0.0.1:9/indexnow"
    settings.STADTNAH_NET_ALLOW = ["127.0.0.1:9"]
    publish.put_live(message(1), DIGEST)
    assert publish.settle()
    assert store.read("/aktuelles/2026/meldung-1/") is not None
    assert indexnow.announce() == 0
    assert indexnow.waiting()


def test_the_ticker_asks_for_one_job(engine: Engine, town: Town) -> None:
    from django_tasks_db.models import DBTaskResult

    def asked() -> int:
        return DBTaskResult.objects.filter(task_path=tasks.announce.module_path).count()

    tasks.wake_indexnow()
    before = asked()
    publish.put_live(message(1), DIGEST)
    tasks.wake_indexnow()
    tasks.wake_indexnow()
    assert asked() == before + 1
