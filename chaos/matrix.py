"""The fault matrix on one database: `python -m chaos.matrix sqlite|postgresql`. The last line is JSON.

FAULTS rows: a worker killed between claim and sending, between sending and recording, at random points; a worker told
to end in the middle of a batch; a PostgreSQL that restarts as after a power cut.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from chaos import plug
from tools.postgres import Cluster, cluster

KILLS, RESTARTS, MESSAGES = 25, (8, 17), 15
T = TypeVar("T")
_random = random.Random()


@dataclass
class Count:
    """What a run came to; `twice` are readers with more than one effect."""

    planned: int
    delivered: int
    lost: int
    twice: int
    unknown: int


class Workers:
    """Worker processes of this run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[tuple[subprocess.Popen[bytes], Path]] = []
        self.log = (folder / "workers.log").open("ab")

    def start(self, **more: str) -> subprocess.Popen[bytes]:
        """Starts one and waits until it works."""
        ready = self.folder / f"ready-{uuid.uuid4().hex}"
        command = [sys.executable, "-m", "chaos.plug", str(ready)]
        process = subprocess.Popen(command, env={**os.environ, **more}, stderr=self.log, stdout=self.log)
        self.running.append((process, ready))
        return process

    def wait_ready(self) -> None:
        wait_for(lambda: all(ready.exists() or p.poll() is not None for p, ready in self.running), 60)

    def kill_one(self) -> None:
        """SIGKILL to one that is up, and a new one in its place."""
        self.wait_ready()
        time.sleep(_random.uniform(0.05, 1.5))
        victim = _random.choice(self.running)
        victim[0].kill()
        victim[0].wait()
        self.running.remove(victim)
        self.start()

    def end(self) -> float:
        """SIGTERM to all; the seconds until the last is gone."""
        since = time.monotonic()
        for process, _ in self.running:
            process.terminate()
        for process, _ in self.running:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        self.running = []
        return time.monotonic() - since


