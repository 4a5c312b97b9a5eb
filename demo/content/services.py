"""Services of the demo town's hall: fields of `ServicePage`, as a small town would write them."""

from __future__ import annotations

from typing import Any

_ONLINE = "https://online.erlenfurt.example/"
_DESK = (
    '<p>Bürgerbüro, Marktplatz 1, Erdgeschoss, Telefon <a href="tel:+496990009110">069 90009 110</a>. '
    "Einen Termin brauchen Sie nur für Ausweise.</p>"
)


def _list(*items: str) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _service(slug: str, title: str, teaser: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"slug": slug, "title": title, "teaser": teaser, "body": [("text", text)], **fields}


SERVICES: tuple[dict[str, Any], ...] = (
    _service(
        "personalausweis",
        "Personalausweis beantragen",
        "Sie beantragen den Ausweis persönlich im Bürgerbüro und holen ihn nach etwa drei Wochen ab.",
        "<p>Wer 16 Jahre alt ist und in Deutschland wohnt, muss einen gültigen Ausweis haben. Kommen Sie selbst vorbei: Wir nehmen "
        "Ihre Fingerabdrücke auf. Für Kinder unter 16 Jahren stellen die Eltern den Antrag.</p>" + _DESK,
        documents=_list(
            "Ihren alten Ausweis oder Reisepass",
            "ein digitales biometrisches Passbild; Sie können es am Automaten im Bürgerbüro machen",
            "bei einer Namensänderung die Urkunde",
            "für Kinder die Zustimmung beider Eltern und die Geburtsurkunde",
        ),
        procedure="<ol><li>Sie vereinbaren einen Termin.</li><li>Sie kommen mit den Unterlagen ins Bürgerbüro.</li>"
        "<li>Die Bundesdruckerei stellt den Ausweis her. Sie erhalten eine E-Mail, wenn er da ist.</li>"
        "<li>Sie holen ihn ab oder lassen ihn sich senden.</li></ol>",
        fees="<p>Die Gebühr legt der Bund fest. Sie zahlen beim Antrag, bar oder mit Karte. Ein vorläufiger Ausweis kostet zusätzlich.</p>",
        duration="etwa drei Wochen",
        legal_basis="<p>§ 9 Personalausweisgesetz (PAuswG)</p>",
        appointment_address=f"{_ONLINE}termine/ausweis",
        other_names="Perso, Ausweis, Ausweis verlängern",
        leika="99008001000000",
    ),
    _service(
        "reisepass",
        "Reisepass beantragen",
        "Den Reisepass beantragen Sie persönlich. In Eile gibt es ihn im Express in wenigen Tagen.",
        "<p>Ein Reisepass gilt zehn Jahre, vor dem 24. Geburtstag sechs. Auch Kinder erhalten einen Reisepass.</p>"
        + _DESK,
        documents=_list(
            "Ihren alten Pass oder Personalausweis",
            "ein digitales biometrisches Passbild",
            "die Geburts- oder Heiratsurkunde",
        ),
        fees="<p>Die Gebühr legt der Bund fest; der Express kostet einen Zuschlag.</p>",
        duration="etwa vier Wochen, im Express drei bis vier Werktage",
        legal_basis="<p>§ 6 Passgesetz (PassG)</p>",
        appointment_address=f"{_ONLINE}termine/ausweis",
        other_names="Pass, Kinderreisepass, Expresspass",
    ),
    _service(
        "wohnsitz",
        "Wohnsitz anmelden oder ummelden",
        "Nach dem Einzug haben Sie zwei Wochen Zeit. Es geht online oder im Bürgerbüro.",
        "<p>Wer nach Erlenfurt zieht oder innerhalb der Stadt umzieht, meldet sich an. Abmelden müssen Sie sich nur, wenn Sie ins Ausland ziehen.</p>"
        + _DESK,
        requirements="<p>Sie sind schon eingezogen. Im Voraus ist die Anmeldung nicht möglich.</p>",
        documents=_list(
            "Ausweis oder Pass aller, die mit umziehen",
            "die Bestätigung der Wohnungsgeberin oder des Wohnungsgebers",
        ),
        fees="<p>Die Anmeldung ist kostenfrei.</p>",
        duration="sofort im Bürgerbüro, online etwa drei Tage",
        legal_basis="<p>§ 17 Bundesmeldegesetz (BMG)</p>",
        online_address=f"{_ONLINE}wohnsitz",
        other_names="Umzug, Ummeldung, Anmeldung, Einzug melden",
        links=[
            (
                "link",
                {
                    "label": "Formular Wohnungsgeberbestätigung",
                    "address": f"{_ONLINE}formulare/wohnungsgeber.pdf",
                },
            )
        ],
    ),
    _service(
        "fuehrungszeugnis",
        "Führungszeugnis beantragen",
        "Das Führungszeugnis kommt vom Bundesamt für Justiz. Den Antrag nehmen wir auf, oder Sie stellen ihn online.",
        "<p>Für ein Ehrenamt mit Kindern brauchen Sie ein erweitertes Führungszeugnis. Bringen Sie dafür das Schreiben des Vereins mit.</p>"
        + _DESK,
        documents=_list(
            "Ausweis oder Pass", "für das erweiterte Führungszeugnis die schriftliche Aufforderung"
        ),
        fees="<p>13 Euro. Für ein Ehrenamt ist es kostenfrei, wenn der Verein das bestätigt.</p>",
        duration="ein bis zwei Wochen",
        legal_basis="<p>§ 30 und § 30a Bundeszentralregistergesetz (BZRG)</p>",
        online_address="https://www.fuehrungszeugnis.bund.de/",
        other_names="Polizeiliches Führungszeugnis, Leumundszeugnis",
    ),
    _service(
        "hundesteuer",
        "Hund anmelden",
        "Melden Sie Ihren Hund innerhalb von zwei Wochen an, nachdem er zu Ihnen gekommen ist.",
        "<p>Die Steuermarke kommt mit dem Bescheid. Der Hund trägt sie, wenn er die Wohnung verlässt. Melden Sie ihn ab, wenn er stirbt oder Sie wegziehen.</p>"
        '<p>Kämmerei, Marktplatz 1, Telefon <a href="tel:+496990009100">069 90009 100</a>.</p>',
        fees="<p>60 Euro im Jahr für den ersten Hund, 96 Euro für jeden weiteren. Hunde aus dem Tierheim sind ein Jahr lang befreit.</p>",
        legal_basis="<p>Satzung der Stadt Erlenfurt über die Erhebung der Hundesteuer</p>",
        online_address=f"{_ONLINE}hund",
        other_names="Hundesteuer, Hundemarke, Hund abmelden",
    ),
    _service(
        "sperrmuell",
        "Sperrmüll abholen lassen",
        "Zweimal im Jahr holen wir sperrige Dinge kostenfrei bei Ihnen ab.",
        "<p>Stellen Sie die Möbel am Abholtag bis 6 Uhr an die Straße, frühestens am Abend davor. Elektrogeräte stellen Sie bitte getrennt daneben.</p>"
        '<p>Bauhof, Steinbacher Weg 4, Telefon <a href="tel:+496990009100">069 90009 100</a>.</p>',
        requirements="<p>Sie zahlen in Erlenfurt Müllgebühren. Höchstens vier Kubikmeter je Abholung.</p>",
        procedure="<ol><li>Sie melden die Abholung an und nennen, was wir mitnehmen sollen.</li><li>Sie erhalten einen Termin, meist in drei Wochen.</li>"
        "<li>Sie stellen die Dinge heraus.</li></ol>",
        fees="<p>Zwei Abholungen im Jahr sind kostenfrei, jede weitere kostet 35 Euro.</p>",
        duration="etwa drei Wochen bis zur Abholung",
        online_address=f"{_ONLINE}sperrmuell",
        other_names="Sperrmüllabholung, Möbel entsorgen, Sofa entsorgen",
    ),
    _service(
        "geburtsurkunde",
        "Geburtsurkunde bestellen",
        "Wurde Ihr Kind in Erlenfurt geboren, stellt unser Standesamt die Urkunde aus.",
        "<p>Für eine Geburt an einem anderen Ort fragen Sie das Standesamt dort. Die ersten drei Urkunden für Elterngeld, Kindergeld und Krankenkasse sind kostenfrei.</p>"
        '<p>Standesamt, Marktplatz 1, Telefon <a href="tel:+496990009100">069 90009 100</a>.</p>',
        documents=_list("Ausweis oder Pass", "bei einer Bestellung für andere eine Vollmacht"),
        fees="<p>15 Euro, jede weitere am selben Tag 8 Euro.</p>",
        duration="etwa drei Werktage",
        legal_basis="<p>§ 59 und § 62 Personenstandsgesetz (PStG)</p>",
        online_address=f"{_ONLINE}urkunden",
        other_names="Abstammungsurkunde, Geburtsbescheinigung",
    ),
    _service(
        "eheschliessung",
        "Heiraten in Erlenfurt",
        "Getraut wird im Rathaus und von Mai bis September in der Mühlscheune.",
        "<p>Melden Sie die Eheschließung frühestens sechs Monate vor dem Termin an. Welche Unterlagen Sie brauchen, hängt von Ihrer Lebenslage ab; wir beraten Sie gern.</p>",
        documents=_list(
            "Ausweis oder Pass",
            "eine erweiterte Meldebescheinigung",
            "ein beglaubigter Ausdruck aus dem Geburtenregister",
        ),
        fees="<p>60 Euro für die Anmeldung, 150 Euro zusätzlich für die Mühlscheune.</p>",
        legal_basis="<p>§ 12 und § 13 Personenstandsgesetz (PStG)</p>",
        appointment_address=f"{_ONLINE}termine/standesamt",
        other_names="Eheschließung, Trauung, Hochzeit",
    ),
    _service(
        "kita-platz",
        "Kita-Platz vormerken",
        "Sie merken Ihr Kind einmal vor und nennen bis zu drei Einrichtungen.",
        "<p>Die Plätze zum August vergeben wir bis Ende Februar. Danach nennen wir Ihnen freie Plätze, sobald es welche gibt.</p>",
        documents=_list(
            "Geburtsurkunde des Kindes", "wenn Sie mehr Betreuung brauchen: Bescheinigungen der Arbeitgeber"
        ),
        fees="<p>Sechs Stunden am Tag sind für Kinder ab drei Jahren beitragsfrei. Alles Weitere steht in der Beitragssatzung.</p>",
        online_address=f"{_ONLINE}kita",
        other_names="Kindergarten, Krippe, Kindertagesstätte",
    ),
    _service(
        "bewohnerparkausweis",
        "Bewohnerparkausweis beantragen",
        "Im Ortsteil Altstadt parken Sie damit ohne Parkscheibe.",
        "<p>Der Ausweis gilt ein Jahr in der Zone, in der Sie wohnen. Er sichert keinen bestimmten Platz.</p>",
        requirements="<p>Sie sind im Ortsteil Altstadt mit Hauptwohnsitz gemeldet, und das Auto ist auf Sie zugelassen oder wird dauerhaft von Ihnen genutzt.</p>",
        documents=_list(
            "Fahrzeugschein (Zulassungsbescheinigung Teil I)",
            "bei einem Firmenwagen eine Bestätigung des Betriebs",
        ),
        fees="<p>45 Euro im Jahr.</p>",
        duration="etwa fünf Werktage",
        legal_basis="<p>§ 45 Absatz 1b Straßenverkehrs-Ordnung (StVO)</p>",
        online_address=f"{_ONLINE}parken",
        other_names="Anwohnerparken, Parkausweis",
    ),
    _service(
        "gewerbeanmeldung",
        "Gewerbe anmelden",
        "Wer sich selbstständig macht, meldet das am Tag des Beginns an.",
        "<p>Finanzamt, Berufsgenossenschaft und Kammer erfahren es von uns. Freie Berufe melden sich nur beim Finanzamt.</p>",
        documents=_list(
            "Ausweis oder Pass",
            "bei einer GmbH der Auszug aus dem Handelsregister",
            "bei Handwerk die Handwerkskarte",
        ),
        fees="<p>28 Euro.</p>",
        duration="drei Werktage",
        legal_basis="<p>§ 14 Gewerbeordnung (GewO)</p>",
        online_address=f"{_ONLINE}gewerbe",
        other_names="Gewerbeschein, Selbstständigkeit, Gewerbeabmeldung",
    ),
    _service(
        "wohngeld",
        "Wohngeld beantragen",
        "Wohngeld ist ein Zuschuss zur Miete oder zu den Kosten des eigenen Hauses. Zuständig ist der Weidekreis; den Antrag nehmen wir an.",
        "<p>Ob und wie viel Wohngeld Sie erhalten, hängt von Einkommen, Miete und der Zahl der Personen ab. Gezahlt wird ab dem Monat, in dem der Antrag eingeht.</p>",
        documents=_list(
            "den ausgefüllten Antrag",
            "Nachweise über das Einkommen aller im Haushalt",
            "Mietvertrag und letzte Mietzahlung",
        ),
        fees="<p>Der Antrag ist kostenfrei.</p>",
        duration="etwa acht Wochen",
        legal_basis="<p>Wohngeldgesetz (WoGG)</p>",
        other_names="Mietzuschuss, Lastenzuschuss, Wohngeld Plus",
    ),
    _service(
        "fundsachen",
        "Fundsachen melden oder abholen",
        "Was in Erlenfurt gefunden wird, liegt sechs Monate im Fundbüro.",
        "<p>Fahrräder stehen im Bauhof, alles andere im Bürgerbüro. Beschreiben Sie genau, was Sie vermissen.</p>"
        + _DESK,
        documents=_list(
            "Ausweis oder Pass", "wenn Sie ihn haben: einen Nachweis, dass die Sache Ihnen gehört"
        ),
        fees="<p>5 Euro für die Aufbewahrung, bei Fahrrädern 10 Euro.</p>",
        legal_basis="<p>§§ 965 bis 984 Bürgerliches Gesetzbuch (BGB)</p>",
        other_names="Fundbüro, Verlorenes, Fahrrad gefunden",
    ),
    _service(
        "osterfeuer",
        "Öffentliches Feuer anzeigen",
        "Ein Oster- oder Johannisfeuer zeigen Sie zwei Wochen vorher an.",
        "<p>Verbrannt werden darf nur trockenes, unbehandeltes Holz. Schichten Sie es erst am Tag selbst auf, damit sich keine Igel darin verstecken.</p>",
        documents=_list("einen Lageplan", "Name und Telefonnummer der verantwortlichen Person"),
        fees="<p>Die Anzeige ist kostenfrei.</p>",
        duration="eine Woche",
        online_address=f"{_ONLINE}feuer",
        other_names="Lagerfeuer, Johannisfeuer, Brauchtumsfeuer",
    ),
)
