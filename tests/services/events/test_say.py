"""The sentence is true: what somebody would mark in a paper calendar who only reads it is what the rule gives."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnah.kernel.clock import GERMAN_MONTHS
from stadtnah.services.events.domain.event import Event, Series
from stadtnah.services.events.domain.expand import starts
from stadtnah.services.events.domain.occurrences import DaysOff, occurrences
from stadtnah.services.events.domain.rule import DAYS, read_rule
from stadtnah.services.events.domain.say import WEEKDAYS, say, say_rule
from tests.services.events.samples import event, taken

BERLIN = ZoneInfo("Europe/Berlin")
END = date(2029, 12, 31)
Test = Callable[[date], bool]


# A reader of the sentences who knows nothing of rules: words to a question that is asked of each day.


def days_named(words: str) -> list[int]:
    return [WEEKDAYS.index(one) for one in re.findall("|".join(WEEKDAYS), words)]


def places(words: str) -> list[tuple[int, int]]:
    """„1. und letzten Montag und jeden 2. Dienstag“ as (which one, weekday)."""
    found: list[tuple[int, int]] = []
    waiting: list[int] = []
    for one in re.findall(rf"\d+\.|vorletzten|letzten|{'|'.join(WEEKDAYS)}", words):
        if one in WEEKDAYS:
            found += [(place, WEEKDAYS.index(one)) for place in waiting]
            waiting = []
        else:
            waiting.append({"letzten": -1, "vorletzten": -2}.get(one) or int(one[:-1]))
    return found


@cache
def those_of(year: int, month: int, weekday: int) -> list[date]:
    """All Tuesdays of a month (0: of the year), as somebody counts them with a finger."""
    day, found = date(year, month or 1, 1), []
    while day.year == year and (not month or day.month == month):
        found += [day] if day.weekday() == weekday else []
        day += timedelta(days=1)
    return found


def is_place(day: date, place: int, weekday: int, *, of_year: bool = False) -> bool:
    found = those_of(day.year, 0 if of_year else day.month, weekday)
    number = place - 1 if place > 0 else len(found) + place
    return 0 <= number < len(found) and found[number] == day


def is_month_day(day: date, words: str) -> bool:
    length = monthrange(day.year, day.month)[1]
    if "vorletzten Tag" in words:
        return day.day == length - 1
    if "letzten Tag" in words:
        return day.day == length
    return day.day in {int(one) for one in re.findall(r"(\d+)\.", words)}


def months_named(words: str) -> set[int]:
    found = [GERMAN_MONTHS.index(one) + 1 for one in re.findall("|".join(GERMAN_MONTHS), words)]
    return (
        set(range(found[0], found[1] + 1))
        if re.search(r"von \w+ bis", words) and len(found) == 2
        else set(found)
    )


def question(words: str, start: date) -> Test:
    words = re.sub(r" \((?:entfällt|nur in)[^)]*\)", "", words)
    match = re.fullmatch(r"(.*), nur (im .*|von .*)", words)
    only = months_named(match[2]) if match else set(range(1, 13))
    inner = question_of(match[1] if match else words, start)
    return lambda day: day.month in only and inner(day)


def question_of(words: str, start: date) -> Test:
    monday = start - timedelta(days=start.weekday())
    number = int(re.search(r"^alle (\d+) ", words)[1]) if words.startswith("alle ") else 1  # type: ignore[index]
    if words == "jeden Tag" or re.fullmatch(r"alle \d+ Tage", words):
        return lambda day: (day - start).days % number == 0
    if match := re.fullmatch(r"jede Woche von (\w+) bis (\w+)", words):
        first, last = (WEEKDAYS.index(one) for one in match.groups())
        return lambda day: first <= day.weekday() <= last
    if match := re.fullmatch(rf"(?:jeden|alle \d+ Wochen am) ((?:{'|'.join(WEEKDAYS)}|, | und )+)", words):
        wanted = days_named(match[1])
        return lambda day: day.weekday() in wanted and (day - monday).days // 7 % number == 0
    if (" Jahr" in words and "jedes Jahr" in words) or " Jahre " in words:
        return of_year(words, start, number)
    in_step: Test = lambda day: ((day.year - start.year) * 12 + day.month - start.month) % number == 0  # noqa: E731
    if match := re.search(r"an jedem (\w+), der auf den (\d+)\. fällt", words):
        return lambda day: (
            in_step(day) and day.weekday() == WEEKDAYS.index(match[1]) and day.day == int(match[2])
        )
    if match := re.search(r"am (.*) Arbeitstag \(Montag bis Freitag\)", words):
        wanted_places = {p for p, _d in places(f"{match[1]} Montag")}

        def working(day: date) -> bool:
            length = monthrange(day.year, day.month)[1]
            work = [d for d in range(1, length + 1) if date(day.year, day.month, d).weekday() < 5]
            return in_step(day) and day.day in {work[p - 1] if p > 0 else work[p] for p in wanted_places}

        return working
    if any(one in words for one in WEEKDAYS):
        return lambda day: in_step(day) and any(is_place(day, p, w) for p, w in places(words))
    return lambda day: in_step(day) and is_month_day(day, re.sub(r"^alle \d+ Monate", "", words))


def of_year(words: str, start: date, number: int) -> Test:
    in_step: Test = lambda day: (day.year - start.year) % number == 0  # noqa: E731
    words = re.sub(r"^(?:jedes Jahr|alle \d+ Jahre) am ", "", words)
    if match := re.fullmatch(r"(\w+) der Kalenderwoche (.*)", words):
        weeks = {int(one) for one in re.findall(r"\d+", match[2])}
        return lambda day: (
            in_step(day) and day.weekday() == WEEKDAYS.index(match[1]) and day.isocalendar().week in weeks
        )
    if words.endswith(" des Jahres"):
        return lambda day: in_step(day) and any(is_place(day, p, w, of_year=True) for p, w in places(words))
    if match := re.fullmatch(r"(.*?)( im .*)", words):
        months = months_named(match[2])
        if any(one in match[1] for one in WEEKDAYS):
            return lambda day: (
                in_step(day) and day.month in months and any(is_place(day, p, w) for p, w in places(match[1]))
            )
        return lambda day: in_step(day) and day.month in months and is_month_day(day, match[1])
    dates = {
        (GERMAN_MONTHS.index(m) + 1, int(d))
        for d, m in re.findall(rf"(\d+)\. ({'|'.join(GERMAN_MONTHS)})", words)
    }
    return lambda day: in_step(day) and (day.month, day.day) in dates


def marked(sentence: str, start: date) -> list[date]:
    """Every day up to END that the sentence means."""
    found: list[date] = []
    if match := re.match(r"am (\d+)\.(\d+)\.(\d{4}), dann (.*)", sentence):
        sentence = match[4]
        found = [date(int(match[3]), int(match[2]), int(match[1]))]
    times = re.search(r", (\d+)-mal$", sentence)
    sentence = re.sub(r", \d+-mal$", "", sentence)
    last = re.search(r", bis (\d+)\.(\d+)\.(\d{4})$", sentence)
    sentence = re.sub(r", bis [\d.]+$", "", sentence)
    end = min(END, date(int(last[3]), int(last[2]), int(last[1]))) if last else END
    ask = question(sentence, start)
    by_rule = [day for n in range((end - start).days + 1) if ask(day := start + timedelta(days=n))]
    return found + by_rule[: int(times[1]) if times else None]


WEEKDAY_LIST = st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True).map(",".join)
PLACE = st.sampled_from([1, 2, 3, 4, 5, -1, -2])
COUNTED = st.lists(
    st.tuples(PLACE, st.sampled_from(DAYS)).map(lambda one: f"{one[0]}{one[1]}"),
    min_size=1,
    max_size=3,
    unique=True,
).map(",".join)
MONTH_DAYS = st.one_of(
    st.sampled_from(["-1", "-2", "31"]),
    st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True).map(lambda v: ",".join(map(str, v))),
)
MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True).map(
    lambda v: ",".join(map(str, v))
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.sampled_from([1, 1, 1, 2, 3]))}"]
    choices = {
        "DAILY": ["", "days", "months", "month_days"],
        "WEEKLY": ["", "days", "days months"],
        "MONTHLY": [
            "",
            "days",
            "counted",
            "month_days",
            "days positions",
            "month_days days",
            "counted months",
            "month_days months",
        ],
        "YEARLY": [
            "",
            "counted",
            "counted months",
            "month_days months",
            "days",
            "days months",
            "weeks days",
            "days months positions",
        ],
    }
    for part in draw(st.sampled_from(choices[freq])).split():
        if part == "days":
            parts.append(
                f"BYDAY={draw(st.one_of(WEEKDAY_LIST, st.just('MO,TU,WE,TH,FR'), st.sampled_from(DAYS)))}"
            )
        elif part == "counted":
            parts.append(f"BYDAY={draw(COUNTED)}")
        elif part == "months":
            parts.append(f"BYMONTH={draw(MONTHS)}")
        elif part == "month_days":
            parts.append(f"BYMONTHDAY={draw(MONTH_DAYS)}")
        elif part == "weeks":
            parts.append(f"BYWEEKNO={draw(st.integers(1, 53))}")
        else:
            parts.append(f"BYSETPOS={draw(PLACE)}")
    parts += draw(st.sampled_from([[], [], ["WKST=SU"]]))
    if end := draw(st.sampled_from(["", "", "COUNT", "UNTIL"])):
        parts.append(
            f"COUNT={draw(st.integers(1, 30))}"
            if end == "COUNT"
            else f"UNTIL={draw(st.dates(date(2026, 3, 1), date(2029, 1, 1))):%Y%m%d}"
        )
    return ";".join(parts)


@settings(max_examples=300, deadline=None)
@given(
    rules(),
    st.datetimes(datetime(2025, 11, 1), datetime(2026, 2, 28)).map(
        lambda one: one.replace(microsecond=0, fold=0)
    ),
)
def test_the_sentence_is_true(text: str, start: datetime) -> None:
    rule = read_rule(text, BERLIN, all_day=False)
    sentence = say_rule(rule, start)
    if not sentence:
        return
    meant = [one.date() for one in starts(rule, start, start, datetime(2029, 12, 31, 23, 59, 59))]
    if start.date() not in meant:
        meant.insert(0, start.date())
    assert marked(sentence, start.date()) == meant, sentence


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231T220000Z", "jeden 2. Dienstag im Monat, bis 31.12.2026"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "jeden 2. Dienstag im Monat"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "jeden Dienstag und Donnerstag"),
        ("FREQ=WEEKLY", "jeden Dienstag"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=10", "alle 2 Wochen am Dienstag, 10-mal"),
        ("FREQ=DAILY", "jeden Tag"),
        ("FREQ=DAILY;INTERVAL=3", "alle 3 Tage"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "jede Woche von Montag bis Freitag"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "jede Woche von Montag bis Freitag"),
        ("FREQ=WEEKLY;BYMONTH=1,5,6,7,8", "jeden Dienstag, nur im Januar, Mai, Juni, Juli und August"),
        ("FREQ=YEARLY", "jedes Jahr am 13. Januar"),
        ("FREQ=MONTHLY;BYMONTHDAY=13", "am 13. jedes Monats"),
        ("FREQ=MONTHLY;BYMONTHDAY=13,31", "am 13. und 31. jedes Monats (entfällt in kürzeren Monaten)"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", "alle 2 Monate am 2. Dienstag"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "am 13.1.2026, dann am letzten Arbeitstag (Montag bis Freitag) jedes Monats",
        ),
        ("FREQ=YEARLY;BYMONTH=1;BYDAY=2TU", "jedes Jahr am 2. Dienstag im Januar"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=TU", "jedes Jahr am Dienstag der Kalenderwoche 3"),
        ("FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=13", "an jedem Dienstag, der auf den 13. fällt"),
        ("FREQ=HOURLY;INTERVAL=2;COUNT=4", "alle 2 Stunden, 4-mal"),
        ("FREQ=WEEKLY;BYHOUR=19", "jeden Dienstag"),
        ("FREQ=WEEKLY;BYHOUR=10,19", ""),
        ("FREQ=YEARLY;BYYEARDAY=13", ""),
    ],
)
def test_rules_in_plain_german(rule: str, said: str) -> None:
    sentence = say_rule(read_rule(rule, BERLIN, all_day=False), datetime(2026, 1, 13, 19))
    assert sentence == said


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231", "X-STADTNAH-SKIP:school-holidays"],
            "jeden 2. Dienstag im Monat, bis 31.12.2026, nicht in den Schulferien",
        ),
        (
            ["RRULE:FREQ=WEEKLY", "X-STADTNAH-SKIP:public-holidays,school-holidays"],
            "jeden Dienstag, nicht an Feiertagen und in den Schulferien",
        ),
        (
            ["RRULE:FREQ=WEEKLY", "EXDATE:20260120T190000,20260127T190000"],
            "jeden Dienstag, nicht am 20.1.2026 und 27.1.2026",
        ),
        (["RRULE:FREQ=WEEKLY", "RDATE:20260121T190000"], "jeden Dienstag, außerdem am 21.1.2026"),
        (["RDATE:20260121T190000"], "am 13.1.2026, außerdem am 21.1.2026"),
        (
            ["RRULE:FREQ=YEARLY;BYYEARDAY=13"],
            "nach einer Regel, die sich nicht kurz sagen lässt; die nächsten Termine: 13.1.2027 und 13.1.2028",
        ),
        ([], ""),
    ],
)
def test_a_series_in_plain_german(lines: list[str], said: str) -> None:
    found = taken(event("DTSTART:20260113T190000", "DTEND:20260113T210000", *lines))
    assert say(found.events[0], TODAY) == said


def test_changed_dates_are_named() -> None:
    found = taken(
        event("DTSTART:20260113T190000", "RRULE:FREQ=WEEKLY"),
        event("RECURRENCE-ID:20260120T190000", "DTSTART:20260120T200000"),
        event("RECURRENCE-ID:20260127T190000", "DTSTART:20260128T190000"),
        event("RECURRENCE-ID:20260203T190000", "DTSTART:20260203T190000", "STATUS:CANCELLED"),
    )
    assert say(found.events[0], TODAY) == (
        "jeden Dienstag, am 20.1.2026 um 20:00 Uhr, statt am 27.1.2026 am 28.1.2026 um 19:00 Uhr, am 3.2.2026 fällt aus"
    )


def test_holidays_of_the_land_and_school_holidays_are_left_out_but_not_what_was_added() -> None:
    found = taken(
        event(
            "DTSTART:20260529T190000",
            "RRULE:FREQ=WEEKLY;BYDAY=TH,FR;UNTIL=20260630",
            "RDATE:20260605T200000",
            "X-STADTNAH-SKIP:public-holidays,school-holidays",
        )
    )
    school = ((date(2026, 6, 12), date(2026, 6, 20)),)

    def days(off: DaysOff) -> list[str]:
        return [
            f"{one.start:%d.%m. %H}"
            for one in occurrences(found.events[0], date(2026, 6, 1), date(2026, 6, 30), off)
        ]

    # 4 June 2026 is Corpus Christi: a holiday in Bavaria, not in Berlin.
    assert days(DaysOff("BY", school=school)) == [
        "05.06. 19",
        "05.06. 20",
        "11.06. 19",
        "25.06. 19",
        "26.06. 19",
    ]
    assert days(DaysOff("BE", school=school)) == [
        "04.06. 19",
        "05.06. 19",
        "05.06. 20",
        "11.06. 19",
        "25.06. 19",
        "26.06. 19",
    ]
    assert len(days(DaysOff())) == 9


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=7", "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4"],
)
def test_of_a_rule_with_far_too_many_dates_that_much_is_said(rule: str) -> None:
    begins = datetime(2026, 6, 4, 19)
    series = Series(rules=(read_rule(rule, BERLIN, all_day=False),))
    dense = Event("", "Chorprobe", begins, begins, "Europe/Berlin", series=series)
    assert say(dense, begins.date()) == "nach einer Regel, die viel zu viele Termine ergibt"
