"""The messages that are on their way on 23 November 2026: two wait, one came back, one is scheduled."""

from __future__ import annotations

from typing import Any

from demo.content.blocks import (
    callout,
    contact,
    heading,
    listed,
    picture,
    picture_block,
    table,
    text,
)
from demo.content.states import APPROVER, state

MUEHLSTRASSE: dict[str, Any] = {
    "title": "Mühlstraße ab Montag voll gesperrt: Umleitung über die Bahnhofstraße",
    "teaser": "Von Montag, 30. November, bis Freitag, 18. Dezember, erneuert das Wasserwerk eine Hauptleitung in der Mühlstraße. "
    "Die Straße ist zwischen Marktplatz und Gerbergasse voll gesperrt, der Bus 412 hält am Haltepunkt.",
    "category": "verkehr",
    "place": "Mühlstraße, Ortsteil Mühlviertel",
    "valid_from": "2026-11-30T07:00",
    "valid_until": "2026-12-18T17:00",
    "language": "de",
    "hashtags": ["Erlenfurt", "Verkehr", "Baustelle"],
    "hero": picture("sperrung", "Die Umleitung ist ab Montag, 7:00 Uhr, ausgeschildert."),
    "blocks": [
        text(
            "Die Wasserleitung unter der Mühlstraße ist aus Grauguss und fast 60 Jahre alt. In den letzten zwei Jahren ist sie "
            "fünfmal gebrochen. Nun werden 180 Meter ausgetauscht. Weil der Graben fast so breit ist wie die Fahrbahn, muss die "
            "Straße für den gesamten Verkehr gesperrt werden.",
        ),
        callout(
            "Auf einen Blick",
            listed(
                "<strong>Wann:</strong> Montag, 30. November, 7:00 Uhr bis Freitag, 18. Dezember 2026, 17:00 Uhr",
                "<strong>Wo:</strong> Mühlstraße zwischen Marktplatz und Gerbergasse",
                "<strong>Umleitung:</strong> Bahnhofstraße und Lindenweg, in beiden Richtungen",
                "<strong>Zu Fuß:</strong> der Gehweg auf der Seite der geraden Hausnummern bleibt frei",
            ),
        ),
        picture_block(
            "bus", "Die Ersatzhaltestelle der Linie 412 liegt am Haltepunkt, rund 300 Meter entfernt."
        ),
        heading("Bus 412"),
        text(
            "Die Haltestelle „Alte Mühle“ entfällt. Bitte nutzen Sie die Ersatzhaltestelle am Haltepunkt, Bahnhofstraße 15. "
            "Die Busse fahren zu den gewohnten Zeiten, können sich aber um bis zu sechs Minuten verspäten. Wenn Sie schlecht zu Fuß "
            "sind, bringt Sie der Bürgerbus montags bis freitags von 8:00 bis 12:00 Uhr zur Ersatzhaltestelle. Anruf genügt.",
        ),
        heading("Für Anlieger"),
        text(
            listed(
                "Grundstücke erreichen Sie bis zur Baustelle von beiden Seiten. Rettungswege bleiben frei.",
                "Das Wasser wird am Mittwoch, 9. Dezember, von 8:00 bis 14:00 Uhr abgestellt. Bitte füllen Sie vorher einen Vorrat ab.",
                "Stellen Sie Abfalltonnen bis 6:00 Uhr an die Ecke Gerbergasse. Der Bauhof bringt sie zurück.",
                "Die Läden in der Mühlstraße sind geöffnet. Parken können Sie kostenlos auf dem Platz am Anger.",
            ),
        ),
        contact(
            ("Bauleitung (Mo bis Fr, 7:00 bis 16:00 Uhr)", "069 90009 142"),
            ("Bürgerbus", "069 90009 145"),
            ("E-Mail", "baustelle@erlenfurt.example"),
        ),
    ],
    "channels": {
        "mastodon": "Die Mühlstraße ist von Montag, 30. November, bis Freitag, 18. Dezember, zwischen Marktplatz und Gerbergasse "
        "voll gesperrt. Umleitung über die Bahnhofstraße, der Bus 412 hält am Haltepunkt.",
        "bluesky": "Vollsperrung der Mühlstraße ab Montag, 30. November, 7:00 Uhr. Umleitung über die Bahnhofstraße, Bus 412 mit "
        "Ersatzhaltestelle am Haltepunkt. Die Läden bleiben erreichbar.",
        "newsletter": "Ab Montag, 30. November, ist die Mühlstraße für knapp drei Wochen gesperrt. Umleitung, Bus und Tipps für "
        "Anlieger im Überblick.",
    },
    "editor_note": "Die verkehrsrechtliche Anordnung ist vom 19. November. Bitte bis Donnerstag, 26. November, 14:00 Uhr freigeben, "
    "dann bekommen es alle Haushalte noch vor dem Wochenende. Der Termin für das Abstellen des Wassers ist neu.",
    "state": state(
        "submitted",
        "2026-11-19T10:10",
        submitted_at="2026-11-23T08:35",
        approver=APPROVER,
        send_at="2026-11-26T14:00",
        release_by="2026-11-26T14:00",
    ),
}

