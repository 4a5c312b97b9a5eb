"""What Lighthouse says of the public site as a phone on a slow line shows it; beside it the same content as a bare page.

Usage: python -m bench.lighthouse. The figure for speed hangs on what else the machine does: run it on an idle one.
Needs tools/peers.sh (Node) and Chromium.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import httpx

from bench.common import child, environment, free_port, listens, set_up, wait_for

ROOT: Final = Path(__file__).resolve().parents[1]
CHECKERS: Final = ROOT / ".test" / "checkers"
CHROMIUM: Final = "/usr/bin/chromium"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
PAGES: Final = ("/", "/aktuelles/", "/dienstleistungen/personalausweis/", "/suche/", "/kontakt/")


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    if not (CHECKERS / ".ready").exists():
        print(json.dumps({"bench": "lighthouse", "skipped": "tools/peers.sh has not been run (needs Node)"}))
        return
    with tempfile.TemporaryDirectory(prefix="stadtnah-bench-") as folder:
        print(json.dumps(measured(Path(folder))))


def measured(folder: Path) -> dict[str, Any]:
    """The scores of each page, 0 to 100, in the order of `CATEGORIES`."""
    set_up(folder)
    os.environ |= environment(folder)
    port = free_port()
    command = [sys.executable, "-m", "stadtnah", "serve", "--port", str(port), "--ohne-worker"]
    with child(command, stdout=subprocess.DEVNULL) as _process, bare(folder) as peer:
        wait_for(lambda: listens(port))
        base = f"http://localhost:{port}"
        news = httpx.get(f"{base}/aktuelles/").text
        message = re.search(r'href="(/aktuelles/\d{4}/[^"]+)"', news)
        paths = [*PAGES, *([message[1]] if message else [])]
        found = judged(*(base + path for path in paths), peer)
    scores = {path: found[base + path] for path in paths}
    worst = min(score for row in scores.values() for score in row)
    return {
        "bench": "lighthouse",
        "value": worst,
        "unit": "lowest score of all pages and categories",
        "goal": 100,
        "good": worst == 100,
        "categories": CATEGORIES,
        "pages": scores,
        "peers": {"a bare page from a folder": found[peer]},
    }


def judged(*addresses: str) -> dict[str, list[int]]:
    """Lighthouse's scores by address."""
    command = ["node", "lighthouse.mjs", CHROMIUM, ",".join(CATEGORIES), *addresses]
    done = subprocess.run(command, cwd=CHECKERS, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return {
        address: [round(100 * (said["scores"][name] or 0)) for name in CATEGORIES]
        for address, said in found.items()
    }


@contextmanager
def bare(folder: Path) -> Iterator[str]:
    """A page without style, script or picture: what is possible on this machine in this run."""
    shown = folder / "bare"
    shown.mkdir()
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="description" content="Seite">'
    text = "<p>Das Bürgerbüro hat am Montag geöffnet.</p>" * 40
    (shown / "index.html").write_text(
        f'<!doctype html><html lang="de"><head>{head}<title>Seite</title></head><body><main><h1>Seite</h1>{text}</main></body></html>'
    )
    handler = partial(SimpleHTTPRequestHandler, directory=str(shown))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    main()
