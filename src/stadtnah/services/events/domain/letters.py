"""The mails about a submission: plain, in the sender's language, with the link that leads to it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from stadtnah.kernel import clock, letters
from stadtnah.kernel.town.api import base_url, town
from stadtnah.services.events.domain import submissions
from stadtnah.services.events.domain.event import Status, access_list
from stadtnah.services.events.domain.say import say
from stadtnah.services.events.domain.when import when
from stadtnah.services.events.models import Letter, Submission

_LINKED: Final = re.compile(r"(?<=\w)(?:\.(?=[^\W\d])|@(?=\w)|:(?=//))")
_STATE: Final = Submission.State
# In which state a mail still makes sense; what came too late is not sent.
_FITS: Final = {
    Letter.Kind.CONFIRM: {_STATE.UNCONFIRMED},
    Letter.Kind.ARRIVED: {_STATE.WAITING, _STATE.ASKED},
    Letter.Kind.QUESTION: {_STATE.ASKED},
    Letter.Kind.ACCEPTED: {_STATE.ACCEPTED},
    Letter.Kind.REFUSED: {_STATE.REFUSED},
    Letter.Kind.PUBLIC: {_STATE.ACCEPTED},
}


def send(letter_id: int) -> bool:
    """Sends a mail; False when it went already, is about nothing any more, or nobody is there to get it."""
    letter = Letter.objects.filter(pk=letter_id, mailed_at=None).select_related("submission").first()
    if letter is None or letter.submission.state not in _FITS[Letter.Kind(letter.kind)]:
        return False
    here, row = town(), letter.submission
    shown = submissions.shown_status(row) if letter.kind == Letter.Kind.PUBLIC else Status.SCHEDULED
    if shown is None:  # withdrawn meanwhile
        return False
    inside = letter.kind == Letter.Kind.ARRIVED
    to = here.mail if inside else row.email
    if not to:
        return False
    with translation.override("de" if inside else row.language):
        context = {
            **told(row),
            "off": _off(shown),
            "letter": letter,
            "town": here,
            "site": base_url(),
            "link": link(row),
        }
        if letter.kind == Letter.Kind.CONFIRM:
            context |= {name: _unlinked(str(context[name])) for name in ("title", "place")}
        subject = _subject(letter, str(context["title"]), shown=shown)
        body = render_to_string(f"events/mail_{letter.kind}.txt", context)
    return letters.once(letter, subject, body, to, sender=here.name, reply_to="" if inside else here.mail)


def _off(shown: Status) -> str:
    """What became of an event that does not take place, though the sender has not heard yet that it is public; "" otherwise."""
    said = {
        Status.CANCELLED: gettext("Cancelled"),
        Status.POSTPONED: gettext("Postponed, new date not known yet"),
    }
    return said.get(shown, "")


def _unlinked(text: str) -> str:
    """No mail program makes a link of it: until it is confirmed, somebody may have typed an address that is not theirs to advertise there."""
    return _LINKED.sub(lambda found: f"{found[0]} ", text)


def told(row: Submission) -> dict[str, Any]:
    """What was handed in, for pages and mails: title, when, how often, where, for whom."""
    event, entry = submissions.event(row), submissions.entry_of(row)
    language = translation.get_language() or "de"
    return {
        "submission": row,
        "entry": entry,
        "title": event.title,
        "when": when(event, language),
        "series": say(event, clock.local(clock.now()).date()),
        "place": event.place,
        "access": access_list(entry.access, language),
    }


def link(row: Submission) -> str:
    """The address under which the sender looks after it."""
    path = reverse("events:submission", args=[submissions.link_token(row)])
    return f"{base_url()}{'/en' if row.language == 'en' else ''}{path}"


def _subject(letter: Letter, title: str, *, shown: Status) -> str:
    public = {
        Status.CANCELLED: gettext("In the calendar, but called off: “%(title)s”"),
        Status.POSTPONED: gettext("In the calendar, but postponed: “%(title)s”"),
    }
    said = {
        Letter.Kind.CONFIRM: gettext("Please confirm: “%(title)s”"),
        Letter.Kind.ARRIVED: "Veranstaltung gemeldet: „%(title)s“",
        Letter.Kind.QUESTION: gettext("A question about “%(title)s”"),
        Letter.Kind.ACCEPTED: gettext("Taken into the calendar: “%(title)s”"),
        Letter.Kind.REFUSED: gettext("Not taken into the calendar: “%(title)s”"),
        Letter.Kind.PUBLIC: public.get(shown, gettext("Now in the calendar: “%(title)s”")),
    }
    return said[Letter.Kind(letter.kind)] % {"title": title}
