"""Addresses of pages: what they are made of, and which cannot be given."""

from __future__ import annotations

from typing import Final

from django.utils.text import slugify

from stadtnah.surfaces.website.languages.domain.tongues import TONGUES

FEEDS: Final = "feeds"  # part of the addresses of feeds, of the municipality's and of a member site's
LONGEST_SLUG: Final = 120  # a file name of the store holds 200 bytes, and an address wants to be read
# First parts of addresses that belong to something else (serve.py, project/urls.py).
RESERVED_SLUGS: Final = frozenset(
    {
        *("-", "aktuelles", "api", "desk", "dienstleistungen", "en", FEEDS, "konto", "media", "newsletter"),
        *(
            "static",
            "theme",
            "barriere-melden",
            "glossar",
            "hilfreich",
            "k",
            "nachricht",
            "suche",
            "aemter",
            "orte",
            "blog",
            "presse",
            "veranstaltungen",
            "meine-strasse",
            "bildschirme",
        ),
        *(one.root.strip("/") for one in TONGUES.values()),
    }
)
_VOWELS: Final = str.maketrans("äöü", "aou")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def reserved(path: str) -> bool:
    """Whether a page of the tree can never have this address: it belongs to the cell, or to the feeds of a site."""
    first, *below = path.strip("/").split("/")
    return first in RESERVED_SLUGS or below[:1] == [FEEDS]


def parent_path(path: str) -> str:
    """The address above: "/a/b/" stands below "/a/", "/a/" below "/"."""
    above = path.rstrip("/").rpartition("/")[0]
    return f"{above}/"


def sort_key(name: str) -> str:
    """As a German dictionary sorts (DIN 5007-1): umlauts as their vowels."""
    folded = name.casefold().translate(_VOWELS)
    return plain_slug(folded) or folded


def plain_slug(text: str) -> str:
    """Small letters, digits and hyphens, umlauts spelled out; "" when nothing is left."""
    return slugify(text.translate(_UMLAUTS)).strip("-")
