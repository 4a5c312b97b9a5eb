"""Messages that come back in every town: council, road works, bins, taxes. Facts differ, the frame is the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from demo.content.archive_parts import MONTHS, entry

# Session day, time, topics in the agenda.
_SESSIONS = (
    ("2025-12-11", "Haushalt 2026|Gebühren für Wasser und Abwasser|Wahl der Ortsgerichtsschöffin"),
    (
        "2026-01-29",
        "Wärmeplanung für die Altstadtgassen|Kauf eines Mähfahrzeugs für den Bauhof|Förderung der Musikschule",
    ),
    ("2026-02-26", "Bebauungsplan „Am Anger“|Zuschuss für den Turnverein|Bericht zum Stadtwald"),
    ("2026-05-21", "Bericht zur Haushaltslage|Neue Satzung für das Weidebad|Ladesäulen am Haltepunkt"),
    ("2026-06-18", "Kitabeiträge ab August 2027|Sanierung der Weidebrücke|Patenschaften für Bäume"),
    ("2026-08-27", "Jahresabschluss 2025|Standorte für Trinkbrunnen|Ferienbetreuung 2027"),
    ("2026-09-24", "Neubau des Spielplatzes an der Gerbergasse|Bürgerbudget 2027|Tempo 30 in der Schulgasse"),
    ("2026-10-29", "Glasfaserausbau und Anteil der Stadt|Gutachten zum Weidebad|Friedhofssatzung"),
    (
        "2026-11-19",
        "Einbringung des Haushalts 2027|Standort für das neue Löschfahrzeug|Bericht zum Bürgerbudget",
    ),
)

_DECISIONS = (
    (
        "2025-12-12",
        "Haushalt 2026 beschlossen: 13,7 Millionen Euro",
        "Die Stadtverordnetenversammlung hat den Haushalt 2026 mit großer Mehrheit beschlossen. Die Hebesätze bleiben gleich.",
        (
            "22 Stimmen für den Haushalt, 7 dagegen, 2 Enthaltungen",
            "Wasser wird um 6 Cent je Kubikmeter teurer, Abwasser bleibt gleich",
            "Die Ortsgerichtsschöffin wurde für zehn Jahre gewählt",
        ),
    ),
    (
        "2026-01-30",
        "Bauhof bekommt ein neues Mähfahrzeug",
        "Das alte Fahrzeug ist 17 Jahre alt. Die Stadtverordneten haben 86.000 Euro für ein neues freigegeben.",
        (
            "Das Fahrzeug kommt im Mai und mäht auch steile Böschungen",
            "Die Musikschule erhält weiter 12.000 Euro im Jahr",
            "Die Wärmeplanung geht in den Bauausschuss zurück",
        ),
    ),
    (
        "2026-02-27",
        "Bebauungsplan „Am Anger“ auf den Weg gebracht",
        "Am Anger sollen 24 Wohnungen entstehen, ein Drittel davon gefördert. Der Entwurf wird jetzt öffentlich ausgelegt.",
        (
            "Auslegung des Entwurfs vom 16. März bis 17. April im Bauamt",
            "Der Turnverein erhält 8.000 Euro für neue Geräte",
            "Der Stadtwald schließt 2025 mit einem kleinen Überschuss ab",
        ),
    ),
    (
        "2026-06-19",
        "Weidebrücke wird 2028 saniert",
        "Die Stadtverordneten haben die Planung für die Sanierung der Weidebrücke vergeben. Gebaut wird frühestens im Frühjahr 2028.",
        (
            "Die Planung kostet 140.000 Euro, das Land fördert die Hälfte",
            "Die neuen Kitabeiträge gelten ab 1. August 2027",
            "Bürgerinnen und Bürger können künftig Patenschaften für Bäume übernehmen",
        ),
    ),
    (
        "2026-09-25",
        "Stadtverordnete stimmen für neuen Spielplatz an der Gerbergasse",
        "Der Spielplatz wird für 148.000 Euro neu gebaut. Über Geräte und Gestaltung entscheiden Kinder mit.",
        (
            "Alle Fraktionen haben zugestimmt",
            "In der Schulgasse gilt ab November Tempo 30",
            "Für das Bürgerbudget 2027 stehen 40.000 Euro bereit",
        ),
    ),
    (
        "2026-10-30",
        "Stadt zahlt 210.000 Euro für Glasfaser im Ortsteil Oberholz",
        "Der Anteil der Stadt am geförderten Ausbau ist beschlossen. Damit kann der Bau im März 2027 beginnen.",
        (
            "312 Gebäude können angeschlossen werden",
            "Das Gutachten zum Weidebad wird im Dezember beraten",
            "Auf dem Friedhof sind künftig Baumgräber möglich",
        ),
    ),
)

# Sent on, street, district, first day, last day, work, detour, hint.
_ROADS = (
    ("2025-11-27", "Steinbacher Straße", "Steinbach", "2025-12-01", "2025-12-12", "Kanal wird mit einer Kamera untersucht", "Eine Ampel regelt den Verkehr.", "halbseitig"),
    ("2026-01-15", "Brückenstraße", "Altstadt", "2026-01-19", "2026-01-23", "Bäume an der Weide werden geschnitten", "Eine Ampel regelt den Verkehr.", "halbseitig"),
    ("2026-02-19", "Lindenweg", "Mühlviertel", "2026-02-23", "2026-03-13", "Stromkabel wird erneuert", "Die Umleitung führt über die Bahnhofstraße.", "voll"),
    ("2026-03-24", "Oberholzer Weg", "Oberholz", "2026-03-30", "2026-04-10", "Schäden vom Winter werden repariert", "Die Umleitung führt über die Waldstraße.", "voll"),
    ("2026-04-16", "Schulgasse", "Altstadt", "2026-04-20", "2026-04-24", "Gehweg wird abgesenkt", "Die Schule ist zu Fuß vom Marktplatz aus erreichbar.", "voll"),
    ("2026-05-07", "Bahnhofstraße", "Mühlviertel", "2026-05-11", "2026-05-13", "Fahrbahndecke bekommt neue Markierungen", "Bitte rechnen Sie mit kurzen Wartezeiten.", "halbseitig"),
    ("2026-06-25", "Uferstraße", "Altstadt", "2026-06-29", "2026-07-24", "Stützmauer an der Weide wird gesichert", "Die Umleitung führt über die Weidenallee.", "voll"),
    ("2026-07-16", "Gerbergasse", "Mühlviertel", "2026-07-20", "2026-08-07", "Hausanschlüsse für Wasser werden erneuert", "Die Umleitung führt über den Lindenweg.", "voll"),
    ("2026-08-20", "Deichweg", "Hinterweide", "2026-08-24", "2026-09-04", "Deichkrone wird befestigt", "Der Radweg wird über die Weidewiesen geführt.", "voll"),
    ("2026-10-06", "Weidenallee", "Hinterweide", "2026-10-12", "2026-10-16", "Straßenlampen werden auf sparsame Technik umgestellt", "Parken ist dort tagsüber nicht möglich.", "halbseitig"),
)  # fmt: skip

# Holiday, affected tours: usual day -> new day.
_BINS = (
    ("2025-12-15", "Weihnachten und Neujahr", (("2025-12-25", "2025-12-27"), ("2025-12-26", "2025-12-29"), ("2026-01-01", "2026-01-02"), ("2026-01-02", "2026-01-03"))),
    ("2026-03-26", "Ostern", (("2026-04-03", "2026-04-04"), ("2026-04-06", "2026-04-07"), ("2026-04-07", "2026-04-08"))),
    ("2026-05-08", "Himmelfahrt und Pfingsten", (("2026-05-14", "2026-05-15"), ("2026-05-15", "2026-05-16"), ("2026-05-25", "2026-05-26"))),
    ("2026-05-28", "Fronleichnam", (("2026-06-04", "2026-06-05"), ("2026-06-05", "2026-06-06"))),
)  # fmt: skip

_TAXES = (
    ("2026-02-03", "2026-02-16", "Grundsteuer, Gewerbesteuer und Hundesteuer: erster Termin im Jahr"),
    ("2026-05-05", "2026-05-15", "Grundsteuer und Gewerbesteuer im zweiten Quartal fällig"),
    ("2026-08-04", "2026-08-17", "Steuertermin im August: bitte prüfen Sie Ihren Dauerauftrag"),
    ("2026-11-03", "2026-11-16", "Letzter Steuertermin des Jahres am 16. November"),
)


def series() -> list[dict[str, Any]]:
    """All messages of all series."""
    return [
        *_sessions(),
        *map(_decision, _DECISIONS),
        *map(_road, _ROADS),
        *map(_bins, _BINS),
        *map(_tax, _TAXES),
    ]


def _sessions() -> list[dict[str, Any]]:
    result = []
    for i, (day, topics) in enumerate(_SESSIONS):
        session = date.fromisoformat(day)
        first, *others = topics.split("|")
        month = f"{MONTHS[session.month - 1]} {session.year}"
        ways = (
            f"Die Stadtverordneten tagen öffentlich. Auf der Tagesordnung stehen {len(others) + 4} Punkte.",
            "Alle Bürgerinnen und Bürger können zuhören. Zu Beginn gibt es eine Fragestunde von 30 Minuten.",
            "Die Sitzung ist öffentlich, der Ratssaal ist stufenlos erreichbar.",
        )
        result.append(
            entry(
                (session - timedelta(days=8)).isoformat(),
                "aus-dem-rathaus",
                "marktplatz" if i % 3 == 0 else "",
                f"Stadtverordnete tagen im {month}: {first}",
                f"Am [{day}] um 19:00 Uhr tagt die Stadtverordnetenversammlung im Ratssaal. Wichtigstes Thema: {first}.",
                "Ratssaal, Rathaus, Marktplatz 1",
                ways[i % 3],
                "Die Unterlagen können Sie vorab im Bürgerbüro einsehen. Das Protokoll wird nach der Genehmigung veröffentlicht.",
                facts=(
                    ("Wann", f"[{day}], 19:00 Uhr"),
                    ("Wo", "Ratssaal im Rathaus, erster Stock, Aufzug vorhanden"),
                ),
                head="Themen der Sitzung",
                points=(first, *others, "Anfragen und Mitteilungen"),
                until=day,
            )
        )
    return result


def _decision(item: tuple[str, str, str, tuple[str, ...]]) -> dict[str, Any]:
    day, title, teaser, points = item
    evening = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return entry(
        day,
        "aus-dem-rathaus",
        "haushalt" if "Haushalt" in title else "",
        title,
        teaser,
        "Rathaus, Marktplatz 1",
        f"In der Sitzung am [{evening}] ging es um mehrere Vorhaben, die viele in der Stadt betreffen.",
        "Beschlüsse gelten, sobald sie öffentlich bekannt gemacht sind. Das Protokoll liegt ab der nächsten Sitzung im Rathaus aus.",
        head="Das wurde beschlossen",
        points=points,
    )


def _road(item: tuple[str, str, str, str, str, str, str, str]) -> dict[str, Any]:
    day, street, district, first, last, work, detour, kind = item
    closed = "voll gesperrt" if kind == "voll" else "halbseitig gesperrt"
    full = kind == "voll"
    return entry(
        day,
        "verkehr",
        "sperrung",
        f"{street}: {work}",
        f"Die Straße „{street}“ im Ortsteil {district} ist von [{first}] bis [{last}] {closed}. {detour}",
        f"{street}, Ortsteil {district}",
        f"Der Grund für die Sperrung: {work}. Gearbeitet wird montags bis freitags von 7:00 bis 17:00 Uhr. {detour}",
        "Bei starkem Regen oder Frost können sich die Arbeiten um einige Tage verschieben. Wir bitten um Verständnis.",
        facts=(
            ("Von", f"[{first}], 7:00 Uhr"),
            ("Bis", f"[{last}], 17:00 Uhr"),
            ("Art der Sperrung", closed),
        ),
        points=(
            "Zu Fuß und mit geschobenem Rad kommen Sie immer durch.",
            "Feuerwehr und Rettungsdienst können jederzeit durchfahren.",
            "Stellen Sie Abfalltonnen vor 6:00 Uhr an die nächste Querstraße."
            if full
            else "Die Müllabfuhr kommt zu den üblichen Zeiten.",
        ),
        office="bauamt",
        until=f"{last}T17:00",
    )


def _bins(item: tuple[str, str, tuple[tuple[str, str], ...]]) -> dict[str, Any]:
    day, feast, moves = item
    return entry(
        day,
        "umwelt",
        "abfall",
        f"Müllabfuhr verschiebt sich rund um {feast}",
        f"Wegen der Feiertage kommt die Müllabfuhr an {len(moves)} Tagen später. Hier stehen die neuen Termine.",
        "alle Ortsteile",
        "Die Verschiebung gilt für Restabfall, Bioabfall, Papier und Gelbe Tonne in allen Ortsteilen.",
        "Bitte stellen Sie die Tonnen bis 6:00 Uhr bereit. Die Fahrzeuge kommen nicht immer zur gewohnten Zeit.",
        head="So verschieben sich die Termine",
        points=[f"statt am [{old}] erst am [{new}]" for old, new in moves],
        office="bauhof",
        until=moves[-1][1],
    )


def _tax(item: tuple[str, str, str]) -> dict[str, Any]:
    day, due, title = item
    return entry(
        day,
        "haushalt",
        "",
        title,
        f"Am [{due}] werden Steuern und Abgaben fällig. Wer ein Lastschriftmandat erteilt hat, muss nichts tun.",
        "Stadtkasse, Rathaus, Marktplatz 1",
        "Der Betrag steht in Ihrem letzten Bescheid. Er gilt so lange, bis Sie einen neuen Bescheid erhalten. Geben Sie bei "
        "Überweisungen bitte das Kassenzeichen an, damit wir die Zahlung zuordnen können.",
        "Können Sie nicht pünktlich zahlen? Rufen Sie uns vor dem Termin an. Oft lässt sich eine Zahlung in Raten vereinbaren.",
        note=(
            "Lastschrift spart Mahngebühren",
            "Das Formular für ein Lastschriftmandat erhalten Sie in der Stadtkasse und im Bürgerbüro.",
        ),
        office="kasse",
        until=due,
    )
