"""Rows of a table as events. A row that cannot be understood is put aside with the column and the value that are to blame. Pure."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from stadtnah.services.events.domain.event import Event, Status
from stadtnah.services.events.domain.ics.lines import NoCalendar
from stadtnah.services.events.domain.ics.read import Broken, Calendar
from stadtnah.services.events.domain.ics.values import Unreadable, address_of, digest, position_of
from stadtnah.services.events.domain.table.cells import Table
from stadtnah.services.events.domain.table.columns import FIELDS, Matching, problem_of
from stadtnah.services.events.domain.table.when import Clock, Days, month_first, read_clock, read_days, wall

_ONE_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=3_700)
_NOON: Final = time(12)  # what ends before noon may have begun the evening before
_YES: Final = frozenset(["ja", "x", "1", "true", "wahr", "yes", "y", "j"])
_RANGE: Final = re.compile(r"\s+(?:-|–|—|bis|to)\s+", re.IGNORECASE)
_WITH_YEAR: Final = re.compile(r"\d{4}")
_STATES: Final = (
    (re.compile(r"online", re.IGNORECASE), Status.MOVED_ONLINE),
    (
        re.compile(r"abgesagt|fällt aus|entfällt|ausgefallen|cancel|storniert", re.IGNORECASE),
        Status.CANCELLED,
    ),
    (re.compile(r"verschoben|postponed", re.IGNORECASE), Status.POSTPONED),
    (re.compile(r"verlegt|rescheduled|neuer termin", re.IGNORECASE), Status.RESCHEDULED),
)
# Cells hold these at most; as in calendars (`ics.one`), longer ones are cut and said so.
_ROOM: Final = {
    "title": 300,
    "description": 20_000,
    "place": 500,
    "organiser": 300,
    "price": 300,
    "audience": 300,
}


def from_table(table: Table, matching: Matching, town: ZoneInfo) -> Calendar:
    """The events of a table whose columns are matched. Raises NoCalendar when they cannot be."""
    if problem := problem_of(matching):
        raise NoCalendar(problem)
    reader = _Reader(table, matching, town)
    found = Calendar(zone=town.key, notes=Counter(table.notes), unit="Zeile")
    events: dict[str, Event] = {}
    for number, cells in table.rows:
        if number <= matching.head or cells == reader.names:  # long lists name their columns on every page
            continue
        found.total += 1
        row = _Row(cells, matching)
        try:
            event = reader.event(row, found.notes)
        except Unreadable as problem:
            found.broken.append(Broken(number, row.one("title")[:80].replace("\n", " "), str(problem)))
            continue
        known = events.setdefault(event.uid, event)
        if known == event and known is not event:
            found.repeated += 1
        elif known is not event:
            found.notes["mehrere Termine mit derselben Kennung (UID): jeder hat nun eine eigene"] += 1
            own = replace(event, uid=f"{event.uid[:120]}-{number}")
            events[own.uid] = own
    found.events = list(events.values())
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    matching: Matching

    def all(self, field: str) -> list[str]:
        return [
            self.cells[column]
            for column in self.matching.columns(field)
            if column < len(self.cells) and self.cells[column]
        ]

    def one(self, field: str) -> str:
        return next(iter(self.all(field)), "")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of its time."""

    days: Days
    last: date
    begin: timedelta | None
    end: timedelta | None
    whole: bool
    ends_on_a_day: bool


