"""The old website of a town, as awkward as they are: it answers on loopback and counts what is asked of it."""

from __future__ import annotations

import io
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from tests.factories.documents import pdf

LATIN = "text/html; charset=ISO-8859-1"
_MENU = (
    '<div id="navigation"><ul><li><a href="/rathaus/">Rathaus</a></li><li><a href="/leben/">Leben</a></li>'
    '<li><a href="/aktuelles/?PHPSESSID={sid}">Aktuelles</a></li><li><a href="/kalender.php?monat=1">Kalender</a></li>'
    '<li><a href="/impressum.html">Impressum</a></li></ul></div>'
)
_FOOT = '<div class="footer"><p>Gemeinde Altenau, Marktplatz 1, 01234 Altenau</p><a href="mailto:info@altenau.example">Post</a></div>'


def page(title: str, body: str, *, head: str = "", sid: str = "a1b2c3") -> str:
    menu = _MENU.replace("{sid}", sid)
    return (
        f"<html><head><title>{title} - Gemeinde Altenau</title>{head}</head><body>{menu}{menu.replace('navigation', 'mobile-nav')}"
        f'<div id="inhalt"><h1>{title}</h1>{body}</div>{_FOOT}</body></html>'
    )


def words(about: str, number: int = 12) -> str:
    return "".join(
        f"<p>Über {about} ist in Absatz {n} zu sagen, dass die Gemeinde sich darum kümmert.</p>"
        for n in range(number)
    )


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 200), (40, 90, 60)).save(out, "PNG")
    return out.getvalue()


PDF = pdf()


def _pages() -> dict[str, str]:
    """Path to html. Most of it is ISO-8859-1 and does not say so."""
    return {
        "/navi.html": f"<html><body>{_MENU.replace('{sid}', 'x')}</body></html>",
        "/inhalt.html": page("Willkommen", words("Altenau") + '<a href="/alt.html">Rathaus (alt)</a> <a href="/kreis1">Kreis</a>'
            '<a href="/fort">fort</a> <a href="/intern/geheim.html">intern</a> <a href="/mitglieder/">Mitglieder</a> <a href="/weg.html">weg</a>'
            '<a href="/endlos/">endlos</a> <a href="/riesig.html">riesig</a> <a href="/download.php?id=3">Plan</a>'
            '<a href="http://169.254.169.254/latest/">Wolke</a> <a href="/tot.html">tot</a> <a href="javascript:void(0)">nichts</a>'),
        "/rathaus/": page("Rathaus", words("das Rathaus") + '<p><a href="bauamt.html">Bauamt</a>, <a href="hund.html;jsessionid=99">Hund anmelden</a>,'
            ' <a href="hund.html?print=1">drucken</a></p>', head='<base href="/rathaus/">'),
        "/rathaus/bauamt.html": page("Bauamt", "<h2>Öffnungszeiten</h2><p>Montag 8 bis 12 Uhr.</p>" + words("das Bauamt", 4)
            + '<div class="kontakt">Bauamt<br>Marktplatz 1<br>01234 Altenau<br>Telefon: 01234 5678<br>E-Mail: bauamt(at)altenau.example</div>'),
        "/rathaus/hund.html": page("Hund anmelden", words("Hunde", 3) + "<h2>Gebühren</h2><p>Es kostet 40 Euro im Jahr.</p><h2>Unterlagen</h2><p>Personalausweis.</p>"),
        "/leben/": page("Leben in Altenau", words("das Leben") + '<p>Mehr im <a href="/rathaus/bauamt.html#kontakt">Bauamt</a>.</p>'
            '<p><a href="/dateien/satzung.pdf">Satzung über die Straßenreinigung (PDF, 12 kB)</a></p><p><img src="/dateien/platz.png" alt="Der Marktplatz"></p>'),
        "/aktuelles/": page("Aktuelles", '<ul><li><a href="/aktuelles/fest.html">Straßenfest</a></li></ul>'),
        "/aktuelles/fest.html": page("Straßenfest am Markt", "<p>Altenau, 5. März 2024</p>" + words("das Straßenfest", 6)),
        "/impressum.html": page("Impressum", words("das Impressum", 3)),
        "/weg.html": page("Seite nicht gefunden", "<p>Die gewünschte Seite existiert nicht.</p>"),
    }  # fmt: skip


