"""Channels step, release view and proof page: each decision through its form, and what comes back when it is wrong."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Permanent, Unknown
from stadtnah.publishing.models import Delivery
from stadtnah.surfaces.desk.brief import brief
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words


def hand_in(client: Client, page: MessagePage, **fields: str) -> publishing.ReleaseRequest:
    """The editor's last step."""
    step = reverse("desk_channels_step", args=[page.uuid])
    answer = client.post(step, {"do": "submit", "on-paper": "1", "text-paper": "Kurz", **fields})
    assert answer.status_code == 302, words(answer)
    return publishing.ReleaseRequest.objects.get(object_key=page.object_key, state="open")


def release(client: Client, row: publishing.ReleaseRequest, **fields: str) -> Any:
    """The approver's click."""
    typed = {"when": "wish", "digest": row.snapshot_id, **fields}
    return client.post(reverse("desk_release", args=[row.pk]), typed)


def test_the_channels_step_keeps_what_was_typed(people: Cast, page: MessagePage) -> None:
    ada, step = as_(people.ada), reverse("desk_channels_step", args=[page.uuid])
    typed = {"on-paper": "1", "text-paper": "Eigener Text", "note": "Eilig", "wish": "2020-01-01T10:00"}
    answer = ada.post(step, {"do": "submit", **typed})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Vergangenheit" in shown
    assert "Eigener Text" in shown
    assert "Eilig" in shown
    preview = ada.post(step, {"do": "preview", "on-paper": "1", "text-paper": "x" * 501})
    assert "501 von 500 Zeichen: zu lang" in words(preview)
    assert "Der Text ist zu lang." in words(preview)
    stopped = ada.post(step, {"do": "submit", "on-paper": "1", "text-paper": "x" * 501})
    assert stopped.status_code == 422
    assert not publishing.ReleaseRequest.objects.exists()
    assert ada.post(step, {"do": "save", **typed, "wish": ""}).status_code == 302
    assert "Eigener Text" in ada.get(step).content.decode()


def test_whoever_edited_it_does_not_release_it(people: Cast, page: MessagePage) -> None:
    """Freya, who may write as well, changes a word; the agency lays it before the municipality."""
    people.freya.memberships.create(role="author")
    page.title = "Mühlstraße bis Freitag gesperrt"
    page.save_revision(user=people.freya)
    row = hand_in(as_(people.agnes), page)
    shown = as_(people.freya).get(reverse("desk_request", args=[row.pk]))
    assert "haben Sie mitgeschrieben" in words(shown)
    assert 'name="when"' not in shown.content.decode()
    assert release(as_(people.freya), row).status_code == 403
    assert release(as_(people.viktor), row).status_code == 302
    # After the release the count begins anew: Freya decides about what only the agency changed since.
    page.title = "Mühlstraße bis Samstag gesperrt"
    page.save_revision(user=people.agnes)
    assert release(as_(people.freya), hand_in(as_(people.agnes), page)).status_code == 302


def test_another_time_for_an_old_version_hides_nobody_who_wrote_since(
    people: Cast, page: MessagePage
) -> None:
    people.freya.memberships.create(role="author")
    row = hand_in(as_(people.agnes), page)
    page.title = "Mühlstraße bis Freitag gesperrt"
    page.save_revision(user=people.freya)  # after the version that waits
    later = f"{clock.local(clock.now() + timedelta(hours=20)):%Y-%m-%dT%H:%M}"
    assert release(as_(people.viktor), row, when="at", at=later).status_code == 302
    row = hand_in(as_(people.agnes), page)
    assert release(as_(people.freya), row).status_code == 403
    assert release(as_(people.viktor), row).status_code == 302


