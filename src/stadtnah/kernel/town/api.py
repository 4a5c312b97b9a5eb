"""Who we are."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from stadtnah.kernel.questions import Question
from stadtnah.kernel.town.models import Town

__all__ = ["Town", "base_url", "town"]


_TOWN: Final = Question(lambda: Town.objects.order_by("pk")[:1])


def town() -> Town:
    """The municipality; an unnamed one until it is set up."""
    return next(iter(_TOWN.objects()), None) or Town(name="Ihre Kommune", short_name="Kommune")


def base_url() -> str:
    """The public address without a trailing slash."""
    return str(settings.STADTNAH_BASE_URL)