KITA: dict[str, Any] = {
    "title": "Kita Sonnenwiese: Anmeldung für 2027 bis 31. Januar",
    "teaser": "Ihr Kind soll im Kitajahr 2027/28 in die Kita Sonnenwiese gehen? Melden Sie es bis Sonntag, 31. Januar 2027, an. "
    "Am Samstag, 16. Januar, können Sie das Haus kennenlernen.",
    "category": "kinder-schule",
    "place": "Kita Sonnenwiese, Am Anger 12, Ortsteil Altstadt",
    "valid_from": "2026-12-01T08:00",
    "valid_until": "2027-01-31T23:59",
    "language": "de",
    "hashtags": ["Erlenfurt", "Kita"],
    "hero": picture("kita", "Der Garten der Kita Sonnenwiese ist 1.800 Quadratmeter groß."),
    "blocks": [
        text(
            "Die Kita Sonnenwiese hat 96 Plätze: 24 in zwei Krippengruppen für Kinder ab dem ersten Geburtstag und 72 in drei Gruppen "
            "für Kinder ab drei Jahren. Zum 1. August 2027 werden voraussichtlich 11 Krippenplätze und 23 Kindergartenplätze frei.",
        ),
        heading("So melden Sie Ihr Kind an"),
        text(
            listed(
                "Füllen Sie den Antrag aus. Es gibt ihn auf der Website, in der Kita und im Bürgerbüro.",
                "Geben Sie an, ab wann und wie viele Stunden am Tag Sie einen Platz brauchen.",
                "Senden Sie den Antrag bis Sonntag, 31. Januar 2027, ab. Es zählt nicht, wer zuerst kommt.",
                "Bis Freitag, 12. März 2027, erhalten Sie einen Bescheid.",
                ordered=True,
            ),
            "Auch wenn Ihr Kind erst im Lauf des Kitajahres aufgenommen werden soll, gilt der 31. Januar.",
        ),
        table(
            "Betreuungszeiten und Beiträge im Monat, gültig ab 1. August 2027",
            ("Zeit", "unter drei Jahren", "ab drei Jahren"),
            ("7:30 bis 13:30 Uhr (6 Stunden)", "198 Euro", "beitragsfrei"),
            ("7:30 bis 15:00 Uhr", "247 Euro", "49 Euro"),
            ("7:00 bis 17:00 Uhr", "330 Euro", "132 Euro"),
        ),
        text(
            "Ab drei Jahren sind sechs Stunden am Tag in Hessen beitragsfrei. Das Mittagessen kostet 3,90 Euro. Für Geschwister "
            "ermäßigt sich der Beitrag um die Hälfte. Bei geringem Einkommen kann das Jugendamt den Beitrag übernehmen.",
        ),
        callout(
            "Tag der offenen Tür",
            "Samstag, 16. Januar 2027, 10:00 bis 13:00 Uhr. Sie können die Gruppenräume ansehen und Fragen stellen. Das Haus ist "
            "stufenlos zugänglich.",
        ),
        heading("Diese Nachweise brauchen wir"),
        text(
            listed(
                "Geburtsurkunde in Kopie",
                "Nachweis über den Masernschutz, spätestens am ersten Tag in der Kita",
                "Arbeitszeiten beider Eltern, nur für Zeiten nach 15:00 Uhr",
            ),
        ),
        contact(
            ("Leitung der Kita Sonnenwiese", "069 90009 150, Mo bis Do 9:00 bis 11:00 Uhr"),
            ("E-Mail", "sonnenwiese@erlenfurt.example"),
        ),
    ],
    "channels": {
        "mastodon": "Kitaplatz für 2027 gesucht? Melden Sie Ihr Kind bis Sonntag, 31. Januar 2027, in der Kita Sonnenwiese an. "
        "Tag der offenen Tür: Samstag, 16. Januar 2027, 10:00 bis 13:00 Uhr.",
        "bluesky": "Kita Sonnenwiese: Anmeldung für das Kitajahr 2027/28 bis Sonntag, 31. Januar 2027. Es zählt nicht, wer "
        "zuerst kommt.",
        "newsletter": "Bis 31. Januar können Sie Ihr Kind für die Kita Sonnenwiese anmelden. Plätze, Beiträge und Nachweise auf "
        "einen Blick.",
    },
    "editor_note": "Die Beiträge sind aus der Satzung vom Juni, die ab August gilt. Bitte die Zahl der freien Plätze noch einmal "
    "mit der Kitaleitung prüfen.",
    "state": state(
        "submitted",
        "2026-11-17T14:05",
        submitted_at="2026-11-20T11:45",
        approver=APPROVER,
        send_at="2026-12-01T08:00",
        release_by="2026-11-27T12:00",
    ),
}

