"""The blog, the press area and the glossary in other languages: their own words translated, what they list as it is."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from stadtnah.kernel import clock, media
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import KIT, Block, Content, File
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.languages import report
from stadtnah.surfaces.website.languages.domain import texts
from stadtnah.surfaces.website.languages.models import ChosenLanguage
from stadtnah.surfaces.website.models import ReleasedPage
from tests.factories.documents import pdf
from tests.surfaces.website.conftest import BASE, DIGEST
from tests.surfaces.website.languages.conftest import shown, version

pytestmark = pytest.mark.django_db
PDF = pdf()
SERIES = "blogseries:00000000-0000-4000-8000-000000000001"


def made(kind: str, path: str, title: str, **more: Any) -> Content:
    extra = {"kind": kind, **more.pop("extra", {})}
    key = SERIES if kind == "blogseries" else f"{kind}:00000000-0000-4000-8000-0000000000bb"
    said = {"teaser": "", **more}
    return Content(object_key=key, title=title, path=path, link=BASE + path, extra=extra, **said)


def all_of_them() -> dict[str, Content]:
    signed = [["author", "Verfasst von", "Karin Vogelsang"], ["role", "Funktion", "Bürgermeisterin"]]
    satzung = Block("accordion", title="Satzung", html="<p>Eine Regel der Stadt.</p>")
    umlage = Block("accordion", title="Umlage", html="<p>Was die Stadt abgibt.</p>")
    kit = Block(
        "download", title="Zahlen", html="<p>Frei.</p>", style=KIT,
        file=File(hashlib.sha256(PDF).hexdigest(), "application/pdf", "zahlen.pdf", len(PDF)),
    )  # fmt: skip
    return {
        "blog": made("blog", "/blog/", "Aus dem Rathaus", teaser="Was uns beschäftigt."),
        "blogseries": made("blogseries", "/blog/reihe/haushalt/", "Haushalt", extra={"details": signed}),
        "blogentry": made(
            "blogentry", "/blog/2026/umlage/", "Was ist eine Umlage?", teaser="Kurz erklärt.", category_label="Haushalt",
            extra={"series": SERIES, "details": signed},
        ),
        "press": made(
            "press", "/presse/", "Presse", blocks=(kit,),
            extra={"details": [["hours", "Erreichbar", "Montag bis Freitag"]]},
        ),
        "glossary": made(
            "glossary", "/glossar/", "Glossar", blocks=(satzung, umlage),
            extra={"details": [["Satzung", "Andere Formen von „Satzung“", "Satzungen"]]},
        ),
    }  # fmt: skip


def live(*contents: Content) -> None:
    media.put(PDF)
    for content in contents:
        publish.put_live(content, DIGEST)
    publish.settle()


@pytest.mark.parametrize("kind", sorted(all_of_them()))
@pytest.mark.parametrize(("tag", "root"), [("en", "/en"), ("ar", "/ar")])
def test_its_words_are_translated_and_marked(town: Town, kind: str, tag: str, root: str) -> None:
    german = all_of_them()[kind]
    live(*all_of_them().values(), version(german, tag))
    html = shown(root + german.path)
    page = BeautifulSoup(html, "html.parser")
    assert page.html
    assert page.html["lang"] == tag
    for one in texts.segments(german.to_json()):
        found = page.find(string=re.compile(re.escape(f"{tag}: {one.text}")))
        assert found, one.text
        around = next(part for part in found.parents if part.has_attr("lang"))
        assert around["lang"] == tag, str(around)[:1500]
        assert around.get("dir", "ltr") == ("rtl" if tag == "ar" else "ltr")
    assert f'<link rel="canonical" href="{BASE}{root}{german.path}">' in html
    assert f"{tag}: {german.title}" not in shown(german.path)


def test_terms_of_another_script_have_a_letter_and_a_place_each(town: Town) -> None:
    german = all_of_them()["glossary"]
    words = {"Satzung": "Статут", "Umlage": "Внесок"}
    said = {one.text: words.get(one.text, "Слово") for one in texts.segments(german.to_json())}
    live(german, version(german, "uk", said))
    page = BeautifulSoup(shown("/uk/glossar/"), "html.parser")
    assert [one.get_text() for one in page.select(".az__letter")] == ["В", "С"]
    names = [one["id"] for one in page.select(".words__word")]
    assert len(set(names)) == 2
    assert "wort-x" not in names
    assert [
        one.get_text() for one in BeautifulSoup(shown("/glossar/"), "html.parser").select(".az__letter")
    ] == ["S", "U"]


def test_two_terms_that_are_one_elsewhere_do_not_share_a_place(town: Town) -> None:
    german = all_of_them()["glossary"]
    live(german, version(german, "en", {one.text: "Levy" for one in texts.segments(german.to_json())}))
    names = re.findall(r'id="(wort-[^"]+)"', shown("/en/glossar/"))
    assert len(names) == len(set(names)) == 2


def test_the_report_names_them_and_leaves_old_entries_out(town: Town) -> None:
    ChosenLanguage.objects.create(tag="uk")
    live(*all_of_them().values())
    assert {row.kind for row in report.by_language()["uk"]} == set(all_of_them())
    ReleasedPage.objects.filter(kind="blogentry").update(sorted_by=clock.now() - timedelta(days=90))
    assert {row.kind for row in report.by_language()["uk"]} == set(all_of_them()) - {"blogentry"}
