"""A message from draft to proof, through the public doors of publishing."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.audit import api as audit
from stadtnah.publishing import api, tasks
from stadtnah.publishing.channel import Job, Outcome, Permanent, Sent, Stage, Temporary, Unknown
from stadtnah.publishing.dispatch import deliver, plan, reconcile
from stadtnah.publishing.models import Approval, ChannelAccount, Delivery, Snapshot
from tests.factories.channels import Paper
from tests.factories.messages import PLAN, content, context, paper_account
from tests.factories.people import Cast, cast

KEY = content().object_key
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(paper: Paper) -> Cast:
    paper_account()
    return cast()


def submit(people: Cast, **changes: object) -> api.ReleaseRequest:
    text = str(changes.pop("text", ""))
    wish = str(changes.pop("wish", ""))
    return api.submit(
        content(**changes),
        {"paper": {"on": True, "text": text}},
        by=people.agnes,
        context=context(),
        wish=wish,
    )


def release(people: Cast, request: api.ReleaseRequest, **options: object) -> api.Approval:
    return api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id, **options)


NEW_YEAR = "2030-01-02T09:00"


def after_new_year() -> time_machine.travel:
    """The released time has come."""
    return time_machine.travel("2030-01-02T08:01:00Z")


def dispatch_all() -> None:
    """What a worker and the ticker do, one after the other."""
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    for account, lane in reconcile.waiting_accounts():
        deliver.deliver(account, lane)
    tasks.reconcile_ledger()


def test_a_released_message_reaches_its_channel_once(people: Cast, paper: Paper) -> None:
    approval = release(people, submit(people))
    dispatch_all()
    dispatch_all()
    assert paper.texts() == ["Mühlstraße gesperrt http://localhost:8000/aktuelles/2026/muehlstrasse/"]
    assert api.status(KEY).label == "Zugestellt"
    assert [d.approval_id for d in Delivery.objects.all()] == [approval.pk]
    assert list(audit.verify()) == []


def test_what_the_website_alone_shows_was_delivered_to_nobody(
    people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Paper, "stage", Stage.SITE)
    release(people, submit(people))
    dispatch_all()
    said = api.status(KEY)
    assert (said.state, said.label, said.text) == ("delivered", "Veröffentlicht", "Auf der Website zu sehen.")


def test_nothing_leaves_without_a_release(people: Cast, paper: Paper) -> None:
    submit(people)
    dispatch_all()
    assert paper.taken == []
    assert api.status(KEY).label == "Zur Freigabe"


@pytest.mark.parametrize("who", ["agnes", "aaron", "ada", "clara", "doris", "anton", "charlie"])
def test_only_approver_and_deputy_release(people: Cast, paper: Paper, who: str) -> None:
    request = submit(people)
    with pytest.raises((PermissionDenied, Http404)):
        api.release(request.pk, by=getattr(people, who), seen_digest=request.snapshot_id)
    dispatch_all()
    assert paper.taken == []


def test_the_deputy_releases(people: Cast, paper: Paper) -> None:
    request = submit(people)
    approval = api.release(request.pk, by=people.viktor, seen_digest=request.snapshot_id)
    assert approval.role == "deputy"


def test_a_changed_message_needs_another_look(people: Cast, paper: Paper) -> None:
    first = submit(people)
    second = submit(people, title="Mühlstraße halbseitig gesperrt")
    with pytest.raises(api.Outdated):
        release(people, first)
    with pytest.raises(api.Outdated):
        api.release(second.pk, by=people.freya, seen_digest=first.snapshot_id)
    release(people, second)
    dispatch_all()
    assert paper.texts()[0].startswith("Mühlstraße halbseitig")


def test_an_edit_after_the_release_ends_it(people: Cast, paper: Paper) -> None:
    request = submit(people, wish=NEW_YEAR)
    release(people, request)
    assert api.status(KEY).text == "Geht am Mittwoch, 2. Januar 2030, 09:00 Uhr hinaus."
    assert not api.content_changed(content(), by=people.agnes)
    assert api.content_changed(content(title="Anders"), by=people.agnes)
    with after_new_year():
        dispatch_all()
    assert paper.taken == []
    assert api.status(KEY).state == "draft"


def test_the_approver_may_choose_another_time(people: Cast, paper: Paper) -> None:
    approval = release(people, submit(people, wish=NEW_YEAR), at="")
    dispatch_all()
    assert len(paper.taken) == 1
    assert approval.snapshot.number == 2


def test_sent_back_with_remarks(people: Cast) -> None:
    request = submit(people)
    with pytest.raises(api.NotAccepted):
        api.send_back(request.pk, by=people.freya, reason=" ")
    api.send_back(request.pk, by=people.freya, reason="Bitte kürzer", comments=[("title", "Straße nennen")])
    assert api.status(KEY).text == "Freya: „Bitte kürzer“"
    with pytest.raises(api.Outdated):
        release(people, request)


def test_an_error_stops_the_submission(people: Cast) -> None:
    with pytest.raises(api.NotAccepted) as stopped:
        submit(people, text="x" * 501)
    assert [f.code for f in stopped.value.findings] == ["too-long"]


def test_a_correction_updates_and_a_withdrawal_deletes(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    dispatch_all()
    release(people, submit(people, title="Mühlstraße offen"))
    dispatch_all()
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["create", "update", "delete"]
    assert api.status(KEY).label == "Zurückgezogen"


def test_a_correction_that_says_the_same_on_a_channel_leaves_its_post_alone(
    people: Cast, paper: Paper
) -> None:
    release(people, submit(people, text="Straße zu"))
    dispatch_all()
    release(people, submit(people, text="Straße zu", teaser="Sie ist bis Freitag gesperrt."))
    dispatch_all()
    assert paper.texts() == ["Straße zu"]
    assert {row.url for row in Delivery.objects.filter(channel="paper")} == {"https://paper.example/1"}
    release(people, submit(people, text="Straße offen"))  # the control: other words
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["create", "update"]


def test_a_remark_made_with_the_release_reaches_the_editor(people: Cast, paper: Paper) -> None:
    request = submit(people)
    release(people, request, comments=[("title", "Beim nächsten Mal kürzer."), ("teaser", " ")])
    assert [comment.text for comment in request.comments.all()] == ["Beim nächsten Mal kürzer."]
    tasks.reconcile_ledger()


def test_the_own_website_is_cleared_whatever_the_ledger_says(people: Cast, paper: Paper, monkeypatch) -> None:
    """The page was half there when its delivery failed: a withdrawal takes it away all the same."""
    monkeypatch.setattr(Paper, "stage", Stage.SITE)
    paper.answer = lambda _job: Permanent("Die Listen ließen sich nicht schreiben.")
    release(people, submit(people))
    dispatch_all()
    assert Delivery.objects.get().state == "failed"
    paper.answer = lambda job: Sent(job.delivery_id)
    api.withdraw(KEY, by=people.freya)
    dispatch_all()
    assert [action for _, action, _, _ in paper.taken] == ["delete"]
    assert api.status(KEY).state == "withdrawn"


def test_stop_and_resume_reach_everyone_once(people: Cast, paper: Paper) -> None:
    paper.readers = [f"r{n}" for n in range(40)]
    release(people, submit(people))
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    original = paper.answer

    def stop_midway(job: object) -> object:
        if len(paper.taken) == 9:
            api.stop(KEY, by=people.agnes)
        return original(job)  # type: ignore[arg-type]

    paper.answer = stop_midway  # type: ignore[assignment]
    dispatch_all()
    before = len(paper.taken)
    assert 10 <= before <= 20  # the batch under way at the stop, no more
    assert api.status(KEY).label == "Angehalten"
    paper.answer = original
    first = Approval.objects.get()
    assert api.resume(KEY, by=people.freya) == first  # the same release, not a new version of the same
    dispatch_all()
    dispatch_all()
    assert sorted(paper.recipients_served()) == sorted(paper.readers)
    assert Snapshot.objects.count() == Approval.objects.count() == 1
    assert api.status(KEY).text == "Auf allen Kanälen angekommen."
    halts = json.loads(json.dumps(api.proof(KEY)))["approvals"][0]["halts"]
    assert [(h["by"], h["lifted_by"]) for h in halts] == [("Agnes", "Freya")]


def test_a_halted_message_waits_and_an_edit_ends_it(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    api.stop(KEY, by=people.agnes)
    assert api.stop(KEY, by=people.agnes)  # a second press changes nothing
    dispatch_all()
    assert paper.taken == []
    status = api.status(KEY)
    assert (status.label, status.text) == ("Angehalten", "Es war noch nichts hinausgegangen.")
    for who in ("agnes", "ada", "anton"):
        with pytest.raises(PermissionDenied):
            api.resume(KEY, by=getattr(people, who))
    api.content_changed(content(title="Mühlstraße offen"), by=people.agnes)
    with pytest.raises(api.NotAccepted):
        api.resume(KEY, by=people.freya)
    dispatch_all()
    assert paper.taken == []


def test_a_halted_message_can_be_halted_again(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    for _ in range(2):
        assert api.stop(KEY, by=people.agnes)
        dispatch_all()
        assert paper.taken == []
        api.resume(KEY, by=people.freya)
    dispatch_all()
    assert len(paper.taken) == 1
    assert not api.stop(KEY, by=people.agnes)
    with pytest.raises(api.NotAccepted):
        api.resume(KEY, by=people.freya)


def test_halting_what_is_planned_for_later_keeps_its_time(people: Cast, paper: Paper) -> None:
    release(people, submit(people, wish=NEW_YEAR))
    api.stop(KEY, by=people.agnes)
    with after_new_year():
        dispatch_all()
        assert not Delivery.objects.exists()
        assert api.status(KEY).resumable
        api.resume(KEY, by=people.freya)
        dispatch_all()
    assert len(paper.taken) == 1


def test_faults_of_a_channel(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    paper.answer = lambda _job: Temporary("Der Server antwortet nicht.")
    dispatch_all()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("planned", 1)
    assert row.next_try_at > row.due_at
    paper.answer = lambda _job: Unknown("Keine Antwort.")
    Delivery.objects.update(next_try_at=row.due_at)
    dispatch_all()
    assert api.status(KEY).label == "Ungeklärt"
    dispatch_all()
    assert Delivery.objects.get().attempts == 2
    api.resolve_unknown(row.pk, by=people.freya, arrived=True)
    assert api.status(KEY).label == "Zugestellt"


def test_a_broken_account_holds_its_deliveries(people: Cast, paper: Paper) -> None:
    release(people, submit(people))
    good = paper.answer
    paper.answer = lambda _job: Permanent("Der Zugang ist abgelaufen.", account_broken=True)
    dispatch_all()
    dispatch_all()
    assert Delivery.objects.get().attempts == 1
    paper.answer = good
    api.take_up_account("paper", by=people.anton)
    dispatch_all()
    assert Delivery.objects.get().state == "sent"


def test_the_proof_holds_and_a_changed_one_does_not(people: Cast) -> None:
    release(people, submit(people))
    dispatch_all()
    proof = json.loads(json.dumps(api.proof(KEY)))
    assert api.verify_proof(proof) == []
    longer = proof | {"signature": proof["signature"] + "!"}
    assert api.verify_proof(longer)
    proof["snapshots"][0]["body"] = proof["snapshots"][0]["body"].replace("Mühl", "Hühl")
    assert len(api.verify_proof(proof)) == 2


def test_a_proof_that_says_something_twice_is_none(people: Cast) -> None:
    """Who takes the first of two names and who takes the last would read two proofs."""
    release(people, submit(people))
    text = json.dumps(api.proof(KEY))
    assert api.verify_proof(api.read_proof(text)) == []  # the control
    for forged in (
        text.replace('{"', '{"approvals": [], "', 1),
        text.replace('"approver": ', '"approver": "X", "approver": ', 1),
    ):
        with pytest.raises(api.SaidTwice):
            api.read_proof(forged)
    with pytest.raises(ValueError, match="NaN"):
        api.read_proof('{"schema": NaN}')


def test_ending_the_mandate_ends_its_plans(people: Cast, paper: Paper) -> None:
    release(people, submit(people, wish=NEW_YEAR))
    access.end_mandate(people.agnes.mandates.get(), by=people.freya)
    with after_new_year():
        dispatch_all()
    assert paper.taken == []
    with pytest.raises(PermissionDenied):
        submit(people)


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours runs after it."""


