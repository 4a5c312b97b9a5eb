"""So that nobody can close a public form for everybody: how much one network may send, counted without keeping its address.

Only in the memory of the process, only as a keyed digest of the network, gone after the window and with the process: there is no table,
no log and no key outside of it. A network is what one household or company is given: IPv4 /24, IPv6 /56 (RIPE-690).
Several web processes count each for itself.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict, deque
from datetime import timedelta
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import Any, ClassVar, Final

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register

WINDOW: Final = timedelta(hours=1)
_IPV4, _IPV6 = 24, 56
_MOST_NETWORKS: Final = 20_000  # of one gate; the one that came first goes first
_KEY: Final = secrets.token_bytes(32)  # of this process, written nowhere


def network_of(address: str) -> str:
    """The network that is counted for a client; "" for the machine itself, behind which everybody may stand. Never raises."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if (
        found.is_loopback
    ):  # a web server in front that nobody named as a proxy: counting it would count all as one
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


_GATES: Final[list[Gate]] = []


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
        "Eine Stunde, nur im Arbeitsspeicher und nur als Prüfsumme des Netzes, aus dem ein Formular abgeschickt wurde; verworfen "
        "wird sie beim nächsten Absenden danach. Die Adresse selbst wird nicht gespeichert."
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
        """Of the process that does it; the others forget while they count, and at the latest when they are full."""
        for gate in _GATES:
            gate.tidy()
        return 0


register(Flood())
