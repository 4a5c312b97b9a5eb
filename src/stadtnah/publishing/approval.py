"""The last word: submit, release, refuse, send back, revoke, withdraw. Each verb is one function, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action, Role
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import checks, embargo, ending, last_look, occasion, signs, snapshot, standing
from stadtnah.publishing.content import Content
from stadtnah.publishing.dispatch import hints
from stadtnah.publishing.findings import Finding, Level
from stadtnah.publishing.models import (
    Approval,
    Comment,
    Delivery,
    Dispatch,
    Halt,
    ReleaseRequest,
    Snapshot,
)
from stadtnah.publishing.places import place
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import DeliveryState, Ended, Kind, Lane, RequestState


class NotAccepted(Exception):
    """What stops a submission or a release, in German; `findings` name the places."""

    def __init__(self, text: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(text)
        self.findings = list(findings)


class Outdated(NotAccepted):
    """What the approver saw is not what lies before them any more."""


def submit(
    content: Content,
    plan: dict[str, Any],
    *,
    by: User,
    context: checks.CheckContext,
    wish: str = "",
    note: str = "",
    correction_mail: bool = False,
    announce: bool = True,
    writers: Iterable[User] = (),
) -> ReleaseRequest:
    """Lays a message before the municipality. Raises NotAccepted when a check says error or the date is over.

    `writers`: who else has a part in the text since the last release; like `by` they cannot release it. `announce=False`: no mail and no reminder for this one; whoever lays many before the municipality sends one mail.
    """
    access.require(by, Action.TOWN_EDIT if content.is_town else Action.MESSAGE_SUBMIT)
    wish = wish or (embargo.of(content) if embargo.holds(content) else "")
    moment = due(wish, chosen=True)
    if problem := embargo.problem(content, moment):
        raise NotAccepted(problem)
    if wish and moment <= clock.now():
        raise NotAccepted(
            "Der Wunschtermin liegt in der Vergangenheit. Bitte wählen Sie einen späteren Zeitpunkt."
        )
    entries = snapshot.compose(content, plan, correction_mail=correction_mail)
    found = last_look.findings_of(content, entries, context, at=moment)
    errors = [one for one in found if one.level is Level.ERROR]
    if errors:
        raise NotAccepted("Bitte beheben Sie zuerst die gemeldeten Fehler.", errors)
    everybody = {by, *writers}
    if not access.approvers_to_ask(escalated=True, without=everybody):
        raise NotAccepted(
            "Diese Fassung kann niemand freigeben: Alle, die es dürfen, haben daran mitgeschrieben. Bitte lassen Sie "
            "eine Vertretung benennen (Verwaltung, „Personen und Rollen“)."
        )
    with transaction.atomic():
        number = snapshot.next_number(content.object_key)
        body = snapshot.message_body(content, entries, number=number, wish=wish, writers=everybody)
        stored = snapshot.store(body, by=by)
        _replace_open(content.object_key, by)
        request = ReleaseRequest.objects.create(
            snapshot=stored,
            object_key=content.object_key,
            title=occasion.headline(content)[:255],
            submitted_by=by,
            submitted_at=clock.now(),
            wish=wish,
            note=signs.plain(note),
            **({} if announce else {"reminded_at": clock.now(), "escalated_at": clock.now()}),
        )
        audit.record(
            "request.submitted",
            actor=by,
            subject=content.object_key,
            data={"digest": stored.digest, "number": number},
        )
        if announce:
            hints.request_submitted(request)
    return request


def take_back(object_key: str, *, by: User) -> bool:
    """Whoever laid a version before the municipality does not want it any more; False when none of theirs waits."""
    mine = ReleaseRequest.objects.filter(
        object_key=object_key, state=RequestState.OPEN.value, submitted_by=by
    )
    return bool(mine.update(state=RequestState.REPLACED.value, decided_by=by, decided_at=clock.now()))


def _replace_open(object_key: str, by: User) -> None:
    ReleaseRequest.objects.filter(object_key=object_key, state=RequestState.OPEN.value).update(
        state=RequestState.REPLACED.value, decided_by=by, decided_at=clock.now()
    )


def _open_request(request_id: UUID | str, by: User, action: Action) -> ReleaseRequest:
    rows = ReleaseRequest.objects.select_for_update(of=("self",)).select_related("snapshot", "submitted_by")
    request = access.access_object(rows, by, Action.MESSAGE_VIEW, pk=request_id)
    access.require(by, action)
    if request.state != RequestState.OPEN.value:
        raise Outdated("Über diese Fassung ist schon entschieden, oder sie wurde durch eine neue ersetzt.")
    return request


def release(
    request_id: UUID | str,
    *,
    by: User,
    seen_digest: str,
    at: str | None = None,
    second_factor: bool = False,
    comments: Iterable[tuple[str, str]] = (),
) -> Approval:
    """Releases exactly the bytes the person saw.

    `at`: None keeps the time in the snapshot, "" means at once, else wall time; another time gives a snapshot of its
    own that says so. `comments`: (where, text), told to the editor with the release. Raises Outdated when `seen_digest` is not what lies there, PermissionDenied for anyone who is not
    an approver or deputy of the municipality, or who wrote it.
    """
    with transaction.atomic():
        request = _open_request(request_id, by, Action.MESSAGE_RELEASE)
        if request.snapshot.digest != seen_digest:
            raise Outdated(
                "Der Text wurde geändert, während Sie ihn ansahen. Bitte sehen Sie die neue Fassung an."
            )
        _still_fits(snapshot.opened(request.snapshot))
        chosen = _with_time(request, at)
        if problem := last_look.too_late(snapshot.opened(chosen)):
            raise NotAccepted(problem)
        role = _last_word(by, chosen)
        approval = _approve(chosen, by, role, request=request, second_factor=second_factor)
        request.state, request.decided_by, request.decided_at = RequestState.RELEASED.value, by, approval.at
        request.save(update_fields=["state", "decided_by", "decided_at"])
        _plan_dispatch(approval, snapshot.opened(chosen), by)
        if _noted(request, by, comments):
            hints.request_decided(request)
    return approval


def _still_fits(body: dict[str, Any]) -> None:
    """Whether what the person read still says what will happen; a mail, for one, cannot be edited afterwards. Raises Outdated."""
    out, content = standing.accounts_out(body["object"]), Content.from_json(body["content"])
    for entry in body["channels"]:
        channel = CHANNELS.get(entry["channel"])
        if channel and (why := channel.outdated(content)):
            raise Outdated(why)
        if channel and not channel.can_update and entry["again"] != (entry["account"] in out):
            raise Outdated(
                f"{entry['label']}: Seit diese Fassung vorgelegt wurde, ist dort die vorige hinausgegangen oder "
                "zurückgezogen worden. Bitte lassen Sie sie neu vorlegen; Text und Kanäle bleiben erhalten."
            )


def _with_time(request: ReleaseRequest, at: str | None) -> Snapshot:
    body = snapshot.opened(request.snapshot)
    wish = (body["send_at"] or {}).get("wall", "")
    if at is None or at == wish:
        return request.snapshot
    if problem := embargo.problem(snapshot.content_of(request.snapshot), due(at, chosen=True)):
        raise NotAccepted(problem)
    if at and due(at, chosen=True) <= clock.now():
        raise NotAccepted("Dieser Zeitpunkt liegt in der Vergangenheit. Bitte wählen Sie einen späteren.")
    body["send_at"] = {"wall": at, "zone": str(clock.town_zone())} if at else None
    body["number"] = snapshot.next_number(request.object_key)
    return snapshot.store(body, by=request.snapshot.created_by)


def _last_word(by: User, chosen: Snapshot) -> Role:
    access.require(by, Action.MESSAGE_RELEASE)
    roles = access.roles_of(by)
    if not access.is_municipal(by) or not roles & {Role.APPROVER, Role.DEPUTY}:
        raise PermissionDenied("Freigeben kann nur die Kommune.")
    if snapshot.wrote(by, chosen):
        raise PermissionDenied(
            "An dieser Fassung haben Sie mitgeschrieben. Freigeben kann sie eine zweite Person (Vier-Augen-Prinzip)."
        )
    return Role.APPROVER if Role.APPROVER in roles else Role.DEPUTY


def _approve(
    chosen: Snapshot, by: User, role: Role, *, request: ReleaseRequest | None, second_factor: bool
) -> Approval:
    ending.end_pending(chosen.object_key, by, Ended.REPLACED)
    approval = Approval.objects.create(
        snapshot=chosen,
        approver=by,
        role=role.value,
        at=clock.now(),
        request=request,
        second_factor=second_factor,
    )
    said = {"digest": chosen.digest, "role": role.value}
    audit.record("released", actor=by, subject=chosen.object_key, data=said, anchored=True)
    return approval


def _plan_dispatch(approval: Approval, body: dict[str, Any], by: User) -> Dispatch:
    dispatch = Dispatch.objects.create(
        approval=approval,
        object_key=body["object"],
        due_at=embargo.not_before(body, embargo.chosen(body) or approval.at),
        lane=Lane.NEWS.value,
    )
    audit.record(
        "dispatch.scheduled", actor=by, subject=body["object"], data={"due": dispatch.due_at.isoformat()}
    )
    hints.dispatch_due(dispatch)
    return dispatch


def due(wish: str, *, chosen: bool = False) -> datetime:
    """The moment of a wall time of the town, DST-safe; now for "". `chosen`: by a person, just now; so it must exist.

    Raises WallTimeError.
    """
    read = clock.chosen_wall if chosen else clock.parse_wall
    return clock.resolve_wall(read(wish), clock.town_zone()) if wish else clock.now()


def refuse(
    request_id: UUID | str, *, by: User, reason: str, comments: Iterable[tuple[str, str]] = ()
) -> ReleaseRequest:
    """Says no, with a reason or with remarks at their places."""
    return _decide(request_id, by, Action.MESSAGE_RELEASE, RequestState.REFUSED, reason, comments)


def send_back(
    request_id: UUID | str, *, by: User, reason: str, comments: Iterable[tuple[str, str]] = ()
) -> ReleaseRequest:
    """Back to the editor with remarks at their places: (where, text)."""
    return _decide(request_id, by, Action.MESSAGE_RELEASE, RequestState.RETURNED, reason, comments)


def _decide(
    request_id: UUID | str,
    by: User,
    action: Action,
    state: RequestState,
    reason: str,
    comments: Iterable[tuple[str, str]],
) -> ReleaseRequest:
    remarks = _said(comments)
    reason = signs.plain(reason).strip()
    if not reason and not remarks:
        raise NotAccepted(
            "Bitte nennen Sie einen Grund oder schreiben Sie eine Anmerkung, damit die Redaktion Bescheid weiß."
        )
    with transaction.atomic():
        request = _open_request(request_id, by, action)
        _noted(request, by, remarks)
        request.state, request.decided_by, request.decided_at = state.value, by, clock.now()
        request.reason = reason
        request.save(update_fields=["state", "decided_by", "decided_at", "reason"])
        audit.record(f"request.{state.value}", actor=by, subject=request.object_key)
        hints.request_decided(request)
    return request


def _said(comments: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(where, words) for where, text in comments if (words := signs.plain(text).strip())]


def _noted(request: ReleaseRequest, by: User, comments: Iterable[tuple[str, str]]) -> int:
    """Keeps remarks at their places; returns how many."""
    remarks = _said(comments)
    content = snapshot.content_of(request.snapshot) if remarks else None
    Comment.objects.bulk_create(
        Comment(request=request, author=by, where=place(where, content).code, text=text)
        for where, text in remarks
        if content
    )
    return len(remarks)


def content_changed(content: Content, *, by: User) -> bool:
    """An edit after the release: what has not left yet needs a new one. True when a release was ended by it.

    A withdrawal has no text that could become another: it goes on, whatever is written meanwhile.
    """
    ended = False
    with transaction.atomic():
        for dispatch in ending.pending(content.object_key):
            before = snapshot.opened(dispatch.approval.snapshot)
            if before["kind"] == Kind.MESSAGE.value and before["content"] != content.to_json():
                ending.end(dispatch, by, Ended.EDITED)
                ended = True
    return ended


def revoke(object_key: str, *, by: User) -> None:
    """Takes a release back before it went out."""
    access.require(by, Action.MESSAGE_RELEASE)
    with transaction.atomic():
        ending.end_pending(object_key, by, Ended.REVOKED)


def stop(object_key: str, *, by: User) -> bool:
    """The stop button: nothing new leaves until it is taken up again. False: all had left before.

    What `holding.past_return` names at that moment is beyond recall. A withdrawal is the municipality's last word: only
    who may withdraw stops it. Raises PermissionDenied.
    """
    access.require(by, Action.DISPATCH_STOP)
    with transaction.atomic():
        running = ending.pending(object_key)
        if any(one.approval.snapshot.kind == Kind.WITHDRAWAL.value for one in running) and not access.can(
            by, Action.MESSAGE_WITHDRAW
        ):
            raise PermissionDenied("Die Kommune zieht dies zurück. Anhalten kann das nur, wer freigibt.")
        return ending.halt_pending(object_key, by)


def resume(object_key: str, *, by: User, second_factor: bool = False) -> Approval:
    """Lets a halted dispatch go on, under the release it has; nobody gets it twice. Only who could release it may."""
    with transaction.atomic():
        last = Approval.objects.filter(snapshot__object_key=object_key).order_by("-snapshot__number").first()
        # The last word may have been to withdraw it: then nothing is taken up again.
        halt = (
            Halt.objects.select_for_update(of=("self",))
            .filter(approval=last, lifted_at=None, approval__revocation=None)
            .select_related("approval__snapshot", "approval__dispatch")
            .first()
        )
        if last is None or halt is None:
            raise NotAccepted("Hier ist nichts angehalten.")
        _last_word(by, halt.approval.snapshot)
        now = clock.now()
        halt.lifted_at, halt.lifted_by = now, by
        halt.save(update_fields=["lifted_at", "lifted_by"])
        Delivery.objects.filter(approval=last, state=DeliveryState.PLANNED.value).update(
            due_at=now, next_try_at=now
        )
        audit.record(
            "release.resumed",
            actor=by,
            subject=object_key,
            data={"digest": last.pk, "second_factor": second_factor},
        )
        hints.dispatch_due(halt.approval.dispatch)
    return last


def withdraw(object_key: str, *, by: User, second_factor: bool = False) -> Approval:
    """Takes a message back wherever its channels can, in one go: a release of its own, by the municipality."""
    access.require(by, Action.MESSAGE_WITHDRAW)
    with transaction.atomic():
        last = (
            Snapshot.objects.filter(object_key=object_key, kind="message", approval__isnull=False)
            .order_by("-number")
            .first()
        )
        if last is None:
            raise Http404
        ending.end_pending(object_key, by, Ended.REVOKED)
        _replace_open(object_key, by)
        title = snapshot.opened(last)["content"]["title"]
        number = snapshot.next_number(object_key)
        body = snapshot.withdrawal_body(object_key, title, number=number, previous=last.digest)
        stored = snapshot.store(body, by=by)
        role = _last_word(by, stored)
        approval = _approve(stored, by, role, request=None, second_factor=second_factor)
        _plan_dispatch(approval, body, by)
    return approval
