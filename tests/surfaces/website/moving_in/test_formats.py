"""Each file in tests/samples/feeds is a town's way of publishing, with its illnesses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.moving_in.foreign import Attachment, FeedError, ForeignItem, Reading, Shown
from stadtnah.surfaces.website.moving_in.parse import read

SAMPLES = Path(__file__).parents[3] / "samples" / "feeds"
ZONE = ZoneInfo("Europe/Berlin")


def opened(name: str) -> tuple[Reading, list[ForeignItem]]:
    reading = read((SAMPLES / name).read_bytes(), source_url=None, content_type=None, zone=ZONE)
    return reading, list(reading.items)


def rss(item: str, head: str = "") -> tuple[Reading, list[ForeignItem]]:
    data = f"<rss><channel><title>T</title><link>https://alt.example/</link>{head}{item}</channel></rss>"
    reading = read(data.encode(), source_url=None, content_type=None, zone=ZONE)
    return reading, list(reading.items)


def html(item: ForeignItem) -> str:
    return "".join(part.html for part in item.blocks if isinstance(part, Block))


def kinds(item: ForeignItem) -> list[str]:
    return ["picture" if isinstance(part, Shown) else part.kind for part in item.blocks]


def test_typo3_news():
    reading, (first, second) = opened("typo3-news.rss.xml")
    assert (reading.kind, reading.title, reading.language) == ("rss", "Stadt Lindwasser: Aktuelles", "de-DE")
    assert first.guid == "news-4711"
    assert first.published == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)
    assert first.categories == ("Verkehr", "Baustellen")
    assert first.author == "Pressestelle"
    assert kinds(first) == ["text", "heading", "text"]
    assert "<h3>Zeiten</h3><ul><li>Montag bis Freitag, 6 bis 20 Uhr</li>" in html(first)
    # The small copy in the text and the original beside it are one picture.
    assert first.hero == 0
    assert [shown.url for shown in first.pictures] == [
        "https://www.lindwasser.example/fileadmin/bilder/brueckenstrasse.jpg"
    ]
    assert first.pictures[0].alt == "Baustelle in der Brückenstraße mit Absperrung"
    assert first.attachments == (
        Attachment(
            "https://www.lindwasser.example/fileadmin/user_upload/Umleitungsplan.pdf",
            "Umleitungsplan (PDF, 340 KB)",
        ),
    )
    assert second.title == "Bürgerbüro am Rosenmontag geschlossen"
    assert second.link == "https://www.lindwasser.example/aktuelles/detail/buergerbuero"
    assert "javascript" not in html(second)


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        ("gsb-latin1-sagt-utf8.rss.xml", "Müllabfuhr verschiebt sich um einen Tag", "„Bitte stellen Sie"),
        ("contao-utf8-sagt-latin1.rss.xml", "Straßenfest: schöne Grüße aus dem Süden", "Größe spielt"),
        ("utf16.atom.xml", "Hallenbad öffnet später", "Wegen Frost öffnet"),
        ("doppelt-kodiert.rss.xml", "Grünschnitt: Öffnungszeiten fürs Frühjahr", "5 € je m³"),
        ("rdf.rss.xml", "Eintritt kostet 3 €", "1 €"),
    ],
)
def test_umlauts_in_every_encoding(name, title, text):
    _reading, items = opened(name)
    assert items[0].title == title
    assert text in html(items[0])


def test_what_only_looks_doubly_encoded_stays():
    _reading, (_first, second) = opened("doppelt-kodiert.rss.xml")
    assert second.title == "„Spaß“ im „Ä“-Kurs"
    assert html(second) == "<p>Hier ist nichts doppelt: „Spaß“, „Ü“, „Maß“.</p>"


def test_bare_less_than_and_ampersand_and_entity_like_query():
    _reading, (first, second) = opened("gsb-latin1-sagt-utf8.rss.xml")
    assert first.link.endswith("muell.html?nn=12345&view=rss&copy=2")
    assert second.title == "Gebühren < 20 Euro: kein Antrag nötig"
    assert "„Das macht Spaß“" in html(second)


def test_joomla_word_soup():
    reading, (first, third) = opened("joomla-entities.rss.xml")
    assert reading.title == "Gemeinde Steinfurtau – Aktuelles über uns"
    assert first.title == "Kirchweih am Wochenende – mit Festzug"
    assert html(first) == (
        "<p>Die Kirchweih beginnt am <strong>Freitag um 18 Uhr</strong>.</p>"
        "<ul><li>Festzug am Samstag</li><li>Frühschoppen am Sonntag</li></ul>"
        "<p>Parkplätze gibt es am Sportplatz.</p><p>Der Eintritt ist frei.<br>Spenden sind willkommen.</p>"
        "<p>Kommen Sie zahlreich!</p>"
    )
    assert [shown.url[-12:] for shown in first.pictures] == ["IMG_2231.JPG"]  # no counter, no spacer
    assert first.pictures[0].alt == ""
    assert first.published is None
    assert (
        "Datum ‚Wed, 32 Sep 2023 10:00:00 +0200‘ ist nicht lesbar – der Entwurf trägt kein Datum."
        in first.notes
    )
    assert third.title.startswith("Der Bauhof sucht Verstärkung")
    assert [(one.position, one.reason_de) for one in reading.broken] == [
        (2, "Eintrag 2 ohne Titel und ohne Text.")
    ]


def test_ikiss_atom():
    _reading, (first, second) = opened("ikiss.atom.xml")
    assert first.title == "Deichschau & Gewässerschau"
    assert first.teaser == "Gemeinsam mit dem Deichverband: 3 < 5 Kilometer zu Fuß."
    assert first.link == "https://www.moorhagen.example/portal/meldungen/deichschau-900000123.html"
    assert 'href="https://www.moorhagen.example/portal/orte/siel.html"' in html(first)
    assert kinds(first) == ["text", "picture", "text", "table"]  # the layout table is gone, the data is kept
    table = first.blocks[-1]
    assert isinstance(table, Block)
    assert table.title == "Termine"
    assert table.rows == (
        ("Tag", "Uhrzeit", "Abschnitt"),
        ("Montag", "9 Uhr", "West"),
        ("Montag", "14 Uhr", "Ost"),
        ("Dienstag", "nach Absprache", ""),
    )
    assert first.attachments[0].url == "https://www.moorhagen.example/portal/downloads/plan.pdf"
    assert first.categories == ("Umwelt & Natur",)
    assert second.published == datetime(2024, 4, 1, 6, 15, tzinfo=UTC)  # no zone: the town's summer time
    assert html(second).count("<p>") == 2


def test_json_feed_with_trailing_comma():
    reading, (first, second, third) = opened("json-feed.json")
    assert reading.kind == "json"
    assert first.hero == 0
    assert first.pictures[0].alt == "Kinder am Bach"
    assert first.tags == ("Kinder", "Ferien")
    assert first.attachments[0].label == "Programm"
    assert "Eingebetteter Inhalt entfernt: https://videos.example/embed/1" in first.notes
    assert "&lt;b&gt;spitzen&lt;/b&gt;" in html(second)
    assert third.notes == ("Der Eintrag trägt kein Datum, der Entwurf auch nicht.",)
    assert [one.position for one in reading.broken] == [3]


def test_wordpress_export():
    reading, (first, second) = opened("wordpress.wxr.xml")
    assert reading.kind == "wxr"
    assert reading.total == 2
    assert reading.notes == [
        "Nicht übernommen: unveröffentlichte Beiträge (1).",
        "Nicht übernommen: Seiten (1).",
    ]
    assert first.categories == ("Rathaus",)
    assert first.tags == ("Feuerwehr",)
    assert first.hero is not None
    assert first.pictures[first.hero].alt == "Feuerwehrleute vor dem Gerätehaus"
    urls = [shown.url.rpartition("/")[2] for shown in first.pictures]
    assert urls == ["auto.jpg", "weihe1.jpg", "weihe2.jpg", "titel.jpg"]
    assert first.pictures[0].caption == "Das neue Fahrzeug"
    assert first.pictures[1].alt == "Die Pfarrerin segnet das Fahrzeug"
    assert "[" not in html(first)
    assert "<p>Es kostet 480.000 Euro.<br>Der Bund gab die Hälfte dazu.</p>" in html(first)
    assert first.published == datetime(2022, 10, 9, 12, 0, tzinfo=UTC)
    assert kinds(second) == ["text", "heading", "table", "quote"]
    assert second.published == datetime(2022, 12, 15, 17, 0, tzinfo=UTC)
    assert second.teaser == "Der Haushalt steht …"
    # Comments are other people's data; nothing of them is taken over.
    assert "privat@example.org" not in repr((first, second))


def test_wordpress_feed_lazy_picture_and_inline_picture():
    _reading, (first, second) = opened("wordpress-feed.rss.xml")
    assert first.teaser == "Ab Samstag gibt es wieder Brot."
    assert html(first) == "<p>Geöffnet ist von 7 bis 12 Uhr.</p>"  # lead and plugin's footer said elsewhere
    assert first.pictures[0].url == "https://wiesenquell.example/laden.jpg"
    assert second.pictures[0].data is not None
    assert second.pictures[0].data.startswith(b"\x89PNG")
    assert second.pictures[0].mime == "image/png"


def test_same_name_different_items_and_copies():
    reading, items = opened("doppelte-kennungen.rss.xml")
    assert [item.title for item in items] == ["Erste Meldung", "Zweite Meldung", "Dritte Meldung"]
    assert reading.repeated == 1
    assert len({item.guid for item in items}) == 3
    assert items[0].guid.startswith("0#")
    assert items[2].guid == "5"
    assert items[0].notes
    # The order of a feed changes; the names do not.
    data = (SAMPLES / "doppelte-kennungen.rss.xml").read_bytes()
    head, first, *rest = data.replace(b"</channel></rss>", b"").split(b"<item>")
    turned = b"<item>".join([head, *reversed(rest), first]) + b"</channel></rss>"
    again = {
        item.title: item.guid for item in read(turned, source_url=None, content_type=None, zone=ZONE).items
    }
    assert again == {item.title: item.guid for item in items}


def test_truncated_file_keeps_what_came_before():
    reading, items = opened("abgeschnitten.rss.xml")
    assert [item.title for item in items] == ["Ganz", "Auch ganz"]
    assert [(one.position, one.reason_de) for one in reading.broken] == [
        (3, "Die Datei bricht mitten in diesem Eintrag ab.")
    ]


def test_broken_xml_item_by_item():
    reading, items = opened("kaputtes-xml.rss.xml")
    assert reading.title == "Flecken Altenmoor & Umgebung"
    assert [item.title for item in items] == [
        "Steuerzeichen und kaputte & Zeichen",
        "Ohne Ende",
        "Nach dem fehlenden Ende",
        "Zu oft geschützt",
        "Fremdes Datum",
    ]
    assert html(items[0]).startswith("<p>Hier steht HTML <strong>ohne</strong> CDATA &amp; mit<br>offenen")
    assert html(items[2]) == "<p>CDATA in CDATA.</p>"
    assert html(items[3]) == "<p>Doppelt geschützt.</p>"
    assert items[4].notes == ("Datum ‚32.13.2024‘ ist nicht lesbar – der Entwurf trägt kein Datum.",)


def test_declared_entities_are_never_expanded():
    _reading, (only,) = opened("lacht-milliardenfach.rss.xml")
    assert html(only) == "<p>&amp;h; &amp;datei;</p>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "leer"),
        (b" \n", "leer"),
        (b"PK\x03\x04xxxx", "ZIP"),
        (b"Hallo", "weder ein Feed"),
        (b"<html><body>Hallo</body></html>", "Das ist eine Webseite, kein Feed."),
        (b"[1,2]", "JSON-Feed"),
        (b'{"title":"x"}', "items"),
        (b"[" * 200_000, "tief verschachtelt"),
    ],
)
def test_no_feed_says_so(data, said):
    with pytest.raises(FeedError, match=said):
        read(data, source_url=None, content_type=None, zone=ZONE)


def test_a_web_page_names_its_feed():
    page = b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    with pytest.raises(FeedError, match=r"https://lindwasser\.example/rss\.xml"):
        read(page, source_url="https://lindwasser.example/a", content_type="text/html", zone=ZONE)


def test_charset_of_the_server_counts_where_the_file_is_silent():
    data = (
        "<rss><channel><item><title>Żubr ma żółć</title><description>x</description></item></channel></rss>"
    )
    reading = read(
        data.encode("iso8859-2"), source_url=None, content_type="text/xml; charset=iso-8859-2", zone=ZONE
    )
    assert next(reading.items).title == "Żubr ma żółć"


def test_headings_never_skip_a_level():
    body = "<h4>A</h4><p>x</p><h6>B</h6><p>y</p><h5>C</h5><p>z</p><h1>D</h1><p>w</p>"
    _reading, (only,) = rss(f"<item><title>T</title><description><![CDATA[{body}]]></description></item>")
    shown = [(part.title, part.html) for part in only.blocks if isinstance(part, Block)]
    assert shown == [
        ("A", ""),
        ("", "<p>x</p><h3>B</h3><p>y</p><h3>C</h3><p>z</p>"),
        ("D", ""),
        ("", "<p>w</p>"),
    ]


def test_relative_addresses_without_any_base_are_noted():
    data = b'<rss><channel><item><title>T</title><description><![CDATA[<a href="x.html">da</a> <img src="y.jpg">]]>'
    data += b"</description></item></channel></rss>"
    (only,) = read(data, source_url=None, content_type=None, zone=ZONE).items
    assert html(only) == "<p>da</p>"
    assert any("x.html" in note for note in only.notes)
    assert any("y.jpg" in note for note in only.notes)
    (based,) = read(data, source_url="https://alt.example/feed", content_type=None, zone=ZONE).items
    assert html(based) == '<p><a href="https://alt.example/x.html">da</a></p>'


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" jav&#x09;ascript:alert(1)">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='data:x,<script>alert(1)</script>'>",
        '<p style="background:url(javascript:alert(1))">x</p>',
        "<style>p{}</style><object data=x></object><form action=//x><input></form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_nothing_active_gets_through(evil):
    item = f"<item><title>T{evil}</title><description><![CDATA[<p>gut</p>{evil}]]></description></item>"
    _reading, (only,) = rss(item)
    found = html(only)
    assert "<p>gut</p>" in found
    assert "<script" not in found
    assert "onerror" not in found
    assert "javascript" not in found
    assert "style" not in found


def test_digest_tells_changes_apart():
    plain = "<item><guid>1</guid><title>T</title><description>Text</description></item>"
    one, same, other = (rss(text)[1][0] for text in (plain, plain + " ", plain.replace("Text", "Texte")))
    assert one.digest() == same.digest()
    assert one.digest() != other.digest()
