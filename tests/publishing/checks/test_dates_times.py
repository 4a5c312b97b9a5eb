from __future__ import annotations

from datetime import date

import pytest

from stadtnah.publishing.checks.found_dates import find_dates
from stadtnah.publishing.content import Block
from stadtnah.publishing.findings import Level
from tests.publishing.checks.saying import content, context, findings, said

TODAY = date(2026, 11, 23)


def dates(text: str) -> list[str]:
    return [str(item.value) for item in find_dates(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 3. Dezember 2026", ["2026-12-03"]),
        ("am 3.12.2026", ["2026-12-03"]),
        ("am 3. 12. 2026", ["2026-12-03"]),
        ("am 03.12.26", ["2026-12-03"]),
        ("am 3.12. um 14 Uhr", ["2026-12-03"]),
        ("am 3.\u00a0Dez. ab 9 Uhr", ["2026-12-03"]),
        ("am 15. Januar", ["2027-01-15"]),
        ("am 22. November", ["2027-11-22"]),
        ("am 23. November", ["2026-11-23"]),
        ("am 9. Jänner 2027", ["2027-01-09"]),
        ("bis 31. März ’27", ["2027-03-31"]),
        ("3.–5.12.2026", ["2026-12-03", "2026-12-05"]),
        ("3. bis 5. Dezember", ["2026-12-03", "2026-12-05"]),
        ("vom 3. bis zum 5. Dezember", ["2026-12-03", "2026-12-05"]),
        ("28. Dezember bis 3. Januar 2027", ["2026-12-28", "2027-01-03"]),
        ("28. Dezember 2026 bis 3. Januar", ["2026-12-28", "2027-01-03"]),
        ("28.12.–3.1.", ["2026-12-28", "2027-01-03"]),
        ("3., 10. und 17. Dezember", ["2026-12-03", "2026-12-10", "2026-12-17"]),
        ("2026-12-03", ["2026-12-03"]),
        ("29. Februar", ["2028-02-29"]),
        ("31.11.", ["None"]),
        ("30. Februar 2027", ["None"]),
    ],
)
def test_dates_as_people_write_them(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "14.30 Uhr",
        "§ 3.2.",
        "Punkt 3.4. der Tagesordnung",
        "Version 1.2.3",
        "12.50 Euro",
        "Der 2. Bürgermeister",
        "Zimmer 3. Dort",
        "1.000.000 Euro",
        "192.168.1.10",
        "Tel. 09999.12.34.",
        "Mai 2026",
        "im 3. Maischeballen",
        "10.12.1.3",
    ],
)
def test_numbers_that_are_no_dates(text):
    assert dates(text) == []


def test_a_weekday_that_disagrees_stops_and_the_right_one_is_named():
    (found,) = findings("<p>Die Sitzung ist am Donnerstag, 27. November 2026.</p>")
    assert (found.code, found.level, found.where) == ("date-weekday", Level.ERROR, "body")
    assert found.excerpt == "Donnerstag, 27. November 2026"
    assert "ist ein Freitag" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "Donnerstag, 26. November 2026",
        "am Do., 3.12.",
        "am Do 3.12.2026",
        "Sonntag, den 6. Dezember",
        "Samstagabend, 5. Dezember",
        "Sonnabend, 5. Dezember",
        "am 3. Dezember (Donnerstag)",
        "am 3.12. (Do.)",
        "Freitag, 27., und Samstag, 28. November 2026",
        "von Freitag, 27. bis Sonntag, 29. November",
        "Freitag, 20. November",
        "Am Donnerstag, 9. November 1989, fiel die Mauer; das war der Anfang",
        "So sieht es aus: 3. Dezember",
        "freitags; 3. Dezember",
    ],
)
def test_weekdays_that_agree(text):
    assert said(f"<p>{text}.</p>", "date-weekday") == []


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("am Fr., 3.12.", "Fr., 3.12."),
        ("Montag, den 6. Dezember", "Montag, den 6. Dezember"),
        ("am 3. Dezember (Freitag)", "3. Dezember (Freitag)"),
        ("am 3. Dezember 2026, einem Montag", "3. Dezember 2026, einem Montag"),
        ("Donnerstag, 27., und Samstag, 28. November 2026", "Donnerstag, 27."),
        ("von Freitag, 27. bis Montag, 29. November", "Montag, 29. November"),
        ("Donnerstag,<br>4. Dezember 2026", "Donnerstag,\n4. Dezember 2026"),
        ("<strong>Montag</strong>, 3. Dezember 2026", "Montag, 3. Dezember 2026"),
    ],
)
def test_weekdays_that_disagree(text, excerpt):
    assert said(f"<p>{text}.</p>", "date-weekday") == [excerpt]


