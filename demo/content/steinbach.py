"""The site of the district of Steinbach: its name and look, and the pages below it."""

from __future__ import annotations

from typing import Any, Final

from demo.content.blocks import callout, contact, heading, listed, picture, table, text

SITE: Final[dict[str, Any]] = {
    "title": "Ortsteil Steinbach",
    "slug": "steinbach",
    "short_name": "Steinbach",
    "intro": "Obstwiesen, das Wasserwerk und ein weiter Blick ins Tal: das Neueste aus dem Dorf, der Ortsbeirat, das Gemeinschaftshaus und die Vereine.",
    "colour": "#8a2f2f",  # the apple of the arms
    "accent": "#35602a",  # its leaf
    "street": "Steinbacher Straße 14",
    "postcode": "35999",
    "city": "Erlenfurt",
    "phone": "069 90009 140",
    "mail": "ortsbeirat-steinbach@erlenfurt.example",
    "hours": "Dienstag: 17:00 bis 18:30 Uhr\nSprechstunde: im Dorfgemeinschaftshaus, ohne Anmeldung",
}
HEAD: Final = picture("wald")
ARMS_TITLE: Final = "Wappen des Ortsteils Steinbach"
PLACE: Final = "Ortsteil Steinbach"  # messages from there stand on the site, too
# Its own, and in its list alone.
MEETING: Final[dict[str, Any]] = {
    "title": "Ortsbeirat tagt am 2. Dezember im Dorfgemeinschaftshaus",
    "slug": "ortsbeirat-tagt-am-2-dezember",
    "teaser": "Themen sind die Beleuchtung am Obstweg, der Winterdienst und der Haushalt 2027. Die Sitzung ist öffentlich.",
    "place": "Dorfgemeinschaftshaus, Ortsteil Steinbach",
    "dated": "2026-11-25",
    "category": "aus-dem-rathaus",
    "blocks": [
        text(
            "Der Ortsbeirat lädt am Mittwoch, 2. Dezember 2026, um 19:30 Uhr in den kleinen Saal ein. Am Anfang ist eine halbe Stunde Zeit für Ihre "
            "Fragen.",
        ),
        heading("Tagesordnung"),
        text(
            listed(
                "Fragen der Einwohnerinnen und Einwohner",
                "Warmes Licht am Obstweg: Kosten und Zeitplan",
                "Winterdienst auf den Gehwegen",
                "Haushalt 2027: Vorschläge für den Ortsteil Steinbach",
                ordered=True,
            )
        ),
        text("Die Niederschrift steht zwei Wochen später auf dieser Website."),
    ],
}

