"""A saved copy of a website as wget or HTTrack leave it: pages with their old addresses, files by address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote, unquote, urlsplit

from stadtnah.kernel.media import MOST_VIDEO_BYTES
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.site.domain import urls

MOST_PAGES: Final = 5_000
LARGEST_PAGE: Final = 5_000_000  # bytes
UNKNOWN: Final = "alte-website.invalid"  # stands, with a sign of its folder, for a host that nobody named
_ENDINGS: Final = {
    *(".html", ".htm", ".xhtml", ".shtml", ".php", ".php3", ".asp", ".aspx", ".jsp", ".cfm", ".do", ".phtml"),
}
_OTHERS: Final = {
    *(
        ".css",
        ".js",
        ".json",
        ".xml",
        ".rss",
        ".ico",
        ".woff",
        ".woff2",
        ".ttf",
        ".map",
        ".txt",
        ".svg",
        ".ics",
    ),
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt"),
    *(".pptx", ".odt", ".ods", ".odp", ".zip", ".mp3", ".mp4", ".webm", ".rtf", ".swf", ".eot"),
}
_MARKUP: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|frameset)[\s>]", re.IGNORECASE)
_MIRRORED: Final = re.compile(rb"<!-- Mirrored from ([^\s<>]{3,1500}) by HTTrack", re.IGNORECASE)
_OWN_INDEX: Final = re.compile(
    rb"HTTrack Website Copier[^<]{0,80}(?:index|Index)|<title>\s*(?:Local index|List of available projects)",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:[:+@]\d{2,5})?", re.IGNORECASE)
_HOST_ADDRESS: Final = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:[:+@]\d{2,5})?|localhost(?:[:+@]\d{2,5})?")
_ADDED: Final = re.compile(r"(\.(?:php\d?|aspx?|jsp|cfm|do|phtml|html?))?([?@][^/]*?)?\.html$", re.IGNORECASE)
_SKIPPED: Final = {"hts-cache", "hts-log.txt"}
_LOOK: Final = 4_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it was kept. base: what its relative links start from. also: other addresses that led to it."""

    name: str
    address: str
    base: str
    content_type: str = ""
    also: tuple[str, ...] = ()
    broken: str = ""  # German, when there are no bytes to read


class Copy(Protocol):
    """Where the pages of an old website lie."""

    origin: str
    notes: list[str]

    def pages(self) -> list[Saved]:
        """All of them, in a stable order."""

    def read(self, name: str) -> bytes:
        """The bytes of a page. Raises OSError."""

    def file(self, address: str) -> bytes | str:
        """A picture or document, or the German reason why it is not there."""


@dataclass(slots=True)
class Folder:
    """See `opened`."""

    root: Path
    origin: str
    notes: list[str] = field(default_factory=list)

    def pages(self) -> list[Saved]:
        """Every page, the first `MOST_PAGES` in the order of their names."""
        found: list[Saved] = []
        for path in _files(self.root):
            if not _is_page(path):
                continue
            if len(found) >= MOST_PAGES:
                self.notes.append(
                    f"Der Ordner enthält mehr als {MOST_PAGES} Seiten; gelesen werden die ersten {MOST_PAGES}."
                )
                break
            if saved := self._saved(path):
                found.append(saved)
        return found

    def read(self, name: str) -> bytes:
        """See `Copy`."""
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root):
            raise FileNotFoundError(name)
        return path.read_bytes()

    def file(self, address: str) -> bytes | str:
        """See `Copy`. What was saved under its address, with its query behind a question mark, or without."""
        parts = urlsplit(address)
        if urls.origin_of(address).partition("://")[2].removeprefix("www.") != self.origin.partition("://")[
            2
        ].removeprefix("www."):
            return "liegt auf einer anderen Website und ist nicht im Ordner"
        path = unquote(parts.path).lstrip("/")
        names = [f"{path}?{unquote(parts.query)}", f"{path}@{unquote(parts.query)}"] if parts.query else []
        for name in [*names, path]:
            try:
                found = (self.root / name).resolve()
                if not found.is_relative_to(self.root) or not found.is_file():
                    continue
                if found.stat().st_size > MOST_VIDEO_BYTES:
                    return "ist zu groß"
                return found.read_bytes()
            except (OSError, ValueError):  # a name that no file can have
                continue
        return "ist nicht im Ordner"

    def _saved(self, path: Path) -> Saved | None:
        name = path.relative_to(self.root).as_posix()
        if not name.isprintable():
            return None
        there = f"{self.origin}/{quote(name)}"
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                head = file.read(_LOOK)
        except OSError:
            return Saved(name, there, there, broken="Die Datei ist nicht zu lesen.")
        if _OWN_INDEX.search(head):
            return None
        mirrored = _MIRRORED.search(head)
        told = f"{urlsplit(self.origin).scheme}://{mirrored[1].decode('latin-1')}" if mirrored else ""
        address = (urls.normal(told, self.origin) if told else "") or _address(name, self.origin)
        also = tuple(one for one in (there,) if one != address)
        if size > LARGEST_PAGE:
            said = (
                f"Die Seite ist mit {size / 1e6:.0f} MB zu groß; möglich sind {LARGEST_PAGE // 1_000_000} MB."
            )
            return Saved(name, address, there, also=also, broken=said)
        return Saved(name, address, there, also=also)


