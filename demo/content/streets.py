"""The streets of the demo town, all invented, and how its collection areas are cut."""

from __future__ import annotations

from typing import Final

AREAS: Final = ("Bezirk 1", "Bezirk 2", "Bezirk 3")
_NAMES: Final = {
    "Altstadt": (
        "Bezirk 1",
        ("Am Brunnen, An der Stadtmauer, Brückenstraße, Färbergasse, Friedhofsweg, Gerbergasse, Kirchgasse, Marktplatz, Rathausgasse,"
        " Schmiedgasse, Schulgasse, Torstraße, Weidegasse, Zehnthof"),
    ),
    "Mühlviertel": (
        "Bezirk 1",
        "Am Mühlgraben, Bäckerweg, Kornstraße, Mahlgang, Müllerweg, Spitzmühle, Uferstraße, Uferweg, Walkmühlweg, Wehrgasse, Weidebadstraße",
    ),
    "Oberholz": (
        "Bezirk 2",
        ("Ahornweg, Am Hochsitz, Birkenhain, Buchenweg, Eichenring, Erlenstraße, Fichtenweg, Försterstraße, Hainweg, Köhlerweg, Lindenweg,"
        " Tannenstraße, Waldstraße"),
    ),
    "Steinbach": (
        "Bezirk 3",
        "Am Steinbruch, Bachstraße, Dorfplatz, Hohlweg, Lindenweg, Obstweg, Quellweg, Schieferstraße, Weinbergstraße",
    ),
    "Hinterweide": (
        "Bezirk 3",
        "Am Damm, Auenstraße, Deichweg, Fährweg, Fischerstraße, Gänseweg, Kopfweidenweg, Storchennest, Wiesenstraße",
    ),
}  # fmt: skip
# Cut by house numbers, as the lorries turn.
_CUT: Final = (
    ("Bahnhofstraße", "Altstadt", "1", "49", "", "Bezirk 1"),
    ("Bahnhofstraße", "Altstadt", "50", "", "", "Bezirk 2"),
    ("Mühlstraße", "Mühlviertel", "", "", "ungerade", "Bezirk 1"),
    ("Mühlstraße", "Mühlviertel", "2", "", "gerade", "Bezirk 2"),
    ("Industriestraße", "Oberholz", "", "", "", "Bezirk 2"),
    ("Gewerbestraße", "Oberholz", "", "", "", "Bezirk 2"),
)


def table() -> bytes:
    """The register as the registration office exports it: a table in the encoding of its old program."""
    rows = [("Straße", "Ortsteil", "von", "bis", "Seite", "Bezirk"), *_CUT]
    for district, (area, names) in _NAMES.items():
        rows += [(" ".join(name.split()), district, "", "", "", area) for name in names.split(",")]
    return "\r\n".join(";".join(row) for row in rows).encode("cp1252")
