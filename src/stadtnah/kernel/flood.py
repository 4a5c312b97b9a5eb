"""So that nobody can close a public form for everybody: how much one network may send, counted without keeping its address.

Only in the memory of the process, only as a keyed digest of the network, gone a minute after the window and with the process: there is no
table, no log and no key outside of it. Several web processes count, and forget, each for itself.
A network is in IPv6 what one household or company is given (/56, RIPE-690); in IPv4 the 256 addresses around one (/24), which neighbours
at one provider share: who rents addresses gets them in such pieces, and one address alone says more about a person.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict, deque
from datetime import timedelta
from ipaddress import ip_address, ip_network
from threading import Lock, Timer
from typing import Any, ClassVar, Final

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register

WINDOW: Final = timedelta(hours=1)
_EVERY: Final = timedelta(minutes=1)  # how often a process that counts looks for what is over
_IPV4, _IPV6 = 24, 56
_MOST_NETWORKS: Final = 20_000  # of one gate; the one that came first goes first
_KEY: Final = secrets.token_bytes(32)  # of this process, written nowhere


def network_of(address: str) -> str:
    """The network that is counted for a client; "" for the machine itself, behind which everybody may stand. Never raises."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:  # a web server in front that nobody named as a proxy: it would count all as one
        return ""
    return str(ip_network(f"{found}/{_IPV4 if found.version == 4 else _IPV6}", strict=False))  # noqa: PLR2004 - IPv4


class Gate:
    """Lets `most` through from each network within `window`."""

    def __init__(self, most: int, window: timedelta = WINDOW) -> None:
        """Open."""
        self.most, self.window = most, window
        self._seen: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = Lock()
        _GATES.append(self)

    def take(self, address: str) -> bool:
        """Counts one from this client; False when its network has had enough, which is not counted."""
        network = network_of(address)
        if not network:
            return True
        now, key = clock.now().timestamp(), _digest(network)
        with self._lock:
            self._drop(now)
            times = self._seen.setdefault(key, deque())
            while times and times[0] <= now - self.window.total_seconds():
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            _SWEEP.set()
            self._seen.move_to_end(key)
            while len(self._seen) > _MOST_NETWORKS:
                self._seen.popitem(last=False)
            return True

    def tidy(self) -> None:
        """Forgets every network whose window is over."""
        with self._lock:
            self._drop(clock.now().timestamp())

    def _drop(self, now: float) -> None:
        """The network that was let through last stands last."""
        since = now - self.window.total_seconds()
        while self._seen:
            key, times = next(iter(self._seen.items()))
            if times and times[-1] > since:
                return
            del self._seen[key]

    def forget(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._seen.clear()

    def __len__(self) -> int:
        return len(self._seen)


class _Sweep:
    """One timer of the process, only while something is counted: the worker, which deletes what is due, cannot look in here."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._timer: Timer | None = None

    def set(self) -> None:
        """A look in a minute, unless one is set."""
        with self._lock:
            if self._timer is None:
                self._timer = Timer(_EVERY.total_seconds(), self._run)
                self._timer.daemon = True
                self._timer.start()

    def _run(self) -> None:
        with self._lock:
            self._timer = None
        tidy()
        if any(map(len, _GATES)):
            self.set()


_GATES: Final[list[Gate]] = []
_SWEEP: Final = _Sweep()


def tidy() -> None:
    """Forgets every network whose window is over."""
    for gate in _GATES:
        gate.tidy()


def forget() -> None:
    """Every gate begins anew."""
    for gate in _GATES:
        gate.forget()


def _digest(network: str) -> bytes:
    return hmac.new(_KEY, network.encode(), hashlib.sha256).digest()[:16]


class Flood(Purpose):
    """What the gates hold."""

    key: ClassVar[str] = "flood"
    title: ClassVar[str] = "Schutz der öffentlichen Formulare vor Missbrauch"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO mit Art. 32 DSGVO (Verfügbarkeit der Formulare für alle)"
    )
    retention: ClassVar[str] = (
        "Eine Stunde nach dem letzten Absenden, nur im Arbeitsspeicher und nur als Prüfsumme des Netzes, aus dem ein Formular abgeschickt "
        "wurde; verworfen wird sie spätestens eine Minute danach. Die Adresse selbst wird nicht gespeichert."
    )
    notice: ClassVar[str] = (
        "Damit niemand unsere Formulare für alle lahmlegt, zählen wir eine Stunde lang, wie oft aus einem Netz etwas abgeschickt wurde. "
        "Dafür bilden wir aus dem Anfang Ihrer IP-Adresse eine Prüfsumme, die sich nicht zurückrechnen lässt. Sie steht nur im "
        "Arbeitsspeicher und wird mit nichts anderem verbunden."
    )
    fields: ClassVar[tuple[str, ...]] = ()

    def export(self, email: str) -> list[dict[str, Any]]:
        """Nothing leads from an address to a network."""
        del email
        return []

    def erase(self, email: str) -> int:
        """As above."""
        del email
        return 0

    def expire(self) -> int:
        """Each process that counts forgets by itself (`_Sweep`); the one that runs this counts nothing."""
        return 0


register(Flood())
