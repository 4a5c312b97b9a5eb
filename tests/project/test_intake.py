"""Slow, endless and huge requests: Django sees none of them, and there is always a thread left for others."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stadtnah.project.intake import THREADS, Intake, Limits
from stadtnah.surfaces.website.serve import FILMS

FEW = Limits(
    threads=(2, 1), waiting=(4, 2), readers=5, each=3, largest=(1000, 100), patience=10, pace=10, streams=1
)


def test_whatever_comes_at_once_a_thread_is_left_for_the_pages() -> None:
    most = Limits()
    assert most.readers + sum(most.waiting) + most.streams + FILMS < THREADS


class Trickle:
    """A body that comes when the test says so."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = list(parts)
        self.asked, self.may_go_on = threading.Event(), threading.Event()

    def read(self, _size: int) -> bytes:
        self.asked.set()
        assert self.may_go_on.wait(60)
        return self.parts.pop(0) if self.parts else b""


class Answered:
    """Streams, and says when it was closed."""

    streaming = True

    def __init__(self) -> None:
        self.closed, self.threads = False, set[str]()

    def __iter__(self) -> Iterator[bytes]:
        for part in (b"eins", b"zwei"):
            self.threads.add(threading.current_thread().name)
            yield part

    def close(self) -> None:
        self.closed = True


def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [threading.current_thread().name.split("_")[0].encode(), b":", environ["wsgi.input"].read()]


def environ(body: Any = None, *, address: str = "192.0.2.1", **more: str) -> dict[str, Any]:
    said = {"REQUEST_METHOD": "POST" if body is not None else "GET", "REMOTE_ADDR": address, **more}
    return {**said, "wsgi.input": io.BytesIO(b"") if body is None else body}


def asked(intake: Intake, request: dict[str, Any]) -> tuple[str, bytes]:
    begin: list[Any] = []
    body = b"".join(intake(request, lambda *said: begin.append(said)))
    return begin[0][0], body


def test_django_gets_the_whole_body_on_a_thread_of_its_own() -> None:
    intake = Intake(echo, FEW)
    assert asked(intake, environ(io.BytesIO(b"name=x"), CONTENT_LENGTH="6")) == (
        "200 OK",
        b"django-public:name=x",
    )
    assert asked(intake, environ(io.BytesIO(b"abc"), HTTP_TRANSFER_ENCODING="chunked")) == (
        "200 OK",
        b"django-public:abc",
    )
    assert asked(intake, environ()) == ("200 OK", b"django-public:")


def test_bodies_that_never_come_take_no_thread_of_django_and_few_of_one_network() -> None:
    intake = Intake(echo, FEW)
    slow = [Trickle(b"12", b"34") for _ in range(5)]
    hosts = ["2001:db8::1", "2001:db8:0:7f::2", "2001:db8::3", "192.0.2.7", "198.51.100.8"]
    said: list[tuple[str, bytes]] = []
    threads = [
        threading.Thread(
            target=lambda b=body, h=host: said.append(
                asked(intake, environ(b, address=h, CONTENT_LENGTH="4"))
            )
        )  # type: ignore[misc] # bound now
        for body, host in zip(slow, hosts, strict=True)
    ]
    for thread in threads[:4]:
        thread.start()
    assert all(body.asked.wait(60) for body in slow[:4])
    assert asked(intake, environ()) == ("200 OK", b"django-public:")
    status, text = asked(intake, environ(io.BytesIO(b"x"), address="2001:db8::99", CONTENT_LENGTH="1"))
    assert status.startswith("503")
    assert "noch einmal" in text.decode()
    quick = environ(io.BytesIO(b"x"), address="203.0.113.1", CONTENT_LENGTH="1")
    assert asked(intake, quick)[0] == "200 OK"
    threads[4].start()
    assert slow[4].asked.wait(60)
    full = environ(io.BytesIO(b"x"), address="203.0.113.1", CONTENT_LENGTH="1")
    assert asked(intake, full)[0].startswith("503")
    for body, thread in zip(slow, threads, strict=True):
        body.may_go_on.set()
        thread.join(60)
    assert said == [("200 OK", b"django-public:1234")] * 5
    assert asked(intake, environ(io.BytesIO(b"x"), address="2001:db8::99", CONTENT_LENGTH="1"))[0] == "200 OK"


