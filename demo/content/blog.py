"""The mayor's blog of the demo town: two series and their entries."""

from __future__ import annotations

from typing import Any, Final

from demo.content.blocks import Block, callout, contact, heading, listed, picture, quote, table, text

MAYOR: Final = "Henrike Auental"
INTRO: Final = (
    "Woran wir im Rathaus arbeiten, was gelungen ist und was nicht. Kommentare gibt es hier noch nicht; "
    "schreiben Sie mir, ich antworte."
)
SERIES: Final = (
    {
        "slug": "aus-dem-rathaus",
        "title": "Aus dem Rathaus",
        "intro": "Etwa einmal im Monat: was mich beschäftigt, in eigenen Worten.",
        "author": MAYOR,
    },
    {
        "slug": "fuenf-minuten-haushalt",
        "title": "Fünf Minuten Haushalt",
        "intro": "Ein Begriff aus dem Haushalt der Stadt, so erklärt, dass man ihn weitererzählen kann.",
        "author": "Doro Groschenau",
    },
)


def _entry(day: str, slug: str, title: str, teaser: str, *blocks: Block, **more: Any) -> dict[str, Any]:
    series = more.pop("series", "aus-dem-rathaus")
    return {
        "dated": day,
        "slug": slug,
        "title": title,
        "teaser": teaser,
        "series": series,
        "blocks": list(blocks),
        **more,
    }


