"""The pages that stay: slug, title, teaser, menu ("", "main", "footer"), its order, blocks, and the pages below."""

from __future__ import annotations

from typing import Any

from demo.content.about import BELOW
from demo.content.blocks import callout, contact, heading, listed, office, picture, picture_block, table, text

IMPRESSUM = {
    "slug": "impressum",
    "title": "Impressum",
    "teaser": "Wer diese Website anbietet und wer für die Inhalte verantwortlich ist.",
    "menu": "footer",
    "menu_order": 10,
    "blocks": [
        heading("Angaben nach § 5 Digitale-Dienste-Gesetz"),
        contact(
            ("Anbieterin", "Stadt Erlenfurt, Körperschaft des öffentlichen Rechts"),
            ("Anschrift", "Marktplatz 1, 35999 Erlenfurt"),
            (
                "Vertreten durch",
                "den Magistrat, dieser durch die Bürgermeisterin Henrike Auental (Name erfunden)",
            ),
            ("Telefon", "069 90009 100"),
            ("E-Mail", "rathaus@erlenfurt.example"),
            ("Umsatzsteuer-Identifikationsnummer", "DE000000000 (Muster)"),
        ),
        heading("Zuständige Aufsichtsbehörde"),
        text(
            "Der Landrat des Weidekreises als Behörde der Landesverwaltung, Kommunalaufsicht, Kreishausplatz 1, 35998 Weidental."
        ),
        heading("Verantwortlich für journalistisch-redaktionelle Inhalte"),
        text(
            "Verantwortlich nach § 18 Absatz 2 Medienstaatsvertrag: Leitung Öffentlichkeitsarbeit im Hauptamt, Marktplatz 1, 35999 Erlenfurt."
        ),
        heading("Wer die Texte schreibt"),
        text(
            "Die Stadt lässt sich vom Redaktionsbüro Weidental unterstützen. Jede Meldung wird vor dem Versand von einer Person der "
            "Stadtverwaltung freigegeben. Für den Inhalt ist allein die Stadt verantwortlich.",
        ),
        heading("Bilder und Nutzungsrechte"),
        text(
            "Alle Zeichnungen auf dieser Website gehören der Stadt Erlenfurt. Amtliche Texte dürfen Sie mit Angabe der Quelle weitergeben.",
            "Für Inhalte fremder Websites, auf die wir verweisen, sind deren Anbieter verantwortlich. Erfahren wir von einem "
            "Rechtsverstoß, entfernen wir den Verweis.",
        ),
        callout(
            "Beispielstadt", "Erlenfurt ist eine erfundene Stadt. Namen, Nummern und Adressen sind Beispiele."
        ),
    ],
}

