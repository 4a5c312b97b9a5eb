"""A circuit breaker as plain values: who keeps the state (a row of an account) hands it in and stores what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class BreakerState:
    """Failures in a row, and the moment (aware) until which nothing is tried."""

    failures: int = 0
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Breaker:
    """After `failures` failures in a row nothing is tried for `pause` seconds; then each failure pauses again."""

    failures: int = 5
    pause: float = 60

    def allows(self, state: BreakerState, now: datetime) -> bool:
        """Whether a try may start at `now`. A pause longer than ours is a clock set back, and over."""
        if state.open_until is None or now >= state.open_until:
            return True
        return state.open_until - now > timedelta(seconds=self.pause)

    def failed(self, state: BreakerState, now: datetime) -> BreakerState:
        """The state after a failed try."""
        count = state.failures + 1
        until = now + timedelta(seconds=self.pause) if count >= self.failures else None
        return BreakerState(count, until)

    def succeeded(self, _state: BreakerState) -> BreakerState:
        """The state after a try that worked: closed."""
        return BreakerState()
