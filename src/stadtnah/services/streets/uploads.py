"""A calendar file on its way to the days of an area: read, looked through, what was not understood said once, taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.text import clipped
from stadtnah.services.streets import keep
from stadtnah.services.streets.domain.dates import Collection, Difference, compare
from stadtnah.services.streets.domain.kinds import KEYS
from stadtnah.services.streets.models import LONGEST_TITLE, CalendarUpload, TitleMeaning

_KEPT: Final = timedelta(days=7)
MOST_DAYS: Final = 3_000  # of one area in one file
Understand = Callable[[str], Iterable[str]]  # a title to keys of kinds, none when it does not say


@dataclass(frozen=True, slots=True)
class Title:
    """What the file calls a collection, how often, and what that means. said: a person said so."""

    text: str
    number: int
    kinds: frozenset[str]
    said: bool

    @property
    def key(self) -> str:
        """How it is remembered."""
        return key_of(self.text)

    @property
    def open(self) -> bool:
        """Whether somebody has to say what it means."""
        return not self.kinds and not self.said


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file would do. first, last: the days between which it replaces what is there."""

    id: UUID
    area: str
    file_name: str
    first: date
    last: date
    titles: list[Title]
    aside: list[tuple[str, str]]
    days: list[Collection]
    difference: Difference

    @property
    def open(self) -> list[Title]:
        """The titles that nobody has explained yet."""
        return [title for title in self.titles if title.open]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many days of each kind."""
        return Counter(one.kind for one in self.days)


def key_of(title: str) -> str:
    """The same title in other letters is the same."""
    return " ".join(title.casefold().split())[:LONGEST_TITLE]


def put(
    area: str, file_name: str, days: Iterable[tuple[date, str]], aside: Iterable[tuple[str, str]], *, by: User
) -> UUID:
    """Keeps what was read until somebody has looked through it. Raises NotKept, PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    found = sorted({(day, " ".join(title.split())[:LONGEST_TITLE]) for day, title in days})
    if not found:
        raise keep.NotKept({"file": "In dieser Datei steht kein Termin, der sich lesen ließ."})
    if len(found) > MOST_DAYS:
        raise keep.NotKept(
            {
                "file": f"Diese Datei hat {len(found)} Termine; für einen Abfuhrbezirk sind {MOST_DAYS} möglich."
            }
        )
    CalendarUpload.objects.filter(uploaded_at__lt=clock.now() - _KEPT).delete()
    row = CalendarUpload.objects.create(
        area_id=area,
        file_name=clipped(file_name, 80),
        days=[[day.isoformat(), title] for day, title in found],
        aside=[list(one) for one in aside][:MOST_DAYS],
        uploaded_at=clock.now(),
    )
    return row.pk


def pending() -> list[tuple[UUID, str, str]]:
    """(id, name of the area, name of the file) of what was uploaded and neither taken nor forgotten, newest first."""
    rows = CalendarUpload.objects.filter(uploaded_at__gte=clock.now() - _KEPT).order_by("-uploaded_at")
    return list(rows.values_list("pk", "area__name", "file_name"))


def forget(upload: UUID, *, by: User) -> None:
    """Nothing of the file is wanted. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    CalendarUpload.objects.filter(pk=upload).delete()


def preview(upload: UUID, understand: Understand) -> Preview | None:
    """What the file holds and would change; None when it is no longer there. Three queries."""
    row = CalendarUpload.objects.filter(pk=upload).first()
    if row is None:
        return None
    dated = [(date.fromisoformat(day), title) for day, title in row.days]
    numbers = Counter(title for _day, title in dated)
    said = dict(
        TitleMeaning.objects.filter(pk__in={key_of(title) for title in numbers}).values_list("title", "kinds")
    )
    titles = {title: _title(title, number, said, understand) for title, number in numbers.items()}
    days = sorted({Collection(day, kind) for day, title in dated for kind in titles[title].kinds})
    first, last = dated[0][0], dated[-1][0]
    there = [one for one in keep.days_of(row.area_id) if first <= one.day <= last]
    return Preview(
        row.pk,
        row.area_id,
        row.file_name,
        first,
        last,
        sorted(titles.values(), key=lambda title: (not title.open, title.text.casefold())),
        [(title, reason) for title, reason in row.aside],
        days,
        compare(there, days),
    )


def _title(text: str, number: int, said: Mapping[str, list[str]], understand: Understand) -> Title:
    key = key_of(text)
    if key in said:
        return Title(text, number, frozenset(said[key]), said=True)
    return Title(text, number, frozenset(understand(text)) & frozenset(KEYS), said=False)


def explain(meanings: Mapping[str, Iterable[str]], *, by: User) -> None:
    """Remembers what titles (`Title.key`) mean; nothing: no collection. Raises PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        for key, kinds in meanings.items():
            known = [kind for kind in KEYS if kind in set(kinds)]
            TitleMeaning.objects.update_or_create(title=key[:LONGEST_TITLE], defaults={"kinds": known})


def take(upload: UUID, understand: Understand, *, by: User) -> Preview:
    """The days of the file become those of its area. Raises NotKept (something is not explained yet, or the file is gone), PermissionDenied."""
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        found = preview(upload, understand)
        if found is None:
            raise keep.NotKept(
                {"file": "Diese Datei ist nicht mehr da. Bitte laden Sie sie noch einmal hoch."}
            )
        if found.open:
            raise keep.NotKept({"titles": "Bitte ordnen Sie zuerst alle Bezeichnungen zu."})
        if not found.days:
            raise keep.NotKept({"titles": "Keine der Bezeichnungen ist eine Abfuhr. So bliebe kein Termin."})
        keep.set_days(found.area, found.days, (found.first, found.last), by=by)
        CalendarUpload.objects.filter(pk=upload).delete()
    return found
