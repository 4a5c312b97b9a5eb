"""What lists of messages there are: read from the released rows, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, TypeVar

from django.db.models import Count, Subquery

from stadtnah.kernel import clock
from stadtnah.kernel.questions import Question
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import members, released
from stadtnah.surfaces.website.addresses import sort_key
from stadtnah.surfaces.website.models import ReleasedPage

PER_PAGE = 12
# A new message moves every entry of its list by one, so an endless list would be baked anew from end to end. Older ones stand in
# the archive, whose months stay as they are.
MOST_PAGES = 20
NEWS = "/aktuelles/"
ARCHIVE = "/aktuelles/archiv/"
PRESS = "list:press"


@dataclass(frozen=True, slots=True)
class Item:
    """A released page with its content opened."""

    row: ReleasedPage
    content: Content

    @property
    def key(self) -> str:
        """The object key."""
        return self.row.object_key


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    path: str  # of this page
    base: str  # of the first
    title_kind: str  # "news", "category", "month"
    items: list[Item]
    page: int = 1
    pages: int = 1
    category: str = ""
    label: str = ""
    month: str = ""  # "2026-11"
    uses: set[str] = field(default_factory=set)

    @property
    def counts(self) -> bool:
        """Whether it shows all categories with their numbers. Further pages and months would be baked anew with every message for that."""
        return self.page == 1 and self.title_kind in {"news", "category"}

    @property
    def cut(self) -> bool:
        """Whether older messages stand in the archive alone."""
        return self.page == self.pages == MOST_PAGES

    @property
    def previous(self) -> str:
        """The path of the newer page, or ""."""
        return page_path(self.base, self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        """The path of the older page, or ""."""
        return page_path(self.base, self.page + 1) if self.page < self.pages else ""

    @property
    def steps(self) -> list[tuple[int, str]]:
        """(number, path) to show: the first, the last, those around; (0, "") stands for a gap."""
        shown = sorted({1, self.pages, *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1)})
        found: list[tuple[int, str]] = []
        for number in shown:
            if found and number - found[-1][0] > 1:
                found.append((0, ""))
            found.append((number, page_path(self.base, number)))
        return found


_Found = TypeVar("_Found")
_PASS: ContextVar[dict[str, Any] | None] = ContextVar("what one baking found out", default=None)


@contextmanager
def one_pass() -> Iterator[None]:
    """While many pages are made of the same rows, what each of them counts is counted once."""
    token = _PASS.set({})
    try:
        yield
    finally:
        _PASS.reset(token)


def in_one_pass() -> bool:
    """Whether many pages are being made, so that it pays to ask for all of something at once."""
    return _PASS.get() is not None


def once(name: str, count: Callable[[], _Found]) -> _Found:
    """What `count` finds, asked for once while many pages are made (`one_pass`)."""
    known = _PASS.get()
    if known is None:
        return count()
    if name not in known:
        known[name] = count()
    found: _Found = known[name]
    return found


def item(row: ReleasedPage) -> Item:
    """A row with its content opened."""
    return Item(row, row.shown())


def live(kind: str = "message") -> Any:
    """The live rows of a kind, newest first."""
    rows = ReleasedPage.objects.filter(kind=kind, state=ReleasedPage.State.LIVE)
    return rows.order_by("-sorted_by", "-first_released_at", "object_key")


def news() -> Any:
    """The messages in the municipality's own lists and feeds, newest first."""
    return live().filter(listed=True)


def on_site(site: str) -> Any:
    """The messages in the list of a member site, newest first."""
    return live().filter(on_sites__site=site)


def place(kind: str) -> tuple[Content | None, frozenset[str]]:
    """The live page that is the place of such a list, and what a further page of the list uses of it."""
    row = live(kind).first()
    return (row.shown(), frozenset({row.pk})) if row else (None, frozenset())


def latest(count: int) -> list[Item]:
    """The newest messages."""
    return [item(row) for row in news()[:count]]


