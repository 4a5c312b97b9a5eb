"""nginx and Caddy with the configuration we ship: they say what our own server says, also when that one is gone."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest

from stadtnah.kernel.media import documents
from stadtnah.surfaces.website import feeds, heartbeat, store
from stadtnah.surfaces.website.offices import vcard
from stadtnah.surfaces.website.serve import DYNAMIC, StoreFirst

SHIPPED = Path(__file__).resolve().parents[2] / "docs" / "betrieb" / "webserver"
HTML = "text/html; charset=utf-8"
PAGE = ("<p>Grüße aus dem Rathaus</p>" * 60).encode()
FILES = {
    "/": (PAGE, HTML, store.PAGE),
    "/en/": (PAGE, HTML, store.PAGE),
    "/aktuelles/2026/fest/": (PAGE, HTML, store.PAGE),
    "/feeds/atom.xml": (PAGE, "application/atom+xml; charset=utf-8", store.PAGE),
    "/feeds/rss.xml": (PAGE, "application/rss+xml; charset=utf-8", store.PAGE),
    "/feeds/feed.json": (PAGE, "application/feed+json; charset=utf-8", store.PAGE),
    "/steinbach/feeds/atom.xml": (PAGE, feeds.ATOM_TYPE, store.PAGE),
    "/steinbach/feeds/rss.xml": (PAGE, "application/rss+xml; charset=utf-8", store.PAGE),
    "/steinbach/feeds/feed.json": (PAGE, "application/feed+json; charset=utf-8", store.PAGE),
    "/sitemap.xml": (PAGE, "application/xml; charset=utf-8", store.PAGE),
    "/theme/stil.0123.css": (PAGE, "text/css; charset=utf-8", store.FOREVER),
    "/theme/seite.0123.js": (PAGE, "text/javascript; charset=utf-8", store.FOREVER),
    "/theme/wappen.0123.svg": (PAGE, "image/svg+xml", store.FOREVER),
    "/theme/schrift.0123.woff2": (b"woff2", "font/woff2", store.FOREVER),
    "/sitemaps/seiten.xml": (PAGE, "application/xml; charset=utf-8", store.PAGE),
    "/robots.txt": (PAGE, "text/plain; charset=utf-8", store.PAGE),
    "/media/0123/640.jpg": (b"bild", "image/jpeg", store.FOREVER),
    "/media/dokumente/0123/plan.pdf": (b"plan", "application/pdf", store.PAGE),
    "/.well-known/stadtnah.json": (b"{}", "application/json", store.PAGE),
    "/veranstaltungen/alle.ics": (PAGE, "text/calendar; charset=utf-8", store.PAGE),
    "/veranstaltungen/rubrik/konzert/termine.ics": (PAGE, "text/calendar; charset=utf-8", store.PAGE),
    "/veranstaltungen/veranstaltungen.json": (PAGE, "application/json", store.PAGE),
    "/veranstaltungen/feeds/rss.xml": (PAGE, "application/rss+xml; charset=utf-8", store.PAGE),
    "/veranstaltungen/einbetten/": (PAGE, HTML, store.PAGE),
    "/veranstaltungen/einbetten/alle/": (PAGE, HTML, store.PAGE),
    "/en/veranstaltungen/einbetten/rubrik/konzert/": (PAGE, HTML, store.PAGE),
    "/blog/atom.xml": (PAGE, feeds.ATOM_TYPE, store.PAGE),
    "/blog/reihe/radweg/atom.xml": (PAGE, feeds.ATOM_TYPE, store.PAGE),
    f"/amt/{vcard.NAME}": (b"BEGIN:VCARD", vcard.TYPE, store.PAGE),
    **{
        f"/media/dokumente/4567/datei.{end}": (b"datei", mime, store.PAGE)
        for end, mime in documents.MIMES.items()
    },
}
SAME = (
    "content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy",
    "cross-origin-resource-policy", "x-frame-options", "access-control-allow-origin", "cache-control", "content-length",
)  # fmt: skip


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None: ...


class Cell:
    """Our own door on a port; behind it an application that says who it is."""

    def __init__(self) -> None:
        def django(environ: dict[str, Any], start: Any) -> list[bytes]:
            start("200 OK", [("Content-Type", "text/plain"), ("Content-Security-Policy", "the desk's own")])
            return [environ["PATH_INFO"].encode()]

        self.server = make_server(
            "127.0.0.1", 0, StoreFirst(django, ["localhost"], fresh_for=0), handler_class=Quiet
        )
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def end(self) -> None:
        if self.thread.is_alive():
            self.server.shutdown()
            self.server.server_close()
            self.thread.join()


@pytest.fixture
def cell(settings: Any, tmp_path: Path) -> Iterator[Cell]:
    settings.STADTNAH_DATA = tmp_path / "data"
    for path, (data, content_type, cache) in FILES.items():
        store.write(path, data, content_type, cache=cache)
    heartbeat.beat()
    store.write("/404.html", b"<h1>fehlt</h1>", HTML, status=404)
    store.write("/500.html", b"<h1>gleich wieder</h1>", HTML, status=503)
    store.write("/weg/", b"<h1>weg</h1>", HTML, status=410)
    store.write("/alt/", b"<h1>alt</h1>", HTML, status=301, location="/aktuelles/2026/fest/")
    store.write("/alt/plan.pdf", b"<h1>plan</h1>", HTML, status=301, location="/aktuelles/2026/fest/")
    store.write("/alt.php?id=3", b"<h1>drei</h1>", HTML, status=301, location="/aktuelles/2026/fest/")
    store.write("/k/fest/", b"<h1>kurz</h1>", HTML, status=302, location="/aktuelles/2026/fest/")
    running = Cell()
    yield running
    running.end()


def nginx(cell: Cell, folder: Path, port: int, root: Path) -> tuple[list[str], Path]:
    text = (SHIPPED / "nginx.conf").read_text()
    text = text.replace("server 127.0.0.1:8000;", f"server 127.0.0.1:{cell.port};").replace(
        "listen 80;", f"listen 127.0.0.1:{port};"
    )
    text = re.sub(r"root /var/lib/stadtnah/store/(\w+);", rf"root {root.parent}/\1;", text).replace(
        "server_name stadt.example", "server_name localhost stadt.example"
    )
    text = text.replace("$host;", "localhost;")
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if Path("/root").owner() == Path.home().owner() else ""
    file = folder / "nginx.conf"
    file.write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;"
        f"events {{}} http {{ access_log off; {places} {text} }}"
    )
    return ["nginx", "-e", f"{folder}/errors", "-c", str(file)], folder / "errors"


def caddy(cell: Cell, folder: Path, port: int, root: Path) -> tuple[list[str], Path]:
    text = (SHIPPED / "Caddyfile").read_text()
    text = text.replace("stadt.example {", f"http://localhost:{port} {{\n\tbind 127.0.0.1", 1)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{cell.port}").replace(
        "/var/lib/stadtnah/store", str(root.parent)
    )
    file = folder / "Caddyfile"
    file.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)], folder / "errors"


@pytest.fixture(
    params=[pytest.param(made, marks=pytest.mark.needs(made.__name__)) for made in (nginx, caddy)]
)
def front(request: pytest.FixtureRequest, cell: Cell, tmp_path: Path) -> Iterator[str]:
    """The address of the foreign server."""
    made: Callable[..., tuple[list[str], Path]] = request.param
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command, errors = made(cell, tmp_path, port, store.folder() / "public")
    environ = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environ)
    try:
        until = time.monotonic() + 60
        while not answers(port):
            assert process.poll() is None, (tmp_path / "said").read_text() + (
                errors.read_text() if errors.exists() else ""
            )
            assert time.monotonic() < until
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(base: str, path: str, **headers: str) -> httpx.Response:
    return httpx.get(base + path, headers={"Accept-Encoding": "identity", **headers}, timeout=30)


def test_it_says_what_our_own_server_says(front: str, cell: Cell) -> None:
    own = f"http://localhost:{cell.port}"
    for path in (*FILES, heartbeat.PATH):
        theirs, ours = ask(front, path), ask(own, path)
        assert (theirs.status_code, theirs.content) == (200, ours.content), path
        assert theirs.headers["content-type"].lower().replace(" ", "") == ours.headers[
            "content-type"
        ].replace(" ", ""), path
        assert {name: theirs.headers.get(name) for name in SAME} == {
            name: ours.headers.get(name) for name in SAME
        }, path
    again = ask(front, "/", **{"If-None-Match": ask(front, "/").headers["etag"]})
    assert again.status_code == 304


def test_it_sends_what_is_packed(front: str) -> None:
    answer = httpx.get(f"{front}/", headers={"Accept-Encoding": "gzip"}, timeout=30)
    assert (answer.headers["content-encoding"], answer.content) == ("gzip", PAGE)
    assert "accept-encoding" in answer.headers["vary"].lower()


def test_what_is_gone_moved_or_dynamic_is_answered_by_the_cell(front: str) -> None:
    assert ask(front, "/weg/").status_code == 410
    assert (ask(front, "/alt/").status_code, ask(front, "/alt/").headers["location"]) == (
        301,
        "/aktuelles/2026/fest/",
    )
    short = ask(front, "/k/fest")  # as it is typed from a poster
    assert (short.status_code, short.headers["location"]) == (302, "/aktuelles/2026/fest/")
    assert ask(front, "/alt/plan.pdf").status_code == 301
    asked = ask(front, "/alt.php?id=3&utm_source=post")
    assert (asked.status_code, asked.headers["location"]) == (301, "/aktuelles/2026/fest/")
    assert ask(front, "/alt.php?id=4").status_code == ask(front, "/nie/").status_code == 404
    desk = ask(front, "/desk/pages/")
    assert (desk.text, desk.headers.get_list("content-security-policy")) == (
        "/desk/pages/",
        ["the desk's own"],
    )


def test_without_the_cell_every_page_can_be_read(front: str, cell: Cell) -> None:
    cell.end()
    for path, (data, _type, _cache) in FILES.items():
        assert ask(front, path).content == data, path
    assert "gleich wieder" in ask(front, "/newsletter/").text
    assert ask(front, "/newsletter/").status_code == 503
    assert (ask(front, "/nie/").status_code, ask(front, "/nie/").text) == (404, "<h1>fehlt</h1>")
    assert ask(front, "/weg/").status_code == 404
    for path, words in (("/alt/", "alt"), ("/k/fest", "kurz"), ("/alt/plan.pdf", "plan")):
        answer = ask(front, path)
        assert (answer.status_code, answer.text) == (200, f"<h1>{words}</h1>"), path
        assert answer.headers["content-type"].startswith("text/html"), path


def test_both_pass_on_every_address_that_needs_the_application() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        groups = re.findall(r"\^\(/en\)\?/\(([^)]*desk[^)]*)\)", (SHIPPED / name).read_text())
        assert groups, name
        for group in groups:
            assert {f"/{part}/" for part in group.split("|")} == set(DYNAMIC), name