def test_released_as_seen_and_only_once(people: Cast, page: MessagePage, paper: Paper) -> None:
    row = hand_in(as_(people.ada), page)
    freya = as_(people.freya)
    shown = words(freya.get(reverse("desk_request", args=[row.pk])))
    assert "Erscheint sofort nach der Freigabe" in shown
    assert "Erste Fassung" in shown
    other = release(freya, row, digest="0" * 64)
    assert other.status_code == 409
    assert "nichts freigegeben" in words(other)
    for choice in ("other", "gestern", ""):  # never "now" by accident
        assert release(freya, row, when=choice).status_code == 422
    done = release(freya, row)
    assert done.headers["Location"] == reverse("desk_proof", args=[page.uuid])
    again = release(freya, row)
    assert again.status_code == 409
    dispatch_all()
    assert paper.texts() == ["Kurz"]


def test_who_wrote_it_does_not_release_it(people: Cast, page: MessagePage) -> None:
    row = hand_in(as_(people.ada), page)
    for who in ("ada", "agnes", "clara", "doris", "anton"):
        assert release(as_(getattr(people, who)), row).status_code in {403, 404}, who
    row.refresh_from_db()
    assert row.state == "open"


def test_no_without_a_reason_is_asked_for_one(people: Cast, page: MessagePage) -> None:
    row = hand_in(as_(people.ada), page)
    freya = as_(people.freya)
    for name in ("desk_refuse", "desk_send_back"):
        answer = freya.post(reverse(name, args=[row.pk]), {"reason": "  "})
        assert answer.status_code == 422
        assert "Bitte nennen Sie einen Grund" in words(answer)
    freya.post(reverse("desk_refuse", args=[row.pk]), {"refusal": "Steht noch nicht fest."})
    assert "Steht noch nicht fest." in words(as_(people.ada).get(reverse("desk_home")))
    assert release(freya, row).status_code == 409