def holds(one: Item, today: date, fresh: timedelta) -> bool:
    """Whether a message holds on this day: until the end it names, else for so long after it was published."""
    until = one.content.valid_until
    if until:
        return clock.parse_wall(until).date() >= today
    return clock.local(one.row.sorted_by).date() >= today - fresh


def month_of(row: ReleasedPage) -> str:
    """The month a message belongs to in the archive, "2026-11"."""
    return released.month_of(row.sorted_by)


def keys_of_message(row: ReleasedPage) -> set[str]:
    """The lists a message is in."""
    month = f"list:month:{month_of(row)}"
    found = {PRESS} if row.listed and row.content.get("extra", {}).get("press") else set()
    for site in members.listing(row):
        found |= {members.list_key(site), f"{month}:{site}"}
    return found | ({"list:news", month, f"list:category:{row.category}"} if row.listed else set())


def categories() -> list[tuple[str, str, int]]:
    """(slug, label, how many) of each category that has live messages, by label."""
    return once("categories", _categories)


def _categories() -> list[tuple[str, str, int]]:
    counts: Counter[str] = Counter()
    for tally in tallies():
        counts[tally.category] += tally.number
    labels = _labels(slug for slug in counts if slug)
    found = ((slug, label, counts[slug]) for slug, label in labels.items())
    return sorted(found, key=lambda entry: sort_key(entry[1]))


def _labels(slugs: Iterable[str]) -> dict[str, str]:
    """What each category is called in its newest message. One query that reads one row of each."""
    newest = [Subquery(news().filter(category=slug).values("pk")[:1]) for slug in slugs]
    rows = ReleasedPage.objects.filter(pk__in=newest) if newest else ReleasedPage.objects.none()
    return dict(rows.values_list("category", "content__category_label"))


def months() -> list[tuple[str, int]]:
    """("2026-11", how many), newest first."""
    return once("months", _months)


def _months() -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for tally in tallies():
        counts[tally.month] += tally.number
    return sorted(counts.items(), reverse=True)


class Tally(NamedTuple):
    """How many messages of its own lists the municipality has in a month and category."""

    month: str
    category: str
    number: int


def tallies() -> list[Tally]:
    """What `months` and `categories` are added up from, for who wants both.

    Counted by the database in an index that holds nothing else: some milliseconds among 100,000 messages.
    """
    return once("tallies", _counted)


def _counted() -> list[Tally]:
    rows = news().order_by().values_list("month", "category").annotate(number=Count("*"))
    return [Tally(*row) for row in rows]


def all_months() -> set[str]:
    """The months of all public messages, also of those that the municipality does not list."""
    return set(live().order_by().values_list("month", flat=True).distinct())


def page_path(base: str, page: int) -> str:
    """The path of a page of a list."""
    return base if page == 1 else f"{base}seite/{page}/"


def page_number(path: str, base: str) -> int:
    """Which page of the list at `base` this is; 0 when it is none."""
    if path == base:
        return 1
    parts = path.removeprefix(base).strip("/").split("/") if path.startswith(base) else []
    given = len(parts) == 2 and parts[0] == "seite" and parts[1].isdecimal()  # noqa: PLR2004 - "seite", number
    return int(parts[1]) if given else 0


def month_path(month: str) -> str:
    """The path of a month's list."""
    year, number = month.split("-")
    return f"{ARCHIVE}{year}/{number}/"


def all_paths() -> set[str]:
    """Every list of messages there should be."""
    found = {NEWS, ARCHIVE}
    found |= {
        page_path(NEWS, page) for page in range(1, pages_of(sum(tally.number for tally in tallies())) + 1)
    }
    for slug, _label, count in categories():
        found |= {page_path(f"{NEWS}rubrik/{slug}/", page) for page in range(1, pages_of(count) + 1)}
    return found | {month_path(month) for month, _count in months()}


