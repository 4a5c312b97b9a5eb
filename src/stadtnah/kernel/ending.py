"""Being told to end: by a service manager, a parent that died, or Ctrl+C."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType


def taken(*numbers: signal.Signals) -> Callable[[], None]:
    """Takes these signals from now on; what it returns waits until one of them has come. Main thread only.

    The handler does no more than write to a pipe: one that sets an Event waits for ever on the lock of that very
    Event when the signal arrives while the main thread holds it (threading.Condition is not reentrant).
    """
    listen, say = os.pipe()
    os.set_blocking(say, False)

    def note(_signum: int, _frame: FrameType | None) -> None:
        with suppress(BlockingIOError):  # full: it has been said often enough
            os.write(say, b".")

    for number in numbers:
        signal.signal(number, note)

    def until_told() -> None:
        os.read(listen, 1)

    return until_told
