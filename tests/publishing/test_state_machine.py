"""Any order of edits, decisions, crashes and pauses: nothing leaves unreleased, nothing is lost, nothing goes out twice."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from stadtnah.kernel import clock
from stadtnah.kernel.audit import api as audit
from stadtnah.publishing import agreement, api, tasks
from stadtnah.publishing.channel import Action, Job, Outcome, Permanent, Sent, Temporary, Unknown
from stadtnah.publishing.dispatch import deliver, jobs, plan, reconcile
from stadtnah.publishing.models import (
    Approval,
    ChannelAccount,
    Delivery,
    Dispatch,
    Halt,
    ReleaseRequest,
    Revocation,
    Snapshot,
)
from tests.factories.channels import Paper
from tests.factories.messages import content, context
from tests.factories.people import cast

pytestmark = pytest.mark.django_db

KEY = content().object_key
KEYS = ("paper", "slate", "board", "wall")
POSTS = ("board", "wall")  # one post for everybody
PLAN = {key: {"on": True} for key in KEYS}
SETTLED = {"sent", "failed", "stopped", "unknown"}
READERS = ["r1", "r2", "r3"]


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours runs after it."""


class Watched(Paper):
    """Keeps every arrival with whether its release held at that moment; can kill its worker or fail."""

    batch: ClassVar[int] = 2

    def __init__(self) -> None:
        super().__init__()
        self.readers = READERS
        self.kill = ""  # "before" or "after" the next sending
        self.mode = "ok"
        self.arrivals: list[Job] = []
        self.wrong: list[str] = []

    def send(self, job: Job) -> Outcome:
        kill, self.kill = self.kill, ""
        if kill == "before":
            raise Killed
        if self.mode == "temporary":
            return Temporary("Der Server antwortet nicht.")
        if self.mode == "permanent":
            return Permanent("Unbekannte Adresse.")
        if self.mode == "silent":
            return Unknown("Keine Antwort.")
        self._arrive(job)
        if kill == "after":
            raise Killed
        return Unknown("Die Antwort kam nicht an.") if self.mode == "doubt" else Sent(f"r-{job.delivery_id}")

    def _arrive(self, job: Job) -> None:
        if self.idempotent and any(job.delivery_id == had.delivery_id for had in self.arrivals):
            return
        self.arrivals.append(job)
        self.wrong += why_wrong(job)


class Slate(Watched):
    """The same, and it knows idempotency keys."""

    key: ClassVar[str] = "slate"
    idempotent: ClassVar[bool] = True


class Board(Watched):
    """One post for everybody, which may be edited, taken down and looked up; `posts` is what hangs there."""

    key: ClassVar[str] = "board"

    def __init__(self) -> None:
        super().__init__()
        self.readers = [""]
        self.posts: set[str] = set()

    def send(self, job: Job) -> Outcome:
        if job.action is not Action.CREATE and not job.previous_remote_id:
            return Permanent("Der Beitrag ist nicht bekannt.")
        outcome = super().send(job)
        if isinstance(outcome, Sent) and job.action is Action.UPDATE:
            return Sent(job.previous_remote_id)
        return outcome

    def _arrive(self, job: Job) -> None:
        super()._arrive(job)
        if job.action is Action.CREATE:
            self.posts.add(f"r-{job.delivery_id}")
        elif job.action is Action.DELETE:
            self.posts.discard(job.previous_remote_id)
        elif job.previous_remote_id not in self.posts:
            self.wrong.append("a post was edited that does not hang there")

    def look_up(self, job: Job) -> Outcome | None:
        if self.mode != "ok":
            return None
        arrived = any(job.delivery_id == had.delivery_id for had in self.arrivals)
        if not arrived:
            return Temporary("Nicht zu finden.")
        return Sent(f"r-{job.delivery_id}" if job.action is Action.CREATE else job.previous_remote_id)


