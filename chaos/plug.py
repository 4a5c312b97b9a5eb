"""A worker as `stadtnah worker` starts it, with two channels that write what they get to a file outside the database.

Leases are short so that a run takes minutes. `CHAOS_POINT` names where the process kills itself, once:
"claimed" before a sending, "sent" after it and before anything is recorded.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import django

LEASE_SECONDS = 4
READERS = 50
_random = random.Random()


def setup() -> None:
    """Django, the channels and the short leases; called by the workers and by the program that watches them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stadtnah.project.settings.test"
    django.setup()
    from stadtnah.kernel.jobs import ticker
    from stadtnah.publishing import api
    from stadtnah.publishing.channel import Job, Outcome, Sent
    from stadtnah.publishing.dispatch import claim
    from tests.factories.channels import Paper

    claim.LEASE = timedelta(seconds=LEASE_SECONDS)
    ticker.LEASE_SECONDS = LEASE_SECONDS

    class Plain(Paper):
        """Forgets every key: a second sending is a second post."""

        key: ClassVar[str] = "plain"

        def recipients(self, rendered: dict[str, Any], account: Any) -> Iterable[str]:
            return (f"r{number}" for number in range(READERS))

        def send(self, job: Job) -> Outcome:
            pause = float(os.environ.get("CHAOS_PAUSE", "0.04"))
            time.sleep(_random.uniform(0, pause))
            _die_at("claimed")
            _note(f"{self.key} {job.delivery_id} {job.object_key} {job.recipient}\n")
            _die_at("sent")
            time.sleep(_random.uniform(0, pause))
            return Sent(job.delivery_id)

    class Keyed(Plain):
        """Knows the delivery's key: a second sending changes nothing."""

        key: ClassVar[str] = "keyed"
        idempotent: ClassVar[bool] = True

    for channel in (Plain(), Keyed()):
        api.register_channel(channel)


def _note(line: str) -> None:
    """One write call: whole lines, also from many processes."""
    sink = os.open(os.environ["CHAOS_SINK"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(sink, line.encode())
    finally:
        os.close(sink)


def _die_at(point: str) -> None:
    """In the middle of a batch: at the fourth row that gets here."""
    if os.environ.get("CHAOS_POINT") != point:
        return
    marks = Path(os.environ["CHAOS_SINK"]).with_name(f"mark-{point}")
    with marks.open("a") as file:
        file.write(".")
    if len(marks.read_text()) == 4:
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    setup()
    from stadtnah.kernel.jobs import worker

    Path(sys.argv[1]).touch()  # says that the worker is up
    worker.run(with_ticker=True)


if __name__ == "__main__":
    main()
