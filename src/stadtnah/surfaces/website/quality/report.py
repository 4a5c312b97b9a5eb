"""Links to put right, page by page. The number of queries does not grow with the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, Exists, IntegerField, Max, Min, OuterRef, Q, QuerySet, Value, When

from stadtnah.publishing import checks
from stadtnah.surfaces.website.quality import reading, targets
from stadtnah.surfaces.website.quality.models import FoundLink, Reading, Remark, Target

State = Target.State
AT_ONCE: Final = 20  # pages saved just now that are read while somebody looks
_BOTH, _FIXED, _DRAFT, _PUBLIC = (
    "auf der Website und im Entwurf",
    "auf der Website; im Entwurf schon behoben",
    "nur im Entwurf",
    "auf der Website",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A link that needs somebody. side: where it stands. where: the field, as findings name it. since: of a failure elsewhere."""

    text: str
    address: str
    said: str
    side: str
    where: str
    better: str = ""
    since: datetime | None = None


@dataclass(slots=True)
class Row:
    """A page with such links. uuid: as in the desk's addresses."""

    object_key: str
    title: str
    path: str
    kind: str
    public: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def uuid(self) -> str:
        """The part of the key that stands in the desk's addresses."""
        return self.object_key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Sums:
    """bad: pages with links to put right. pages, links: what was looked at. waiting: links to other websites that were never asked for."""

    bad: int
    pages: int
    links: int
    waiting: int
    asked_at: datetime | None


def freshen() -> None:
    """Reads what was saved or released just now, and judges the links on this website anew."""
    reading.catch_up(AT_ONCE)
    targets.judge()


def pages(words: str = "", about: Collection[str] = checks.LINKS) -> QuerySet[Any]:
    """Pages with something to put right, what is public first: for a paginator; `rows` makes lines of a part of it.

    about: `checks.LINKS`, with where links lead, or other codes of checks.
    """
    said = Exists(Remark.objects.filter(reading=OuterRef("pk"), code__in=about))
    wrong = Reading.objects.filter(said | Exists(_bad_links()) if about is checks.LINKS else said)
    if words:
        wrong = wrong.filter(Q(title__icontains=words) | Q(path__icontains=words))
    found = wrong.values("object_key").order_by()
    drafts = Case(When(draft=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = found.annotate(only_draft=Min(drafts), place=Max("path"))
    return found.order_by("only_draft", "place", "object_key").values_list("object_key", flat=True)


def rows(object_keys: Iterable[str], about: Collection[str] = checks.LINKS) -> list[Row]:
    """These pages with what is wrong in them."""
    keys = list(object_keys)
    found: dict[str, dict[bool, Reading]] = defaultdict(dict)
    for one in Reading.objects.filter(object_key__in=keys):
        found[one.object_key][one.draft] = one
    ids = [one.pk for sides in found.values() for one in sides.values()]
    forms = _forms_of(ids, about)
    bad, drafted = (_links_of(ids), _targets_of(ids)) if about is checks.LINKS else ({}, {})
    made = []
    for key in keys:
        sides = found[key]
        shown = sides.get(True) if True in sides and not sides[True].same else None
        public = sides.get(False)
        head = public or shown
        if head is None:
            continue
        row = Row(key, (shown or head).title, head.path, head.kind, public is not None)
        row.lines = _lines(public, shown, bad, forms, drafted)
        made.append(row)
    return made


def sums() -> Sums:
    """How much was looked at. Four queries."""
    outside = Target.objects.exclude(host="")
    return Sums(
        pages().count(),
        Reading.objects.filter(draft=False).count(),
        FoundLink.objects.count(),
        outside.filter(state=State.NEW).count(),
        outside.aggregate(last=Max("asked_at"))["last"],
    )


def _bad_links() -> QuerySet[FoundLink]:
    return FoundLink.objects.filter(reading=OuterRef("pk"), target__state__in=targets.BAD)


def _links_of(ids: list[int]) -> dict[int, list[FoundLink]]:
    found = defaultdict(list)
    rows = FoundLink.objects.filter(reading__in=ids, target__state__in=targets.BAD).select_related("target")
    for one in rows.order_by("pk"):
        found[one.reading_id].append(one)
    return found


def _forms_of(ids: list[int], about: Collection[str]) -> dict[int, list[Remark]]:
    found = defaultdict(list)
    for one in Remark.objects.filter(reading__in=ids, code__in=about).order_by("pk"):
        found[one.reading_id].append(one)
    return found


def _targets_of(ids: list[int]) -> dict[int, set[str]]:
    found = defaultdict(set)
    for reading_id, key in FoundLink.objects.filter(reading__in=ids).values_list("reading_id", "target_id"):
        found[reading_id].add(key)
    return found


def _lines(
    public: Reading | None,
    draft: Reading | None,
    bad: dict[int, list[FoundLink]],
    forms: dict[int, list[Remark]],
    drafted: dict[int, set[str]],
) -> list[Line]:
    """What stands on both sides is said once."""
    found: list[Line] = []
    seen: set[tuple[str, str]] = set()
    in_draft = {(one.code, one.excerpt) for one in forms.get(draft.pk, ())} if draft else set()
    for side in (public, draft):
        if side is None:
            continue
        for link in bad.get(side.pk, ()):
            if ("link", link.target_id) not in seen:
                seen.add(("link", link.target_id))
                still = draft is not None and link.target_id in drafted.get(draft.pk, ())
                found.append(_line(link, _side(side, draft, still=still)))
        for form in forms.get(side.pk, ()):
            key = (form.code, form.excerpt)
            if key not in seen:
                seen.add(key)
                found.append(Line("", "", form.text, _side(side, draft, still=key in in_draft), form.where))
    return found


def _side(side: Reading, draft: Reading | None, *, still: bool) -> str:
    if side.draft:
        return _DRAFT
    if draft is None:
        return _PUBLIC
    return _BOTH if still else _FIXED


def _line(link: FoundLink, side: str) -> Line:
    target = link.target
    state = State(target.state)
    said = target.reason if state is State.BROKEN and target.reason else _SAID[state]
    since = target.failed_at if state is State.BROKEN else None
    return Line(link.text, target.address, said, side, link.where, target.better, since)


_SAID: Final = {
    State.GONE: "Diese Seite gibt es nicht.",
    State.WITHDRAWN: "Diese Seite wurde zurückgezogen.",
    State.MOVED: "Diese Seite ist umgezogen. Der Link führt noch hin, über einen Umweg.",
    State.NO_ANCHOR: "Die Seite gibt es, aber nicht die Stelle, zu der der Link springt.",
    State.BROKEN: "Diese Website antwortet nicht.",
}