class Wall(Board):
    """The same, and it knows idempotency keys."""

    key: ClassVar[str] = "wall"
    idempotent: ClassVar[bool] = True


def why_wrong(job: Job) -> Iterator[str]:
    """Judged from the tables alone, not by the code under test."""
    approval = Approval.objects.filter(pk=job.digest).select_related("snapshot").first()
    if approval is None:
        yield f"{job.digest[:8]} was never released"
        return
    raw = approval.snapshot.body
    if hashlib.sha256(raw.encode()).hexdigest() != job.digest:
        yield "the snapshot's bytes are not those of the digest"
    bodies = [e["body"] for e in json.loads(raw)["channels"] if e["account"] == job.account.key]
    if job.body not in bodies:
        yield f"{job.body} is not what was released"
    if Revocation.objects.filter(pk=job.digest).exists():
        yield f"{job.digest[:8]} was sent although its release had ended"
    if halted(job.digest):
        yield f"{job.digest[:8]} was sent although it was halted"


def halted(digest: str) -> bool:
    return Halt.objects.filter(approval_id=digest, lifted_at=None).exists()


class Message(RuleBasedStateMachine):
    """One message in the life of a town."""

    def __init__(self) -> None:
        super().__init__()
        self.time = time_machine.travel(datetime(2026, 3, 28, 6, 0, tzinfo=UTC), tick=False)
        self.clock = self.time.start()  # the clocks change in the night that follows
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = cast()
        self.paper, self.slate, self.board, self.wall = Watched(), Slate(), Board(), Wall()
        self.channels = (self.paper, self.slate, self.board, self.wall)
        for channel in self.channels:
            api.CHANNELS.register(channel.key, channel)
            ChannelAccount.objects.create(key=channel.key, channel=channel.key, label=channel.key)
        self.version = 1

    def teardown(self) -> None:
        try:
            self.everything_settles()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            for channel in self.channels:
                api.CHANNELS.unregister(channel.key)
            self.time.stop()

    def text(self) -> Any:
        return content(title=f"Fassung {self.version}")

    def open_request(self) -> ReleaseRequest | None:
        return ReleaseRequest.objects.filter(state="open").first()

    # What people do.

    @rule(wish=st.sampled_from([0, 2, 20]))
    def submit(self, wish: int) -> None:
        wall = clock.now().astimezone(clock.town_zone()) + timedelta(hours=wish)
        chosen = wall.strftime("%Y-%m-%dT%H:%M") if wish else ""
        api.submit(self.text(), PLAN, by=self.people.agnes, context=context(), wish=chosen)

    @rule()
    def edit(self) -> None:
        self.version += 1
        api.content_changed(self.text(), by=self.people.agnes)

    @precondition(open_request)
    @rule(who=st.sampled_from(["freya", "viktor"]), at=st.sampled_from([None, ""]))
    def release(self, who: str, at: str | None) -> None:
        request = self.open_request()
        api.release(request.pk, by=getattr(self.people, who), seen_digest=request.snapshot_id, at=at)

    @precondition(open_request)
    @rule(who=st.sampled_from(["agnes", "aaron", "ada", "clara", "anton", "charlie"]))
    def release_by_the_wrong(self, who: str) -> None:
        request = self.open_request()
        with pytest.raises((PermissionDenied, Http404)):
            api.release(request.pk, by=getattr(self.people, who), seen_digest=request.snapshot_id)

    @precondition(lambda self: ReleaseRequest.objects.exists())
    @rule(data=st.data())
    def release_what_is_outdated(self, data: st.DataObject) -> None:
        request = data.draw(st.sampled_from(list(ReleaseRequest.objects.order_by("submitted_at"))))
        seen = request.snapshot_id if request.state != "open" else "0" * 64
        with pytest.raises(api.Outdated):
            api.release(request.pk, by=self.people.freya, seen_digest=seen)

    @precondition(open_request)
    @rule(verb=st.sampled_from([api.refuse, api.send_back]))
    def decline(self, verb: Any) -> None:
        verb(self.open_request().pk, by=self.people.freya, reason="Bitte kürzer")

    @rule()
    def revoke(self) -> None:
        api.revoke(KEY, by=self.people.freya)

    @rule()
    def stop(self) -> None:
        last = Snapshot.objects.filter(object_key=KEY, approval__dispatch__state__in=["waiting", "planned"])
        taken_back = last.filter(kind="withdrawal").exists()
        try:
            api.stop(KEY, by=self.people.agnes)
            assert not taken_back, "an agency stopped a withdrawal"
        except PermissionDenied:
            assert taken_back
            api.stop(KEY, by=self.people.freya)

    @rule()
    def resume(self) -> None:
        with pytest.raises((PermissionDenied, api.NotAccepted)):
            api.resume(KEY, by=self.people.agnes)
        try:
            api.resume(KEY, by=self.people.freya)
        except api.NotAccepted:
            # A withdrawal is the last word as well: nothing before it is taken up again.
            last = Snapshot.objects.filter(approval__isnull=False).order_by("-number").first()
            assert not (last and halted(last.pk) and not Revocation.objects.filter(pk=last.pk).exists())

    @rule()
    def withdraw(self) -> None:
        with pytest.raises(PermissionDenied):
            api.withdraw(KEY, by=self.people.agnes)
        try:
            api.withdraw(KEY, by=self.people.freya)
        except Http404:
            assert not Approval.objects.exists()

    # No precondition: whether there is one hangs on the random pause after an error, and hypothesis replays its choices.
    @rule()
    def look_at_the_channel(self) -> None:
        row = Delivery.objects.filter(state="unknown").order_by("account", "recipient", "action").first()
        if row is None:
            return
        arrived = any(str(row.pk) == job.delivery_id for job in self.arrivals())
        api.resolve_unknown(row.pk, by=self.people.freya, arrived=arrived)

    @rule(when=st.sampled_from(["", "before", "after"]), where=st.sampled_from(KEYS))
    def publish(self, when: str, where: str) -> None:
        """The usual way in one step, so that long runs get far."""
        self.edit()
        self.submit(wish=0)
        self.release(who="freya", at=None)
        self.worker_is_killed(when=when, where=where)

    # What happens by itself.

    @rule(minutes=st.sampled_from([1, 4, 61, 181, 1300]))
    def time_passes(self, minutes: int) -> None:
        self.clock.shift(timedelta(minutes=minutes))

    @rule(mode=st.sampled_from(["ok", "ok", "temporary", "permanent", "silent", "doubt"]))
    def weather(self, mode: str) -> None:
        for channel in self.channels:
            channel.mode = mode

    @rule()
    def work(self) -> None:
        for digest in reconcile.due_dispatches():
            plan.plan(digest)
        for account, lane in reconcile.waiting_accounts():
            try:
                deliver.deliver(account, lane)
            except Killed:
                continue

    @rule(when=st.sampled_from(["before", "after"]), where=st.sampled_from(KEYS))
    def worker_is_killed(self, when: str, where: str) -> None:
        getattr(self, where).kill = when
        self.work()

    @rule()
    def reconcile(self) -> None:
        tasks.reconcile_ledger()

    # What must hold.

    def arrivals(self) -> list[Job]:
        return [job for channel in self.channels for job in channel.arrivals]

    def last_released(self) -> str:
        found = Snapshot.objects.filter(kind="message", approval__isnull=False).order_by("-number").first()
        return found.pk if found else ""

    @invariant()
    def only_released_bytes_left(self) -> None:
        assert [word for channel in self.channels for word in channel.wrong] == []

    @invariant()
    def one_post_at_most(self) -> None:
        assert all(len(channel.posts) <= 1 for channel in (self.board, self.wall))

    @invariant()
    def nobody_got_it_twice(self) -> None:
        counted = Counter((job.account.key, job.recipient, job.digest) for job in self.arrivals())
        assert [key for key, number in counted.items() if number > 1] == []

    @invariant()
    def an_old_version_never_follows_a_new_one(self) -> None:
        for key in KEYS:
            numbers = [
                Snapshot.objects.get(pk=job.digest).number
                for job in self.arrivals()
                if job.account.key == key
            ]
            assert numbers == sorted(numbers)

    @invariant()
    def the_log_and_the_proof_hold(self) -> None:
        assert list(audit.verify()) == []
        assert api.verify_proof(json.loads(json.dumps(api.proof(KEY)))) == []

    def everything_settles(self) -> None:
        """Days of fair weather later every row has an end, and whoever was planned got an answer."""
        for channel in self.channels:
            channel.mode, channel.kill = "ok", ""
        # What waits for a doubt is given up 72 hours after its time, and that may be 20 hours ahead.
        for _ in range(11):
            self.clock.shift(timedelta(hours=10))
            self.reconcile()
            self.work()
        self.reconcile()
        self.only_released_bytes_left()
        self.nobody_got_it_twice()
        assert list(agreement.contradictions()) == []
        waiting = Halt.objects.filter(lifted_at=None, approval__revocation=None).values("approval_id")
        going = Delivery.objects.exclude(approval_id__in=waiting)
        assert set(going.values_list("state", flat=True)) <= SETTLED
        assert not Dispatch.objects.exclude(pk__in=waiting).exclude(state="ended").exists()
        assert not Delivery.objects.filter(state="sending").exists()
        arrived = {job.delivery_id for job in self.arrivals()}
        # A deletion of what never went out is done without asking anybody.
        silent = Delivery.objects.exclude(pk__in=arrived).filter(state="sent").exclude(action="delete")
        assert all(map(self._hangs_there_already, silent)), "the ledger says sent, the channel never got it"
        forgotten = Delivery.objects.filter(pk__in=arrived).exclude(state__in=["sent", "unknown"])
        assert not forgotten.exists(), "the channel has it, the ledger says it does not"
        self._nobody_is_lost()
        self.one_post_at_most()
        for channel in (self.board, self.wall):
            self._what_is_withdrawn_is_gone(channel)

    def _what_is_withdrawn_is_gone(self, channel: Board) -> None:
        """Judged from the last word, not from the rows it made: it might have forgotten an account."""
        last = Snapshot.objects.filter(approval__isnull=False).order_by("-number").first()
        if last is None or last.kind != "withdrawal":
            return
        stopped = halted(last.pk) or Revocation.objects.filter(pk=last.pk).exists()
        doubt = Delivery.objects.filter(account=channel.key, state="unknown").exists()
        assert stopped or doubt or channel.posts == set(), "withdrawn, and it still hangs there"

    def _hangs_there_already(self, row: Delivery) -> bool:
        """A post that says the same already is left alone: nothing arrives, and yet it is out."""
        released = json.loads(row.approval.snapshot.body)
        wanted = [entry["body"] for entry in released["channels"] if entry["account"] == row.account]
        numbers = dict(Snapshot.objects.values_list("pk", "number"))
        there = [
            job for job in self.arrivals() if (job.account.key, job.recipient) == (row.account, row.recipient)
        ]
        before = [job for job in there if numbers[job.digest] < released["number"]]
        last = before[-1] if before else None
        return last is not None and last.action is not Action.DELETE and [last.body] == wanted

    def _nobody_is_lost(self) -> None:
        last = self.last_released()
        if not last or Revocation.objects.filter(pk=last).exists():
            return
        if halted(last) and not Dispatch.objects.get(pk=last).planned_at:
            return
        answered = set(
            Delivery.objects.filter(approval_id=last)
            .exclude(state="stopped")
            .values_list("account", "recipient")
        )
        for entry in json.loads(Snapshot.objects.get(pk=last).body)["channels"]:
            many = entry["action"] == "create" and entry["account"] not in POSTS
            wanted = READERS if many else [""]
            assert {(entry["account"], r) for r in wanted} <= answered, "somebody was forgotten"


