"""`stadtnah check calendar`: what a file holds, in German, without taking anything over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from stadtnah.kernel.town.models import Town
from stadtnah.project import cli
from stadtnah.services.events import api
from tests.services.events.samples import BERLIN, calendar, event
from tests.services.events.tables import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_november")]


@pytest.fixture
def _november():
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def club(tmp_path: Path) -> Path:
    file = tmp_path / "verein.ics"
    choir = event("DTSTART:20260113T190000", "DTEND:20260113T210000", "RRULE:FREQ=MONTHLY;BYDAY=2TU")
    fest = event(
        "DTSTART;VALUE=DATE:20260704",
        "DTEND;VALUE=DATE:20260706",
        "STATUS:CANCELLED",
        uid="fest",
        title="Sommerfest",
    )
    broken = event("DTSTART:20260713T180000", "DTEND:20260713T060000", uid="x", title="Nachtwanderung")
    file.write_bytes(
        calendar(choir, fest, broken, "BEGIN:VTODO\nSUMMARY:Kuchen\nEND:VTODO", head="X-WR-CALNAME:Verein")
    )
    return file


def check(*arguments: object) -> int:
    return cli.main(["check", "calendar", *map(str, arguments)])


def test_it_says_what_is_in_the_file_and_what_is_not_understood(
    club: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(club) == 1
    assert capsys.readouterr().out.splitlines() == [
        "„Verein“: 2 Termine, davon 1 Serie.",
        "Erster Anfang: Dienstag, 13. Januar 2026. Letzter Anfang: Samstag, 4. Juli 2026. Zeitzone: Europe/Berlin.",
        "Serien: 1.",
        "  „Chorprobe“, Dienstag, 13. Januar 2026, 19:00 Uhr: jeden 2. Dienstag im Monat (nächster Termin 8.12.2026)",
        "Absagen und Änderungen: 1.",
        "  „Sommerfest“, Samstag, 4. Juli 2026 bis Sonntag, 5. Juli 2026: fällt aus",
        "Beiseitegelegt: 1.",
        "  Termin 3 „Nachtwanderung“: Das Ende (13.07.2026 06:00) liegt vor dem Anfang (13.07.2026 18:00).",
        "Hinweise: 2.",
        "  2 × Zeiten ohne Zeitzone: als Uhrzeit der Kommune gelesen",
        "  1 × Aufgaben: nicht gelesen",
        "Übernommen wurde nichts.",
    ]


def test_holidays_are_left_out_and_the_clean_file_says_so(
    club: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Town.objects.update_or_create(defaults={"land": "BY"})
    school, clean = tmp_path / "ferien.ics", tmp_path / "sauber.ics"
    # December's date lies in them; in reality none does.
    school.write_bytes(
        calendar(event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261224", title="Ferien"))
    )
    assert check(club, "--ohne-feiertage", "--ohne-ferien", school, "--bereinigt", clean) == 1
    said = capsys.readouterr().out
    assert (
        "jeden 2. Dienstag im Monat, nicht an Feiertagen und in den Schulferien (nächster Termin 12.1.2027)"
        in said
    )
    again = api.read(clean.read_bytes(), BERLIN)
    assert [one.title for one in again.events] == ["Chorprobe", "Sommerfest"]
    assert again.events[0].series.skip == {api.Skip.HOLIDAYS, api.Skip.SCHOOL_HOLIDAYS}
    assert b"20261208T190000" in clean.read_bytes()
    assert check(clean) == 0  # the control: nothing is put aside any more


def test_what_is_probably_there_twice_is_named(
    club: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = tmp_path / "stadt.ics"
    same = event("DTSTART:20260113T190000", "LOCATION:Schule", uid="s", title="Chorprobe")
    town.write_bytes(
        calendar(
            same, same.replace("UID:s", "UID:t"), event("DTSTART:20260114T190000", uid="u", title="Lesung")
        )
    )
    assert check(town, "--mit", club) == 0
    assert "\n".join(capsys.readouterr().out.splitlines()[2:7]) == (
        "Vermutlich doppelt: 1.\n"
        "  Dienstag, 13. Januar 2026: „Chorprobe“, Schule\n"
        "Vermutlich auch im anderen Kalender: 2.\n"
        "  Dienstag, 13. Januar 2026: „Chorprobe“, Schule\n"
        "  Dienstag, 13. Januar 2026: „Chorprobe“, Schule"
    )


def test_the_kinds_of_a_waste_calendar_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "abfall.ics"
    titles = ("Leerung: Biomüll", "Kompostbehaelter", "Papier & Gelber Sack", "Grüne Tonne")
    days = (
        event(f"DTSTART;VALUE=DATE:2026010{n}", uid=str(n), title=title)
        for n, title in enumerate(titles, start=1)
    )
    file.write_bytes(calendar(*days))
    assert check(file) == 0
    said = capsys.readouterr().out
    assert "Abfallarten: Bioabfall (2), " in said
    assert "Papier (1)" in said
    assert "Nicht zugeordnet: „Grüne Tonne“ (1)." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fehlt.ics"], "Die Datei fehlt.ics gibt es nicht"),
        (["."], "lässt sich nicht lesen"),
        ([__file__], "Das ist keine Kalenderdatei"),
        (["CLUB", "--land", "XX"], "„XX“ ist kein Bundesland"),
        (["CLUB", "--ohne-ferien", "fehlt.ics"], "Die Datei fehlt.ics gibt es nicht"),
        (["CLUB", "--bereinigt", "/gibt/es/nicht.ics"], "lässt sich nicht schreiben"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    arguments: list[str], said: str, club: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(*(club if one == "CLUB" else one for one in arguments)) == 2
    assert said in capsys.readouterr().err


def test_a_table_is_read_as_well_and_says_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "verein.xlsx"
    table.write_bytes(workbook(["Datum", "Titel"], ["3.12.2026", "Adventssingen"], ["im Advent", "Markt"]))
    assert check(table) == 1
    said = capsys.readouterr().out
    assert "1 Termin, davon 0 Serien." in said
    assert "  Zeile 3 „Markt“: Spalte „Datum“: „im Advent“ ist kein Datum." in said
    table.write_text("Liebe Vereine: bitte meldet eure Termine.")
    assert check(table) == 2
    assert "weder eine Kalenderdatei (iCalendar, .ics) noch eine Tabelle" in capsys.readouterr().err
