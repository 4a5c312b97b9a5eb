"""What a lost job or a killed worker left behind is found here. Run by the ticker; each function reads like its promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef, Q

from stadtnah.kernel import clock
from stadtnah.publishing import accounts, holding
from stadtnah.publishing.channel import Account, Action, NotWanted, Outcome, Stage, Temporary, Unknown
from stadtnah.publishing.dispatch import claim, jobs
from stadtnah.publishing.models import ChannelAccount, Delivery, Dispatch, Revocation
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import RUNNING, DeliveryState, DispatchState

_PATIENCE = 3
_NO_PAGE = "Die Seite der Meldung konnte nicht veröffentlicht werden. Deshalb ging hier nichts hinaus."
_ENDED = "Die Freigabe endete, bevor es hinausging."
_GOES_ON = "Angehalten. Es ist noch nicht hinausgegangen."


def due_dispatches() -> list[str]:
    """Digests that wait and whose time has come."""
    return list(
        Dispatch.objects.filter(state=DispatchState.WAITING.value, due_at__lte=clock.now())
        .exclude(holding.halted("pk"))
        .order_by("lane", "due_at")
        .values_list("pk", flat=True)[:100]
    )


def waiting_accounts() -> list[tuple[str, int]]:
    """(account, lane) pairs that have claimable rows."""
    rows = claim.claimable(clock.now()).order_by("lane").values_list("account", "lane").distinct()
    return list(rows[:50])


def end_leases_of(gone: Callable[[str], bool]) -> None:
    """Rows that dead workers had claimed are settled at once, not when their lease runs out."""
    claimed = Delivery.objects.filter(state=DeliveryState.SENDING.value)
    names = set(claimed.order_by().values_list("claimed_by", flat=True).distinct())
    claimed.filter(claimed_by__in={name for name in names if gone(name)}).update(lease_until=clock.now())


def settle_expired_leases() -> int:
    """Rows of a dead worker: idempotent channels send again, others are looked up, else a person decides."""
    now = clock.now()
    rows = list(
        Delivery.objects.filter(state=DeliveryState.SENDING.value, lease_until__lt=now).order_by(
            "lease_until"
        )[:200]
    )
    for opened, mine in _by_account(rows):
        claim.record([claim.Result(one, _verdict(one, opened)) for one in mine], of_the_channel=False)
    return len(rows)


def _by_account(rows: list[Delivery]) -> Iterator[tuple[Account | None, list[Delivery]]]:
    for key in sorted({row.account for row in rows}):
        row = ChannelAccount.objects.filter(pk=key).first()
        opened = accounts.view(row, opened=True) if row else None
        yield opened, [row for row in rows if row.account == key]


def _verdict(row: Delivery, account: Account | None) -> Outcome:
    channel = CHANNELS.get(row.channel)
    if channel is None or account is None:
        return Unknown(claim.BROKEN_OFF)
    if row.begun_at is None and not channel.idempotent:
        return Temporary(
            "Nach einer Unterbrechung wird gesendet.", retry_at=clock.now()
        )  # nothing had left yet
    row.attempts += 1
    # A release that ended or is halted is not sent again to find out: it would then seem that nothing left.
    if channel.idempotent and holding.holds(row.approval_id):
        row.interrupted_at = clock.now()
        at_once = clock.now() if row.attempts < _PATIENCE else None  # a row that kills its worker backs off
        return Temporary("Nach einer Unterbrechung wird erneut gesendet.", retry_at=at_once)
    return jobs.ask(row, channel, account) or Unknown(claim.BROKEN_OFF)


def stop_rows_of_ended_releases() -> int:
    """Planned rows whose release has ended are stopped (a worker gave them back afterwards)."""
    return Delivery.objects.filter(
        holding.revoked(), state=DeliveryState.PLANNED.value, interrupted_at=None
    ).update(state=DeliveryState.STOPPED.value, finished_at=clock.now(), reason=_ENDED)


def settle_interrupted_rows() -> int:
    """Planned rows of an ended or halted release, a try of which may have arrived: the channel is asked, else a person decides."""
    rows = list(
        Delivery.objects.filter(
            holding.revoked() | holding.halted(),
            state=DeliveryState.PLANNED.value,
            interrupted_at__isnull=False,
        )[:200]
    )
    for opened, mine in _by_account(rows):
        results = [claim.Result(one, _of_interrupted(one, opened)) for one in mine]
        claim.record(results, of_the_channel=False)
    return len(rows)


def _of_interrupted(row: Delivery, account: Account | None) -> Outcome:
    channel = CHANNELS.get(row.channel)
    found = jobs.ask(row, channel, account) if channel and account else None
    if not isinstance(found, Temporary):
        return found or Unknown(claim.BROKEN_OFF)
    if Revocation.objects.filter(pk=row.approval_id).exists():
        return NotWanted(_ENDED)
    row.interrupted_at = None  # surely not there: it goes on when the halt is lifted
    return Temporary(_GOES_ON, retry_at=clock.now())


def give_up_behind_a_missing_page() -> int:
    """The page could not be published for good: what would link to it does not go out."""
    page_failed = Delivery.objects.filter(
        approval_id=OuterRef("approval_id"), stage=int(Stage.SITE), state=DeliveryState.FAILED.value
    )
    return (
        Delivery.objects.filter(Exists(page_failed), state=DeliveryState.PLANNED.value)
        .filter(interrupted_at=None)
        .exclude(Q(stage=int(Stage.SITE)) | Q(action=Action.DELETE.value))
        .update(state=DeliveryState.FAILED.value, finished_at=clock.now(), reason=_NO_PAGE)
    )


def close_finished_dispatches() -> int:
    """A planned dispatch without running rows is over."""
    running = Delivery.objects.filter(approval_id=OuterRef("pk"), state__in=[s.value for s in RUNNING])
    return (
        Dispatch.objects.filter(~Exists(running), state=DispatchState.PLANNED.value)
        .filter(Q(planned_at__isnull=False))
        .update(state=DispatchState.ENDED.value)
    )
