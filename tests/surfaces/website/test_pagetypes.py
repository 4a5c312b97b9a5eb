"""Landing page of a section, project, glossary: from the editor to released pages, and nothing of a draft in between."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.signals import init_new_page

from stadtnah.channels.newsletter.rendering import mail
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.checks import run
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import glossary, kinds, publish, store
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import HomePage, StandardPage
from stadtnah.surfaces.website.pagetypes.models import GlossaryPage, ProjectPage, SectionPage
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page

pytestmark = pytest.mark.django_db
STEPS = [
    {"type": "step", "value": {"when": "März 2026", "what": "Beschluss", "state": "done"}},
    {"type": "step", "value": {"when": "Mai 2027", "what": "Eröffnung", "state": "planned"}},
]


@pytest.fixture
def home(town: Town) -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    made: HomePage = root.add_child(instance=HomePage(title="Start", slug="start"))
    return made


def project(parent: Any, **more: Any) -> ProjectPage:
    values = {
        "title": "Neuer Spielplatz",
        "slug": "spielplatz",
        "state": "running",
        "ends": "Mai 2027",
        **more,
    }
    made: ProjectPage = parent.add_child(instance=ProjectPage(steps=json.dumps(STEPS), **values))
    return made


def terms(home: HomePage, *words: tuple[str, str]) -> Content:
    given = [
        {"type": "term", "value": {"word": word, "forms": forms, "text": f"<p>Bedeutung von {word}.</p>"}}
        for word, forms in words
    ]
    found = GlossaryPage.objects.first() or home.add_child(
        instance=GlossaryPage(title="Glossar", slug="glossar")
    )
    found.terms = json.dumps(given)
    found.save()
    return GlossaryPage.objects.get().content()


def soup(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found is not None, path
    return BeautifulSoup(found[1], "html.parser")


def text_page(html: str, slug: str = "bauen", **more: Any) -> Content:
    return page(slug, blocks=(Block("text", html=html),), **more)


def test_a_project_says_where_it_stands(home: HomePage) -> None:
    content = project(home, teaser="Wir bauen.").content()
    assert content.path == "/spielplatz/"
    publish.put_live(content, DIGEST)
    shown = soup("/spielplatz/")
    assert "in Umsetzung" in shown.select_one(".facts").get_text()  # type: ignore[union-attr]
    steps = shown.select(".steps > li")
    assert [step["class"] for step in steps] == [["step", "step--done"], ["step"]]
    assert "März 2026 erledigt Beschluss" in " ".join(steps[0].get_text(" ").split())
    made = mail.body(content, {}, {"from_name": "Stadt"})
    assert "Mai 2027: Was: Eröffnung, Stand: geplant" in made["text"]


def test_a_new_project_is_not_released_before_its_outline_is_filled_in(home: HomePage) -> None:
    new = ProjectPage(title="Neubau", slug="neubau", live=False)
    init_new_page.send(sender=ProjectPage, page=new, parent=home)
    home.add_child(instance=new)
    asked = [finding for finding in run(new.content(), check_context()) if finding.code == "gap-left"]
    assert len(asked) == 8  # four texts, and the date of each of four steps
    assert all(finding.level == "error" for finding in asked)
    new.body, new.steps = [("text", RichText("<p>Wir bauen neu.</p>"))], []
    assert not [finding for finding in run(new.content(), check_context()) if finding.code == "gap-left"]


def test_words_for_search_engines_are_no_fact_of_a_project(home: HomePage) -> None:
    content = project(home, ends="Herbst", search_description="Was gebaut wird.").content()
    assert content.detail["search_description"] == "Was gebaut wird."
    given = kinds.show(content).context["given"]
    assert [value for _label, value in given if value == "Was gebaut wird."] == []
    assert "Herbst" in [value for _label, value in given]


def test_a_project_in_english_speaks_english(home: HomePage) -> None:
    content = project(home, language="en").content()
    assert {key: value for key, _label, value in content.details}["state"] == "under way"
    assert content.blocks[-1].rows[1][2] == "done"


def test_a_section_shows_its_released_pages_and_follows_them(home: HomePage) -> None:
    section = home.add_child(instance=SectionPage(title="Bauen", slug="bauen"))
    below = project(section, title="Geheimer Plan", teaser="Noch nicht.")
    publish.put_live(section.content(), DIGEST)
    publish.settle()
    assert "Geheimer Plan" not in str(soup("/bauen/"))
    publish.put_live(below.content(), DIGEST)
    publish.settle()
    assert soup("/bauen/").select_one('.cards a[href="/bauen/spielplatz/"]')
    below.title = "Neuer Name"
    publish.put_live(below.content(), OTHER)
    publish.settle()
    assert "Neuer Name" in str(soup("/bauen/").select_one(".cards"))
    publish.withdraw(below.object_key)
    publish.settle()
    assert not soup("/bauen/").select(".cards")


def test_the_glossary_goes_from_a_to_z(home: HomePage) -> None:
    publish.put_live(
        terms(home, ("Satzung", ""), ("Öffentliche Auslegung", ""), ("Bebauungsplan", "B-Plan")), DIGEST
    )
    shown = soup("/glossar/")
    assert [dfn.get_text() for dfn in shown.select("dfn")] == [
        "Bebauungsplan",
        "Öffentliche Auslegung",
        "Satzung",
    ]
    assert shown.select_one("#wort-oeffentliche-auslegung")
    assert [link["href"] for link in shown.select(".letters a")] == [
        "#buchstabe-b",
        "#buchstabe-o",
        "#buchstabe-s",
    ]


def test_a_word_is_linked_once_where_it_first_occurs(home: HomePage) -> None:
    publish.put_live(terms(home, ("Bebauungsplan", "B-Plan"), ("Plan", "")), DIGEST)
    html = '<h3>Bebauungsplan</h3><p>Der <a href="/x/">Bebauungsplan</a> und der B-Plan; der Bebauungsplan, ein Stadtplan, ein Plan-B. Ein Plan.</p>'
    publish.put_live(text_page(html), DIGEST)
    links = soup("/bauen/").select('.prose a[href^="/glossar/"]')
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("B-Plan", "/glossar/#wort-bebauungsplan"),
        ("Plan", "/glossar/#wort-plan"),
    ]


def test_a_page_gets_its_link_when_the_glossary_is_released_and_loses_it_with_it(home: HomePage) -> None:
    publish.put_live(text_page("<p>Die Satzung gilt.</p>"), DIGEST)
    words = terms(home, ("Satzung", ""))
    publish.settle()
    assert not soup("/bauen/").select('a[href^="/glossar/#"]')  # a draft is nothing
    publish.put_live(words, DIGEST)
    publish.settle()
    assert soup("/bauen/").select('a[href="/glossar/#wort-satzung"]')
    publish.withdraw(words.object_key)
    publish.settle()
    assert not soup("/bauen/").select('a[href^="/glossar/#"]')


@pytest.mark.parametrize("word", ["<b>", "a&b", "(x", "C++", '"'])
def test_a_word_with_signs_breaks_nothing(home: HomePage, word: str) -> None:
    publish.put_live(terms(home, (word, "")), DIGEST)
    publish.put_live(text_page("<p>a&amp;b (x C++ &lt;b&gt; amp</p>"), DIGEST)
    assert soup("/bauen/").select_one(".prose").get_text().strip() == "a&b (x C++ <b> amp"  # type: ignore[union-attr]


def test_messages_and_foreign_texts_stay_as_they_are(home: HomePage) -> None:
    publish.put_live(terms(home, ("Satzung", "")), DIGEST)
    told = message(blocks=(Block("text", html="<p>Satzung</p>"),))
    assert glossary.linked(told) == (told, frozenset())
    english = text_page("<p>Satzung</p>", language="en")
    assert glossary.linked(english)[0] == english
    german = text_page("<p>Satzung</p>")
    assert glossary.linked(german)[0] != german


def test_nobody_else_takes_the_address_of_the_glossary(home: HomePage) -> None:
    made = home.add_child(instance=StandardPage(title="x", slug="x"))
    made.slug = "glossar"
    with pytest.raises(Exception, match="vergeben"):
        made.clean()
