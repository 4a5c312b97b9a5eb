"""`make bench-footprint`: memory of a cell after the demo was clicked through, its idle load, seconds from start to a page.

The demo town is set up in a temporary folder, then started a second time as an operator would. A signed-in agency and
a signed-in approver go through the story: home, list, message, desk, editor, preview, submission, release, proof. What
is measured is PSS (shared pages count by their share) of the process tree: the supervisor, the web process and the
worker. What stands in for the world in the demo (Mastodon, Bluesky, a mail server) is no part of a cell and counted apart.

Several towns on one machine share what lies in files (interpreter, libraries): the same is measured with `TOWNS` cells
side by side, each with its own data and its own story.

The peer is an empty Django project behind the same server, started and asked in the same run: what is left of the
ratio is what the product costs beyond its framework.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.common import child, environment, free_port, percentiles, set_up, wait_for
from bench.person import Person

GOAL_MB = 190
STARTS = 3
IDLE = 20  # seconds
WINDOWS = 6
TOWNS = 3
MACHINE_MB = 8 * 1024
BARE = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
urlpatterns = [path("", lambda request: HttpResponse("<!doctype html><title>Seite</title>"))]
application = get_wsgi_application()
"""


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    with tempfile.TemporaryDirectory(prefix="stadtnah-bench-") as folder:
        print(json.dumps(measured(Path(folder))))


