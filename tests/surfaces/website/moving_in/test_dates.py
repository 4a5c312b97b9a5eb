from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from stadtnah.surfaces.website.moving_in.dates import moment

ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 05 Mar 2024 09:30:00 +0100", (2024, 3, 5, 8, 30)),
        ("Fri, 05 Mar 2024 09:30:00 +0100", (2024, 3, 5, 8, 30)),  # it was a Tuesday
        ("Di, 05 Mrz 2024 09:30:00 +0100", (2024, 3, 5, 8, 30)),
        ("Dienstag, 5. März 2024 um 9:30 Uhr", (2024, 3, 5, 8, 30)),
        ("Di., 5. März 2024, 09.30 Uhr", (2024, 3, 5, 8, 30)),
        ("05 Mar 24 09:30 MEZ", (2024, 3, 5, 8, 30)),
        ("05 Jul 2024 09:30:00 CEST", (2024, 7, 5, 7, 30)),
        ("2024-03-05T09:30:00+01:00", (2024, 3, 5, 8, 30)),
        ("2024-03-05T08:30:00Z", (2024, 3, 5, 8, 30)),
        ("2024-03-05T08:30:00.123456Z", (2024, 3, 5, 8, 30)),
        ("2024-07-05 09:30:00", (2024, 7, 5, 7, 30)),
        ("05.03.2024 09:30", (2024, 3, 5, 8, 30)),
        ("05.03.2024, 09:30 Uhr", (2024, 3, 5, 8, 30)),
        ("5.3.24", (2024, 3, 4, 23, 0)),
        ("2024-03-05", (2024, 3, 4, 23, 0)),
        ("1709627400", (2024, 3, 5, 8, 30)),
        ("1709627400000", (2024, 3, 5, 8, 30)),
        ("31.12.2023 24:00", (2023, 12, 31, 23, 0)),
        ("Sun, 31 Mar 2024 02:30:00", (2024, 3, 31, 1, 0)),  # does not exist: the first moment after
        ("Tue,\n 05 Mar 2024\t09:30:00 +0100 (CET)", (2024, 3, 5, 8, 30)),
    ],
)
def test_read(text, expected):
    found, note = moment(text, ZONE)
    assert note == ""
    assert found == datetime(*expected, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "  ", "0000-00-00 00:00:00"])
def test_no_date_is_no_complaint(text):
    assert moment(text, ZONE) == (None, "")


@pytest.mark.parametrize(
    "text",
    [
        "32.13.2024",
        "gestern",
        "31.02.2024",
        "2024-03-05T99:99",
        "9" * 4000,
        "Tue, 05 Foo 2024",
        "12:30",
        "5.3.2024 +9999",
    ],
)
def test_unreadable_is_said(text):
    found, note = moment(text, ZONE)
    assert found is None
    assert note.startswith(f"Datum ‚{text[:40]}‘ ist nicht lesbar")


@pytest.mark.parametrize("text", ["01.01.1970", "0", "2999-01-01T00:00:00Z", "1899-12-30"])
def test_impossible_year_is_said(text):
    assert moment(text, ZONE)[0] is None
    assert moment(text, ZONE)[1]
