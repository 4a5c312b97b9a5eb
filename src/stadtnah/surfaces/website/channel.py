"""The website and its feeds as channels: what publishing releases becomes public here, and nowhere else."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from stadtnah.kernel.media import MediaError
from stadtnah.kernel.rights.api import Use
from stadtnah.kernel.town.api import base_url
from stadtnah.publishing.api import Delivery, Snapshot
from stadtnah.publishing.channel import (
    Account,
    Action,
    Channel,
    Job,
    Outcome,
    Permanent,
    Rendered,
    Sent,
    Stage,
    Temporary,
    Whole,
)
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding, error
from stadtnah.publishing.states import DeliveryState
from stadtnah.surfaces.website import bake, feeds, kinds, publish, standing
from stadtnah.surfaces.website.models import ReleasedPage

logger = logging.getLogger(__name__)
_LISTS_AT_LEAST_EVERY = 5.0  # seconds, while many pages go live one after the other


class WebsiteChannel(Channel):
    """The town's own website."""

    key: ClassVar[str] = "website"
    label: ClassVar[str] = "Website"
    use: ClassVar[Use] = Use.WEBSITE
    leaves_out: ClassVar[bool] = True
    stage: ClassVar[Stage] = Stage.SITE
    idempotent: ClassVar[bool] = True
    built_in: ClassVar[bool] = True
    can_update: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    preview_template: ClassVar[str] = "website/preview/website.html"

    def __init__(self) -> None:
        self._settled = 0.0

    def carries(self, content: Content) -> bool:
        """Everything that can be released."""
        del content
        return True

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        """The content itself and the digests of its pictures and documents: the page is a function of both and the theme."""
        del options
        body = {"content": content.to_json(), "media": content.media()}
        return Rendered(self.key, account.key, body)

    def check(self, content: Content, rendered: Rendered) -> list[Finding]:
        """Whether the page can have its address, as it is now."""
        del rendered
        problem = "" if standing.of(content.object_key) else publish.address_problem(content)
        return [error("address", "message", problem)] if problem else []

    def shows_whole(self, content: Content) -> bool:
        """Whether it is a page of its own: the facts of the municipality, say, are none."""
        return kinds.has_page(content)

    def whole(self, content: Content, body: Mapping[str, Any]) -> Whole | None:
        """The page that a release bakes, made of the same content."""
        del content
        released = Content.from_json(body["content"])
        return Whole(bake.preview(released)) if self.shows_whole(released) else None

    def outdated(self, content: Content) -> str:
        """What is no page of its own may have lost its ground meanwhile."""
        thing = standing.of(content.object_key)
        return thing.outdated(content) if thing else ""

    def send(self, job: Job) -> Outcome:
        """Makes the page public, changes it, or takes it back."""
        try:
            if thing := standing.of(job.object_key):
                return self._standing(thing, job)
            row = self._carry_out(job)
        except ValueError as problem:
            return Permanent(str(problem))
        except MediaError as problem:
            return Temporary(f"Ein Bild der Seite ließ sich nicht bereitstellen: {problem}")
        except OSError:
            return Temporary("Die Seite konnte nicht gespeichert werden. Ist der Speicherplatz voll?")
        self._lists()
        return Sent(remote_id=row.path, url=base_url() + row.path) if row else Sent()

    def _standing(self, thing: standing.Standing, job: Job) -> Outcome:
        if job.action is Action.DELETE:
            return Permanent(f"{thing.title}: Das gehört fest zur Website.")
        thing.put_live(Content.from_json(job.body["content"]), job.digest)
        return _standing_at(job)

    def look_up(self, job: Job) -> Outcome:
        """Whether the page shows this release, or is withdrawn by it."""
        thing = standing.of(job.object_key)
        if thing and thing.shows(job.digest):
            return _standing_at(job)
        return _looked_up(job)

    def _carry_out(self, job: Job) -> ReleasedPage | None:
        shown = ReleasedPage.objects.filter(pk=job.object_key).first()
        if shown and _is_older(job.digest, shown.digest):
            return shown  # a late retry of an earlier version: what is shown now was released after it
        if job.action is Action.DELETE:
            return publish.withdraw(job.object_key, job.digest)
        return publish.put_live(Content.from_json(job.body["content"]), job.digest)

    def _lists(self) -> None:
        """At once for a single message; during a bulk release every few seconds and after the last.

        `publish.settle` is also run by the ticker, so a worker that dies in between leaves nothing stale.
        """
        waiting = Delivery.objects.filter(channel=self.key, state=DeliveryState.PLANNED.value)
        if time.monotonic() - self._settled < _LISTS_AT_LEAST_EVERY and waiting.exists():
            return
        try:
            publish.settle()
        except Exception:
            # The page itself is out, and that is what this row says; what is stale stays marked for the ticker.
            logger.exception("the lists could not be made anew")
        self._settled = time.monotonic()


def _standing_at(job: Job) -> Sent:
    return Sent(remote_id="/", url=base_url() + Content.from_json(job.body["content"]).path)


def _is_older(digest: str, shown: str) -> bool:
    numbers = dict(Snapshot.objects.filter(digest__in=[digest, shown]).values_list("digest", "number"))
    return digest in numbers and shown in numbers and numbers[digest] < numbers[shown]


def _looked_up(job: Job) -> Sent | Temporary:
    row = ReleasedPage.objects.filter(pk=job.object_key, digest=job.digest).first()
    if row is None:
        return Temporary("Die Website zeigt diese Fassung nicht.")
    return Sent(remote_id=row.path, url=base_url() + row.path)


def _atom() -> str:
    return f"{base_url()}/feeds/atom.xml"


class FeedsChannel(Channel):
    """Atom, RSS and JSON Feed of the website."""

    key: ClassVar[str] = "feeds"
    label: ClassVar[str] = "Feeds (Atom, RSS, JSON)"
    use: ClassVar[Use] = Use.WEBSITE
    leaves_out: ClassVar[bool] = True
    stage: ClassVar[Stage] = Stage.FEED
    idempotent: ClassVar[bool] = True
    built_in: ClassVar[bool] = True
    can_update: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True
    preview_template: ClassVar[str] = "website/preview/feeds.html"

    def carries(self, content: Content) -> bool:
        """News; events have feeds of their own beside their lists."""
        return content.is_message

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        """What a feed reader shows in its list; the feeds carry the page's own content."""
        del options
        shown = {"title": content.title, "summary": content.teaser, "link": content.link}
        body = {"object": content.object_key, "listed": content.is_message, **shown}
        return Rendered(self.key, account.key, body)

    def send(self, job: Job) -> Outcome:
        """Bakes the feeds from what is live."""
        try:
            feeds.bake_feeds()
        except OSError:
            return Temporary("Die Feeds konnten nicht gespeichert werden. Ist der Speicherplatz voll?")
        return Sent(remote_id=job.object_key, url=_atom())

    def look_up(self, job: Job) -> Outcome:
        """The feeds follow the page: what it shows is in them, or will be in seconds."""
        found = _looked_up(job)
        return Sent(job.object_key, _atom()) if isinstance(found, Sent) else found
