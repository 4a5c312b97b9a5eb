"""Words become stems the same way on both sides, and misspelled ones find their neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.surfaces.website.search import spelling
from stadtnah.surfaces.website.search.letters import folded, stem, words
from stadtnah.surfaces.website.search.questions import telling


@pytest.mark.parametrize(
    "same",
    [
        ("Müll", "Muell", "müll", "MÜLL"),
        ("Straße", "Strasse", "Straßen"),
        ("Anmeldung", "anmelden", "Anmeldungen"),
        ("Verlängerung", "verlängern"),
        ("Hund", "Hunde", "Hundes"),
        ("Haus", "Häuser", "Hauses"),
        ("Bücherei", "Buecherei"),
        ("Gebühr", "Gebühren", "gebuehr"),
        ("abholen", "Abholung"),
    ],
)
def test_forms_of_a_word_are_one(same: tuple[str, ...]) -> None:
    assert len({stem(word) for word in same}) == 1


@pytest.mark.parametrize(
    "pair", [("Pass", "Passau"), ("Müll", "Mühle"), ("Wohnung", "Wahlung"), ("Hund", "Hand")]
)
def test_different_words_stay_different(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


def test_letters_that_meet_by_chance_are_no_umlaut() -> None:
    assert folded("neue") == "neue"
    assert folded("Bauer") == "bauer"
    assert folded("Quelle") == "quelle"
    assert folded("Muehle") == folded("Mühle")


def test_a_word_with_hyphens_is_found_whole_and_in_its_parts() -> None:
    assert [word.written for word in words("Kita-Platz")] == ["Kita-Platz", "Kita", "Platz"]
    assert stem("Kitaplatz") == next(words("Kita-Platz")).stem
    assert [word.written for word in telling("E-Mail vom Kita-Platz")] == ["E-Mail", "Kita", "Platz"]


def test_small_words_of_a_question_go_unless_there_are_no_others() -> None:
    asked = [word.written for word in telling("Wo kann ich meinen Ausweis verlängern?")]
    assert asked == ["Ausweis", "verlängern"]
    assert [word.written for word in telling("wo ist das")] == ["wo", "ist", "das"]


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.end] == word.written
        assert len(word.stem) <= 60
    telling(text)


@pytest.mark.parametrize(
    ("typed", "meant", "mistakes"),
    [
        ("hochziet", "hochzeit", 1),
        ("persohnalauswei", "personalauswei", 1),
        ("fuhrungzeugni", "fuhrungszeugni", 1),
        ("geburstsurkund", "geburtsurkund", 1),
        ("kindergard", "kindergart", 1),
    ],
)
def test_a_misspelled_word_shares_a_number_with_the_right_one(typed: str, meant: str, mistakes: int) -> None:
    assert set(spelling.keys(typed)) & set(spelling.keys(meant))
    assert spelling.distance(typed, meant, 2) == mistakes
    assert spelling.nearest(typed, [meant, "etwasanderes"]) == [(mistakes, meant)]


def test_short_words_forgive_less() -> None:
    assert spelling.nearest("hund", ["mund", "bunt"]) == [(1, "mund")]
    assert spelling.nearest("sperrmul", ["sperr", "sperrmull"]) == [(1, "sperrmull")]
    assert spelling.keys("bad") == []
    assert spelling.keys("412") == []
