"""What a person decides in the proof when nobody knows whether something arrived."""

from __future__ import annotations

import re
import sys
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.publishing import api, tasks
from stadtnah.publishing.channel import Job, Outcome, Permanent, Sent, Unknown
from stadtnah.publishing.dispatch import claim, deliver, plan, reconcile
from stadtnah.publishing.models import ChannelAccount, Delivery
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import MessagePage
from tests.factories.channels import Paper
from tests.factories.messages import PLAN
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_deciding import hand_in, release

pytestmark = pytest.mark.django_db


def test_every_mail_in_doubt_can_be_decided(people: Cast, page: MessagePage, paper: Paper) -> None:
    paper.readers = [f"reader-{number:02}" for number in range(60)]
    doubtful = {"reader-07", "reader-31", "reader-55"}

    def answer(job: Job) -> Outcome:
        return Unknown("Keine Antwort.") if job.recipient in doubtful else Sent(job.delivery_id)

    paper.answer = answer
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    browser = as_(people.freya)
    address = reverse("desk_proof", args=[page.uuid])
    shown = browser.get(address).content.decode()
    asked = re.findall(r"Im Protokoll des Mailservers unter <code>([0-9a-f-]{36})</code>", shown)
    assert "Erneut senden" in shown
    assert "Erneut senden" not in as_(people.agnes).get(address).content.decode()
    rows = Delivery.objects.filter(state="unknown")
    assert sorted(asked) == sorted(str(row.pk) for row in rows)
    for row, said in zip(rows, ("ja", "ja", "nein"), strict=True):
        action = reverse("desk_resolve", args=[row.pk])
        assert f'action="{action}"' in shown
        assert browser.post(action, {"angekommen": said}).status_code == 302
    assert sorted(Delivery.objects.values_list("state", flat=True).distinct()) == ["planned", "sent"]
    assert "Erneut senden" not in browser.get(address).content.decode()


def test_the_table_names_channels_as_people_know_them(people: Cast, page: MessagePage, paper: Paper) -> None:
    ChannelAccount.objects.filter(pk="paper").update(label="Aushang am Markt")
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    browser = as_(people.freya)
    shown = browser.get(reverse("desk_proof", args=[page.uuid])).content.decode()
    table = shown.partition('id="einzeln"')[2]
    assert 'data-label="Kanal">Aushang am Markt<' in table
    assert ">paper<" not in table
    assert all(f'data-label="{name}"' in table for name in ("Zeit", "Versuche"))
    assert browser.get(reverse("desk_proof_pdf", args=[page.uuid])).content.startswith(b"%PDF")


def test_after_a_stop_the_page_stays_live_while_something_is_under_way(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    row = hand_in(as_(people.ada), page)
    release(as_(people.freya), row)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    claim.claim("paper", "one", 20)
    api.stop(page.object_key, by=people.freya)
    live = reverse("desk_proof_live", args=[page.uuid])
    shown = as_(people.freya).get(live).content.decode()
    assert 'data-running="1"' in shown
    assert "veröffentlicht" not in shown  # nothing is yet
    Delivery.objects.update(lease_until=clock.now())
    tasks.reconcile_ledger()
    assert 'data-running="0"' in as_(people.freya).get(live).content.decode()


def test_what_arrived_is_folded_and_what_did_not_is_not(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    paper.readers = [f"reader-{number:02}" for number in range(120)]
    paper.answer = lambda job: Permanent("Unbekannte Adresse.") if job.recipient.endswith("7") else Sent("1")
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    browser, address = as_(people.freya), reverse("desk_proof", args=[page.uuid])
    shown = browser.get(address).content.decode()
    first, _, rest = shown.partition('<details class="folded">')
    assert "Alle übrigen Zustellungen (108)" in rest
    assert first.count('role="row"') == 1 + 12  # its head and what failed
    assert "Unbekannte Adresse." in first
    assert "Zugestellt (108)" in first
    assert 'id="kanal-1-paper" open' in first  # something in it wants somebody's eye
    assert '<details class="folded" open>' in browser.get(address, {"seite": "2"}).content.decode()
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) <= 40


def test_where_all_arrived_the_channels_are_folded(people: Cast, page: MessagePage, paper: Paper) -> None:
    """The control."""
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    shown = as_(people.freya).get(reverse("desk_proof", args=[page.uuid])).content.decode()
    assert 'id="kanal-1-paper">' in shown
    assert "Nicht angekommen" not in shown
    assert "Alle Zustellungen (1)" in shown


def test_what_was_taken_back_is_called_so(people: Cast, page: MessagePage, paper: Paper) -> None:
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    browser, address = as_(people.freya), reverse("desk_proof", args=[page.uuid])
    before = browser.get(address).content.decode()
    assert "Zurückziehen</span>" in before
    api.withdraw(page.object_key, by=people.freya)
    at_once = browser.get(address).content.decode()
    assert "Wird zurückgezogen" in at_once
    assert "Geplant" not in at_once  # nothing goes out
    assert "<progress" not in at_once  # of nothing there is no part
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    under_way = browser.get(address).content.decode()
    assert "Wird zurückgezogen" in under_way
    assert "Zurückziehen</span>" not in under_way
    deliver.deliver("paper")
    tasks.reconcile_ledger()
    shown = browser.get(address).content.decode()
    withdrawal, _, first_version = shown.partition('id="fassung-1"')
    assert '<span class="status status--sent">Zurückgezogen</span>' in withdrawal
    assert '<span class="status status--sent">Zugestellt</span>' in first_version


def test_taking_back_asks_first(people: Cast, page: MessagePage, paper: Paper) -> None:
    browser, address = as_(people.freya), reverse("desk_withdraw", args=[page.uuid])
    proof = reverse("desk_proof", args=[page.uuid])
    assert browser.get(address).headers["Location"] == proof, "nothing is out"
    release(browser, hand_in(as_(people.ada), page))
    dispatch_all()
    before = browser.get(proof).content.decode()
    assert f'href="{address}"' in before
    assert f'action="{address}"' not in before, "one tap does nothing"
    asked = browser.get(address)
    said = asked.content.decode()
    assert asked.status_code == 200
    assert "„Mühlstraße gesperrt“ zurückziehen?" in said
    assert "Seite, Feeds und Beiträge werden entfernt" in said
    assert "Jetzt zurückziehen" in said
    assert f'href="{proof}"><span class="kern-label">Abbrechen' in said
    assert api.status(page.object_key).state == "delivered", "asking takes nothing back"
    assert as_(people.ada).get(address).status_code == 403
    assert browser.post(address).headers["Location"] == proof
    dispatch_all()
    assert api.status(page.object_key).state == "withdrawn"
    assert browser.get(address).headers["Location"] == proof


def test_when_no_pdf_can_be_made_the_page_says_so(
    people: Cast, page: MessagePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_(people.freya)
    release(browser, hand_in(as_(people.ada), page))
    address = reverse("desk_proof_pdf", args=[page.uuid])
    assert browser.get(address).content.startswith(b"%PDF")

    monkeypatch.setattr(sys, "executable", "/bin/false")
    answer = browser.get(address, follow=True)

    assert answer.status_code == HTTPStatus.OK
    assert "Das PDF ließ sich gerade nicht erzeugen" in answer.content.decode()