@dataclass
class OldTown:
    """url: its root. asked: every request in order; at_once: the most that were open together."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    robots: tuple[int, str] = (
        200,
        "User-agent: *\nDisallow: /intern/\nCrawl-delay: 0\n\nSitemap: /karte.xml\n",
    )
    pages: dict[str, str] = field(default_factory=_pages)
    down: bool = False
    later: str = ""  # what robots.txt says of when to ask again
    slow: float = 0.0  # seconds before each answer
    _open: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, target: str) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body) for a request."""
        parts = urlsplit(target)
        path, query = parts.path, parse_qs(parts.query)
        if path == "/robots.txt":
            wait = {"Retry-After": self.later} if self.later else {}
            return self.robots[0], {"Content-Type": "text/plain", **wait}, self.robots[1].encode()
        moved = {
            "/alt.html": "/rathaus/", "/kreis1": "/kreis2", "/kreis2": "/kreis1", "/fort": "http://169.254.169.254/",
        }.get(path)  # fmt: skip
        if moved:
            return 301, {"Location": moved}, b""
        if path == "/rathaus/" and not query:  # a session id is forced upon every guest
            return 302, {"Location": "/rathaus/?PHPSESSID=77"}, b""
        if path == "/":
            html = '<html><head><title>Gemeinde Altenau</title></head><frameset cols="20%,*"><frame name="navi" src="navi.html"><frame name="main" src="inhalt.html"></frameset></html>'
            return 200, {"Content-Type": LATIN}, html.encode("latin-1")
        if target in self.pages:  # a system that has one address for all of its pages
            return 200, {"Content-Type": LATIN}, self.pages[target].encode("latin-1")
        return self._rest(path, query)

    def _rest(self, path: str, query: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        html = {"Content-Type": "text/html"}
        if path == "/kalender.php":
            month = int(query.get("monat", ["1"])[0])
            return (
                200,
                html,
                page(
                    "Kalender", f'<p>Monat {month}</p><a href="/kalender.php?monat={month + 1}">weiter</a>'
                ).encode("latin-1"),
            )
        if path.startswith("/endlos/"):
            return 200, html, page("Endlos", '<a href="tiefer/">tiefer</a>').encode("latin-1")
        if path.startswith("/mitglieder/"):
            return 401, {"Content-Type": "text/html", "WWW-Authenticate": "Basic"}, b"nein"
        if path == "/riesig.html":
            return 200, html, b"<html>" + b"x" * 5_100_000
        if path in {"/download.php", "/dateien/satzung.pdf"}:
            return 200, {"Content-Type": "application/pdf"}, PDF
        if path == "/dateien/platz.png":
            return 200, {"Content-Type": "image/png"}, picture()
        if path == "/karte.xml":
            return (
                200,
                {"Content-Type": "text/xml"},
                f"<urlset><url><loc>{self.url}/leben/</loc></url></urlset>".encode(),
            )
        path = re.sub(r";jsessionid=\w+", "", path)
        if path in self.pages:
            return 200, html, self.pages[path].encode("latin-1")
        return 404, html, b"<html><body>404</body></html>"

    def served(self, target: str) -> tuple[int, dict[str, str], bytes]:
        with self._lock:
            self.asked.append(target)
            self._open += 1
            self.at_once = max(self.at_once, self._open)
        try:
            return self.answer(target)
        finally:
            with self._lock:
                self._open -= 1


def serve(town: OldTown) -> ThreadingHTTPServer:
    """Starts it on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if town.down:
                town.asked.append(self.path)
                self.connection.close()
                return
            time.sleep(town.slow)
            status, headers, body = town.served(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    town.url = f"http://127.0.0.1:{server.server_address[1]}"
    return server
