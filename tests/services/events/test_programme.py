"""The printed programme: what stands under which day, in which words, and that both files hold it and can be read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from stadtnah.kernel import apart
from stadtnah.services.events import api
from stadtnah.services.events.domain.event import Access, Change, Event, Series, Status
from stadtnah.services.events.domain.occurrences import Occurrence, occurrences
from stadtnah.services.events.domain.programme import ONGOING, Programme, period_words, programme
from stadtnah.services.events.domain.rule import read_rule
from stadtnah.services.events.printing import docx, pdf
from tests.services.events.samples import BERLIN

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def one(title: str, start: str, end: str, **more: object) -> Event:
    begin, finish = (datetime.fromisoformat(f"2026-{moment}") for moment in (start, end))
    return replace(Event(title, title, begin, finish, "Europe/Berlin"), **more)


def of(*events: Event, texts: bool = False) -> Programme:
    dates = [when for event in events for when in occurrences(event, FIRST, LAST)]
    return programme(dates, FIRST, LAST, town="Erlenfurt", zone=BERLIN, texts=texts)


READING = one(
    "Lesung mit Łucja Wiśniewska: „Über die Weide“", "12-03T19:30", "12-03T21:00",
    place="Stadtbücherei", organiser="Förderverein & Freunde", price="8 Euro", audience="Erwachsene", description="Mit Tee.\n\nUnd mehr.",
    registration="https://www.erlenfurt.example/lesung/", access=frozenset({Access.SIGN_LANGUAGE, Access.WHEELCHAIR}),
)  # fmt: skip


def test_an_entry_says_what_somebody_has_to_know() -> None:
    (section,) = of(READING, texts=True).sections
    (entry,) = section.entries
    assert section.heading == "Donnerstag, 3. Dezember 2026"
    assert (entry.time, entry.place, entry.mark, entry.text) == (
        "19:30 bis 21 Uhr",
        "Stadtbücherei",
        "",
        "Mit Tee.",
    )
    assert entry.facts == (
        ("Veranstalter", "Förderverein & Freunde"),
        ("Für", "Erwachsene"),
        ("Eintritt", "8 Euro"),
        ("Barrierefreiheit", "mit dem Rollstuhl zugänglich, mit Gebärdensprache"),
        ("Anmeldung", "erlenfurt.example/lesung"),
    )
    assert not of(READING).sections[0].entries[0].text


@pytest.mark.parametrize(
    ("start", "end", "more", "heading", "said"),
    [
        ("12-05T20:00", "12-05T22:00", {}, "Samstag, 5.", "20 bis 22 Uhr"),
        ("12-05T09:30", "12-05T09:30", {}, "Samstag, 5.", "9:30 Uhr"),
        ("12-05T22:00", "12-06T04:00", {}, "Samstag, 5.", "22 bis 4 Uhr"),
        ("12-05T18:00", "12-06T00:00", {}, "Samstag, 5.", "18 bis 24 Uhr"),
        ("12-05T16:00", "12-06T20:00", {}, "Samstag, 5.", "16 Uhr bis 6.12.2026, 20 Uhr"),
        ("12-05T00:00", "12-06T00:00", {"all_day": True}, "Samstag, 5.", "ganztägig"),
        ("12-05T00:00", "12-07T00:00", {"all_day": True}, "Samstag, 5.", "bis 6.12.2026"),
        ("11-20T00:00", "12-07T00:00", {"all_day": True}, ONGOING, "20.11.2026 bis 6.12.2026"),
        ("12-05T10:00", "12-20T18:00", {}, ONGOING, "5.12.2026 bis 20.12.2026"),
        ("12-05T19:00", "12-05T21:00", {"zone": "UTC"}, "Samstag, 5.", "20 bis 22 Uhr"),
        ("12-31T23:30", "12-31T23:45", {"zone": "America/New_York"}, None, ""),  # next year here
        ("11-30T22:00", "12-01T03:00", {}, None, ""),  # belongs to the evening before
    ],
)
def test_under_its_day_with_its_time(
    start: str, end: str, more: dict[str, object], heading: str | None, said: str
) -> None:
    sections = of(one("Fest", start, end, **more)).sections
    if heading is None:
        assert sections == ()
    else:
        (section,) = sections
        assert section.heading.startswith(heading)
        assert [entry.time for entry in section.entries] == [said]


@pytest.mark.parametrize("status", Status)
def test_each_state_is_said_and_only_what_does_not_take_place_is_struck_out(status: Status) -> None:
    (entry,) = of(one("Fest", "12-05T20:00", "12-05T22:00", status=status)).sections[0].entries
    assert bool(entry.mark) is (status is not Status.SCHEDULED)
    assert entry.off is (status in {Status.CANCELLED, Status.POSTPONED})


def test_a_moved_date_of_a_series_stands_where_it_is_now_and_says_where_it_was() -> None:
    rule = read_rule("FREQ=WEEKLY;COUNT=3", BERLIN, all_day=False)
    choir = one("Chor", "12-01T20:00", "12-01T22:00")
    moved = one("Chor", "12-09T19:00", "12-09T21:00", status=Status.RESCHEDULED)
    choir = replace(choir, series=Series(rules=(rule,), changes=(Change(datetime(2026, 12, 8, 20), moved),)))
    found = [
        (section.heading.partition(",")[0], entry.mark)
        for section in of(choir).sections
        for entry in section.entries
    ]
    assert found == [
        ("Dienstag", ""),
        ("Mittwoch", "verlegt, geplant war es am 8.12.2026 um 20 Uhr"),
        ("Dienstag", ""),
    ]


def test_days_and_times_in_order_whole_days_first() -> None:
    events = [one("B", "12-05T20:00", "12-05T21:00"), one("A", "12-05T08:00", "12-05T09:00"), one("C", "12-02T08:00", "12-02T09:00"),
              one("D", "12-05T00:00", "12-06T00:00", all_day=True), one("E", "11-01T00:00", "12-06T00:00", all_day=True)]  # fmt: skip
    assert ["".join(entry.title for entry in section.entries) for section in of(*events).sections] == [
        "E",
        "C",
        "DAB",
    ]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (FIRST, LAST, "1. bis 31. Dezember 2026"),
        (date(2026, 11, 30), LAST, "30. November bis 31. Dezember 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28. Dezember 2026 bis 3. Januar 2027"),
        (LAST, LAST, "Donnerstag, 31. Dezember 2026"),
    ],
)
def test_the_period_is_said_in_short(first: date, last: date, said: str) -> None:
    assert period_words(first, last) == said


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """(style, text) of each paragraph; every part is well formed, referred to and of a type that is named."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        parts = {name: ET.fromstring(file.read(name)) for name in file.namelist()}
    types = {row.get("PartName") for row in parts["[Content_Types].xml"] if row.get("PartName")}
    assert {
        f"/{name}" for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"
    } == types
    styles = {row.get(f"{W}styleId") for row in parts["word/styles.xml"].iter(f"{W}style")}
    document = parts["word/document.xml"]
    used = {
        row.get(f"{W}val") for part in (document, parts["word/footer.xml"]) for row in part.iter(f"{W}pStyle")
    }
    assert used <= styles
    targets = {row.get("Id"): row.get("Target") for row in parts["word/_rels/document.xml.rels"]}
    wanted = {
        value
        for row in document.iter()
        for key, value in row.attrib.items()
        if key.endswith("relationships}id")
    }
    assert wanted <= set(targets)
    assert all(f"word/{target}" in parts for target in targets.values())
    body = document[0]
    assert body[-1].tag == f"{W}sectPr"
    return [
        (row[0][0].get(f"{W}val", ""), "".join(text.text or "" for text in row.iter(f"{W}t")))
        for row in body.iter(f"{W}p")
    ]


