"""Links to other websites: asked now and then, one request to a website at a time, by the worker and never by a citizen's browser.

A link is called broken after two failures at least a day apart: websites are down for an hour, and so are we. Whoever refuses to answer
programs (401, 403, 429 …) is not called broken at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet

from stadtnah.kernel import clock, net
from stadtnah.surfaces.website.quality import robots, rules
from stadtnah.surfaces.website.quality.models import Target

State = Target.State
PAUSE: Final = timedelta(minutes=1)  # between two questions to one website
DAY: Final = timedelta(days=1)
_BUDGET: Final = 6.0  # seconds of a run; other work waits in the same lane
_DEADLINE: Final = 6.0
_MOST_BYTES: Final = 100_000  # of an answer that nobody reads
_HOSTS: Final = 50
_AGAIN: Final = {
    State.FINE: timedelta(days=7),
    State.FAILED: DAY,
    State.BROKEN: timedelta(days=2),
    State.UNCLEAR: timedelta(days=30),
}
_GONE: Final = (404, 410)
_FAULT: Final = 500
_BAD: Final = 400
_BUSY: Final = (429, 503)


@dataclass(frozen=True, slots=True)
class Answer:
    """reached: None when it cannot be told. reason: German, "" when reached. again: when the website wants to be asked again."""

    reached: bool | None
    reason: str = ""
    again: datetime | None = None


_UNWANTED: Final = Answer(None, "Die Website möchte nicht, dass Programme diese Seite lesen (robots.txt).")


def on() -> bool:
    """Whether other websites are asked: the municipality may switch it off, and the demo asks nobody."""
    return not settings.STADTNAH_DEMO and rules.now().ask_others


def waiting() -> bool:
    """Whether a link is due."""
    return on() and bool(_hosts(clock.now())[:1])


def ask_some(*, stop: Callable[[], bool] = lambda: False) -> int:
    """Asks each website that is due one question, for some seconds; returns how many."""
    until, done = time.monotonic() + _BUDGET, 0
    if not on():
        return 0
    for host in list(_hosts(clock.now())[:_HOSTS]):
        if stop() or time.monotonic() >= until:
            break
        target = _due(clock.now()).filter(host=host).order_by("next_at", "key").first()
        if target:
            note(target, ask(target.address) if robots.allows(target.address) else _UNWANTED, clock.now())
            done += 1
    return done


def ask(address: str) -> Answer:
    """HEAD; GET when the website does not like that. Each within a deadline, never into an internal network (`kernel.net`)."""
    try:
        response = _request("HEAD", address)
    except net.NetError as problem:
        if problem.kind != "unknown":  # some cut the line at a method they do not know
            return _failed(problem)
    else:
        if response.status < _BAD or response.status in _BUSY:
            return _said(response)
    try:
        return _said(_request("GET", address))
    except net.NetError as problem:
        return _failed(problem)


def note(target: Target, answer: Answer, now: datetime) -> None:
    """What becomes of the target."""
    if answer.reached is None:
        target.state = State.UNCLEAR
    elif answer.reached:
        target.state, target.failed_at = State.FINE, None
    else:
        target.failed_at = target.failed_at or now
        target.state = State.BROKEN if now - target.failed_at >= DAY else State.FAILED
    target.reason, target.asked_at = answer.reason[:300], now
    target.next_at = answer.again or now + _AGAIN[State(target.state)]
    target.save(update_fields=["state", "reason", "asked_at", "failed_at", "next_at"])


def _due(now: datetime) -> QuerySet[Target]:
    return Target.objects.exclude(host="").filter(next_at__lte=now)


def _hosts(now: datetime) -> QuerySet[Target, str]:
    """Websites with something due that were left in peace for long enough, the longest first."""
    found = Target.objects.exclude(host="").values("host").order_by()
    found = found.annotate(last=Max("asked_at"), due=Count("pk", filter=Q(next_at__lte=now)))
    found = found.filter(Q(last=None) | Q(last__lte=now - PAUSE), due__gt=0)
    return found.order_by(F("last").asc(nulls_first=True), "host").values_list("host", flat=True)


def _request(method: str, address: str) -> net.Response:
    return net.request(method, address, deadline=_DEADLINE, max_bytes=_MOST_BYTES)


def _failed(problem: net.NetError) -> Answer:
    if problem.status is not None:  # there was an answer, only not one that we read to the end
        return _judged(problem.status)
    if problem.kind == "blocked":
        return Answer(None, problem.reason_de)
    return Answer(False, problem.reason_de)


def _said(response: net.Response) -> Answer:
    again = net.retry_after(response) if response.status in _BUSY else None
    return replace(_judged(response.status), again=again)


def _judged(status: int) -> Answer:
    if status < _BAD:
        return Answer(True)
    if status in _GONE:
        return Answer(False, f"Die Seite gibt es dort nicht mehr (Antwort {status}).")
    if status >= _FAULT and status not in _BUSY:
        return Answer(False, f"Die Website meldet einen Fehler (Antwort {status}).")
    return Answer(None, f"Die Website antwortet Programmen nicht (Antwort {status}).")
