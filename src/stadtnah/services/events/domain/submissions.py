"""An event is handed in, confirmed, changed, withdrawn; asked back, taken over or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from stadtnah.kernel import clock, letters, vault
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Action as Doing
from stadtnah.services.events import tasks
from stadtnah.services.events.domain.entry import Entry, event_of, from_json, last_day, to_json
from stadtnah.services.events.domain.event import Event, Status
from stadtnah.services.events.models import Club, Letter, Submission

# From everybody together; more than all clubs of a town hand in before a season, and little enough for an inbox to survive it.
GLOBAL_LIMIT, GLOBAL_WINDOW = 60, timedelta(hours=1)
MOST_UNCONFIRMED: Final = 3  # for one mailbox: whoever types somebody else's address cannot fill it
CONFIRM_WITHIN: Final = timedelta(days=2)
KEPT_AFTER: Final = timedelta(days=30)
_AT_ONCE: Final = 200
_LINK, _UID = "events.submission", "events.uid"
_LINK_LIFE: Final = timedelta(days=800)  # longer than any row: what ends the link is that the row goes
State, Trust, Kind = Submission.State, Club.Trust, Letter.Kind
OPEN: Final = (State.WAITING, State.ASKED)
UNDECIDED: Final = "undecided"  # of the inbox: what is to be dealt with
SENDERS: Final = (State.UNCONFIRMED, *OPEN)  # while it is still the sender's


class FormIsFullError(Exception):
    """Too many events from everybody together; try again later."""


class MailboxIsFullError(Exception):
    """Too many unconfirmed events for this mailbox."""


class TakenError(Exception):
    """The submission is no longer what it was: decided, withdrawn or changed meanwhile. German message."""


class NotSaidError(Exception):
    """A question without words, or a refusal without a reason. German message."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in."""

    email: str
    contact: str = ""
    language: str = "de"


def receive(entry: Entry, sender: Sender, shown: str) -> Submission:
    """Keeps an event and asks its sender to confirm. The same from the same form (`shown`) sent twice is one.

    Raises FormIsFullError, MailboxIsFullError. What it returns is stored: only then may anybody be thanked.
    """
    now, form_key = clock.now(), hashlib.sha256(repr((shown, entry, sender)).encode()).hexdigest()
    with transaction.atomic():
        known = Submission.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        if Submission.objects.filter(at__gt=now - GLOBAL_WINDOW).count() >= GLOBAL_LIMIT:
            raise FormIsFullError
        if _unconfirmed(sender.email) >= MOST_UNCONFIRMED:
            raise MailboxIsFullError
        made, new = Submission.objects.get_or_create(
            form_key=form_key,
            defaults={
                "entry": to_json(entry),
                "ends_on": _ends_on(entry),
                "email": sender.email,
                "contact": sender.contact,
                "language": sender.language,
                "at": now,
            },
        )
        if new:
            write(made, Kind.CONFIRM)
    return made


def confirm(submission: Submission) -> Submission:
    """The sender's address is theirs: the event now waits to be looked at. Twice does nothing."""
    now = clock.now()
    with transaction.atomic():
        rows = Submission.objects.filter(pk=submission.pk, state=State.UNCONFIRMED)
        if rows.update(state=State.WAITING, confirmed_at=now):
            club, _new = Club.objects.update_or_create(
                key=club_key(submission.email),
                defaults={"last_at": now},
                create_defaults={"name": entry_of(submission).organiser, "at": now, "last_at": now},
            )
            Submission.objects.filter(pk=submission.pk).update(club=club)
            write(submission, Kind.ARRIVED)
    submission.refresh_from_db()
    return submission


def change(submission: Submission, entry: Entry) -> None:
    """The sender puts something right; what was asked is answered by it. Raises TakenError."""
    with transaction.atomic():
        rows = Submission.objects.filter(pk=submission.pk, state__in=SENDERS)
        if not rows.update(entry=to_json(entry), ends_on=_ends_on(entry), version=F("version") + 1):
            raise TakenError
        Submission.objects.filter(pk=submission.pk, state=State.ASKED).update(state=State.WAITING, note="")


