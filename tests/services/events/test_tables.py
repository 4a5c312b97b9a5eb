"""Tables of events, as people write them: what is understood, and what is put aside with the cell that is to blame."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.services.events.domain.event import Event, Status
from stadtnah.services.events.domain.ics.lines import NoCalendar
from stadtnah.services.events.domain.table import columns
from stadtnah.services.events.domain.table.columns import Matching
from stadtnah.services.events.domain.table.when import NotReadable, read_clock, read_days
from stadtnah.services.events.files import read_file, table_of
from tests.services.events.samples import BERLIN, calendar, event
from tests.services.events.tables import CLUB, OUTLOOK, UNICODE, workbook

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))


def told(found: Event) -> tuple[str, datetime, datetime, bool]:
    return found.title, found.start, found.end, found.all_day


def one(*rows: str, head: str = "Datum;Uhrzeit;Titel") -> Event:
    found = read_file("\n".join([head, *rows]).encode(), BERLIN)
    assert not found.broken
    return found.events[0]


def test_the_list_of_a_club() -> None:
    found = read_file(CLUB, BERLIN)
    assert [told(one) for one in found.events] == [
        ("Adventssingen", datetime(2026, 12, 3, 19), datetime(2026, 12, 3, 19), False),
        ("Nikolausmarkt", datetime(2026, 12, 5, 14), datetime(2026, 12, 5, 18), False),
        ("Krippenausstellung", datetime(2026, 12, 11), datetime(2026, 12, 14), True),
        ("Silvesterball", datetime(2026, 12, 31, 22), datetime(2027, 1, 1, 4), False),
    ]
    assert found.events[0].organiser == "Gesangverein Erlenfurt"
    assert found.events[0].price == "frei"
    assert found.events[1].description == "mit Glühwein;\nStände ab 14 Uhr"
    assert [(one.position, one.title, one.reason) for one in found.broken] == [
        (9, "Kappensitzung", "Spalte „Datum“: „Mitte Januar“ ist kein Datum."),
        (10, "Neujahrsempfang", "Spalte „Uhrzeit“: „abends“ ist keine Uhrzeit."),
        (11, "", "Spalte „Veranstaltung“: ist leer."),
    ]
    assert found.total == 7


def test_the_export_of_an_american_program() -> None:
    found = read_file(OUTLOOK, BERLIN)
    assert [told(one) for one in found.events] == [
        ('Sommerfest, "Am Wehr"', datetime(2026, 7, 4, 15, 30), datetime(2026, 7, 4, 23), False),
        ("Betriebsausflug", datetime(2026, 7, 25), datetime(2026, 7, 27), True),
    ]


def test_day_and_time_in_one_cell_and_an_end_that_is_either() -> None:
    found = read_file(UNICODE, BERLIN)
    assert [told(one) for one in found.events] == [
        ("Übungsabend", datetime(2026, 12, 3, 19, 30), datetime(2026, 12, 3, 21), False),
        ("Weinprobe", datetime(2026, 12, 4, 20), datetime(2026, 12, 5, 1), False),
    ]
    assert [one.place for one in found.events] == ["Steinbach", "Oberholz"]


def test_a_spreadsheet_with_real_dates_numbers_and_formulas() -> None:
    data = workbook(
        [
            "Titel",
            "Datum",
            "Uhrzeit",
            "Ende",
            "Ort",
            "PLZ",
            "Breitengrad",
            "Längengrad",
            "Anmeldung",
            "Status",
            "Link",
        ],
        [
            "Lauf",
            date(2026, 12, 3),
            time(9, 30),
            time(12),
            "Halle",
            99999,
            50.5,
            11.25,
            "https://lauf.example/los",
            "abgesagt",
            "www.lauf.example",
        ],
        [
            "Markt",
            datetime(2026, 12, 4, 8),
            None,
            timedelta(hours=13),
            "Platz",
            None,
            None,
            None,
            "im Rathaus",
            "online",
            "kein Link",
        ],
        ["Zahlen", 46361, 19.3, None, None, None, None, None, None, None, None],
        ['=HYPERLINK("https://example.org")', "=1+1", None, None, None, None, None, None, None, None, None],
        Notizen=[["geheim"]],
    )
    found = read_file(data, BERLIN)
    run, market, numbers = found.events
    assert told(run) == ("Lauf", datetime(2026, 12, 3, 9, 30), datetime(2026, 12, 3, 12), False)
    assert (run.place, run.position, run.registration) == (
        "Halle, 99999",
        (50.5, 11.25),
        "https://lauf.example/los",
    )
    assert (run.status, run.url) == (Status.CANCELLED, "https://www.lauf.example")
    assert told(market) == ("Markt", datetime(2026, 12, 4, 8), datetime(2026, 12, 4, 13), False)
    assert (market.status, market.url, market.description) == (
        Status.MOVED_ONLINE,
        "",
        "Anmeldung: im Rathaus",
    )
    assert told(numbers)[1] == datetime(2026, 12, 5, 19, 30)
    assert not found.broken
    assert found.total == 3
    assert found.notes["weitere Tabellenblätter nicht gelesen: Notizen"] == 1


def test_the_same_table_gives_the_same_events() -> None:
    again = read_file(CLUB, BERLIN).events
    assert [one.uid for one in again] == [one.uid for one in read_file(CLUB, BERLIN).events]


def test_the_same_row_twice_is_one_event_and_a_used_name_becomes_another() -> None:
    found = read_file(b"ID;Datum;Titel\n7;3.12.2026;Chor\n7;3.12.2026;Chor\n7;4.12.2026;Chor\n", BERLIN)
    assert found.repeated == 1
    assert [one.uid for one in found.events] == ["7", "7-4"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings(separator: str, encoding: str) -> None:
    text = f'Datum{separator}Titel{separator}Ort\r\n3.12.2026{separator}"Größe {separator} ""Wurst"""{separator}Brückenstraße\r\n'
    found = read_file(text.encode(encoding), BERLIN).events[0]
    assert found.title == f'Größe {separator if separator != chr(9) else ""} "Wurst"'.replace("  ", " ")
    assert found.place == "Brückenstraße"


