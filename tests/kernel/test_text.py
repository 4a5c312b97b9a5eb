import grapheme
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.kernel.text import cell, clipped, counted, graphemes, grouped, shortened, xml_legal


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("Mühlstraße", 10),
        ("Mu\u0308hlstraße", 10),  # the same with a decomposed umlaut
        ("👩‍👩‍👧‍👦", 1),
        ("🇩🇪🇫🇷", 2),
        ("👍🏽!", 2),
        ("1️⃣", 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("a\r\nb", 3),
        ("e\u0301\u0302", 1),
    ],
)
def test_counts_what_a_reader_sees(text, seen):
    assert graphemes(text) == seen


@given(st.text(st.sampled_from("aß é\r\n\t\x00\xad„–…’€\u0301\u200d\u200b\u2028👩🏽‍🚒©🇩🇪\ufe0f")) | st.text())
def test_what_is_counted_the_quick_way_is_what_the_rules_of_unicode_count(text: str) -> None:
    assert graphemes(text) == grapheme.length(text)


def test_clipping_tears_no_character_apart():
    assert clipped("ab👩‍👩‍👧‍👦cd", 3) == "ab👩‍👩‍👧‍👦"
    assert clipped("abc", 3) == "abc"


def test_short_text_stays():
    assert shortened("  Kurz und gut.  ", 20) == "Kurz und gut."


def test_ends_with_a_whole_sentence_where_enough_is_left():
    text = "Die Straße ist gesperrt. Eine Umleitung führt über die Bahnhofstraße und den Markt."
    assert shortened(text, 30) == "Die Straße ist gesperrt."


@pytest.mark.parametrize(
    "text", ["Geschlossen am 3. Dezember wegen Fortbildung", "Fragen z. B. zum Ausweis beantwortet"]
)
def test_a_full_stop_of_a_date_or_abbreviation_ends_nothing(text):
    cut = shortened(text, 20)
    assert cut.endswith(" …")
    assert len(cut) <= 20


def test_else_whole_words_are_kept():
    assert shortened("Umleitung über die Bahnhofstraße", 20) == "Umleitung über die …"


def test_a_word_longer_than_the_room_is_cut_at_a_character():
    assert shortened("Donaudampfschifffahrt", 6) == "Donau…"
    assert shortened("Donau", 0) == ""


@pytest.mark.parametrize("room", range(60))
def test_never_longer_than_the_room(room):
    text = "Weide steigt: Feuerwehr bereitet Deichwache vor 👩‍👩‍👧‍👦. Was Sie jetzt tun können, steht hier."
    assert graphemes(shortened(text, room)) <= room


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_left_out(sign):
    assert xml_legal(f"Straße{sign} gesperrt") == "Straße gesperrt"


@pytest.mark.parametrize("text", ["\t\n\r", "Straße \x85\u2028", "\ud7ff\ue000\ufffd", "👍🏽\U0010ffff"])
def test_what_xml_can_hold_stays(text):
    assert xml_legal(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(text):
    assert cell(text) == f"'{text}"
    assert cell(f"Rathaus {text}") == f"Rathaus {text}"  # the control


def test_large_numbers_are_read_in_groups_of_three():
    assert [grouped(number) for number in (0, 999, 1000, 1234567)] == ["0", "999", "1.000", "1.234.567"]
    assert grouped(1234, ",") == "1,234"
    assert counted(1, "Entwurf", "Entwürfe") == "1 Entwurf"
    assert counted(1234, "Entwurf", "Entwürfe") == "1.234 Entwürfe"
