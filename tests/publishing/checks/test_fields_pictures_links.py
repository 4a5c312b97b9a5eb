from __future__ import annotations

import re
from dataclasses import replace

import pytest

from stadtnah.publishing.content import Block
from stadtnah.publishing.findings import Level
from tests.publishing.checks.saying import content, context, findings, picture, said


def test_a_sound_message_is_met_with_silence():
    assert said(content(hero=picture())) == []


def test_title_teaser_and_body_are_required_and_errors():
    found = findings(content("", title=" ", teaser=""))
    assert [item.code for item in found] == ["title-missing", "teaser-missing", "body-empty"]
    assert {item.level for item in found} == {Level.ERROR}
    assert [item.where for item in found] == ["title", "teaser", "body"]


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Block("picture", picture=picture()),),
        (Block("heading", title="Umleitung"),),
        (Block("text", html="<p>&nbsp;</p><p></p>"),),
    ],
)
def test_pictures_headings_and_empty_paragraphs_are_no_body(blocks):
    assert "body-empty" in said(content(blocks=blocks))


@pytest.mark.parametrize(
    "block",
    [
        Block("contact", rows=(("Telefon", "09999 123-0"),)),
        Block("callout", html="<p>Bitte abkochen.</p>"),
        Block("table", title="Zeiten", rows=(("Tag",), ("Montag",))),
    ],
)
def test_contacts_callouts_and_tables_are_a_body(block):
    assert "body-empty" not in said(content(blocks=(block,)))


def test_lengths_are_hints_beyond_the_limit_only():
    assert said(content(title="x" * 80, teaser="y" * 300)) == []
    found = findings(content(title="x" * 81, teaser="y" * 301))
    assert [(item.code, item.level) for item in found] == [
        ("title-long", Level.HINT),
        ("teaser-long", Level.HINT),
    ]


def test_a_teaser_says_more_than_the_title():
    assert "teaser-repeats-title" in said(
        content(title="Die Mühlstraße ist gesperrt", teaser="Die Mühlstraße ist gesperrt.")
    )


def test_a_missing_alternative_text_stops_hero_and_body():
    message = content(
        hero=picture(""), blocks=(Block("text", html="<p>Text.</p>"), Block("picture", picture=picture(" ")))
    )
    found = [item for item in findings(message) if item.code == "alt-missing"]
    assert [(item.where, item.level) for item in found] == [("hero", Level.ERROR), ("body", Level.ERROR)]
    assert "Alternativtext" in found[0].text


def test_a_decorative_picture_needs_none():
    assert said(content(hero=picture("", decorative=True))) == []
    assert said(content(hero=picture("Wolken", decorative=True))) == ["alt-decorative"]


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ("IMG_2034.jpg", "alt-filename"),
        ("rathaus-vorne.webp", "alt-filename"),
        ("DSC00123", "alt-filename"),
        ("Bild", "alt-generic"),
        ("Ein Foto", "alt-generic"),
        ("Titelbild 3", "alt-generic"),
        ("...", "alt-generic"),
        ("Foto vom Rathaus im Schnee", "alt-opening"),
        ("x" * 251, "alt-long"),
    ],
)
def test_alternative_texts_that_say_nothing(alt, code):
    assert said(content(hero=picture(alt))) == [code]


@pytest.mark.parametrize(
    "alt",
    [
        "Bildhauerin bei der Arbeit",
        "Fotoclub vor dem Rathaus",
        "Karte der Umleitung über die Bahnhofstraße",
        "x" * 250,
        "Kinder bilden einen Kreis",
    ],
)
def test_alternative_texts_that_are_fine(alt):
    assert said(content(hero=picture(alt))) == []


def test_an_alternative_text_that_repeats_the_caption():
    assert said(content(hero=picture("Der Markt am Abend", caption="der Markt am Abend"))) == [
        "alt-repeats-caption"
    ]


def link(href: str, text: str = "Antrag auf Wohngeld") -> str:
    return f'<p>Zum <a href="{href}">{text}</a> geht es online.</p>'


@pytest.mark.parametrize(
    "href",
    [
        "/buergerbuero/",
        "/buergerbuero/?tag=1#zeiten",
        "/",
        "../../../buergerbuero/",
        "https://www.erlenfurt.example/buergerbuero/",
        "https://WWW.Erlenfurt.example:443/buergerbuero/",
        "//erlenfurt.example/buergerbuero/",
        "/stra%C3%9Fe/",
        "/aktuelles/2026/buergerbuero/",
        "https://www.land.example/seite?a=1&amp;b=2",
        "https://müller.example/",
        "mailto:rathaus@erlenfurt.example?subject=Hallo%20Rathaus",
        "tel:+499999123-0",
        "tel:112",
    ],
)
def test_links_that_lead_somewhere(href):
    assert said(link(href)) == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("/gibt-es-nicht/", "link-dead"),
        ("gibt-es-nicht", "link-dead"),
        ("https://erlenfurt.example/gibt-es-nicht/", "link-dead"),
        ("http://www.land.example/", "link-insecure"),
        ("HTTP://erlenfurt.example/buergerbuero/", "link-insecure"),
        ("javascript:alert(1)", "link-scheme"),
        ("java&#9;script:alert(1)", "link-scheme"),
        ("data:text/html,x", "link-scheme"),
        ("file:///c:/antrag.pdf", "link-scheme"),
        ("https://intranet/antrag", "link-not-public"),
        ("https://192.168.1.10/antrag", "link-not-public"),
        ("https://server.rathaus.local/", "link-not-public"),
        ("https://[kaputt/", "link-broken"),
        ("https://rathaus@bank.example/", "link-broken"),
        ("https://", "link-broken"),
        ("", "link-empty"),
        ("#", "link-empty"),
        ("mailto:rathaus", "link-mail"),
        ("tel:Bürgerbüro", "link-phone"),
    ],
)
def test_links_that_stop_the_submission(href, code):
    found = findings(link(href))
    assert (found[0].code, found[0].level) == (code, Level.ERROR)


