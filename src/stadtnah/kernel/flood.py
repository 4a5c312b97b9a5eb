"""So that nobody can close a public form for everybody: how much one network may send, counted without keeping its address.

Only in the memory of the process, only as a keyed digest of the network, gone a minute after the window and with the process: there is no
table, no log and no key outside of it. Several web processes count, and forget, each for itself.
A network is in IPv6 what one household or company is given (/56, RIPE-690); in IPv4 the 256 addresses around one (/24), which neighbours
at one provider share: who rents addresses gets them in such pieces, and one address alone says more about a person.
Whoever has many such pieces has them side by side: what lies around a network (/40, /16) may send a few times as much, together.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict, deque
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address, ip_network
from threading import Lock, Timer
from typing import Any, ClassVar, Final

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register

WINDOW: Final = timedelta(hours=1)
_EVERY: Final = timedelta(minutes=1)  # how often a process that counts looks for what is over
_NEAR, _AROUND = {4: 24, 6: 56}, {4: 16, 6: 40}  # bits by version
_TIMES: Final = 3  # what may come from around, in shares of one network
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
    return str(ip_network(f"{found}/{_NEAR[found.version]}", strict=False))


def _around(network: str) -> str:
    inner = ip_network(network)
    return str(inner.supernet(new_prefix=_AROUND[inner.version]))


class Gate:
    """Lets `most` through from each network within `window`, and a few times as many from all that lie around it."""

    def __init__(self, most: int, window: timedelta = WINDOW) -> None:
        """Open."""
        self.most, self.window = most, window
        self._near, self._far = _Counts(window), _Counts(window)
        self._lock = Lock()
        _GATES.append(self)

    def take(self, address: str) -> bool:
        """Counts one from this client; False when its network has had enough, or what lies around it: that is not counted."""
        network = network_of(address)
        if not network:
            return True
        around = _around(network)
        with self._lock:
            if self._near.within(network) >= self.most or self._far.within(around) >= self.most * _TIMES:
                return False
            self._near.add(network)
            self._far.add(around)
            _SWEEP.set()
            return True

    def tidy(self) -> None:
        """Forgets every network whose window is over."""
        with self._lock:
            self._near.drop()
            self._far.drop()

    def forget(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._near.clear()
            self._far.clear()

    def __len__(self) -> int:
        return len(self._near) + len(self._far)


class _Counts:
    """When something came from each network, by its digest; the one that was let through last stands last. Its owner holds the lock."""

    def __init__(self, window: timedelta) -> None:
        self._seconds = window.total_seconds()
        self._seen: OrderedDict[bytes, deque[float]] = OrderedDict()

    def within(self, network: str) -> int:
        """How many came from there within the window."""
        now = clock.now().timestamp()
        times = self._seen.get(_digest(network), deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        return len(times)

    def add(self, network: str) -> None:
        """One more."""
        self.drop()
        key = _digest(network)
        self._seen.setdefault(key, deque()).append(clock.now().timestamp())
        self._seen.move_to_end(key)
        while len(self._seen) > _MOST_NETWORKS:
            self._seen.popitem(last=False)

    def drop(self) -> None:
        """Forgets what is over."""
        since = clock.now().timestamp() - self._seconds
        while self._seen:
            key, times = next(iter(self._seen.items()))
            if times and times[-1] > since:
                return
            del self._seen[key]

    def clear(self) -> None:
        """Forgets everything."""
        self._seen.clear()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._seen)

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
