"""`make bench-growth`: home, lists, search and desk of a website with 100, 1,000, 10,000 and 100,000 pages.

Pages are messages of ten years with every row that writing, releasing and sending leave, one in ten a service; their words are the
demo town's. Public pages are measured twice: made out of released rows, and answered from the page store. The peer is a
plain Wagtail in the same run with the same words, up to 10,000 pages: its first page, its list, its search, its explorer. `growth` is the median at
the largest size to that at the smallest, `queries` the number of queries at both.

Usage: python -m bench.growth [--sizes 100,1000,10000]
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.common import bare_settings, numbers

SIZES = (100, 1_000, 10_000, 100_000)
GOAL = 2.0
MORE = 1  # query: the search asks once more as soon as a word stands in over 150 entries, and never again
_ROUNDS, _QUESTIONS = 15, 60
_LONGEST = 5_000.0  # milliseconds for one figure
_PEER_UP_TO = 10_000  # pages; more take its indexer too long for one run

Ask = Callable[[], object]


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    sizes = numbers("growth", SIZES)
    with bare_settings() as folder:
        print(json.dumps(measured(folder, sizes)))


def measured(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """The figures."""
    from bench.cell.growing import Website

    site = Website(folder)
    found: dict[str, dict[str, Figure]] = {}
    for size in sizes:
        start = time.perf_counter()
        site.grow(size)
        said(f"{size} pages after {time.perf_counter() - start:.0f} s")
        found[str(size)] = {name: figure(ask) for name, ask in site.asks().items()}
        found[str(size)]["search"] = many(site.questions(_QUESTIONS))
        said(json.dumps({name: one["ms"] for name, one in found[str(size)].items()}))
    peer = plain(site.texts, [size for size in sizes if size <= _PEER_UP_TO])
    growth, beside = grown(found), grown(peer)
    worst = max(growth, key=lambda name: growth[name])
    few, most = str(sizes[0]), str(sizes[-1])
    queries = {name: [found[few][name]["queries"], found[most][name]["queries"]] for name in growth}
    return {
        "bench": "growth",
        "value": growth[worst],
        "unit": f"times the median at {few} pages, at {most} pages, of what grows most",
        "worst": worst,
        "goal": GOAL,
        "good": growth[worst] <= GOAL and all(last - first <= MORE for first, last in queries.values()),
        "growth": growth,
        "queries": queries,
        "ms": {size: {name: one["ms"] for name, one in some.items()} for size, some in found.items()},
        "peers": {
            "plain Wagtail": {
                "growth": beside,
                "ms": {size: {name: one["ms"] for name, one in some.items()} for size, some in peer.items()},
            }
        },
        "ratio": {
            f"plain Wagtail's {name} at {size}": round(one["ms"] / found[size][name]["ms"], 2)
            for size, some in peer.items()
            for name, one in some.items()
        },
    }


Figure = dict[str, float]


def figure(ask: Ask) -> Figure:
    """Queries and milliseconds (median), once nothing of it is new."""
    ask()
    number, taken = queries(ask), []
    while len(taken) < _ROUNDS and sum(taken) < _LONGEST:
        taken.append(timed(ask))
    return {"queries": number, "ms": round(statistics.median(taken), 4)}


def queries(ask: Ask) -> int:
    """How many it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as spent:
        ask()
    return len(spent)  # now: the next request empties the log


def timed(ask: Ask) -> float:
    """Milliseconds; of what takes less than one, a thousand times."""
    start = time.perf_counter()
    ask()
    taken = (time.perf_counter() - start) * 1000
    if taken >= 1:
        return taken
    start = time.perf_counter()
    for _ in range(1000):
        ask()
    return time.perf_counter() - start


def many(asks: Sequence[Ask]) -> Figure:
    """The same of different questions: the median of the better of two times each, and the most queries."""
    number = max(queries(ask) for ask in asks)
    taken = [min(timed(ask), timed(ask)) for ask in asks]
    return {"queries": number, "ms": round(statistics.median(taken), 3)}


def grown(found: dict[str, dict[str, Figure]]) -> dict[str, float]:
    """The median at the largest size to that at the smallest, of everything that was measured at both."""
    sizes = list(found)
    names = [name for name in found[sizes[0]] if any(name in found[size] for size in sizes[1:])]
    last = {
        name: next(found[size][name] for size in reversed(sizes) if name in found[size]) for name in names
    }
    return {name: round(last[name]["ms"] / found[sizes[0]][name]["ms"], 2) for name in names}


def plain(texts: Sequence[str], sizes: Sequence[int]) -> dict[str, dict[str, Figure]]:
    """The same of Wagtail by itself, in a process of its own."""
    from tests.surfaces.website.search.questions import questions

    with tempfile.TemporaryDirectory(prefix="stadtnah-bench-") as folder:
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("STADTNAH_", "DJANGO_"))}
        environ |= {"PLAIN_DATA": folder, "PLAIN_ADMIN": "1"}
        asked = [one.text for one in questions()[:_QUESTIONS]]
        given = json.dumps({"texts": texts, "sizes": sizes, "questions": asked})
        command = [sys.executable, "-m", "bench.plain.growing"]
        done = subprocess.run(
            command, env=environ, input=given, stdout=subprocess.PIPE, text=True, check=True
        )
    found: dict[str, dict[str, Figure]] = json.loads(done.stdout.splitlines()[-1])
    return found


def said(text: str) -> None:
    """How far it is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
