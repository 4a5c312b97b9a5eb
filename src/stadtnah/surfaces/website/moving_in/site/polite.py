"""Asking the old website: one request at a time, with a pause, only where its robots.txt allows, never another host."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from stadtnah.kernel import clock
from stadtnah.kernel.media.intake import MAX_BYTES
from stadtnah.kernel.net import NetError, Response, request, retry_after, robots
from stadtnah.kernel.net.robots import Robots
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.site.domain import urls

PAUSE: Final = 0.5  # seconds between the end of an answer and the next request
_SECONDS: Final = 20.0
# Seconds in which a website must say who it is: for a run, which must give signs of life, and for a form, which holds a thread of the desk.
RUN: Final = 120.0
FORM: Final = 15.0
_ACCEPT: Final = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
_HOPS: Final = 5
_PATIENCE: Final = 5  # requests in a row without an answer
_LONGEST_WAIT: Final = 60.0  # seconds; who wants us to wait longer is asked another day
_BUSY: Final = {429, 503}
_MOVED: Final = {301, 302, 303, 307, 308}
_OK: Final = 200


class Silent(FeedError):
    """The old website does not answer any more, German."""


@dataclass(slots=True)
class Answer:
    """What an address gave. moved: the one spelling of where it leads; elsewhere: the host of another website it leads to."""

    status: int = 0
    body: bytes = b""
    content_type: str = ""
    url: str = ""
    moved: str = ""
    elsewhere: str = ""
    reason: str = ""  # German, when there is nothing to read


@dataclass(slots=True)
class Asking:
    """The connection to one website. origin: scheme and host; whoever asks does so in turn. until: `time.monotonic()` at which it ends."""

    origin: str
    rules: Robots = field(default_factory=Robots)
    pause: float = PAUSE
    until: float = math.inf
    sleep: Callable[[float], None] = time.sleep
    trouble: str = ""  # why it gave no answer last, German
    _last: float = 0.0
    _failures: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def get(self, address: str, *, most: int) -> Answer:
        """Asks for an address of this website. Raises Silent when nobody answers any more."""
        if not self.rules.allows(address):
            return Answer(reason="Die robots.txt der alten Website verbietet Programmen diese Adresse.")
        here = address
        for _ in range(_HOPS):
            try:
                got = self._asked(here, most)
            except NetError as error:
                self.trouble = error.reason_de
                return Answer(reason=error.reason_de)
            location = got.headers.get("location", "")
            if got.status not in _MOVED or not location:
                return _answer(got)
            there = urljoin(here, location)
            known = urls.normal(there, self.origin)
            if not known:
                return Answer(
                    got.status, elsewhere=urls.origin_of(there).partition("://")[2] or location[:80]
                )
            if known != urls.normal(address, self.origin):
                return Answer(got.status, moved=known)
            # Only another spelling: https, „www.“, a session id. Never back to plain http.
            here = there if self.origin.startswith("http:") else f"https:{there.partition(':')[2]}"
        return Answer(reason="Die Adresse leitet im Kreis.")

    def file(self, address: str) -> bytes | str:
        """A picture or document, or the German reason why it is not there."""
        found = urls.normal(address, self.origin)
        if not found:
            return "liegt auf einer anderen Website"
        if self._failures >= _PATIENCE:
            return "die alte Website antwortet nicht mehr"
        for _ in range(_HOPS):
            try:
                got = self.get(found, most=MAX_BYTES)
            except Silent as error:
                return str(error).rstrip(".")
            if got.elsewhere or got.reason:
                return got.reason.rstrip(".") or "liegt auf einer anderen Website"
            if not got.moved:
                return got.body if got.status == _OK else f"die alte Website antwortet mit {got.status}"
            found = got.moved
        return "die Adresse leitet im Kreis"

    def _asked(self, address: str, most: int) -> Response:
        """One request, later once more when the website asks for that. Raises NetError, Silent."""
        with self._turn:
            for last in (False, True):
                self._wait()
                try:
                    got = request(
                        "GET",
                        address,
                        headers={"accept": _ACCEPT},
                        deadline=_within(self.until),
                        max_bytes=most,
                        follow=False,
                    )
                except NetError as error:
                    self._note(error)
                    raise
                finally:
                    self._last = time.monotonic()
                self._failures = 0
                again = retry_after(got) if got.status in _BUSY and not last else None
                if again is None:
                    break
                wait = min(_LONGEST_WAIT, max(0.0, (again - clock.now()).total_seconds()))
                if time.monotonic() + wait > self.until:
                    break
                self.sleep(wait)
            return got

    def _wait(self) -> None:
        left = self._last + max(self.pause, self.rules.delay) - time.monotonic()
        if self._last and left > 0:
            self.sleep(left)

    def _note(self, error: NetError) -> None:
        if error.kind in {"too_large", "blocked"}:
            return
        self._failures += 1
        if self._failures >= _PATIENCE:
            raise Silent(
                f"Die alte Website antwortet nicht mehr: {error.reason_de} Was gelesen ist, bleibt; Sie können fortsetzen."
            )


def opened(address: str, *, pause: float = PAUSE, within: float = RUN) -> Asking:
    """The website at this address, with its rules. within: seconds for getting to know it. Raises FeedError (German)."""
    until = time.monotonic() + within
    origin = _settled(address, until)
    asking = Asking(origin, pause=pause, until=until)
    asking.rules, asking.until = rules_of(asking), math.inf
    if not asking.rules.allows(f"{origin}/"):
        raise FeedError(
            "Die alte Website verbietet Programmen in ihrer robots.txt das Lesen, oder sie gibt diese Datei gerade nicht heraus. "
            "Bitten Sie ihren Betreiber, „Stadtnah“ dort zu erlauben, oder nehmen Sie eine gespeicherte Kopie als Ordner."
        )
    return asking


def _within(until: float) -> float:
    """Seconds for the next request. None at all make it fail at once (`NetError`)."""
    return max(0.0, min(_SECONDS, until - time.monotonic()))


def _settled(address: str, until: float) -> str:
    """The origin that answers: http or https, with „www.“ or without. Raises FeedError."""
    origin = urls.origin_of(address)
    if not origin:
        raise FeedError("Das ist keine Adresse einer Website. Zum Beispiel: https://www.ihre-kommune.example")
    here = f"{origin}/"
    for _ in range(_HOPS):
        try:
            got = request(
                "GET",
                here,
                headers={"accept": _ACCEPT},
                deadline=_within(until),
                max_bytes=MAX_BYTES,
                follow=False,
            )
        except NetError as error:
            raise FeedError(error.reason_de) from error
        location = got.headers.get("location", "") if got.status in _MOVED else ""
        if not location:
            break
        there = urljoin(here, location)
        if not urls.normal(there, origin):
            host = urls.origin_of(there) or location[:80]
            raise FeedError(f"Diese Website leitet auf {host} weiter. Bitte geben Sie diese Adresse an.")
        if urls.origin_of(there) == urls.origin_of(here):
            break
        here = there
    return urls.origin_of(here)


def rules_of(asking: Asking) -> Robots:
    """Its robots.txt: none is no rule; one that the server fails to give forbids everything (RFC 9309, 2.3.1)."""
    here = f"{asking.origin}/robots.txt"
    for _ in range(_HOPS):
        try:
            got = asking.get(here, most=1_000_000)
        except Silent:
            return robots.nothing()
        if got.moved:
            here = got.moved
            continue
        if got.status == _OK:
            return robots.read(got.body.decode("utf-8", "replace"))
        return robots.nothing() if got.reason or got.status >= 500 else Robots()  # noqa: PLR2004
    return Robots()


def _answer(got: Response) -> Answer:
    content_type = got.headers.get("content-type", "")
    if got.status in {401, 403, 407}:
        return Answer(got.status, reason="Die Seite ist nur nach einer Anmeldung zu sehen.")
    if got.status >= 500 or got.status == 429:  # noqa: PLR2004
        return Answer(got.status, reason=f"Die alte Website antwortet hier mit einem Fehler ({got.status}).")
    return Answer(got.status, got.body, content_type, got.url)
