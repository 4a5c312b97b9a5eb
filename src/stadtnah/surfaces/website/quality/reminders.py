"""Pages whose day has come: their editors get one mail, at most one a week, on a working day."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Final

from django.db import transaction

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Role
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import notices
from stadtnah.surfaces.website.quality import reviews, rules
from stadtnah.surfaces.website.quality.models import Reminded

WEEK: Final = timedelta(days=7)
_FROM, _UNTIL = 7, 18  # o'clock
_WORKING: Final = 5  # days of the week
_MOST: Final = 2000  # pages looked at; a mail names few of them anyway


def remind() -> int:
    """Sends what is due; returns how many mails. Asks one small table where there is nothing to do."""
    now = clock.local(clock.now())
    if now.weekday() >= _WORKING or not _FROM <= now.hour < _UNTIL or not rules.now().remind:
        return 0
    over = reviews.shown(list(reviews.due(timedelta(0))[:_MOST]))
    if not over:
        return 0
    return sum(
        notices.ask_to_look(
            user, [f"{one.title} ({one.path})" for one in pages], "/desk/qualitaet/aktualitaet/"
        )
        for user, pages in _responsible(over).items()
        if not access.absent(user) and _claim(user)
    )


def _responsible(over: list[reviews.Due]) -> dict[User, list[reviews.Due]]:
    """Whoever saved the page last; else every editor of the municipality."""
    own, editors = reviews.writers([one.review.object_key for one in over]), access.holders(Role.AUTHOR)
    found: dict[User, list[reviews.Due]] = defaultdict(list)
    for one in over:
        key = one.review.object_key
        for user in [own[key]] if key in own else editors:
            found[user].append(one)
    return found


def _claim(user: User) -> bool:
    """Whether this person is to get a mail now; says so only once a week."""
    now = clock.now()
    with transaction.atomic():
        row = Reminded.objects.select_for_update().filter(pk=user.pk).first()
        if row and row.at > now - WEEK:
            return False
        Reminded.objects.update_or_create(pk=user.pk, defaults={"at": now})
    return True
