"""How it stands with a message, in the words people see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet

from stadtnah.kernel import clock
from stadtnah.kernel.text import grouped
from stadtnah.publishing import holding
from stadtnah.publishing.channel import Stage
from stadtnah.publishing.models import Approval, ChannelAccount, Delivery, Dispatch, ReleaseRequest, Snapshot
from stadtnah.publishing.states import RUNNING, DeliveryState, DispatchState, Kind, RequestState

_Account = tuple[str, str, str, int]  # state, account, reason and stage of a delivery


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is stable (for filters and styles), `label` and `text` are German."""

    state: str
    label: str
    text: str
    counts: dict[str, int] = field(default_factory=dict)  # of the current version's deliveries, by state
    digest: str = ""
    request_id: str = ""
    resumable: bool = False  # halted, and may go on as it was released
    released: bool = False  # whether any version of it was ever released


# Here the words name the account.
_NAMED = (DeliveryState.UNKNOWN.value, DeliveryState.FAILED.value)
DRAFT = Status("draft", "Entwurf", "Nur im Redaktionsbereich sichtbar.")


def status(object_key: str) -> Status:
    """The status of one message."""
    return statuses([object_key])[object_key]


def statuses(keys: Iterable[str]) -> dict[str, Status]:
    """The status of many messages in a constant number of queries."""
    wanted = list(keys)
    requests: dict[str, ReleaseRequest] = {}
    for request in (
        ReleaseRequest.objects.filter(object_key__in=wanted)
        .exclude(state=RequestState.REPLACED.value)
        .select_related("decided_by")
        .order_by("submitted_at")
    ):
        requests[request.object_key] = request
    latest: dict[str, Snapshot] = {}
    for snap in (
        Snapshot.objects.filter(object_key__in=wanted, approval__isnull=False)
        .select_related("approval__approver", "approval__revocation", "approval__dispatch")
        .annotate(halted=holding.halted("pk"))
        .defer("body")
        .order_by("number")
    ):
        latest[snap.object_key] = snap
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    accounts: dict[str, list[_Account]] = defaultdict(list)
    digests = [snap.pk for snap in latest.values()]
    for digest, state, account, reason, stage, number in (
        Delivery.objects.filter(approval_id__in=digests)
        .values_list("approval_id", "state", "account", "reason", "stage")
        .annotate(number=Count("pk"))
    ):
        counts[digest][state] += number
        accounts[digest].append((state, account, reason, stage))
    if any(row[0] in _NAMED for rows in accounts.values() for row in rows):
        labels = dict(ChannelAccount.objects.values_list("pk", "label"))
        for digest, rows in accounts.items():
            accounts[digest] = [
                (state, labels.get(key, key), reason, stage) for state, key, reason, stage in rows
            ]
    found = {key: _status(requests.get(key), latest.get(key), counts, accounts) for key in wanted}
    return {key: replace(one, released=key in latest) for key, one in found.items()}


def laid_before(keys: Collection[str] | QuerySet[Any, Any]) -> set[str]:
    """Those of which the municipality was ever given a version to decide about. One query."""
    seen = Snapshot.objects.filter(object_key__in=keys)
    return set(seen.values_list("object_key", flat=True).distinct())


def told(keys: Collection[str]) -> dict[str, datetime]:
    """When the municipality was told of each last: what was submitted, or taken back, is the newest that it knows.

    Two queries. Not here: what it was never told of. A version that it gave another time is not newer for that.
    """
    if not keys:
        return {}
    submitted = ReleaseRequest.objects.filter(object_key__in=keys).order_by().values_list("object_key")
    known: dict[str, datetime] = dict(submitted.annotate(last=Max("submitted_at")))
    taken_back = Approval.objects.filter(snapshot__object_key__in=keys, snapshot__kind=Kind.WITHDRAWAL.value)
    for key, at in taken_back.order_by().values_list("snapshot__object_key").annotate(last=Max("at")):
        known[key] = max(at, known.get(key, at))
    return known


def _status(
    request: ReleaseRequest | None,
    snap: Snapshot | None,
    counts: dict[str, Counter[str]],
    accounts: dict[str, list[_Account]],
) -> Status:
    released = snap.approval.at if snap else None
    if (
        request
        and request.state != RequestState.RELEASED.value
        and (not released or request.submitted_at > released)
    ):
        return _of_request(request)
    if snap is None:
        return DRAFT
    return _of_release(snap, counts[snap.pk], accounts[snap.pk])


def _of_request(request: ReleaseRequest) -> Status:
    who = request.decided_by.name if request.decided_by else "Die Kommune"
    said = f"{who}: „{request.reason}“" if request.reason else f"{who} hat Anmerkungen gemacht."
    key = str(request.pk)
    if request.state == RequestState.OPEN.value:
        since = clock.german_datetime(request.submitted_at)
        return Status("submitted", "Zur Freigabe", f"Wartet auf die Freigabe seit {since}.", request_id=key)
    if request.state == RequestState.RETURNED.value:
        return Status("returned", "Zurück an Redaktion", said, request_id=key)
    if request.state == RequestState.REFUSED.value:
        return Status("refused", "Abgelehnt", said, request_id=key)
    return Status("draft", "Entwurf", request.reason or DRAFT.text, request_id=key)


