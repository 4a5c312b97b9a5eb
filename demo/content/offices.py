"""Places, people and offices of the demo town: fields of the page types, as a small town would fill them in. Every name is invented."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

_CLERKS: Final = "069 90009"
INDEX: Final[dict[str, Any]] = {
    "title": "Ämter",
    "intro": "Wer wofür zuständig ist, wann geöffnet ist und wen Sie fragen können.",
    "christmas_eve_closed": True,
    "new_years_eve_closed": True,
}
PLACE_INDEX: Final[dict[str, Any]] = {
    "title": "Orte",
    "intro": "Gebäude und Anlagen der Stadt: wo sie sind und wie Sie hineinkommen.",
}


def _place(slug: str, title: str, street: str, at: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": title,
        "street": street,
        "postcode": "35999",
        "town_name": "Erlenfurt",
        "latitude": at[0],
        "longitude": at[1],
        **more,
    }


PLACES: Final = (
    _place(
        "rathaus",
        "Rathaus",
        "Marktplatz 1",
        ("50.718240", "9.231150"),
        teaser="Das Rathaus am Marktplatz, erbaut 1611. Im Erdgeschoss liegt das Bürgerbüro.",
        wheelchair="yes",
        toilet=True,
        lift=True,
        parking=True,
        hearing=True,
        access_note="Der stufenlose Eingang ist auf der Seite zur Schulgasse.",
        transit="Linie 412, Haltestelle Marktplatz",
    ),
    _place(
        "bauhof",
        "Bauhof",
        "Gewerbestraße 14",
        ("50.712870", "9.244020"),
        teaser="Werkstatt und Lager der Stadt, mit der Annahme von Grünschnitt.",
        wheelchair="yes",
        parking=True,
        transit="Linie 412, Haltestelle Gewerbestraße",
    ),
    _place(
        "stadtbuecherei",
        "Altes Zollhaus",
        "Weidegasse 3",
        ("50.719010", "9.229480"),
        teaser="Das Zollhaus an der Furt ist heute das Haus der Stadtbücherei.",
        wheelchair="partly",
        toilet=True,
        guide=True,
        access_note="Das Erdgeschoss ist stufenlos. Aus dem oberen Stock bringen wir Ihnen jedes Buch.",
        transit="Linie 412, Haltestelle Marktplatz, fünf Minuten zu Fuß",
    ),
    _place(
        "weidebad",
        "Weidebad",
        "An den Weidewiesen 8",
        ("50.722310", "9.226700"),
        teaser="Das Freibad an der Weide mit Nichtschwimmerbecken, Sprungturm und Liegewiese.",
        wheelchair="yes",
        toilet=True,
        parking=True,
        access_note="Ein Beckenlift steht bereit. Bitte fragen Sie an der Kasse.",
        transit="Haltepunkt Erlenfurt, zehn Minuten zu Fuß",
    ),
    _place(
        "kita-sonnenwiese",
        "Kita Sonnenwiese",
        "Mühlstraße 22",
        ("50.715560", "9.233900"),
        teaser="Sechs Gruppen für Kinder von einem Jahr bis zur Einschulung.",
        wheelchair="yes",
        toilet=True,
        transit="Linie 412, Haltestelle Mühlstraße",
    ),
    _place(
        "wasserwerk",
        "Wasserwerk",
        "Quellenweg 5",
        ("50.709120", "9.238840"),
        teaser="Hier wird das Trinkwasser der Stadt gefördert und geprüft.",
        wheelchair="no",
        access_note="Sechs Stufen zum Eingang. Wir kommen auch zu Ihnen.",
    ),
)


def _person(
    name: str, function: str, extension: int, mail: str, duty: str = "", **more: Any
) -> dict[str, Any]:
    return {
        "title": name,
        "function": function,
        "duty": duty,
        "phone": f"{_CLERKS} {extension}",
        "mail": f"{mail}@erlenfurt.example",
        **more,
    }


PEOPLE: Final = (
    _person("Henrike Auental", "Bürgermeisterin", 100, "buergermeisterin", own_page=True),
    _person("Selma Aktenau", "Sachbearbeiterin", 111, "buergerbuero", "Ausweise und Pässe"),
    _person("Rieke Stempelmann", "Sachbearbeiterin", 113, "meldewesen", "Meldewesen und Führungszeugnisse"),
    _person(
        "Konrad Ringelbach", "Standesbeamter", 112, "standesamt", "Geburten, Eheschließungen, Sterbefälle"
    ),
    _person("Ottilie Giebelfeld", "Leiterin des Bauamts", 120, "bauamt", own_page=True),
    _person(
        "Bela Lotrecht", "Sachbearbeiter", 122, "bauantrag", "Bauanträge, Ortsteile Oberholz und Steinbach"
    ),
    _person("Friedo Kehrwieder", "Leiter des Bauhofs", 130, "bauhof"),
    _person("Juna Schneepflug", "Einsatzleiterin", 131, "winterdienst", "Winterdienst und Grünflächen"),
    _person("Alma Quellmann", "Leiterin des Wasserwerks", 140, "wasserwerk"),
    _person("Merle Sandkuhl", "Leiterin der Kita", 150, "kita", "Anmeldung und Beiträge"),
    _person("Valentin Buchhain", "Leiter der Stadtbücherei", 160, "buecherei"),
    _person("Doro Groschenau", "Sachbearbeiterin", 171, "steuern", "Grundsteuer und Hundesteuer"),
    _person("Till Sprungbrett", "Badebetriebsleiter", 180, "weidebad", "Freibad und Kurse"),
)

_TOWN_HALL: Final = {
    "monday": "8–12, 14–16",
    "tuesday": "8–12, 14–16",
    "thursday": "8–12, 14–18",
    "friday": "8–12",
}


def _office(slug: str, title: str, topic: str, teaser: str, text: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "title": title, "topic": topic, "teaser": teaser, "body": [("text", text)], **more}


def offices(today: date) -> tuple[dict[str, Any], ...]:
    """`place`: slug of PLACES, `people`: names of PEOPLE, `exceptions`: (day, last day or None, hours, reason), `services`: their slugs."""
    year = today.year + (today.month > 9)
    return (
        _office(
            "buergerbuero",
            "Bürgerbüro",
            "rathaus",
            "Ausweise, Anmeldung, Führungszeugnis: vieles geht ohne Termin, manches online.",
            "<p>Im Bürgerbüro erledigen Sie die meisten Wege auf einmal. Einen Termin brauchen Sie nur für Ausweise und Pässe.</p>",
            **_TOWN_HALL,
            place="rathaus",
            room="Erdgeschoss, Zimmer 2",
            phone="069 90009 110",
            mail="buergerbuero@erlenfurt.example",
            appointment_address="https://online.erlenfurt.example/termine",
            people=("Selma Aktenau", "Rieke Stempelmann"),
            exceptions=((date(today.year, 12, 3), None, "", "Fortbildung"),),
            other_names="Einwohnermeldeamt, Passamt, Fundbüro",
            services=(
                "personalausweis",
                "reisepass",
                "wohnsitz",
                "fuehrungszeugnis",
                "bewohnerparkausweis",
                "fundsachen",
            ),
        ),
        _office(
            "standesamt",
            "Standesamt",
            "rathaus",
            "Geburt, Heirat und Sterbefall.",
            "<p>Wir beurkunden, was in einem Leben wichtig ist. Trauungen sind auch samstags möglich.</p>",
            monday="8–12",
            tuesday="8–12",
            thursday="14–18",
            friday="nach Vereinbarung",
            saturday="nach Vereinbarung",
            place="rathaus",
            room="1. Stock, Zimmer 11",
            phone="069 90009 112",
            mail="standesamt@erlenfurt.example",
            people=("Konrad Ringelbach",),
            services=("geburtsurkunde", "eheschliessung"),
        ),
        _office(
            "bauamt",
            "Bauamt",
            "bauen",
            "Bauanträge, Straßen und Spielplätze.",
            "<p>Vor einem Bauantrag beraten wir Sie gern. Bringen Sie einen Lageplan und ein paar Fotos mit.</p>",
            monday="8–12",
            thursday="8–12, 14–18",
            friday="nach Vereinbarung",
            place="rathaus",
            room="2. Stock, Zimmer 21",
            phone="069 90009 120",
            mail="bauamt@erlenfurt.example",
            people=("Ottilie Giebelfeld", "Bela Lotrecht"),
            services=(),
        ),
        _office(
            "stadtkasse",
            "Kämmerei und Stadtkasse",
            "rathaus",
            "Steuern, Gebühren und das Bürgerbudget.",
            "<p>Bescheide erklären wir Ihnen am Telefon. Eine Ratenzahlung beantragen Sie formlos.</p>",
            monday="8–12",
            tuesday="8–12",
            thursday="14–18",
            place="rathaus",
            room="1. Stock, Zimmer 14",
            phone="069 90009 170",
            mail="stadtkasse@erlenfurt.example",
            people=("Doro Groschenau",),
            other_names="Steueramt, Kämmerei",
            services=("hundesteuer", "gewerbeanmeldung"),
        ),
        _office(
            "bauhof",
            "Bauhof",
            "bauen",
            "Winterdienst, Grünflächen, Straßenreinigung und Sperrmüll.",
            "<p>Grünschnitt nehmen wir während der Öffnungszeiten an, bis zu einem Kubikmeter kostenfrei.</p>",
            monday="7–15:30",
            tuesday="7–15:30",
            wednesday="7–15:30",
            thursday="7–15:30",
            friday="7–12",
            place="bauhof",
            phone="069 90009 130",
            mail="bauhof@erlenfurt.example",
            seasons=(
                ("Grünschnitt auch samstags", date(year, 4, 1), date(year, 10, 31), True, {
                    "monday": "7–15:30", "tuesday": "7–15:30", "wednesday": "7–15:30", "thursday": "7–15:30",
                    "friday": "7–12", "saturday": "9–13",
                }),
            ),
            people=("Friedo Kehrwieder", "Juna Schneepflug"),
            services=("sperrmuell", "osterfeuer"),
        ),
        _office(
            "wasserwerk",
            "Wasserwerk",
            "bauen",
            "Trinkwasser, Zähler und Hausanschlüsse.",
            "<p>Bei einem Rohrbruch erreichen Sie uns rund um die Uhr unter 069 90009 141.</p>",
            monday="8–12",
            wednesday="8–12",
            friday="nach Vereinbarung",
            place="wasserwerk",
            phone="069 90009 140",
            mail="wasserwerk@erlenfurt.example",
            people=("Alma Quellmann",),
            services=(),
        ),
        _office(
            "kita-sonnenwiese",
            "Kita Sonnenwiese",
            "bildung",
            "Betreuung von sieben bis siebzehn Uhr.",
            "<p>Die Anmeldung läuft bis 31. Januar. Kommen Sie vorher zu einem Rundgang vorbei.</p>",
            monday="7–17",
            tuesday="7–17",
            wednesday="7–17",
            thursday="7–17",
            friday="7–15",
            exceptions=((date(today.year, 12, 23), date(today.year + 1, 1, 3), "", "Winterferien"),),
            place="kita-sonnenwiese",
            phone="069 90009 150",
            mail="kita@erlenfurt.example",
            people=("Merle Sandkuhl",),
            services=("kita-platz",),
        ),
        _office(
            "stadtbuecherei",
            "Stadtbücherei",
            "kultur",
            "12.000 Bücher, Spiele und ein ruhiger Platz am Fenster.",
            "<p>Der Ausweis kostet zwölf Euro im Jahr, für Kinder nichts.</p>",
            tuesday="14–18",
            wednesday="10–13",
            thursday="14–19",
            saturday="10–13",
            hours_note="Die Rückgabeklappe neben der Tür ist immer offen.",
            place="stadtbuecherei",
            phone="069 90009 160",
            mail="buecherei@erlenfurt.example",
            people=("Valentin Buchhain",),
            other_names="Bibliothek",
            services=(),
        ),
        _office(
            "weidebad",
            "Freibad Weidebad",
            "kultur",
            "Schwimmen an der Weide, von Mai bis September.",
            "<p>Außerhalb der Badesaison ist das Bad geschlossen.</p>",
            seasons=(
                ("Badesaison", date(year, 5, 15), date(year, 9, 12), False, {
                    "monday": "12–20", "tuesday": "9–20", "wednesday": "9–20", "thursday": "9–20", "friday": "9–20",
                    "saturday": "9–20", "sunday": "9–20",
                }),
            ),
            on_holidays="sunday",
            hours_note="Letzter Einlass um 19 Uhr.",
            place="weidebad",
            phone="069 90009 180",
            mail="weidebad@erlenfurt.example",
            people=("Till Sprungbrett",),
            other_names="Schwimmbad",
            services=(),
        ),
    )  # fmt: skip
