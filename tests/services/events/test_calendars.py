"""Calendar files as clubs, disposal firms and old programs write them: read one by one, never a crash, written as the RFC says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.services.events.domain.event import Access, Change, Event, Extra, Series, Skip, Status
from stadtnah.services.events.domain.ics.lines import NoCalendar
from stadtnah.services.events.domain.ics.read import read
from stadtnah.services.events.domain.ics.write import write
from stadtnah.services.events.domain.occurrences import DaysOff, occurrences
from stadtnah.services.events.domain.rule import read_rule
from tests.services.events.samples import BERLIN, VTIMEZONE, calendar, event, taken

STAMP = datetime(2026, 11, 29, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)

# Every shape of series, in each of the zones that files name.
SERIES = {
    "weekly": ["DTSTART;TZID=Europe/Berlin:20260106T190000", "DTEND;TZID=Europe/Berlin:20260106T210000", "RRULE:FREQ=WEEKLY;BYDAY=TU"],
    "over a change of the clocks": ["DTSTART;TZID=Europe/Berlin:20260307T220000", "DTEND;TZID=Europe/Berlin:20260308T040000", "RRULE:FREQ=WEEKLY;UNTIL=20261231T000000Z"],
    "windows zone": ["DTSTART;TZID=W. Europe Standard Time:20260106T080000", "DURATION:PT1H30M", "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=20"],
    "utc": ["DTSTART:20260106T180000Z", "DTEND:20260106T190000Z", "RRULE:FREQ=DAILY;INTERVAL=10", "EXDATE:20260116T180000Z"],
    "whole days": ["DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260107", "RRULE:FREQ=MONTHLY;BYMONTHDAY=5,-1;UNTIL=20270630"],
    "extra dates": ["DTSTART;TZID=Europe/Berlin:20260110T100000", "DURATION:PT2H", "RDATE;TZID=Europe/Berlin:20260117T110000,20260118T110000", "RRULE:FREQ=YEARLY"],
    "periods": ["DTSTART;TZID=Europe/Berlin:20260110T100000", "DURATION:PT2H", "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260117T110000/PT3H", "RRULE:FREQ=MONTHLY;COUNT=3"],
    "exceptions in another zone": ["DTSTART;TZID=Europe/Berlin:20260106T190000", "RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE:20260113T180000Z", "EXDATE;TZID=Europe/Paris:20260120T190000"],
    "exception as a day": ["DTSTART;TZID=Europe/Berlin:20260106T190000", "RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE;VALUE=DATE:20260113"],
    "first date beside the rule": ["DTSTART;TZID=Europe/Berlin:20260107T190000", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3"],
    "begun long ago": ["DTSTART;TZID=Europe/Berlin:20010102T190000", "RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR"],
    "once": ["DTSTART;TZID=Europe/Berlin:20260704T150000", "DTEND;TZID=Europe/Berlin:20260705T010000"],
}  # fmt: skip
CHANGED = [
    [
        "RECURRENCE-ID;TZID=Europe/Berlin:20260113T190000",
        "DTSTART;TZID=Europe/Berlin:20260114T200000",
        "DTEND;TZID=Europe/Berlin:20260114T210000",
    ],
    [
        "RECURRENCE-ID:20260120T180000Z",
        "DTSTART;TZID=Europe/Berlin:20251230T190000",
        "DTEND;TZID=Europe/Berlin:20251230T200000",
    ],
    [
        "RECURRENCE-ID;TZID=Europe/Berlin:20260127T190000",
        "DTSTART;TZID=Europe/Berlin:20260127T190000",
        "DURATION:PT4H",
    ],
]


def theirs(data: bytes) -> list[tuple[datetime, datetime]]:
    """(begin, end) as moments or, for whole days, as days, by a library that shares no code with ours."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(
        FIRST, LAST + timedelta(days=1)
    )
    return sorted((_moment(one["DTSTART"].dt), _moment(one["DTEND"].dt)) for one in found)