ENTRIES: Final = (
    _entry(
        "2026-11-13",
        "zuschriften-zum-weidebad",
        "Was Sie mir zum Weidebad geschrieben haben",
        "147 Zuschriften kamen in zwei Wochen. Drei Fragen stehen in fast jeder, und auf drei habe ich schon eine Antwort.",
        text(
            "Liebe Bürgerinnen und Bürger,",
            "nach meinem letzten Beitrag lagen 147 Zuschriften in meinem Postfach, von einer Postkarte mit Badehose bis zu vier "
            "Seiten mit Rechnung. Danke dafür. Ich habe alle gelesen. Die häufigsten Fragen beantworte ich hier.",
        ),
        heading("Kann das Bad während der Arbeiten offen bleiben?"),
        text(
            "Nein. Die Rohre liegen unter dem Becken, und das Becken muss leer sein. Das Fachbüro rechnet mit einer Saison. "
            "Wir sprechen mit den Nachbarstädten, damit die Schwimmkurse der Grundschule am Markt in dieser Zeit dort stattfinden.",
        ),
        heading("Wird der Eintritt teurer?"),
        text(
            "In der Saison 2027 bleibt er, wie er ist. Was danach gilt, entscheidet die Stadtverordnetenversammlung. Mein Vorschlag "
            "ist, dass Kinder bis sechs Jahre weiter nichts bezahlen.",
        ),
        heading("Warum kein Naturbad?"),
        text(
            "Diese Frage kam von 31 Menschen, deshalb habe ich nachgefragt. Ein Naturbad braucht für dieselbe Zahl an Gästen etwa "
            "doppelt so viel Fläche. Die haben wir an der Uferstraße nicht, ohne in die Weidewiesen zu gehen.",
        ),
        quote("Ich habe hier 1976 schwimmen gelernt. Meine Enkelin soll das auch.", "aus einer der Zuschriften"),
        callout(
            "So geht es weiter",
            "Am 17. Dezember berät die Stadtverordnetenversammlung öffentlich. Beginn ist um 19:30 Uhr im Bürgersaal.",
        ),
        text("Ihre Bürgermeisterin"),
        contact(
            ("Büro der Bürgermeisterin", "Rathaus, Marktplatz 1"),
            ("E-Mail", "buergermeisterin@erlenfurt.example"),
        ),
        hero=picture("weidebad", "Im Winter wird das Becken zur Hälfte gefüllt, damit der Frost ihm nichts tut."),
    ),
    _entry(
        "2026-09-11",
        "ein-vormittag-auf-dem-bauhof",
        "Ein Vormittag auf dem Bauhof",
        "Um 6:30 Uhr beginnt die Frühbesprechung. Ich war dabei und weiß jetzt, warum ein Papierkorb Wege kostet.",
        text(
            "Liebe Bürgerinnen und Bürger,",
            "neun Menschen halten auf unserem Bauhof 48 Kilometer Straße, elf Spielplätze und 1.900 Bäume in Ordnung. An einem "
            "Freitag im September bin ich einen Vormittag lang mitgefahren.",
        ),
        heading("Was mir aufgefallen ist"),
        text(
            listed(
                "Wir haben 214 Papierkörbe. Sie zu leeren, kostet zwei Menschen anderthalb Tage in der Woche.",
                "Die meisten Anrufe gelten Ästen, die in den Gehweg wachsen. Viele davon gehören zu privaten Gärten.",
                "Der kleine Schlepper ist aus dem Jahr 2003. Er läuft, weil ein Kollege die Teile selbst anfertigt.",
            ),
        ),
        heading("Was wir ändern"),
        text(
            "Ab Oktober steht auf jedem Papierkorb eine Nummer. Ist einer voll, genügt eine Nachricht mit dieser Nummer, und der "
            "Bauhof plant den Weg danach. Für den Schlepper steht ein Ersatz im Entwurf des Haushalts.",
            "Ihre Bürgermeisterin",
        ),
        hero=picture("werkstatt", "Kuno Schraubental und Bea Feilenhart halten den kleinen Schlepper am Laufen."),
    ),
    _entry(
        "2026-07-03",
        "warum-der-bus-nicht-wartet",
        "Warum der Bus nicht auf den Zug wartet",
        "Drei Minuten fehlen beim Umsteigen am Haltepunkt. Was dahintersteckt und was sich im Dezember ändert.",
        text(
            "Liebe Bürgerinnen und Bürger,",
            "der Zug kommt um 7:12 Uhr an, der Bus 412 fährt um 7:10 Uhr. Wer am Haltepunkt umsteigt, sieht ihn noch abfahren. Darüber "
            "ärgern sich viele, und sie haben recht.",
        ),
        heading("Wer den Fahrplan macht"),
        text(
            "Den Zug bestellt das Land, den Bus der Landkreis. Die Stadt bestellt keinen von beiden, sie kann nur bitten. Das habe "
            "ich seit dem Frühjahr viermal getan, zuletzt mit einer Zählung: 63 Menschen wollten in einer Woche umsteigen.",
        ),
        table(
            "Ankunft und Abfahrt am Haltepunkt, werktags",
            ("Fahrplan", "Zug kommt an", "Bus 412 fährt ab"),
            ("bis Dezember 2026", "7:12 Uhr", "7:10 Uhr"),
            ("ab Dezember 2026", "7:12 Uhr", "7:17 Uhr"),
        ),
        text(
            "Mit dem Fahrplanwechsel im Dezember fährt der Bus sieben Minuten später. Die Schule beginnt dann trotzdem pünktlich: "
            "Der Bus lässt die Schleife durch das Gewerbegebiet morgens aus.",
            "Ihre Bürgermeisterin",
        ),
    ),
    _entry(
        "2026-11-20",
        "was-ist-eine-umlage",
        "Was ist eigentlich die Kreisumlage?",
        "Von 100 Euro, die Erlenfurt ausgibt, gehen 31 an den Landkreis. Wofür das Geld da ist.",
        text(
            "Der Landkreis hat kaum eigene Steuern. Er bezahlt damit, was für eine Stadt allein zu groß ist: weiterführende Schulen, "
            "Kreisstraßen, den Rettungsdienst, die Jugendhilfe. Das Geld dafür holt er bei den Städten und Gemeinden. Das heißt Umlage.",
        ),
        heading("Wie sie berechnet wird"),
        text(
            "Der Kreistag legt jedes Jahr einen Satz fest. Er gilt für alle gleich und richtet sich danach, wie viel Steuern eine "
            "Stadt einnehmen könnte. Nimmt Erlenfurt mehr ein, steigt im übernächsten Jahr auch die Umlage. Deshalb legen wir in guten "
            "Jahren etwas zurück.",
        ),
        series="fuenf-minuten-haushalt",
        hero=picture("haushalt"),
    ),
)  # fmt: skip
