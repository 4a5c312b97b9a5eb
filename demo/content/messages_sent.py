"""The messages that are out already: dated from October to 22 November 2026."""

from __future__ import annotations

from typing import Any

from demo.content.blocks import (
    callout,
    contact,
    heading,
    listed,
    picture,
    picture_block,
    quote,
    table,
    text,
)
from demo.content.states import DEPUTY, delivered

ABKOCHGEBOT: dict[str, Any] = {
    "title": "Abkochgebot im Ortsteil Steinbach aufgehoben",
    "teaser": "Das Trinkwasser im Ortsteil Steinbach kann wieder ohne Abkochen getrunken werden. Drei Proben in Folge waren "
    "einwandfrei, das Gesundheitsamt hat das Gebot am Freitag, 23. Oktober, um 11:00 Uhr aufgehoben.",
    "category": "sicherheit",
    "place": "Ortsteil Steinbach",
    "valid_from": "2026-10-23T11:00",
    "valid_until": "2026-11-06T23:59",
    "language": "de",
    "hashtags": ["Erlenfurt", "Trinkwasser"],
    "hero": picture("trinkwasser", "Das Leitungswasser ist wieder uneingeschränkt nutzbar."),
    "blocks": [
        callout(
            "Das Wichtigste",
            "Sie müssen das Leitungswasser <strong>nicht mehr abkochen</strong>. Das gilt für alle Haushalte im Ortsteil Steinbach.",
        ),
        text(
            "Nach einem Rohrbruch in der Steinbacher Straße waren in einer Wasserprobe am Donnerstag, 15. Oktober, coliforme "
            "Bakterien gefunden worden. Das Gesundheitsamt hatte daraufhin vorsorglich angeordnet, das Wasser abzukochen. "
            "Betroffen waren rund 410 Haushalte.",
            "Das Wasserwerk hat die Leitung repariert, gespült und desinfiziert. Die Proben vom 19., 20. und 21. Oktober waren "
            "ohne Befund. Damit sind die Vorgaben der Trinkwasserverordnung wieder eingehalten.",
        ),
        heading("Was Sie jetzt tun sollten"),
        text(
            listed(
                "Lassen Sie an jedem Wasserhahn das Wasser fünf Minuten laufen, zuerst kalt, dann warm.",
                "Reinigen Sie die Siebe an den Hähnen.",
                "Tauschen Sie Wasserfilter aus und leeren Sie Eiswürfelbehälter und Kaffeemaschinen.",
                "Spülen Sie auch Leitungen, die Sie selten benutzen, etwa im Gästebad oder im Garten.",
            ),
            "Bis voraussichtlich Freitag, 30. Oktober, kann das Wasser noch leicht nach Chlor riechen. Das ist gesundheitlich "
            "unbedenklich.",
        ),
        heading("Haben Sie Fragen?"),
        contact(
            ("Wasserwerk Erlenfurt", "Montag bis Freitag, 7:00 bis 16:00 Uhr"),
            ("Telefon", "069 90009 140"),
            ("Bereitschaft (rund um die Uhr)", "069 90009 141"),
            ("E-Mail", "wasserwerk@erlenfurt.example"),
        ),
    ],
    "channels": {
        "mastodon": "Entwarnung für den Ortsteil Steinbach: Das Leitungswasser muss nicht mehr abgekocht werden. Drei Proben "
        "in Folge waren einwandfrei. Bitte lassen Sie jeden Hahn fünf Minuten laufen.",
        "bluesky": "Das Abkochgebot im Ortsteil Steinbach ist seit Freitag, 23. Oktober, 11:00 Uhr aufgehoben. Bitte spülen "
        "Sie Ihre Leitungen fünf Minuten lang.",
        "newsletter": "Gute Nachricht für den Ortsteil Steinbach: Das Trinkwasser ist wieder einwandfrei. Was Sie jetzt noch "
        "tun sollten, lesen Sie hier.",
    },
    "editor_note": "Text ist mit dem Wasserwerk abgestimmt, der Bescheid des Gesundheitsamts liegt in der Ablage. Bitte "
    "möglichst sofort freigeben, die Warnung läuft noch.",
    "state": delivered("2026-10-23T10:20", "2026-10-23T10:55", "2026-10-23T11:08", "2026-10-23T11:08"),
}

