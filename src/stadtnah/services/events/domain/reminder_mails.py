"""The mails to those who want to be reminded: plain, in their language, each with the link that ends them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from stadtnah.kernel import clock, letters
from stadtnah.kernel.town.api import base_url, town
from stadtnah.services.events.domain import reminders, reminding
from stadtnah.services.events.domain.event import Status
from stadtnah.services.events.domain.reminding import ALL, Announced, Lead, Move, News
from stadtnah.services.events.domain.when import when
from stadtnah.services.events.models import Reminder, ReminderLetter

logger = logging.getLogger(__name__)
_NAMED: Final = 10  # dates in one mail; the page has them all
_IN_A_ROW: Final = 3  # mails that fail one after the other: then it is the server and no address
Kind = ReminderLetter.Kind


def send_all(letter_ids: Iterable[str]) -> None:
    """Sends each; one that is refused keeps none of the others. Raises what a mail server that is down says."""
    failed = 0
    for letter_id in letter_ids:
        try:
            send(letter_id)
        except letters.RefusedError as problem:
            logger.warning("a reminder was not taken: %s", problem)
        except Exception:
            failed += 1
            if failed >= _IN_A_ROW:
                raise
            logger.exception("a reminder could not be sent")
        else:
            failed = 0


def send(letter_id: str) -> bool:
    """Sends a mail; False when it went already, may have gone, or is about nothing any more: then it is deleted."""
    rows = ReminderLetter.objects.filter(pk=letter_id, mailed_at=None, taken_at=None)
    letter = rows.select_related("reminder__watched", "change").first()
    if letter is None:
        return False
    row, here = letter.reminder, town()
    with translation.override(row.language):
        context = _about(letter)
        if context is None:
            rows.delete()
            return False
        subject = str(context.pop("subject")) % {"title": row.watched.title}
        context |= {
            **told(row),
            "town": here,
            "site": base_url(),
            "link": link(row),
            "stop": link(row, "stop"),
        }
        body = render_to_string(f"events/mail_reminder_{letter.kind}.txt", context)
        stop = str(context["stop"])
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return letters.once(
        letter, subject, body, row.email, sender=here.name, reply_to=here.mail, headers=headers
    )


def told(row: Reminder) -> dict[str, Any]:
    """What somebody asked for, for pages and mails."""
    language = translation.get_language() or "de"
    dates = reminding.covered(row.recurrence, reminders.known(row.watched))
    return {
        "reminder": row,
        "title": row.watched.title,
        "page": f"{base_url()}{row.watched.path}",
        "path": row.watched.path,
        "wanted": gettext("All coming dates") if row.recurrence == ALL and len(dates) > 1 else "",
        "dates": [_line(one, row, language) for one in dates[:1]],
        "leads": [lead_word(lead) for lead in reminders.leads_of(row)],
    }


def lead_word(lead: Lead) -> str:
    """„einen Tag vorher“."""
    return {Lead.DAY: gettext("One day before"), Lead.WEEK: gettext("One week before")}[lead]


def link(row: Reminder, what: str = "reminder") -> str:
    """The address under which somebody confirms, looks or stops."""
    path = reverse(f"events:{what}", args=[reminders.link_token(row)])
    return f"{base_url()}{'/en' if row.language == 'en' else ''}{path}"


def _about(letter: ReminderLetter) -> dict[str, Any] | None:
    """The subject and what this mail says beside what was asked for; None when it is about nothing any more."""
    row = letter.reminder
    if letter.kind == Kind.CONFIRM:
        return None if row.confirmed_at else {"subject": gettext("Please confirm the reminder: “%(title)s”")}
    language = translation.get_language() or "de"
    if letter.change is not None:
        recurrence = letter.about.partition("/")[2]  # as the date was named when this was written
        moves = [move for move in reminders.moves_of(letter.change) if move.concerns(recurrence)]
        return {
            "subject": _headline(moves),
            "moves": [_move(move, row, language) for move in moves[:_NAMED]],
            "notes": _notes(moves, row),
            "more": max(0, len(moves) - _NAMED),
            "announced": bool(row.watched.dates),
        }
    day = date.fromisoformat(letter.about.partition("/")[0])
    found = reminding.on_day(row.recurrence, reminders.known(row.watched), day, clock.now())
    return (
        {"subject": gettext("Reminder: “%(title)s”"), "now": [_line(one, row, language) for one in found]}
        if found
        else None
    )


def _line(one: Announced, row: Reminder, language: str) -> dict[str, str]:
    return {
        "when": when(one, language),
        "place": one.place,
        "title": one.title if one.title != row.watched.title else "",
        "online": gettext("It takes place online.") if one.status is Status.MOVED_ONLINE else "",
    }


def _move(move: Move, row: Reminder, language: str) -> dict[str, Any]:
    """One date: what is new, when it is or was, and what it was before."""
    other = move.after
    shown = move.before if other is None or other.off else other
    moved = other is not None and not other.off and other.start != move.before.start
    elsewhere = move.news is News.PLACE or (moved and shown.place != move.before.place)
    return {
        "said": _word(move.news),
        "line": _line(shown, row, language),
        "before": when(move.before, language) if moved else "",
        "place_before": move.before.place if elsewhere else "",
    }


def _notes(moves: Iterable[Move], row: Reminder) -> list[str]:
    """What is released now of the state that the moves tell of: none that was withdrawn or put in other words meanwhile."""
    now = {one.key: one for one in reminders.known(row.watched)}
    told = [(move.after, now.get(move.after.key)) for move in moves if move.after]
    return list(
        dict.fromkeys(one.note for then, one in told if one and one.note and one.status is then.status)
    )


def _word(news: News) -> str:
    return {
        News.CANCELLED: gettext("Cancelled"),
        News.POSTPONED: gettext("Postponed, new date not known yet"),
        News.ONLINE: gettext("Takes place online"),
        News.MOVED: gettext("Moved to another date"),
        News.PLACE: gettext("At another place"),
        News.AGAIN: gettext("Takes place after all"),
        News.GONE: gettext("No longer announced"),
    }[news]


def _headline(moves: Sequence[Move]) -> str:
    kinds = {move.news for move in moves}
    if len(kinds) != 1:
        return gettext("Changed: “%(title)s”")
    return {
        News.CANCELLED: gettext("Cancelled: “%(title)s”"),
        News.POSTPONED: gettext("Postponed: “%(title)s”"),
        News.ONLINE: gettext("Takes place online: “%(title)s”"),
        News.MOVED: gettext("New date: “%(title)s”"),
        News.PLACE: gettext("New place: “%(title)s”"),
        News.AGAIN: gettext("Takes place after all: “%(title)s”"),
        News.GONE: gettext("No longer announced: “%(title)s”"),
    }[kinds.pop()]