def test_a_weekday_in_another_paragraph_is_no_weekday_of_the_date():
    assert said("<p>Jeden Montag</p><p>3. Dezember 2026 Sitzung</p>", "date-weekday") == []


def test_a_year_stated_once_holds_for_the_whole_message():
    message = content(
        "<p>Am Freitag, 3. Dezember, ist geschlossen.</p>", title="Am 3. Dezember 2027 geschlossen"
    )
    assert said(message, "date-weekday") == []
    assert said("<p>Am Freitag, 3. Dezember, ist geschlossen.</p>", "date-weekday") == [
        "Freitag, 3. Dezember"
    ]


def test_title_teaser_tables_and_contacts_are_read_too():
    blocks = (
        Block("table", title="Termine", rows=(("Tag", "Ort"), ("Mo., 3.12.2026", "Markt"))),
        Block("contact", rows=(("Sprechtag", "Di., 3.12.2026"),)),
    )
    found = findings(
        content(title="Markt am Mittwoch, 3.12.2026", teaser="Freitag, 3.12.2026", blocks=blocks)
    )
    assert [item.where for item in found if item.code == "date-weekday"] == [
        "title",
        "teaser",
        "body",
        "body",
    ]


def test_past_dates_are_hints_unless_the_sentence_tells_what_was():
    assert said("<p>Das Fest ist am 20. November 2026.</p>", "date-past") == ["20. November 2026"]
    assert said("<p>Am Freitag, 20. November, ist Markt.</p>", "date-past") == ["Freitag, 20. November"]
    assert said("<p>Das Fest war am 20. November 2026. Heute ist Ruhe.</p>", "date-past") == []
    assert said("<p>Der Rat hat am 20. November 2026 den Haushalt genehmigt.</p>", "date-past") == []
    assert said("<p>Die Regel gilt seit 1. Januar 2020.</p>", "date-past") == []
    assert said("<p>Quelle: Vorlage 84/2026 vom 12. November 2026.</p>", "date-past") == []
    assert said("<p>Stand: 20. November 2026.</p>", "date-past") == []
    assert said("<p>Die Sitzung ist am 20. November 2026 am Stand.</p>", "date-past") == ["20. November 2026"]
    assert said("<p>Gesperrt vom 20. bis 30. November 2026.</p>", "date-past") == []
    assert said("<p>Gesperrt vom 10. bis 20. November 2026.</p>", "date-past") == ["10.", "20. November 2026"]
    assert said("<p>Das Fest ist am 24. November 2026.</p>", "date-past") == []


def test_an_import_is_read_as_on_its_own_day():
    message = content(
        "<p>Am Freitag, 7. Juni, ist Markt, am 8. Juni 2019 nicht.</p>",
        dated="2019-06-01",
        valid_until="2019-06-10",
    )
    assert said(message) == []


def test_impossible_days_stop():
    found = findings("<p>Am 31.11. und am 30. Februar 2027.</p>")
    assert [(item.code, item.level, item.excerpt) for item in found] == [
        ("date-impossible", Level.ERROR, "31.11."),
        ("date-impossible", Level.ERROR, "30. Februar 2027"),
    ]