WEIDEBAD: dict[str, Any] = {
    "title": "Aus dem Rathaus: Die Bürgermeisterin schreibt über das Weidebad",
    "teaser": "31.450 Gäste in einem Sommer und eine Filteranlage aus dem Jahr 1974: In ihrem Blog berichtet die "
    "Bürgermeisterin, wie es mit dem Freibad weitergeht und was eine Sanierung kosten würde.",
    "category": "aus-dem-rathaus",
    "place": "Weidebad, Uferstraße 30, Ortsteil Altstadt",
    "valid_from": None,
    "valid_until": None,
    "language": "de",
    "hashtags": ["Erlenfurt", "Weidebad"],
    "hero": picture("weidebad", "Das Weidebad hatte in diesem Jahr vom 14. Mai bis 13. September geöffnet."),
    "blocks": [
        text(
            "Liebe Bürgerinnen und Bürger,",
            "als wir am 13. September das Wasser im Weidebad abgelassen haben, stand die Zahl fest: 31.450 Gäste in einer "
            "Saison. Das sind fast 4.000 mehr als im Vorjahr. An einem Sonntag im August waren es 1.120 an einem einzigen Tag. "
            "Dafür danke ich dem Team am Beckenrand, der Wasserwacht und dem Förderverein.",
        ),
        heading("Was gut ist und was nicht"),
        text(
            "Das Bad ist beliebt, aber es ist alt. Becken und Rohre stammen aus dem Jahr 1974. Im Juli mussten wir das "
            "Nichtschwimmerbecken für neun Tage schließen, weil eine Umwälzpumpe ausgefallen war. Ersatzteile gibt es nur noch "
            "auf Bestellung. Jede Saison verlieren wir außerdem Wasser, weil eine Fuge undicht ist.",
        ),
        picture_block(
            "haushalt", "Über die Sanierung entscheidet die Stadtverordnetenversammlung mit dem Haushalt."
        ),
        heading("Drei Wege liegen auf dem Tisch"),
        table(
            "Möglichkeiten für das Weidebad, Schätzung eines Fachbüros vom September 2026",
            ("Weg", "Kosten", "Dauer", "Folge"),
            ("Nur reparieren", "0,4 Millionen Euro", "ein Winter", "hält etwa fünf Jahre"),
            (
                "Technik und Becken sanieren",
                "2,6 Millionen Euro",
                "eine Saison geschlossen",
                "hält etwa 30 Jahre",
            ),
            (
                "Neu bauen, kleiner",
                "4,1 Millionen Euro",
                "zwei Saisons geschlossen",
                "halb so viel Wasserfläche",
            ),
        ),
        text(
            "Ich werbe für den mittleren Weg. Für ihn können wir bis zu 45 Prozent Förderung beantragen. Die Frist endet am "
            "31. Januar 2027. Entschieden ist noch nichts: Am Donnerstag, 17. Dezember, berät die Stadtverordnetenversammlung "
            "darüber öffentlich.",
        ),
        quote(
            "Kinder sollen in Erlenfurt schwimmen lernen können, ohne dass jemand sie 20 Kilometer weit fahren muss.",
            "Die Bürgermeisterin",
        ),
        text(
            "Schreiben Sie mir, was Ihnen am Weidebad wichtig ist. Ich lese jede Zuschrift und beantworte die häufigsten Fragen "
            "hier im Blog.",
            "Ihre Bürgermeisterin",
        ),
        contact(
            ("Büro der Bürgermeisterin", "Rathaus, Marktplatz 1"),
            ("E-Mail", "buergermeisterin@erlenfurt.example"),
        ),
    ],
    "channels": {
        "mastodon": "31.450 Gäste hatte das Weidebad in diesem Sommer. Becken und Technik sind aber von 1974. Im Blog stellt "
        "die Bürgermeisterin drei Wege vor und fragt: Was ist Ihnen am Freibad wichtig?",
        "bluesky": "Reparieren, sanieren oder neu bauen? Die Bürgermeisterin schreibt im Blog, welche Wege es für das "
        "Weidebad gibt und was sie kosten.",
        "newsletter": "Im Blog berichtet die Bürgermeisterin über die Zukunft des Weidebads, mit Zahlen zu drei möglichen Wegen.",
    },
    "editor_note": "Der Blogtext kommt aus dem Büro der Bürgermeisterin, wir haben nur gekürzt und die Tabelle gebaut. Die "
    "Zahlen stammen aus der Vorlage des Fachbüros.",
    "state": delivered("2026-10-27T09:15", "2026-10-28T15:40", "2026-10-29T08:12", "2026-10-30T10:00"),
}

