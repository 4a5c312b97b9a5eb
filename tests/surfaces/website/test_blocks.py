"""The blocks of a text: from the editor to content, to the page, to mails and feeds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import Context, Template
from wagtail.models import Page

from stadtnah.channels.newsletter.rendering import mail
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.checks import run
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.publishing.places import block_text
from stadtnah.surfaces.website import bars, publish, store
from stadtnah.surfaces.website.blocks import BodyBlock
from stadtnah.surfaces.website.feed_html import html_of
from stadtnah.surfaces.website.models import HomePage, StandardPage
from tests.factories.messages import context
from tests.surfaces.website.blocks_shown import SOURCE, blocks_with
from tests.surfaces.website.conftest import DIGEST, message, page
from tests.surfaces.website.test_pages import image

pytestmark = pytest.mark.django_db

FIGURES = "Jahr | Geburten\n2025 | 1.240\n2026 | 620"


def written(body: list[dict[str, Any]], **more: Any) -> Content:
    """The content of a page with this body."""
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    home = HomePage.objects.first() or root.add_child(instance=HomePage(title="Start", slug="start"))
    made = home.add_child(instance=StandardPage(title="Seite", slug="seite", body=json.dumps(body), **more))
    return StandardPage.objects.get(pk=made.pk).content()


def shown(blocks: tuple[Block, ...], **more: Any) -> BeautifulSoup:
    """The baked page."""
    publish.put_live(page("bausteine", blocks=blocks, **more), DIGEST)
    found = store.read("/bausteine/")
    assert found is not None
    return BeautifulSoup(found[1], "html.parser")


def test_what_an_editor_puts_in_becomes_content(town: Town) -> None:
    shot = image()
    picture = {"image": shot.pk, "alt": "Wiese", "caption": "", "credit": "", "decorative": False}
    content = written(
        [
            {"type": "callout", "value": {"title": "Sirenen", "text": "<p>Jetzt.</p>", "level": "danger"}},
            {"type": "gallery", "value": [picture, {**picture, "image": 99999}, {**picture, "alt": "Bach"}]},
            {"type": "accordion", "value": [{"title": "Wann?", "text": "<p>Heute.</p>"}, {"title": "x", "text": ""}]},
            {"type": "action", "value": {"label": "Los & weiter", "text": "Ein Satz", "address": "https://a.example/?a=1&b=2"}},
            {"type": "action", "value": {"label": "Böse", "address": "javascript:alert(1)"}},
            {"type": "figures", "value": {"caption": "Geburten", "rows": FIGURES, "source": "Standesamt",
                                          "source_address": "https://zahlen.example/", "bars": True}},
        ]
    )  # fmt: skip
    kinds = [block.kind for block in content.blocks]
    assert kinds == ["callout", "gallery", "gallery", "accordion", "action", "figures"]
    assert content.blocks[0].style == "danger"
    assert [picture.alt for picture in content.pictures()] == ["Wiese", "Bach"]
    link = '<a href="https://a.example/?a=1&amp;b=2">Los &amp; weiter</a>'
    assert content.blocks[4].html == f"<p>Ein Satz</p><p>{link}</p>"
    assert (content.blocks[5].html, content.blocks[5].style) == (SOURCE, "bars")
    assert Content.from_json(json.loads(json.dumps(content.to_json()))) == content


def test_the_source_is_named_in_the_language_of_the_page(town: Town) -> None:
    value = {"caption": "Births", "rows": FIGURES, "source": "Registry", "bars": False}
    content = written([{"type": "figures", "value": value}], language="en")
    assert content.blocks[0].html == "<p>Source: Registry</p>"


def test_a_block_without_the_newer_fields_stays_the_same_bytes() -> None:
    """Else everything released before an update would count as changed."""
    assert set(message().to_json()["blocks"][0]) == {"kind", "title", "html", "picture", "rows"}


def test_a_button_that_leads_nowhere_is_refused() -> None:
    action = BodyBlock().child_blocks["action"]
    raw = {"title": "", "text": "", "label": "Los", "page": None, "address": "www.a.example"}
    with pytest.raises(ValidationError):
        action.clean(action.to_python(raw))
    whole = action.clean(action.to_python({**raw, "address": "https://www.a.example"}))
    assert whole["address"] == "https://www.a.example"


def test_the_page_shows_all_of_it_without_a_script(town: Town, picture: Picture) -> None:
    soup = shown(blocks_with(picture))
    prose = soup.select_one(".prose")
    assert prose is not None
    assert prose.select_one(".callout--warning .callout__level").get_text(strip=True) == "Warnung"  # type: ignore[union-attr]
    assert len(prose.select(".gallery")) == 1
    assert [img["alt"] for img in prose.select(".gallery img")] == [picture.alt, picture.alt]
    folds = prose.select(".folds > details")
    assert [fold.summary.get_text() for fold in folds if fold.summary] == ["Wann?", "Wo?"]
    assert "Im Rathaus." in folds[1].get_text()
    assert [rect["width"] for rect in prose.select(".bar__share")] == ["100%", "50%"]
    assert [cell.get_text(strip=True) for cell in prose.select(".figures td")] == ["1.240", "620"]
    assert prose.select_one('.figures__source a[href="https://zahlen.example/"]')
    assert not soup.select("[style]")


def test_words_of_the_interface_follow_the_reader(town: Town, picture: Picture) -> None:
    shown(blocks_with(picture))
    english = store.read("/en/bausteine/")
    assert english is not None
    level = BeautifulSoup(english[1], "html.parser").select_one(".callout__level")
    assert level is not None
    assert level.get_text(strip=True) == "Warning"


def test_a_mail_says_what_the_page_shows(picture: Picture) -> None:
    content = message(blocks=blocks_with(picture))
    made = mail.body(content, {}, {"from_name": "Stadt"})
    for text in (made["text"], made["html"]):
        for said in (
            "Warnung: Sirenen",
            "Wann?",
            "Immer montags.",
            "Termin vereinbaren",
            "620",
            "Standesamt",
        ):
            assert said in text
    assert made["html"].count(f'alt="{picture.alt}"') == 2
    assert "2025: Geburten: 1.240" in made["text"]


def test_a_feed_has_all_of_it_as_plain_elements(town: Town, picture: Picture) -> None:
    soup = BeautifulSoup(html_of(message(blocks=blocks_with(picture))), "html.parser")
    assert len(soup.select("img")) == 2
    assert [title.get_text() for title in soup.select("h3")] == ["Wann?", "Wo?"]
    assert "Warnung: Sirenen" in soup.get_text()
    assert soup.select_one('a[href="http://localhost:8000/termin/"]')
    assert "Quelle: Standesamt" in soup.get_text()


def test_checks_read_the_new_blocks(picture: Picture) -> None:
    silent = Picture(picture.sha256, picture.mime, picture.width, picture.height, alt="")
    blocks = (
        Block("gallery", picture=silent),
        Block("accordion", title="Wo?", html='<p><a href="https://x.example/">hier</a></p>'),
        Block("figures", rows=(("Jahr", "Zahl"), ("2026", "1"))),
    )
    codes = {finding.code for finding in run(message(blocks=blocks), context())}
    assert {"alt-missing", "link-text-vague", "table-caption"} <= codes
    fine = {finding.code for finding in run(message(blocks=blocks_with(picture)), context())}
    assert not {"alt-missing", "link-text-vague", "table-caption"} & fine


def test_the_comparison_sees_a_box_become_urgent() -> None:
    before, after = (
        Block("callout", title="Sturm", html="<p>x</p>"),
        Block("callout", title="Sturm", style="danger"),
    )
    assert block_text(before).startswith("Sturm")
    assert block_text(after).startswith("Gefahr: Sturm")


@pytest.mark.parametrize(
    ("cells", "language", "shares"),
    [
        (["1.000", "500"], "de", [100, 50]),
        (["1,000", "500"], "en", [100, 50]),
        (["12,5 %", "25 %"], "de", [50, 100]),
        (["10 000 €", "viele"], "de", [100, None]),
        (["0", "0"], "de", [None, None]),
        (["-3", "6"], "de", [None, None]),
        (["1.2.3,4,5", "."], "de", [None, None]),
    ],
)
def test_bars_are_as_long_as_their_numbers(cells: list[str], language: str, shares: list[int | None]) -> None:
    rows = (("Was", "Zahl"), *(("x", cell) for cell in cells))
    assert [row[1].share for row in bars.drawn(rows, language)] == shares


@pytest.mark.parametrize(
    ("label", "value", "link"),
    [
        ("Telefon", "09999 12 34-0", "tel:0999912340"),
        ("Zentrale", "+49 (0) 9999 / 12340", "tel:+49999912340"),
        ("Zentrale", "+49 (0)9999 12340", "tel:+49999912340"),
        ("Notruf", "112", "tel:112"),
        ("Ärztlicher Dienst", "116 117", "tel:116117"),
        ("Fax", "09999 12 34-9", None),
        ("Gegründet", "01.12.1926", None),
        ("Plätze", "100", None),
        ("E-Mail", "post@bei.example", "mailto:post@bei.example"),
        ("Telefon", "<b>0999 12345</b>", None),
    ],
)
def test_a_number_of_a_contact_can_be_dialled(label: str, value: str, link: str | None) -> None:
    line = Template("{% load offices %}{{ value|reached_by:label }}")
    found = BeautifulSoup(line.render(Context({"value": value, "label": label})), "html.parser")
    assert (found.a["href"] if found.a else None) == link
    assert found.get_text() == value
