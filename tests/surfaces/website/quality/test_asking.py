"""Links to other websites: asked politely, called broken only after two failures a day apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website.quality import asking, reading, rules
from stadtnah.surfaces.website.quality.asking import Answer
from stadtnah.surfaces.website.quality.models import Rules, Target
from tests.kernel.net.conftest import Hostile
from tests.kernel.net.test_client import reply
from tests.surfaces.website.quality.conftest import linking, live, said

pytestmark = pytest.mark.django_db
State = Target.State
DAY = timedelta(days=1)


def methods(hostile: Hostile) -> list[str]:
    return [request.split(b" ", 1)[0].decode() for request in hostile.seen]


@pytest.mark.parametrize(
    ("status", "reached", "asked"),
    [
        ("200 OK", True, ["HEAD"]),
        ("404 Not Found", False, ["HEAD", "GET"]),
        ("410 Gone", False, ["HEAD", "GET"]),
        ("500 Oops", False, ["HEAD", "GET"]),
        ("403 Forbidden", None, ["HEAD", "GET"]),
        ("429 Too Many Requests", None, ["HEAD"]),
        ("503 Busy", None, ["HEAD"]),
    ],
)
def test_what_an_answer_means(hostile: Hostile, status: str, reached: bool | None, asked: list[str]) -> None:
    port = hostile.serve(reply(b"", status))
    answer = asking.ask(f"http://127.0.0.1:{port}/seite")
    assert answer.reached is reached
    assert bool(answer.reason) is (reached is not True)
    assert methods(hostile) == asked


def test_who_does_not_know_head_is_asked_with_get_and_not_read_to_the_end(hostile: Hostile) -> None:
    def answer(connection: Any, request: bytes) -> None:
        connection.sendall(reply(b"", "405 No") if request.startswith(b"HEAD") else reply(b"x" * 300_000))

    assert asking.ask(f"http://127.0.0.1:{hostile.serve(answer)}/").reached is True
    assert methods(hostile) == ["HEAD", "GET"]


def test_nobody_there_is_a_failure_and_our_own_network_is_none(hostile: Hostile) -> None:
    port = hostile.serve(b"")
    assert asking.ask(f"http://127.0.0.1:{port}/").reached is False
    inside = asking.ask("http://127.0.0.1:1/")
    assert inside.reached is None
    assert "internes Netz" in inside.reason


def test_broken_only_after_two_failures_a_day_apart(town: Town) -> None:
    live(linking("rathaus", "https://bund.example/a"))
    reading.catch_up(10)
    target, now = Target.objects.get(), clock.now()
    failed = Answer(False, "Die Seite gibt es dort nicht mehr (Antwort 404).")
    for hours, state in ((0, State.FAILED), (5, State.FAILED), (24, State.BROKEN)):
        asking.note(target, failed, now + timedelta(hours=hours))
        assert target.state == state
        assert (said() != {}) is (state == State.BROKEN)
    assert said() == {"/rathaus/": [("Link 1", failed.reason, "")]}
    asking.note(target, Answer(True), now + 2 * DAY)
    assert said() == {}
    asking.note(target, failed, now + 3 * DAY)
    assert said() == {}


def test_who_does_not_answer_programs_is_never_called_broken(town: Town) -> None:
    live(linking("rathaus", "https://bund.example/a"))
    reading.catch_up(10)
    target, now = Target.objects.get(), clock.now()
    for days in range(5):
        asking.note(
            target, Answer(None, "Die Website antwortet Programmen nicht (Antwort 403)."), now + days * DAY
        )
    assert said() == {}
    wanted = now + 9 * DAY
    asking.note(target, Answer(None, "Zu viel", wanted), now)
    assert target.next_at == wanted


def test_one_question_to_a_website_at_a_time(town: Town, hostile: Hostile) -> None:
    port = hostile.serve(reply())
    one = [f"http://127.0.0.1:{port}/{number}" for number in range(3)]
    live(linking("rathaus", *one))
    reading.catch_up(10)
    assert asking.waiting()
    assert asking.ask_some() == 1
    assert asking.ask_some() == 0
    assert not asking.waiting()
    Target.objects.update(asked_at=clock.now() - asking.PAUSE)
    assert asking.ask_some() == 1
    assert methods(hostile) == ["GET", "HEAD", "HEAD"]  # robots.txt once
    assert Target.objects.filter(state=State.FINE).count() == 2


def test_it_ends_when_other_work_waits(town: Town, hostile: Hostile) -> None:
    live(linking("rathaus", f"http://127.0.0.1:{hostile.serve(reply())}/"))
    reading.catch_up(10)
    assert asking.ask_some(stop=lambda: True) == 0
    assert hostile.seen == []


@pytest.mark.parametrize("how", ["town", "demo"])
def test_switched_off_nobody_is_asked(town: Town, hostile: Hostile, settings: Any, how: str) -> None:
    live(linking("rathaus", f"http://127.0.0.1:{hostile.serve(reply())}/"))
    reading.catch_up(10)
    assert asking.on()
    if how == "town":
        Rules.objects.create(ask_others=False)
        assert not rules.now().ask_others
    else:
        settings.STADTNAH_DEMO = True
    assert not asking.waiting()
    assert asking.ask_some() == 0
    assert hostile.seen == []


@pytest.mark.parametrize(
    ("robots_txt", "asked"),
    [
        (reply(b"User-agent: *\nDisallow: /intern/"), False),
        (reply(b"User-agent: Stadtnah\nDisallow: /"), False),
        (reply(b"", "503 Busy"), False),
        (reply(b"User-agent: *\nDisallow: /anderes/"), True),
        (reply(b"", "404 Not Found"), True),
        (reply(b"User-agent: *\nDisallow: /", "403 Forbidden"), True),
        (reply(b"\xff" * 600_000), True),
    ],
)
def test_a_website_that_wants_no_programs_is_left_in_peace(
    town: Town, hostile: Hostile, robots_txt: bytes, asked: bool
) -> None:
    def answer(connection: Any, request: bytes) -> None:
        connection.sendall(robots_txt if b" /robots.txt " in request else reply())

    live(linking("rathaus", f"http://127.0.0.1:{hostile.serve(answer)}/intern/seite"))
    reading.catch_up(10)
    assert asking.ask_some() == 1
    assert methods(hostile) == (["GET", "HEAD"] if asked else ["GET"])
    assert Target.objects.get().state == (State.FINE if asked else State.UNCLEAR)
