"""What editors typed about an event: refused with a sentence at its field, or written as it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from stadtnah.kernel import clock
from stadtnah.services.events import api as events
from stadtnah.surfaces.website import richtext
from stadtnah.surfaces.website.calendar.fields import slip

ADDRESSES: Final = ("online", "registration", "web")
_ONE_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()
_LONGEST: Final = timedelta(days=3_700)
MOST_CATEGORIES: Final = 20


def school(text: str) -> tuple[tuple[date, date], ...]:
    """First and last day of each school holiday. Raises ValidationError at its field."""
    try:
        found = events.read_extras(text, datetime(2000, 1, 1), datetime(2000, 1, 2), all_day=True)  # noqa: DTZ001 - a whole day
    except events.TypedWrong as error:
        raise ValidationError({"school_holidays": str(error)}) from error
    return tuple((one.start.date(), (one.end - _ONE_DAY).date()) for one in found)


def zone_of(page: Any) -> ZoneInfo:
    """The zone whose clocks its times mean."""
    return ZoneInfo(page.zone) if page.zone else clock.town_zone()


def start_of(page: Any) -> datetime:
    """When it begins, as its zone's clocks show."""
    return datetime.combine(page.first_day, _MIDNIGHT if page.all_day else page.begins or _MIDNIGHT)


def end_of(page: Any) -> datetime:
    """When it ends; as it begins when nobody said."""
    last = page.last_day or page.first_day
    if page.all_day:
        return datetime.combine(last, _MIDNIGHT) + _ONE_DAY
    if page.ends is None:
        return datetime.combine(last, _MIDNIGHT) + _ONE_DAY if last > page.first_day else start_of(page)
    return datetime.combine(last, page.ends) if page.last_day else events.end_at(start_of(page), page.ends)


def problems(page: Any) -> dict[str, Any]:
    """Field to a German sentence. Writes categories once each and the rule of what was chosen."""
    wrong: dict[str, Any] = {}
    if page.first_day is None:
        return wrong  # the form asks for it
    wrong |= _times(page)
    wrong |= _where(page)
    for name in ADDRESSES:
        given = getattr(page, name).strip()
        if given and not richtext.safe_address(given):
            wrong[name] = "Bitte geben Sie die ganze Adresse an, mit https:// am Anfang."
    page.categories = "\n".join(categories_of(page.categories))
    if len(categories_of(page.categories)) > MOST_CATEGORIES:
        wrong["categories"] = f"Bitte geben Sie höchstens {MOST_CATEGORIES} Rubriken an."
    if not wrong.keys() & {"begins", "ends", "last_day"}:
        wrong |= _repeats(page)
    return wrong


def categories_of(text: str) -> list[str]:
    """One a line, each once."""
    return list(dict.fromkeys(word for line in text.split("\n") if (word := line.strip())))


def rules_of(page: Any) -> tuple[events.Rule, ...]:
    """The rules as they are kept. Raises RuleWrong."""
    lines = [line.strip() for line in page.rrule.splitlines() if line.strip()]
    return tuple(events.read_rule(line, zone_of(page), all_day=page.all_day) for line in lines)


def habit_of(page: Any) -> events.Habit:
    """What was chosen in words."""
    days = tuple(events.DAYS.index(day) for day in page.weekdays.split(",") if day in events.DAYS)
    return events.Habit(page.repeats, page.every, days, page.repeats_until, page.times)


def _times(page: Any) -> dict[str, str]:
    if not page.all_day and page.begins is None:
        return {"begins": "Bitte geben Sie die Uhrzeit an, oder wählen Sie „ganztägig“."}
    if page.last_day and page.last_day < page.first_day:
        return {"last_day": "Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide."}
    if page.ends and not page.all_day and not page.last_day and events.is_slip(start_of(page), page.ends):
        return {"ends": slip(page.begins, page.ends)}
    if end_of(page) < start_of(page):
        return {"ends": "Das Ende liegt vor dem Beginn. Bitte prüfen Sie Tage und Uhrzeiten."}
    if end_of(page) - start_of(page) > _LONGEST:
        return {"last_day": "Das wären mehr als zehn Jahre. Bitte prüfen Sie das Jahr."}
    return {}


def _where(page: Any) -> dict[str, str]:
    if (page.latitude is None) != (page.longitude is None):
        missing = "latitude" if page.latitude is None else "longitude"
        return {missing: "Bitte geben Sie Breite und Länge an, oder keines von beiden."}
    return {}


def _repeats(page: Any) -> dict[str, str]:
    start, end = start_of(page), end_of(page)
    if page.repeats != events.RULE:
        rule = events.rule_of(habit_of(page), start, all_day=page.all_day)
        page.rrule = events.write_rule(rule, zone_of(page), all_day=page.all_day) if rule else ""
    readers: dict[str, Callable[[], object]] = {
        "rrule": lambda: rules_of(page),
        "left_out": lambda: events.read_days(page.left_out),
        "extra_dates": lambda: events.read_extras(page.extra_dates, start, end, all_day=page.all_day),
    }
    wrong = {}
    for name, read in readers.items():
        try:
            read()
        except ValueError as error:  # RuleWrong, TypedWrong: German sentences
            wrong[name] = str(error)
    if page.repeats == events.RULE and not page.rrule.strip():
        wrong["rrule"] = "Bitte geben Sie die Regel an, oder wählen Sie bei „Wiederholt sich“ etwas anderes."
    if page.repeats_until and page.times:
        wrong["times"] = "Bitte geben Sie entweder den letzten Tag oder die Zahl der Termine an."
    if page.repeats_until and page.repeats_until < page.first_day:
        wrong["repeats_until"] = "Der letzte Tag der Wiederholung liegt vor dem ersten Termin."
    return wrong or _too_many(page, start, end)


def _too_many(page: Any, start: datetime, end: datetime) -> dict[str, str]:
    """A rule that gives more dates than anybody plans: counted as `rules.check` counts them."""
    series = events.Series(rules=rules_of(page))
    event = events.Event("", "", start, end, zone_of(page).key, all_day=page.all_day, series=series)
    try:
        for day in {start.date(), max(start.date(), clock.local(clock.now()).date())}:
            events.following(event, day, 1)
    except events.TooMany as error:
        return {"rrule" if page.repeats == events.RULE else "repeats": str(error)}
    return {}
