"""The overview and the list of messages: only what is really waiting, and everything that is."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stadtnah.publishing.models import ReleaseRequest
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_deciding import hand_in, release


def returned(client: Client) -> list[str]:
    """What the overview lists as being back with the editors."""
    return [row.title for row in client.get(reverse("desk_home")).context["returned"]]


def send_back(client: Client, row: ReleaseRequest) -> None:
    client.post(reverse("desk_send_back", args=[row.pk]), {"reason": "Bitte kürzer."})


def test_only_what_waits_for_the_editor_is_listed_as_sent_back(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    send_back(freya, hand_in(ada, page))
    assert returned(ada) == returned(freya) == [page.title]
    shown = ada.get(reverse("desk_home")).content.decode()
    assert shown.count("Zurück an Redaktion") == 2
    assert "Zurück an die Redaktion" not in shown
    row = hand_in(ada, page)
    assert returned(ada) == []
    release(freya, row)
    dispatch_all()
    assert returned(ada) == []
    freya.post(reverse("desk_withdraw", args=[page.uuid]))
    dispatch_all()
    assert returned(ada) == []


def test_a_correction_sent_back_and_then_withdrawn_waits_no_more(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    release(freya, hand_in(ada, page))
    dispatch_all()
    send_back(freya, hand_in(ada, page))
    assert returned(ada) == [page.title]
    freya.post(reverse("desk_withdraw", args=[page.uuid]))
    assert returned(ada) == []


def test_what_was_deleted_waits_for_nobody(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    send_back(as_(people.freya), hand_in(ada, page))
    page.delete()
    assert returned(ada) == []


def correct(page: MessagePage, people: Cast) -> None:
    page.teaser = "Die Straße ist bis Freitag gesperrt."
    page.save_revision(user=people.ada)


def delivered(people: Cast, page: MessagePage) -> None:
    release(as_(people.freya), hand_in(as_(people.ada), page))
    dispatch_all()


def test_a_correction_in_work_is_seen_until_it_is_handed_in(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada = as_(people.ada)
    delivered(people, page)
    for address in ("desk_home", "desk_messages"):
        assert "Berichtigung in Arbeit" not in ada.get(reverse(address)).content.decode()
    correct(page, people)
    for address in ("desk_home", "desk_messages"):
        assert "Berichtigung in Arbeit" in ada.get(reverse(address)).content.decode()
    assert "Zugestellt" in ada.get(reverse("desk_messages")).content.decode()
    assert page.title not in as_(people.freya).get(reverse("desk_home")).content.decode()  # not hers to write
    assert page.title in ada.get(reverse("desk_messages"), {"status": "draft"}).content.decode()
    hand_in(ada, page)
    for address in ("desk_home", "desk_messages"):
        assert "Berichtigung in Arbeit" not in ada.get(reverse(address)).content.decode()


def test_what_was_withdrawn_and_is_written_anew_is_seen(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada = as_(people.ada)
    delivered(people, page)
    as_(people.freya).post(reverse("desk_withdraw", args=[page.uuid]))
    dispatch_all()
    assert "in Arbeit" not in ada.get(reverse("desk_home")).content.decode()
    correct(page, people)
    assert "Neue Fassung in Arbeit" in ada.get(reverse("desk_home")).content.decode()


def test_lists_with_corrections_ask_the_database_no_more_for_more_rows(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada = as_(people.ada)
    delivered(people, page)
    correct(page, people)
    few = {name: _queries(ada, name) for name in ("desk_home", "desk_messages")}
    for number in range(4):
        more = page.get_parent().add_child(
            instance=MessagePage(
                title=f"M {number}",
                slug=f"m-{number}",
                teaser="Kurz und klar.",
                body=[("text", "<p>Text</p>")],
            )
        )
        more.save_revision(user=people.ada)
        delivered(people, more)
        correct(more, people)
    assert {name: _queries(ada, name) for name in few} == few


def _queries(client: Client, name: str) -> int:
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(name))
    return len(asked)


def test_rows_carry_a_date_and_can_be_found_by_how_it_ended(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada = as_(people.ada)
    delivered(people, page)
    address = reverse("desk_messages")
    shown = ada.get(address).content.decode()
    assert f'Hinausgegangen am <time datetime="{timezone.localdate().isoformat()}T' in shown
    assert "Zuletzt bearbeitet am" not in shown
    for state in ("failed", "partly", "withdrawn", "refused", "unknown", "stopped", "sending"):
        assert f'value="{state}"' in shown
        assert page.title not in ada.get(address, {"status": state}).content.decode()
    as_(people.freya).post(reverse("desk_withdraw", args=[page.uuid]))
    dispatch_all()
    assert page.title in ada.get(address, {"status": "withdrawn"}).content.decode()
    assert "Zurückgezogen am <time" in ada.get(address).content.decode()


def test_a_row_says_who_wrote_last_until_it_is_out(people: Cast, page: MessagePage, paper: Paper) -> None:
    ada = as_(people.ada)
    correct(page, people)
    shown = words(ada.get(reverse("desk_messages")))
    assert re.search(
        rf"Zuletzt bearbeitet am .{{12,40}} Uhr von {people.ada.name} · Nur im Redaktionsbereich", shown
    )
    hand_in(ada, page)
    waiting = words(ada.get(reverse("desk_messages")))
    assert "Zuletzt bearbeitet" not in waiting
    assert "Wartet auf die Freigabe seit" in waiting
    delivered(people, page)
    correct(page, people)
    both = words(ada.get(reverse("desk_messages")))
    assert re.search(r"Hinausgegangen am .{12,40} · Zuletzt bearbeitet am ", both)