def withdraw(submission: Submission) -> None:
    """The sender takes it back, and nothing of it stays. Raises TakenError."""
    with transaction.atomic():
        row = Submission.objects.select_for_update().filter(pk=submission.pk, state__in=SENDERS).first()
        if row is None:
            raise TakenError
        clubs = Club.objects.select_for_update().filter(trust=Trust.NEW)
        club = clubs.filter(pk=row.club_id).first() if row.club_id else None
        row.delete()
        if club is not None and not club.submissions.exists():
            club.delete()


def inbox(wanted: str = "") -> QuerySet[Submission]:
    """What was confirmed, of a state, UNDECIDED or all: who waits longest on top, then what was decided last."""
    rows = Submission.objects.exclude(state=State.UNCONFIRMED).select_related("club", "decided_by")
    if wanted == UNDECIDED:
        rows = rows.filter(state__in=OPEN)
    elif wanted in State.values:
        rows = rows.filter(state=wanted)
    return rows.order_by(F("decided_at").desc(nulls_first=True), "confirmed_at")


def waiting() -> int:
    """How many nobody has looked at yet."""
    return Submission.objects.filter(state=State.WAITING).count()


def ask(submission: Submission, text: str, *, by: User, version: int) -> None:
    """Asks the sender something by mail. Raises PermissionDenied, NotSaidError, TakenError."""
    access.require(by, Action.EVENTS_ANSWER)
    if not text.strip():
        raise NotSaidError("Bitte schreiben Sie, was Sie wissen möchten.")
    with transaction.atomic():
        _move(submission, version, state=State.ASKED, note=text.strip())
        write(submission, Kind.QUESTION, text.strip())
        audit.record("submission.asked", actor=by, subject=f"submission:{submission.pk}")


def refuse(submission: Submission, reason: str, *, by: User, version: int) -> None:
    """It does not get into the calendar, and the sender is told why. Raises PermissionDenied, NotSaidError, TakenError."""
    access.require(by, Action.EVENTS_ANSWER)
    if not reason.strip():
        raise NotSaidError("Bitte nennen Sie den Grund. Der Absender bekommt ihn zu lesen.")
    with transaction.atomic():
        _move(
            submission,
            version,
            state=State.REFUSED,
            note=reason.strip(),
            decided_at=clock.now(),
            decided_by=by,
        )
        write(submission, Kind.REFUSED, reason.strip())
        audit.record("submission.refused", actor=by, subject=f"submission:{submission.pk}")


def accept(submission: Submission, *, by: User, version: int, draft: Callable[[Event], str]) -> str:
    """Makes a draft of it: `draft` makes the page of an event and returns its key. Nothing gets public by it.

    `version`: what was looked at; a change by the sender meanwhile is not taken over unseen.
    Raises PermissionDenied, TakenError.
    """
    access.require(by, Action.EVENTS_MODERATE)
    with transaction.atomic():
        _move(submission, version, state=State.ACCEPTED, note="", decided_at=clock.now(), decided_by=by)
        key = draft(event(submission))
        Submission.objects.filter(pk=submission.pk).update(object_key=key)
        Club.objects.filter(submissions=submission, trust=Trust.NEW).update(trust=Trust.KNOWN)
        write(submission, Kind.ACCEPTED)
        audit.record(
            "submission.accepted", actor=by, subject=f"submission:{submission.pk}", data={"page": key}
        )
    return key


def tell_public() -> None:
    """Tells whose event got public meanwhile where it stands: the ledger knows. Once for each, however often it is asked."""
    last = _on_website(OuterRef("object_key"))
    rows = Submission.objects.filter(state=State.ACCEPTED).exclude(letters__kind=Kind.PUBLIC)
    rows = rows.annotate(url=Subquery(last.values("url")[:1]), action=Subquery(last.values("action")[:1]))
    public = rows.filter(url__gt="").exclude(action=Doing.DELETE)
    for row in public.order_by("decided_at")[:_AT_ONCE]:
        write(row, Kind.PUBLIC, row.url)


