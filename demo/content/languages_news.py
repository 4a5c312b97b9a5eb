"""A message and a page of the demo town in other languages: German words with theirs."""

from __future__ import annotations

from typing import Final

_HERO: Final = (
    "Zeichnung: Aus einem Wasserhahn fließt klares Wasser in ein Glas auf der Spüle. "
    "Hinter dem Fenster liegen Hügel und ein Wasserturm."
)
_TEASER: Final = (
    "Das Trinkwasser im Ortsteil Steinbach kann wieder ohne Abkochen getrunken werden. Drei Proben in Folge waren "
    "einwandfrei, das Gesundheitsamt hat das Gebot am Freitag, 23. Oktober, um 11:00 Uhr aufgehoben."
)
_BOX: Final = "Sie müssen das Leitungswasser [1: nicht mehr abkochen]. Das gilt für alle Haushalte im Ortsteil Steinbach."
_FOUND: Final = (
    "Nach einem Rohrbruch in der Steinbacher Straße waren in einer Wasserprobe am Donnerstag, 15. Oktober, coliforme "
    "Bakterien gefunden worden. Das Gesundheitsamt hatte daraufhin vorsorglich angeordnet, das Wasser abzukochen. "
    "Betroffen waren rund 410 Haushalte."
)
_CLEAN: Final = (
    "Das Wasserwerk hat die Leitung repariert, gespült und desinfiziert. Die Proben vom 19., 20. und 21. Oktober waren "
    "ohne Befund. Damit sind die Vorgaben der Trinkwasserverordnung wieder eingehalten."
)
_RUN: Final = (
    "Lassen Sie an jedem Wasserhahn das Wasser fünf Minuten laufen, zuerst kalt, dann warm.",
    "Reinigen Sie die Siebe an den Hähnen.",
    "Tauschen Sie Wasserfilter aus und leeren Sie Eiswürfelbehälter und Kaffeemaschinen.",
    "Spülen Sie auch Leitungen, die Sie selten benutzen, etwa im Gästebad oder im Garten.",
)
_SMELL: Final = (
    "Bis voraussichtlich Freitag, 30. Oktober, kann das Wasser noch leicht nach Chlor riechen. Das ist gesundheitlich "
    "unbedenklich."
)
WATER_ENGLISH: Final = {
    "Abkochgebot im Ortsteil Steinbach aufgehoben": "Steinbach: tap water no longer has to be boiled",
    "Sicherheit": "Safety",
    _TEASER: (
        "In the district of Steinbach you can drink tap water again without boiling it. Three samples in a row were clean; the health authority "
        "lifted the order on Friday, 23 October, at 11 am."
    ),
    "Ortsteil Steinbach": "District of Steinbach",
    _HERO: "Drawing: clear water runs from a tap into a glass by the sink. Hills and a water tower behind the window.",
    "Das Leitungswasser ist wieder uneingeschränkt nutzbar.": "Tap water can be used without restriction again.",
    "Das Wichtigste": "In short",
    _BOX: "You [1: no longer have to boil] tap water. This applies to all households in the district of Steinbach.",
    _FOUND: (
        "After a burst pipe in Steinbacher Straße, coliform bacteria were found in a water sample on Thursday, 15 October. As a precaution, the health "
        "authority ordered the water to be boiled. About 410 households were affected."
    ),
    _CLEAN: (
        "The waterworks repaired, flushed and disinfected the pipe. The samples of 19, 20 and 21 October were clean. The water meets the drinking "
        "water regulations again."
    ),
    "Was Sie jetzt tun sollten": "What you should do now",
    _RUN[0]: "Let the water run for five minutes at every tap, first cold, then warm.",
    _RUN[1]: "Clean the strainers of the taps.",
    _RUN[2]: "Replace water filters, and empty ice cube trays and coffee machines.",
    _RUN[3]: "Flush pipes that you rarely use as well, for example in a guest bathroom or in the garden.",
    _SMELL: "Until about Friday, 30 October, the water may smell slightly of chlorine. This is harmless.",
    "Haben Sie Fragen?": "Any questions?",
    "Wasserwerk Erlenfurt": "Waterworks of Erlenfurt",
    "Montag bis Freitag, 7:00 bis 16:00 Uhr": "Monday to Friday, 7 am to 4 pm",
    "Telefon": "Telephone",
    "Bereitschaft (rund um die Uhr)": "On call (round the clock)",
    "E-Mail": "E-mail",
}
WATER_EASY: Final = {
    "Abkochgebot im Ortsteil Steinbach aufgehoben": "Das Wasser in Steinbach ist wieder gut",
    "Sicherheit": "Sicherheit",
    _TEASER: "Sie wohnen in Steinbach? Sie können das Wasser aus der Leitung wieder trinken. Das Gesundheits-Amt hat das Wasser geprüft. Es ist gut.",
    "Ortsteil Steinbach": "Steinbach",
    _HERO: "Eine Zeichnung: Wasser läuft aus einem Hahn in ein Glas.",
    "Das Leitungswasser ist wieder uneingeschränkt nutzbar.": "Das Wasser ist wieder gut.",
    "Das Wichtigste": "Das ist wichtig",
    _BOX: "Sie müssen das Wasser [1: nicht mehr kochen]. Das gilt für alle in Steinbach.",
    _FOUND: "Ein Wasser-Rohr war kaputt. Im Wasser waren Bakterien. Bakterien können krank machen. Darum mussten Sie das Wasser kochen.",
    _CLEAN: "Das Rohr ist wieder ganz. Das Rohr ist auch wieder sauber. Das Wasser wurde 3 Mal geprüft. Es war immer gut.",
    "Was Sie jetzt tun sollten": "Das machen Sie jetzt",
    _RUN[0]: "Lassen Sie das Wasser 5 Minuten laufen. Machen Sie das bei jedem Hahn. Zuerst kalt, dann warm.",
    _RUN[1]: "Machen Sie die Siebe an den Hähnen sauber.",
    _RUN[2]: "Machen Sie die Kaffee-Maschine leer. Werfen Sie alte Eis-Würfel weg.",
    _RUN[3]: "Lassen Sie auch das Wasser im Garten laufen.",
    _SMELL: "Das Wasser riecht vielleicht noch nach Chlor. Das ist wie im Schwimm-Bad. Es macht nicht krank.",
    "Haben Sie Fragen?": "Haben Sie Fragen?",
    "Wasserwerk Erlenfurt": "Wasser-Werk Erlenfurt",
    "Montag bis Freitag, 7:00 bis 16:00 Uhr": "Montag bis Freitag, von 7 bis 16 Uhr",
    "Telefon": "Telefon",
    "Bereitschaft (rund um die Uhr)": "Am Abend und in der Nacht",
    "E-Mail": "E-Mail",
}
ABOUT_ENGLISH: Final = {
    "Über Erlenfurt": "About Erlenfurt",
    "6.180 Menschen, fünf Ortsteile, ein Fluss: Erlenfurt in Zahlen und ein paar Geschichten dazu.": (
        "6,180 people, five districts, one river: Erlenfurt in figures, with a few stories."
    ),
    "Zeichnung: Das Rathaus mit Uhrturm am Marktplatz, davor ein Brunnen und links und rechts Fachwerkhäuser.": (
        "Drawing: the town hall with its clock tower on the market square, a fountain in front of it and half-timbered houses on both sides."
    ),
    "Das Rathaus am Marktplatz wurde 1611 gebaut, der Turm kam 1884 dazu.": (
        "The town hall on the market square was built in 1611; the tower followed in 1884."
    ),
    "Erlenfurt liegt an der Weide, dort, wo man den Fluss früher zu Fuß durchqueren konnte. Die Furt und die Erlen am Ufer gaben "
    "dem Ort den Namen. 1348 wurde er erstmals erwähnt, 1521 erhielt er das Marktrecht. Der Wochenmarkt findet noch heute "
    "jeden Freitag auf dem Marktplatz statt.": (
        "Erlenfurt lies on the Weide, where people once crossed the river on foot. The ford and the alders on its bank gave the place its name. It was first "
        "mentioned in 1348 and has held a market since 1521. The weekly market still takes place every Friday on the market square."
    ),
    "Erlenfurt in Zahlen, Stand 30. Juni 2026": "Erlenfurt in figures, 30 June 2026",
    "Ortsteil": "District",
    "Einwohnerinnen und Einwohner": "Inhabitants",
    "Bekannt für": "Known for",
    "Ortsteil Altstadt": "Altstadt",
    "Rathaus, Marktplatz und Stadtbücherei": "Town hall, market square and library",
    "Ortsteil Mühlviertel": "Mühlviertel",
    "die Alte Mühle und den Haltepunkt der Bahn": "the Old Mill and the railway stop",
    "Ortsteil Steinbach": "Steinbach",
    "das Wasserwerk und die Obstwiesen": "the waterworks and the orchards",
    "Ortsteil Oberholz": "Oberholz",
    "den Stadtwald und das Forsthaus": "the town forest and the forester’s house",
    "Ortsteil Hinterweide": "Hinterweide",
    "die Weidewiesen und den Deich": "the river meadows and the dyke",
    "Summe": "Total",
    "23 Vereine": "23 clubs",
    "Zeichnung: Ein Weg führt durch den Stadtwald mit hohen Fichten und Laubbäumen, am Rand liegt ein Holzstapel.": (
        "Drawing: a path through the town forest with tall spruces and broad-leaved trees, a stack of wood beside it."
    ),
    "Der Stadtwald ist 640 Hektar groß und gehört den Bürgerinnen und Bürgern.": (
        "The town forest covers 640 hectares and belongs to the citizens."
    ),
    "Leben in der Stadt": "Living here",
    "Es gibt eine Kita, eine Grundschule, eine Stadtbücherei, ein Jugendzentrum und das Weidebad. Die Freiwillige Feuerwehr hat vier "
    "Einheiten mit zusammen 118 Aktiven. Mit der Bahn sind Sie in 38 Minuten in der Kreisstadt, der Bus 412 verbindet die "
    "Ortsteile.": (
        "There is a nursery, a primary school, a library, a youth centre and an open-air swimming pool. The volunteer fire brigade has four units with 118 active "
        "members. By train you reach the district capital in 38 minutes; bus 412 connects the districts."
    ),
    "Das Wappen": "The coat of arms",
    "Das Wappen zeigt ein grünes Erlenblatt auf Silber über blauen Wellen. Das Blatt steht für die Erlen am Ufer, die Wellen "
    "für die Weide. Vereine dürfen das Wappen verwenden, wenn sie es vorher beantragen.": (
        "The coat of arms shows a green alder leaf on silver above blue waves. The leaf stands for the alders on the bank, the waves for the Weide. Clubs may use the "
        "coat of arms if they apply for it beforehand."
    ),
}