@pytest.mark.parametrize(
    ("name", "opened", "typed", "kept"),
    [
        ("desk_refuse", "ablehnen", {"reason": "Zu lang", "refusal": ""}, "Zu lang"),
        ("desk_send_back", "zurueck", {"reason": "", "refusal": "Gar nicht"}, "Gar nicht"),
    ],
)
def test_a_decision_that_was_not_accepted_keeps_what_was_typed(
    people: Cast, page: MessagePage, name: str, opened: str, typed: dict[str, str], kept: str
) -> None:
    row = hand_in(as_(people.ada), page)
    answer = as_(people.freya).post(reverse(name, args=[row.pk]), typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{opened}" open' in shown
    assert f">{kept}</textarea>" in shown


def test_a_refusal_takes_its_remarks_along(people: Cast, page: MessagePage) -> None:
    row = hand_in(as_(people.ada), page)
    typed = {"refusal": "", "where": ["teaser"], "remark": ["Das stimmt nicht."]}
    assert as_(people.freya).post(reverse("desk_refuse", args=[row.pk]), typed).status_code == 302
    row.refresh_from_db()
    assert row.state == "refused"
    assert "Das stimmt nicht." in words(as_(people.ada).get(reverse("desk_request", args=[row.pk])))


def test_every_button_says_when_it_sends(people: Cast, page: MessagePage) -> None:
    """No choice elsewhere on the page changes what a button does."""
    row = hand_in(as_(people.ada), page, wish="2099-03-05T10:00")
    shown = as_(people.freya).get(reverse("desk_request", args=[row.pk])).content.decode()
    buttons = dict(re.findall(r'name="when" value="(\w+)"><span class="kern-label">([^<]+)', shown))
    assert buttons == {
        "other": "Freigeben und zu diesem Zeitpunkt versenden",
        "now": "Freigeben und sofort versenden",
        "wish": "Jetzt freigeben und am 5.3. um 10:00 Uhr versenden",
    }
    assert 'type="radio"' not in shown


def test_the_municipality_sees_what_the_checks_pointed_out(people: Cast, page: MessagePage) -> None:
    page.teaser = "Fragen beantwortet Erika Beispiel unter 0171 2345678."
    page.valid_until = "2099-12-24T18:00"
    page.save_revision(user=people.ada)
    row = hand_in(as_(people.ada), page)
    shown = words(as_(people.freya).get(reverse("desk_request", args=[row.pk])))
    assert "Die Prüfung hat" in shown
    assert "0171 2345678" in shown.split("Die Prüfung hat")[1]
    assert "gilt bis" in shown
    assert "24. Dezember 2099" in shown


def test_the_way_back_to_the_text_keeps_the_choices(people: Cast, page: MessagePage) -> None:
    ada, step = as_(people.ada), reverse("desk_channels_step", args=[page.uuid])
    typed = {"on-paper": "1", "text-paper": "Eigener Text", "note": "Eilig", "wish": "2099-03-05T10:00"}
    answer = ada.post(step, {"do": "text", **typed})
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    made = page.revisions.count()
    shown = ada.get(step).content.decode()
    for kept in ("Eigener Text", "Eilig", "2099-03-05T10:00"):
        assert kept in shown
    ada.post(step, {"do": "text", **typed})
    assert page.revisions.count() == made  # nothing new, no new version


def test_a_correction_starts_without_the_old_date_and_note(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    row = hand_in(ada, page, wish="2099-03-05T10:00", note="Bitte bis Donnerstag.")
    step = reverse("desk_channels_step", args=[page.uuid])
    assert "Bitte bis Donnerstag." in ada.get(step).content.decode()  # still waiting: it holds
    release(freya, row, when="now")
    dispatch_all()
    shown = ada.get(step).content.decode()
    assert "Bitte bis Donnerstag." not in shown
    assert "2099-03-05" not in shown
    assert "Kurz" in shown


def test_a_correction_of_what_cannot_be_changed_says_what_happens(
    people: Cast, page: MessagePage, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    step = reverse("desk_channels_step", args=[page.uuid])
    release(freya, hand_in(ada, page))
    dispatch_all()
    assert "Eine Berichtigung als neue Mail senden" not in words(
        ada.get(step)
    )  # this channel can change what is out
    monkeypatch.setattr(Paper, "can_update", False)  # as a mail is
    monkeypatch.setattr(Paper, "cannot_take_back", "Papier bleibt.")
    page.teaser = "Die Straße ist bis Freitag gesperrt."
    page.save_revision(user=people.ada)
    shown = words(ada.get(step))
    assert (
        "Papier ging schon an 1 Postfach. Was dort liegt, kann niemand mehr ändern oder zurückholen." in shown
    )
    assert "Ohne Häkchen geht keine neue Mail hinaus." in shown
    html = ada.get(step).content.decode()
    assert 'type="checkbox" name="on-paper"' not in html  # nothing looks ticked that will not be sent
    assert html.index('id="kanal-paper"') < html.index('name="correction_mail"') < html.index('id="abgabe"')
    assert re.search(
        r"eine neue Mail mit dem Betreff „.*“ an alle, die dann angemeldet sind; zurzeit sind das 0 Personen",
        shown,
    )
    row = hand_in(ada, page)
    assert publishing.opened(row.snapshot)["channels"][-1]["kept"]
    row = hand_in(ada, page, correction_mail="1")
    assert not publishing.opened(row.snapshot)["channels"][-1]["kept"]


def test_stopped_resumed_withdrawn(people: Cast, page: MessagePage, paper: Paper) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    release(freya, hand_in(ada, page))
    proof = reverse("desk_proof", args=[page.uuid])
    freya.post(reverse("desk_stop", args=[page.uuid]))
    dispatch_all()
    assert paper.taken == []
    assert "Versand fortsetzen" in words(freya.get(proof))
    freya.post(reverse("desk_resume", args=[page.uuid]))
    dispatch_all()
    assert paper.texts() == ["Kurz"]
    assert ada.post(reverse("desk_withdraw", args=[page.uuid])).status_code == 403
    freya.post(reverse("desk_withdraw", args=[page.uuid]))
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["create", "delete"]
    assert "Zurückgezogen" in words(freya.get(proof))
    nothing = freya.post(reverse("desk_stop", args=[page.uuid]), follow=True)
    assert "Es war nichts mehr anzuhalten" in words(nothing)


def test_a_doubt_is_settled_by_a_person(people: Cast, page: MessagePage, paper: Paper) -> None:
    paper.answer = lambda _job: Unknown("Die Verbindung brach ab.")
    freya = as_(people.freya)
    release(freya, hand_in(as_(people.ada), page))
    dispatch_all()
    row = Delivery.objects.get(account="paper")
    proof = reverse("desk_proof", args=[page.uuid])
    assert "Die Verbindung brach ab." in words(freya.get(proof))
    address = reverse("desk_resolve", args=[row.pk])
    assert freya.post(address, {"angekommen": "vielleicht"}).status_code == 404
    assert as_(people.agnes).post(address, {"angekommen": "ja"}).status_code in {403, 404}
    assert freya.post(address, {"angekommen": "ja"}).headers["Location"] == proof
    row.refresh_from_db()
    assert row.state == "sent"


def test_the_proof_as_page_json_and_pdf(people: Cast, page: MessagePage, paper: Paper) -> None:
    paper.answer = lambda _job: Permanent("Das Konto ist gesperrt.")
    release(as_(people.freya), hand_in(as_(people.ada), page))
    dispatch_all()
    ada = as_(people.ada)
    shown = words(ada.get(reverse("desk_proof", args=[page.uuid])))
    assert "Freya" in shown
    assert "Das Konto ist gesperrt." in shown
    assert ada.get(reverse("desk_proof_live", args=[page.uuid])).headers["Cache-Control"] == "no-store"
    proof = json.loads(ada.get(reverse("desk_proof_json", args=[page.uuid])).content)
    assert [d["state"] for d in proof["deliveries"] if d["account"] == "paper"] == ["failed"]
    assert ada.get(reverse("desk_proof_pdf", args=[page.uuid])).content.startswith(b"%PDF")
    for name in ("desk_proof", "desk_proof_live", "desk_proof_json", "desk_proof_pdf"):
        assert as_(people.aaron).get(reverse(name, args=[page.uuid])).status_code == 403


@pytest.mark.parametrize("name", ["desk_home", "desk_messages", "desk_requests", "desk_pages"])
def test_lists_ask_the_database_no_more_for_more_rows(people: Cast, page: MessagePage, name: str) -> None:
    freya, ada = as_(people.freya), as_(people.ada)
    hand_in(ada, page)
    news = page.get_parent()
    assert (few := _queries(freya, reverse(name))) < 40
    for number in range(6):
        more = news.add_child(
            instance=MessagePage(
                title=f"Meldung {number}",
                slug=f"m-{number}",
                teaser="Kurz und klar.",
                body=[("text", "<p>Text</p>")],
            )
        )
        more.save_revision(user=people.ada)
        hand_in(ada, more)
    assert _queries(freya, reverse(name)) <= few


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_withdrawn_message_is_not_taken_up_again(people: Cast, page: MessagePage, paper: Paper) -> None:
    """Stopped, withdrawn, and somebody's old page still shows the button."""
    ada, freya = as_(people.ada), as_(people.freya)
    release(freya, hand_in(ada, page))
    freya.post(reverse("desk_stop", args=[page.uuid]))
    freya.post(reverse("desk_withdraw", args=[page.uuid]))
    before = publishing.Approval.objects.count()
    freya.post(reverse("desk_resume", args=[page.uuid]))
    assert publishing.Approval.objects.count() == before
    dispatch_all()
    assert "Kurz" not in paper.texts()


def test_what_nobody_opened_does_not_count_as_seen(people: Cast, page: MessagePage) -> None:
    """Handed in twice: the second is compared with what the municipality released, not with the first."""
    ada, freya = as_(people.ada), as_(people.freya)
    release(freya, hand_in(ada, page))
    dispatch_all()
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    draft.teaser = "Zahlen Sie fünfhundert Euro."
    draft.save_revision(user=people.ada)
    hand_in(ada, page)
    publishing.ReleaseRequest.objects.filter(state="open").get()
    row = hand_in(ada, page, note="noch einmal")
    shown = words(freya.get(reverse("desk_request", args=[row.pk])))
    assert "Der Text ist unverändert" not in shown
    assert "fünfhundert" in shown.split("Was ist neu")[-1]


def test_the_release_answers_in_order_before_any_detail(people: Cast, page: MessagePage) -> None:
    row = hand_in(as_(people.ada), page, note="Bitte bis Donnerstag.")
    answer = as_(people.freya).get(reverse("desk_request", args=[row.pk]))
    shown = words(answer)
    questions = ("Was?", "Wohin?", "An wie viele?", "Wann?", "Was ist neu?", "Hinweis der Redaktion")
    places = [shown.index(question) for question in questions]
    assert places == sorted(places)
    assert places[-1] < shown.index("Der Text")
    assert "Das ist die erste Fassung" not in shown, "no card for what the line above says"
    assert "letzten Ansicht" not in shown
    assert not re.search(r'class="channel"[^>]* open', answer.content.decode())
    assert shown.count("Bitte bis Donnerstag.") == 1


def test_two_audiences_are_not_added_up() -> None:
    """Whoever reads both would count twice."""
    one = {"label": "Post", "kind": "Newsletter", "kept": "", "audience": 3}
    other = {"label": "Web", "kind": "Website", "kept": "", "audience": None}
    assert brief([one, other], None).how_many == "3 Personen, öffentlich auf einem Kanal"
    two = brief([one, {**one, "label": "Rat", "audience": 1}, {**other, "kept": "Bleibt."}], [])
    assert two.how_many == "Post: 3 Personen, Rat: 1 Person"
    assert (two.where, two.kept, two.new) == ("Post · Rat", "Web", "Text unverändert, nur Kanäle oder Termin")


def test_a_correction_says_who_gets_a_second_mail_and_what_is_replaced() -> None:
    mail = {
        "label": "Post",
        "kind": "Newsletter",
        "kept": "",
        "audience": 3,
        "again": True,
        "action": "create",
    }
    site = {
        "label": "Web",
        "kind": "Website",
        "kept": "",
        "audience": None,
        "again": True,
        "action": "update",
    }
    post = {**site, "label": "Kanal", "action": "create"}
    told = brief([mail, site, post], [])
    assert told.correction == (
        "3 Personen bekommen eine zweite Mail. Ersetzt wird, was schon zu lesen ist: Web. "
        "Zusätzlich erscheint noch einmal: Kanal."
    )
    assert told.mails
    assert brief([{**mail, "again": False}], None).correction == ""


def test_a_correction_looks_like_one_before_the_buttons(people: Cast, page: MessagePage) -> None:
    ada, freya = as_(people.ada), as_(people.freya)
    first = hand_in(ada, page)
    address = reverse("desk_request", args=[first.pk])
    assert "Berichtigung" not in words(freya.get(address)), "control"
    release(freya, first)
    dispatch_all()
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    draft.teaser = "Die Straße ist ab Montag gesperrt."
    draft.save_revision(user=people.ada)
    row = hand_in(ada, page, correction_mail="1")
    shown = words(freya.get(reverse("desk_request", args=[row.pk])))
    assert (
        shown.index("Berichtigung.")
        < shown.index("Wohin?")
        < shown.index("Was ist neu seit der letzten Fassung?")
    )
    assert re.search(r"Jetzt freigeben und (Berichtigung versenden|berichtigen)", shown)


@pytest.mark.parametrize(("verb", "field"), [("desk_refuse", "grund-a"), ("desk_send_back", "grund-z")])
def test_a_missing_reason_is_said_at_its_field(
    people: Cast, page: MessagePage, verb: str, field: str
) -> None:
    row = hand_in(as_(people.ada), page)
    answer = as_(people.freya).post(reverse(verb, args=[row.pk]), {})
    shown = BeautifulSoup(answer.content, "html.parser")
    said = shown.select_one(f"#{field}")
    assert answer.status_code == 422
    assert said is not None
    assert said["aria-invalid"] == "true"
    told = shown.select_one(f"#{str(said['aria-describedby']).split()[0]}")
    assert told is not None
    assert "Bitte nennen Sie einen Grund" in told.text
    fresh = BeautifulSoup(
        as_(people.freya).get(reverse("desk_request", args=[row.pk])).content, "html.parser"
    )
    assert not fresh.select("[aria-invalid]")
