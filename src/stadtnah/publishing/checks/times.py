"""Times of day: possible, and with „Uhr“ behind them (DIN 5008 and the way screen readers read them)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from stadtnah.publishing.checks.calendar_words import DAY
from stadtnah.publishing.checks.context import CheckContext
from stadtnah.publishing.checks.document import Document, Passage, Role, excerpt
from stadtnah.publishing.checks.found_dates import find_dates
from stadtnah.publishing.checks.registry import check
from stadtnah.publishing.findings import Finding, error, hint

_TIME = r"\d{1,2}(?:[:.]\d\d)?(?!\d)"
_AND = r"\s?(?:–|-|bis|und|u\.|,|/|sowie|oder)\s?(?:von\s|ab\s)?"
_CHAIN = re.compile(rf"(?<![\w.,:/+–-]){_TIME}(?:{_AND}{_TIME}(?![\w%:€])){{0,8}}+(\s?(?:Uhr|h)\b)?")
_PARTS = re.compile(r"(\d{1,2})(?:([:.])(\d\d))?")
_LEAD = re.compile(r"(?i)\b(?:um|ab|bis|gegen|von|zwischen|beginn|einlass|start|ende|uhrzeit)[\s:]{1,2}$")
_STRICT_LEAD = re.compile(r"(?i)\b(?:um|gegen|beginn|einlass|uhrzeit)[\s:]{1,2}$")
_DAY_LEAD = re.compile(rf"{DAY}(?:s|en)?[,:]?\s{{1,2}}$")
_FREE = re.compile(r"\s*(?:$|[.,;!?)](?!\d)|\s(?:im|in|am|auf|bei|vor|statt|an|und|mit|für)\b)")
_QUANTITY = re.compile(
    r"(?i)\s?(?:[%€°²\w]*[%€°]|(?:euro|prozent|meter|km|m|cm|kg|t|mio|mrd|million|milliard|grad|punkte?|hektar|ha|liter|stunden?|"
    r"minuten|tore?|stück|personen|kinder|jahre|tage|wochen|monate)\w*\b)"
)
_RATIO = re.compile(
    r"(?i)(?:\b(?:maßstab|verhältnis|siegten?|gewann(?:en)?|verlor(?:en)?|endete|ergebnis|spielstand)\b[^.\n]{0,30})$"
)
_LAST_HOUR, _LAST_MINUTE = 24, 59
_EARLIEST_BARE = 6  # "1:50" without more is a scale, "3:10" a score


@check("time-impossible", "time-without-uhr", german=True)
def in_text(document: Document, context: CheckContext) -> Iterator[Finding]:
    """Times that exist and can be read aloud."""
    for passage in document.of_role(frozenset(Role)):
        dates = [(item.start, item.end) for item in find_dates(passage.text, context.now.date())]
        for match in _CHAIN.finditer(passage.text):
            before = dates[bisect(dates, (match.end(), 0)) - 1] if dates else (0, 0)
            if not (before[0] < match.end() and match.start() < before[1]):
                finding = _one(passage, match, context)
                if finding:
                    yield finding


def _one(passage: Passage, match: re.Match[str], context: CheckContext) -> Finding | None:
    text, parts = passage.text, _PARTS.findall(match[0])
    before = text[max(0, match.start() - 40) : match.start()]
    with_uhr = bool(match[1])
    colon = any(sign == ":" for _, sign, _ in parts)
    if not with_uhr and (
        _QUANTITY.match(text, match.end()) or re.match(r"[.:,]\d|[\w%€]", text[match.end() : match.end() + 2])
    ):
        return None
    possible = all(_possible(int(hour), int(minute or 0)) for hour, _, minute in parts)
    timely = (
        with_uhr
        or (colon and not _RATIO.search(before) and _is_time(parts, before))
        or _led(text, match, before, parts)
    )
    if not timely:
        return None
    written = excerpt(text, match.start(), match.end())
    if not possible:
        return error(
            "time-impossible",
            passage.where,
            f"Die Uhrzeit „{written}“ gibt es nicht. Berichtigen Sie Stunde oder Minute.",
            written,
        )
    if (
        with_uhr
        or not context.guide.times_need_uhr
        or "uhr" in passage.head.casefold()
        or passage.role is Role.PLACE
    ):
        return None
    return hint(
        "time-without-uhr", passage.where, f"Schreiben Sie „Uhr“ hinter die Zeit: „{written} Uhr“.", written
    )


def _possible(hour: int, minute: int) -> bool:
    return minute <= _LAST_MINUTE and (hour < _LAST_HOUR or (hour == _LAST_HOUR and minute == 0))


def _is_time(parts: list[tuple[str, str, str]], before: str) -> bool:
    """A colon with two digits behind it: a time unless it looks like a scale or a score."""
    if _LEAD.search(before) or _DAY_LEAD.search(before):
        return True
    hour, _, minute = next(part for part in parts if part[1] == ":")
    return (
        (int(hour) >= _EARLIEST_BARE or len(hour) > 1)
        and int(hour) <= _LAST_HOUR
        and int(minute) <= _LAST_MINUTE
    )


def _led(text: str, match: re.Match[str], before: str, parts: list[tuple[str, str, str]]) -> bool:
    """Bare hours: „um 14“ before something that is no noun, „Mo, Di 8–12“ behind a weekday."""
    if any(int(hour) > _LAST_HOUR for hour, _, _ in parts):
        return False
    is_range = len(parts) > 1
    if _DAY_LEAD.search(before):
        return is_range and bool(_FREE.match(text, match.end()))
    return bool(_STRICT_LEAD.search(before)) and bool(_FREE.match(text, match.end()))
