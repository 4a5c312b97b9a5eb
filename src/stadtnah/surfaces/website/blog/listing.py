"""The lists of the blog: read from the released rows, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.blog.models import BLOG, SERIES
from stadtnah.surfaces.website.lists import Item, Listing
from stadtnah.surfaces.website.released import ReleasedPage

ENTRY: Final = "blogentry"
SERIES_KIND: Final = "blogseries"
ENTRIES: Final = "list:blog"
ALL_SERIES: Final = "list:blog-series"
ARCHIVE: Final = f"{BLOG}archiv/"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries before and after one in its series."""

    older: Item | None
    newer: Item | None

    @property
    def uses(self) -> frozenset[str]:
        """What shows them."""
        return frozenset(one.key for one in (self.older, self.newer) if one)


def series_use(key: str) -> str:
    """The list of a series."""
    return f"list:in:{key}"


def year_use(year: int) -> str:
    """The list of a year."""
    return f"list:blog-year:{year}"


def beside_use(key: str) -> str:
    """What an entry shows of its neighbours: marked by whoever comes between or leaves."""
    return f"list:beside:{key}"


def keys_of_entry(row: ReleasedPage) -> set[str]:
    """The lists an entry is in. Its neighbours' pages are two of them, so that one new entry bakes two others and not the whole series."""
    beside = {beside_use(one.pk) for one in _around(row) if one}
    series = row.content["extra"].get("series", "")
    return {ENTRIES, year_use(_year(row.sorted_by)), series_use(series), *beside}


def neighbours(row: ReleasedPage) -> Neighbours:
    """Two queries."""
    older, newer = _around(row)
    return Neighbours(lists.item(older) if older else None, lists.item(newer) if newer else None)


def in_series(key: str) -> Any:
    """The live entries of a series, newest first."""
    return lists.live(ENTRY).filter(content__extra__series=key)


def all_series() -> list[ReleasedPage]:
    """Every live series, by title."""
    rows = list(lists.live(SERIES_KIND))
    return sorted(rows, key=lambda row: sort_key(str(row.content["title"])))


def title(key: str) -> tuple[str, str]:
    """(title, path) of a live series; two empty texts without one."""
    row = lists.live(SERIES_KIND).filter(pk=key).first()
    return (row.content["title"], row.path) if row else ("", "")


def blog(path: str) -> Listing | None:
    """The page of the whole list at this path."""
    page = lists.page_number(path, BLOG)
    return lists.paged(lists.live(ENTRY), BLOG, page, title_kind="blog", uses={ENTRIES}) if page else None


def of_series(row: ReleasedPage, path: str) -> Listing | None:
    """The page of a series' list at this path."""
    page = lists.page_number(path, row.path)
    return lists.paged(in_series(row.pk), row.path, page, title_kind="series", uses={series_use(row.pk)})


def series_at(path: str) -> ReleasedPage | None:
    """The live series whose list has a page at this path."""
    base = path.rpartition("seite/")[0]
    if not base.startswith(SERIES) or not lists.page_number(path, base):
        return None
    found: ReleasedPage | None = lists.live(SERIES_KIND).filter(path=base).first()
    return found


def years() -> list[tuple[int, int]]:
    """(year, how many), newest first."""
    return sorted(Counter(year for year, _series in _dates()).items(), reverse=True)


def year_path(year: int) -> str:
    """The path of a year's list."""
    return f"{ARCHIVE}{year}/"


def of_year(year: int) -> list[Item]:
    """The live entries of a year, newest first. ValueError, OverflowError when it is none."""
    first, after = (clock.resolve_wall(datetime(one, 1, 1)) for one in (year, year + 1))  # noqa: DTZ001 - wall times
    rows = lists.live(ENTRY).filter(sorted_by__gte=first, sorted_by__lt=after)
    return [lists.item(row) for row in rows]


def paths() -> set[str]:
    """Every list of the blog there should be; none before its first entry."""
    found = _dates()
    if not found:
        return set()
    every = _pages(BLOG, len(found)) | {year_path(year) for year, _count in years()}
    return {*every, ARCHIVE}


def series_paths() -> set[str]:
    """The further pages of long series; the first is the series itself."""
    counts = Counter(key for _year, key in _dates())
    rows = lists.live(SERIES_KIND).values_list("pk", "path") if counts else []
    return {path for key, base in rows for path in _pages(base, counts[key]) - {base}}


def keys(items: Iterable[Item]) -> set[str]:
    """What a page with these uses."""
    return {one.key for one in items}


def _pages(base: str, count: int) -> set[str]:
    return {lists.page_path(base, page) for page in range(1, lists.pages_of(count) + 1)}


def _dates() -> list[tuple[int, str]]:
    """(year, key of the series) of each live entry; one query in one pass."""
    return lists.once("blog", _read_dates)


def _read_dates() -> list[tuple[int, str]]:
    rows = lists.live(ENTRY).order_by().values_list("sorted_by", "content__extra__series")
    return [(_year(moment), str(key or "")) for moment, key in rows]


def _year(moment: datetime) -> int:
    return clock.local(moment).year


def _around(row: ReleasedPage) -> tuple[ReleasedPage | None, ReleasedPage | None]:
    """The live entries before and after it in its series; those of the same moment go by their key."""
    others = in_series(row.content["extra"].get("series", "")).exclude(pk=row.pk)
    older = others.filter(Q(sorted_by__lt=row.sorted_by) | Q(sorted_by=row.sorted_by, pk__lt=row.pk))
    newer = others.filter(Q(sorted_by__gt=row.sorted_by) | Q(sorted_by=row.sorted_by, pk__gt=row.pk))
    return (
        older.order_by("-sorted_by", "-object_key").first(),
        newer.order_by("sorted_by", "object_key").first(),
    )
