"""The drawings of the demo town: file name without ending -> title, alternative text and focal point.

The JPEGs beside this file are made by `python -m demo.pictures.draw`; the program is the source, they are the result.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1600, 900  # pixels of every drawing

PICTURES: dict[str, dict[str, Any]] = {
    "hochwasser": {
        "title": "Weide bei Hochwasser",
        "alt": "Zeichnung: Die Weide führt viel Wasser. Am Ufer steht ein Pegel mit Maßstrichen, dahinter der Deich mit Sandsäcken und Häuser.",
        "focal": (0.36, 0.6),
    },
    "sperrung": {
        "title": "Gesperrte Straße",
        "alt": "Zeichnung: Eine Straße mit Häusern ist mit rot-weißen Schranken gesperrt. Ein gelbes Schild mit Pfeil zeigt die Umleitung.",
        "focal": (0.5, 0.62),
    },
    "marktplatz": {
        "title": "Marktplatz mit Rathaus",
        "alt": "Zeichnung: Das Rathaus mit Uhrturm am Marktplatz, davor ein Brunnen und links und rechts Fachwerkhäuser.",
        "focal": (0.5, 0.45),
    },
    "kita": {
        "title": "Kita Sonnenwiese",
        "alt": "Zeichnung: Die Kita Sonnenwiese, ein flaches Haus mit bunten Fenstern. Im Garten stehen Rutsche und Sandkasten unter Bäumen.",
        "focal": (0.42, 0.55),
    },
    "buergerbudget": {
        "title": "Wahlurne Bürgerbudget",
        "alt": "Zeichnung: Eine Wahlurne, in die ein Stimmzettel mit drei Kreuzen fällt. Darüber schweben Bilder für Bank, Baum, Fahrrad und Ball.",
        "focal": (0.5, 0.55),
    },
    "trinkwasser": {
        "title": "Trinkwasser",
        "alt": "Zeichnung: Aus einem Wasserhahn fließt klares Wasser in ein Glas auf der Spüle. Hinter dem Fenster liegen Hügel und ein Wasserturm.",
        "focal": (0.5, 0.55),
    },
    "haushalt": {
        "title": "Haushalt der Stadt",
        "alt": "Zeichnung: Sieben verschieden hohe Balken stehen für die Ausgaben der Stadt. Davor liegen Münzstapel, dahinter die Dächer der Stadt.",
        "focal": (0.5, 0.55),
    },
    "christbaum": {
        "title": "Christbaumsammlung",
        "alt": "Zeichnung: Abgeschmückte Christbäume liegen an einem verschneiten Gehweg. Ein Wagen mit Ladefläche steht zum Abholen bereit.",
        "focal": (0.4, 0.68),
    },
    "spielplatz": {
        "title": "Plan für den Spielplatz",
        "alt": "Zeichnung: Ein Plan des neuen Spielplatzes mit Schaukel, Rutsche, Sandfläche und Bäumen liegt auf einem Tisch, daneben Buntstifte.",
        "focal": (0.48, 0.5),
    },
    "weidebad": {
        "title": "Weidebad",
        "alt": "Zeichnung: Das Becken im Weidebad mit Bahnenleinen, Sprungturm und Liegewiese mit Sonnenschirmen vor bewaldeten Hügeln.",
        "focal": (0.5, 0.55),
    },
    "glasfaser": {
        "title": "Glasfaserausbau",
        "alt": "Zeichnung: In einem offenen Graben neben der Straße liegen bunte Leerrohre. Eine Kabeltrommel und ein kleiner Bagger stehen bereit.",
        "focal": (0.45, 0.6),
    },
    "lesepaten": {
        "title": "Lesepaten",
        "alt": "Zeichnung: Eine Leseecke mit zwei Sesseln, einer Stehlampe und einem Tisch, auf dem ein aufgeschlagenes Bilderbuch liegt.",
        "focal": (0.5, 0.58),
    },
    "buecherei": {
        "title": "Stadtbücherei",
        "alt": "Zeichnung: Regale voller bunter Bücher in der Stadtbücherei, davor ein Tisch mit Leselampe am Fenster.",
        "focal": (0.5, 0.5),
    },
    "feuerwehr": {
        "title": "Feuerwehrhaus",
        "alt": "Zeichnung: Ein rotes Löschfahrzeug steht vor dem Feuerwehrhaus mit zwei offenen Toren und einem Schlauchturm.",
        "focal": (0.5, 0.58),
    },
    "wald": {
        "title": "Weg durch den Stadtwald",
        "alt": "Zeichnung: Ein Weg führt durch den Stadtwald mit hohen Fichten und Laubbäumen, am Rand liegt ein Holzstapel.",
        "focal": (0.5, 0.55),
    },
    "bus": {
        "title": "Bus 412 an der Haltestelle",
        "alt": "Zeichnung: Ein Linienbus fährt an eine Haltestelle mit Wartehäuschen und Sitzbank, dahinter Häuser und Bäume.",
        "focal": (0.45, 0.6),
    },
    "buergerbuero": {
        "title": "Bürgerbüro",
        "alt": "Zeichnung: Der Schalter im Bürgerbüro mit Bildschirm, Unterlagen und zwei Stühlen, an der Wand eine Uhr und das Wappen.",
        "focal": (0.5, 0.5),
    },
    "abfall": {
        "title": "Abfalltonnen",
        "alt": "Zeichnung: Vier Abfalltonnen in Schwarz, Braun, Blau und Gelb stehen vor einer Hecke am Straßenrand.",
        "focal": (0.5, 0.6),
    },
    "winter": {
        "title": "Winterdienst",
        "alt": "Zeichnung: Ein orangefarbenes Räumfahrzeug schiebt Schnee von einer Straße, auf Dächern und Bäumen liegt Schnee.",
        "focal": (0.42, 0.62),
    },
    "fest": {
        "title": "Fest am Markt",
        "alt": "Zeichnung: Eine Bühne mit Lichterketten und Marktbuden am Abend, im Hintergrund der Rathausturm.",
        "focal": (0.5, 0.5),
    },
    "werkstatt": {
        "title": "Werkstatt auf dem Bauhof",
        "alt": "Zeichnung: In der Werkstatt des Bauhofs stehen ein Mann mit roter Mütze und eine Frau mit Dutt neben einem kleinen orangefarbenen Schlepper.",
        "focal": (0.5, 0.45),
    },
}


def path(name: str) -> Path:
    """The file of a drawing."""
    return FOLDER / f"{name}.jpg"