SPIELPLATZ: dict[str, Any] = {
    "title": "Der Spielplatz im Mühlviertel wird neu gebaut: Kinder planen mit",
    "teaser": "Schaukel, Wasserlauf oder Kletterwald? Am Samstag, 28. November, entscheiden Kinder aus dem Ortsteil "
    "Mühlviertel in der Alten Mühle mit, wie ihr neuer Spielplatz aussieht. Gebaut wird ab April 2027.",
    "category": "kinder-schule",
    "place": "Alte Mühle, Mühlstraße 40, Ortsteil Mühlviertel",
    "valid_from": "2026-11-12T08:00",
    "valid_until": "2026-11-28T13:00",
    "language": "de",
    "hashtags": ["Erlenfurt", "Spielplatz"],
    "hero": picture("spielplatz", "Der Entwurf lässt Platz für Ideen: Fest stehen nur Lage, Zaun und Bäume."),
    "blocks": [
        text(
            "Der Spielplatz an der Gerbergasse ist 22 Jahre alt. Zwei Geräte sind schon abgebaut, weil das Holz morsch war. Nun "
            "wird die ganze Fläche mit 1.150 Quadratmetern neu angelegt. Die Stadt gibt dafür 148.000 Euro aus, 60.000 Euro davon "
            "kommen aus einem Förderprogramm des Landes.",
        ),
        heading("So können Kinder mitplanen"),
        text(
            "Eingeladen sind alle Kinder von 5 bis 13 Jahren. In drei Gruppen bauen sie Modelle aus Karton und Knete, danach "
            "stimmen alle gemeinsam ab. Zwei Fachleute für Freiraumplanung begleiten sie. Eine Anmeldung ist nicht nötig, die "
            "Teilnahme kostet nichts.",
        ),
        contact(
            ("Wann", "Samstag, 28. November 2026, 10:00 bis 13:00 Uhr"),
            ("Wo", "Alte Mühle, Mühlstraße 40, Ortsteil Mühlviertel"),
            ("Zugang", "stufenlos über den Hof, barrierefreies WC im Erdgeschoss"),
            ("Verpflegung", "Getränke und Brezeln gibt es vor Ort"),
        ),
        heading("Was schon feststeht"),
        text(
            listed(
                "Die drei alten Linden bleiben stehen.",
                "Mindestens zwei Geräte und alle Wege sind mit dem Rollstuhl erreichbar.",
                "Es gibt einen eigenen, eingezäunten Bereich für Kinder unter drei Jahren.",
                "Der Boden unter den Geräten wird aus Holzhackschnitzeln sein.",
            ),
        ),
        table(
            "Der Weg zum neuen Spielplatz",
            ("Zeitraum", "Schritt"),
            ("28. November 2026", "Kinder planen mit"),
            ("Januar 2027", "Entwurf im Ortsbeirat und im Bauausschuss, öffentlich"),
            ("April bis Juni 2027", "Bauzeit, die Gerbergasse bleibt befahrbar"),
            ("Juli 2027", "Eröffnung mit einem Spielfest"),
        ),
        text(
            "Bis zum Baubeginn bleiben Rutsche und Sandkasten geöffnet. Wer am 28. November nicht kommen kann, schickt eine "
            "Zeichnung oder ein paar Sätze bis Freitag, 4. Dezember, an das Bauamt.",
        ),
        contact(("Bauamt", "069 90009 120"), ("E-Mail", "spielplatz@erlenfurt.example")),
    ],
    "channels": {
        "mastodon": "Kinder planen ihren Spielplatz selbst: am Samstag, 28. November, 10:00 bis 13:00 Uhr in der Alten Mühle "
        "im Ortsteil Mühlviertel. Für alle von 5 bis 13 Jahren, ohne Anmeldung.",
        "bluesky": "Wie soll der neue Spielplatz im Ortsteil Mühlviertel aussehen? Kinder von 5 bis 13 Jahren planen am "
        "Samstag, 28. November, ab 10:00 Uhr in der Alten Mühle mit.",
        "newsletter": "Der Spielplatz an der Gerbergasse wird neu gebaut. Am 28. November planen Kinder mit, gebaut wird ab "
        "April 2027.",
    },
    "editor_note": "Die Kosten sind aus der Magistratsvorlage. Bitte prüfen, ob die Fördersumme schon genannt werden darf.",
    "state": delivered("2026-11-09T11:05", "2026-11-10T14:30", "2026-11-11T09:47", "2026-11-12T08:00"),
}

