"""A website read page by page into a folder of ours. What was read is kept at once: a crawl that was stopped goes on."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from stadtnah.kernel import decoding
from stadtnah.kernel.text import counted
from stadtnah.surfaces.website.moving_in import addresses
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.site.domain import links, urls
from stadtnah.surfaces.website.moving_in.site.domain.head import head_of
from stadtnah.surfaces.website.moving_in.site.folder import LARGEST_PAGE, Saved
from stadtnah.surfaces.website.moving_in.site.polite import Answer, Asking

MOST_PAGES: Final = 2_000
SECONDS: Final = 6 * 3_600.0  # for one look at a website; what is left then is named
_KNOWN: Final = 50_000  # addresses
LARGEST_COPY: Final = 2_000_000_000  # bytes
_SHEETS: Final = 12  # of one calendar
_SAME: Final = 15  # pages of one making that say the same again
_OTHER: Final = re.compile(
    r"\.(?:css|js|mjs|json|xml|rss|atom|ico|woff2?|ttf|eot|map|txt|svg|mp3|mp4|webm|avi|mov|wmv|swf|exe|dmg|bmp|tiff?|7z|rar|gz|tar|vcf|kml|gpx|epub)(?:$|\?)",
    re.IGNORECASE,
)  # fmt: skip
_HTML: Final = re.compile(r"html|xml|text/plain", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"<(?:!doctype\s|html|head|body|frameset|title)", re.IGNORECASE)
_TAGS: Final = re.compile(r"<script\b[^<]*|<[^<>]*>|\d+|\s+", re.IGNORECASE)
_OK, _GONE, _WRONG = 200, {404, 410}, 400

Beat = Callable[[int, int], None]  # done, of how many so far; may raise to stop


@dataclass(slots=True)
class Crawl:
    """One look at a website. Kept in `folder`: a line per address in the order of asking, and the pages."""

    asking: Asking
    folder: Path
    most: int = MOST_PAGES
    seconds: float = SECONDS
    queue: deque[str] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    asked: int = 0  # addresses; the links of a page are not kept here, they may be as long as itself
    left: Counter[str] = field(default_factory=Counter)  # addresses not asked for, by reason
    pages: int = 0
    _bytes: int = 0
    _sheets: Counter[str] = field(default_factory=Counter)
    _said: dict[str, set[bytes]] = field(default_factory=dict)  # by making: digests of what its pages say
    _same: Counter[str] = field(default_factory=Counter)

    def run(self, beat: Beat) -> None:
        """Reads on from where it stands. Raises what `beat` raises, and Silent."""
        until = time.monotonic() + self.seconds
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._replay()
        if not self.asked:
            self._put(f"{self.asking.origin}/")
            for one in self._mapped(beat):
                self._put(one)
        with (self.folder / "index.jsonl").open("a", encoding="utf-8") as journal:
            journal.write("\n")  # ends a line that a killed process left open
            while self.queue:
                beat(self.asked, self.asked + len(self.queue))
                if reason := self._over(until):
                    self.left[reason] += len(self.queue)
                    break
                self._one(self.queue.popleft(), journal)

    def notes(self) -> list[str]:
        """What was not read, German."""
        return [
            f"Nicht gelesen, weil {reason}: {counted(number, 'Adresse', 'Adressen')}."
            for reason, number in self.left.most_common(8)
        ]

    def _over(self, until: float) -> str:
        if self.pages >= self.most:
            return f"mehr als {self.most} Seiten nicht vorgesehen sind (--hoechstens)"
        if self._bytes > LARGEST_COPY:
            return "die Kopie zu groß wurde"
        return "die Zeit um war" if time.monotonic() > until else ""

    def _one(self, address: str, journal: Any) -> None:
        if reason := self._closed(address):
            self.left[reason] += 1
            return
        got = self.asking.get(address, most=LARGEST_PAGE)
        row: dict[str, Any] = {"address": address}
        if got.moved:
            row["moved"] = got.moved
        elif got.elsewhere:
            row["broken"] = f"Die Adresse leitet auf eine andere Website weiter: {got.elsewhere}"
        elif got.status in _GONE:
            row["gone"] = True
        elif got.reason or got.status >= _WRONG:
            row["broken"] = got.reason or f"Die alte Website antwortet hier mit {got.status}."
        elif not _is_page(got):
            row["broken"] = (
                f"Das ist keine Seite, sondern eine Datei ({got.content_type.partition(';')[0][:60] or 'unbekannte Art'})."
            )
        else:
            row |= self._kept(address, got)
        journal.write(json.dumps(row, ensure_ascii=False) + "\n")
        journal.flush()
        self._take(row)

    def _kept(self, address: str, got: Answer) -> dict[str, Any]:
        name = f"{self.asked:06d}.html"
        (self.folder / name).write_bytes(got.body)
        html = decoding.text(*decoding.normalised(got.body, got.content_type))
        head = head_of(html)
        base = urljoin(got.url, head.base) if head.base else got.url
        found = (urls.normal(one, self.asking.origin, base) for one in links.of_page(html, head))
        said = blake2b(_TAGS.sub(" ", html).encode(), digest_size=12).hexdigest()
        return {
            "name": name, "base": got.url, "type": got.content_type[:100], "said": said, "size": len(got.body),
            "links": list(dict.fromkeys(one for one in found if one and one != address)),
        }  # fmt: skip

    def _take(self, row: dict[str, Any]) -> None:
        """Learns from a line, new or read again."""
        self.asked += 1
        self.known.add(row["address"])
        self.pages += "name" in row
        self._bytes += row.get("size", 0)
        if row.get("moved"):
            self._put(row["moved"])
        if said := row.get("said"):
            making, digest = urls.pattern_of(row["address"]), bytes.fromhex(said)
            heard = self._said.setdefault(making, set())
            self._same[making] += digest in heard
            heard.add(digest)
            if urls.is_calendar(row["address"]):
                self._sheets[making] += 1
        for one in row.get("links", ()):
            self._put(one)

    def _put(self, address: str) -> None:
        found = urls.normal(address, self.asking.origin)
        if not found or found in self.known or len(self.known) >= _KNOWN:
            return
        self.known.add(found)
        path = found.partition("?")[0]
        if addresses.is_document(path) or addresses.is_picture(path) or _OTHER.search(path):
            return  # files come with the pages that link to them
        if reason := urls.machinery(found):
            self.left[f"es keine Seiten für Leserinnen und Leser sind ({reason})"] += 1
        elif not self.asking.rules.allows(found):
            self.left["die robots.txt der alten Website es nicht erlaubt"] += 1
        else:
            self.queue.append(found)

    def _closed(self, address: str) -> str:
        """Why no more of its kind are read; "" when they are."""
        making = urls.pattern_of(address)
        if urls.is_calendar(address) and self._sheets[making] >= _SHEETS:
            return "es Blätter eines Kalenders sind, die kein Ende haben"
        heard = self._said.get(making, ())
        return (
            "sie immer wieder dasselbe sagen"
            if self._same[making] >= _SAME and self._same[making] > len(heard)
            else ""
        )

    def _mapped(self, beat: Beat) -> Iterator[str]:
        """Addresses from its sitemaps."""
        waiting = deque([*self.asking.rules.maps[:10], f"{self.asking.origin}/sitemap.xml"])
        asked: set[str] = set()
        while waiting and len(asked) < 20:  # noqa: PLR2004 - a town's sitemap has one or two levels
            address = urls.normal(waiting.popleft(), self.asking.origin)
            if not address or address in asked:
                continue
            asked.add(address)
            beat(self.asked, self.asked + len(self.queue))
            got = self.asking.get(address, most=LARGEST_PAGE)
            if got.status != _OK or not got.body:
                continue
            text = got.body.decode("utf-8", "replace")
            found = links.of_sitemap(text)
            if "<sitemapindex" in text[:2_000]:
                waiting.extend(found)
            else:
                yield from found

    def _replay(self) -> None:
        done = set[str]()
        for row in lines_of(self.folder):
            self._take(row)
            done.add(row["address"])
        self.queue = deque(one for one in self.queue if one not in done)


def _is_page(got: Answer) -> bool:
    return bool(_HTML.search(got.content_type) if got.content_type else True) and bool(
        "html" in got.content_type.lower() or _MARKUP.search(got.body[:4_000])
    )


def lines_of(folder: Path) -> Iterator[dict[str, Any]]:
    """What was kept; a line that was cut off when the process was killed is left out."""
    try:
        with (folder / "index.jsonl").open(encoding="utf-8") as journal:
            for line in journal:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue
    except OSError:
        return


@dataclass(slots=True)
class Crawled:
    """The copy a crawl left (see `folder.Copy`). Pictures and documents are asked for when their page is taken over."""

    folder: Path
    origin: str
    notes: list[str] = field(default_factory=list)
    asking: Asking | None = None
    opening: Callable[[], Asking] | None = None

    def pages(self) -> list[Saved]:
        """Each page with the addresses that led to it; then what could not be read."""
        rows = {row["address"]: row | {"links": ()} for row in lines_of(self.folder)}
        also: dict[str, list[str]] = {}
        found: list[Saved] = []
        for address, row in rows.items():
            if row.get("moved"):
                end = _end(address, rows)
                if end:
                    also.setdefault(end, []).append(address)
                else:
                    said = "Die Adresse leitet im Kreis oder ins Leere."
                    found.append(Saved(address, address, address, broken=said))
            elif row.get("broken"):
                found.append(Saved(address, address, address, broken=row["broken"]))
        pages = [
            Saved(row["name"], address, row["base"], row["type"], tuple(also.get(address, ())))
            for address, row in rows.items()
            if "name" in row
        ]
        return [*pages, *found]

    def read(self, name: str) -> bytes:
        """See `Copy`."""
        if not re.fullmatch(r"\d{6,9}\.html", name):
            raise FileNotFoundError(name)
        return (self.folder / name).read_bytes()

    def file(self, address: str) -> bytes | str:
        """See `Copy`."""
        if self.asking is None and self.opening is not None:
            try:
                self.asking = self.opening()
            except FeedError as error:
                return str(error).rstrip(".")
        return self.asking.file(address) if self.asking else "die alte Website ist nicht zu erreichen"


def _end(address: str, rows: dict[str, dict[str, Any]]) -> str:
    """The page at the end of a chain of redirects; "" for a circle, or when there is none."""
    seen: set[str] = set()
    while address not in seen:
        seen.add(address)
        row = rows.get(address, {})
        if "name" in row:
            return address
        if not row.get("moved"):
            return ""
        address = row["moved"]
    return ""
