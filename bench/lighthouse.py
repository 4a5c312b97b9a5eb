"""What Lighthouse says of the public site as a phone on a slow line shows it; beside it, in the same run, a plain Wagtail page.

The peer has the text of one of our messages, no style sheet and no picture, and is rendered by Wagtail on the same server: little that
could slow it down. `ratio`: our lowest score of each category to the peer's, and the time until a message is shown to the
peer's. The bare page from a folder says what is possible on this machine.

Usage: python -m bench.lighthouse. The figure for speed hangs on what else the machine does: run it on an idle one.
Needs tools/peers.sh (Node) and Chromium.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from bench.common import environment, free_port, running, set_up
from bench.plain import serving
from tools import checkers, installed

CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
PAGES: Final = ("/", "/aktuelles/", "/dienstleistungen/personalausweis/", "/suche/", "/kontakt/")
_PLAIN, _BARE = "plain Wagtail", "a bare page from a folder"


def main() -> None:
    """Runs once and prints one JSON line at the end."""
    if why := installed.lacking("checkers", "node", "chromium"):
        print(json.dumps({"bench": "lighthouse", "skipped": why}))
        return
    with tempfile.TemporaryDirectory(prefix="stadtnah-bench-") as folder:
        print(json.dumps(measured(Path(folder))))


def measured(folder: Path) -> dict[str, Any]:
    """The scores of each page, 0 to 100, in the order of `CATEGORIES`."""
    set_up(folder)
    os.environ |= environment(folder)
    port = free_port()
    command = [sys.executable, "-m", "stadtnah", "serve", "--port", str(port), "--ohne-worker"]
    with ExitStack() as stack:
        stack.enter_context(running(command, port, "/"))
        base = f"http://localhost:{port}"
        message = newest(base)
        serving.fill(folder, told(base, message))
        peers = {
            _PLAIN: stack.enter_context(serving.served(folder)) + serving.PATH,
            _BARE: stack.enter_context(bare(folder)),
        }
        paths = [*PAGES, message]
        found = checkers.lighthouse(*(base + path for path in paths), *peers.values(), categories=CATEGORIES)
    said = {name: found[address] for name, address in peers.items()}
    pages = {path: scores(found[base + path]) for path in paths}
    lowest = [min(row[at] for row in pages.values()) for at in range(len(CATEGORIES))]
    beside = scores(said[_PLAIN])
    shown = {_PLAIN: said[_PLAIN]["shown"], "ours": found[base + message]["shown"]}
    return {
        "bench": "lighthouse",
        "value": min(lowest),
        "unit": "lowest score of all pages and categories",
        "goal": 100,
        "good": min(lowest) == 100,
        "categories": CATEGORIES,
        "pages": pages,
        "message_shown_ms": {name: round(value) for name, value in shown.items()},
        "peers": {name: scores(one) for name, one in said.items()},
        "ratio": {
            **{
                f"{name} to {_PLAIN}": round(ours / max(1, peer), 2)
                for name, ours, peer in zip(CATEGORIES, lowest, beside, strict=True)
            },
            f"time until a message is shown to {_PLAIN}": round(shown["ours"] / max(1, shown[_PLAIN]), 2),
        },
    }


def newest(base: str) -> str:
    """The address of a message."""
    found = re.search(r'href="(/aktuelles/\d{4}/[^"]+)"', httpx.get(f"{base}/aktuelles/").text)
    assert found, "there is no message"
    return found[1]


def told(base: str, path: str) -> dict[str, Any]:
    """Title, teaser and paragraphs of that page, as the peer is filled with them."""
    page = httpx.get(base + path).text
    title = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    teaser = re.search(r'<meta name="description" content="([^"]*)"', page)
    body = [f"<p>{text}</p>" for text in re.findall(r"<p>([^<]{40,})</p>", page)]
    assert title, "the message has no heading"
    return {"title": title[1].strip(), "teaser": teaser[1] if teaser else "", "body": body}


def scores(said: dict[str, Any]) -> list[int]:
    """In the order of `CATEGORIES`."""
    return [round(100 * (said["scores"][name] or 0)) for name in CATEGORIES]


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
    with checkers.folder_served(shown) as address:
        yield address


if __name__ == "__main__":
    main()
