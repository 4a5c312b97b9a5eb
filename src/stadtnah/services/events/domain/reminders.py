"""Somebody asks to be reminded of an event, confirms it by mail, is reminded, is told what changes; then nothing of it stays.

The dates come from released content (`Told`): whoever calls reads them from what the public sees, so nothing but a release of the
municipality reminds or alarms anybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from stadtnah.kernel import clock, vault
from stadtnah.kernel.letters import GIVE_UP, OVERDUE, in_mailbox
from stadtnah.services.events import tasks
from stadtnah.services.events.domain import reminding
from stadtnah.services.events.domain.reminding import ALL, Announced, Compared, Lead, Move, News
from stadtnah.services.events.models import EventChange, Reminder, ReminderLetter, Watched

# From everybody together: a whole school may ask for its summer fair, a program that fills forms is stopped.
GLOBAL_LIMIT, GLOBAL_WINDOW = 300, timedelta(hours=1)
MOST_UNCONFIRMED: Final = 3  # for one mailbox: whoever types somebody else's address cannot fill it
CONFIRM_WITHIN: Final = timedelta(days=2)
LOOK_AHEAD: Final = max(reminding.AHEAD.values()) + timedelta(days=1)
_LINK: Final = "events.reminder"
_LINK_LIFE: Final = timedelta(days=800)  # longer than most rows: what ends the link is that the row goes
Kind = ReminderLetter.Kind


class AskedTooMuchError(Exception):
    """Too many wishes from everybody together; try again later."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as the public is told of it now. stamp: another one when anything of it may be different."""

    object_key: str
    stamp: str
    title: str
    path: str
    dates: tuple[Announced, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. recurrence: the key of a date, or ALL."""

    recurrence: str
    leads: frozenset[Lead]
    email: str
    language: str = "de"


def ask(told: Told, wish: Wish, shown: str) -> None:
    """Keeps a wish and asks for its confirmation. The same from the same form (`shown`) sent twice is one.

    Says nothing about the address: who has several unconfirmed ones gets no further mail, and the answer is the same.
    Raises AskedTooMuchError.
    """
    now, key = clock.now(), hashlib.sha256(repr((shown, told.object_key, wish)).encode()).hexdigest()
    with transaction.atomic():
        if Reminder.objects.filter(at__gt=now - GLOBAL_WINDOW).count() >= GLOBAL_LIMIT:
            raise AskedTooMuchError
        # All are read: they go after two days, and an hour brings `GLOBAL_LIMIT` at most.
        waiting = Reminder.objects.filter(confirmed_at=None).values_list("email", flat=True)
        if in_mailbox(wish.email, waiting) >= MOST_UNCONFIRMED:
            return
        watched, _new = Watched.objects.select_for_update().get_or_create(
            object_key=told.object_key,
            defaults={
                "stamp": told.stamp,
                "title": told.title,
                "path": told.path,
                "dates": [reminding.to_plain(one) for one in told.dates],
            },
        )
        made, new = Reminder.objects.get_or_create(
            form_key=key,
            defaults={
                "watched": watched,
                "recurrence": wish.recurrence,
                "day_before": Lead.DAY in wish.leads,
                "week_before": Lead.WEEK in wish.leads,
                "email": wish.email,
                "language": wish.language,
                "at": now,
                "ends_at": reminding.end_of(wish.recurrence, told.dates) or now,
            },
        )
        if new:
            letter = ReminderLetter.objects.create(reminder=made, kind=Kind.CONFIRM, at=now)
            tasks.mail_reminders.enqueue([str(letter.pk)])


def confirm(row: Reminder) -> None:
    """The address is theirs. The latest wish counts: all dates instead of single ones, or the other way round. Twice does nothing."""
    with transaction.atomic():
        Watched.objects.select_for_update().filter(pk=row.watched_id).first()  # nothing changes meanwhile
        if not Reminder.objects.filter(pk=row.pk, confirmed_at=None).exists():
            return
        before = Reminder.objects.filter(watched=row.watched_id, email=row.email, confirmed_at__isnull=False)
        if row.recurrence != ALL:
            before = before.filter(recurrence__in=[ALL, row.recurrence])
        before.delete()
        Reminder.objects.filter(pk=row.pk).update(confirmed_at=clock.now())


def stop(row: Reminder) -> None:
    """They want no more of it, and nothing of it stays."""
    row.delete()


def link_token(row: Reminder) -> str:
    """For the links in the mails: whoever has it may look, confirm and stop."""
    return vault.signed(_LINK, row.pk.hex, _LINK_LIFE)


def by_link(token: str) -> Reminder | None:
    """The wish of a link; None when it is gone. Raises vault.LinkInvalid."""
    key = UUID(hex=str(vault.unsigned(_LINK, token)))
    return Reminder.objects.filter(pk=key).select_related("watched").first()


def leads_of(row: Reminder) -> list[Lead]:
    """How long before."""
    return [lead for lead, wanted in ((Lead.DAY, row.day_before), (Lead.WEEK, row.week_before)) if wanted]


def known(watched: Watched) -> list[Announced]:
    """The dates as those who asked know them."""
    return [reminding.from_plain(one) for one in watched.dates]


def asked(object_keys: Collection[str]) -> dict[str, int]:
    """How many people asked for each of these events: a number and nobody's address. One query."""
    rows = Reminder.objects.filter(watched__in=object_keys, confirmed_at__isnull=False).order_by()
    counted = rows.values("watched").annotate(number=Count("email", distinct=True))
    return {row["watched"]: row["number"] for row in counted}


def watched() -> dict[str, str]:
    """The events that somebody asked for, each with the stamp it was compared with last. One query."""
    return dict(Watched.objects.values_list("pk", "stamp"))


def follow(told: Told, *, withdrawn: bool = False) -> None:
    """Compares what is released with what those who asked know, and writes to everybody whom a change concerns.

    All in one transaction, which only one worker can win (`number`): each change is told once, whoever is killed in between.
    """
    now = clock.now()
    with transaction.atomic():
        row = Watched.objects.select_for_update().filter(pk=told.object_key).first()
        if row is None or row.stamp == told.stamp:
            return
        found = reminding.compare(known(row), told.dates, now, withdrawn=withdrawn)
        number = row.number + bool(found.moves)
        values = {"stamp": told.stamp, "title": told.title, "path": told.path, "number": number}
        values["dates"] = [reminding.to_plain(one) for one in found.known]
        if not Watched.objects.filter(pk=row.pk, stamp=row.stamp, number=row.number).update(**values):
            return
        people = list(Reminder.objects.filter(watched=row.pk))
        if found.moves:
            _tell(row, number, found.moves, [one for one in people if one.confirmed_at], now)
        stale = _brought_up(people, found, now)
        Reminder.objects.bulk_update(stale, ["recurrence", "ends_at"], batch_size=500)


def mails_of(several: Iterable[Told], *, withdrawn: bool = False) -> dict[str, int]:
    """How many mails about a change would go if the public were told this now, by event: the same comparison. At most two queries; nothing is written."""
    told = {one.object_key: one for one in several}
    now, concerned = clock.now(), dict[str, set[str]]()
    for key, row in Watched.objects.in_bulk(list(told)).items():
        moves = reminding.compare(known(row), told[key].dates, now, withdrawn=withdrawn).moves
        concerned[key] = reminding.concerned(moves)
    people = Reminder.objects.filter(watched__in=concerned, confirmed_at__isnull=False).order_by()
    found: Counter[str] = Counter()
    for key, recurrence, number in people.values_list("watched", "recurrence").annotate(number=Count("pk")):
        if recurrence in concerned[key]:
            found[key] += number
    return found


def remind(dates: Mapping[str, Iterable[Announced]]) -> None:
    """Writes the reminders that are due, of these released dates by event; once for each day, however often it is asked."""
    now = clock.now()
    rows = Reminder.objects.filter(watched__in=dates, confirmed_at__isnull=False)
    due = {
        (row.pk, f"{day.isoformat()}/{lead}")
        for row in rows
        if row.confirmed_at
        for day, lead in reminding.due(
            row.recurrence, leads_of(row), row.confirmed_at, dates[row.watched_id], now
        )
    }
    if not due:
        return
    letters = ReminderLetter.objects.filter(
        kind=Kind.REMIND, about__in={about for _key, about in due}, reminder__watched__in=dates
    )
    missing = due - set(letters.values_list("reminder_id", "about"))
    _write(
        [
            ReminderLetter(reminder_id=key, kind=Kind.REMIND, about=about, at=now)
            for key, about in sorted(missing, key=str)
        ]
    )


def said(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """As JSON values."""
    return [
        {
            "news": move.news.value,
            "before": reminding.to_plain(move.before),
            "after": reminding.to_plain(move.after) if move.after else None,
        }
        for move in moves
    ]


def moves_of(change: EventChange) -> list[Move]:
    """Out of `said`."""
    return [
        Move(
            News(row["news"]),
            reminding.from_plain(row["before"]),
            reminding.from_plain(row["after"]) if row["after"] else None,
        )
        for row in change.said
    ]


def tidy() -> int:
    """Deletes what was not confirmed in time, and what has no date any more once its last mail has gone. How many."""
    now = clock.now()
    news = ReminderLetter.objects.filter(reminder=OuterRef("pk"), kind=Kind.CHANGE, mailed_at=None)
    under_way = news.filter(Q(taken_at=None, at__gt=now - GIVE_UP) | Q(taken_at__gt=now - OVERDUE))
    late = Q(confirmed_at=None, at__lt=now - CONFIRM_WITHIN)
    over = Q(ends_at__lte=now) & ~Exists(under_way)
    rows = Reminder.objects.filter(late | over)
    count = rows.count()
    if count:
        rows.delete()
    forget()
    return count


def forget() -> None:
    """Events of which nobody wants to be reminded any more."""
    nobody = ~Exists(Reminder.objects.filter(watched=OuterRef("pk")))
    if not Watched.objects.filter(nobody).exists():
        return
    with transaction.atomic():  # looked at again under the lock: somebody may be asking at this moment
        keys = list(
            Watched.objects.select_for_update(skip_locked=True).filter(nobody).values_list("pk", flat=True)
        )
        Watched.objects.filter(nobody, pk__in=keys).delete()


def _tell(row: Watched, number: int, moves: tuple[Move, ...], people: list[Reminder], now: datetime) -> None:
    concerned = reminding.concerned(moves)
    whom = [one for one in people if one.recurrence in concerned]
    if not whom:
        return
    change = EventChange.objects.create(watched=row, number=number, said=said(moves), at=now)
    _write(
        [
            ReminderLetter(
                reminder=one, kind=Kind.CHANGE, about=f"{number}/{one.recurrence}", change=change, at=now
            )
            for one in whom
        ]
    )


def _brought_up(people: list[Reminder], found: Compared, now: datetime) -> list[Reminder]:
    """Gives each wish the key that its date has now, unless the same person has a wish for that one, and its end. Those that changed."""
    taken = {(one.email, one.recurrence) for one in people}
    ends: dict[str, datetime] = {}
    stale = []
    for one in people:
        key = found.renamed.get(one.recurrence, one.recurrence)
        if (one.email, key) in taken:
            key = one.recurrence
        taken.add((one.email, key))
        if key not in ends:
            ends[key] = reminding.end_of(key, found.known) or now
        if (key, ends[key]) != (one.recurrence, one.ends_at):
            one.recurrence, one.ends_at = key, ends[key]
            stale.append(one)
    return stale


def _write(letters: list[ReminderLetter]) -> None:
    """Keeps the mails and asks the worker for them."""
    ReminderLetter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=500)
    tasks.ask_for([str(one.pk) for one in letters])
