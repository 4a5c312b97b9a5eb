"""The demo town itself: names, address, look, sections, style guide and the pages that stay."""

from __future__ import annotations

from typing import Any

from demo.content import pages

DISTRICTS = ("Altstadt", "Mühlviertel", "Oberholz", "Steinbach", "Hinterweide")

# Keys are those of `kernel.town.models.Town` where it has such a field; the rest belongs into its `extra`.
TOWN: dict[str, Any] = {
    "name": "Stadt Erlenfurt",
    "short_name": "Erlenfurt",
    "kind": "Stadt",
    "land": "HE",
    "street": "Marktplatz 1",
    "postcode": "35999",
    "place": "Erlenfurt",
    "phone": "069 90009 100",
    "mail": "rathaus@erlenfurt.example",
    "web": "https://www.erlenfurt.example",
    "represented_by": "die Bürgermeisterin",
    "responsible": "Hauptamt, Leitung Öffentlichkeitsarbeit",
    "inhabitants": 6180,
    "river": "Weide",
    "districts": list(DISTRICTS),
    "opening_hours": [
        ["Montag", "8:00 bis 12:00 Uhr und 14:00 bis 16:00 Uhr"],
        ["Dienstag", "8:00 bis 12:00 Uhr und 14:00 bis 16:00 Uhr"],
        ["Mittwoch", "geschlossen"],
        ["Donnerstag", "8:00 bis 12:00 Uhr und 14:00 bis 18:00 Uhr"],
        ["Freitag", "8:00 bis 12:00 Uhr"],
    ],
    "colour": "#1b5e3f",  # the alder leaf of the arms
    "accent": "#1f5f86",  # the river
    "languages": ["de"],
    "arms": {
        "svg": "wappen.svg",
        "png": "wappen.png",
        "alt": "Wappen der Stadt Erlenfurt: ein grünes Erlenblatt über blauen Wellen",
    },
    "icons": {"svg": "favicon.svg", "ico": "favicon.ico", "192": "icon-192.png", "512": "icon-512.png"},
    "accounts": {"mastodon": "@erlenfurt@social.erlenfurt.example", "bluesky": "erlenfurt.example"},
}

# The shape of `stadtnah.publishing.checks.StyleGuide.to_json`.
STYLE_GUIDE: dict[str, Any] = {
    "address": "Sie",
    "preferred": {
        "Event": "Veranstaltung",
        "Location": "Ort",
        "Update": "Neuigkeit",
        "diesbezüglich": "dazu",
        "fernmündlich": "am Telefon",
        "mittels": "mit",
        "seitens": "von",
        "zwecks": "für",
    },
    "forbidden": [],
    "max_hashtags": 3,
    "first_hashtag": "Erlenfurt",
    "districts": list(DISTRICTS),
    "no_exclamation_marks": True,
    "times_need_uhr": True,
    "citizens": "Bürgerinnen und Bürger",
    "max_grade": 12,
}

# What the town itself publishes; the checks do not take it for somebody's private data.
OFFICIAL_CONTACTS: list[str] = [f"069 90009 {extension:03d}" for extension in range(100, 200)]

PAGES: list[dict[str, Any]] = pages.PAGES

# Addresses of the website that the town had before; the last one still has no page.
FORWARDINGS: list[tuple[str, str]] = [
    ("/buergerservice/personalausweis.html", "/dienstleistungen/personalausweis/"),
    ("/buergerservice/muell/sperrmuell.htm", "/dienstleistungen/sperrmuell/"),
    ("/buergerservice/muell/", "/buergerservice/muell/sperrmuell.htm"),
    ("/rathaus/anfahrt.html", "/kontakt/"),
    ("/stadt/portrait/", "/ueber-erlenfurt/"),
    ("/stadtwerke/wasserzaehler.html", "/wasserzaehler/"),
]

# What citizens said when asked whether a page helped: path, yes, no.
VERDICTS: list[tuple[str, int, int]] = [
    ("/dienstleistungen/sperrmuell/", 214, 9),
    ("/dienstleistungen/personalausweis/", 168, 31),
    ("/dienstleistungen/wohngeld/", 17, 42),
    ("/dienstleistungen/bewohnerparkausweis/", 23, 12),
    ("/kontakt/", 96, 4),
]

# For posters and the telephone: word, page.
SHORT_ADDRESSES: list[tuple[str, str]] = [
    ("sperrmuell", "/dienstleistungen/sperrmuell/"),
    ("ausweis", "/dienstleistungen/personalausweis/"),
]
