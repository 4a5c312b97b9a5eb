"""What stands below „Über Erlenfurt“: its history and its districts."""

from __future__ import annotations

from typing import Any

from demo.content.blocks import callout, heading, listed, picture, table, text
from demo.content.upkeep import BROKEN_LINK


def _district(name: str, order: int, teaser: str, *blocks: dict[str, Any], shown: str = "") -> dict[str, Any]:
    return {
        "slug": name.lower().replace("ü", "ue"),
        "title": f"Ortsteil {name} im Überblick",
        "teaser": teaser,
        "menu": "",
        "menu_order": order,
        "blocks": list(blocks),
        **({"hero": picture(shown)} if shown else {}),
    }


HISTORY: dict[str, Any] = {
    "slug": "geschichte",
    "title": "Geschichte der Stadt",
    "teaser": "Von der Furt durch die Weide bis zur Stadt mit fünf Ortsteilen.",
    "menu": "",
    "menu_order": 10,
    "blocks": [
        heading("Die Furt"),
        text(
            "Händler durchquerten die Weide hier zu Fuß, lange bevor es eine Brücke gab. In einer Urkunde von 1348 heißt der Ort „Erlinvurt“. "
            "Ein Zollhaus stand dort, wo heute die Stadtbücherei ist.",
        ),
        heading("Markt und Rathaus"),
        text(
            "1521 erhielt Erlenfurt das Recht, Markt zu halten. Das Rathaus wurde 1611 gebaut. Der Turm kam 1884 dazu, nachdem ein Brand das "
            "Dach zerstört hatte.",
        ),
        heading("Die Mühle"),
        text(
            "Die Alte Mühle mahlte bis 1958. Heute treffen sich dort Vereine. Bilder vom Umbau hat der Mühlenverein gesammelt. Sie sehen sie "
            f'<a href="{BROKEN_LINK}">hier</a>.',
        ),
        heading("Wasser und Bahn"),
        text(
            "Das Hochwasser von 1909 stand in der Mühlstraße bis zu den Fenstern. Danach wurde der Deich an den Weidewiesen gebaut. Die Bahn "
            "hält seit 1896 am Haltepunkt im Ortsteil Mühlviertel.",
        ),
        heading("Fünf Ortsteile"),
        text(
            "1972 schlossen sich drei Nachbargemeinden mit der Stadt zusammen. Sie heißen seither Ortsteil Oberholz, Ortsteil Steinbach und "
            "Ortsteil Hinterweide.",
        ),
        table(
            "Wichtige Jahre",
            ("Jahr", "Was geschah"),
            ("1348", "Erste Erwähnung"),
            ("1521", "Marktrecht"),
            ("1611", "Bau des Rathauses"),
            ("1896", "Anschluss an die Bahn"),
            ("1909", "Hochwasser, danach Bau des Deichs"),
            ("1972", "Zusammenschluss zu fünf Ortsteilen"),
        ),
    ],
}

DISTRICTS: dict[str, Any] = {
    "slug": "ortsteile",
    "title": "Ortsteile",
    "teaser": "Fünf Ortsteile mit eigenem Gesicht, eigenen Festen und eigenen Ansprechstellen.",
    "menu": "",
    "menu_order": 20,
    "blocks": [
        text(
            "Jeder Ortsteil wählt alle fünf Jahre einen Ortsbeirat. Er berät die Stadtverordneten in allem, was den Ortsteil betrifft. Die "
            "Sitzungen sind öffentlich, die Termine stehen unter „Aktuelles“.",
        ),
        callout(
            "So erreichen Sie Ihren Ortsbeirat",
            "Schreiben Sie an rathaus@erlenfurt.example und nennen Sie Ihren Ortsteil. Wir leiten Ihr Anliegen weiter.",
        ),
    ],
    "below": [
        _district(
            "Altstadt",
            10,
            "Rathaus, Marktplatz und Stadtbücherei auf wenigen hundert Metern.",
            text(
                "Im Ortsteil Altstadt leben 2.140 Menschen. Jeden Freitag ist von 7:00 bis 13:00 Uhr Wochenmarkt. Die meisten Häuser am "
                "Marktplatz stehen unter Denkmalschutz.",
            ),
            text(listed("Rathaus mit Bürgerbüro", "Stadtbücherei", "Grundschule am Markt")),
            shown="marktplatz",
        ),
        _district(
            "Mühlviertel",
            20,
            "Die Alte Mühle, der Haltepunkt der Bahn und bald ein neuer Spielplatz.",
            text(
                "Im Ortsteil Mühlviertel leben 1.510 Menschen. Die Alte Mühle mahlte bis 1958 und ist heute Vereinshaus. Vom Haltepunkt fährt "
                "die Bahn stündlich in die Kreisstadt.",
                "Den Entwurf für den neuen Spielplatz können Sie bis 23. Oktober 2026 in der Alten Mühle ansehen.",
            ),
            shown="spielplatz",
        ),
        _district(
            "Oberholz",
            30,
            "Der Stadtwald beginnt hinter dem letzten Haus.",
            text(
                "Im Ortsteil Oberholz leben 790 Menschen. Der Stadtwald ist 640 Hektar groß. Am Forsthaus beginnen drei ausgeschilderte Wege "
                "von zwei bis elf Kilometern Länge.",
            ),
            shown="wald",
        ),
        _district(
            "Steinbach",
            40,
            "Obstwiesen, das Wasserwerk und ein weiter Blick ins Tal.",
            text(
                "Im Ortsteil Steinbach leben 1.060 Menschen. Das Wasserwerk versorgt die ganze Stadt. Im Oktober wird auf den Obstwiesen "
                "gemeinsam gekeltert.",
                'Ortsbeirat, Dorfgemeinschaftshaus und Vereine haben einen <a href="/steinbach/">eigenen Auftritt</a>.',
            ),
            shown="trinkwasser",
        ),
        _district(
            "Hinterweide",
            50,
            "Hinter dem Deich: Weidewiesen, Störche und viel Himmel.",
            text(
                "Im Ortsteil Hinterweide leben 680 Menschen. Der Deich schützt den Ortsteil seit 1911. Bei hohem Wasser hält die Freiwillige "
                "Feuerwehr hier Deichwache.",
            ),
            shown="hochwasser",
        ),
    ],
}

BELOW = [HISTORY, DISTRICTS]
