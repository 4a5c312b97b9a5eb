"""Rich text, also from people who mean no good."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website import richtext


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        (
            "<p>Grüß <b>Gott</b> und <i>Tschüs</i></p>",
            "<p>Grüß <strong>Gott</strong> und <em>Tschüs</em></p>",
        ),
        ('<p><a href="/aktuelles/">x</a></p>', '<p><a href="/aktuelles/">x</a></p>'),
        ('<p><a href="javascript:alert(1)">x</a></p>', "<p><a>x</a></p>"),
        ('<p><a href="jAvAsCrIpT&#58;alert(1)">x</a></p>', "<p><a>x</a></p>"),
        ('<p><a href="data:text/html,x">x</a></p>', "<p><a>x</a></p>"),
        ('<p style="color:red" class="x" id="y">x</p>', "<p>x</p>"),
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p>a<svg><script>alert(1)</script></svg>b</p>", "<p>ab</p>"),
        ('<p>a<img src=x onerror="alert(1)">b</p>', "<p>ab</p>"),
        ("<h1>Groß</h1><h3>Klein</h3>", "Groß<h3>Klein</h3>"),
        ("<p></p><p>&nbsp;</p><p>da</p><p><br/></p>", "<p>da</p>"),
        ("<ul><li>eins</li></ul>", "<ul><li>eins</li></ul>"),
        ("<iframe src='https://evil.example'></iframe><p>x</p>", "<p>x</p>"),
    ],
)
def test_only_the_listed_tags_stay(given_html: str, kept: str) -> None:
    assert richtext.clean(given_html) == kept


@given(st.text(alphabet="<>/abpstrongem =\"'&;:javscri\n#x0", max_size=80))
def test_cleaning_is_stable_and_never_lets_a_script_through(text: str) -> None:
    once = richtext.clean(text)
    assert richtext.clean(once) == once
    assert "<script" not in once.lower()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/seite/", "/seite/"),
        ("https://a.example/", "https://a.example/"),
        ("tel:110", "tel:110"),
        ("//evil.example/", ""),
        ("/\\evil.example/", ""),
        ("/\t/evil.example/", ""),
        ("/\n\\evil.example/", ""),
        (
            "mailto:rathaus@a.example?subject=Bitte um Rückruf",
            "mailto:rathaus@a.example?subject=Bitte um Rückruf",
        ),
        ("javascript:alert(1)", ""),
        ("irgendwas", ""),
    ],
)
def test_addresses_of_links(address: str, safe: str) -> None:
    assert richtext.safe_address(address) == safe


def test_word_soup_becomes_plain_text() -> None:
    """As Word puts it on the clipboard: styles, spans in spans, paragraphs that play a list, a table."""
    soup = (
        "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style>p.MsoNormal{mso-style:x}</style>"
        '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span style="font-size:11.0pt"><span lang="DE">Bitte '
        "<b style='mso-bidi-font-weight:normal'>mitbringen</b>:<o:p></o:p></span></span></p>"
        '<p class="MsoListParagraph"><span style="font-family:Symbol">·&nbsp;&nbsp;&nbsp; </span>Ausweis</p>'
        '<p class="MsoListParagraph">•&nbsp; Foto<o:p>&nbsp;</o:p></p><p>&nbsp;</p>'
        "<table><tr><td><p>Kosten</p></td><td><p>37 Euro</p></td></tr></table>"
    )
    made = richtext.from_editor(soup)
    assert made.startswith("<p>Bitte <strong>mitbringen</strong>:</p><ul><li>Ausweis</li><li>Foto")
    assert "</li></ul><p>Kosten</p><p>37 Euro</p>" in made
    assert not re.search(r"mso|style|class|span|o:p", made, re.IGNORECASE)


def test_a_sentence_that_begins_with_a_small_o_is_no_list() -> None:
    assert richtext.from_editor("<p>o weh</p><p>- ein Gedanke</p>") == "<p>o weh</p><p>- ein Gedanke</p>"


def test_no_level_of_headings_is_skipped() -> None:
    blocks = [
        Block("text", html="<h4>Eins</h4><p>x</p><h4>Zwei</h4><h3>Drei</h3>"),
        Block("heading", title="Vier"),
        Block("text", html="<h3>Fünf</h3><h4>Sechs</h4>"),
    ]
    levels = re.findall(r"<h(\d)>", "".join(html for _block, html in richtext.outlined(blocks)))
    assert levels == ["2", "3", "3", "3", "4"]
    assert "<h2>Eins</h2><p>x</p>" in richtext.outlined(blocks)[0][1]


def test_a_paragraph_of_law_is_no_list_but_the_sign_as_a_bullet_is() -> None:
    for law in ("§ 9 Personalausweisgesetz", "§§ 1 bis 3 BMG", "§&nbsp;17 BMG"):
        assert richtext.from_editor(f"<p>{law}</p>").startswith("<p>§")
    assert richtext.from_editor("<p>§&nbsp;&nbsp; Ausweis</p>") == "<ul><li>Ausweis</li></ul>"