PAGES: Final[list[dict[str, Any]]] = [
    {
        "slug": "ortsbeirat",
        "title": "Ortsbeirat",
        "teaser": "Fünf gewählte Mitglieder beraten die Stadt in allem, was den Ortsteil betrifft.",
        "menu": "main",
        "menu_order": 10,
        "hero": picture("buergerbudget"),
        "blocks": [
            heading("Was der Ortsbeirat macht"),
            text(
                "Der Ortsbeirat nimmt Stellung, bevor die Stadtverordneten über Straßen, Bauplätze, Spielplätze und Haushaltsmittel im Ortsteil "
                "Steinbach entscheiden. Er kann selbst Vorschläge machen. Gewählt ist er bis zum Frühjahr 2031.",
            ),
            table(
                "Mitglieder",
                ("Name", "Aufgabe"),
                ("Marlis Apfelthal", "Ortsvorsteherin"),
                ("Gerold Quellborn", "Stellvertreter"),
                ("Sina Wiesengrund", "Schriftführerin"),
                ("Thilo Brunnenwald", "Wege und Obstwiesen"),
                ("Edda Kelterhof", "Vereine und Feste"),
            ),
            heading("Sitzungen"),
            text(
                "Der Ortsbeirat tagt am ersten Mittwoch in jedem zweiten Monat um 19:30 Uhr im Dorfgemeinschaftshaus. Die Sitzungen sind öffentlich. "
                "Am Anfang ist eine halbe Stunde Zeit für Ihre Fragen.",
            ),
            callout(
                "Etwas melden",
                "Eine Laterne ist dunkel, ein Weg ist zugewachsen? Sagen Sie es in der Sprechstunde oder schreiben Sie an ortsbeirat-steinbach@erlenfurt.example.",
            ),
        ],
        "below": [
            {
                "slug": "niederschriften",
                "title": "Niederschriften",
                "teaser": "Was der Ortsbeirat beraten und beschlossen hat.",
                "menu": "",
                "menu_order": 10,
                "blocks": [
                    heading("Letzte Sitzung"),
                    text(
                        listed(
                            "Die Beleuchtung am Obstweg wird auf warmes Licht umgestellt. Der Ortsbeirat stimmt zu.",
                            "Der Bücherschrank steht seit Juni am Dorfplatz. Drei Patinnen schauen jede Woche nach ihm.",
                            "Für die Wasserleitung in der Steinbacher Straße bittet der Ortsbeirat um einen Bericht des Wasserwerks.",
                        )
                    ),
                    text("Ältere Niederschriften können Sie im Bürgerbüro einsehen."),
                ],
            }
        ],
    },
    {
        "slug": "dorfgemeinschaftshaus",
        "title": "Dorfgemeinschaftshaus",
        "teaser": "Saal für 120 Gäste, Küche und Bühne: So mieten Sie das Haus.",
        "menu": "main",
        "menu_order": 20,
        "hero": picture("fest"),
        "blocks": [
            heading("Räume und Preise"),
            table(
                "Miete für einen Tag",
                ("Raum", "Einwohnerinnen und Einwohner", "Andere"),
                ("Saal mit Bühne", "140 Euro", "220 Euro"),
                ("Kleiner Saal", "60 Euro", "95 Euro"),
                ("Küche", "40 Euro", "60 Euro"),
            ),
            text("Vereine aus dem Ortsteil Steinbach nutzen den kleinen Saal viermal im Jahr kostenlos."),
            heading("Buchen"),
            contact(
                ("Vermietung", "Edda Kelterhof (Name erfunden)"),
                ("Telefon", "069 90009 141"),
                ("E-Mail", "haus-steinbach@erlenfurt.example"),
            ),
            text("Der Eingang ist stufenlos. Eine Toilette für Menschen im Rollstuhl liegt im Erdgeschoss."),
        ],
    },
    {
        "slug": "vereine-und-feste",
        "title": "Vereine und Feste",
        "teaser": "Obstbauverein, Feuerwehr, Chor und Sport: wer was anbietet und wann gefeiert wird.",
        "menu": "main",
        "menu_order": 30,
        "hero": picture("feuerwehr"),
        "blocks": [
            heading("Vereine"),
            table(
                "Vereine im Ortsteil Steinbach",
                ("Verein", "Was er anbietet", "Treffen"),
                (
                    "Obst- und Gartenbauverein",
                    "Schnittkurse, Mosterei, Pflege der Obstwiesen",
                    "jeden zweiten Freitag",
                ),
                (
                    "Freiwillige Feuerwehr, Einheit Steinbach",
                    "Einsätze, Jugendfeuerwehr ab 10 Jahren",
                    "montags",
                ),
                ("Gemischter Chor Quellklang", "Proben und zwei Konzerte im Jahr", "donnerstags"),
                ("Sportgemeinschaft 1921", "Turnen, Tischtennis, Wandern", "täglich, siehe Aushang"),
            ),
            heading("Feste im Jahr"),
            text(
                listed(
                    "Mai: Blütenwanderung über die Obstwiesen",
                    "Juli: Feuerwehrfest am Dorfplatz",
                    "Oktober: gemeinsames Keltern, jede Familie bringt ihre Äpfel mit",
                    "Dezember: lebendiger Adventskalender an 24 Fenstern",
                )
            ),
        ],
    },
    {
        "slug": "wasser-und-obstwiesen",
        "title": "Wasser und Obstwiesen",
        "teaser": "Woher das Trinkwasser der Stadt kommt, und wo Sie Äpfel pflücken dürfen.",
        "menu": "",
        "menu_order": 40,
        "hero": picture("trinkwasser"),
        "blocks": [
            heading("Das Wasserwerk"),
            text(
                "Das Wasserwerk am Quellweg fördert jeden Tag rund 900 Kubikmeter aus drei Brunnen. Es versorgt die ganze Stadt. Am Tag der offenen "
                "Tür im September können Sie die Anlage besichtigen.",
            ),
            heading("Äpfel für alle"),
            text(
                "Bäume mit einem gelben Band dürfen Sie abernten, so viel Sie selbst verbrauchen. Leitern und Klettern sind nicht erlaubt. Der Obst- und "
                "Gartenbauverein zeigt im Februar, wie Sie Bäume richtig schneiden.",
            ),
        ],
    },
]