def test_the_line_that_excel_wants_above_a_table() -> None:
    found = read_file(b"sep=|\r\nDatum|Titel\r\n3.12.2026|Chor; Probe, laut\r\nx|y\r\n", BERLIN)
    assert found.events[0].title == "Chor; Probe, laut"
    assert found.broken[0].position == 3


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    rows = "".join(f"{day}.12.2026;Konzert {day};Halle\n" for day in range(1, 20))
    found = read_file(f'Datum;Titel;Ort\n3.11.2026;"Auf gehts;Halle\n{rows}'.encode(), BERLIN)
    assert len(found.events) == 20


def test_a_table_without_names_is_guessed_from_its_values() -> None:
    found = read_file(b"3.12.2026;Kirchweih im Dorf;20 Uhr\n4.12.2026;Kirchweih zum Zweiten;21 Uhr\n", BERLIN)
    assert [one.start for one in found.events] == [datetime(2026, 12, 3, 20), datetime(2026, 12, 4, 21)]


def test_columns_are_matched_by_a_person_where_the_names_say_nothing() -> None:
    data = b"A;B;C\nChorprobe;x;3.12.2026\n"
    with pytest.raises(NoCalendar, match=r"Keine Spalte ist „Titel“ zugeordnet.*„A“, „B“, „C“"):
        read_file(data, BERLIN)
    assert read_file(data, BERLIN, Matching(("title", "", "day"), head=1)).events[0].title == "Chorprobe"
    with pytest.raises(NoCalendar, match="zwei Spalten"):
        read_file(data, BERLIN, Matching(("title", "day", "day"), head=1))


