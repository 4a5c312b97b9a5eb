"""`make bench-search`: questions of citizens, answered by one of the first three results; and how long that takes on large websites.

Peers in the same run, with the same pages and weights of fields: SQLite's FTS5 (unicode61) and, where it is installed,
PostgreSQL's German text search. Half of the questions set our weights; `held_out` is the other half. Times are those of a
page of ten results with excerpts, the peers' those of ten addresses. `growth`: our median at 100,000 pages to that at 100.

Usage: python -m bench.search [--sizes 100,1000,20000]
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.cell import opening
from bench.common import bare_settings, numbers, percentiles
from tools import postgres

SIZES = (100, 1_000, 20_000, 100_000)
_TOGETHER = 2_000
_GOAL, _GROWTH = 0.9, 2.0


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    sizes = numbers("search", SIZES)
    with bare_settings() as folder:
        print(json.dumps(measured(folder, sizes)))


def measured(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """The figures."""
    opening.migrated(folder)
    with german() as connection:
        said, texts = quality(connection)
        empty()
        times = latency(texts, connection, sizes)
    ours, ms = said.pop("stadtnah"), times.pop("stadtnah")
    large = str(sizes[-1])
    return {
        "bench": "search",
        "value": ours["all"],
        "unit": "success@3",
        "goal": _GOAL,
        **ours,
        "ms": ms,
        "growth": round(ms[large]["p50"] / ms[str(sizes[0])]["p50"], 2),
        "growth_goal": _GROWTH,
        "peers": {peer: {**said[peer], "ms": times[peer]} for peer in said},
        "ratio": {
            **{f"quality_to_{peer}": round(ours["all"] / said[peer]["all"], 2) for peer in said},
            **{
                f"time_to_{peer}_at_{size}": round(ms[size]["p50"] / times[peer][size]["p50"], 2)
                for peer in said
                for size in ms
            },
        },
    }


@contextmanager
def german() -> Iterator[Any]:
    """A connection to a PostgreSQL of its own, or None where there is none."""
    try:
        postgres.program("initdb")
    except FileNotFoundError:
        print("PostgreSQL is not installed: measured without it", file=sys.stderr)
        yield None
        return
    import psycopg

    with postgres.cluster() as cluster, psycopg.connect(cluster.address, autocommit=True) as connection:
        yield connection


def peers_of(connection: Any) -> list[Any]:
    """New and empty."""
    from bench.searching.peers import Fts5, PostgresGerman

    if connection is None:
        return [Fts5()]
    connection.execute("DROP TABLE IF EXISTS pages")
    return [Fts5(), PostgresGerman(connection)]


def quality(connection: Any) -> tuple[dict[str, dict[str, float]], list[str]]:
    """How many questions each answers on the demo town's website; and the words of that."""
    import time_machine

    from stadtnah.surfaces.website.search import entries, find, index
    from tests.factories import demo_town
    from tests.surfaces.website.search.questions import halves

    with time_machine.travel("2026-11-23T11:00:00Z"):
        rows = demo_town.released()
        index.catch_up()
        found = [one for row in rows for one in entries.of_row(row)]
        searches: dict[str, Callable[[str], list[str]]] = {
            "stadtnah": lambda text: [entry.path for entry in find.entries(find.ask(text).ranked[:3])]
        }
        for peer in peers_of(connection):
            peer.add(found)
            searches[peer.name] = lambda text, peer=peer: peer.first(text, 3)  # type: ignore[misc] # bound now
        said = {name: _answered(first, halves()) for name, first in searches.items()}
    return said, [" ".join((one.title, one.lead, *one.text)) for one in found]


def _answered(first: Callable[[str], list[str]], halves: Any) -> dict[str, float]:
    from tests.surfaces.website.search.questions import missed

    set_by, held_out = halves
    wrong = [len(missed(half, first)) for half in halves]
    return {
        "all": round(1 - sum(wrong) / (len(set_by) + len(held_out)), 3),
        "set_by": round(1 - wrong[0] / len(set_by), 3),
        "held_out": round(1 - wrong[1] / len(held_out), 3),
    }


def empty() -> None:
    """Nothing is public any more."""
    from stadtnah.surfaces.website.models import ReleasedPage
    from stadtnah.surfaces.website.search import index

    ReleasedPage.objects.all().delete()
    index.catch_up()


def latency(
    texts: list[str], connection: Any, sizes: Sequence[int]
) -> dict[str, dict[str, dict[str, float]]]:
    """Milliseconds for each search by the number of pages."""
    from bench.searching.filling import Filling, without_indexes
    from bench.searching.pages import Writer
    from stadtnah.surfaces.website.search import entries, results
    from stadtnah.surfaces.website.search.models import Misspelling, Posting
    from tests.factories import demo_town
    from tests.surfaces.website.search.questions import questions

    writer, peers, have = Writer(texts), peers_of(connection), 0
    asked = [question.text for question in questions()]
    found: dict[str, dict[str, dict[str, float]]] = {
        name: {} for name in ("stadtnah", *(p.name for p in peers))
    }
    for size in sizes:
        start = time.perf_counter()
        with without_indexes(Posting, Misspelling):
            filling = Filling()
            while have < size:
                count = min(_TOGETHER, size - have)
                rows = demo_town.make_live(list(writer.pages(have, count)))
                filling.add(rows)
                for peer in peers:
                    peer.add([one for row in rows for one in entries.of_row(row)])
                have += count
        print(f"{size} pages after {time.perf_counter() - start:.0f} s", file=sys.stderr)
        found["stadtnah"][str(size)] = _timed(lambda text: results.show(results.Wanted(text)), asked)
        for peer in peers:
            found[peer.name][str(size)] = _timed(lambda text, peer=peer: peer.first(text, 10), asked)  # type: ignore[misc] # bound now
    return found


def _timed(ask: Callable[[str], object], asked: list[str]) -> dict[str, float]:
    """p50 and p95 of one round, after a round that nobody measures."""
    for text in asked:
        ask(text)
    taken = []
    for text in asked:
        start = time.perf_counter()
        ask(text)
        taken.append((time.perf_counter() - start) * 1000)
    return percentiles(taken)


if __name__ == "__main__":
    main()