@pytest.mark.parametrize(
    ("found", "state"), [(Sent("r-1"), "sent"), (Temporary("Nicht zu finden."), "planned"), (None, "unknown")]
)
def test_a_stop_after_a_kill_does_not_claim_that_nothing_left(
    people: Cast, paper: Paper, monkeypatch, found: Outcome | None, state: str
) -> None:
    """Where a second try for the same does no harm the row is planned again; then somebody presses stop."""
    monkeypatch.setattr(Paper, "idempotent", True)
    release(people, submit(people))

    def killed(_job: Job) -> Outcome:
        raise Killed

    paper.answer, paper.found = killed, lambda _job: found
    with pytest.raises(Killed):
        dispatch_all()
    Delivery.objects.filter(state="sending").update(lease_until="2020-01-01T00:00Z")
    reconcile.settle_expired_leases()
    assert Delivery.objects.get().state == "planned"
    api.stop(KEY, by=people.agnes)
    tasks.reconcile_ledger()
    assert Delivery.objects.get().state == state


@pytest.mark.parametrize(("left", "goes_on"), [(["report"], False), (["write"], True)])
def test_of_two_mandates_the_one_left_decides(
    people: Cast, paper: Paper, left: list[str], goes_on: bool
) -> None:
    """What is planned goes on only while its person may still lay messages before the municipality."""
    writing = people.agnes.mandates.get()
    Mandate.objects.create(
        agency=writing.agency,
        user=people.agnes,
        scopes=left,
        starts_at=writing.starts_at,
        granted_by=people.freya,
    )
    release(people, submit(people, wish=NEW_YEAR))
    access.end_mandate(writing, by=people.freya)
    with after_new_year():
        dispatch_all()
    assert bool(paper.taken) is goes_on


