"""Hours as people write them: read from what was typed, said in German and English. Pure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from stadtnah.surfaces.website.offices.domain.hours import DAY, Day, Span, Week, clock_of

_TIME: Final = r"(\d{1,2})(?:[:.](\d{1,2}))?(?:\s*Uhr\b)?"
_SPAN: Final = re.compile(rf"(?:\bvon\s+)?{_TIME}\s*(?:–|—|-|\bbis\b)\s*{_TIME}", re.IGNORECASE)
_CLOSED: Final = re.compile(r"\b(?:geschlossen|zu|keine)\b", re.IGNORECASE)
_APPOINTMENT: Final = re.compile(
    r"\b(?:nur\s+)?(?:nach|mit)\s+(?:terminvereinbarung|vereinbarung|termin)\b", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"(?:\b(?:und|sowie|oder|sonst|außerdem)\b|[\s,;/&+])*", re.IGNORECASE)
_EXAMPLE: Final = "Bitte schreiben Sie zum Beispiel: 8–12, 14–16 oder nach Vereinbarung."
_LONGEST_NIGHT: Final = 12 * 60  # minutes; a longer opening over midnight is a typing error
_HOURS, _MINUTES = 24, 59


class HoursWrong(ValueError):
    """What was typed are no hours. Its message is German and says what to do."""


def parse_day(text: str) -> Day:
    """„8–12 und 14–18 Uhr, nach Vereinbarung“; nothing, „geschlossen“ or „-“ is a closed day. Raises HoursWrong."""
    text = " ".join(text.split())
    appointment = bool(_APPOINTMENT.search(text))
    rest = _APPOINTMENT.sub(" ", text)
    spans = [_span(match) for match in _SPAN.finditer(rest)]
    left = _SPAN.sub(" ", rest)
    closed = bool(_CLOSED.search(left)) or left.strip() in {"-", "–"}
    left = _CLOSED.sub(" ", left).strip(" -–")
    if not _BETWEEN.fullmatch(left):
        raise HoursWrong(f"„{text[:60]}“ verstehen wir nicht. {_EXAMPLE}")
    if closed and spans:
        raise HoursWrong("Hier steht „geschlossen“ und eine Uhrzeit. Bitte geben Sie nur eines an.")
    return Day(_in_order(spans), appointment)


def say_day(day: Day, *, english: bool = False) -> str:
    """„8:00–12:00 und 14:00–16:00 Uhr, sonst nach Vereinbarung“."""
    times = [f"{clock_of(span.opens)}–{clock_of(span.closes)}" for span in day.spans]
    joined = (" and " if english else " und ").join(
        [", ".join(times[:-1]), times[-1]] if times[1:] else times
    )
    said = joined if english or not joined else f"{joined} Uhr"
    if not day.appointment:
        return said or ("closed" if english else "geschlossen")
    if not said:
        return "by appointment" if english else "nach Vereinbarung"
    return f"{said}, otherwise by appointment" if english else f"{said}, sonst nach Vereinbarung"


def typed_day(day: Day) -> str:
    """As it stands in the form again."""
    spans = [f"{clock_of(span.opens)}–{clock_of(span.closes)}" for span in day.spans]
    return ", ".join([*spans, *(["nach Vereinbarung"] if day.appointment else [])])


def grouped(week: Week) -> list[tuple[tuple[int, ...], Day]]:
    """Days that follow each other with the same hours, as one: (numbers of the weekdays, hours)."""
    found: list[tuple[tuple[int, ...], Day]] = []
    for number, day in enumerate(week):
        if found and found[-1][1] == day:
            found[-1] = ((*found[-1][0], number), day)
        else:
            found.append(((number,), day))
    return found


def _span(match: re.Match[str]) -> Span:
    said = match[0].strip()
    first_hour, first_minute, last_hour, last_minute = match.groups()
    opens, closes = _minutes(first_hour, first_minute, said), _minutes(last_hour, last_minute, said)
    if opens in {closes, DAY}:
        raise HoursWrong(f"„{said}“: Anfang und Ende sind gleich. Für den ganzen Tag schreiben Sie 0–24.")
    if closes > opens:
        return Span(opens, closes)
    if closes + DAY - opens > _LONGEST_NIGHT:
        raise HoursWrong(
            f"„{said}“: Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Zeiten; über Mitternacht hinaus sind höchstens "
            "zwölf Stunden möglich."
        )
    return Span(opens, closes + DAY)


def _minutes(hour: str, minute: str | None, said: str) -> int:
    found = int(hour) * 60 + int(minute or 0)
    if int(hour) > _HOURS or int(minute or 0) > _MINUTES or found > DAY:
        raise HoursWrong(f"„{said}“: Eine Uhrzeit liegt zwischen 0:00 und 24:00. {_EXAMPLE}")
    return found


def _in_order(spans: list[Span]) -> tuple[Span, ...]:
    ordered = sorted(spans)
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            both = [f"{clock_of(span.opens)}–{clock_of(span.closes)}" for span in (earlier, later)]
            raise HoursWrong(
                f"{both[0]} und {both[1]} überschneiden sich. Bitte fassen Sie sie zu einer Zeit zusammen."
            )
    return tuple(ordered)
