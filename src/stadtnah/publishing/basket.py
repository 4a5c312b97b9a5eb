"""The release basket: small changes of the website that wait for the municipality, seen together and released in one go.

Each object keeps a snapshot, a digest and an approval of its own; the basket saves clicks, not the look at what is released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from stadtnah.kernel.identity.models import User
from stadtnah.publishing import snapshot
from stadtnah.publishing.approval import release
from stadtnah.publishing.channel import Stage
from stadtnah.publishing.content import Content
from stadtnah.publishing.models import Approval, ReleaseRequest, Snapshot
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import Kind, RequestState

# What nobody opened was not seen.
_SEEN = (RequestState.RELEASED.value, RequestState.RETURNED.value, RequestState.REFUSED.value)


def website_alone() -> QuerySet[ReleaseRequest]:
    """Open requests that go nowhere but to the town's own website and feeds, and at once.

    Read from the snapshot's canonical JSON: within its texts a quotation mark is escaped, so only the keys themselves match.
    """
    rows = ReleaseRequest.objects.filter(
        state=RequestState.OPEN.value, snapshot__body__contains='"send_at":null'
    )
    for key in CHANNELS.keys():  # noqa: SIM118 - a registry, not a dict
        if CHANNELS[key].stage >= Stage.OUT:
            rows = rows.exclude(snapshot__body__contains=f'"channel":"{key}"')
    return rows


def release_many(
    seen: Iterable[tuple[object, str]], *, by: User, second_factor: bool = False
) -> list[Approval]:
    """Releases several requests in one go: (request id, digest that was seen). All or none; raises as `release` does."""
    with transaction.atomic():
        return [
            release(str(pk), by=by, seen_digest=digest, second_factor=second_factor) for pk, digest in seen
        ]


def seen_before(rows: Iterable[ReleaseRequest]) -> Mapping[str, Content]:
    """By object key: the version that the municipality saw or released last, before the one that waits. Two queries."""
    earlier = (
        Snapshot.objects.filter(
            object_key=OuterRef("object_key"),
            number__lt=OuterRef("snapshot__number"),
            kind=Kind.MESSAGE.value,
            requests__state__in=_SEEN,
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    asked = ReleaseRequest.objects.filter(pk__in=[row.pk for row in rows]).annotate(earlier=Subquery(earlier))
    digests = dict(asked.exclude(earlier=None).values_list("object_key", "earlier"))
    found = Snapshot.objects.in_bulk(list(digests.values()))
    return {key: snapshot.content_of(found[digest]) for key, digest in digests.items()}
