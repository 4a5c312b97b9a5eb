"""A series in plain German: „jeden 2. Dienstag im Monat, nicht in den Schulferien, bis 31.12.2026“. Pure.

What cannot be said in a sentence that is true is not said: then the next dates are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from stadtnah.kernel.clock import GERMAN_MONTHS
from stadtnah.services.events.domain.event import STATUS_WORDS, Change, Event, Series, Skip, Status
from stadtnah.services.events.domain.expand import TooMany, starts
from stadtnah.services.events.domain.occurrences import NOTHING_OFF, DaysOff, following
from stadtnah.services.events.domain.rule import Rule

WEEKDAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_WORKING_WEEK: Final = tuple((0, day) for day in range(5))
_WHOLE_WEEK: Final = tuple((0, day) for day in range(7))
_SKIPS: Final = {Skip.HOLIDAYS: "an Feiertagen", Skip.SCHOOL_HOLIDAYS: "in den Schulferien"}
_NAMED: Final = 3  # single dates that are named; more are counted
_FROM_THE_END: Final = {-1: "letzten", -2: "vorletzten"}
_SHORTEST_MONTH: Final = 28
_WEEKS_OF_EACH_MONTH: Final = 4
_WEEKS_OF_EACH_YEAR: Final = 52
_RANGE: Final = 3  # from so many in a row on it is „von … bis …“
_SPELLED: Final = 6  # days of a year that are named


def say(event: Event, today: date, off: DaysOff = NOTHING_OFF) -> str:
    """When it takes place again, without its time of day; "" when there is one date only."""
    series = event.series
    if not series.repeats:
        return ""
    rules = [say_rule(rule, event.start) for rule in series.rules]
    if not all(rules):
        return _by_dates(event, today, off)
    parts = [*(one for one in [" sowie ".join(filter(None, rules))] if one), *_exceptions(series)]
    if series.extras:
        also = "außerdem " if series.rules else f"am {day_words(event.start)}, außerdem "
        parts.append(f"{also}{_days([extra.start for extra in series.extras], 'Tagen')}")
    parts += [_changed(change) for change in series.changes[:_NAMED]]
    if more := len(series.changes) - _NAMED:
        parts += [f"{more} weitere Termine geändert"] if more > 0 else []
    return ", ".join(parts)


def say_rule(rule: Rule, start: datetime) -> str:
    """One rule with its end; "" when it cannot be said in short."""
    plain = _plain(rule, start)
    if plain is None:
        return ""
    said = _SAY[plain.freq](plain)
    if not said:
        return ""
    first = next(islice(starts(rule, start, start, start + timedelta(days=9 * 366)), 1), None)
    if first is None or (first != start and rule.week_start and rule.interval > 1):
        return ""  # nobody could tell from the sentence which week is meant
    parts = [said if first == start else f"am {day_words(start)}, dann {said}"]
    if rule.until:
        parts.append(f"bis {day_words(rule.until)}")
    if rule.count:
        parts.append(f"{rule.count}-mal")
    return ", ".join(parts)


def day_words(day: date) -> str:
    """„31.12.2026“."""
    return f"{day.day}.{day.month}.{day.year}"


def listed(words: Sequence[str]) -> str:
    """„Montag, Dienstag und Freitag“."""
    return " und ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _by_dates(event: Event, today: date, off: DaysOff) -> str:
    try:
        coming = following(event, max(today, event.start.date()), _NAMED, off)
    except TooMany:
        return "nach einer Regel, die viel zu viele Termine ergibt"
    dates = [day_words(one.start) for one in coming]
    if not dates:
        return "nach einer Regel, die keinen Termin mehr ergibt"
    return f"nach einer Regel, die sich nicht kurz sagen lässt; die nächsten Termine: {listed(dates)}"


def _exceptions(series: Series) -> Iterable[str]:
    if skips := [_SKIPS[skip] for skip in Skip if skip in series.skip]:
        yield f"nicht {listed(skips)}"
    if out := sorted({moment.date() for moment in series.without} | series.without_days):
        yield f"nicht {_days(out, 'einzelnen Tagen')}"


def _days(days: Sequence[date], many: str) -> str:
    if len(days) > _NAMED:
        return f"an {len(days)} {many}"
    return f"am {listed([day_words(day) for day in days])}"


def _changed(change: Change) -> str:
    event = change.event
    if event.status is Status.CANCELLED:
        return f"am {day_words(change.instead_of)} {STATUS_WORDS[Status.CANCELLED]}"
    moved = event.start.date() != change.instead_of.date()
    time = "" if event.all_day else f" um {event.start:%H:%M} Uhr"
    return (
        f"statt am {day_words(change.instead_of)} am {day_words(event.start)}{time}"
        if moved
        else f"am {day_words(event.start)}{time or ' geändert'}"
    )


def _plain(rule: Rule, start: datetime) -> Rule | None:
    """The rule with what it takes from its first date, in the shape that is said most simply; None when it has no short words."""
    clock = rule.hours or (start.hour,), rule.minutes or (start.minute,), rule.seconds or (start.second,)
    if rule.year_days or clock != ((start.hour,), (start.minute,), (start.second,)):
        return None
    if rule.positions:
        rule = _without_positions(rule)
    if rule.freq == "YEARLY" and not (rule.days or rule.month_days or rule.weeks):
        return replace(rule, months=rule.months or (start.month,), month_days=(start.day,))
    if rule.freq == "MONTHLY" and not (rule.days or rule.month_days):
        return replace(rule, month_days=(start.day,))
    if rule.freq == "WEEKLY" and not rule.days:
        return replace(rule, days=((0, start.weekday()),))
    if rule.interval == 1 and not (rule.positions or rule.weeks or any(nth for nth, _day in rule.days)):
        if (
            rule.days and not rule.month_days
        ):  # every Tuesday is every Tuesday, by the day, the month and the year
            return replace(rule, freq="WEEKLY")
        if rule.month_days and rule.freq == "DAILY":
            return replace(rule, freq="MONTHLY")
    return rule


def _without_positions(rule: Rule) -> Rule:
    """„The second of all Tuesdays“ is „the second Tuesday“; the last of all days is the last day."""
    unnumbered = all(nth == 0 for nth, _day in rule.days) and not rule.month_days and not rule.weeks
    by_month = rule.freq == "MONTHLY" or (rule.freq == "YEARLY" and len(rule.months) == 1)
    if not (unnumbered and by_month):
        return rule
    if len(rule.days) == 1 and max(map(abs, rule.positions)) <= 5:  # noqa: PLR2004 - Tuesdays of a month
        return replace(rule, days=tuple((place, rule.days[0][1]) for place in rule.positions), positions=())
    if rule.days == _WHOLE_WEEK and max(map(abs, rule.positions)) <= 31:  # noqa: PLR2004 - days of a month
        return replace(rule, days=(), month_days=rule.positions, positions=())
    return rule


def _daily(rule: Rule) -> str:
    if rule.days or rule.month_days or rule.weeks or rule.positions:
        return ""
    return _only_in(rule, "jeden Tag" if rule.interval == 1 else f"alle {rule.interval} Tage")


def _weekly(rule: Rule) -> str:
    days = [day for _nth, day in rule.days]
    if rule.positions or rule.weeks or rule.month_days:
        return ""
    if rule.interval == 1:
        if rule.days == _WHOLE_WEEK:
            return _only_in(rule, "jeden Tag")
        if _row(days):
            return _only_in(rule, f"jede Woche von {WEEKDAYS[days[0]]} bis {WEEKDAYS[days[-1]]}")
        return _only_in(rule, f"jeden {listed([WEEKDAYS[day] for day in days])}")
    if rule.week_start and len(days) > 1:
        return ""  # people's weeks begin on Monday: which days belong together would be misread
    return _only_in(rule, f"alle {rule.interval} Wochen am {listed([WEEKDAYS[day] for day in days])}")


def _monthly(rule: Rule) -> str:
    if rule.weeks or (rule.months and rule.interval > 1):
        return ""
    every = "" if rule.interval == 1 else f"alle {rule.interval} Monate "
    if rule.month_days and not rule.days and not rule.positions:
        days, note = _month_days(rule.month_days)
        return _only_in(rule, f"{every}am {days}{'' if every else ' jedes Monats'}{note}") if days else ""
    if rule.month_days:
        single = (
            len(rule.month_days) == 1 <= rule.month_days[0] and len(rule.days) == 1 and not rule.positions
        )
        if not single or rule.days[0][0]:
            return ""
        return _only_in(
            rule, f"{every}an jedem {WEEKDAYS[rule.days[0][1]]}, der auf den {rule.month_days[0]}. fällt"
        )
    if rule.positions:
        if rule.days != _WORKING_WEEK or not (places := _places(rule.positions)):
            return ""
        return _only_in(
            rule, f"{every}am {places} Arbeitstag (Montag bis Freitag) {'des' if every else 'jedes'} Monats"
        )
    if not all(nth for nth, _day in rule.days):
        return ""
    words = _counted_days(rule.days)
    note = _fifth(rule)
    if not words:
        return ""
    return _only_in(
        rule,
        f"{every}am {listed(words)}{note}" if every else f"jeden {' und jeden '.join(words)} im Monat{note}",
    )


def _yearly(rule: Rule) -> str:
    if rule.positions:
        return ""
    every = "jedes Jahr" if rule.interval == 1 else f"alle {rule.interval} Jahre"
    if rule.weeks:
        one = len(rule.days) == 1 and not rule.month_days and not rule.months and not rule.week_start
        if not one or min(rule.weeks) < 1 or len(rule.weeks) > _NAMED:
            return ""
        note = " (entfällt in Jahren ohne diese Woche)" if max(rule.weeks) == 53 else ""  # noqa: PLR2004 - weeks of a long year
        return f"{every} am {WEEKDAYS[rule.days[0][1]]} der Kalenderwoche {listed([str(week) for week in rule.weeks])}{note}"
    if rule.month_days and not rule.days and rule.months:
        return _dates_of_year(rule, every)
    if rule.month_days or not rule.days or not all(nth for nth, _day in rule.days):
        return ""
    words = _counted_days(rule.days)
    if not words:
        return ""
    if not rule.months:
        everywhere = all(abs(nth) <= _WEEKS_OF_EACH_YEAR for nth, _day in rule.days)
        return f"{every} am {listed(words)} des Jahres" if everywhere else ""
    return f"{every} am {listed(words)} {listed([f'im {GERMAN_MONTHS[month - 1]}' for month in rule.months])}{_fifth(rule)}"


def _dates_of_year(rule: Rule, every: str) -> str:
    if min(rule.month_days) < 1:
        days, note = _month_days(rule.month_days)
        one = len(rule.months) == 1 and len(rule.month_days) == 1
        return f"{every} am {days} im {GERMAN_MONTHS[rule.months[0] - 1]}{note}" if one and days else ""
    pairs = [(month, day) for month in rule.months for day in rule.month_days]
    if len(pairs) > _SPELLED or any(day > _longest(month) for month, day in pairs):
        return ""
    note = " (nur in Schaltjahren)" if pairs == [(2, 29)] else ""
    if (2, 29) in pairs and not note:
        return ""
    return f"{every} am {listed([f'{day}. {GERMAN_MONTHS[month - 1]}' for month, day in pairs])}{note}"


def _longest(month: int) -> int:
    return 29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31  # noqa: PLR2004 - of the calendar


def _month_days(days: tuple[int, ...]) -> tuple[str, str]:
    if any(day < 0 for day in days):
        return (
            (f"{_FROM_THE_END[days[0]]} Tag", "") if len(days) == 1 and days[0] in _FROM_THE_END else ("", "")
        )
    note = " (entfällt in kürzeren Monaten)" if max(days) > _SHORTEST_MONTH else ""
    return listed([f"{day}." for day in days]), note


def _counted_days(days: tuple[tuple[int, int], ...]) -> list[str]:
    """„2. Dienstag“, „1. und 3. Montag“, one for each weekday; nothing when one has no words."""
    found = []
    for weekday in dict.fromkeys(day for _nth, day in days):
        places = _places(sorted({nth for nth, day in days if day == weekday}, key=lambda nth: (nth < 0, nth)))
        if not places:
            return []
        found.append(f"{places} {WEEKDAYS[weekday]}")
    return found


def _places(numbers: Sequence[int]) -> str:
    ordered = sorted(numbers, key=lambda number: (number < 0, number))
    if any(number < 0 and number not in _FROM_THE_END for number in ordered):
        return ""
    return listed([_FROM_THE_END.get(number) or f"{number}." for number in ordered])


def _fifth(rule: Rule) -> str:
    rare = any(nth > _WEEKS_OF_EACH_MONTH for nth, _day in rule.days)
    return " (entfällt, wo es keinen gibt)" if rare else ""


def _only_in(rule: Rule, said: str) -> str:
    if not rule.months:
        return said
    names = [GERMAN_MONTHS[month - 1] for month in rule.months]
    return f"{said}, nur {f'von {names[0]} bis {names[-1]}' if _row(rule.months) else f'im {listed(names)}'}"


def _row(numbers: Sequence[int]) -> bool:
    return len(numbers) >= _RANGE and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))


def _hourly(rule: Rule) -> str:
    bare = not (rule.days or rule.month_days or rule.months or rule.weeks or rule.positions)
    if not bare:
        return ""
    return "jede Stunde" if rule.interval == 1 else f"alle {rule.interval} Stunden"


def _never(_rule: Rule) -> str:
    return ""


_SAY: Final = {
    "YEARLY": _yearly,
    "MONTHLY": _monthly,
    "WEEKLY": _weekly,
    "DAILY": _daily,
    "HOURLY": _hourly,
    "MINUTELY": _never,
    "SECONDLY": _never,
}
