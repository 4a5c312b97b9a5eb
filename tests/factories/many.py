"""A municipality that has published for years: many messages at once, with every row that writing, releasing and sending leave.

What a single one costs on the way through the release is not the question of those who need thousands of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from stadtnah.kernel import clock
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import snapshot
from stadtnah.publishing.channel import Action
from stadtnah.publishing.content import Block, Content
from stadtnah.publishing.models import (
    Approval,
    ChannelAccount,
    Delivery,
    Dispatch,
    ReleaseRequest,
    Snapshot,
)
from stadtnah.publishing.registry import CHANNELS
from stadtnah.publishing.states import Lane
from stadtnah.surfaces.website import founding, publish
from stadtnah.surfaces.website.models import Category, MessagePage, NewsIndexPage, ReleasedPage
from tests.factories.bulk_pages import lay_below

DAYS = 3650
_TOGETHER = 500


def written(first: int, count: int) -> Iterator[Content]:
    """`count` messages of the last ten years, numbered from `first`; the same each time on one day."""
    for number in range(first, first + count):
        yield dated(
            Content(
                object_key=f"message:{uuid.uuid5(uuid.NAMESPACE_URL, str(number))}",
                title=f"Meldung {number}: Brücke wieder frei",
                teaser="Die Brücke am Mühlwehr ist wieder frei.",
                path=f"/aktuelles/2026/meldung-{number}/",
                link=f"http://localhost:8000/aktuelles/2026/meldung-{number}/",
                blocks=(Block("text", html="<p>Seit heute ist die Brücke frei.</p>"),),
                extra={"kind": "message"},
            ),
            number,
        )


def dated(content: Content, number: int) -> Content:
    """With a category and a day of the last ten years."""
    slug, label, colour = founding.CATEGORIES[number % len(founding.CATEGORIES)]
    day = clock.local(clock.now()).date() - timedelta(days=1 + number * 1_777 % DAYS)
    return replace(
        content,
        category=slug,
        category_label=label,
        dated=day.isoformat(),
        extra={**content.extra, "colour": colour},
    )


def public(contents: Sequence[Content], digests: Sequence[str]) -> list[ReleasedPage]:
    """What the website keeps of them."""
    rows = [publish._new(content, digest) for content, digest in zip(contents, digests, strict=True)]
    return ReleasedPage.objects.bulk_create(rows, batch_size=_TOGETHER)


def drafts(contents: Sequence[Content]) -> list[MessagePage]:
    """What the editors have of them, below the place of the messages."""
    categories = dict(Category.objects.values_list("slug", "pk"))
    now = clock.now()
    return lay_below(
        NewsIndexPage.objects.get(),
        [
            MessagePage(
                uuid=uuid.UUID(content.object_key.partition(":")[2]),
                title=content.title,
                slug=content.path.strip("/").rpartition("/")[2],
                teaser=content.teaser,
                body=[("text", block.html) for block in content.blocks],
                category_id=categories.get(content.category),
                dated=date.fromisoformat(content.dated) if content.dated else None,
                year=int(content.path.split("/")[2]),
                live=True,
                latest_revision_created_at=_moment(content, now),
            )
            for content in contents
        ],
    )


def released(contents: Sequence[Content], *, by: User, approver: User) -> list[str]:
    """What publishing keeps of each: laid before the municipality, released, put on the website. Returns the digests."""
    website = ChannelAccount.objects.get_or_create(
        key="website", defaults={"channel": "website", "label": "Website"}
    )[0]
    entries = [
        snapshot.Entry(
            website, CHANNELS["website"], Action.CREATE, CHANNELS["website"].render(c, {}, website)
        )
        for c in contents
    ]  # type: ignore[arg-type] # the channel does not look at it
    snapshots = []
    for content, entry in zip(contents, entries, strict=True):
        data = snapshot.canonical(snapshot.message_body(content, [entry], number=1, wish=""))
        snapshots.append(
            Snapshot(
                digest=snapshot.digest_of(data),
                kind="message",
                object_key=content.object_key,
                number=1,
                body=data.decode(),
                created_by=by,
            )
        )
    _store(snapshots, contents, by, approver)
    return [one.digest for one in snapshots]


def _store(snapshots: list[Snapshot], contents: Sequence[Content], by: User, approver: User) -> None:
    now = clock.now()
    requests, approvals, dispatches, deliveries = [], [], [], []
    for one, content in zip(snapshots, contents, strict=True):
        at = _moment(content, now)
        request = ReleaseRequest(
            snapshot=one, object_key=one.object_key, title=content.title, submitted_by=by, submitted_at=at,
            state="released", decided_by=approver, decided_at=at,
        )  # fmt: skip
        approval = Approval(snapshot=one, approver=approver, role="approver", at=at, request=request)
        lane = Lane.NEWS.value
        requests.append(request)
        approvals.append(approval)
        dispatches.append(
            Dispatch(
                approval=approval,
                object_key=one.object_key,
                due_at=at,
                lane=lane,
                state="ended",
                planned_at=at,
            )
        )
        deliveries.append(
            Delivery(
                approval=approval, object_key=one.object_key, account="website", channel="website", action="create",
                stage=int(CHANNELS["website"].stage), lane=lane, state="sent", attempts=1, due_at=at, next_try_at=at,
                finished_at=at,
            )
        )  # fmt: skip
    Snapshot.objects.bulk_create(snapshots, batch_size=_TOGETHER)
    ReleaseRequest.objects.bulk_create(requests, batch_size=_TOGETHER)
    Approval.objects.bulk_create(approvals, batch_size=_TOGETHER)
    Dispatch.objects.bulk_create(dispatches, batch_size=_TOGETHER)
    Delivery.objects.bulk_create(deliveries, batch_size=_TOGETHER)


def _moment(content: Content, now: datetime) -> datetime:
    return (
        clock.resolve_wall(datetime.combine(date.fromisoformat(content.dated), clock_time(9)))
        if content.dated
        else now
    )
