"""How each page stands in each language, for its panel in the desk and for the report on what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.languages import making, versions
from stadtnah.surfaces.website.languages.domain import texts
from stadtnah.surfaces.website.languages.domain.states import State, by_urgency, outdated_since, state
from stadtnah.surfaces.website.languages.domain.tongues import GERMAN, TONGUES, Tongue
from stadtnah.surfaces.website.languages.models import VersionPage
from stadtnah.surfaces.website.released import ReleasedPage

# Older news are nobody's task; a version that they have may still be outdated.
NEWS_FOR: Final = timedelta(days=60)
_WEIGHTS: Final = {
    "home": 0,
    "service": 20,
    "office": 30,
    "section": 40,
    "page": 41,
    "project": 42,
    "place": 50,
    "press": 60,
    "glossary": 61,
    "blog": 62,
    "blogseries": 63,
}
_IN_MENU, _NEWS, _EACH = 10, 1000, 100  # more than any weight
_LIVE: Final = ReleasedPage.State.LIVE


@dataclass(frozen=True, slots=True)
class Standing:
    """A page in a language. since: when it became outdated; version: the uuid of what editors work on, "" for none."""

    tongue: Tongue
    state: State
    since: datetime | None = None
    version: str = ""
    path: str = ""  # of the public version
    work: publishing.Status = field(default_factory=lambda: publishing.Status("draft", "Entwurf", ""))

    @property
    def in_work(self) -> bool:
        """Whether something of it waits for the municipality or came back from it."""
        return self.work.state in {"submitted", "returned", "refused", "scheduled"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report."""

    title: str
    path: str
    kind: str
    uuid: str  # of the German page
    standing: Standing


def of_page(object_key: str) -> list[Standing]:
    """One page in every language of the website."""
    return _standings([object_key], making.chosen())[object_key]


def note(object_key: str) -> str:
    """„1 veraltet, 2 fehlen“: what is to be done about the versions of a page; "" when nothing is."""
    if not making.translatable(ReleasedPage.objects.filter(pk=object_key).first()):
        return ""
    states = [one.state for one in of_page(object_key)]
    old, none = states.count(State.OUTDATED), states.count(State.MISSING)
    told = [f"{old} veraltet"] if old else []
    return ", ".join([*told, f"{none} {'fehlt' if none == 1 else 'fehlen'}"] if none else told)


def by_language() -> dict[str, list[Row]]:
    """Every page that should be there, by language, the most urgent first. A number of queries that does not grow."""
    tags = making.chosen()
    pages = _wanted() if tags else {}
    found = _standings(pages, tags)
    told: dict[str, list[Row]] = {}
    for place, tag in enumerate(tags):
        rows = [(found[key][place].state, page.weight, (key, page)) for key, page in pages.items()]
        told[tag] = [
            Row(page.title, page.path, page.kind, key.partition(":")[2], found[key][place])
            for _state, _weight, (key, page) in by_urgency(rows)
        ]
    return told


def counts(rows: Iterable[Row]) -> dict[State, int]:
    """How many pages stand how."""
    return dict.fromkeys(State, 0) | Counter(row.standing.state for row in rows)


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    path: str
    kind: str
    weight: int


def _wanted() -> dict[str, _Page]:
    """The public German pages, without old news that nobody has begun to translate."""
    rows = ReleasedPage.objects.filter(kind__in=texts.KINDS, state=_LIVE, content__language=GERMAN)
    rows = rows.filter(
        ~Q(kind__in=texts.NEWS)
        | Q(sorted_by__gte=clock.now() - NEWS_FOR)
        | Q(pk__in=VersionPage.objects.values("original"))
    )
    asked = rows.order_by("-sorted_by", "path").values_list(
        "pk", "path", "kind", "content__title", "content__extra__menu"
    )
    return {
        key: _Page(title, path, kind, _weight(place, kind, menu))
        for place, (key, path, kind, title, menu) in enumerate(asked)
    }


def _weight(place: int, kind: str, menu: str | None) -> int:
    """The first page, what stands in a menu, services, offices, other pages; then news, the newest first."""
    if kind in texts.NEWS:
        return _NEWS * _EACH + place
    if menu and kind != "home":
        return _IN_MENU * _EACH
    return _WEIGHTS.get(kind, _NEWS) * _EACH


def _standings(keys: Iterable[str], tags: list[str]) -> dict[str, list[Standing]]:
    keys = list(keys)
    public = _public(keys, tags)
    begun = _begun(keys, tags)
    german = _german({key for key, _tag in public})
    old = {key for (key, _tag), (made_from, _path) in public.items() if german.get(key) != made_from}
    past = _past(old)
    works = publishing.statuses([f"version:{uuid}" for uuid in begun.values()])
    found: dict[str, list[Standing]] = {}
    for key in keys:
        found[key] = []
        for tag in tags:
            made_from, path = public.get((key, tag), (None, ""))
            uuid = begun.get((key, tag), "")
            how = state(begun=bool(uuid), public=made_from, german=german.get(key, ""))
            since = outdated_since(past[key], str(made_from)) if how is State.OUTDATED else None
            work = works.get(f"version:{uuid}")
            more = {"work": work} if work else {}
            found[key].append(Standing(TONGUES[tag], how, since, uuid, path, **more))
    return found


def _public(keys: list[str], tags: list[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """(page, language) to (what the public version was made from, its address)."""
    rows = versions.live().filter(content__language__in=tags)
    if len(keys) == 1:
        rows = rows.filter(original=keys[0])
    asked = rows.values_list("original", "content__language", "content__extra__basis", "path")
    return {(key, tag): (made_from, path) for key, tag, made_from, path in asked}


def _begun(keys: list[str], tags: list[str]) -> dict[tuple[str, str], str]:
    rows = VersionPage.objects.filter(tag__in=tags)
    if len(keys) == 1:
        rows = rows.filter(original=keys[0])
    return {(key, tag): str(uuid) for key, tag, uuid in rows.values_list("original", "tag", "uuid")}


def _german(keys: set[str]) -> dict[str, str]:
    rows = ReleasedPage.objects.filter(pk__in=keys, state=_LIVE).values_list("pk", "content")
    return {key: texts.fingerprint(content) for key, content in rows}


def _past(keys: set[str]) -> dict[str, list[tuple[datetime, str]]]:
    """Moment and fingerprint of each release, oldest first."""
    found: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    if not keys:
        return found
    rows: Any = publishing.Snapshot.objects.filter(
        object_key__in=keys, kind="message", approval__isnull=False
    ).select_related("approval")
    for snapshot in rows.order_by("number"):
        said = texts.fingerprint(publishing.content_of(snapshot).to_json())
        found[snapshot.object_key].append((snapshot.approval.at, said))
    return found
