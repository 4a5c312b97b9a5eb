"""That a person fills a public form of ours, and no program: a signed token, a hidden field, a few seconds. No cookie."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from stadtnah.kernel import clock, vault

# Nobody reads a form and fills it in less; a program that fills forms does.
QUICKEST_SECONDS: Final = 3.0
OPEN_FOR: Final = timedelta(hours=6)
TRAP: Final = "homepage"  # hidden from people; filled by programs


@dataclass(frozen=True, slots=True)
class Sent:
    """What a token says. shown: names this showing of the form; again: the same token may be used once more."""

    shown: str = ""
    problem: str = ""
    again: bool = False


def token(purpose: str) -> str:
    """For a form as it is shown."""
    at = round(clock.now().timestamp(), 1)
    return vault.signed(purpose, [secrets.token_hex(8), at], OPEN_FOR)


def read(purpose: str, given: str, *, trapped: bool, mends: bool) -> Sent:
    """What came back. mends: something else is wrong already; whoever has something to mend is not quick the next time."""
    try:
        shown, at = vault.unsigned(purpose, given)
    except vault.LinkExpired:
        return Sent(
            problem=_(
                "This page was open for a long time. Please submit again; what you typed is still there."
            )
        )
    except (vault.LinkInvalid, TypeError, ValueError):
        return Sent(problem=_("Please check what you entered and submit once more."))
    if trapped:
        # A person whose browser filled the hidden field must not be told that it arrived.
        return Sent(
            shown,
            _("Nothing was stored yet: a hidden field was filled in. Please submit once more."),
        )
    if clock.now().timestamp() - float(at) < QUICKEST_SECONDS:
        # The same token grows old enough meanwhile: a person just presses the button again.
        return Sent(shown, "" if mends else _("That was very quick. Please submit once more."), again=True)
    return Sent(shown)
