"""What an old address and a target may be: pure rules, for what is typed and for the lines of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from stadtnah.surfaces.website import queries, serve, store
from stadtnah.surfaces.website.forwarding.models import LONGEST_PATH, LONGEST_TARGET
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES

# First parts that no old address may have: they belong to the cell itself.
_OURS: Final = frozenset(
    part.split("/")[1] for part in (*serve.DYNAMIC, "/feeds/", "/media/", "/theme/", "/sitemaps/", "/en/", "/.well-known/")
) | {one.root.strip("/") for one in TONGUES.values()}  # fmt: skip
_QUERY: Final = "%=&;+,/:@!$'()*?[]-._~"  # stay as they are; letters beyond ASCII as browsers send them
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST: Final = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$"
)


class AddressWrong(ValueError):
    """Why it cannot be used, in German."""


def old(text: str) -> str:
    """The path of an old address, typed as path or copied whole from a browser, with its query in one spelling. Raises AddressWrong."""
    text = _clean(text, "Bitte geben Sie die alte Adresse an, zum Beispiel /rathaus/muell.html.")
    split = _split(text)
    path = queries.path_of(_path(split.path))
    if path == "/":
        raise AddressWrong("Die Startseite lässt sich nicht weiterleiten, auch nicht mit einem Fragezeichen.")
    if len(split.query) > queries.LONGEST:
        raise AddressWrong(
            f"Was hinter dem Fragezeichen steht, ist zu lang; möglich sind {queries.LONGEST} Zeichen."
        )
    path = queries.place(path, quote(split.query, safe=_QUERY)) or path
    if len(path) > LONGEST_PATH:
        raise AddressWrong(f"Diese Adresse ist zu lang; möglich sind {LONGEST_PATH} Zeichen.")
    first = path.split("/")[1]
    if first == "en":
        raise AddressWrong("Die englische Fassung (/en/) wird von selbst mit weitergeleitet.")
    if first in _OURS or first.startswith("."):
        raise AddressWrong(f"Adressen unter /{first}/ braucht die Website selbst.")
    try:
        store.relative(path)
    except store.StorePathError:
        raise AddressWrong("Diese Adresse enthält Zeichen oder Teile, die nicht möglich sind.") from None
    return path


def target(text: str, own_hosts: Iterable[str]) -> str:
    """The target: a path of this site (with an anchor, if it has one), or an address elsewhere. Raises AddressWrong."""
    text = _clean(text, "Bitte geben Sie das Ziel an, zum Beispiel /dienstleistungen/sperrmuell/.")
    split = _split(text)
    if split.netloc and (split.hostname or "").lower() not in own_hosts:
        return _elsewhere(split)
    path = _path(split.path or "/")
    if split.query:
        raise AddressWrong("Ein Ziel auf dieser Website hat kein Fragezeichen in der Adresse.")
    if not path.endswith("/") and "." not in path.rsplit("/", 1)[-1]:
        path += "/"
    anchor = unquote(split.fragment)
    if anchor and not re.fullmatch(r"[\w-]{1,80}", anchor):
        raise AddressWrong("Was hinter dem # steht, kann keine Stelle einer Seite sein.")
    found = f"{path}#{anchor}" if anchor else path
    if len(found) > LONGEST_TARGET:
        raise AddressWrong(f"Dieses Ziel ist zu lang; möglich sind {LONGEST_TARGET} Zeichen.")
    return found


def is_elsewhere(found: str) -> bool:
    """Whether a target lies outside this website."""
    return not found.startswith("/")


def page_of(found: str) -> str:
    """The path of a target on this site, without its anchor."""
    return found.partition("#")[0]


def as_location(found: str) -> str:
    """A target as it stands in a header: ASCII, and nothing in it can end the line."""
    return quote(found, safe="/-._~#" if found.startswith("/") else ":/-._~#?&=%+,;@!$'()*[]")


def _clean(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise AddressWrong(missing)
    if not text.isprintable() or "\\" in text or " " in text:
        raise AddressWrong("Diese Adresse enthält Zeichen, die in keiner Adresse stehen.")
    return text


class _Split:
    """The parts of what was typed."""

    def __init__(self, text: str) -> None:
        try:
            found = urlsplit(text)
            self.hostname, self.port = found.hostname, found.port
        except ValueError:
            raise AddressWrong("Das ist keine Adresse. Bitte kopieren Sie sie aus dem Browser.") from None
        self.scheme, self.netloc, self.path = found.scheme, found.netloc, found.path
        self.query, self.fragment = found.query, found.fragment
        self.signed_in = bool(found.username or found.password)


def _split(text: str) -> _Split:
    if text.startswith("//"):
        raise AddressWrong("Eine Adresse beginnt mit / oder mit https://, nicht mit //.")
    if not text.startswith("/"):
        if _SCHEME.match(text) and not text.lower().startswith(("http://", "https://")):
            raise AddressWrong("Eine Adresse beginnt mit / oder mit https://.")
        if not _SCHEME.match(text):
            text = f"/{text}"
    return _Split(text)


def _path(said: str) -> str:
    path = unquote(said) or "/"
    parts = path.split("/")
    strange = not path.isprintable() or any(sign in path for sign in ("\\", "//", "#", "?", " "))
    if strange or any(part in {".", ".."} for part in parts):
        raise AddressWrong("Diese Adresse enthält Zeichen oder Teile, die nicht möglich sind.")
    return path


def _elsewhere(split: _Split) -> str:
    try:
        host = (split.hostname or "").encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if split.scheme != "https":
        raise AddressWrong("Ein Ziel außerhalb dieser Website beginnt mit https://.")
    if not _HOST.match(host) or split.signed_in:
        raise AddressWrong("Dieses Ziel hat keinen gültigen Namen einer Website.")
    port = f":{split.port}" if split.port and split.port != 443 else ""  # noqa: PLR2004 - of https
    rest = quote(unquote(split.path), safe="/-._~") or "/"
    query = f"?{quote(split.query, safe='=&%+-._~')}" if split.query else ""
    anchor = f"#{quote(unquote(split.fragment), safe='-._~')}" if split.fragment else ""
    found = f"https://{host}{port}{rest}{query}{anchor}"
    if len(found) > LONGEST_TARGET:
        raise AddressWrong(f"Dieses Ziel ist zu lang; möglich sind {LONGEST_TARGET} Zeichen.")
    return found