def listing(path: str) -> Listing | None:
    """The list page at `path`; None when there is none."""
    rest = path.removeprefix(NEWS).strip("/")
    parts = rest.split("/") if rest else []
    page = 1
    if len(parts) >= 2 and parts[-2] == "seite" and parts[-1].isdigit():  # noqa: PLR2004 - "seite", number
        page, parts = int(parts[-1]), parts[:-2]
    if not parts:
        return paged(news(), NEWS, page, title_kind="news", uses={"list:news"})
    if parts[0] == "rubrik" and len(parts) == 2:  # noqa: PLR2004 - "rubrik", slug
        return _category(parts[1], page)
    if parts[0] == "archiv" and len(parts) == 3:  # noqa: PLR2004 - "archiv", year, month
        return _month(f"{parts[1]}-{parts[2]}")
    return None


def _category(slug: str, page: int) -> Listing | None:
    label = _labels([slug]).get(slug, "")
    if not label:
        return None
    base = f"{NEWS}rubrik/{slug}/"
    uses = {f"list:category:{slug}"}
    if page == 1:  # it counts all categories
        uses.add("list:news")
    return paged(
        news().filter(category=slug), base, page, title_kind="category", category=slug, label=label, uses=uses
    )


def in_month(month: str) -> Any:
    """The live messages of a month ("2026-11"), newest first. ValueError when it is none."""
    first = _first(month)
    after = (first + timedelta(days=32)).replace(day=1)
    return live().filter(sorted_by__gte=clock.resolve_wall(first), sorted_by__lt=clock.resolve_wall(after))


def _first(month: str) -> datetime:
    return datetime.strptime(month, "%Y-%m")  # noqa: DTZ007 - a wall time


def _month(month: str) -> Listing | None:
    try:
        items = [item(row) for row in in_month(month).filter(listed=True)]
    except ValueError:
        return None
    if not items:
        return None
    path = month_path(month)
    return Listing(path, path, "month", items, month=month, uses={f"list:month:{month}"} | _keys(items))


_BESIDE: Final = 3  # messages
_OLDER: Final = Question(
    lambda first, before: news().filter(sorted_by__gte=first, sorted_by__lt=before)[:_BESIDE],
    datetime,
    datetime,
)
_OLDER_OF_SITE: Final = Question(
    lambda site, first, before: live().filter(
        on_sites__site=site, sorted_by__gte=first, sorted_by__lt=before
    )[:_BESIDE],
    str,
    datetime,
    datetime,
)


def older_in_month(row: ReleasedPage) -> list[Item]:
    """The next three messages of the same month that are older, newest first; of its site, when it is a member site's own. One query."""
    own = members.own_site(row)
    first = clock.resolve_wall(_first(month_of(row)))
    between = (first, row.sorted_by)
    rows = _OLDER_OF_SITE.objects(own, *between) if own else _OLDER.objects(*between)
    return [item(other) for other in rows]


def beside(row: ReleasedPage) -> str:
    """The list that `older_in_month` is made of."""
    own, month = members.own_site(row), f"list:month:{month_of(row)}"
    return f"{month}:{own}" if own else month


def paged(rows: Any, base: str, page: int, *, uses: set[str], **more: str) -> Listing | None:
    """One page of these rows; None beyond the last. Two queries, and no more rows are counted than are shown."""
    pages = pages_of(rows[: MOST_PAGES * PER_PAGE].count())
    if not 1 <= page <= pages:
        return None
    items = [item(row) for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return Listing(
        path=page_path(base, page),
        base=base,
        items=items,
        page=page,
        pages=pages,
        uses=uses | _keys(items),
        **more,
    )


def _keys(items: Iterable[Item]) -> set[str]:
    return {one.key for one in items}


def pages_of(count: int) -> int:
    """How many pages of a list so many rows make."""
    return min(MOST_PAGES, max(1, -(-count // PER_PAGE)))
