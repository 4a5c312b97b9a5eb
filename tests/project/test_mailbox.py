"""The demo's mailbox: found by address or subject, with a short way to what each office got last."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stadtnah.project.mailfolder import keep
from tests.factories.people import cast

pytestmark = pytest.mark.django_db
BOX = "/-/mailbox/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.STADTNAH_DATA = tmp_path
    settings.STADTNAH_DEMO = True
    (tmp_path / "mailbox").mkdir()
    return tmp_path / "mailbox"


def mail(folder: Path, to: str, subject: str) -> None:
    made = EmailMessage()
    made["To"], made["From"], made["Subject"] = to, "Stadt Beispielau <rathaus@stadt.example>", subject
    made.set_content("Guten Tag")
    keep(made.as_bytes(), folder)


def shown(**asked: str) -> str:
    return Client().get(BOX, asked).content.decode()


def test_mails_are_found_by_address_and_by_subject(folder: Path) -> None:
    mail(folder, "Anna Schmidt <anna.schmidt@example.org>", "Sperrung der Mühlstraße")
    mail(folder, "bert@example.org", "Bürgerbudget: jetzt wird abgestimmt")
    for asked, found in (
        ({"suche": "MÜHLSTR"}, ["Sperrung"]),
        ({"suche": "bert@"}, ["Bürgerbudget"]),
        ({"suche": "rathaus@"}, ["Sperrung", "Bürgerbudget"]),
        ({"an": "anna.schmidt@example.org"}, ["Sperrung"]),
        ({"suche": "niemand"}, []),
        ({}, ["Sperrung", "Bürgerbudget"]),
    ):
        page = shown(**asked)
        rows = page[page.find('rows--panel"') :] if 'rows--panel"' in page else ""
        assert [word for word in ("Sperrung", "Bürgerbudget") if word in rows] == found, asked
    assert "Keine Mail gefunden" in shown(suche="niemand")
    assert "2 Mails" in shown()


def test_what_each_office_got_last_is_one_click_away(folder: Path) -> None:
    people = cast()
    mail(folder, people.freya.email, "Bitte freigeben: alt")
    mail(folder, people.freya.email, "Bitte freigeben: neu")
    mail(folder, people.agnes.email, "Freigegeben")
    mail(folder, "leser@example.org", "Newsletter")
    page = shown()
    short = page[page.index("Zuletzt erhalten") : page.index("</section>")]
    said = [part.partition("<")[0] for part in short.split('class="muted">')[1:]]
    assert set(said) == {"Agentur", "Freigabe", "Bürgerinnen und Bürger"}
    assert "Bitte freigeben: neu" in short
    assert "Bitte freigeben: alt" not in short
    assert "Zuletzt erhalten" not in shown(suche="alt")


def test_an_address_breaks_behind_its_signs_and_holds_no_markup(folder: Path) -> None:
    mail(folder, '"<b>x</b>" <erika.mustermann-lang@post.example>', "Hallo")
    page = shown()
    assert "erika.<wbr>mustermann-<wbr>lang@<wbr>post.<wbr>example" in page
    assert "<b>x" not in page


def test_outside_of_the_demo_there_is_none(settings: Any, folder: Path) -> None:
    settings.STADTNAH_DEMO = False
    assert Client().get(BOX).status_code == 404
