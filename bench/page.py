"""`make bench-page`: a page from the store beside nginx, plain Wagtail and Django's cache middleware, by wrk, in one run.

Each server has one worker and serves a message of the demo town (the two Wagtail sites a page of the same text) to 16
connections that keep asking; nginx serves the very file of the page store. Then the store is filled to 10,000 pages,
a message is released by a click, and what is waited for is its page, then every list that shows it.

Goals: at least half of nginx, 200 times plain Wagtail, p99 at most 3 times nginx's, a first rendering no slower than plain
Wagtail's, a released page fresh within a second among 10,000 and nothing baked anew that did not change.
"""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.common import environment, free_port, got, running, set_up, wait_for
from bench.person import Person
from bench.plain import serving

SECONDS, CONNECTIONS, ROUNDS = 4, 16, 3
PAGES = 10_000
RELEASES = 5
NGINX = """
{user} worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; open_file_cache max=1000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html; gzip_static on; }}
}}
"""


def main() -> None:
    """Runs and prints one JSON line at the end."""
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        sys.exit(f"Es fehlt: {', '.join(missing)} (Debian-Pakete gleichen Namens).")
    with tempfile.TemporaryDirectory(prefix="stadtnah-bench-") as folder:
        print(json.dumps(measured(Path(folder))))


def measured(folder: Path) -> dict[str, Any]:
    """The figures."""
    set_up(folder)
    os.environ |= environment(folder) | {
        "STADTNAH_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "stadtnah.project.settings.base",
    }
    import django

    django.setup()
    row = message()
    serving.fill(folder, row.content)
    results = served(folder, row.path)
    first = {"ours_ms": rendering(row.path), "plain_ms": results["plain Wagtail"].pop("alone_ms")}
    results["the store"].pop("alone_ms")
    among = freshness()
    ours, peers = results.pop("the store"), results
    ratio = {name: round(ours["per_s"] / peer["per_s"], 2) for name, peer in peers.items()}
    p99 = round(ours["p99_ms"] / peers["nginx"]["p99_ms"], 2)
    first_hit = round(first["plain_ms"] / first["ours_ms"], 2)
    return {
        "bench": "page",
        "value": ours["per_s"],
        "unit": "pages/s from the store, one worker",
        "p99_ms": ours["p99_ms"],
        "first_rendering": first,
        "fresh": among,
        "peers": peers,
        "ratio": {**ratio, "p99 to nginx": p99, "first rendering": first_hit},
        "goals": {
            "half of nginx": ratio["nginx"] >= 0.5,
            "200 x plain Wagtail": ratio["plain Wagtail"] >= 200,
            "p99 within 3 x nginx": p99 <= 3,
            "first rendering": first_hit >= 1,
            "fresh within 1 s": among["page_s"]["worst"] < 1,
        },
    }


def message() -> Any:
    """The newest message of the demo town itself."""
    from stadtnah.surfaces.website import lists

    return lists.news().first()


def served(folder: Path, path: str) -> dict[str, dict[str, float]]:
    """Pages a second and p99 of each server; rounds take turns, so that a slow minute of the machine hits all."""
    with ExitStack() as stack:
        urls = {
            "the store": stack.enter_context(ours()) + path,
            "nginx": stack.enter_context(nginx(folder)) + path,
            "plain Wagtail": stack.enter_context(serving.served(folder)) + serving.PATH,
            "Django's cache middleware": stack.enter_context(serving.served(folder, cached=True))
            + serving.PATH,
        }
        rounds: dict[str, list[dict[str, float]]] = {name: [] for name in urls}
        for _ in range(ROUNDS):
            for name, url in urls.items():
                rounds[name].append(wrk(url))
        found = {
            name: {key: statistics.median(one[key] for one in some) for key in some[0]}
            for name, some in rounds.items()
        }
        for name in ("the store", "plain Wagtail"):
            found[name]["alone_ms"] = wrk(urls[name], connections=1)["p50_ms"]
    return found


def wrk(url: str, connections: int = CONNECTIONS) -> dict[str, float]:
    """Pages a second, p50 and p99 in ms. Every answer has to be a page."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate, said
    return {"per_s": float(rate[1]), "p50_ms": _share(said, 50), "p99_ms": _share(said, 99)}


def _share(said: str, percent: int) -> float:
    found = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


@contextmanager
def ours(*, worker: bool = False) -> Iterator[str]:
    """Our own server on the town's data."""
    port = free_port()
    command = [sys.executable, "-m", "stadtnah", "serve", "--port", str(port)]
    with running([*command, *([] if worker else ["--ohne-worker"])], port, "/"):
        yield f"http://localhost:{port}"