BUERGERBUDGET: dict[str, Any] = {
    "title": "Bürgerbudget 2027: 74 Vorschläge liegen vor, jetzt wird abgestimmt",
    "teaser": "40.000 Euro, 74 Vorschläge und drei Stimmen für jede Person ab 14 Jahren: Bis Sonntag, 13. Dezember, entscheiden "
    "die Bürgerinnen und Bürger, welche Ideen die Stadt im nächsten Jahr umsetzt.",
    "category": "haushalt",
    "place": "Stadt Erlenfurt",
    "valid_from": "2026-11-16T08:00",
    "valid_until": "2026-12-13T18:00",
    "language": "de",
    "hashtags": ["Erlenfurt", "Bürgerbudget"],
    "hero": picture("buergerbudget", "Jede Person hat drei Stimmen, die sie auf drei Vorschläge verteilt."),
    "blocks": [
        text(
            "So viele Ideen gab es noch nie: 74 Vorschläge haben Sie bis Ende September eingereicht, im Vorjahr waren es 51. Die "
            "Verwaltung hat jeden geprüft. 52 Vorschläge sind zulässig und stehen jetzt zur Wahl. Bei den übrigen 22 ist die Stadt "
            "nicht zuständig oder das Geld reicht nicht; die Gründe stehen bei jedem Vorschlag.",
        ),
        heading("So stimmen Sie ab"),
        text(
            listed(
                "Abstimmen dürfen alle, die in Erlenfurt wohnen und mindestens 14 Jahre alt sind.",
                "Sie haben drei Stimmen und geben sie drei verschiedenen Vorschlägen.",
                "Den Stimmzettel erhalten Sie mit der Post oder im Bürgerbüro.",
                "Werfen Sie ihn bis Sonntag, 13. Dezember, 18:00 Uhr in eine der Urnen.",
                ordered=True,
            ),
        ),
        table(
            "Hier stehen die Urnen",
            ("Ort", "Geöffnet"),
            ("Rathaus, Marktplatz 1 (Briefkasten)", "rund um die Uhr"),
            ("Stadtbücherei, Schulgasse 4", "Di, Do und Fr 14:00 bis 18:00 Uhr, Sa 10:00 bis 13:00 Uhr"),
            ("Jugendzentrum, Bahnhofstraße 22", "Mo bis Fr 14:00 bis 20:00 Uhr"),
            ("Feuerwehrhaus im Ortsteil Oberholz", "Mi 18:00 bis 20:00 Uhr"),
        ),
        heading("Wofür das Geld verwendet werden kann"),
        text(
            "Ein Vorschlag darf höchstens 10.000 Euro kosten. Gewonnen haben die Vorschläge mit den meisten Stimmen, bis die "
            "40.000 Euro vergeben sind. Beliebt sind in diesem Jahr Bänke am Weideufer, Fahrradständer am Haltepunkt, Obstbäume "
            "an den Feldwegen und ein Kleinspielfeld im Ortsteil Hinterweide.",
        ),
        callout(
            "Wann steht das Ergebnis fest?",
            "Ausgezählt wird öffentlich am Montag, 14. Dezember, ab 16:00 Uhr im Ratssaal. Das Ergebnis steht am selben Abend auf "
            "dieser Website. Umgesetzt wird ab März 2027.",
        ),
        contact(("Kämmerei", "069 90009 170"), ("E-Mail", "buergerbudget@erlenfurt.example")),
    ],
    "channels": {
        "mastodon": "Bürgerbudget 2027: 52 von 74 Vorschlägen stehen zur Wahl. Alle ab 14 Jahren haben drei Stimmen und "
        "entscheiden bis Sonntag, 13. Dezember, über 40.000 Euro.",
        "bluesky": "40.000 Euro, drei Stimmen: Bis Sonntag, 13. Dezember, wählen die Bürgerinnen und Bürger ab 14 Jahren, was "
        "die Stadt 2027 umsetzt.",
        "newsletter": "Beim Bürgerbudget 2027 wird abgestimmt. Wer mitmachen darf, wo die Urnen stehen und wann ausgezählt wird.",
    },
    "editor_note": "Die Liste der 52 Vorschläge hat die Kämmerei am 13. November bestätigt.",
    "state": delivered("2026-11-10T13:00", "2026-11-13T11:20", "2026-11-13T16:02", "2026-11-16T08:00"),
}

