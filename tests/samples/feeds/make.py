"""A town's feed of any length with every illness the importer knows, the same bytes in every run.

`python -m tests.samples.feeds.make 500 feed.xml`; `feed(500)` returns the bytes, `export(500)` a WordPress export.
"""

from __future__ import annotations

import random
import sys
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

_WHAT = [
    "Sperrung",
    "Sanierung",
    "Neubau",
    "Eröffnung",
    "Reinigung",
    "Erneuerung",
    "Begehung",
    "Besichtigung",
]
_WHERE = [
    "Mühlstraße",
    "Grundschule",
    "Bücherei",
    "Kläranlage",
    "Brücke am Anger",
    "Turnhalle",
    "Kita Löwenzahn",
]
_WHEN = ["ab Montag", "im Frühjahr", "in den Ferien", "bis Mai", "am Samstag", "für vier Wochen"]
_SENTENCES = [
    "Die Stadt informiert über die Arbeiten und bittet um Verständnis.",
    "Die Umleitung ist ausgeschildert; Anlieger können bis zur Baustelle fahren.",
    "Für Fragen ist das Bauamt von Montag bis Freitag zwischen 8 und 12 Uhr zu erreichen.",
    "Der Gemeinderat hat die Maßnahme in seiner jüngsten Sitzung einstimmig beschlossen.",
    "Größere Fahrzeuge müssen über die Kreisstraße ausweichen.",
    "Das Land fördert das Vorhaben mit 60 Prozent der Kosten.",
    "Bürgerinnen und Bürger können ihre Hinweise bis Ende des Monats einreichen.",
]
_CATEGORIES = ["Rathaus", "Verkehr", "Schule &amp; Kita", "Vereine", "Umwelt", "Kultur"]
_FIRST = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


class _Item:
    """One healthy item; an illness changes its fields."""

    def __init__(self, number: int, luck: random.Random) -> None:
        self.luck = luck
        self.number = number
        self.title = f"{luck.choice(_WHAT)} {luck.choice(_WHERE)} {luck.choice(_WHEN)} ({number})"
        self.words = [
            " ".join(luck.sample(_SENTENCES, luck.randint(2, 4))) for _ in range(luck.randint(2, 6))
        ]
        self.body = "".join(f"<p>{words}</p>" for words in self.words)
        self.at = _FIRST - timedelta(days=number * 2, minutes=luck.randint(0, 400))
        self.date = format_datetime(self.at)
        self.guid = f"news-{number}"
        self.link = f"/aktuelles/{number}"
        self.category = luck.choice(_CATEGORIES)
        self.extra = ""

    def rss(self) -> str:
        return (
            f"<item><title>{self.title}</title><guid isPermaLink='false'>{self.guid}</guid><link>{self.link}</link>"
            f"<pubDate>{self.date}</pubDate><category>{self.category}</category>{self.extra}"
            f"<description><![CDATA[{self.words[0] if self.words else ''}]]></description>"
            f"<content:encoded><![CDATA[{self.body}]]></content:encoded></item>\n"
        )

    def wxr(self) -> str:
        return (
            f"<item><title>{self.title}</title><link>https://erlbach.example{self.link}/</link>"
            f"<guid isPermaLink='false'>https://erlbach.example/?p={self.number}</guid><pubDate>{self.date}</pubDate>"
            f"<content:encoded><![CDATA[{self.body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
            f"<wp:post_id>{self.number}</wp:post_id><wp:post_date>{self.at:%Y-%m-%d %H:%M:%S}</wp:post_date>"
            f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
            f"<category domain='category'><![CDATA[{self.category}]]></category></item>\n"
        )


def _soup(item: _Item) -> None:
    inner = "<br><br>".join(item.words)
    item.body = f'<div><font face="Arial"><span style="mso-ansi-language:DE">{inner}<o:p></o:p></span></div>'


def _no_date(item: _Item) -> None:
    item.date = ""


def _bad_date(item: _Item) -> None:
    item.date = f"32.13.{item.at.year}"


def _german_date(item: _Item) -> None:
    item.date = f"{item.at.day}. {['Jan', 'Feb', 'März', 'April', 'Mai', 'Juni', 'Juli', 'Aug', 'Sept', 'Okt', 'Nov', 'Dez'][item.at.month - 1]} {item.at.year}, 9:30 Uhr"


def _twice_encoded(item: _Item) -> None:
    item.title = item.title.encode().decode("cp1252", "ignore")
    item.body = item.body.encode().decode("cp1252", "ignore")


