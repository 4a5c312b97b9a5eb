"""Who we are."""

from __future__ import annotations

from django.conf import settings

from stadtnah.kernel.town.models import Town

__all__ = ["Town", "base_url", "town"]


def town() -> Town:
    """The municipality; an unnamed one until it is set up."""
    return Town.objects.first() or Town(name="Ihre Kommune", short_name="Kommune")


def base_url() -> str:
    """The public address without a trailing slash."""
    return str(settings.STADTNAH_BASE_URL)