WEIDE_STEIGT: dict[str, Any] = {
    "title": "Weide steigt: Feuerwehr bereitet Deichwache in Hinterweide vor",
    "teaser": "Der Pegel stand am Sonntag, 22. November, um 15:00 Uhr bei 3,42 Metern und steigt langsam. Im Ortsteil Hinterweide "
    "beginnt um 20:00 Uhr die Deichwache. Bitte sichern Sie Keller und meiden Sie das Ufer.",
    "category": "sicherheit",
    "place": "Ortsteil Hinterweide, Deichweg",
    "valid_from": "2026-11-22T16:00",
    "valid_until": "2026-11-25T12:00",
    "language": "de",
    "hashtags": ["Erlenfurt", "Hochwasser"],
    "hero": picture("hochwasser", "Der Pegel an der Weidebrücke wird alle 15 Minuten abgelesen."),
    "blocks": [
        callout(
            "Stand: Sonntag, 22. November 2026, 16:00 Uhr",
            "Es besteht <strong>keine unmittelbare Gefahr</strong> für Wohnhäuser. Der Deich ist auf 4,80 Meter ausgelegt. Diese "
            "Seite wird bei jeder neuen Lage ergänzt.",
        ),
        text(
            "Nach zwei Tagen Dauerregen führt die Weide Hochwasser. Die Meldestufe 1 ist überschritten. Der Hochwasserdienst "
            "erwartet den höchsten Stand in der Nacht auf Dienstag, 24. November, mit etwa 4,10 Metern. Die Freiwillige Feuerwehr "
            "richtet am Deichweg eine Wache ein. 32 Einsatzkräfte aus allen vier Einheiten lösen sich alle sechs Stunden ab.",
        ),
        table(
            "Pegel Weidebrücke",
            ("Stufe", "Wasserstand", "Was dann geschieht"),
            ("Meldestufe 1", "3,20 Meter", "Wiesen und Uferweg stehen unter Wasser, Deichwache"),
            ("Meldestufe 2", "3,90 Meter", "Deichweg und Tiefgarage am Anger werden gesperrt"),
            ("Meldestufe 3", "4,40 Meter", "Sandsäcke am Deich, Betroffene werden einzeln angerufen"),
        ),
        heading("Was Sie jetzt tun sollten"),
        text(
            listed(
                "Gehen Sie nicht auf den Deich und nicht an das Ufer. Der Uferweg ist gesperrt.",
                "Fahren Sie Autos bis Montag, 23. November, 12:00 Uhr aus der Tiefgarage am Anger.",
                "Räumen Sie Keller in Deichweg, Uferstraße und Weidenallee. Schalten Sie dort den Strom ab, bevor Wasser eindringt.",
                "Sichern Sie Heizöltanks und bringen Sie Chemikalien nach oben.",
                "Sehen Sie nach älteren Nachbarinnen und Nachbarn.",
            ),
        ),
        heading("Wer Sie anruft und wen Sie anrufen"),
        text(
            "Wenn Meldestufe 3 droht, ruft die Feuerwehr alle 64 Haushalte am Deichweg an und klingelt an den Türen. Sie müssen "
            "dafür nichts beantragen. Gefüllte Sandsäcke gibt es am Bauhof, Industriestraße 3, am Sonntag bis 22:00 Uhr und am "
            "Montag von 6:00 bis 22:00 Uhr.",
        ),
        contact(
            ("Notruf", "112"),
            ("Hochwassertelefon der Stadt", "069 90009 199, rund um die Uhr besetzt"),
            ("Hilfe beim Räumen für ältere Menschen", "069 90009 198"),
            ("Bauhof (Sandsäcke)", "069 90009 130"),
        ),
    ],
    "channels": {
        "mastodon": "Die Weide steigt: 3,42 Meter am Sonntag um 15:00 Uhr. Die Feuerwehr richtet im Ortsteil Hinterweide eine "
        "Deichwache ein. Bitte meiden Sie das Ufer. Hochwassertelefon: 069 90009 199.",
        "bluesky": "Hochwasser an der Weide: Pegel 3,42 Meter, Meldestufe 1. Ab 20:00 Uhr Deichwache im Ortsteil Hinterweide. "
        "Bitte nicht an das Ufer gehen. Auskunft: 069 90009 199.",
        "newsletter": "Die Weide führt Hochwasser. Was die Feuerwehr vorbereitet und was Sie in Deichweg, Uferstraße und "
        "Weidenallee jetzt tun sollten.",
    },
    "editor_note": "Mit der Einsatzleitung um 15:40 Uhr abgestimmt. Keine Alarmmeldung, aber bitte heute noch heraus.",
    "state": delivered(
        "2026-11-22T15:25", "2026-11-22T15:48", "2026-11-22T16:03", "2026-11-22T16:03", approver=DEPUTY
    ),
}

MESSAGES: dict[str, dict[str, Any]] = {
    "abkochgebot": ABKOCHGEBOT,
    "weidebad": WEIDEBAD,
    "spielplatz": SPIELPLATZ,
    "buergerbudget": BUERGERBUDGET,
    "weide-steigt": WEIDE_STEIGT,
}
