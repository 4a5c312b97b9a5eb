"""What may be shown today: the rule, asked of the register."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from stadtnah.kernel import clock, turns
from stadtnah.kernel.rights.models import Consent, MediaRights
from stadtnah.kernel.rights.rule import SOON, UNKNOWN, State, Verdict, judged


def today() -> date:
    """The town's day: an end is reached at local midnight, in both nights with a clock change too."""
    return clock.local(clock.now()).date()


def of(row: MediaRights | None, day: date | None = None) -> Verdict:
    """The verdict for a row whose consents are read already (`prefetch_related`)."""
    if row is None:
        return UNKNOWN
    people = row.grants()
    return judged(row.licence(), people, day or today(), complete=row.nobody or bool(people))


def verdicts(digests: Collection[str], day: date | None = None) -> Mapping[str, Verdict]:
    """The verdict for each of these digests. Two queries, none for an empty list."""
    if not digests:
        return {}
    rows = MediaRights.objects.filter(pk__in=set(digests)).prefetch_related("consents")
    found = {row.pk: of(row, day) for row in rows}
    return {digest: found.get(digest, UNKNOWN) for digest in digests}


def hold_still() -> None:
    """Until this transaction ends no verdict changes: for whoever makes a page public, before its row is touched.

    The register as a whole, not single rows: of a picture that nobody entered yet there is none to lock.
    """
    turns.take(turns.RIGHTS, shared=True)


def overdue() -> set[str]:
    """What may not be shown any more, and was not taken down yet."""
    return set(rows_like(State.ENDED).filter(taken_down_at=None).values_list("pk", flat=True))


def to_tell(*, ended: bool) -> list[tuple[str, Verdict]]:
    """What ends soon, or was taken down, and of which nobody was told yet."""
    rows = rows_like(State.ENDED).exclude(taken_down_at=None) if ended else rows_like(State.SOON)
    found = ((row, of(row)) for row in rows.prefetch_related("consents").order_by("pk"))
    return [(row.pk, verdict) for row, verdict in found if row.reminded_for != _end(verdict)]


def note_told(told: list[tuple[str, Verdict]]) -> None:
    """Somebody was told of these ends."""
    for sha256, verdict in told:
        MediaRights.objects.filter(pk=sha256).update(reminded_for=_end(verdict))


def _end(verdict: Verdict) -> date | None:
    return verdict.since or verdict.until


def verdict(sha256: str) -> Verdict:
    """The verdict for one."""
    return verdicts([sha256])[sha256]


def rows_like(state: State) -> QuerySet[MediaRights]:
    """The rows in a state, as a query: for lists. The rule decides (`of`); a test holds this against it."""
    day = today()
    over = Q(until__lt=day) | Q(revoked_at__isnull=False)
    mine = Consent.objects.filter(pictures=OuterRef("pk"))
    ended = (Q(licensed=True) & over) | Q(barred_on__isnull=False) | Exists(mine.filter(over))
    if state is State.ENDED:
        return MediaRights.objects.filter(ended)
    near = Q(until__gte=day, until__lte=day + timedelta(days=SOON.days))
    soon = (Q(licensed=True) & near) | Exists(mine.filter(near))
    open_ = MediaRights.objects.exclude(ended)
    if state is State.SOON:
        return open_.filter(soon)
    known = Q(licensed=True) & (Q(nobody=True) | Exists(mine))
    left = open_.exclude(soon)
    return left.filter(known) if state is State.FREE else left.exclude(known)