def test_a_home_page_needs_neither_teaser_nor_text(people: Cast) -> None:
    bare = content(teaser="", blocks=(), extra={"kind": "home"})
    assert api.submit(bare, PLAN, by=people.agnes, context=context()).state == "open"
    with pytest.raises(api.NotAccepted):
        api.submit(content(teaser="", blocks=()), PLAN, by=people.agnes, context=context())


def test_what_was_released_goes_out_in_the_name_it_was_released_in(
    people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Paper, "sender_fields", ("from",))
    account = ChannelAccount.objects.get()
    account.config = {"from": "rathaus@stadt.example", "colour": "red"}
    account.save()
    approval = release(people, submit(people))
    account.config = {"from": "rathaus@stadt.example", "colour": "blue"}  # the control: not who, not where to
    account.save()
    dispatch_all()
    assert len(paper.taken) == 1
    assert '"sender":{"from":"rathaus@stadt.example"}' in approval.snapshot.body
    release(people, submit(people, title="Mühlstraße offen"))
    account.config = {"from": "fremd@anderswo.example"}
    account.save()
    dispatch_all()
    assert len(paper.taken) == 1
    row = Delivery.objects.get(state="failed")
    assert "nach der Freigabe geändert" in row.reason
    assert not ChannelAccount.objects.get().held_at  # nothing is wrong with the account
    api.withdraw(KEY, by=people.freya)  # taking back is possible whatever the account says now
    dispatch_all()
    assert paper.taken[-1][1] == "delete"
