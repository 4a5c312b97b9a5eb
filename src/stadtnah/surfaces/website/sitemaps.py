"""What search engines read to find every page: an index, and parts that are small enough to be written anew one by one.

A part holds the messages of one month, or all pages of another kind, each with its versions in other languages and its pictures. A release marks
the part it touches; `settle` writes that one and the index, however many pages there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.media import MediaError
from stadtnah.kernel.text import shortened, xml_legal
from stadtnah.kernel.town.api import base_url, town
from stadtnah.surfaces.website import kinds, lists, pictures, store
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.site import languages_of, prefix_of

INDEX: Final = "/sitemap.xml"
USE: Final = "sitemap:"
_FOLDER: Final = "/sitemaps/"
_NEWS: Final = "neu"
_FIXED: Final = "listen"
_MONTHLY: Final = "message"
_XML: Final = "application/xml; charset=utf-8"
_ROWS: Final = 10_000  # of a file: twice as many addresses, and 50,000 are allowed
_NEW_FOR: Final = timedelta(hours=48)  # as news search engines want it
_MOST_NEWS: Final = 1000
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES: Final = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def part_of(row: ReleasedPage) -> str:
    """The part a row stands in, as a mark for `publish`: "sitemap:message-2026-11", "sitemap:service"."""
    if row.kind == versions.KIND:
        german = ReleasedPage.objects.filter(pk=row.original).first()
        return part_of(german) if german else f"{USE}{row.kind}"
    return USE + (f"{_MONTHLY}-{lists.month_of(row)}" if row.kind == _MONTHLY else row.kind)


def mark_of(path: str) -> str:
    """The mark under which the file at this path is made anew, the index with each; "" when it is none of ours."""
    if path == INDEX:
        return USE + _NEWS
    name = path.removeprefix(_FOLDER).removesuffix(".xml").partition("~")[0]
    return f"{USE}{name}" if path.startswith(_FOLDER) else ""


def refresh(stale: Iterable[str]) -> list[str]:
    """Writes the marked parts anew, and where one is, or the town or its messages changed, what is new and the index.

    Returns the names of the parts. Raises OSError.
    """
    marked = set(stale)
    parts = sorted({use.removeprefix(USE) for use in marked if use.startswith(USE)})
    for part in parts:
        _write(part, _rows(part))
    if parts or marked & {"town", "list:news"}:
        bake_news()
    return parts


def bake_all() -> None:
    """Every part; for a new address of the website and the first time."""
    wanted = {kind.key for kind in kinds.KINDS if kind.key != _MONTHLY}
    wanted |= {f"{_MONTHLY}-{month}" for month in lists.all_months()}
    for gone in {name.rpartition("~")[0] or name for name in _stored()} - wanted - {_NEWS, _FIXED}:
        _write(gone, [])
    for part in sorted(wanted):
        _write(part, _rows(part))
    bake_news()


def bake_news() -> None:
    """The municipality's messages of the last two days, the lists, and the index. The same bytes are not written again."""
    since = clock.now() - _NEW_FOR
    rows = lists.news().filter(sorted_by__gte=since)[:_MOST_NEWS]
    name = town().name
    body = "".join(_news(row, name) for row in rows)
    _put(_NEWS, body)
    _put(_FIXED, "".join(_addresses(path, None) for path in _without_words()))
    names = sorted(_stored())
    entries = [(f"{base_url()}{_FOLDER}{name}.xml", _changed(name)) for name in names]
    index = "".join(
        f"<sitemap><loc>{escape(loc)}</loc><lastmod>{when}</lastmod></sitemap>\n" for loc, when in entries
    )
    head = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    store.write(INDEX, f"{_HEAD}{head}\n{index}</sitemapindex>\n".encode(), _XML)


def _without_words() -> list[str]:
    """Pages that are there before anybody released words for them."""
    paths = {"/", lists.NEWS, lists.ARCHIVE}
    rows = ReleasedPage.objects.filter(path__in=paths, state=ReleasedPage.State.LIVE)
    return sorted(paths - set(rows.values_list("path", flat=True)))


def _rows(part: str) -> Any:
    """Nothing for a part that there cannot be, as what somebody laid into the folder."""
    month = part.removeprefix(f"{_MONTHLY}-")
    try:
        rows = lists.in_month(month) if month != part else lists.live(part)
    except (ValueError, OverflowError):
        return ()
    return rows.order_by("path").iterator(chunk_size=500)


def _write(part: str, rows: Iterable[ReleasedPage]) -> None:
    """The part in as many files as it needs; without rows it goes."""
    number, body, count = 1, [], 0
    spoken = versions.tags() if rows else {}
    for row in rows:
        if not kinds.KINDS[row.kind].addressed(row):
            continue
        body.append(_page(row, spoken.get(row.pk, ())))
        count += 1
        if count == _ROWS:
            _put(_name(part, number), "".join(body))
            number, body, count = number + 1, [], 0
    _put(_name(part, number), "".join(body))
    while store.read_meta(_path(_name(part, number + 1))):
        number += 1
        store.remove(_path(_name(part, number)))


def _name(part: str, number: int) -> str:
    return part if number == 1 else f"{part}~{number}"


def _path(name: str) -> str:
    return f"{_FOLDER}{name}.xml"


def _put(name: str, body: str) -> None:
    if body:
        whole = xml_legal(f"{_HEAD}<urlset {_SPACES}>\n{body}</urlset>\n")
        store.write(_path(name), whole.encode(), _XML)
    else:
        store.remove(_path(name))


def _stored() -> Iterator[str]:
    folder = store.meta_file(_path("x")).parent
    return (file.name.removesuffix(".xml.json") for file in folder.glob("*.xml.json"))


def _changed(name: str) -> str:
    return clock.rfc3339(datetime.fromtimestamp(store.meta_file(_path(name)).stat().st_mtime, UTC))


def _page(row: ReleasedPage, spoken: Iterable[str]) -> str:
    images = "".join(
        f"<image:image><image:loc>{escape(url)}</image:loc></image:image>" for url in _pictures(row)
    )
    return _addresses(row.path, row.updated_at, images, spoken)


def _pictures(row: ReleasedPage) -> Iterator[str]:
    """What the page shows, as readers outside the website get it (`pictures.original`); nobody is to find people by their picture."""
    if not kinds.KINDS[row.kind].searched:
        return
    for picture in row.shown().pictures():
        try:
            yield base_url() + pictures.original(picture)[0]
        except MediaError:
            continue


def _news(row: ReleasedPage, publication: str) -> str:
    content = row.shown()
    said = (
        f"<news:news><news:publication><news:name>{escape(publication)}</news:name>"
        f"<news:language>{escape(content.language)}</news:language></news:publication>"
        f"<news:publication_date>{clock.rfc3339(row.sorted_by)}</news:publication_date>"
        f"<news:title>{escape(shortened(content.title, 200))}</news:title></news:news>"
    )
    return f"<url><loc>{escape(base_url() + row.path)}</loc>{said}</url>\n"


def _addresses(path: str, changed: datetime | None, more: str = "", spoken: Iterable[str] = ()) -> str:
    """The page in each language; each names all of them, and the German one for everybody else."""
    there = {code: base_url() + prefix_of(code) + path for code in languages_of(spoken)}
    twins = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in {**there, "x-default": there["de"]}.items()
    )
    when = f"<lastmod>{clock.rfc3339(changed)}</lastmod>" if changed else ""
    return "".join(
        f"<url><loc>{escape(address)}</loc>{when}{twins}{more}</url>\n" for address in there.values()
    )