def play(machine: type[Message], **options: Any) -> None:
    run_state_machine_as_test(
        machine, settings=settings(deadline=None, suppress_health_check=list(HealthCheck), **options)
    )


def test_any_order_of_events() -> None:
    play(Message, max_examples=25, stateful_step_count=25, derandomize=True)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_any_order_of_events_at_length() -> None:
    play(Message, max_examples=60, stateful_step_count=40, database=None)


class BlindAfterACrash(Message):
    """The control: after a kill it sends again, whatever the channel knows."""

    @rule()
    def reconcile(self) -> None:
        Delivery.objects.filter(state="sending", lease_until__lt=clock.now()).update(state="planned")
        super().reconcile()


class Hasty(Message):
    """The control: it sends what waits for its release."""

    @precondition(Message.open_request)
    @rule()
    def work(self) -> None:
        request = self.open_request()
        body = json.loads(request.snapshot.body)["channels"][0]["body"]
        row = Delivery(id=request.pk, approval_id=request.snapshot_id, account="paper", action="create")
        self.paper.send(jobs.job_of(row, claim_account(), body))


def claim_account() -> Any:
    from stadtnah.publishing import accounts

    return accounts.view(ChannelAccount.objects.get(pk="paper"))


class Deaf(Message):
    """The control: it does not ask whether the release still holds."""

    @rule()
    def work(self) -> None:
        for digest in reconcile.due_dispatches():
            plan.plan(digest)
        row = ChannelAccount.objects.get(pk="paper")
        for one in Delivery.objects.filter(account="paper", state__in=["planned", "stopped", "sent"]):
            deliver._run(
                self.paper,
                [jobs.job_of(one, claim_account(), jobs.released_body(one, self.paper, row.config))],
                {str(one.pk): one},
                deliver._StopWatch("none"),
                row.key,
            )