class _Reader:
    def __init__(self, table: Table, matching: Matching, town: ZoneInfo) -> None:
        self.matching, self.town = matching, town
        self.names = next((names for number, names in table.rows if number == matching.head), ())
        self.month_first = {
            field: month_first([_Row(cells, matching).one(field) for _number, cells in table.rows])
            for field in ("day", "last_day")
        }

    def event(self, row: _Row, notes: Counter[str]) -> Event:
        title = row.one("title").replace("\n", " ")
        if not title:
            raise self._wrong("title", "ist leer")
        start, end, all_day = self._when(row, notes)
        if end < start:
            raise Unreadable(
                f"Das Ende ({end:%d.%m.%Y %H:%M}) liegt vor dem Anfang ({start:%d.%m.%Y %H:%M})."
            )
        if end - start > _LONGEST:
            raise Unreadable("Der Termin dauert länger als zehn Jahre.")
        told = _told(row, notes)
        uid = row.one("uid")[:255] or digest((title, start.isoformat(), told["place"]))
        return Event(
            uid=uid,
            title=_cut(title, "title", notes),
            start=start,
            end=end,
            zone=self.town.key,
            all_day=all_day,
            **told,
        )

    def _when(self, row: _Row, notes: Counter[str]) -> tuple[datetime, datetime, bool]:
        said = self._said(row)
        days, last, begin, end = said.days, said.last, said.begin, said.end
        if begin is None and end and not said.whole:
            raise self._wrong("clock", "nennt keinen Beginn, obwohl ein Ende da ist")
        if said.whole or begin is None:
            return wall(days.first, timedelta()), wall(last, _ONE_DAY), True
        if days.apart:
            raise self._wrong("day", "nennt einzelne Tage mit Uhrzeit. Bitte eine Zeile je Tag")
        start = wall(days.first, begin)
        if end is None and last > days.first:
            notes["mehrtägige Termine ohne Uhrzeit am Ende: bis zum Ende des letzten Tages gelesen"] += 1
            return start, wall(last, timedelta(hours=23, minutes=59)), False
        if last > days.first + _ONE_DAY:
            notes["mehrtägige Termine mit Uhrzeiten: als durchgehend gelesen"] += 1
        finish = start if end is None else wall(last, end)
        over_midnight = finish < start and not said.ends_on_a_day and finish.time() <= _NOON
        return start, finish + _ONE_DAY if over_midnight else finish, False

    def _said(self, row: _Row) -> _Said:
        began, ended = row.one("day"), row.one("last_day")
        halves = _RANGE.split(began)
        if len(halves) == 2 and all(map(_WITH_YEAR.search, halves)) and not ended:  # noqa: PLR2004 - from and to
            began, ended = halves
        days = self._days("day", began)
        last, until = days.last, Clock()
        day_of_end = self._day_of_end(ended) if ended else None
        if day_of_end:
            last, until = day_of_end.last, self._clock("last_day", day_of_end.rest)
        elif ended:
            until = self._clock("last_day", ended)
        in_day, in_column = self._clock("day", days.rest), self._clock("clock", row.one("clock"))
        # „3.12.2026 00:00“ beside a column of times is how a program writes a day.
        begin = in_column if in_column != Clock() and not in_day.begin else in_day
        ends = (self._clock("end_clock", row.one("end_clock")).begin, until.begin, begin.end)
        return _Said(
            days=days,
            last=last,
            begin=begin.begin,
            end=next((one for one in ends if one is not None), None),
            whole=begin.all_day or row.one("all_day").casefold() in _YES,
            ends_on_a_day=bool(day_of_end) or last > days.first,
        )

    def _day_of_end(self, text: str) -> Days | None:
        """None for „22 Uhr“: some write either into one column."""
        try:
            return read_days(text, month_first=self.month_first["last_day"])
        except Unreadable as problem:
            with suppress(Unreadable):
                if read_clock(text).begin is not None:
                    return None
            raise self._wrong("last_day", str(problem)) from None

    def _days(self, field: str, text: str) -> Days:
        try:
            return read_days(text, month_first=self.month_first[field])
        except Unreadable as problem:
            raise self._wrong(field, str(problem)) from None

    def _clock(self, field: str, text: str) -> Clock:
        try:
            return read_clock(text)
        except Unreadable as problem:
            raise self._wrong(field, str(problem)) from None

    def _wrong(self, field: str, problem: str) -> Unreadable:
        column = next(iter(self.matching.columns(field)), None)
        name = (
            self.names[column].replace("\n", " ")[:40]
            if column is not None and column < len(self.names)
            else ""
        )
        return Unreadable(f"Spalte „{name or FIELDS[field]}“: {problem}.")


def _told(row: _Row, notes: Counter[str]) -> dict[str, Any]:
    description = "\n\n".join(row.all("description"))
    registration = _address(row.one("registration"))
    if (said := row.one("registration")) and not registration:
        description = f"{description}\n\nAnmeldung: {said}".strip()
    url = _address(row.one("url"))
    if row.one("url") and not url:
        notes["Adressen (URL), die keine Webadresse sind: weggelassen"] += 1
    told = {
        "place": _place(row),
        "organiser": row.one("organiser").replace("\n", " "),
        "description": description,
        "price": row.one("price").replace("\n", " "),
        "audience": row.one("audience").replace("\n", " "),
    }
    categories = [
        one.strip() for text in row.all("categories") for one in re.split(r"[,;/|\n]", text) if one.strip()
    ]
    latitude, longitude = (row.one(field).replace(",", ".") for field in ("latitude", "longitude"))
    return {
        **{field: _cut(text, field, notes) for field, text in told.items()},
        "url": url,
        "registration": registration,
        "position": position_of(f"{latitude};{longitude}"),
        "categories": tuple(dict.fromkeys(one[:100] for one in categories))[:20],
        "status": next(
            (status for words, status in _STATES if words.search(row.one("status"))), Status.SCHEDULED
        ),
    }


def _place(row: _Row) -> str:
    town = " ".join([*row.all("postcode"), *row.all("town")])
    parts = [*row.all("place"), *row.all("street"), *([town] if town else [])]
    return ", ".join(dict.fromkeys(part.replace("\n", ", ") for part in parts))


def _address(text: str) -> str:
    found = address_of(text)
    if not found and re.match(r"www\.[\w.-]+\.[a-z]{2,}(?:/\S*)?$", text, re.IGNORECASE):
        return address_of(f"https://{text}")
    return found


def _cut(text: str, field: str, notes: Counter[str]) -> str:
    most = _ROOM[field]
    if len(text) <= most:
        return text
    notes[f"{FIELDS[field]} länger als {most} Zeichen: gekürzt"] += 1
    return text[: most - 1].rstrip() + "…"