DATENSCHUTZ = {
    "slug": "datenschutz",
    "title": "Datenschutzerklärung",
    "teaser": "Welche Daten wir verarbeiten, warum wir das tun, wie lange wir sie behalten und welche Rechte Sie haben.",
    "menu": "footer",
    "menu_order": 20,
    "blocks": [
        callout(
            "Kurz gesagt",
            listed(
                "Sie können diese Website lesen, ohne Ihren Namen zu nennen.",
                "Wir setzen beim Lesen keine Cookies und messen nicht, wer was liest.",
                "Schriften, Karten und Bilder kommen von unserem eigenen Server.",
                "Im Newsletter zählen wir weder Öffnungen noch Klicks.",
            ),
        ),
        heading("Verantwortlich"),
        contact(
            ("Verantwortliche", "Stadt Erlenfurt, der Magistrat, Marktplatz 1, 35999 Erlenfurt"),
            ("Telefon", "069 90009 100"),
            ("E-Mail", "rathaus@erlenfurt.example"),
            ("Datenschutzbeauftragte der Stadt", "069 90009 105, datenschutz@erlenfurt.example"),
        ),
        heading("Welche Daten wir verarbeiten"),
        table(
            "Zwecke, Rechtsgrundlagen und Fristen",
            ("Zweck", "Daten", "Rechtsgrundlage", "Gelöscht nach"),
            (
                "Website ausliefern und Angriffe abwehren",
                "IP-Adresse, Zeitpunkt, aufgerufene Seite",
                "Artikel 6 Absatz 1 Buchstabe e DSGVO mit § 3 HDSIG",
                "7 Tagen",
            ),
            (
                "Newsletter senden",
                "E-Mail-Adresse, gewählter Newsletter, Nachweis der Anmeldung",
                "Einwilligung, Artikel 6 Absatz 1 Buchstabe a DSGVO",
                "der Abmeldung, der Nachweis drei Jahre danach",
            ),
            (
                "Anfragen beantworten",
                "Ihre Angaben in der Nachricht",
                "Artikel 6 Absatz 1 Buchstabe e DSGVO mit § 3 HDSIG",
                "Abschluss und Ablauf der Aktenfristen",
            ),
            (
                "Meldungen prüfen und freigeben",
                "Name und Handlung der Beschäftigten und der Agentur",
                "Artikel 6 Absatz 1 Buchstabe e DSGVO mit § 3 HDSIG",
                "zehn Jahren",
            ),
        ),
        heading("Newsletter"),
        text(
            "Nach der Anmeldung senden wir Ihnen eine E-Mail mit einem Bestätigungslink. Erst wenn Sie dort bestätigen, sind Sie angemeldet. "
            "Bestätigen Sie nicht, löschen wir die Adresse nach sieben Tagen. Jede Ausgabe enthält einen Link zum Abmelden. Eine "
            "Angabe von Gründen ist nicht nötig.",
        ),
        heading("Soziale Netzwerke"),
        text(
            "Die Stadt veröffentlicht ihre Meldungen auch bei Mastodon und Bluesky. Alles, was dort steht, finden Sie vollständig auf dieser "
            "Website. Wenn Sie die Netzwerke besuchen, gelten deren eigene Datenschutzregeln. Auf unserer Website sind keine Inhalte "
            "dieser Dienste eingebunden.",
        ),
        heading("Wer Daten in unserem Auftrag verarbeitet"),
        text(
            "Unser Rechenzentrum und das Redaktionsbüro Weidental arbeiten auf der Grundlage von Verträgen nach Artikel 28 DSGVO. Das "
            "Redaktionsbüro sieht weder die Adressen des Newsletters noch Ihre Anfragen. Wir übermitteln keine Daten in Länder "
            "außerhalb der Europäischen Union.",
        ),
        heading("Ihre Rechte"),
        text(
            listed(
                "Auskunft über Ihre Daten (Artikel 15 DSGVO)",
                "Berichtigung (Artikel 16), Löschung (Artikel 17) und Einschränkung (Artikel 18)",
                "Übertragung Ihrer Daten bei Einwilligung (Artikel 20)",
                "Widerspruch gegen eine Verarbeitung aus öffentlichem Interesse (Artikel 21)",
                "Widerruf einer Einwilligung mit Wirkung für die Zukunft (Artikel 7 Absatz 3)",
            ),
            "Sie können sich außerdem beschweren bei: Der Hessische Beauftragte für Datenschutz und Informationsfreiheit, "
            "Gustav-Stresemann-Ring 1, 65189 Wiesbaden.",
        ),
        text("Stand: 12. Oktober 2026"),
    ],
}

