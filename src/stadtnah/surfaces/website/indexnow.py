"""Tells search engines which pages changed (IndexNow), when the operator switched it on. Never in the way of a release.

A release leaves a mark in its own transaction; a job sends what is marked in one request, and keeps the marks until it is taken.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from stadtnah.kernel import clock, net
from stadtnah.kernel.town.api import base_url
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.released import ReleasedPage, StaleUse
from stadtnah.surfaces.website.site import LANGUAGES

logger = logging.getLogger(__name__)
MARK: Final = "indexnow:"
_MOST: Final = 5000  # pages of a request; each has two addresses, and 10,000 are allowed
_TRIED_FOR: Final = timedelta(days=1)
_TAKEN: Final = (200, 202)


def on() -> bool:
    """Whether it is switched on, and the website has an address that anybody can reach."""
    return bool(settings.STADTNAH_INDEXNOW) and not settings.STADTNAH_DEMO


def marks(object_key: str) -> set[str]:
    """What a release leaves behind for the next request."""
    return {MARK + object_key} if on() else set()


def key() -> str:
    """By it a search engine knows that the request comes from this website: it is published at `/KEY.txt`."""
    return salted_hmac("stadtnah.indexnow", base_url()).hexdigest()[:32]


def waiting() -> bool:
    """Whether there is something to tell."""
    return on() and StaleUse.objects.filter(used__startswith=MARK).exists()


def announce() -> int:
    """Sends what is marked; returns how many pages were taken. A refusal is logged and tried again, for a day."""
    if not on():
        return 0
    StaleUse.objects.filter(used__startswith=MARK, marked_at__lt=clock.now() - _TRIED_FOR).delete()
    marked = StaleUse.objects.filter(used__startswith=MARK).order_by("marked_at")[:_MOST]
    found = dict(marked.values_list("used", "marked_at"))
    if not found:
        return 0
    rows = ReleasedPage.objects.filter(pk__in=[used.removeprefix(MARK) for used in found])
    paths = sorted(rows.exclude(kind=versions.KIND).values_list("path", flat=True))
    spoken = sorted(versions.live().filter(pk__in=rows).values_list("path", flat=True))
    told = dict.fromkeys([*(prefix + path for path in paths for prefix in LANGUAGES.values()), *spoken])
    if told and not _told([base_url() + path for path in told]):
        return 0
    # What was released meanwhile is marked anew and stays.
    StaleUse.objects.filter(used__in=found, marked_at__lte=max(found.values())).delete()
    return len(paths) + len(spoken)


def _told(addresses: list[str]) -> bool:
    name = f"/{key()}.txt"
    store.write(name, key().encode(), "text/plain; charset=utf-8")
    said = {
        "host": urlsplit(base_url()).hostname,
        "key": key(),
        "keyLocation": base_url() + name,
        "urlList": addresses,
    }
    try:
        answer = net.request("POST", settings.STADTNAH_INDEXNOW_URL, json=said, max_bytes=100_000)
    except net.NetError as problem:
        logger.warning("IndexNow: %s", problem)
        return False
    if answer.status not in _TAKEN:
        logger.warning("IndexNow was answered with %d; it is tried again for a day", answer.status)
        return False
    return True
