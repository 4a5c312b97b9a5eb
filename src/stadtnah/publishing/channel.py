"""The contract between publishing and a channel. Channels register themselves; publishing imports none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, ClassVar

from stadtnah.kernel.rights.api import Use
from stadtnah.publishing.content import Content
from stadtnah.publishing.findings import Finding


class Stage(IntEnum):
    """A later stage waits until the earlier ones of the same snapshot are through."""

    SITE = 0  # the page must be there before anything links to it
    FEED = 1
    OUT = 2


class Action(StrEnum):
    """What a delivery does at the channel."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Account:
    """A channel account as an adapter sees it: settings and opened secrets."""

    key: str  # "mastodon:erlenfurt", stable
    channel: str
    label: str
    config: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)  # empty while rendering


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting of an account, as the desk asks for it. Label and help are German.

    secret: kept sealed, written but never shown. target: names the place the secrets go to; when it changes, they
    have to be entered anew, so that a stored secret never reaches another server.
    """

    name: str
    label: str
    help: str = ""
    required: bool = True
    secret: bool = False
    target: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # (value, label); a free text when empty
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """How much of the room is used, counted the way the channel counts."""

    used: int
    limit: int
    unit: str  # as people say it: "Zeichen"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes for one account, as plain JSON: they are part of the snapshot and so of the release.

    `body` belongs to the channel. Pictures are named by sha256 (never by address), each with its alt.
    Personal parts (an unsubscribe link) are placeholders that the channel names in its docs.
    """

    channel: str
    account: str
    body: dict[str, Any]
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """All that readers get for one account, as HTML. Mail clients know no style sheet: only a mail brings its styles along."""

    html: str
    own_styles: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel took it. `remote_id` is what UPDATE and DELETE need; `url` is where people see it."""

    remote_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Temporary:
    """Not now: retried with backoff, not before `retry_at` when given. `reason` is German, for people.

    of_recipient: the server is sound and only this recipient has to wait (greylisting), so the breaker stays shut.
    """

    reason: str
    retry_at: datetime | None = None
    of_recipient: bool = False


@dataclass(frozen=True, slots=True)
class Permanent:
    """Never like this. `account_broken` means nothing can go out there (token expired): the account is held."""

    reason: str
    account_broken: bool = False


@dataclass(frozen=True, slots=True)
class NotWanted:
    """The recipient is none any more (left, erased) since this was planned: nothing was sent, and nothing is wrong."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be out or not: never retried blindly. `look_up` is asked, else a person decides."""

    reason: str


Outcome = Sent | Temporary | Permanent | Unknown | NotWanted


@dataclass(frozen=True, slots=True)
class Job:
    """One delivery to carry out."""

    delivery_id: str  # UUID, stable over retries: the root of every idempotency key and Message-ID
    action: Action
    recipient: (
        str  # "" for a channel with one audience; else the channel's own opaque key (a subscriber's id)
    )
    account: Account
    body: dict[str, Any]  # Rendered.body out of the released snapshot, digest checked
    attempt: int  # 1 for the first
    previous_remote_id: str = ""  # for UPDATE and DELETE
    object_key: str = ""
    digest: str = ""


class Halted(Exception):
    """The release was halted or ended before the first byte left: nothing went out, the row goes back."""