def test_names_with_signs_and_a_beginning_that_is_a_day_or_a_time() -> None:
    assert columns.proposed(
        table_of(b"Beginn*;Ende:;Titel (kurz);Titel\n3.12.2026;4.12.2026;;x\n")
    ).fields == ("day", "last_day", "", "title")
    assert columns.proposed(table_of(b"Datum;Beginn;Ende;Titel\n3.12.2026;19 Uhr;20 Uhr;x\n")).fields == (
        "day",
        "clock",
        "end_clock",
        "title",
    )


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("3.12.2026", (2026, 12, 3), None),
        ("03.12.26", (2026, 12, 3), None),
        ("Donnerstag, den 3. Dezember 2026", (2026, 12, 3), None),
        ("Do 3. Dez. 2026", (2026, 12, 3), None),
        ("1. März 2026", (2026, 3, 1), None),
        ("1. Jänner 2026", (2026, 1, 1), None),
        ("2026-12-03", (2026, 12, 3), None),
        ("3/12/2026", (2026, 12, 3), None),
        ("46359", (2026, 12, 3), None),
        ("3.-5.12.2026", (2026, 12, 3), (2026, 12, 5)),
        ("Fr.–So., 3. – 5. Dezember 2026", (2026, 12, 3), (2026, 12, 5)),
        ("3./4.12.2026", (2026, 12, 3), (2026, 12, 4)),
        ("30.11. bis 2.12.2026", (2026, 11, 30), (2026, 12, 2)),
        ("30.12.-2.1.2027", (2026, 12, 30), (2027, 1, 2)),
        ("30.12.2026 - 2.1.2027", (2026, 12, 30), (2027, 1, 2)),
        ("29. Februar 2028", (2028, 2, 29), None),
    ],
)
def test_days(cell: str, first: tuple[int, int, int], last: tuple[int, int, int] | None) -> None:
    found = read_days(cell)
    assert (found.first, found.last) == (date(*first), date(*(last or first)))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "ist leer"),
        ("3.12.", "nennt kein Jahr"),
        ("3.12. 19 Uhr", "nennt kein Jahr"),
        ("3.12. 19.30 Uhr", "nennt kein Jahr"),
        ("31.2.2026", "Den 31.2.2026 gibt es nicht"),
        ("3.13.2026", "Den 3.13.2026 gibt es nicht"),
        ("5.-3.12.2026", "liegt vor dem Anfang"),
        ("3./7.12.2026", "einzelne Tage"),
        ("3. Foo 2026", "kein Monat"),
        ("3.12.20266", "nennt kein Jahr"),
        ("jeden Dienstag", "kein Datum"),
        ("99999", "kein Datum"),
        ("²³.12.2026", "kein Datum"),
        ("٣.١٢.٢٠٢٦", "kein Datum"),
    ],
)
def test_days_that_nobody_can_be_sure_of(cell: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        read_days(cell)


@pytest.mark.parametrize(
    ("cell", "begin", "end"),
    [
        ("19 Uhr", 19, None),
        ("19.30", 19.5, None),
        ("19.3", 19.5, None),
        ("19:30 Uhr", 19.5, None),
        ("19:30:00", 19.5, None),
        ("1930", 19.5, None),
        ("19 h", 19, None),
        ("19h30", 19.5, None),
        ("19 Uhr 30", 19.5, None),
        ("ab 19 Uhr", 19, None),
        ("ca. 19 Uhr", 19, None),
        ("19 Uhr (open end)", 19, None),
        ("7 pm", 19, None),
        ("12:15 AM", 0.25, None),
        ("7–9 pm", 19, 21),
        ("19-22 Uhr", 19, 22),
        ("von 9.00 bis 12.30 Uhr", 9, 12.5),
        ("0,8125", 19.5, None),
        ("24 Uhr", 24, None),
        ("", None, None),
        ("–", None, None),
    ],
)
def test_times(cell: str, begin: float | None, end: float | None) -> None:
    found = read_clock(cell)
    assert [found.begin, found.end] == [None if one is None else timedelta(hours=one) for one in (begin, end)]


@pytest.mark.parametrize(
    "cell",
    [
        "abends",
        "25 Uhr",
        "19:60",
        "19 und 21 Uhr",
        "13 pm",
        "bis 22 Uhr",
        "8-10-12",
        "24:30",
        "nach dem Gottesdienst",
    ],
)
def test_times_that_are_none(cell: str) -> None:
    with pytest.raises(NotReadable):
        read_clock(cell)


@pytest.mark.parametrize(
    ("row", "start", "end", "all_day"),
    [
        ("3.12.2026;;x", datetime(2026, 12, 3), datetime(2026, 12, 4), True),
        ("3.12.2026;ganztags;x", datetime(2026, 12, 3), datetime(2026, 12, 4), True),
        ("3.12.2026 - 5.12.2026;19-22 Uhr;x", datetime(2026, 12, 3, 19), datetime(2026, 12, 5, 22), False),
        (
            "3.12.2026 19:00 bis 4.12.2026 02:00;;x",
            datetime(2026, 12, 3, 19),
            datetime(2026, 12, 4, 2),
            False,
        ),
        ("3.-5.12.2026;19 Uhr;x", datetime(2026, 12, 3, 19), datetime(2026, 12, 5, 23, 59), False),
        ("2026-12-03T19:30:00;;x", datetime(2026, 12, 3, 19, 30), datetime(2026, 12, 3, 19, 30), False),
        ("3.12.2026 00:00;20 Uhr;x", datetime(2026, 12, 3, 20), datetime(2026, 12, 3, 20), False),
    ],
)
def test_days_and_times_together(row: str, start: datetime, end: datetime, all_day: bool) -> None:
    assert told(one(row)) == ("x", start, end, all_day)


@pytest.mark.parametrize(
    ("head", "row", "reason"),
    [
        ("Datum;Endzeit;Titel", "3.12.2026;22 Uhr;x", "nennt keinen Beginn"),
        ("Datum;Enddatum;Titel", "3.12.2026;1.12.2026;x", "liegt vor dem Anfang"),
        ("Datum;Uhrzeit;Titel", "3. + 4.12.2026;20 Uhr;x", "einzelne Tage mit Uhrzeit"),
        ("Datum;Uhrzeit;Titel", "3.12.2026;20-19 Uhr;x", "liegt vor dem Anfang"),
        ("Datum;Enddatum;Titel", "3.12.2026;1.12.2040;x", "länger als zehn Jahre"),
    ],
)
def test_rows_put_aside(head: str, row: str, reason: str) -> None:
    found = read_file(f"{head}\n{row}".encode(), BERLIN)
    assert not found.events
    assert reason in found.broken[0].reason
    assert found.broken[0].position == 2


@given(DAYS, st.integers(0, 23), st.integers(0, 59), st.sampled_from(range(6)))
def test_every_day_is_read_as_it_was_written(day: date, hour: int, minute: int, shape: int) -> None:
    written = [
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day:%y}",
        f"{WEEKDAYS[day.weekday()]}., {day.day}. {MONTHS[day.month - 1]} {day.year}",
        day.isoformat(),
        f"{(day - date(1899, 12, 30)).days}",
        f"{day.day}. {MONTHS[day.month - 1][:3]}. {day.year}",
    ][shape]
    found = one(f"{written};{hour}.{minute:02} Uhr;x")
    assert found.start == datetime(day.year, day.month, day.day, hour, minute)