BARRIEREFREIHEIT = {
    "slug": "barrierefreiheit",
    "title": "Erklärung zur Barrierefreiheit",
    "teaser": "Wie zugänglich diese Website ist, was noch fehlt und wie Sie uns eine Barriere melden.",
    "menu": "footer",
    "menu_order": 30,
    "blocks": [
        text(
            "Die Stadt Erlenfurt will ihre Website allen Menschen zugänglich machen. Grundlage sind § 14 des Hessischen "
            "Behinderten-Gleichstellungsgesetzes (HessBGG) und die Hessische Verordnung über barrierefreie Informationstechnik "
            "(HVBIT), die die Richtlinie (EU) 2016/2102 umsetzen. Diese Erklärung gilt für www.erlenfurt.example.",
        ),
        heading("Wie weit wir sind"),
        text(
            "Diese Website ist mit den Anforderungen <strong>teilweise vereinbar</strong>. Das beruht auf einer Selbstbewertung vom "
            "12. Oktober 2026 nach EN 301 549 und WCAG 2.2, Stufe AA.",
        ),
        heading("Was noch nicht barrierefrei ist"),
        table(
            "Bekannte Barrieren",
            ("Inhalt", "Barriere", "Geplant", "Alternative"),
            (
                "Ältere Satzungen als PDF, vor 2024",
                "keine Struktur für Vorleseprogramme",
                "schrittweise bis Dezember 2027",
                "Wir lesen vor oder senden den Text auf Anfrage",
            ),
            (
                "Pläne zu Bauvorhaben",
                "Zeichnungen ohne ausführliche Beschreibung",
                "Beschreibung bei neuen Plänen ab Januar 2027",
                "Erläuterung am Telefon durch das Bauamt",
            ),
            (
                "Inhalte in Deutscher Gebärdensprache",
                "noch nicht vorhanden",
                "erstes Video bis Juni 2027",
                "Termin mit Dolmetschen, wir übernehmen die Kosten",
            ),
        ),
        heading("Barriere melden"),
        text(
            "Haben Sie eine Barriere gefunden oder brauchen Sie einen Inhalt in anderer Form? Schreiben Sie uns oder rufen Sie an. Wir "
            "antworten spätestens nach sechs Wochen, meist viel früher.",
        ),
        contact(
            ("Ansprechstelle", "Hauptamt, Öffentlichkeitsarbeit, Marktplatz 1, 35999 Erlenfurt"),
            ("Telefon", "069 90009 106"),
            ("E-Mail", "barrierefreiheit@erlenfurt.example"),
        ),
        heading("Durchsetzungsverfahren"),
        text(
            "Antworten wir nicht innerhalb von sechs Wochen oder hilft Ihnen unsere Antwort nicht, können Sie sich an die "
            "Durchsetzungs- und Überwachungsstelle des Landes Hessen wenden. Sie prüft den Fall nach § 6 HVBIT und holt dazu eine "
            "Stellungnahme der Stadt ein. Das Verfahren kostet Sie nichts, einen Rechtsbeistand brauchen Sie nicht.",
        ),
        contact(
            (
                "Stelle",
                "Durchsetzungs- und Überwachungsstelle Barrierefreie Informationstechnik des Landes Hessen",
            ),
            ("Anschrift", "Landgraf-Philipp-Platz 1–7, 35390 Gießen"),
            ("Antrag und Kontakt", "lbit.hessen.de"),
        ),
        text(
            "Diese Erklärung wurde am 12. Oktober 2026 erstellt und wird mindestens einmal im Jahr überprüft."
        ),
    ],
}