@contextmanager
def nginx(folder: Path) -> Iterator[str]:
    """nginx on the same files."""
    port, conf = free_port(), folder / "nginx.conf"
    conf.write_text(
        NGINX.format(
            user="user root;" if os.getuid() == 0 else "",
            folder=folder,
            port=port,
            root=folder / "data" / "store" / "public",
        )
    )
    with running(["nginx", "-c", str(conf)], port, "/"):
        yield f"http://localhost:{port}"


def rendering(path: str) -> float:
    """Milliseconds (median) to make the page out of the released row, as the first visitor of a cold cache would wait."""
    from stadtnah.surfaces.website import bake
    from stadtnah.surfaces.website.site import Frame, Site

    def once() -> float:
        start = time.perf_counter()
        made = bake.sheet(path)
        assert made is not None
        bake.render(made, Site(Frame.now(), path, "de"))
        return (time.perf_counter() - start) * 1000

    once()
    return round(statistics.median(once() for _ in range(40)), 2)


def freshness() -> dict[str, Any]:
    """Seconds from the click until the page, then the list, is served anew among `PAGES`; how many pages were made for it."""
    from bench.release import submitted

    grow()
    found: dict[str, list[float]] = {"click_s": [], "page_s": [], "lists_s": [], "made": []}
    with ours(worker=True) as base:
        wait_for(at_rest, 300, 0.5)  # what a start looks after, among so many pages
        approver = Person(base)
        approver.sign_in("freigabe")
        for number in range(RELEASES):
            request = submitted(number)
            one = released(base, approver, request)
            for key, value in one.items():
                found[key].append(value)
    figures = {
        key: {"p50": round(statistics.median(some), 3), "worst": round(max(some), 3)}
        for key, some in found.items()
    }
    return {"pages": PAGES, **figures}


def grow() -> None:
    """Fills the website to `PAGES` released messages of ten years, with their snapshots and in the search, as if all had been settled.

    Their stored pages are stand-ins of one text; what lists them is made as ever, and so is what the measured release needs.
    """
    from bench.searching.filling import Filling
    from stadtnah.kernel.identity.models import User
    from stadtnah.surfaces.website import lists, publish
    from stadtnah.surfaces.website.models import PageUse
    from tests.factories import many

    pattern = message().path
    contents = list(many.written(0, PAGES - lists.live().count()))
    writer, approver = (User.objects.get(email=f"{who}@demo.example") for who in ("agentur", "freigabe"))
    rows = many.public(contents, many.released(contents, by=writer, approver=approver))
    Filling().add(rows)
    stand_in(pattern, [row.path for row in rows])
    uses = [PageUse(path=row.path, used=used) for row in rows for used in (row.object_key, "frame")]
    PageUse.objects.bulk_create(uses, batch_size=500)
    publish.touch("list:news", *{key for row in rows for key in lists.keys_of_message(row)})


def stand_in(pattern: str, paths: list[str]) -> None:
    """The files of one stored page under other addresses, too, in both languages. Whatever is baked there later takes their place."""
    from stadtnah.surfaces.website import store

    for prefix in ("", "/en"):
        page, meta = store.public_file(prefix + pattern), store.meta_file(prefix + pattern)
        for path in paths:
            target, noted = store.public_file(prefix + path), store.meta_file(prefix + path)
            target.parent.mkdir(parents=True, exist_ok=True)
            noted.parent.mkdir(parents=True, exist_ok=True)
            for end in ("", ".gz", ".br"):
                target.with_name(target.name + end).hardlink_to(page.with_name(page.name + end))
            noted.hardlink_to(meta)


def released(base: str, approver: Person, request: Any) -> dict[str, float]:
    """The approver's click, and what comes of it."""
    from stadtnah.publishing import api
    from stadtnah.surfaces.website import store

    content = api.opened(request.snapshot)["content"]
    since = time.time()
    start = approver.release(request)
    click = time.perf_counter() - start
    page = until(start, lambda: got(base + content["path"]) is not None)
    lists = until(start, lambda: content["path"] in (got(f"{base}/aktuelles/") or ""))
    wait_for(settled, 300, 0.2)
    made = sum(file.stat().st_mtime > since for file in (store.folder() / "meta").rglob("*.html.json"))
    return {"click_s": click, "page_s": page, "lists_s": lists, "made": made}


def settled() -> bool:
    """Whether nothing is left to be made anew."""
    from stadtnah.surfaces.website import indexnow
    from stadtnah.surfaces.website.models import StaleUse

    return not StaleUse.objects.exclude(used__startswith=indexnow.MARK).exists()


def at_rest() -> bool:
    """Whether the worker has nothing to do."""
    from django_tasks_db.models import DBTaskResult

    return settled() and not DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).exists()


def until(start: float, what: Callable[[], bool]) -> float:
    """Seconds since `start` when it is so."""
    wait_for(what, 300, 0.01)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