@given(
    st.lists(
        st.tuples(
            DAYS,
            st.text(
                st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="ÃÂâð"),
                min_size=1,
                max_size=30,
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_titles_come_through_a_spreadsheets_quoting(rows: list[tuple[date, str]]) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Datum", "Titel", "Kennung"])
    for number, (day, title) in enumerate(rows):
        writer.writerow([f"{day:%d.%m.%Y}", f"Titel {title}", f"nr-{number}"])
    found = read_file(out.getvalue().encode(), BERLIN, Matching(("day", "title", "uid"), head=1))
    assert not found.broken
    assert [one.title for one in found.events] == [" ".join(f"Titel {title}".split()) for _day, title in rows]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: f"Datum;Titel;Uhrzeit\n{text}".encode("utf-8", "replace")),
    )
)
def test_whatever_comes_in_is_read_or_refused_in_words(data: bytes) -> None:
    try:
        found = read_file(data, BERLIN)
    except NoCalendar as problem:
        problem_said = str(problem)
        assert problem_said.endswith(".")
    else:
        assert found.total == len(found.events) + len(found.broken) + found.repeated


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "leer"),
        (b"\r\n \r\n", "leer"),
        (b";;;\n;;;\n", "leer"),
        (b"%PDF-1.7 x", "ein PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "alte Excel-Datei"),
        (b"<html><body>", "eine Webseite"),
        (b"\x00\x01\x02abc", "keinen Text"),
        (b"PK\x03\x04kaputt", "nicht entpacken"),
        (b"x" * 20_000_001, "zu groß"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NoCalendar, match=said):
        read_file(data, BERLIN)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("TYPES", "[Content_Types].xml"), data
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped(TYPES=b"<x/>", xl__big_xml=b"0" * 160_000_000), "viel zu groß"),
        (zipped(**{f"xl__part{number}": b"" for number in range(2_001)}), "viel zu groß"),
        (zipped(brief_txt=b"x"), "ZIP-Archiv"),
        (zipped(content_xml=b"<x/>"), "LibreOffice"),
        (zipped(TYPES=b"<x/>", xl__workbook_xml=b"<x/>"), "keine Excel-Arbeitsmappe, die sich lesen lässt"),
    ],
    ids=["bomb", "parts", "archive", "ods", "hollow"],
)
def test_a_spreadsheet_that_was_made_to_harm_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NoCalendar, match=said):
        table_of(data)


