"""Every report of the desk shows what it is for from the first start of the demo."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Cell, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

SHOWN = {
    "/desk/qualitaet/": ("Geschichte der Stadt", "muehlenverein-erlenfurt.example", "Antwort 404"),
    "/desk/qualitaet/barrierefreiheit/": ("Geschichte der Stadt", "„hier“"),
    "/desk/qualitaet/aktualitaet/": ("Wohngeld beantragen", "Bewohnerparkausweis", "Alle Termine in diesem Text sind vorbei"),
    "/desk/einwilligungen/?status=soon": ("Kuno Schraubental",),
    "/desk/einwilligungen/": ("Bea Feilenhart",),
    "/desk/uebersetzungen/?sprache=de-simple": ("Entwurf: 1",),
    "/desk/uebersetzungen/?sprache=en": ("veraltet: 1",),
}  # fmt: skip


def test_every_report_shows_something_to_do(page: Page, cell: Cell) -> None:
    sign_in(page, cell, "freigabe")
    for path, said in SHOWN.items():
        page.goto(cell.base + path)
        for words in said:
            expect(page.locator("main"), path).to_contain_text(words)


def test_no_citizen_meets_it_on_the_first_pages(page: Page, cell: Cell) -> None:
    for path in ("/", "/aktuelles/", "/dienstleistungen/", "/kontakt/", "/ueber-erlenfurt/"):
        page.goto(cell.base + path)
        assert "muehlenverein" not in page.content(), path