HAUSHALT: dict[str, Any] = {
    "title": "Haushalt 2027: Wofür Erlenfurt 14,2 Millionen Euro ausgibt",
    "teaser": "Ein gutes Drittel geht an den Landkreis, ein Viertel an Kinder und Familien: Der Entwurf für den Haushalt 2027 liegt vor. "
    "Bis Freitag, 4. Dezember, können Sie ihn einsehen und Einwände vorbringen.",
    "category": "haushalt",
    "place": "Rathaus, Marktplatz 1",
    "valid_from": "2026-11-25T08:00",
    "valid_until": "2026-12-17T22:00",
    "language": "de",
    "hashtags": ["Erlenfurt", "Haushalt2027"],
    "hero": picture("haushalt", "Sieben Bereiche, 14,2 Millionen Euro: der Entwurf für 2027."),
    "blocks": [
        text(
            "Am Donnerstag, 19. November, hat die Bürgermeisterin den Entwurf in die Stadtverordnetenversammlung eingebracht. Er sieht "
            "Ausgaben von 14,2 Millionen Euro vor. Das sind rund 2.300 Euro je Einwohnerin und Einwohner und 0,5 Millionen Euro mehr "
            "als in diesem Jahr.",
        ),
        table(
            "Ausgaben im Ergebnishaushalt 2027",
            ("Bereich", "Millionen Euro", "Anteil"),
            ("Kreis- und Schulumlage", "4,9", "34,5 %"),
            ("Kinder, Jugend und Familie", "3,6", "25,4 %"),
            ("Verwaltung und Bürgerservice", "1,9", "13,4 %"),
            ("Straßen, Wege und Bauhof", "1,5", "10,6 %"),
            ("Kultur, Sport, Bücherei und Weidebad", "0,9", "6,3 %"),
            ("Feuerwehr und Sicherheit", "0,7", "4,9 %"),
            ("Umwelt, Wald und Friedhof", "0,7", "4,9 %"),
            ("Summe", "14,2", "100 %"),
        ),
        heading("Woher das Geld kommt"),
        table(
            "Einnahmen im Ergebnishaushalt 2027",
            ("Quelle", "Millionen Euro"),
            ("Anteil an der Einkommensteuer", "4,1"),
            ("Gewerbesteuer", "2,9"),
            ("Schlüsselzuweisungen des Landes", "2,7"),
            ("Gebühren und Beiträge", "1,6"),
            ("Grundsteuer", "1,2"),
            ("Sonstige Einnahmen", "1,4"),
            ("Summe", "13,9"),
        ),
        text(
            "Es fehlen 0,3 Millionen Euro. Sie werden aus der Rücklage genommen, die danach noch 1,1 Millionen Euro beträgt. Die Hebesätze "
            "für Grundsteuer und Gewerbesteuer bleiben gleich.",
        ),
        heading("Die größten Vorhaben"),
        text(
            listed(
                "Wasserleitungen in drei Straßen: 620.000 Euro",
                "neues Löschfahrzeug für die Feuerwehr: 380.000 Euro, davon 95.000 Euro Förderung",
                "Spielplatz im Ortsteil Mühlviertel: 148.000 Euro",
                "Planung für das Weidebad: 90.000 Euro",
            ),
        ),
        callout(
            "Einsehen und mitreden",
            "Der Entwurf liegt von Mittwoch, 25. November, bis Freitag, 4. Dezember, im Rathaus, Zimmer 12, zu den Öffnungszeiten aus. "
            "Beschlossen wird er am Donnerstag, 17. Dezember, um 19:00 Uhr in öffentlicher Sitzung im Ratssaal.",
        ),
        text(
            "<em>Quelle: Entwurf der Haushaltssatzung 2027, Vorlage 84/2026 vom 12. November 2026. Zahlen gerundet.</em>"
        ),
        contact(("Kämmerei", "069 90009 170"), ("E-Mail", "kaemmerei@erlenfurt.example")),
    ],
    "channels": {
        "mastodon": "14,2 Millionen Euro will Erlenfurt 2027 ausgeben. Ein gutes Drittel geht als Umlage an den Landkreis, ein Viertel "
        "an Kinder und Familien. Beschlossen wird am Donnerstag, 17. Dezember.",
        "bluesky": "Haushalt 2027: 14,2 Millionen Euro Ausgaben, 13,9 Millionen Euro Einnahmen. Wofür das Geld gedacht ist und wo Sie den "
        "Entwurf einsehen können.",
        "newsletter": "Der Entwurf für den Haushalt 2027 liegt vor. Wir zeigen, wofür die Stadt Geld ausgibt und woher es kommt.",
    },
    "editor_note": "Die Zahlen sind aus der Vorlage 84/2026. Die Kämmerei hat sie noch nicht gegengelesen.",
    "state": state(
        "sent_back",
        "2026-11-16T09:30",
        submitted_at="2026-11-20T09:10",
        approver=APPROVER,
        send_at="2026-11-25T08:00",
        release_by="2026-11-24T16:00",
        comments=[
            {
                "by": APPROVER,
                "at": "2026-11-20T16:22",
                "block": 1,
                "text": "Bitte mit der Kämmerei klären, ob die Schulumlage im Vorjahr schon enthalten war. Sonst stimmt der Vergleich nicht.",
            },
            {
                "by": APPROVER,
                "at": "2026-11-20T16:25",
                "block": 6,
                "text": "Beim Weidebad bitte „vorbehaltlich der Förderung“ ergänzen.",
            },
            {
                "by": APPROVER,
                "at": "2026-11-20T16:27",
                "block": None,
                "text": "Sonst sehr verständlich. Mit den beiden Änderungen gebe ich gleich am Montag frei.",
            },
        ],
    ),
}

