"""The sessions of the desk. One of somebody who has not signed in, which the sign-in form needs for its token, is short."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Stored

from stadtnah.kernel.jobs import ticker

STRANGERS: Final = timedelta(hours=1)


class SessionStore(Stored):
    """In the database, as Django has them (SESSION_ENGINE)."""

    def get_session_cookie_age(self) -> int:
        """As the settings say for whoever signed in, else an hour."""
        return super().get_session_cookie_age() if SESSION_KEY in self else int(STRANGERS.total_seconds())


@ticker.periodic(every=3600)
def clear_expired() -> None:
    """Deletes what is over: Django leaves that to a command that somebody runs."""
    SessionStore.clear_expired()
