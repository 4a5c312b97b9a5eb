"""The press area of the demo town, and which of its messages went to the press."""

from __future__ import annotations

from typing import Any, Final

PAGE: Final[dict[str, str]] = {
    "title": "Presse",
    "slug": "presse",
    "intro": "Pressemitteilungen, Bilder für den Druck und der kurze Weg zu einer Antwort.",
    "hours": "Montag bis Freitag von 8:00 bis 17:00 Uhr. Bei Hochwasser rund um die Uhr.",
}
PERSON: Final = "Henrike Auental"
# Keys of messages that are press releases.
RELEASES: Final = frozenset({"weide-steigt", "abkochgebot", "haushalt", "glasfaser"})
_FREE: Final = "Frei für die Berichterstattung über Erlenfurt, mit Nachweis. Nicht für Werbung."
PICTURES: Final[tuple[dict[str, Any], ...]] = (
    {
        "file": "marktplatz.jpg",
        "title": "Marktplatz mit Rathaus",
        "alt": "Zeichnung: Das Rathaus mit Uhrturm am Marktplatz, davor ein Brunnen und links und rechts Fachwerkhäuser.",
        "terms": _FREE,
    },
    {
        "file": "weidebad.jpg",
        "title": "Weidebad",
        "alt": "Zeichnung: Das Becken im Weidebad mit Bahnenleinen, Sprungturm und Liegewiese mit Sonnenschirmen.",
        "terms": _FREE,
    },
    {
        "file": "wappen.png",
        "title": "Wappen der Stadt",
        "alt": "Wappen der Stadt Erlenfurt",
        "terms": "Hoheitszeichen: nur mit schriftlicher Genehmigung der Stadt. Für Berichte über den Stadtrat ist sie erteilt.",
    },
)
FIGURES: Final = (
    "Angabe;Wert\r\nEinwohnerinnen und Einwohner;6180\r\nOrtsteile;5\r\nFläche in Quadratkilometern;41,7\r\n"
    "Stadtverordnete;31\r\nHaushalt 2027 in Millionen Euro;14,2\r\n"
)
