"""A page as a list of search results shows it."""

from __future__ import annotations

from typing import Any

import pytest

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import result_words, snippets
from tests.surfaces.website.conftest import data_folder, page, town

__all__ = ["data_folder", "town"]
pytestmark = pytest.mark.django_db
GOOD = (
    "Wer wenig verdient, bekommt einen Zuschuss zur Miete. So stellen Sie den Antrag, das brauchen Sie dafür."
)


def test_a_page_of_good_length_gets_no_hint(town: Town) -> None:
    found = snippets.snippet(page("wohngeld", teaser=GOOD), town)
    assert found.title == found.shown_title == "Wohngeld – Stadt Beispielau"
    assert found.shown_description == GOOD
    assert found.steps == ("localhost", "wohngeld")
    assert found.hints == ()


@pytest.mark.parametrize(
    ("slug", "changes", "said"),
    [
        (
            "wohngeld",
            {"teaser": GOOD, "title": "Zuschuss zur Miete für Haushalte mit wenig Geld beantragen"},
            "Zeichen, gezeigt werden etwa 60",
        ),
        ("wohngeld", {"teaser": ""}, "Ohne Vorspann"),
        ("wohngeld", {"teaser": "Zuschuss zur Miete."}, "Es ist Platz"),
        ("wohngeld", {"teaser": GOOD * 2}, "Vom Vorspann werden"),
        (
            "zuschuss-zur-miete-fuer-haushalte-mit-wenig-geld-beantragen-und-aendern",
            {"teaser": GOOD, "title": "Wohngeld"},
            "abtippen",
        ),
        ("wohngeld-kopie", {"teaser": GOOD}, "klingt nach einer Kopie"),
        ("kopie-von-wohngeld", {"teaser": GOOD}, "klingt nach einer Kopie"),
    ],
)
def test_each_hint(town: Town, slug: str, changes: dict[str, Any], said: str) -> None:
    hints = snippets.snippet(page(slug, **changes), town).hints
    assert len(hints) == 1
    assert said in hints[0]


def test_own_words_take_the_place_of_heading_and_summary(town: Town) -> None:
    details = [
        [*result_words.TITLE, "Wohngeld beantragen"],
        [*result_words.DESCRIPTION, "Zuschuss zur Miete."],
    ]
    found = snippets.snippet(page("wohngeld", teaser=GOOD, extra={"kind": "page", "details": details}), town)
    assert found.title == "Wohngeld beantragen – Stadt Beispielau"
    assert found.description == "Zuschuss zur Miete."
    assert [hint.partition(".")[0] for hint in found.hints] == ["Die Beschreibung hat 19 Zeichen"]


def test_a_name_of_the_town_that_is_cut_off_is_said(town: Town) -> None:
    long = "Zuschuss zur Miete für Haushalte mit wenig Geld beantragen"
    hints = snippets.snippet(page("wohngeld", teaser=GOOD, title=long), town).hints
    assert "„Beispielau“ ist sonst nicht zu sehen" in hints[0]
    near = snippets.snippet(page("wohngeld", teaser=GOOD, title=f"Beispielau: {long}"), town).hints
    assert "ist sonst nicht zu sehen" not in near[0]


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("kurz", 10, "kurz"), ("eins zwei drei", 10, "eins …"), ("x" * 20, 10, "x" * 9 + " …"), ("", 10, "")],
)
def test_it_is_cut_between_words(text: str, most: int, shown: str) -> None:
    assert snippets.cut(text, most) == shown