def test_one_long_text_in_every_cell_does_not_fill_the_memory_of_the_cell() -> None:
    good, out = io.BytesIO(workbook(["A"], ["B"])), io.BytesIO()
    cell = '<c t="s"><v>0</v></c>'
    row = f"<row>{cell * 100}</row>"
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{row * 20}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {space}><si><t>{'x' * 30_000}</t></si></sst>",
    }
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml" and kind.encode() not in data:
                said = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
                data = data.replace(b"</Types>", said.encode())
            if name not in parts:
                target.writestr(name, data)
        for name, text in parts.items():
            target.writestr(name, text)
    assert len(out.getvalue()) < 20_000
    with pytest.raises(NoCalendar, match="viel zu lang"):
        table_of(out.getvalue())


def test_an_entity_bomb_in_a_spreadsheet_ends_with_its_program() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet><sheetData>&l9;</sheetData></worksheet>'.encode()
    good = io.BytesIO(workbook(["Datum", "Titel"], ["3.12.2026", "x"]))
    out = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == "xl/worksheets/sheet1.xml" else source.read(name))
    with pytest.raises(NoCalendar, match="lesen lässt"):
        table_of(out.getvalue())


def test_twenty_thousand_rows_are_read_and_more_are_left_out() -> None:
    rows = "".join(f"{n % 28 + 1}.{n % 12 + 1}.2027;{n % 24} Uhr;Termin {n}\n" for n in range(20_100))
    data = f"Datum;Uhrzeit;Titel\n{rows}".encode()
    found = read_file(data, BERLIN)
    assert len(found.events) == 19_999
    assert found.notes["Zeilen nach der 20.000. nicht gelesen"] == 1


def test_a_calendar_is_still_a_calendar() -> None:
    assert read_file(calendar(event("DTSTART:20260113T190000")), BERLIN).events[0].title == "Chorprobe"
