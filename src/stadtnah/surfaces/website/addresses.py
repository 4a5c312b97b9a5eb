"""Words in the addresses of pages."""

from __future__ import annotations

from typing import Final

from django.utils.text import slugify

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def plain_slug(text: str) -> str:
    """Small letters, digits and hyphens, umlauts spelled out; "" when nothing is left."""
    return slugify(text.translate(_UMLAUTS)).strip("-")
