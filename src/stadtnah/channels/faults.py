"""What a failed call means for a delivery: the one place where the network's faults become outcomes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from stadtnah.kernel import clock, net
from stadtnah.publishing.channel import Outcome, Permanent, Temporary, Unknown

_LONGEST_WAIT: Final = timedelta(days=1)
_RESET_HEADERS: Final = (
    "x-ratelimit-reset",
    "ratelimit-reset",
)  # Mastodon: ISO 8601; AT Protocol: Unix seconds
_CLIENT_FAULTS: Final = range(400, 500)


class Failed(Exception):
    """A call that brought no usable answer, with what that means for the delivery."""

    def __init__(
        self, outcome: Temporary | Permanent | Unknown, *, missing: bool = False, name: str = ""
    ) -> None:
        """missing: the thing asked for does not exist (any more). name: the protocol's name of the error."""
        super().__init__(outcome.reason)
        self.outcome: Outcome = outcome
        self.missing = missing
        self.name = name


def of_network(problem: net.NetError, *, accepting: bool) -> Temporary | Permanent | Unknown:
    """accepting: whether the call, had it arrived, would have published something."""
    if problem.kind == "blocked":
        return Permanent(problem.reason_de, account_broken=True)
    refused_there = problem.status is not None and problem.status in _CLIENT_FAULTS
    if problem.maybe_done and accepting and not refused_there:
        return Unknown(f"{problem.reason_de} Es ist nicht sicher, ob der Beitrag erschienen ist.")
    return Temporary(problem.reason_de)


def not_before(response: net.Response) -> datetime | None:
    """When a server that says "too many requests" wants to be asked again; None when it does not say."""
    if wish := net.retry_after(response):
        return wish
    for name in _RESET_HEADERS:
        if wish := _moment(response.headers.get(name, "").strip()):
            return min(max(wish, clock.now()), clock.now() + _LONGEST_WAIT)
    return None


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(int(value), UTC) if value.isdigit() else datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