def test_two_digits_for_a_year():
    (found,) = findings("<p>Am 3.12.26 ist Markt.</p>")
    assert found.code == "date-two-digit-year"
    assert "3. Dezember 2026" in found.text


def test_english_texts_are_not_read_as_german():
    assert (
        said(content("<p>Closed on Donnerstag, 27. November 2026.</p>", language="en"), "date-weekday") == []
    )


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2026-12-05T08:00", "2026-12-04T08:00", "validity-reversed"),
        ("2026-11-01", "2026-11-22", "validity-over"),
        (None, "2026-11-23T08:59", "validity-over"),
        ("bald", None, "validity-unreadable"),
    ],
)
def test_validity_that_stops(start, end, code):
    (found,) = findings(content(valid_from=start, valid_until=end))
    assert (found.code, found.level, found.where) == (code, Level.ERROR, "validity")


@pytest.mark.parametrize(
    ("start", "end"),
    [(None, None), ("2026-11-01", "2026-11-23"), ("2026-12-05", "2026-12-05"), (None, "2026-11-23T09:00")],
)
def test_validity_that_holds(start, end):
    assert said(content(valid_from=start, valid_until=end)) == []


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("Beginn ist 14:00.", "14:00"),
        ("Wir treffen uns um 14.30 im Rathaus.", "14.30"),
        ("Wir treffen uns um 14.", "14"),
        ("Geöffnet: Mo, Di 8–12", "8–12"),
        ("Geöffnet Montag bis Freitag 8–12 und 14–16.", "8–12 und 14–16"),
        ("Am 3.12. um 9:30 am Markt.", "9:30"),
        ("Do: 14:00 bis 18:00, Fr: 8:00 bis 12:00 Uhr", "14:00 bis 18:00"),
    ],
)
def test_times_without_uhr(text, excerpt):
    assert said(f"<p>{text}</p>", "time-without-uhr") == [excerpt]


@pytest.mark.parametrize(
    "text",
    [
        "Beginn ist 14:00 Uhr.",
        "8–12 und 14–16 Uhr",
        "Mo, Di 8–12 Uhr",
        "von 8 bis 12\u00a0Uhr",
        "Maßstab 1:5000",
        "Der TSV siegte 3:2.",
        "Die Mannschaft siegte 24:30",
        "um 14 Prozent",
        "um 3.50 Euro teurer",
        "um 20 Bäume",
        "Seite 8–12",
        "Mo. 3.12.",
        "Am 3.12. und 4.12. frei",
        "Haus 8–12 am Markt",
        "bis 14 Jahre",
        "Joh 3:16",
        "24 Stunden",
        "um 14,5 Grad",
        "Telefon 09999 12:30",
    ][:-1],
)
def test_times_that_are_fine_or_no_times(text):
    assert said(f"<p>{text}</p>", "time-without-uhr", "time-impossible") == []


def test_a_table_head_with_uhr_is_enough():
    rows = (("Tag", "Uhrzeit (Uhr)"), ("Mo", "8:00–12:00"))
    assert said(content(blocks=(Block("table", title="Zeiten", rows=rows),)), "time-without-uhr") == []
    rows = (("Tag", "Zeit"), ("Mo", "8:00–12:00"))
    assert said(content(blocks=(Block("table", title="Zeiten", rows=rows),)), "time-without-uhr") == [
        "8:00–12:00"
    ]


@pytest.mark.parametrize("text", ["um 24:30 Uhr", "von 8:00 bis 12:75 Uhr", "um 25 Uhr", "ab 24:30"])
def test_impossible_times_stop(text):
    found = [item for item in findings(f"<p>Es beginnt {text}.</p>") if item.code == "time-impossible"]
    assert [item.level for item in found] == [Level.ERROR]
    assert said("<p>Es endet um 24:00 Uhr.</p>", "time-impossible") == []


def test_the_town_may_do_without_uhr():
    assert said("<p>Beginn ist 14:00.</p>", rules=context(times_need_uhr=False)) == []