@pytest.mark.parametrize(
    ("lines", "body", "status"),
    [
        ({"CONTENT_LENGTH": "101"}, b"", "413"),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, b"x" * 101, "413"),
        ({"CONTENT_LENGTH": "-1"}, b"", "400"),
        ({"CONTENT_LENGTH": "²"}, b"", "400"),
        ({"CONTENT_LENGTH": "9"}, b"short", "400"),
        ({"CONTENT_LENGTH": "100"}, b"x" * 100, "200"),
    ],
)
def test_what_is_too_large_or_broken_off_is_answered_here(
    lines: dict[str, str], body: bytes, status: str
) -> None:
    seen: list[str] = []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(environ["CONTENT_LENGTH"])
        return echo(environ, start)

    assert asked(Intake(app, FEW), environ(io.BytesIO(body), **lines))[0][:3] == status
    assert seen == (["100"] if status == "200" else [])


def test_a_body_that_trickles_is_given_up() -> None:
    now = iter(range(0, 1000, 9))
    body = Trickle(*[b"x"] * 50)
    body.may_go_on.set()
    status, _text = asked(
        Intake(echo, FEW, clock=lambda: float(next(now))), environ(body, CONTENT_LENGTH="50")
    )
    assert status.startswith("408")


def test_inside_more_may_be_sent_than_to_a_public_form() -> None:
    body = {"CONTENT_LENGTH": "101"}
    assert (
        asked(Intake(echo, FEW), environ(io.BytesIO(b"x" * 101), PATH_INFO="/desk/x/", **body))[0] == "200 OK"
    )
    status, text = asked(Intake(echo, FEW), environ(io.BytesIO(b"x" * 101), PATH_INFO="/nachricht/", **body))
    assert status.startswith("413")
    assert "höchstens" in text.decode()


class Streamed(Answered):
    """As a server gets it from Django: with the length in a header, or without."""

    def app(self, *headers: tuple[str, str]) -> Any:
        def answer(_environ: dict[str, Any], start: Any) -> Streamed:
            start("200 OK", list(headers))
            return self

        return answer


def test_a_stream_is_handed_on_by_django_s_threads_and_closed() -> None:
    answer = Streamed()
    intake = Intake(answer.app(), FEW)
    body = intake(environ(), lambda *_said: None)
    assert asked(intake, environ())[0].startswith("503")  # who reads slowly holds one of few places
    assert list(body) == [b"eins", b"zwei"]
    assert all(name.startswith("django-public") for name in answer.threads)
    body.close()  # type: ignore[attr-defined] # what a WSGI server does
    body.close()  # type: ignore[attr-defined]
    assert answer.closed
    assert next(iter(intake(environ(), lambda *_said: None))) == b"eins"


def test_a_file_of_usual_size_is_handed_over_whole() -> None:
    answer = Streamed()
    body = Intake(answer.app(("Content-Length", "8")), FEW)(
        environ(PATH_INFO="/static/x.css"), lambda *_: None
    )
    assert body == [b"einszwei"]
    assert answer.closed


def test_more_than_django_can_do_is_refused_and_the_public_does_not_stand_in_the_way_inside() -> None:
    go_on, working = threading.Event(), threading.Semaphore(0)

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        if environ["PATH_INFO"].endswith("/kaputt"):
            raise ValueError("kaputt")
        if environ["PATH_INFO"] == "/suche/":
            working.release()
            assert go_on.wait(60)
        return echo(environ, start)

    intake = Intake(app, FEW)
    with pytest.raises(ValueError, match="kaputt"):
        asked(intake, environ(PATH_INFO="/suche/kaputt"))
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(asked(intake, environ(PATH_INFO="/suche/"))[0]))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    assert working.acquire(timeout=60)
    until(lambda: intake._public.places._value == 0)  # the second waits for its thread
    assert asked(intake, environ(PATH_INFO="/suche/"))[0].startswith("503")
    assert asked(intake, environ(PATH_INFO="/desk/"))[1] == b"django-inside:"
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert said == ["200 OK"] * 2
    assert asked(intake, environ(PATH_INFO="/suche/"))[0] == "200 OK"


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not so():
        assert time.monotonic() < end
        time.sleep(0.005)