def measured(folder: Path) -> dict[str, Any]:
    """The figures."""
    setting_up = set_up(folder)
    shutil.copytree(folder, folder / "fresh", ignore=shutil.ignore_patterns("fresh"))
    starts, bare_starts, fresh = [], [], Counter[str]()
    for _ in range(STARTS):
        with bare(folder) as (_pid, seconds):
            bare_starts.append(seconds)
        with cell(folder) as (_base, process, seconds):
            starts.append(seconds)
            fresh = tree_mb(process.pid)
    with bare(folder) as (pid, _seconds):
        peer = sum(tree_mb(pid).values())
    with cell(folder) as (base, process, _seconds):
        requests = story(base)
        parts = tree_mb(process.pid)
        idle = idle_percent(process.pid)
    each = side_by_side(folder)
    start, bare_start = percentiles(starts), percentiles(bare_starts)
    whole = town(parts)
    return {
        "bench": "footprint",
        "value": round(whole),
        "unit": "MB PSS of the cell after the story",
        "goal": GOAL_MB,
        "good": whole <= GOAL_MB,
        "parts_mb": {name: round(mb, 1) for name, mb in parts.items()},
        "with_the_demos_outside_mb": round(sum(parts.values())),
        "one_of_several_towns_mb": round(each),
        "towns_on_8_gb": int(MACHINE_MB // each),
        "before_the_story_mb": round(town(fresh)),
        "idle_percent_of_a_core": idle,
        "requests": requests,
        "start_to_page_s": start,
        "first_start_s": round(setting_up, 1),
        "peers": {"empty Django on Granian": {"mb": round(peer), "start_to_page_s": bare_start}},
        "ratio": {
            "memory": round(whole / peer, 2),
            "start_to_page": round(start["p50"] / bare_start["p50"], 2),
        },
    }


def side_by_side(folder: Path) -> float:
    """MB of one of `TOWNS` cells that run at once, after the story of each."""
    with ExitStack() as all_of_them:
        pids = []
        for number in range(TOWNS):
            own = folder / f"town{number}"
            shutil.copytree(folder / "fresh", own)
            base, process, _seconds = all_of_them.enter_context(cell(own))
            story(base)
            pids.append(process.pid)
        return sum(town(tree_mb(pid)) for pid in pids) / TOWNS


@contextmanager
def cell(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """A running demo: its address, its process, the seconds until the home page came."""
    port = free_port()
    os.environ |= environment(folder)
    command = [sys.executable, "-m", "stadtnah", "demo", "--port", str(port)]
    start = time.perf_counter()
    with child(command, stdout=subprocess.DEVNULL) as process:
        base = f"http://localhost:{port}"
        wait_for(lambda: answers(base))
        yield base, process, time.perf_counter() - start


@contextmanager
def bare(folder: Path) -> Iterator[tuple[int, float]]:
    """The peer: its process id and the seconds until its page came."""
    (folder / "bare.py").write_text(BARE)
    port, start = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"]
    command += ["--log-level", "warning", "--port", str(port), "bare:application"]
    with child(command, cwd=folder) as process:
        wait_for(lambda: answers(f"http://localhost:{port}"))
        yield process.pid, time.perf_counter() - start


def answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def story(base: str) -> int:
    """The demo's story from the first reader to the proof; how many requests it took."""
    reader, agency, approver = Person(base), Person(base), Person(base)
    for path in ("/", "/aktuelles/", "/newsletter/", "/feeds/atom.xml"):
        reader.get(path)
    reader.get("/aktuelles/")
    reader.get(reader.find('/aktuelles/20[^"]+'))
    agency.sign_in("agentur")
    agency.get("/desk/meldungen/?status=draft")
    editor = agency.get(agency.find(r"/desk/pages/\d+/edit/"))
    agency.post(f"{editor}preview/", **{"title": "Der Wasserturm öffnet für Gäste", "body-count": "0"})
    approver.sign_in("freigabe")
    approver.get("/desk/meldungen/?status=draft")
    step = approver.find("/desk/meldung/[0-9a-f-]{36}/nachweis/").replace("nachweis", "kanaele")
    agency.get(step)
    plan = {"on-newsletter": "1", "on-mastodon": "1", "on-bluesky": "1"}
    agency.post(step, do="preview", **plan)
    request = agency.post(step, do="submit", note="Bitte heute noch.", **plan)
    approver.get("/desk/freigaben/")
    approver.get(request)
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', approver.html)
    assert digest, "no digest on the release view"
    proof = approver.post(f"{request}freigeben/", digest=digest[1], when="now")

    def out() -> bool:
        approver.get(proof)
        return "Auf allen Kanälen angekommen" in approver.html

    wait_for(out, pause=0.5)
    for form in ("json", "pdf"):
        approver.get(f"{proof.rstrip('/')}.{form}")
    reader.get("/")
    return reader.requests + agency.requests + approver.requests


def tree_mb(pid: int) -> Counter[str]:
    """PSS in MB of a process and all below it, by the part of the cell they are."""
    sums: Counter[str] = Counter()
    for one, part in below(pid, "supervisor"):
        found = re.search(
            r"^Pss: +(\d+) kB", (Path(f"/proc/{one}") / "smaps_rollup").read_text(), re.MULTILINE
        )
        sums[part] += int(found[1]) / 1024 if found else 0
    return sums


def town(parts: Counter[str]) -> float:
    """MB of what a town's cell is made of."""
    return sum(mb for name, mb in parts.items() if name != "outside")


def below(pid: int, part: str) -> Iterator[tuple[int, str]]:
    """A process and all below it, each with the part of the cell it is."""
    yield pid, part
    for task in Path(f"/proc/{pid}/task").iterdir():
        for kid in (task / "children").read_text().split():
            name = Path(f"/proc/{kid}/comm").read_text().strip()
            kind = name if part == "supervisor" else part
            yield from below(int(kid), "worker" if name == "worker" else kind)


def idle_percent(pid: int) -> dict[str, float]:
    """How much of one core each part takes once nobody asks for anything: the quietest of some windows of `IDLE` seconds.

    What the story left to do (pictures in more sizes, old task rows) runs out in the first ones.
    """
    windows = []
    for _ in range(WINDOWS):
        before, start = tree_seconds(pid), time.monotonic()
        time.sleep(IDLE)  # this is what is measured
        lasted = time.monotonic() - start
        after = tree_seconds(pid)
        windows.append({part: round((after[part] - before[part]) / lasted * 100, 2) for part in after})
    return min(windows, key=lambda parts: sum(parts.values()))


def tree_seconds(pid: int) -> Counter[str]:
    """Seconds on a processor so far, by part (proc(5): utime and stime of stat)."""
    sums: Counter[str] = Counter()
    for one, part in below(pid, "supervisor"):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        sums[part] += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return sums


if __name__ == "__main__":
    main()
