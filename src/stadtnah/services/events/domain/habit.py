"""How people say that something takes place again, and the rule that it means: a choice, „alle 2“, weekdays, an end. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from stadtnah.services.events.domain.rule import Rule

RULE: Final = "rule"  # what no choice says: the rule itself is given
CHOICES: Final = (
    ("", "gar nicht"),
    ("daily", "täglich"),
    ("weekly", "wöchentlich"),
    ("monthly-weekday", "monatlich am gleichen Wochentag, zum Beispiel am 2. Dienstag"),
    ("monthly-last", "monatlich am letzten dieses Wochentags"),
    ("monthly-day", "monatlich am gleichen Tag, zum Beispiel am 15."),
    ("yearly", "jährlich am gleichen Tag"),
    (RULE, "nach einer eigenen Regel (für Fachleute)"),
)
_WEEK: Final = 7
_LAST_SAFE: Final = 4  # the fifth of a weekday is not there each month: then the last one is meant


@dataclass(frozen=True, slots=True)
class Habit:
    """What was chosen. weekdays: from Monday = 0, for „weekly“ alone; none: that of the first date, which a rule need not name. until: belongs to the series."""

    choice: str = ""
    every: int = 1
    weekdays: tuple[int, ...] = ()
    until: date | None = None
    times: int | None = None


def rule_of(habit: Habit, start: datetime, *, all_day: bool) -> Rule | None:
    """The rule; None when it takes place once or the rule itself is given."""
    until = None
    if habit.until:
        until = datetime.combine(habit.until, time() if all_day else time(23, 59, 59))
    weekday = start.weekday()
    common = {"interval": habit.every, "until": until, "count": None if until else habit.times}
    match habit.choice:
        case "daily":
            return Rule("DAILY", **common)  # type: ignore[arg-type] # a dict of different values
        case "weekly":
            days = tuple((0, day) for day in sorted(set(habit.weekdays)))
            return Rule("WEEKLY", days=days, **common)  # type: ignore[arg-type]
        case "monthly-weekday":
            nth = (start.day - 1) // _WEEK + 1
            return Rule("MONTHLY", days=((nth if nth <= _LAST_SAFE else -1, weekday),), **common)  # type: ignore[arg-type]
        case "monthly-last":
            return Rule("MONTHLY", days=((-1, weekday),), **common)  # type: ignore[arg-type]
        case "monthly-day":
            return Rule("MONTHLY", month_days=(start.day,), **common)  # type: ignore[arg-type]
        case "yearly":
            return Rule("YEARLY", **common)  # type: ignore[arg-type]
    return None


def habit_of(rules: tuple[Rule, ...], start: datetime, *, all_day: bool) -> Habit:
    """The choice that gives exactly these rules, so that people read words; else the choice `RULE`."""
    if not rules:
        return Habit()
    if len(rules) > 1:
        return Habit(RULE)
    rule = rules[0]
    until = rule.until.date() if rule.until else None
    weekdays = tuple(day for _nth, day in rule.days) if rule.freq == "WEEKLY" else ()
    for choice, _label in CHOICES[1:-1]:
        habit = Habit(choice, rule.interval, weekdays if choice == "weekly" else (), until, rule.count)
        if rule_of(habit, start, all_day=all_day) == rule:
            return habit
    return Habit(RULE)