def wait_for(what: Callable[[], bool], seconds: float) -> bool:
    """Asks again and again; False when the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.1)
    return False


def patient(ask: Callable[[], T]) -> T:
    """The answer of a database that may be restarting."""
    from django.db import DatabaseError, InterfaceError, connections

    for _ in range(60):
        try:
            return ask()
        except (DatabaseError, InterfaceError):
            connections.close_all()
            time.sleep(0.5)
    return ask()


def release(number: int) -> list[str]:
    """So many messages, released by the municipality; their object keys."""
    from stadtnah.kernel.identity.models import User
    from stadtnah.publishing import api
    from tests.factories.messages import content, context

    agnes, freya = User.objects.get(name="Agnes"), User.objects.get(name="Freya")
    keys = [f"message:{uuid.uuid4()}" for _ in range(number)]
    for key in keys:
        plan = {"plain": {"on": True}, "keyed": {"on": True}}
        request = api.submit(content(object_key=key), plan, by=agnes, context=context())
        api.release(request.pk, by=freya, seen_digest=request.snapshot_id)
    return keys


def settled(keys: list[str]) -> bool:
    from stadtnah.publishing.models import Delivery, Dispatch

    def ask() -> bool:
        waiting = Dispatch.objects.filter(object_key__in=keys, state="waiting").exists()
        mine = Delivery.objects.filter(object_key__in=keys)
        return not waiting and not mine.filter(state__in=["planned", "sending"]).exists()

    return patient(ask)


def sink() -> list[list[str]]:
    path = Path(os.environ["CHAOS_SINK"])
    return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


def count(keys: list[str]) -> Count:
    """The ledger held against what the channels really got."""
    from stadtnah.publishing.models import Delivery

    effects: Counter[tuple[str, str, str]] = Counter()
    seen: set[str] = set()
    for channel, delivery, key, reader in sink():
        if key not in keys or (channel == "keyed" and delivery in seen):
            continue  # the keyed channel answers a second sending with the first post
        seen.add(delivery)
        effects[channel, key, reader] += 1
    wanted = [(c, k, f"r{n}") for c in ("plain", "keyed") for k in keys for n in range(plug.READERS)]
    rows = {
        (channel, key, reader): state
        for channel, key, reader, state in patient(
            lambda: list(
                Delivery.objects.filter(object_key__in=keys).values_list(
                    "channel", "object_key", "recipient", "state"
                )
            )
        )
    }
    unknown = [one for one in wanted if rows.get(one) == "unknown"]
    delivered = [one for one in wanted if rows.get(one) == "sent" and effects[one]]
    return Count(
        planned=len(wanted),
        delivered=len(delivered),
        lost=len(wanted) - len(delivered) - len([one for one in unknown if one[0] == "plain"]),
        twice=sum(1 for number in effects.values() if number > 1),
        unknown=len(unknown),
    )


def point(workers: Workers, name: str) -> dict[str, Any]:
    """Rows 1 and 2: the worker kills itself at a marked point, another one takes over."""
    keys = release(1)
    first = workers.start(CHAOS_POINT=name)
    died = wait_for(lambda: first.poll() == -signal.SIGKILL, 60)
    workers.running.clear()
    workers.start()
    wait_for(lambda: settled(keys), 90)
    workers.end()
    got = count(keys)
    good = died and not got.lost and not got.twice
    return {"fault": f"killed: {name}", "good": good, **asdict(got)}


def term(workers: Workers) -> dict[str, Any]:
    """Row 3: told to end in mid batch. The item under way is finished, the rest is untouched."""
    from stadtnah.publishing.models import Delivery

    keys = release(1)
    before = len(sink())
    workers.start(CHAOS_PAUSE="0.3")
    wait_for(lambda: len(sink()) > before + 3, 60)
    seconds = workers.end()
    states = Counter(
        patient(lambda: list(Delivery.objects.filter(object_key__in=keys).values_list("state", flat=True)))
    )
    clean = states["sent"] == len(sink()) - before and set(states) == {"sent", "planned"}
    workers.start()
    wait_for(lambda: settled(keys), 90)
    workers.end()
    got = count(keys)
    good = clean and seconds < 10 and got.lost == got.twice == got.unknown == 0
    return {"fault": f"SIGTERM ({seconds:.1f} s)", "good": good, **asdict(got)}


def storm(workers: Workers, server: Cluster | None) -> dict[str, Any]:
    """Two workers, killed at random points; a database that restarts."""
    keys = release(MESSAGES)
    workers.start()
    workers.start()
    for number in range(KILLS):
        workers.kill_one()
        if server and number in RESTARTS:
            server.restart_immediately()
    wait_for(lambda: settled(keys), 300)
    workers.end()
    got = count(keys)
    restarts = len(RESTARTS) if server else 0
    fault = f"{KILLS} SIGKILL, {restarts} restarts"
    return {"fault": fault, "good": not got.lost and not got.twice, **asdict(got)}


def run(kind: str) -> dict[str, Any]:
    """All faults on one database, each printed as it ends; the sums."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stadtnah-chaos-")))
        server = stack.enter_context(cluster()) if kind == "postgresql" else None
        os.environ |= {"STADTNAH_DATA": str(folder / "data"), "CHAOS_SINK": str(folder / "sink")}
        os.environ["STADTNAH_DATABASE"] = server.address if server else ""
        prepare()
        workers = Workers(folder)
        results = []
        try:
            for one in (
                lambda: point(workers, "claimed"),
                lambda: point(workers, "sent"),
                lambda: term(workers),
                lambda: storm(workers, server),
            ):
                results.append(one())
                show(kind, results[-1])
        finally:
            workers.end()
        if not all(one["good"] for one in results):
            sys.stderr.write((folder / "workers.log").read_text(errors="replace")[-6000:])
    sums = {name: sum(one[name] for one in results) for name in asdict(Count(0, 0, 0, 0, 0))}
    return {"good": all(one["good"] for one in results), **sums}


def prepare() -> None:
    plug.setup()
    from django.core.management import call_command

    from stadtnah.publishing.models import ChannelAccount
    from tests.factories.people import cast

    call_command("migrate", interactive=False, verbosity=0)
    cast()
    for key in ("plain", "keyed"):
        ChannelAccount.objects.create(key=key, channel=key, label=key)


def show(kind: str, one: dict[str, Any]) -> None:
    numbers = "  ".join(f"{name} {one[name]:>5}" for name in asdict(Count(0, 0, 0, 0, 0)))
    print(f"{kind:<11} {one['fault']:<26} {numbers}  {'ok' if one['good'] else 'FAILED'}", flush=True)


if __name__ == "__main__":
    result = run(sys.argv[1])
    print(json.dumps(result), flush=True)
    sys.exit(not result["good"])
