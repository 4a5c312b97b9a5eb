"""What is left to do in a town that is looked after: a link that broke, pages to look at again, consents, a translation half done."""

from __future__ import annotations

from typing import Any, Final

from demo.pictures import PICTURES

# Stands on a page about the town's history; the society gave its website up. Nothing is asked over the network for it.
BROKEN_LINK: Final = "https://www.muehlenverein-erlenfurt.example/bilder"
BROKEN_SAID: Final = "Die Seite gibt es dort nicht mehr (Antwort 404)."

# Path of a public page -> in how many days somebody should look again; below zero: should have looked.
REVIEWS: Final[dict[str, int]] = {
    "/dienstleistungen/wohngeld/": -12,
    "/ueber-erlenfurt/ortsteile/muehlviertel/": -3,
    "/dienstleistungen/bewohnerparkausweis/": 9,
}

# The drawing with people who can be recognised, and what they said; days from today.
ON_PICTURE: Final = PICTURES["werkstatt"]["title"]
CONSENTS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Kuno Schraubental",
        "contact": "kuno.schraubental@example.org",
        "how": "paper",
        "given": -341,
        "until": 24,
        "uses": ("website", "print"),
    },
    {
        "name": "Bea Feilenhart",
        "contact": "bea.feilenhart@example.net",
        "how": "mail",
        "given": -80,
        "until": None,
        "uses": ("website", "social", "print"),
    },
)

# A version in Leichte Sprache that somebody has begun: address, language, the words so far.
BEGUN: Final[tuple[str, str, dict[str, str]]] = (
    "/dienstleistungen/hundesteuer/",
    "de-simple",
    {
        "Hund anmelden": "Einen Hund anmelden",
        "Melden Sie Ihren Hund innerhalb von zwei Wochen an, nachdem er zu Ihnen gekommen ist.": (
            "Sie haben einen neuen Hund? Dann sagen Sie es uns. Sie haben 2 Wochen Zeit."
        ),
        "Kosten": "Was kostet das?",
    },
)