def test_docx_has_real_headings() -> None:
    assert paragraphs(docx.made(of(READING))) == [
        ("Title", "Veranstaltungen in Erlenfurt"),
        ("Subtitle", "1. bis 31. Dezember 2026"),
        ("Heading1", "Donnerstag, 3. Dezember 2026"),
        ("Heading2", "Lesung mit Łucja Wiśniewska: „Über die Weide“"),
        ("TerminZeit", "19:30 bis 21 Uhr · Stadtbücherei"),
        ("TerminAngabe", "Veranstalter: Förderverein & Freunde"),
        ("TerminAngabe", "Für: Erwachsene"),
        ("TerminAngabe", "Eintritt: 8 Euro"),
        ("TerminAngabe", "Barrierefreiheit: mit dem Rollstuhl zugänglich, mit Gebärdensprache"),
        ("TerminAngabe", "Anmeldung: erlenfurt.example/lesung"),
    ]


def test_elements_of_a_docx_stand_in_the_order_of_its_schema() -> None:
    """Word refuses a file whose elements are in another order (ECMA-376, part 1, 17.3.1.26, 17.3.2.28, 17.6.17)."""
    orders = {
        "pPr": ["pStyle", "keepNext", "pBdr", "spacing", "jc", "outlineLvl", "sectPr"],
        "rPr": ["rFonts", "b", "strike", "color", "sz", "lang"],
        "sectPr": ["footerReference", "type", "pgSz", "pgMar", "cols"],
        "style": ["name", "basedOn", "next", "qFormat", "pPr", "rPr"],
    }
    with zipfile.ZipFile(io.BytesIO(docx.made(of(READING)))) as file:
        for name in ("word/document.xml", "word/styles.xml", "word/footer.xml"):
            for element in ET.fromstring(file.read(name)).iter():
                if order := orders.get(element.tag.removeprefix(W)):
                    places = [order.index(child.tag.removeprefix(W)) for child in element]
                    assert all(before < after for before, after in pairwise(places)), (name, element.tag)


