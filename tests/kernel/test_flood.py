"""One network can fill its own share of a form, and nobody else's; what is kept says nothing about anybody."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from stadtnah.kernel import clock, flood
from stadtnah.kernel.flood import Gate, network_of
from stadtnah.kernel.privacy.api import PURPOSES


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:34ff:1::7", "2001:db8:12:3400::/56"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("unfug", ""),
        ("", ""),
    ],
)
def test_what_counts_as_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_one_network_is_full_and_the_others_are_not() -> None:
    gate = Gate(2)
    assert [gate.take("203.0.113.7"), gate.take("203.0.113.200"), gate.take("203.0.113.9")] == [
        True,
        True,
        False,
    ]
    assert gate.take("203.0.114.7")
    assert gate.take("2001:db8::1")
    assert all(gate.take("127.0.0.1") for _ in range(9))


@pytest.mark.parametrize("address", ["2001:db8:{:x}::1", "198.51.{}.7"])
def test_whoever_has_many_networks_side_by_side_fills_no_form(address: str) -> None:
    """The limit of everybody together is a multiple of what one gets, however the addresses are spread."""
    gate = Gate(10)
    assert sum(gate.take(address.format(number)) for number in range(200)) == 30
    assert gate.take("192.0.2.7"), "control"
    assert gate.take("2a02:8100::1"), "control"


def test_the_window_opens_again_and_nothing_is_left() -> None:
    gate = Gate(1)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert gate.take("203.0.113.7")
        traveller.shift(timedelta(minutes=59))
        assert not gate.take("203.0.113.7")
        traveller.shift(timedelta(minutes=2))
        flood.tidy()
        assert len(gate) == 0
        assert gate.take("203.0.113.7")


def test_what_is_over_goes_with_the_next_one_that_comes() -> None:
    gate = Gate(1)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for number in range(5):
            gate.take(f"198.51.{number}.1")
        traveller.shift(timedelta(minutes=61))
        gate.take("203.0.113.7")
    assert len(gate) == 2  # a network and what lies around it


def test_a_process_forgets_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "_EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr(flood, "_SWEEP", flood._Sweep())
    gate, other = Gate(1, timedelta(milliseconds=200)), Gate(1)
    gate.take("203.0.113.7")
    other.take("203.0.113.7")
    assert len(gate) == 2, "control"
    until = time.monotonic() + 20
    while len(gate) and time.monotonic() < until:
        time.sleep(0.02)
    assert (len(gate), len(other)) == (0, 2)


def test_no_address_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(1)
    gate.take("203.0.113.7")
    kept = [*gate._near, *gate._far]
    assert b"203.0" not in b"".join(kept)
    monkeypatch.setattr(flood, "_KEY", b"another process")
    gate.take("203.0.113.7")
    assert len({*gate._near, *gate._far, *kept}) == 4  # the same networks, and nothing that says so


def test_strangers_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "_MOST_NETWORKS", 50)
    gate = Gate(3)
    source = random.Random(7)
    for _ in range(500):
        gate.take(
            f"2001:{source.getrandbits(16):x}:{source.getrandbits(16):x}:{source.getrandbits(8):x}00::1"
        )
    assert len(gate) <= 100


def test_the_register_says_it() -> None:
    purpose: Any = PURPOSES["flood"]
    assert purpose.export("wer@example.org") == []
    assert purpose.erase("wer@example.org") == 0
    assert "Prüfsumme" in purpose.notice
