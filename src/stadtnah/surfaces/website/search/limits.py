"""How many suggestions are made in a second, for everybody together: no address of anybody is kept for it."""

from __future__ import annotations

import time
from threading import Lock
from typing import Final

PER_SECOND: Final = 30.0
AT_ONCE: Final = 60.0


class Bucket:
    """Lets `at_once` through, and then `per_second`; of one process."""

    def __init__(self, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        """Full at the start."""
        self._per_second, self._most = per_second, at_once
        self._left, self._at = at_once, time.monotonic()
        self._lock = Lock()

    def take(self) -> bool:
        """Whether there is room for one more."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self._most, self._left + (now - self._at) * self._per_second)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
