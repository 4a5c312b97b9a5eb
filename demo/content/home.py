"""The first page of the demo town: what is asked for most, and the ways into the website."""

from __future__ import annotations

from typing import Final

ASKED: Final = (
    "personalausweis",
    "wohnsitz",
    "fuehrungszeugnis",
    "reisepass",
    "bewohnerparkausweis",
    "fundsachen",
)
TOPICS_TITLE: Final = "Unsere Stadt"
TOPICS: Final = ("spielplatz-gerbergasse", "projekte", "ueber-erlenfurt", "kontakt")
