"""The messages that are drafts on 23 November 2026."""

from __future__ import annotations

from typing import Any

from demo.content.blocks import (
    callout,
    contact,
    heading,
    listed,
    picture,
    quote,
    table,
    text,
)
from demo.content.states import state

CHRISTBAUM: dict[str, Any] = {
    "title": "Christbaumsammlung am 9. Januar: so stellen Sie Ihren Baum bereit",
    "teaser": "Die Jugendfeuerwehr sammelt am Samstag, 9. Januar 2027, ab 8:00 Uhr in allen Ortsteilen die Christbäume ein. Der Baum muss "
    "abgeschmückt sein und am Gehweg liegen.",
    "category": "umwelt",
    "place": "alle Ortsteile",
    "valid_from": "2026-12-28T08:00",
    "valid_until": "2027-01-09T16:00",
    "language": "de",
    "hashtags": ["Erlenfurt", "Christbaum"],
    "hero": picture("christbaum", "Bitte legen Sie den Baum so ab, dass der Gehweg frei bleibt."),
    "blocks": [
        heading("So ist Ihr Baum bereit"),
        text(
            listed(
                "Entfernen Sie Schmuck, Lametta, Kerzen und Draht vollständig.",
                "Legen Sie den Baum am Samstag, 9. Januar 2027, bis 8:00 Uhr an den Straßenrand.",
                "Lassen Sie mindestens 1,20 Meter Gehweg frei, damit Rollstuhl und Kinderwagen durchkommen.",
                "Kürzen Sie Bäume über 2,50 Meter.",
                "Stecken Sie den Baum nicht in einen Sack.",
                ordered=True,
            ),
        ),
        table(
            "Wann die Wagen kommen",
            ("Gebiet", "Beginn"),
            ("Ortsteil Altstadt und Ortsteil Mühlviertel", "8:00 Uhr"),
            ("Ortsteil Hinterweide", "9:30 Uhr"),
            ("Ortsteil Steinbach", "10:30 Uhr"),
            ("Ortsteil Oberholz", "11:30 Uhr"),
        ),
        text(
            "Die Abholung ist kostenlos. Die Jugendlichen freuen sich über eine Spende, mit der sie ihr Zeltlager bezahlen. Die Bäume werden "
            "gehäckselt und wärmen im nächsten Winter die Schule.",
        ),
        callout(
            "Verpasst?",
            "Am Bauhof, Industriestraße 3, können Sie Ihren Baum bis Samstag, 30. Januar 2027, kostenlos abgeben: mittwochs 14:00 bis "
            "17:00 Uhr und samstags 9:00 bis 12:00 Uhr.",
        ),
        contact(("Bauhof", "069 90009 130"), ("E-Mail", "bauhof@erlenfurt.example")),
    ],
    "channels": {
        "mastodon": "Die Jugendfeuerwehr holt am Samstag, 9. Januar 2027, ab 8:00 Uhr Ihren Christbaum ab. Bitte ohne Schmuck an den "
        "Straßenrand legen und den Gehweg frei lassen.",
        "bluesky": "Christbaumsammlung am Samstag, 9. Januar 2027, ab 8:00 Uhr in allen Ortsteilen. Kostenlos, die Jugendfeuerwehr freut sich "
        "über eine Spende.",
        "newsletter": "Am 9. Januar werden die Christbäume abgeholt. Wann der Wagen zu Ihnen kommt und wie Sie den Baum bereitlegen.",
    },
    "editor_note": "Zeiten je Ortsteil bitte noch von der Jugendfeuerwehr bestätigen lassen.",
    "state": state("draft", "2026-11-20T13:40", send_at="2026-12-28T08:00"),
}

GLASFASER: dict[str, Any] = {
    "title": "Glasfaserausbau in Oberholz beginnt im März",
    "teaser": "Ab Montag, 1. März 2027, werden im Ortsteil Oberholz Leerrohre für schnelles Internet verlegt. 312 Gebäude können einen "
    "Anschluss bekommen. Bei der Infostunde am 19. Januar erfahren Sie, was auf Ihrem Grundstück geschieht.",
    "category": "bauen-wohnen",
    "place": "Ortsteil Oberholz",
    "valid_from": "2026-12-07T08:00",
    "valid_until": "2027-03-01T23:59",
    "language": "de",
    "hashtags": ["Erlenfurt", "Glasfaser"],
    "hero": picture("glasfaser", "Die Rohre liegen meist unter dem Gehweg, etwa 60 Zentimeter tief."),
    "blocks": [
        text(
            "Im Ortsteil Oberholz kommen heute oft weniger als 16 Megabit in der Sekunde an. Mit Glasfaser werden es bis zu 1.000 sein. Bund, "
            "Land und Stadt tragen die Baukosten, weil sich dort kein Anbieter gefunden hatte, der ohne Förderung baut. Der Anteil "
            "der Stadt beträgt 210.000 Euro.",
        ),
        heading("Infostunde im Dorfgemeinschaftshaus"),
        contact(
            ("Wann", "Dienstag, 19. Januar 2027, 19:00 Uhr"),
            ("Wo", "Dorfgemeinschaftshaus, Oberholzer Weg 2, Ortsteil Oberholz"),
            ("Zugang", "stufenlos, Höranlage vorhanden"),
        ),
        heading("In dieser Reihenfolge wird gebaut"),
        table(
            "Bauabschnitte",
            ("Zeitraum 2027", "Straßen"),
            ("März und April", "Oberholzer Weg, Waldstraße"),
            ("Mai und Juni", "Am Hang, Eichenring, Buchenweg"),
            ("Juli und August", "Kirchpfad und die Höfe am Forsthaus"),
        ),
        heading("Was kostet der Anschluss?"),
        text(
            "Nichts, wenn Sie die Zustimmung bis Sonntag, 31. Januar 2027, unterschreiben. Danach kostet ein Hausanschluss etwa 900 Euro. "
            "Ein Vertrag mit einem Anbieter ist dafür nicht nötig. Wer zur Miete wohnt, spricht bitte die Eigentümerin oder den Eigentümer an.",
        ),
        callout(
            "Achtung bei Haustürgeschäften",
            "Die Stadt schickt niemanden an Ihre Tür, der Verträge verkauft. Unterschreiben Sie nichts unter Zeitdruck. Verträge "
            "von der Haustür können Sie in der Regel 14 Tage lang widerrufen.",
        ),
        contact(("Bauamt, Breitband", "069 90009 124"), ("E-Mail", "glasfaser@erlenfurt.example")),
    ],
    "channels": {
        "mastodon": "Schnelles Internet für den Ortsteil Oberholz: Ab Montag, 1. März 2027, wird Glasfaser verlegt. Infostunde am Dienstag, "
        "19. Januar 2027, 19:00 Uhr im Dorfgemeinschaftshaus.",
        "bluesky": "312 Gebäude im Ortsteil Oberholz können Glasfaser bekommen. Der Hausanschluss ist kostenlos, wenn Sie bis Sonntag, "
        "31. Januar 2027, zustimmen.",
        "newsletter": "Im März beginnt der Glasfaserausbau im Ortsteil Oberholz. Zeitplan, Kosten und Infostunde auf einen Blick.",
    },
    "editor_note": "Die Bauabschnitte sind vorläufig, die Baufirma will bis Mitte Dezember bestätigen. In der Überschrift fehlt noch „Ortsteil“.",
    "state": state("draft", "2026-11-18T16:15"),
}

