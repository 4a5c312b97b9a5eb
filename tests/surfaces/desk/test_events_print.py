"""The programme from the desk: of released events alone, as a file or as the draft of a message."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stadtnah.surfaces.website.models import MessagePage, ReleasedPage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.website.calendar.conftest import at, event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released
from tests.surfaces.website.conftest import OTHER

__all__ = ["at"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
PERIOD = {"von": "2026-12-01", "bis": "2026-12-08"}


@pytest.fixture
def town_with_events(people: Cast, page: MessagePage) -> None:
    """A concert and a choir, released; a market that is not."""
    released(event_page(categories="Konzert"))
    released(event_page(**CHOIR), OTHER)
    event_page(
        title="Geheimer Markt", slug="markt", first_day=date(2026, 12, 4), begins=time(9), ends=time(12)
    )


def post(browser: Client, do: str, **more: Any) -> Any:
    return browser.post(reverse("desk_events_print"), {**PERIOD, "do": do, **more})


def words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read("word/document.xml").decode()


@pytest.mark.usefixtures("town_with_events")
def test_files_hold_what_is_released_in_the_chosen_days(people: Cast) -> None:
    browser = as_(people.ada)
    answer = post(browser, "docx")
    assert (
        answer["Content-Disposition"]
        == 'attachment; filename="veranstaltungen-2026-12-01-bis-2026-12-08.docx"'
    )
    said = words(answer.content)
    assert "Adventskonzert" in said
    assert said.count("Chorprobe") == 2
    assert "Geheimer Markt" not in said
    assert "Der Chor singt." not in said
    assert "Der Chor singt." in words(post(browser, "docx", texte="1").content)
    assert "Chorprobe" not in words(post(browser, "docx", rubriken="konzert").content)
    pdf = post(browser, "pdf")
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


@pytest.mark.usefixtures("town_with_events")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"von": "morgen"}, "Erster Tag: Bitte geben Sie einen Tag an"),
        ({"bis": ""}, "Letzter Tag: Bitte geben Sie einen Tag an"),
        ({"bis": "2026-11-01"}, "Der letzte Tag liegt vor dem ersten"),
        ({"bis": "2029-11-01"}, "mehr als ein Jahr"),
        ({"von": "2026-12-02", "bis": "2026-12-03"}, "keine freigegebene Veranstaltung"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    people: Cast, typed: dict[str, str], said: str
) -> None:
    answer = post(as_(people.ada), "pdf", **typed, texte="1", rubriken="konzert")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    for value in {**PERIOD, **typed}.values():
        assert f'value="{value}"' in shown
    assert 'value="konzert" checked' in shown
    assert 'value="1" checked' in shown


@pytest.mark.usefixtures("town_with_events")
def test_a_draft_for_the_newsletter_is_a_message_like_any_other(people: Cast) -> None:
    before = ReleasedPage.objects.count()
    answer = post(as_(people.ada), "message")
    made = MessagePage.objects.get(title="Veranstaltungen: 1. bis 8. Dezember 2026")
    assert answer["Location"].endswith(f"/{made.pk}/edit/")
    assert not made.live
    assert made.latest_revision is not None
    content = made.content()
    assert [block.title for block in content.blocks if block.kind == "heading"] == [
        "Dienstag, 1. Dezember 2026", "Samstag, 5. Dezember 2026", "Dienstag, 8. Dezember 2026",
    ]  # fmt: skip
    html = " ".join(block.html for block in content.blocks)
    assert "/veranstaltungen/adventskonzert/" in html
    assert "19 bis 21 Uhr, Stadtkirche" in html
    assert "Geheimer Markt" not in html
    assert ReleasedPage.objects.count() == before  # nothing left
    post(as_(people.ada), "message")
    assert MessagePage.objects.filter(title=made.title).count() == 2


@pytest.mark.usefixtures("town_with_events")
def test_whoever_may_not_write_gets_files_and_no_draft(people: Cast) -> None:
    browser = as_(people.clara)
    assert "Entwurf anlegen" not in browser.get(reverse("desk_events_print")).content.decode()
    assert post(browser, "message").status_code == 403
    assert not MessagePage.objects.filter(title__startswith="Veranstaltungen").exists()