BUERGERBUERO: dict[str, Any] = {
    "title": "Bürgerbüro am 3. Dezember wegen Fortbildung geschlossen",
    "teaser": "Am Donnerstag, 3. Dezember, bleibt das Bürgerbüro ganztägig geschlossen. Vieles erledigen Sie trotzdem: online, per Post "
    "oder am Freitag, 4. Dezember, ab 8:00 Uhr.",
    "category": "buergerservice",
    "place": "Bürgerbüro im Rathaus, Marktplatz 1",
    "valid_from": "2026-11-25T10:00",
    "valid_until": "2026-12-03T23:59",
    "language": "de",
    "hashtags": ["Erlenfurt", "Bürgerservice"],
    "hero": picture("buergerbuero", "Am 3. Dezember bleibt der Schalter geschlossen."),
    "blocks": [
        text(
            "Alle Mitarbeiterinnen und Mitarbeiter lernen an diesem Tag das neue Programm für Ausweise und Meldedaten kennen. Ab Montag, "
            "7. Dezember, arbeiten wir damit. In den ersten Tagen kann es etwas länger dauern, dafür bitten wir um Verständnis.",
        ),
        heading("Das geht auch ohne Besuch"),
        text(
            listed(
                "Meldebescheinigung beantragen",
                "Führungszeugnis beim Bundesamt für Justiz beantragen (mit Online-Ausweis)",
                "Umzug innerhalb von Deutschland anmelden",
                "Hund anmelden oder abmelden",
                "Fundsachen suchen",
                "Termin für einen anderen Tag vereinbaren",
            ),
        ),
        heading("Wenn es eilt"),
        text(
            "Vorläufige Ausweise für eine Reise stellen wir am Mittwoch, 2. Dezember, von 8:00 bis 12:00 Uhr ohne Termin aus. Fertige Ausweise "
            "liegen am selben Tag zur Abholung bereit. Sterbefälle nimmt das Standesamt am 3. Dezember unter der unten genannten "
            "Nummer auf.",
        ),
        table(
            "Öffnungszeiten des Bürgerbüros",
            ("Tag", "Vormittag", "Nachmittag"),
            ("Montag und Dienstag", "8:00 bis 12:00 Uhr", "14:00 bis 16:00 Uhr"),
            ("Mittwoch", "geschlossen, am 2. Dezember 8:00 bis 12:00 Uhr", "geschlossen"),
            (
                "Donnerstag",
                "8:00 bis 12:00 Uhr, am 3. Dezember geschlossen",
                "14:00 bis 18:00 Uhr, am 3. Dezember geschlossen",
            ),
            ("Freitag", "8:00 bis 12:00 Uhr", "geschlossen"),
        ),
        contact(
            ("Bürgerbüro", "069 90009 110"),
            ("Standesamt, nur Sterbefälle am 3. Dezember", "069 90009 112"),
            ("E-Mail", "buergerbuero@erlenfurt.example"),
        ),
    ],
    "channels": {
        "mastodon": "Das Bürgerbüro ist am Donnerstag, 3. Dezember, wegen einer Fortbildung geschlossen. Vieles geht online, am Freitag, "
        "4. Dezember, sind wir ab 8:00 Uhr wieder für Sie da.",
        "bluesky": "Bürgerbüro am Donnerstag, 3. Dezember, geschlossen. Für Eiliges öffnen wir am Mittwoch, 2. Dezember, von 8:00 bis "
        "12:00 Uhr.",
        "newsletter": "Am 3. Dezember bleibt das Bürgerbüro geschlossen. Was Sie online erledigen können und wann wir für Eiliges öffnen.",
    },
    "editor_note": "Wie besprochen mit dem Ersatztermin am Mittwoch. Versand erst am 25. November, damit es niemand wieder vergisst.",
    "state": state(
        "scheduled",
        "2026-11-12T15:20",
        submitted_at="2026-11-18T10:00",
        approver=APPROVER,
        released_at="2026-11-18T17:31",
        send_at="2026-11-25T10:00",
    ),
}

MESSAGES: dict[str, dict[str, Any]] = {
    "muehlstrasse": MUEHLSTRASSE,
    "buergerbuero": BUERGERBUERO,
    "kita": KITA,
    "haushalt": HAUSHALT,
}