LESEPATEN: dict[str, Any] = {
    "title": "Ehrenamt gesucht: Lesepatinnen und Lesepaten für die Grundschule",
    "teaser": "Eine Stunde in der Woche, ein Kind, ein Buch: Die Grundschule am Markt sucht ab Februar zehn Menschen, die mit Kindern lesen. "
    "Vorkenntnisse brauchen Sie nicht, eine Einführung gibt es am 25. Januar.",
    "category": "ehrenamt",
    "place": "Grundschule am Markt, Schulgasse 1, Ortsteil Altstadt",
    "valid_from": "2026-12-02T08:00",
    "valid_until": "2027-01-22T23:59",
    "language": "de",
    "hashtags": ["Erlenfurt", "Ehrenamt"],
    "hero": picture("lesepaten", "Gelesen wird in der Leseecke der Grundschule."),
    "blocks": [
        text(
            "Jedes vierte Kind verlässt die Grundschule, ohne sicher lesen zu können. Das zeigt eine bundesweite Untersuchung aus dem Jahr 2023. "
            "Wer regelmäßig mit einer vertrauten Person liest, holt viel auf. Deshalb gibt es in Erlenfurt seit sechs Jahren Lesepatinnen "
            "und Lesepaten. Derzeit sind es 14, gebraucht werden 24.",
        ),
        heading("Was Sie tun"),
        text(
            listed(
                "Sie lesen einmal in der Woche 45 Minuten mit einem Kind der zweiten oder dritten Klasse.",
                "Das Buch sucht das Kind aus, die Stadtbücherei hilft dabei.",
                "Sie kommen an einem festen Vormittag, montags bis donnerstags zwischen 8:00 und 12:00 Uhr.",
                "Sie bleiben mindestens ein Schulhalbjahr dabei.",
            ),
        ),
        heading("Was Sie von uns bekommen"),
        text(
            listed(
                "eine Einführung am Montag, 25. Januar 2027, 17:00 bis 19:00 Uhr",
                "ein Treffen im Vierteljahr mit Fachleuten für Leseförderung",
                "Versicherungsschutz und Ersatz der Fahrtkosten",
                "einen Ausweis der Stadtbücherei ohne Gebühr",
            ),
            "Bitte bringen Sie zur Einführung ein erweitertes Führungszeugnis mit. Für das Ehrenamt ist es kostenlos, die Bescheinigung "
            "dafür stellt die Schule aus.",
        ),
        quote(
            "Am Anfang haben wir ein Wort nach dem anderen buchstabiert. Heute liest mir mein Lesekind die Witze vor.",
            "Ein Lesepate aus dem Ortsteil Steinbach",
        ),
        contact(
            ("Stadtbücherei, Koordination Lesepaten", "069 90009 160"),
            ("E-Mail", "lesepaten@erlenfurt.example"),
            ("Anmeldung", "bis Freitag, 22. Januar 2027"),
        ),
    ],
    "channels": {
        "mastodon": "Eine Stunde in der Woche, ein Kind, ein Buch: Die Grundschule am Markt sucht Lesepatinnen und Lesepaten. Einführung am "
        "Montag, 25. Januar 2027, 17:00 Uhr.",
        "bluesky": "Lesen Sie gern vor? Die Grundschule am Markt sucht zehn Lesepatinnen und Lesepaten. Anmeldung bis Freitag, "
        "22. Januar 2027, in der Stadtbücherei.",
        "newsletter": "Die Grundschule am Markt sucht Menschen, die mit Kindern lesen. Was Sie tun und was Sie dafür bekommen.",
    },
    "editor_note": "",
    "state": state("draft", "2026-11-23T09:05"),
}

MESSAGES: dict[str, dict[str, Any]] = {
    "christbaum": CHRISTBAUM,
    "glasfaser": GLASFASER,
    "lesepaten": LESEPATEN,
}
