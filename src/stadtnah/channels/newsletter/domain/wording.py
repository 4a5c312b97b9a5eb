"""What a person agrees to, word for word. A change of wording is a new version; old ones stay with their consents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from stadtnah.channels.newsletter.models import MailingList
from stadtnah.kernel.town.api import town
from stadtnah.kernel.town.grammar import named

VERSION = "2026-12"
LANGUAGES = ("de", "en")
# Evidence must be what was shown, so the wording lives here and not in a catalogue that anybody may polish.
_WORDINGS = {
    "de": (
        "Mit „Anmelden“ bitte ich {town}, mir den Newsletter „{name}“ an die angegebene E-Mail-Adresse zu senden. "
        "Meine Adresse wird nur dafür verwendet und nicht weitergegeben. Ob ich Mails öffne oder Links anklicke, "
        "wird nicht aufgezeichnet. Ich kann mich jederzeit abmelden, am schnellsten über den Link in jeder Mail."
    ),
    "en": (
        "By choosing “Subscribe” I ask {town} to send the newsletter “{name}” to the e-mail address given. "
        "My address is used for nothing else and is not passed on. Whether I open mails or follow links is not "
        "recorded. I can unsubscribe at any time, most quickly by the link in every mail."
    ),
}


def language_of(code: str) -> str:
    """The language of wording and mails nearest to a language code."""
    short = code.lower().split("-", maxsplit=1)[0]
    return short if short in LANGUAGES else "de"


def wording(mailing_list: MailingList, language: str) -> str:
    """The text shown beside the button, in its present version."""
    code = language_of(language)
    return _WORDINGS[code].format(town=_asked(code), name=mailing_list.name)


def _asked(code: str) -> str:
    row = town()
    return named(row.name, row.kind).accusative if code == "de" else row.name


def shown(mailing_lists: Iterable[MailingList], language: str) -> str:
    """A digest of every text that a form shows, so that nobody agrees to a name or wording that changed meanwhile."""
    texts = [(entry.slug, wording(entry, language)) for entry in mailing_lists]
    return hashlib.sha256(json.dumps([VERSION, sorted(texts)]).encode()).hexdigest()[:32]