def _of_release(snap: Snapshot, counts: Counter[str], accounts: list[_Account]) -> Status:
    approval = snap.approval
    dispatch: Dispatch | None = getattr(approval, "dispatch", None)
    revocation = getattr(approval, "revocation", None)

    def said(state: str, label: str, text: str) -> Status:
        return Status(state, label, text, counts=dict(counts), digest=snap.pk)

    sent, _total = _sent_of(counts)
    waiting = dispatch is not None and dispatch.state == DispatchState.WAITING.value
    if revocation:
        if not sent:
            return said("draft", "Entwurf", "Die Freigabe gilt nicht mehr. Bitte neu zur Freigabe geben.")
        if counts[DeliveryState.STOPPED.value]:
            ended = "Für den Rest gilt die Freigabe nicht mehr. Bitte neu zur Freigabe geben."
            return said("stopped", "Angehalten", f"{_gone_out(sent, counts)} {ended}")
    elif getattr(snap, "halted", False) and (waiting or any(counts[state.value] for state in RUNNING)):
        return replace(said("stopped", "Angehalten", _gone_out(sent, counts)), resumable=True)
    return _under_way(snap, counts, accounts, said)


def _under_way(
    snap: Snapshot,
    counts: Counter[str],
    accounts: list[_Account],
    said: Callable[[str, str, str], Status],
) -> Status:
    """Of a release that holds: waiting, in doubt, failed, being sent, or through."""
    approval = snap.approval
    dispatch: Dispatch | None = getattr(approval, "dispatch", None)
    sent, total = _sent_of(counts)
    if dispatch and dispatch.state == DispatchState.WAITING.value:
        if snap.kind == "withdrawal":  # nothing goes out: whoever just took it back must not read so
            return said("sending", "Wird zurückgezogen", "Die Rücknahme beginnt gleich.")
        when = clock.german_datetime(dispatch.due_at)
        return said("scheduled", "Geplant", f"Geht am {when} hinaus.")
    for state, name, text in (
        (
            DeliveryState.UNKNOWN,
            "Ungeklärt",
            "{account} hat nicht geantwortet. Bitte dort nachsehen, bevor Sie erneut senden.",
        ),
        (
            DeliveryState.FAILED,
            "Teilweise zugestellt" if sent else "Nicht zugestellt",
            "{account} hat nicht angenommen: {reason}",
        ),
    ):
        hit = next((a for a in accounts if a[0] == state.value), None)
        if hit:
            code = state.value if state is DeliveryState.UNKNOWN or not sent else "partly"
            return said(code, name, text.format(account=hit[1], reason=hit[2]))
    if sent < total or (dispatch and dispatch.state == DispatchState.PLANNED.value):
        if snap.kind == "withdrawal":
            return said("sending", "Wird zurückgezogen", f"{grouped(sent)} von {grouped(total)} erledigt.")
        if accounts and not _beyond_website(accounts):
            return said("sending", "Wird veröffentlicht", "Erscheint gleich auf der Website.")
        return said("sending", "Wird versendet", f"{grouped(sent)} von {grouped(total)} zugestellt.")
    if snap.kind == "withdrawal":
        return said("withdrawn", "Zurückgezogen", "Auf der Website nicht mehr zu sehen.")
    label, text = _arrived(accounts)
    if snap.number > 1 and sent:
        when = clock.german_datetime(approval.at)
        return said("delivered", label, f"Fassung {snap.number} vom {when}.")
    return said("delivered", label, text)


def _beyond_website(accounts: list[_Account]) -> bool:
    """Pages and imported history go nowhere but to the website: nothing is delivered to anybody."""
    return any(stage == Stage.OUT for *_rest, stage in accounts)


def _arrived(accounts: list[_Account]) -> tuple[str, str]:
    if _beyond_website(accounts):
        return "Zugestellt", "Auf allen Kanälen angekommen."
    return "Veröffentlicht", "Auf der Website zu sehen."


def _sent_of(counts: Counter[str]) -> tuple[int, int]:
    """How many of how many; whoever left after the planning is no recipient any more."""
    return counts[DeliveryState.SENT.value], sum(counts.values()) - counts[DeliveryState.STOPPED.value]


def _gone_out(sent: int, counts: Counter[str]) -> str:
    """Of a stopped dispatch: how much left before, and honestly what is still under way."""
    under_way = counts[DeliveryState.SENDING.value]
    if sent:
        said = (
            "Eine Zustellung war schon hinausgegangen."
            if sent == 1
            else f"{sent} Zustellungen waren schon hinausgegangen."
        )
    else:
        said = "Es war noch nichts hinausgegangen."
    if not under_way:
        return said
    now = "Eine ist" if under_way == 1 else f"{under_way} sind"
    return f"{said} {now} gerade noch in Arbeit; was daraus wird, steht gleich hier."