def _moment(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.astimezone(UTC)


def ours(events: list[Event]) -> list[tuple[datetime, datetime]]:
    found = []
    for one in (when for some in events for when in occurrences(some, FIRST, LAST)):
        zone = UTC if one.event.all_day else ZoneInfo(one.event.zone)
        found.append(
            (one.start.replace(tzinfo=zone).astimezone(UTC), one.end.replace(tzinfo=zone).astimezone(UTC))
        )
    return sorted(found)


@pytest.mark.parametrize("name", SERIES)
def test_dates_of_two_years_as_the_oracle_gives_them(name: str) -> None:
    data = calendar(event(*SERIES[name]), head=VTIMEZONE)
    assert ours(read(data, BERLIN).events) == theirs(data)
    assert theirs(data)


def test_changed_dates_as_the_oracle_gives_them() -> None:
    data = calendar(event(*SERIES["weekly"]), *(event(*lines) for lines in CHANGED))
    assert ours(read(data, BERLIN).events) == theirs(data)
    assert len(read(data, BERLIN).events[0].series.changes) == 3


@pytest.mark.parametrize("name", SERIES)
def test_what_is_written_is_read_the_same_by_us_and_by_others(name: str) -> None:
    more = [event(*lines) for lines in CHANGED] if name == "weekly" else []
    events = taken(event(*SERIES[name]), *more, head=VTIMEZONE).events
    data = write(events, name="Verein; „Chor“, Erlenfurt", stamp=STAMP)
    assert read(data, BERLIN).events == events
    assert not read(data, BERLIN).notes
    assert theirs(data) == ours(events)
    strict(data)


def strict(data: bytes) -> None:
    """Strictly after RFC 5545, by the bytes and by another program."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter torn apart
    found = icalendar.Calendar.from_ical(data)
    assert [one.errors for one in found.walk() if getattr(one, "errors", None)] == []
    named = {
        str(one[key].params["TZID"])
        for one in found.walk("VEVENT")
        for key in ("DTSTART", "DTEND")
        if key in one and "TZID" in one[key].params
    }
    assert named == {str(zone["TZID"]) for zone in found.walk("VTIMEZONE")}
    for one in found.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE"} <= set(one)


# What a real file gets wrong, how it is understood, and what is said of it.
@pytest.mark.parametrize(
    ("head", "lines", "begin", "note"),
    [
        ("", ["DTSTART;TZID=Europe/Berlin:20260113T190000"], "13.01.2026 19:00", "VTIMEZONE fehlt"),
        ("X-WR-TIMEZONE: Europe/Berlin", ["DTSTART:20260113T180000Z"], "13.01.2026 19:00", ""),
        (
            "CALSCALE:GREGORIAN\nCALSCALE:GREGORIAN",
            ["DTSTART:20260113T180000Z"],
            "13.01.2026 19:00",
            "CALSCALE steht mehrmals",
        ),
        ("", ["DTSTART:20260713T180000"], "13.07.2026 18:00", "Zeiten ohne Zeitzone"),
        (VTIMEZONE, ["DTSTART;TZID=W. Europe Standard Time:20260713T180000"], "13.07.2026 18:00", ""),
        (
            "",
            ["DTSTART;TZID=Mond/Krater:20260713T180000"],
            "13.07.2026 18:00",
            "unbekannte Zeitzone „Mond/Krater“",
        ),
        (
            "",
            ["DTSTART;TZID=/softwarestudio.org/Tzfile/Europe/Berlin:20260713T180000"],
            "13.07.2026 18:00",
            "VTIMEZONE fehlt",
        ),
        ("", ["DTSTART;TZID=Europe/Berlin;VALUE=DATE:20260713"], "13.07.2026 00:00", ""),
        (
            "",
            [
                "DTSTART;VALUE=DATE-TIME:20260713T180000Z",
                "BEGIN:VALARM",
                "TRIGGER:-P10H",
                "DESCRIPTION:Tonne",
                "END:VALARM",
            ],
            "13.07.2026 20:00",
            "",
        ),
        (
            "",
            ["DTSTART;VALUE=DATE:20260713", "DTEND;VALUE=DATE:20260713"],
            "13.07.2026 00:00",
            "die an ihrem Anfang enden",
        ),
        (
            "",
            ["DTSTART;VALUE=DATE:20260713", "DTEND:20260713T180000"],
            "13.07.2026 00:00",
            "mit einer Uhrzeit als Ende",
        ),
        ("", ["DTSTART:2026-07-13T18:00:00"], "13.07.2026 18:00", ""),
        ("", ["DTSTART:20260713T240000"], "14.07.2026 00:00", ""),
        (
            "",
            ["dtstart:20260713T180000", "Parkplätze gibt es am Halt", "URL:javascript:alert(1)"],
            "13.07.2026 18:00",
            "keine Webadresse",
        ),
        (
            "",
            ["DTSTART:20260713T180000", "ATTENDEE;CN=Erika Muster:mailto:erika@verein.example"],
            "13.07.2026 18:00",
            "Teilnehmende",
        ),
    ],
)
def test_faults_that_are_understood(head: str, lines: list[str], begin: str, note: str) -> None:
    found = taken(event(*lines), head=head)
    assert [f"{one.start:%d.%m.%Y %H:%M}" for one in found.events] == [begin]
    assert not found.broken
    assert note in " ".join(found.notes)


@pytest.mark.parametrize(
    ("lines", "title", "reason"),
    [
        (["DTEND:20260713T180000"], "Fest", "keinen Anfang (DTSTART)"),
        (["DTSTART:morgen"], "Fest", "Anfang (DTSTART): „morgen“ ist kein Zeitpunkt"),
        (["DTSTART:20260230T180000"], "Fest", "kein Zeitpunkt"),
        (["DTSTART:00010101T000000"], "Fest", "zwischen 1900 und 2199"),
        (["DTSTART:20260713T180000", "DTEND:20260713T060000"], "Fest", "liegt vor dem Anfang"),
        (["DTSTART:20260713T180000", "DTEND:20260408T.300"], "Fest", "Ende (DTEND): „20260408T.300“"),
        (["DTSTART:20260713T180000", "DURATION:-PT1H"], "Fest", "kleiner als null"),
        (["DTSTART:20260713T180000", "DURATION:lang"], "Fest", "Dauer: „lang“ ist keine"),
        (["DTSTART:20260713T180000"], "", "keinen Titel"),
        (["DTSTART:20260713T180000", "RRULE:FREQ=WEEKLY;BYDAY=DI"], "Fest", "„DI“ ist kein Wochentag"),
        (["DTSTART:20260713T180000", "RRULE:FREQ=SECONDLY"], "Fest", "viel zu viele Termine"),
        (["DTSTART:20260713T180000", "EXRULE:FREQ=DAILY"], "Fest", "Ausnahmen nach einer Regel"),
        (["DTSTART:20260713T180000", "CLASS:CONFIDENTIAL"], "Arzt", "nicht öffentlich"),
        (["DTSTART:20260713T180000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260713T180000"], "Fest", "alle folgenden Termine"),
        (["DTSTART:20260713T180000", "DESCRIPTION:" + "a" * 100_001], "Fest", "länger als 100.000 Zeichen"),
        (["DTSTART:20260713T180000", "RDATE:" + ",".join(["20260714T180000"] * 5_001)], "Fest", "mehr als 5.000 einzelne Tage"),
    ],
)  # fmt: skip
def test_one_broken_event_is_put_aside_with_its_reason_and_the_others_stay(
    lines: list[str], title: str, reason: str
) -> None:
    good = event("DTSTART:20260714T180000", uid="gut")
    found = taken(good, event(*lines, title=title), good.replace("gut", "gut2"))
    assert [(one.position, one.title) for one in found.broken] == [(2, title)]
    assert reason in found.broken[0].reason
    assert [one.uid for one in found.events] == ["gut", "gut2"]


def test_texts_are_unfolded_unescaped_and_read_in_the_encoding_they_have() -> None:
    text = "Straßenfest\\, Musik\\; Tanz\\nund „Würste“ bei C:\\\\Hof"
    lines = event("DTSTART:20260713T180000", f"DESCRIPTION:{text}")
    folded = calendar(lines).replace(
        "Straßenfest".encode(), "Stra\xc3".encode("latin-1") + b"\r\n \x9fenfest"
    )
    for data in (
        calendar(lines),
        calendar(lines).decode().encode("cp1252"),
        folded,
        calendar(lines).replace(b"\r\n", b"\n"),
        b"\xef\xbb\xbf" + calendar(lines),
        calendar(lines).decode().encode("utf-16"),
    ):
        found = read(data, BERLIN)
        assert found.events[0].description == "Straßenfest, Musik; Tanz\nund „Würste“ bei C:\\Hof"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folds_are_undone_whatever_ends_a_line(codec: str, end: str) -> None:
    text = calendar(event("DTSTART:20260713T180000", "DESCRIPTION:Am H\n alt", "LOCATION:Hof")).decode()
    found = read(text.replace("\r\n", end).encode(codec), BERLIN)
    assert (found.events[0].description, found.events[0].place) == ("Am Halt", "Hof")


def test_a_counted_series_that_nobody_can_count_to_its_end_is_put_aside() -> None:
    found = taken(event("DTSTART:19000101T030000", "RRULE:FREQ=HOURLY;BYHOUR=3;COUNT=10000"))
    assert ["viel zu viele Termine" in one.reason for one in found.broken] == [True]


def test_a_text_that_was_broken_without_a_blank_stays_whole() -> None:
    found = taken(event("DTSTART:20260713T180000", "DESCRIPTION:Treffpunkt am Halt,", "dann zu Fuß"))
    assert found.events[0].description == "Treffpunkt am Halt,dann zu Fuß"


def test_the_same_uid_for_different_events_and_for_copies() -> None:
    one, other = event("DTSTART:20260713T180000"), event("DTSTART:20260720T180000", title="Konzert")
    later = event("DTSTART:20260713T190000", "SEQUENCE:3")
    assert (taken(one, one).repeated, len(taken(one, one).events)) == (1, 1)
    both = taken(one, other)
    assert len({found.uid for found in both.events}) == 2
    assert "mit derselben Kennung" in " ".join(both.notes)
    assert [found.uid for found in taken(one, other).events] == [
        found.uid for found in both.events
    ]  # the same at every reading
    for found in (taken(one, later), taken(later, one)):
        assert [f"{event.start:%H}" for event in found.events] == ["19"]
    # Programs that number what they give one and the same UID: nothing is taken for an older state of something on another day.
    assert len(taken(one, event("DTSTART:20260727T180000", "SEQUENCE:1")).events) == 2


def test_a_changed_date_without_its_series_stands_alone() -> None:
    found = taken(event("RECURRENCE-ID:20260113T190000", "DTSTART:20260114T190000"))
    assert [f"{one.start:%d.%m.}" for one in found.events] == ["14.01."]
    assert "deren Serie in der Datei fehlt" in " ".join(found.notes)


def test_whoever_takes_part_is_not_kept() -> None:
    found = taken(
        event(
            "DTSTART:20260713T180000",
            "ORGANIZER;CN=Chor Erlenfurt:mailto:erika@verein.example",
            "ATTENDEE;CN=Erika Muster:mailto:erika@verein.example",
        )
    )
    assert found.events[0].organiser == "Chor Erlenfurt"
    assert "erika" not in repr(found.events).lower()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0",
        b"<html><body>Nicht gefunden</body></html>",
        b"BEGIN:VCARD\r\nFN:Erika\r\nEND:VCARD\r\n",
        b"a" * 20_000_001,
    ],
)
def test_what_is_no_calendar_is_refused_in_german(data: bytes) -> None:
    with pytest.raises(NoCalendar, match=r"keine Kalenderdatei|zu groß"):
        read(data, BERLIN)


@pytest.mark.parametrize(
    "data",
    [
        calendar(*["BEGIN:VEVENT"] * 50_000),
        b"BEGIN:VCALENDAR\r\n" * 300_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + b"a\r\n " * 1_000_000 + b"\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + b'X;A="' * 500_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + b";A=" * 1_000_000,
        calendar(*[event("DTSTART:19000101T000000", "RRULE:FREQ=SECONDLY;BYSECOND=1", uid=str(n)) for n in range(3_000)]),
        calendar(*[event("DTSTART:19000101T000000", "RRULE:FREQ=HOURLY;INTERVAL=4", uid=str(n)) for n in range(3_000)]),
        calendar(event("DTSTART:20260101T000000", *["RRULE:FREQ=DAILY"] * 4_000)),
        b"\n" * 5_000_000 + b"BEGIN:VCALENDAR\n",
        b" \t" * 5_000_000 + b"\nBEGIN:VCALENDAR\n",
    ],
    ids=["begins", "deep", "folds", "quotes", "semicolons", "seconds", "dense", "rules", "blank lines", "blanks"],
)  # fmt: skip
def test_a_bomb_ends_soon_and_the_rest_is_read(data: bytes) -> None:
    bomb = data + b"END:VEVENT\r\n" + event("DTSTART:20260714T180000", uid="gut").encode()
    found = read(bomb, BERLIN)  # what takes the square of the time never ends within pytest's limit
    assert len(found.events) <= 1 + len(data) // 50


TEXT = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u200b\ufeff"),
        max_size=60,
    )
    .map(str.strip)
    .filter(lambda t: "\u2028" not in t and t == " ".join(t.split(" ")))
)
WORDS = st.text("abcäöüß €;:,\\\"'\nN n(n)-", max_size=120).map(str.strip)
LINK = st.sampled_from(["", "https://verein.example/a?b=c,d;e", "http://ümlaut.example/ö"])
WALL = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(
    lambda one: one.replace(microsecond=0, fold=0)
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    all_day = draw(st.booleans())
    start, zone = (
        draw(WALL),
        draw(st.sampled_from(["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "UTC"])),
    )
    span = timedelta(hours=draw(st.integers(0, 70)))
    if all_day:
        start, span, zone = (
            start.replace(hour=0, minute=0, second=0),
            timedelta(days=draw(st.integers(1, 4))),
            "Europe/Berlin",
        )
    rule = draw(
        st.sampled_from(
            ["", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2TU,-1FR;COUNT=7", "FREQ=YEARLY;UNTIL=20300101"]
        )
    )
    rules = (read_rule(rule, ZoneInfo(zone), all_day=all_day),) if rule else ()
    if not rules and zone == "UTC":
        zone = "Europe/Berlin"  # an instant that takes place once is read as the town's clocks show it
    extras = (
        [
            Extra(
                start + timedelta(days=d),
                start + timedelta(days=d) + (span if all_day else timedelta(hours=d)),
            )
            for d in draw(st.sets(st.integers(1, 9), max_size=3))
        ]
        if rules
        else []
    )
    without = (
        frozenset(start + timedelta(days=7 * n) for n in draw(st.sets(st.integers(0, 4), max_size=3)))
        if rules
        else frozenset()
    )
    words = {name: draw(TEXT) for name in ("place", "organiser", "audience", "price")}
    plain = Event(
        uid=draw(st.uuids()).hex, title=draw(TEXT.filter(bool)), start=start, end=start + span, zone=zone, all_day=all_day, sequence=draw(st.integers(0, 99)),
        description=draw(WORDS), position=draw(st.sampled_from([None, (50.123456, 11.5), (-1.0, 0.0)])), online=draw(LINK), url=draw(LINK), registration=draw(LINK),
        status=draw(st.sampled_from(Status)), categories=tuple(draw(st.lists(TEXT.filter(bool), max_size=3, unique=True))), access=frozenset(draw(st.sets(st.sampled_from(Access)))),
        pictures=tuple(one for one in [draw(LINK)] if one), changed=draw(st.sampled_from([None, STAMP])), **words,
    )  # fmt: skip
    days = (
        frozenset()
        if all_day or not rules
        else frozenset(
            start.date() + timedelta(days=7 * n) for n in draw(st.sets(st.integers(5, 8), max_size=2))
        )
    )
    changes = (
        (Change(start + timedelta(days=70), plain),)
        if rules and zone != "UTC" and draw(st.booleans())
        else ()
    )
    skip = frozenset(draw(st.sets(st.sampled_from(Skip)))) if rules else frozenset()
    return Event(
        **{name: getattr(plain, name) for name in Event.__slots__}
        | {"series": Series(rules, tuple(sorted(extras)), without, days, skip, changes)}
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events(), max_size=3, unique_by=lambda one: one.uid))
def test_nothing_is_lost_from_export_to_import(some: list[Event]) -> None:
    off = DaysOff("BY", school=((date(2026, 8, 1), date(2026, 9, 14)),))
    data = write(some, name="Kalender", stamp=STAMP, off=off)
    found = read(data, BERLIN)
    assert found.events == some
    assert (found.broken, found.repeated) == ([], 0)
    strict(data)


def test_holidays_are_written_one_by_one_for_programs_that_do_not_know_them() -> None:
    events = taken(event(*SERIES["weekly"], "X-STADTNAH-SKIP:public-holidays")).events
    data = write(events, name="", stamp=STAMP, off=DaysOff("BY"))
    by_us = [one.start for one in occurrences(events[0], FIRST, LAST, DaysOff("BY"))]
    assert datetime(2026, 1, 6, 19) not in by_us  # Epiphany, a Tuesday
    assert [one[0].astimezone(BERLIN).replace(tzinfo=None) for one in theirs(data)] == by_us


def test_a_calendar_that_is_made_again_and_again_names_the_holidays_of_its_days_however_old_it_is() -> None:
    events = taken(event(*SERIES["weekly"], "X-STADTNAH-SKIP:public-holidays")).events
    old = datetime(2020, 1, 1, tzinfo=UTC)
    by_us = [one.start for one in occurrences(events[0], FIRST, LAST, DaysOff("BY"))]

    def shown(**more: tuple[date, date]) -> list[datetime]:
        data = write(events, name="", stamp=old, off=DaysOff("BY"), refresh=timedelta(hours=6), **more)
        strict(data)
        return [one[0].astimezone(BERLIN).replace(tzinfo=None) for one in theirs(data)]

    assert shown(window=(FIRST, LAST)) == by_us
    assert b"X-PUBLISHED-TTL" not in write(events, name="", stamp=old)