def _entities(item: _Item) -> None:
    item.title = item.title.replace("ü", "&uuml;").replace("ö", "&ouml;") + "&nbsp;&ndash; Hinweis"


def _bare(item: _Item) -> None:
    item.title += " & mehr < 5 Minuten"


def _same_name(item: _Item) -> None:
    item.guid = "0"


def _no_name(item: _Item) -> None:
    item.guid = ""


def _no_title(item: _Item) -> None:
    item.title = ""


def _empty(item: _Item) -> None:
    item.title, item.body, item.words = "", "", []


def _relative(item: _Item) -> None:
    item.body += f'<p><a href="fileadmin/plan{item.number}.pdf">Plan</a> <a href="/kontakt">Kontakt</a></p>'


def _picture(item: _Item) -> None:
    item.body += f'<p><img src="/bilder/{item.number % 40}.png" alt="Foto: {item.title}"></p>'


def _missing_picture(item: _Item) -> None:
    item.body += '<p><img src="/bilder/gibt-es-nicht.png" alt="fehlt"></p>'


def _inline_picture(item: _Item) -> None:
    item.body += (
        f'<p><img src="data:image/png;base64,{b64encode(picture(item.number)).decode()}" alt="Plan"></p>'
    )


def _table(item: _Item) -> None:
    rows = "".join(f"<tr><td>Woche {week}</td><td>{week * 3} Uhr</td></tr>" for week in range(1, 6))
    item.body += f"<table><tr><th>Woche</th><th>Beginn</th></tr>{rows}</table>"


def _layout_table(item: _Item) -> None:
    item.body = f'<table width="100%"><tr><td><table><tr><td>{item.body}</td></tr></table></td></tr></table>'


def _headings(item: _Item) -> None:
    item.body = f"<h4>Worum es geht</h4>{item.body}<h6>Und danach</h6><p>{item.luck.choice(_SENTENCES)}</p>"


def _active(item: _Item) -> None:
    item.body += "<script>alert(1)</script><iframe src='https://videos.example/1'></iframe><img src=x width=1 height=1>"


def _control(item: _Item) -> None:
    item.title = item.title[:10] + "\x0b\x02" + item.title[10:]


def _deep(item: _Item) -> None:
    item.body = "<div>" * 3_000 + item.body


def _healthy(_item: _Item) -> None:
    return


ILLNESSES: list[Callable[[_Item], None]] = [
    *(
        _healthy,
        _soup,
        _picture,
        _healthy,
        _no_date,
        _relative,
        _entities,
        _table,
        _picture,
        _german_date,
        _healthy,
    ),
    *(
        _twice_encoded,
        _bare,
        _layout_table,
        _same_name,
        _headings,
        _picture,
        _bad_date,
        _active,
        _no_title,
        _healthy,
    ),
    *(
        _missing_picture,
        _inline_picture,
        _control,
        _no_name,
        _empty,
        _healthy,
        _picture,
        _soup,
        _healthy,
        _deep,
    ),
]
BROKEN = (_empty, _deep)


def items(count: int) -> list[_Item]:
    """The items, one illness each, in turn."""
    luck = random.Random(20251103)
    found = []
    for number in range(count):
        item = _Item(number, luck)
        ILLNESSES[number % len(ILLNESSES)](item)
        found.append(item)
    return found


def broken(count: int) -> int:
    """How many of them cannot be taken over."""
    return sum(ILLNESSES[number % len(ILLNESSES)] in BROKEN for number in range(count))


def feed(count: int, site: str = "https://erlbach.example") -> bytes:
    """An RSS feed in windows-1252 that says it is UTF-8, as one of the large systems sends it."""
    body = "".join(item.rss() for item in items(count))
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Stadt Erlbach am Hölzl</title>'
        f"<link>{site}/</link><language>de</language>\n{body}</channel></rss>"
    )
    return text.encode("cp1252", "xmlcharrefreplace")


def export(count: int) -> bytes:
    """A WordPress export with the same items."""
    body = "".join(item.wxr() for item in items(count))
    head = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Erlbach</title><link>https://erlbach.example</link>'
    return f"{head}<wp:wxr_version>1.2</wp:wxr_version>{body}</channel></rss>".encode()


def picture(number: int) -> bytes:
    """A small PNG, another one for each number."""
    out = BytesIO()
    Image.new("RGB", (320, 200), (number * 7 % 256, number * 13 % 256, 120)).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(feed(int(sys.argv[1])))
