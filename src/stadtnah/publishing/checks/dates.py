"""Dates in the text and the time for which a message holds."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from stadtnah.publishing.checks.calendar_words import MONTHS, WEEKDAYS
from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, Passage, Role, excerpt
from stadtnah.publishing.checks.found_dates import Found, find_dates, stated_years
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.checks.sentences import sentences
from stadtnah.publishing.findings import Finding, error, hint

_DATED = frozenset(Role) - {Role.QUOTE}
# A sentence that tells what was: its dates are past on purpose.
_TELLS = re.compile(
    r"\b(?:(?i:war(?:en)?|wurden?|hatten?|gab(?:en)?|fand(?:en)?|kam(?:en)?|ging(?:en)?|begann(?:en)?|seit|rückblick|gegründet|"
    r"beschlossen|geboren|verstorben)|geb\.|stand(?:en)?|"
    r"(?i:hat|haben)\b[^!?]{0,200}\b(?!geöffnet|geschlossen)[a-zäöüß]*ge[a-zäöüß]+(?:t|en))\b"
)
# A paper that bears the date: „Vorlage 84/2026 vom“, „Stand:“.
_CITES = re.compile(
    r"(?i)(?:(?:beschluss|sitzung|satzung|gesetz|bescheid|vorlage|schreiben|bekanntmachung|protokoll|fassung|vertrag|urteil|"
    r"mitteilung|meldung|bewertung)(?:en|es|s)?\b[^!?\n]{0,40}\bvom|\bstand:?(?:\svom)?)\s(?:\w+,\s)?$"
)


@check("date-impossible", "date-weekday", "date-past", "date-two-digit-year", german=True)
def in_text(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Dates that exist, fall on the weekday named, are ahead, and bear a whole year.

    An imported message bears its own day (`dated`): it is read as on that day.
    """
    today = _today(document, context)
    passages = list(document.of_role(_DATED))
    years = _years(passages, today)
    for passage in passages:
        spans: list[tuple[int, int]] = []
        for item in find_dates(passage.text, today, years):
            if (item.to or item.value or today) < today:
                spans = spans or list(sentences(passage.text))
                if _told(passage.text, spans, item):
                    item = replace(item, to=today)  # noqa: PLW2901 - past on purpose, so not to be called past
            yield from _one(passage, item, today)


def last_day(document: Document, today: date) -> date | None:
    """The last day, named with its year, that the text looks ahead to; None when it names none. Once it is over, the text has grown old."""
    passages = list(document.of_role(_DATED))
    years = _years(passages, today)
    ahead = [
        day
        for passage in passages
        for item in find_dates(passage.text, today, years)
        if (item.stated or (item.day, item.month) in years)
        and (day := item.to or item.value)
        and not _told(passage.text, list(sentences(passage.text)), item)
    ]
    return max(ahead, default=None)


def _years(passages: list[Passage], today: date) -> dict[tuple[int, int], int]:
    """The years that the text names for a day and month."""
    years: dict[tuple[int, int], int] = {}
    for passage in passages:
        years |= stated_years(find_dates(passage.text, today))
    return years


def _one(passage: Passage, item: Found, today: date) -> Iterator[Finding]:
    written = excerpt(passage.text, item.start, item.end)
    if item.value is None:
        yield error(
            "date-impossible",
            passage.where,
            f"„{written}“ gibt es nicht. Berichtigen Sie Tag oder Monat.",
            written,
        )
        return
    if item.two_digits:
        yield hint(
            "date-two-digit-year",
            passage.where,
            f"Schreiben Sie das Jahr aus: „{item.day}. {MONTHS[item.month - 1]} {item.value.year}“.",
            written,
        )
    if item.weekday is not None and item.weekday != item.value.weekday():
        yield _wrong_weekday(passage, item, written, item.value)
    elif (item.to or item.value) < today:
        yield hint(
            "date-past",
            passage.where,
            f"Der {_long(item.value)} ist vorbei. Prüfen Sie, ob Tag und Jahr stimmen.",
            written,
        )


def _wrong_weekday(passage: Passage, item: Found, written: str, value: date) -> Finding:
    other = "" if item.stated else " Ist ein anderes Jahr gemeint? Dann schreiben Sie es dazu."
    return error(
        "date-weekday",
        passage.where,
        f"„{written}“: Der {_long(value)} ist ein {WEEKDAYS[value.weekday()]}, kein {WEEKDAYS[item.weekday or 0]}. "
        f"Berichtigen Sie Wochentag oder Datum.{other}",
        written,
    )


def _told(text: str, spans: list[tuple[int, int]], item: Found) -> bool:
    """Whether the sentence around a date tells what was."""
    start, end = spans[max(0, bisect(spans, (item.start, len(text))) - 1)]
    before, behind = max(start, item.start - 200), min(end, item.end + 200)
    return bool(_CITES.search(text[before : item.start]) or _TELLS.search(text[before:behind]))


def _long(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


@check("validity-unreadable", "validity-reversed", "validity-over")
def validity(document: Document, context: CheckContext) -> Iterator[Finding]:
    """The message holds for some time, and that time is not over. Imports may be over: they are an archive."""
    content = document.content
    moments: dict[str, datetime | None] = {}
    for name, value, last in (("Beginn", content.valid_from, False), ("Ende", content.valid_until, True)):
        if value:
            moments[name] = _moment(value, end_of_day=last)
            if moments[name] is None:
                yield error(
                    "validity-unreadable",
                    "validity",
                    f"{name} der Gültigkeit ist kein Datum. Wählen Sie den Tag neu aus.",
                    excerpt(value),
                )
    start, end = moments.get("Beginn"), moments.get("Ende")
    if start and end and end < start:
        yield error(
            "validity-reversed",
            "validity",
            "Die Gültigkeit endet, bevor sie beginnt. Vertauschen oder berichtigen Sie die beiden Tage.",
            excerpt(content.valid_until or ""),
        )
    elif end and end < context.now and not content.dated:
        yield error(
            "validity-over",
            "validity",
            f"Die Gültigkeit endete am {_long(end.date())}. Die Meldung wäre sofort abgelaufen; wählen Sie ein späteres Ende.",
            excerpt(content.valid_until or ""),
        )


def _today(document: Document, context: CheckContext) -> date:
    dated = _moment(document.content.dated or "", end_of_day=False)
    return (dated or context.now).date()


def _moment(value: str, *, end_of_day: bool) -> datetime | None:
    """Wall time from ISO 8601; a bare day ends at its last moment."""
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
    if end_of_day and "T" not in value and " " not in value.strip():
        return datetime.combine(moment.date(), time.max)
    return moment