Script = list[tuple[str, dict[str, Any]]]
RELEASED: Script = [("submit", {"wish": 0}), ("release", {"who": "freya", "at": None})]
SCRIPTS: list[tuple[type[Message], Script]] = [
    (
        BlindAfterACrash,
        [
            *RELEASED,
            ("worker_is_killed", {"when": "after", "where": "paper"}),
            ("time_passes", {"minutes": 61}),
            ("reconcile", {}),
            ("work", {}),
            ("nobody_got_it_twice", {}),
        ],
    ),
    (Hasty, [("submit", {"wish": 0}), ("work", {}), ("only_released_bytes_left", {})]),
    (Deaf, [*RELEASED, ("work", {}), ("stop", {}), ("work", {}), ("only_released_bytes_left", {})]),
]


# Orders of events that once ended badly.
WORN: list[Script] = [
    [  # a withdrawal forgot what was planned again after a kill
        *RELEASED,
        ("worker_is_killed", {"when": "after", "where": "wall"}),
        ("time_passes", {"minutes": 4}),
        ("reconcile", {}),
        ("withdraw", {}),
        ("everything_settles", {}),
    ],
]


def perform(machine: type[Message], script: Script) -> None:
    played = machine()
    try:
        for step, values in script:
            getattr(played, step)(**values)
    finally:
        played.everything_settles = lambda: None  # type: ignore[method-assign]
        played.teardown()


@pytest.mark.parametrize(("broken", "script"), SCRIPTS)
def test_a_broken_dispatcher_is_found(broken: type[Message], script: Script) -> None:
    with pytest.raises(AssertionError):
        perform(broken, script)
    perform(Message, [step for step in script if step[0] != "work" or broken is not Hasty])


@pytest.mark.parametrize("script", WORN)
def test_what_once_ended_badly_ends_well(script: Script) -> None:
    perform(Message, script)
