"""The stop button against what is under way: a page that is not public yet does not become so; what is beyond recall is said."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.publishing import accounts, api, tasks
from stadtnah.publishing.channel import Job, Outcome, Sent
from stadtnah.publishing.dispatch import claim, deliver, jobs, plan, reconcile
from stadtnah.publishing.models import ChannelAccount, Delivery, Halt
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import MessagePage, ReleasedPage
from tests.factories.channels import Paper
from tests.factories.messages import PLAN
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_way(people: Cast, page: MessagePage) -> Delivery:
    """A worker has the page in hand and asked a moment ago whether it may."""
    ChannelAccount.objects.create(key="website", channel="website", label="Website")
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    (row,) = claim.claim("website", "one", 20)
    return row


def goes_on(row: Delivery) -> None:
    """What the worker does next, after it was told that the release holds."""
    channel, account = api.CHANNELS["website"], ChannelAccount.objects.get(pk="website")
    job = jobs.job_of(row, accounts.view(account), jobs.released_body(row, channel, account.config))
    deliver._run(channel, [job], {str(row.pk): row}, lambda: False, "one")


def public(page: MessagePage) -> bool:
    return store.read_meta(page.public_path()) is not None or ReleasedPage.objects.exists()


def test_a_page_in_the_hands_of_a_worker_does_not_become_public_after_a_stop(
    people: Cast, page: MessagePage, under_way: Delivery
) -> None:
    browser = as_(people.ada)
    said = browser.post(reverse("desk_stop", args=[page.uuid]), follow=True).content.decode()
    assert "Der Versand ist angehalten." in said
    assert "nicht mehr aufzuhalten" not in said
    goes_on(under_way)
    assert not public(page)
    under_way.refresh_from_db()
    assert under_way.state == "planned"
    tasks.wake()
    deliver.deliver("website")
    tasks.reconcile_ledger()
    assert not public(page)
    shown = browser.get(reverse("desk_proof", args=[page.uuid])).content.decode()
    assert "Es war noch nichts hinausgegangen." in shown
    as_(people.freya).post(reverse("desk_resume", args=[page.uuid]))
    deliver.deliver("website")
    assert public(page)


def test_without_a_stop_it_becomes_public(page: MessagePage, under_way: Delivery) -> None:
    """The control."""
    goes_on(under_way)
    assert public(page)


def test_neither_does_it_after_a_revocation(people: Cast, page: MessagePage, under_way: Delivery) -> None:
    api.revoke(page.object_key, by=people.freya)
    goes_on(under_way)
    assert not public(page)
    under_way.refresh_from_db()
    assert under_way.state == "stopped"


def test_what_is_beyond_recall_is_said(people: Cast, page: MessagePage, paper: Paper) -> None:
    browser = as_(people.ada)
    seen: list[str] = []

    def pressed_meanwhile(job: Job) -> Outcome:
        time.sleep(0.6)  # the worker asks at most twice a second
        seen.append(browser.post(reverse("desk_stop", args=[page.uuid]), follow=True).content.decode())
        return Sent(job.delivery_id)

    paper.answer = pressed_meanwhile
    paper.readers = ["one", "two", "three"]
    request = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    assert len(seen) == 1
    assert "nicht mehr aufzuhalten: Papier." in seen[0]
    assert "gerade noch in Arbeit" in seen[0]
    after = browser.get(reverse("desk_proof", args=[page.uuid])).content.decode()
    assert "Eine Zustellung war schon hinausgegangen." in after
    assert "in Arbeit" not in after


def test_the_proof_tells_of_the_halt_without_a_stray_sign(
    people: Cast, page: MessagePage, under_way: Delivery
) -> None:
    claim.give_back([under_way])
    api.stop(page.object_key, by=people.ada)
    address = reverse("desk_proof", args=[page.uuid])
    browser = as_(people.freya)
    shown = browser.get(address).content.decode()
    assert 'status--planned">Angehalten</span></summary>' in shown
    assert "Angehalten von Ada am " in shown
    assert ">, " not in shown
    browser.post(reverse("desk_resume", args=[page.uuid]))
    deliver.deliver("website")
    deliver.deliver("paper")
    shown = browser.get(address).content.decode()
    assert "fortgesetzt von Freya am " in shown
    assert "Fassung 1" in shown
    assert "Fassung 2" not in shown
    assert ">, " not in shown


def test_the_pdf_tells_of_the_halt(people: Cast, page: MessagePage, under_way: Delivery) -> None:
    api.stop(page.object_key, by=people.ada)
    assert Halt.objects.filter(at__lte=clock.now()).count() == 1
    answer = as_(people.freya).get(reverse("desk_proof_pdf", args=[page.uuid]))
    assert answer.content.startswith(b"%PDF")