def opened(folder: Path, address: str = "") -> Folder:
    """The copy in a folder. `address`: of the old website, when the folder does not tell. Raises FeedError (German)."""
    try:
        folder = folder.resolve()
        if not folder.is_dir():
            raise FeedError(f"„{folder.name}“ ist kein Ordner. Bitte prüfen Sie den Namen.")
        hosts = [one for one in sorted(folder.iterdir()) if one.is_dir() and _is_host(one.name)]
    except OSError:
        raise FeedError(f"Der Ordner „{folder.name}“ ist nicht zu lesen.") from None
    said = urls.origin_of(address if "://" in address else f"https://{address}") if address else ""
    if address and not said:
        raise FeedError("Die alte Adresse ist keine. Zum Beispiel: https://www.ihre-kommune.example")
    notes: list[str] = []
    if hosts:
        root = max(hosts, key=lambda one: sum(1 for path in _files(one) if _is_page(path)))
        if others := [one.name for one in hosts if one != root]:
            notes.append(
                f"Im Ordner liegen auch Seiten anderer Websites; sie bleiben außen vor: {', '.join(others[:8])}."
            )
        name = re.sub(r"[+@](?=\d+$)", ":", root.name)
        return Folder(root, said or f"https://{name.lower()}", notes)
    found = (
        said or (f"https://{folder.name.lower()}" if _is_host(folder.name) else "") or _mirrored_host(folder)
    )
    if not found:
        found = f"https://{sha256(str(folder).encode()).hexdigest()[:8]}.{UNKNOWN}"
        notes.append(
            "Welche Adresse die alte Website hatte, sagt der Ordner nicht. Wer den Ordner auf dem Server einliest, kann sie dort angeben."
        )
    copy = Folder(folder, found, notes)
    if not any(_is_page(path) for path in _files(folder)):
        raise FeedError("In diesem Ordner liegen keine Webseiten (HTML-Dateien).")
    return copy


def invented(host: str) -> bool:
    """Whether a host is one that `opened` made up: nobody should read it."""
    return host.endswith(UNKNOWN)


def _mirrored_host(folder: Path) -> str:
    found: Counter[str] = Counter()
    for path, _number in zip(_files(folder), range(200), strict=False):
        if _is_page(path):
            with path.open("rb") as file:
                if match := _MIRRORED.search(file.read(_LOOK)):
                    found[match[1].decode("latin-1").partition("/")[0].lower()] += 1
    return f"https://{found.most_common(1)[0][0]}" if found else ""


def _is_host(name: str) -> bool:
    return bool(_HOST_ADDRESS.fullmatch(name)) or (
        bool(_HOST.fullmatch(name)) and Path(name).suffix.lower() not in _ENDINGS | _OTHERS
    )


def _files(folder: Path) -> Iterator[Path]:
    """The files, in the order of their names; links are not followed, for they may lead anywhere."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") or part in _SKIPPED for part in path.relative_to(folder).parts)
        if (
            not hidden
            and path.is_file()
            and not path.is_symlink()
            and path.resolve().is_relative_to(folder.resolve())
        ):
            yield path


def _is_page(path: Path) -> bool:
    """By its ending; by its first bytes when it has none that says so."""
    name = path.name.lower()
    if re.search(r"\.(?:html?|xhtml|shtml|php\d?|aspx?|jsp|cfm|phtml)(?:[?@].*)?$", name):
        return True
    if path.suffix.lower() in _OTHERS:
        return False
    try:
        with path.open("rb") as file:
            return bool(_MARKUP.search(file.read(_LOOK)))
    except OSError:
        return False


def _address(name: str, origin: str) -> str:
    """The address a file was saved from: „index.html“ of a folder is the folder, what stands behind „?“ or „@“ the query."""
    match = _ADDED.search(name)
    if match and (match[1] or match[2]):  # wget added „.html“ to what had another ending or a query
        name = name.removesuffix(".html")
    path, mark, query = name.partition("?")
    if not mark and re.search(r"\.(?:php\d?|aspx?|jsp|cfm)@\w+=", name):
        path, mark, query = name.partition("@")
    path = re.sub(r"(^|/)index\.html?$", r"\1", path)
    return urls.normal(f"{origin}/{quote(path)}" + (f"?{query}" if mark else ""), origin)