def shown_status(row: Submission) -> Status | None:
    """What the website says of the event as it was released last; None when it is not, or no longer, there. Two queries."""
    last = _on_website(row.object_key).select_related("approval__snapshot").first()
    if last is None or last.action == Doing.DELETE:
        return None
    said = publishing.content_of(last.approval.snapshot).extra.get("event", {})
    return Status(said.get("status", Status.SCHEDULED))


def _on_website(object_key: Any) -> QuerySet[publishing.Delivery]:
    """What went to the website of an event, the last first."""
    sent = publishing.Delivery.objects.filter(object_key=object_key, channel="website", state="sent")
    return sent.order_by("-approval__snapshot__number", "-finished_at")


def trust(club: Club, *, trusted: bool, by: User) -> None:
    """The municipality says that this sender's events need a glance only, or takes it back. Raises PermissionDenied.

    It shortens the look, never the release.
    """
    access.require(by, Action.CLUBS_TRUST)
    given = {"trust": Trust.TRUSTED, "trusted_by": by, "trusted_at": clock.now()}
    taken = {"trust": Trust.KNOWN, "trusted_by": None, "trusted_at": None}
    with transaction.atomic():
        Club.objects.filter(pk=club.pk).update(**(given if trusted else taken))
        audit.record("club.trusted" if trusted else "club.distrusted", actor=by, subject=f"club:{club.pk}")


def settle(letter: Letter, *, arrived: bool, by: User) -> bool:
    """Somebody found out about a mail that may have gone: it did, or it shall go once more.

    False when there is nothing unclear any more. Raises PermissionDenied.
    """
    access.require(by, Action.EVENTS_ANSWER)
    with transaction.atomic():
        if not letters.settle(letter, arrived=arrived):
            return False
        audit.record(
            "mail.taken_as_sent" if arrived else "mail.sent_again",
            actor=by,
            subject=f"submission:{letter.submission_id}",
        )
        if not arrived:
            tasks.mail_letter.enqueue(letter.pk)
    return True


def write(submission: Submission, kind: str, text: str = "") -> None:
    """A mail about it, which the worker sends."""
    letter = Letter.objects.create(submission=submission, kind=kind, text=text, at=clock.now())
    tasks.mail_letter.enqueue(letter.pk)


def entry_of(submission: Submission) -> Entry:
    """What was told."""
    return from_json(submission.entry)


def event(submission: Submission) -> Event:
    """The event that was told. What calendar programs know it by is public: it tells nobody the number of the submission."""
    uid = f"{vault.mark(_UID, submission.pk.hex)[:32]}@stadtnah"
    return event_of(entry_of(submission), uid, clock.town_zone().key)


def club_key(email: str) -> str:
    """How a sender is known without keeping the address; with another SECRET_KEY everybody is new again."""
    return vault.mark(_LINK, email.strip().lower())


def link_token(submission: Submission) -> str:
    """For the link in the mails: whoever has it may look, confirm, change and withdraw."""
    return vault.signed(_LINK, submission.pk.hex, _LINK_LIFE)


def by_link(token: str) -> Submission | None:
    """The submission of a link; None when it is gone. Raises vault.LinkInvalid."""
    return (
        Submission.objects.filter(pk=UUID(hex=str(vault.unsigned(_LINK, token))))
        .select_related("club")
        .first()
    )


def _move(submission: Submission, version: int, **values: object) -> None:
    """The one way out of „waiting“ and „asked“: as it was looked at, or not at all."""
    rows = Submission.objects.filter(pk=submission.pk, state__in=OPEN, version=version)
    if not rows.update(**values):
        raise TakenError(
            "Diese Veranstaltung wurde inzwischen geändert, zurückgezogen oder von jemand anderem bearbeitet. Bitte sehen Sie sie noch einmal an."
        )
    submission.refresh_from_db()


def _unconfirmed(email: str) -> int:
    """How many wait in the mailbox of an address. All are read: they go after two days, and an hour brings `GLOBAL_LIMIT` at most."""
    waiting = Submission.objects.filter(state=State.UNCONFIRMED).values_list("email", flat=True)
    return letters.in_mailbox(email, waiting)


def _ends_on(entry: Entry) -> date:
    return last_day(entry, clock.town_zone().key)
