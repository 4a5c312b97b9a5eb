"""Where a check makes itself known, with the codes it may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document
from stadtnah.publishing.findings import Finding

Check = Callable[[Document, CheckContext], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A check and what it can say. `german`: only for texts in German."""

    check: Check
    codes: tuple[str, ...]
    german: bool


REGISTERED: list[Registered] = []


def check(*codes: str, german: bool = False) -> Callable[[Check], Check]:
    """Registers a check; the order of registration is the order of what it has to say."""

    def register(function: Check) -> Check:
        REGISTERED.append(Registered(function, codes, german))
        return function

    return register
