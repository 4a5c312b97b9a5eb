"""Public holidays of a Land in a year, by the rules of its law (`holidays.toml`), from 2021 on. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stadtnah.kernel.land.api import LAENDER

_FILE: Final = Path(__file__).resolve().parent / "holidays.toml"
_EVERYWHERE: Final = "*"
_LAST_OF_TRINITY: Final = (11, 22)  # the Wednesday before 23 November is on this day or up to six before it
_WEDNESDAY: Final = 2


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday. `key` stays the same over the years."""

    day: date
    key: str
    name: str
    english: str


@lru_cache(maxsize=256)
def holidays(land: str, year: int, local: frozenset[str] = frozenset()) -> tuple[Holiday, ...]:
    """The public holidays in the order of the year.

    local: keys of those that only some municipalities of the Land have (`local_choices`) and this one does; others are
    ignored. Raises KeyError when there is no such Land.
    """
    _known(land)
    own = local & {key for key, _name in local_choices(land)}
    found = [
        Holiday(_day(rule["rule"], year), rule["key"], rule["name"], rule["english"])
        for rule in _table()["holiday"]
        if _applies(rule, land, year, own)
    ]
    return tuple(sorted(found, key=lambda holiday: holiday.day))


def local_choices(land: str) -> tuple[tuple[str, str], ...]:
    """(key, German name) of the holidays that only some municipalities of this Land have."""
    return tuple((rule["key"], rule["name"]) for rule in _table()["holiday"] if land in rule.get("local", ()))


def law(land: str) -> str:
    """Where the holidays of the Land are laid down, as cited. Raises KeyError when there is no such Land."""
    return str(_table()["law"][land])


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _applies(rule: dict[str, Any], land: str, year: int, local: Collection[str]) -> bool:
    if year < rule.get("since", 0) or rule.get("only", year) != year:
        return False
    return _EVERYWHERE in rule["laender"] or land in rule["laender"] or rule["key"] in local


def _day(rule: str, year: int) -> date:
    if rule == "penance":
        last = date(year, *_LAST_OF_TRINITY)
        return last - timedelta(days=(last.weekday() - _WEDNESDAY) % 7)
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    return date.fromisoformat(f"{year}-{rule}")


def _known(land: str) -> None:
    if land not in LAENDER:
        raise KeyError(land)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