def test_a_link_without_target_as_the_editor_leaves_it_behind():
    assert said("<p>Zum <a>Antrag auf Wohngeld</a>.</p>") == ["link-empty"]


def test_a_national_number_in_a_link_is_a_hint():
    assert said(link("tel:09999123-0")) == ["link-phone-national"]


def test_anchors_lead_to_ids_and_headings_of_the_message():
    body = '<p id="zeiten"><a href="#zeiten">Zeiten</a> <a href="#anfahrt">Anfahrt</a> <a href="#preise">Preise</a></p><h3>Anfahrt</h3>'
    assert said(body, "link-anchor") == ["#preise"]


@pytest.mark.parametrize(
    "text", ["hier", "Hier", "mehr …", "Klicken Sie hier", "Weiterlesen »", "<strong>hier</strong>"]
)
def test_link_texts_that_say_nothing(text):
    assert said(link("/buergerbuero/", text)) == ["link-text-vague"]


def test_other_link_texts():
    assert said(link("/buergerbuero/", "https://erlenfurt.example/buergerbuero/")) == ["link-text-url"]
    assert said(link("/buergerbuero/", " ")) == ["link-text-empty"]
    assert said(link("/buergerbuero/", "Mehr zum Wohngeld")) == []
    assert said(link("/buergerbuero/", "Plan") + link("/", "Plan")) == ["link-text-same"]
    assert said(link("/buergerbuero/", "Plan") + link("/buergerbuero/", "Plan")) == []


def test_links_in_callouts_and_quotes_are_checked():
    blocks = (
        Block("callout", html='<p><a href="/weg/">Umleitungsplan</a></p>'),
        Block("quote", html='<p><a href="/fort/">Rede</a></p>'),
    )
    assert said(content(blocks=blocks), "link-dead") == ["/weg/", "/fort/"]


def test_a_page_that_is_written_and_was_never_public_stops_nobody() -> None:
    """Two new pages that link to each other: one of them has to be released first."""
    rules = replace(context(), link_coming=lambda path: path == "/entwurf/")
    found = findings(link("/entwurf/"), rules=rules) + findings(link("/weg/"), rules=rules)
    assert [(item.code, item.level) for item in found if item.code.startswith("link-")] == [
        ("link-coming", Level.HINT),
        ("link-dead", Level.ERROR),
    ]


@pytest.mark.parametrize(
    ("href", "codes"),
    [
        ("http://erlenfurt.example/gibt-es-nicht/", ["link-insecure", "link-dead"]),
        ("http://erlenfurt.example/buergerbuero/", ["link-insecure"]),
        ("http://www.land.example/gibt-es-nicht/", ["link-insecure"]),
        ("http://intranet/antrag", ["link-insecure", "link-not-public"]),
        ("http://[kaputt/", ["link-insecure", "link-broken"]),
    ],
)
def test_what_is_unencrypted_may_lead_nowhere_too(href: str, codes: list[str]) -> None:
    """Who only changes the beginning of the address would otherwise learn of the missing page at the next try."""
    found = findings(link(href))
    wanted = {"link-insecure", "link-dead", "link-not-public", "link-broken"}
    assert [item.code for item in found if item.code in wanted] == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mehr unter https://www.erlenfurt.example/weg/.", ["https://www.erlenfurt.example/weg/"]),
        (
            "Mehr unter erlenfurt.example/weg/ und www.erlenfurt.example/fort?a=1!",
            ["erlenfurt.example/weg/", "www.erlenfurt.example/fort?a=1"],
        ),
        ("(https://erlenfurt.example/weg)", ["https://erlenfurt.example/weg"]),
        ("https://www.erlenfurt.example/buergerbuero/, erlenfurt.example und https://erlenfurt.example", []),
        ("www.erlenfurt.example/stra%C3%9Fe/", []),
        ("https://www.kreis.example/weg/ und rathaus@erlenfurt.example/weg/", []),
        ("https://[kaputt/", []),
        ('<a href="/buergerbuero/">https://www.erlenfurt.example/weg/</a>', []),
    ],
)
def test_typed_addresses_of_the_own_website_lead_somewhere(text: str, expected: list[str]) -> None:
    assert said(f"<p>{text}</p>", "link-typed-dead") == expected
    assert (
        said(content(teaser=f"Es öffnet. {re.sub('<.*?>', '', text)}"), "link-typed-dead") == expected
        or "<a" in text
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mehr unter http://www.kreis.example/weg.", ["http://www.kreis.example/weg"]),
        ("Mehr unter HTTP://erlenfurt.example/weg/", ["HTTP://erlenfurt.example/weg/"]),
        ("Mehr unter https://www.kreis.example/weg und www.kreis.example/weg", []),
        ('<a href="http://www.kreis.example/">http://www.kreis.example/</a>', []),  # the link is judged
    ],
)
def test_a_typed_address_is_not_unencrypted(text: str, expected: list[str]) -> None:
    assert said(f"<p>{text}</p>", "link-typed-insecure") == expected