def text_of_pdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_pdf_holds_the_same_words_and_counts_its_pages() -> None:
    many = [replace(READING, uid=str(number), title=f"Lesung {number}") for number in range(60)]
    said = text_of_pdf(
        pdf.made(of(READING, one("Вечір", "12-05T20:00", "12-05T22:00", status=Status.CANCELLED), *many))
    )
    for words in (
        "Łucja Wiśniewska",
        "„Über die Weide“",
        "Förderverein & Freunde",
        "Вечір",
        "Fällt aus",
        "Donnerstag, 3. Dezember 2026",
    ):
        assert words in said
    pages = re.findall(r"Seite (\d+) von (\d+)", said)
    assert [int(number) for number, _all in pages] == list(range(1, len(pages) + 1))
    assert {every for _number, every in pages} == {str(len(pages))}
    assert len(pages) > 1


def test_pdf_embeds_its_letters_and_has_a_bookmark_for_each_day() -> None:
    data = pdf.made(of(READING, one("Fest", "12-05T20:00", "12-05T22:00")))
    assert data.count(b"/FontFile2") == 2
    assert b"/Helvetica" not in data
    assert data.count(b"/Parent") - data.count(b"/Type /Page\n") >= 2
    assert b"(de-DE)" in data


def test_nothing_in_it_is_said() -> None:
    assert "keine Veranstaltung" in paragraphs(docx.made(of()))[-1][1]
    assert pdf.made(of()).startswith(b"%PDF")


@pytest.mark.parametrize("form", api.PRINT_TYPES)
def test_made_by_a_program_of_its_own_and_the_same_each_time(form: str) -> None:
    found = api.printed(of(READING), form)
    assert found.startswith({"pdf": b"%PDF", "docx": b"PK"}[form])
    if form == "docx":
        assert found == docx.made(of(READING))


def test_a_program_that_fails_is_an_error_of_ours() -> None:
    with pytest.raises(apart.ApartError):
        apart.made_by("stadtnah.services.events.printing.docx", b"no JSON")
    with pytest.raises(KeyError):
        api.printed(of(), "exe")


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=60), more=st.lists(st.text(max_size=400), max_size=3))
def test_any_text_gives_both_files(words: str, more: list[str]) -> None:
    """Tags, signs XML cannot hold, a word longer than the column, half a surrogate pair from a broken import."""
    event = one(
        words or "x",
        "12-05T20:00",
        "12-05T22:00",
        place="".join(more),
        organiser=words * 9,
        description="".join(more),
    )
    made = programme(
        [Occurrence(event.start, event.end, event.start, event)],
        FIRST,
        LAST,
        town="<b>",
        zone=BERLIN,
        texts=True,
    )
    assert pdf.made(made).startswith(b"%PDF")
    assert len(paragraphs(docx.made(made))) >= 4
