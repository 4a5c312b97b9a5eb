"""The municipality's own words of the search: kept by its own people, on record, tried out before anybody asks."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from stadtnah.kernel.audit.models import Entry
from stadtnah.surfaces.website.search import index, synonyms
from stadtnah.surfaces.website.search.models import OwnWords
from tests.factories import demo_town
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.search.conftest import paths, service

URL = "/desk/suche/"
LINES = "Bütt, Freibad\r\n\r\n  Rumpelkammer > Sperrmüll "


@pytest.fixture
def pages(people: Cast) -> None:
    rows = demo_town.make_live(
        [service("bad", "Freibad besuchen"), service("sperrmuell", "Sperrmüll abholen")]
    )
    index.renew(row.object_key for row in rows)


@pytest.mark.parametrize("who", ["anton", "freya"])
def test_the_next_search_goes_by_the_new_words(people: Cast, pages: None, who: str) -> None:
    assert paths("bütt") == []
    answer = as_(getattr(people, who)).post(URL, {"words": LINES})
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert synonyms.own_text() == "Bütt, Freibad\nRumpelkammer > Sperrmüll"
    assert paths("bütt") == ["/dienstleistungen/bad/"]
    assert paths("Rumpelkammer") == ["/dienstleistungen/sperrmuell/"]
    entry = Entry.objects.get(event="search.words")
    assert entry.data == {"lines": 2}
    index.catch_up()
    assert paths("rumpelkamer") == ["/dienstleistungen/sperrmuell/"]


def test_one_direction_is_one_direction(people: Cast, pages: None) -> None:
    OwnWords.objects.create(text="Freibad > Sperrmüll")
    assert paths("Sperrmüll") == ["/dienstleistungen/sperrmuell/"]
    assert set(paths("Freibad")) == {"/dienstleistungen/bad/", "/dienstleistungen/sperrmuell/"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Bütt", "nur ein Wort"),
        ("Bütt,,", "nur ein Wort"),
        (" , ".join(["Wort"] * 200), "zu lang"),
        ("\n".join(["a, b"] * 501), "höchstens 500"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(people: Cast, typed: str, said: str) -> None:
    answer = as_(people.anton).post(URL, {"words": typed})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'href="#id_words"' in answer.content.decode()
    field = BeautifulSoup(answer.content, "html.parser").select_one("#id_words")
    assert field is not None
    assert field.get_text().strip() == typed.strip()
    assert not OwnWords.objects.exists()
    assert not Entry.objects.filter(event="search.words").exists()


def test_the_same_words_again_are_no_change(people: Cast) -> None:
    for _ in range(2):
        as_(people.anton).post(URL, {"words": "Bütt, Freibad"})
    assert Entry.objects.filter(event="search.words").count() == 1


@pytest.mark.parametrize("who", ["agnes", "viktor", "ada", "clara", "doris"])
def test_nobody_else_changes_them(people: Cast, who: str) -> None:
    assert as_(getattr(people, who)).post(URL, {"words": "Bütt, Freibad"}).status_code in {403, 404}
    assert not OwnWords.objects.exists()


def test_a_question_is_tried(people: Cast, pages: None) -> None:
    answer = as_(people.freya).get(URL, {"frage": "wo ist das schwimmbad"})
    shown = BeautifulSoup(answer.content, "html.parser").select_one("[role=status]")
    assert shown is not None
    said = shown.get_text(" ", strip=True)
    assert "schwimmbad , auch: " in said
    assert "Freibad" in said
    assert [a["href"] for a in shown.select("ol a")] == ["/dienstleistungen/bad/"]
    nothing = as_(people.freya).get(URL, {"frage": "xqzvw"})
    assert "Nichts gefunden" in nothing.content.decode()