UEBER = {
    "slug": "ueber-erlenfurt",
    "title": "Über Erlenfurt",
    "below": BELOW,
    "teaser": "6.180 Menschen, fünf Ortsteile, ein Fluss: Erlenfurt in Zahlen und ein paar Geschichten dazu.",
    "menu": "main",
    "menu_order": 20,
    "hero": picture("marktplatz", "Das Rathaus am Marktplatz wurde 1611 gebaut, der Turm kam 1884 dazu."),
    "blocks": [
        text(
            "Erlenfurt liegt an der Weide, dort, wo man den Fluss früher zu Fuß durchqueren konnte. Die Furt und die Erlen am Ufer gaben "
            "dem Ort den Namen. 1348 wurde er erstmals erwähnt, 1521 erhielt er das Marktrecht. Der Wochenmarkt findet noch heute "
            "jeden Freitag auf dem Marktplatz statt.",
        ),
        table(
            "Erlenfurt in Zahlen, Stand 30. Juni 2026",
            ("Ortsteil", "Einwohnerinnen und Einwohner", "Bekannt für"),
            ("Ortsteil Altstadt", "2.140", "Rathaus, Marktplatz und Stadtbücherei"),
            ("Ortsteil Mühlviertel", "1.510", "die Alte Mühle und den Haltepunkt der Bahn"),
            ("Ortsteil Steinbach", "1.060", "das Wasserwerk und die Obstwiesen"),
            ("Ortsteil Oberholz", "790", "den Stadtwald und das Forsthaus"),
            ("Ortsteil Hinterweide", "680", "die Weidewiesen und den Deich"),
            ("Summe", "6.180", "23 Vereine"),
        ),
        picture_block("wald", "Der Stadtwald ist 640 Hektar groß und gehört den Bürgerinnen und Bürgern."),
        heading("Leben in der Stadt"),
        text(
            "Es gibt eine Kita, eine Grundschule, eine Stadtbücherei, ein Jugendzentrum und das Weidebad. Die Freiwillige Feuerwehr hat vier "
            "Einheiten mit zusammen 118 Aktiven. Mit der Bahn sind Sie in 38 Minuten in der Kreisstadt, der Bus 412 verbindet die "
            "Ortsteile.",
        ),
        heading("Das Wappen"),
        text(
            "Das Wappen zeigt ein grünes Erlenblatt auf Silber über blauen Wellen. Das Blatt steht für die Erlen am Ufer, die Wellen "
            "für die Weide. Vereine dürfen das Wappen verwenden, wenn sie es vorher beantragen.",
        ),
    ],
}

KONTAKT = {
    "slug": "kontakt",
    "title": "Kontakt",
    "teaser": "So erreichen Sie die Stadtverwaltung, das Bürgerbüro und die Bereitschaft.",
    "menu": "main",
    "menu_order": 90,
    "hero": picture("buergerbuero", "Das Bürgerbüro liegt im Erdgeschoss des Rathauses."),
    "blocks": [
        contact(
            ("Anschrift", "Stadt Erlenfurt, Marktplatz 1, 35999 Erlenfurt"),
            ("Zentrale", "069 90009 100"),
            ("E-Mail", "rathaus@erlenfurt.example"),
            ("Behördennummer", "115"),
        ),
        heading("Bürgerbüro"),
        office("buergerbuero"),
        heading("Wer hilft wobei?"),
        table(
            "Ämter und Einrichtungen",
            ("Stelle", "Zuständig für", "Telefon"),
            ("Bürgerbüro", "Ausweise, Meldewesen, Führungszeugnis", "069 90009 110"),
            ("Standesamt", "Geburt, Ehe, Sterbefall", "069 90009 112"),
            ("Bauamt", "Bauanträge, Straßen, Spielplätze", "069 90009 120"),
            ("Bauhof", "Winterdienst, Grünflächen, Abfall", "069 90009 130"),
            ("Wasserwerk", "Trinkwasser, Zähler", "069 90009 140"),
            ("Kita Sonnenwiese", "Anmeldung, Beiträge", "069 90009 150"),
            ("Stadtbücherei", "Ausleihe, Lesepatinnen und Lesepaten", "069 90009 160"),
            ("Kämmerei und Stadtkasse", "Steuern, Gebühren, Bürgerbudget", "069 90009 170"),
            ("Weidebad", "Freibad, Kurse", "069 90009 180"),
            ("Jugendzentrum", "Angebote für junge Menschen", "069 90009 190"),
        ),
        callout(
            "Im Notfall",
            listed(
                "Feuerwehr und Rettungsdienst: 112",
                "Polizei: 110",
                "Ärztlicher Bereitschaftsdienst: 116117",
                "Wasserrohrbruch, rund um die Uhr: 069 90009 141",
            ),
        ),
        heading("Weg und Zugang"),
        text(
            "Die Haltestelle „Marktplatz“ der Linie 412 liegt vor dem Rathaus. Der stufenlose Eingang ist auf der Seite zur Schulgasse, "
            "dort sind auch zwei Stellplätze für Menschen mit Behinderung. Im Bürgerbüro gibt es eine Höranlage.",
        ),
    ],
}

PAGES: list[dict[str, Any]] = [UEBER, KONTAKT, IMPRESSUM, DATENSCHUTZ, BARRIEREFREIHEIT]
