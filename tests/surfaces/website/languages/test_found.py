"""The search answers in the language of the page that asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.search import find, index
from tests.surfaces.website.conftest import DIGEST, page
from tests.surfaces.website.languages.conftest import shown, version

pytestmark = pytest.mark.django_db
WORDS = {
    "uk": {"Wohngeld": "Житло", "Das Rathaus hilft.": "Ратуша допомагає."},
    "en": {"Wohngeld": "Housing benefit Mietzuschuss", "Das Rathaus hilft.": "The town hall helps."},
}


def german() -> Content:
    return page("wohngeld", title="Wohngeld", blocks=(Block("text", html="<p>Das Rathaus hilft.</p>"),))


def released(*contents: Content) -> None:
    for content in contents:
        publish.put_live(content, DIGEST)
    publish.settle()
    index.take_marked()


def paths(text: str, tongue: str = "") -> list[str]:
    return [entry.path for entry in find.entries(find.ask(text, tongue=tongue).ranked)]


@pytest.fixture
def both(town: Town) -> None:
    released(german(), *(version(german(), tag, said) for tag, said in WORDS.items()))


def test_a_question_finds_the_page_in_the_language_of_the_form(both: None) -> None:
    assert paths("Житло", "uk") == ["/uk/wohngeld/"]
    assert paths("housing", "en") == ["/en/wohngeld/"]
    assert paths("Житло") == []
    assert paths("Wohngeld") == ["/wohngeld/"]


def test_a_german_word_leads_to_the_page_in_the_language_of_the_form(both: None) -> None:
    assert paths("Wohngeld", "uk") == ["/uk/wohngeld/"]
    assert paths("Wohngeld", "tr") == ["/wohngeld/"]


def test_a_compound_is_found_by_its_end_in_the_language_of_the_form(both: None) -> None:
    assert paths("Zuschuss", "en") == ["/en/wohngeld/"]
    assert paths("Zuschuss") == []


def test_of_the_versions_only_those_of_what_was_found_are_read(both: None) -> None:
    other = page("hunde", title="Hundesteuer")
    released(other, version(other, "uk", {"Hundesteuer": "Собаки"}))
    with CaptureQueriesContext(connection) as queries:
        assert paths("Wohngeld", "uk") == ["/uk/wohngeld/"]
    asked = [one["sql"] for one in queries if '"original" IN' in one["sql"]]
    assert len(asked) == 1


def test_what_is_withdrawn_is_not_found(both: None) -> None:
    publish.withdraw(version(german(), "uk", WORDS["uk"]).object_key)
    index.take_marked()
    assert paths("Житло", "uk") == []
    assert paths("Wohngeld", "uk") == ["/wohngeld/"]
    publish.withdraw(german().object_key)
    index.take_marked()
    assert paths("housing", "en") == []
    assert index.catch_up() == 0


def test_the_page_asks_in_its_language(both: None) -> None:
    assert '<input type="hidden" name="sprache" value="uk">' in shown("/uk/wohngeld/")
    assert 'name="sprache"' not in shown("/wohngeld/") + shown("/en/wohngeld/")
    html = Client().get("/suche/", {"q": "Житло", "sprache": "uk"}).content.decode()
    assert '<a href="/uk/wohngeld/"><mark>Житло</mark></a>' in html
    assert 'lang="uk"' in html
    assert '<input type="hidden" name="sprache" value="uk">' in html
    found = Client().get("/suche/vorschlaege", {"q": "Жит", "sprache": "uk"}).json()["suggestions"]
    assert [one["path"] for one in found] == ["/uk/wohngeld/"]


def test_another_language_costs_two_queries(both: None) -> None:
    with CaptureQueriesContext(connection) as plain:
        find.ask("Wohngeld")
    with CaptureQueriesContext(connection) as more:
        find.ask("Wohngeld", tongue="uk")
    assert len(more) <= len(plain) + 2
