"""What the town undertakes, and the words of its administration. Bodies are values of the StreamField (`website.blocks`)."""

from __future__ import annotations

from typing import Any

SECTION: dict[str, Any] = {
    "title": "Projekte der Stadt",
    "slug": "projekte",
    "teaser": "Was Erlenfurt plant und baut: mit Stand, Zeitplan und den Menschen, die Auskunft geben.",
    "menu": "main",
    "menu_order": 25,
}
COSTS = "Gewerk;Euro\r\nSpielgeräte;82.000\r\nWege und Boden;41.000\r\nPflanzen und Bänke;25.000\r\n"
# The film is made of the drawing beside it, with a slow turn over the plan.
FILM: dict[str, str] = {
    "title": "Der Plan des Spielplatzes in 20 Sekunden",
    "captions": (
        "WEBVTT\n\n"
        "00:00.500 --> 00:05.000\nLinks oben liegt der Sandplatz, daneben stehen zwei Schaukeln.\n\n"
        "00:05.500 --> 00:10.000\nDie blaue Linie ist die Wasserstelle.\n\n"
        "00:10.500 --> 00:15.000\nUnten steht der Turm mit der Rutsche.\n\n"
        "00:15.500 --> 00:19.500\nDer Weg ist breit genug für Kinderwagen und Rollstuhl.\n"
    ),
    "transcript": (
        "<p>Der Film hat keinen Ton. Er fährt langsam über den gezeichneten Plan: Links oben liegt der Sandplatz, daneben stehen zwei "
        "Schaukeln. Rechts führt eine blaue Linie zur Wasserstelle. Unten steht ein Turm mit Rutsche. Ein breiter Weg verbindet alles.</p>"
    ),
}
PLAYGROUND: dict[str, Any] = {
    "title": "Neuer Spielplatz an der Gerbergasse",
    "slug": "spielplatz-gerbergasse",
    "teaser": "Der Spielplatz wird neu gebaut. Kinder haben über die Geräte mitentschieden.",
    "state": "running",
    "ends": "Mai 2027",
    "steps": [
        ("Juli 2026", "Zwei alte Geräte werden abgebaut.", "done"),
        ("September 2026", "Die Stadtverordneten beschließen den Neubau.", "done"),
        ("November 2026", "Die Planung wird mit Kindern und Eltern abgestimmt.", "now"),
        ("März 2027", "Der Bau beginnt.", "planned"),
        ("Mai 2027", "Der Spielplatz wird eröffnet.", "planned"),
    ],
    "body": [
        ("heading", "Worum es geht"),
        (
            "text",
            (
                "<p>Der Spielplatz an der Gerbergasse ist von 1994. Die Stadt baut ihn neu: mit einer Wasserstelle, einem Kletterwald und einer "
                "Schaukel, die auch Kinder im Rollstuhl nutzen können. Die Stadtverordnetenversammlung hat dem Haushalt dafür zugestimmt. "
                "Grundlage ist der Bebauungsplan für das Mühlviertel.</p>"
            ),
        ),
        ("heading", "Was es kostet"),
        (
            "figures",
            {
                "caption": "Kosten des Spielplatzes",
                "rows": "Gewerk | Euro\nSpielgeräte | 82.000\nWege und Boden | 41.000\nPflanzen und Bänke | 25.000",
                "source": "Stadt Erlenfurt, Beschluss vom 24. September 2026",
                "source_address": "",
                "bars": True,
            },
        ),
        ("heading", "Fragen und Antworten"),
        (
            "accordion",
            [
                {
                    "title": "Wo können Kinder bis dahin spielen?",
                    "text": "<p>Der Spielplatz an der Grundschule am Markt ist jeden Tag bis 20:00 Uhr offen.</p>",
                },
                {
                    "title": "Wie laut wird der Bau?",
                    "text": "<p>Gebaut wird von Montag bis Freitag zwischen 8:00 und 17:00 Uhr. Zwei Wochen lang fahren größere Maschinen.</p>",
                },
            ],
        ),
        ("heading", "Wer Auskunft gibt"),
        (
            "contact",
            [
                {"label": "Bauamt", "value": "069 90009 140"},
                {"label": "E-Mail", "value": "bauamt@erlenfurt.example"},
            ],
        ),
    ],
}
GLOSSARY: dict[str, Any] = {
    "title": "Glossar",
    "slug": "glossar",
    "intro": "Wörter der Verwaltung, kurz erklärt.",
    "terms": [
        (
            "Bebauungsplan",
            "Bebauungsplans, B-Plan",
            "Legt fest, was auf einem Grundstück gebaut werden darf.",
        ),
        ("Bekanntmachung", "Bekanntmachungen", "Eine amtliche Mitteilung, die ab einem bestimmten Tag gilt."),
        ("Beschluss", "Beschlusses", "Eine Entscheidung, über die ein Gremium abgestimmt hat."),
        ("Fraktion", "Fraktionen", "Stadtverordnete, die sich zusammengeschlossen haben."),
        ("Haushalt", "Haushalts", "Der Plan, was die Stadt in einem Jahr einnimmt und ausgibt."),
        ("Hebesatz", "Hebesätze", "Mit ihm bestimmt die Stadt, wie hoch Grundsteuer und Gewerbesteuer sind."),
        ("Magistrat", "Magistrats", "Die Leitung der Verwaltung: Bürgermeisterin und Stadträte."),
        ("Satzung", "Satzungen", "Eine Regel, die die Stadt für ihr Gebiet beschließt."),
        ("Stadtverordnetenversammlung", "", "Die gewählte Vertretung der Bürgerinnen und Bürger."),
        ("Widerspruch", "Widerspruchs", "Damit bitten Sie ein Amt, eine Entscheidung noch einmal zu prüfen."),
    ],
}
