"""The door, byte by byte."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.validate import validator

import brotli
import pytest

from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.serve import StoreFirst

HTML = "text/html; charset=utf-8"
BODY = ("<p>Grüße aus dem Rathaus</p>" * 60).encode()


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body


def django(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"django"]


def broken(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    raise RuntimeError("the database is down")


def ask(app: Any, path: str, method: str = "GET", **headers: str) -> Answer:
    seen: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": headers.pop("query", ""),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": headers.pop("host", "localhost"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": __import__("io").BytesIO(),
        "wsgi.errors": __import__("sys").stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }

    def start(status: str, response_headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        seen.extend([status, response_headers])
        return lambda data: None

    result = app(environ, start)
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    return Answer(seen[0], seen[1], body)


@pytest.fixture
def app() -> StoreFirst:
    store.write("/aktuelles/", BODY, HTML)
    store.write("/404.html", b"<h1>fehlt</h1>", HTML, status=404)
    store.write("/500.html", b"<h1>gleich</h1>", HTML, status=503)
    return StoreFirst(django, ["localhost"], fresh_for=0)


def test_a_stored_page_comes_whole_with_its_headers(app: StoreFirst) -> None:
    answer = ask(app, "/aktuelles/")
    assert (answer.status, answer.body) == (200, BODY)
    assert answer.headers["content-length"] == str(len(BODY))
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


def test_it_speaks_wsgi_to_the_letter(app: StoreFirst) -> None:
    checked = validator(app)
    assert ask(checked, "/aktuelles/").body == BODY
    assert ask(checked, "/aktuelles/", "HEAD").body == b""
    assert ask(checked, "/aktuelles").status == 301


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("br;q=kaputt", ""),
        ("", ""),
    ],
)
def test_compression_follows_the_client(app: StoreFirst, accepted: str, encoding: str) -> None:
    answer = ask(app, "/aktuelles/", accept_encoding=accepted)
    assert answer.headers.get("content-encoding", "") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert unpack(answer.body) == BODY


def test_an_etag_known_to_the_client_saves_the_body(app: StoreFirst) -> None:
    first = ask(app, "/aktuelles/", accept_encoding="br")
    again = ask(app, "/aktuelles/", accept_encoding="br", if_none_match=f'"x", W/{first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert "content-length" not in again.headers
    assert ask(app, "/aktuelles/", accept_encoding="br", if_none_match='"x"').status == 200
    # Another encoding is another representation.
    assert ask(app, "/aktuelles/", accept_encoding="gzip", if_none_match=first.headers["etag"]).status == 200


def test_if_modified_since_counts_only_without_an_etag(app: StoreFirst) -> None:
    modified = ask(app, "/aktuelles/").headers["last-modified"]
    assert ask(app, "/aktuelles/", if_modified_since=modified).status == 304
    assert ask(app, "/aktuelles/", if_modified_since=modified, if_none_match='"x"').status == 200


def test_head_has_the_length_and_no_body(app: StoreFirst) -> None:
    answer = ask(app, "/aktuelles/", "HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(BODY)))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_pages_can_only_be_read(app: StoreFirst, method: str) -> None:
    answer = ask(app, "/aktuelles/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", ""])
def test_a_foreign_host_gets_nothing(app: StoreFirst, host: str) -> None:
    if host:
        assert ask(app, "/aktuelles/", host=host).status == 400
    assert ask(app, "/aktuelles/", host="localhost:8000").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../stadtnah.sqlite3",
        "/aktuelles/../../meta/aktuelles/index.html.json",
        "//evil.example/",
        "/aktuelles/\\..\\x",
        "/./aktuelles/",
        "/.part",
        "/aktuelles/\x00",
        "/aktuelles/index.html.br",
        "/" + "a" * 300 + "/",
        "/" + "a/" * 3000,
    ],
)
def test_nothing_outside_the_store_can_be_named(app: StoreFirst, data_folder: Path, path: str) -> None:
    (data_folder / "stadtnah.sqlite3").write_bytes(b"secret")
    answer = ask(app, path)
    assert (answer.status, answer.body) == (404, b"<h1>fehlt</h1>")


def test_bytes_that_are_no_text_are_not_found(app: StoreFirst) -> None:
    assert ask(app, "/\udcff".encode("utf-8", "surrogateescape").decode("latin-1")).status == 404


def test_the_file_of_a_folder_is_the_folder(app: StoreFirst) -> None:
    answer = ask(app, "/aktuelles/index.html", query="a=1")
    assert (answer.status, answer.headers["location"]) == (301, "/aktuelles/?a=1")
    assert ask(app, "/nie/index.html").status == 404


def test_a_missing_slash_is_added_on_this_host_only(app: StoreFirst) -> None:
    answer = ask(app, "/aktuelles", query="a=1&b=\r\nX: y")
    assert answer.status == 301
    assert answer.headers["location"] == "/aktuelles/?a=1&b=%0D%0AX%3A%20y"


def test_django_gets_its_own_addresses(app: StoreFirst) -> None:
    for path in (
        "/desk/",
        "/desk",
        "/konto/login/",
        "/newsletter/",
        "/-/health",
        "/api/v1/",
        "/static/a.css",
    ):
        assert ask(app, path, "POST").body == b"django"
    assert ask(app, "/deskx/").status == 404


def test_pages_are_read_on_while_django_fails(app: StoreFirst) -> None:
    down = StoreFirst(broken, ["localhost"])
    assert ask(down, "/aktuelles/").body == BODY
    answer = ask(down, "/newsletter/")
    assert (answer.status, answer.body) == (503, b"<h1>gleich</h1>")


def test_a_new_version_is_served_and_the_old_etag_is_over(app: StoreFirst) -> None:
    old = ask(app, "/aktuelles/").headers["etag"]
    store.write("/aktuelles/", BODY + b"neu", HTML)
    answer = ask(app, "/aktuelles/", if_none_match=old)
    assert (answer.status, answer.body) == (200, BODY + b"neu")
    store.remove("/aktuelles/")
    assert ask(app, "/aktuelles/").status == 404


def test_a_half_written_page_is_never_served(app: StoreFirst) -> None:
    assert ask(app, "/aktuelles/").body == BODY
    store.public_file("/aktuelles/").write_bytes(b"half")
    fresh = StoreFirst(django, ["localhost"], fresh_for=0)
    assert ask(fresh, "/aktuelles/").status == 404
    store.public_file("/aktuelles/").write_bytes(BODY)
    side = store.public_file("/aktuelles/")
    side.with_name("index.html.br").write_bytes(b"other")
    answer = ask(StoreFirst(django, ["localhost"]), "/aktuelles/", accept_encoding="br, gzip")
    assert answer.headers["content-encoding"] == "gzip"


def test_a_full_cache_forgets_and_still_answers(app: StoreFirst, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stadtnah.surfaces.website.serve._CACHED_BYTES", 3000)
    for number in range(20):
        store.write(f"/seite-{number}/", BODY, HTML)
    for number in (*range(20), 0):
        assert ask(app, f"/seite-{number}/").body == BODY
    assert app._size <= 3000


def test_an_empty_store_leaves_everything_to_django() -> None:
    assert ask(StoreFirst(django, ["localhost"]), "/irgendwas/").body == b"django"


def test_a_form_has_the_language_of_its_address() -> None:
    seen: list[tuple[str, str, str]] = []

    def forms(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        seen.append(tuple(environ[name] for name in ("SCRIPT_NAME", "PATH_INFO", "HTTP_ACCEPT_LANGUAGE")))
        return django(environ, start)

    app = StoreFirst(forms, ["localhost"])
    for path in ("/newsletter/", "/en/newsletter/a/", "/desk/"):
        ask(app, path, "POST", accept_language="fr")
    assert seen == [("", "/newsletter/", "de"), ("/en", "/newsletter/a/", "en"), ("", "/desk/", "fr")]


def test_feeds_and_pictures_may_be_shown_elsewhere_and_pages_not(app: StoreFirst) -> None:
    store.write("/feeds/atom.xml", b"<feed/>", "application/atom+xml")
    feed, page = ask(app, "/feeds/atom.xml"), ask(app, "/aktuelles/")
    assert feed.headers["cross-origin-resource-policy"] == "cross-origin"
    assert feed.headers["access-control-allow-origin"] == "*"
    assert page.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in page.headers


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/veranstaltungen/alle.ics", True),
        ("/veranstaltungen/rubrik/konzert/termine.ics", True),
        ("/veranstaltungen/veranstaltungen.json", True),
        ("/veranstaltungen/", False),
        ("/veranstaltungen/fest/", False),
        ("/aktuelles/alle.ics", False),
    ],
)
def test_calendars_may_be_read_by_other_sites(app: StoreFirst, path: str, *, shared: bool) -> None:
    store.write(path, BODY, HTML)
    assert ("access-control-allow-origin" in ask(app, path).headers) is shared


@pytest.mark.parametrize(
    ("path", "framed"),
    [
        ("/veranstaltungen/einbetten/alle/", True),
        ("/veranstaltungen/einbetten/rubrik/konzert/", True),
        ("/en/veranstaltungen/einbetten/alle/", True),
        ("/veranstaltungen/einbetten/", False),
        ("/veranstaltungen/fest/", False),
        ("/x/veranstaltungen/einbetten/alle/", False),
        ("/veranstaltungen/einbetten/fehlt/", False),  # the page that says so is none of them
        ("/aktuelles/", False),
    ],
)
def test_only_what_is_made_for_it_stands_in_a_frame_of_another_site(
    app: StoreFirst, path: str, *, framed: bool
) -> None:
    if "fehlt" not in path:
        store.write(path, BODY, HTML)
    headers = ask(app, path).headers
    policy = headers["content-security-policy"]
    assert ("frame-ancestors *" in policy) is framed
    assert ("frame-ancestors 'none'" in policy) is not framed
    assert ("x-frame-options" in headers) is not framed
    assert (headers["cross-origin-resource-policy"] == "cross-origin") is framed
    if framed:
        assert "script-src" not in policy
        assert "form-action 'none'" in policy


def test_what_was_taken_from_a_frame_page_is_not_framed(app: StoreFirst) -> None:
    store.write("/veranstaltungen/einbetten/alle/", BODY, HTML, status=410)
    assert ask(app, "/veranstaltungen/einbetten/alle/").headers["x-frame-options"] == "DENY"


def test_what_names_no_policy_gets_that_of_the_pages_and_the_desk_keeps_its_own() -> None:
    framing, referrer = ("X-Frame-Options", "SAMEORIGIN"), ("Referrer-Policy", "no-referrer")

    def answers(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        own = [("Content-Security-Policy", "its own")] if environ["PATH_INFO"].startswith("/desk/") else []
        start("200 OK", [framing, referrer, *own])
        return [b"form"]

    app = StoreFirst(answers, ["localhost"])
    for path in ("/newsletter/", "/en/newsletter/", "/-/health", "/static/x.css", "/konto", "/desk"):
        headers = ask(app, path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert (headers["x-frame-options"], headers["referrer-policy"]) == ("DENY", "no-referrer"), path
    desk = ask(app, "/desk/").headers
    assert (desk["content-security-policy"], desk["x-frame-options"]) == ("its own", "SAMEORIGIN")
    assert (desk["referrer-policy"], desk["x-content-type-options"]) == ("no-referrer", "nosniff")