class Channel:
    """Base of every adapter. `render` is pure: preview, release and sending show the same bytes."""

    key: ClassVar[str]
    label: ClassVar[str]  # German, shown in the desk
    stage: ClassVar[Stage] = Stage.OUT
    idempotent: ClassVar[bool] = False  # sending twice with the same delivery_id has one effect
    can_update: ClassVar[bool] = False
    can_delete: ClassVar[bool] = False
    cannot_take_back: ClassVar[str] = ""  # German: why an update or deletion is not possible
    preview_template: ClassVar[str] = ""  # gets `rendered`, `account`, `content`
    text_field: ClassVar[str] = ""  # label of the per-channel text an editor may adapt; "" for none
    # What a picture must be allowed for to go with it. On the website it goes again when that ends; from others nothing comes back.
    use: ClassVar[Use] = Use.SOCIAL
    # Shows what was released less what may not be shown any more; others do not send it then.
    leaves_out: ClassVar[bool] = False
    batch: ClassVar[int] = 20  # how many jobs one call of `deliver` gets
    secret_names: ClassVar[tuple[str, ...]] = ()
    settings_fields: ClassVar[tuple[SettingField, ...]] = ()
    # The settings that say in whose name and to where it goes: they are released with the bytes (`snapshot.sender`).
    sender_fields: ClassVar[tuple[str, ...]] = ()
    built_in: ClassVar[bool] = False  # one account that belongs to every message and stays switched on
    can_verify: ClassVar[bool] = False  # `verify` asks the channel

    def settings_problems(self, config: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with settings beyond missing ones: field name to a German sentence."""
        return {}

    def settings_saved(self, config: Mapping[str, str], label: str) -> None:
        """Called in the transaction that saves an account, for what the channel keeps besides."""

    def verify(self, account: Account) -> Outcome | None:
        """Asks the channel whether these settings work: Sent, or what is wrong. None: it cannot be asked."""
        return None

    def carries(self, content: Content) -> bool:
        """Whether this content belongs on the channel at all: news and events anywhere, any other page on the website."""
        return content.can_go_out

    def render(self, content: Content, options: dict[str, Any], account: Account) -> Rendered:
        """The bytes for this account. `options["text"]` is the editor's own text, "" or missing: make one."""
        raise NotImplementedError

    def check(self, content: Content, rendered: Rendered) -> list[Finding]:
        """What stops or is worth saying, for this channel (length, alternative text, number of pictures)."""
        return []

    def shows_whole(self, content: Content) -> bool:
        """Whether there is something to see of this content as a whole; asked often, so without making it."""
        del content
        return False

    def whole(self, content: Content, body: Mapping[str, Any]) -> Whole | None:
        """Everything readers will get, for whoever writes or releases it, pictures inside; None where there is nothing to see."""
        del content, body
        return None

    def outdated(self, content: Content) -> str:
        """Why this cannot be released any more as it was laid before the municipality, German; "" when it can."""
        return ""

    def audience(self, rendered: dict[str, Any], account: Account) -> int | None:
        """How many people it goes to now; None when the channel does not know (followers of a server)."""
        return None

    def recipients(self, rendered: dict[str, Any], account: Account) -> Iterable[str]:
        """The recipients at the time of dispatch, as opaque keys. One empty string for a single post."""
        return ("",)

    def deliver(
        self, jobs: Sequence[Job], *, stop: Callable[[], bool], begin: Callable[[Sequence[str]], None]
    ) -> Iterator[tuple[str, Outcome]]:
        """Carries jobs out in order, yields (delivery_id, outcome) as soon as each is known.

        Asks `stop()` before each job and ends when it says True; what was not yielded then is not sent.
        Calls `begin([delivery_id])` right before the first byte of a job leaves: when the worker is killed, only what
        had begun is in doubt. (It writes to the database, so an event loop must not call it.)
        Never raises for a fault of the channel: that is an outcome. No database transaction is open meanwhile.
        """
        for job in jobs:
            if stop():
                return
            begin([job.delivery_id])
            try:
                outcome = self.send(job)
            except Halted:
                return
            yield job.delivery_id, outcome

    def send(self, job: Job) -> Outcome:
        """Carries one job out (CREATE, UPDATE or DELETE). Raises Halted when it found, before the first byte, that it may not."""
        raise NotImplementedError

    def look_up(self, job: Job) -> Outcome | None:
        """After `Unknown` or a killed worker: asks the channel whether it is out. None: it cannot tell.

        Sent(...) when found; Temporary(...) when it is surely not there and may be sent again.
        """
        return None
