"""States, texts and brackets: rules without a database."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.surfaces.website import richtext
from stadtnah.surfaces.website.languages.domain import notation, texts
from stadtnah.surfaces.website.languages.domain.states import State, by_urgency, outdated_since, state
from stadtnah.surfaces.website.languages.domain.tongues import EASY, TONGUES, tag_of, without_root
from tests.factories.messages import content

START = datetime(2026, 1, 1, tzinfo=UTC)


def german(**changes: Any) -> dict[str, Any]:
    return content(**changes).to_json()


@pytest.mark.parametrize(
    ("begun", "public", "expected"),
    [
        (False, None, State.MISSING),
        (True, None, State.DRAFT),
        (True, "a", State.RELEASED),
        (True, "b", State.OUTDATED),
    ],
)
def test_the_four_states(begun: bool, public: str | None, expected: State) -> None:
    assert state(begun=begun, public=public, german="a") == expected


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.integers(0, 11))
def test_a_version_is_outdated_exactly_since_the_german_page_left_its_text(said: list[str], at: int) -> None:
    """Against a second way to say it: day by day."""
    releases = [(START + timedelta(days=day), text) for day, text in enumerate(said)]
    made_from = said[at % len(said)]
    since = outdated_since(releases, made_from)
    outdated = state(begun=True, public=made_from, german=said[-1]) is State.OUTDATED
    assert (since is not None) == outdated
    if since is not None:
        later = [text for moment, text in releases if moment >= since]
        earlier = [text for moment, text in releases if moment < since]
        assert made_from not in later
        assert earlier[-1] == made_from


@given(st.lists(st.tuples(st.sampled_from(list(State)), st.integers(0, 9), st.none())))
def test_what_is_wrong_on_the_website_stands_before_what_is_not_there(rows: list[Any]) -> None:
    found = [row[0] for row in by_urgency(rows)]
    order = [State.OUTDATED, State.MISSING, State.DRAFT, State.RELEASED]
    assert found == sorted(found, key=order.index)


PLAIN = st.text(alphabet=string.ascii_letters + "äöü <&>\"'[]", min_size=1, max_size=20)


@st.composite
def inline(draw: Any) -> str:
    parts = draw(st.lists(st.tuples(PLAIN, st.sampled_from(["", "strong", "em", "a"])), max_size=5))
    opened = {"a": '<a href="/weg/">', "strong": "<strong>", "em": "<em>"}
    from html import escape

    return "".join(
        f"{opened[tag]}{escape(text)}</{tag}>" if tag else escape(text, quote=False) for text, tag in parts
    )


@given(st.lists(inline(), max_size=3))
def test_what_nobody_changes_comes_back_as_it_was(runs: list[str]) -> None:
    html = richtext.clean("".join(f"<p>{run}</p>" for run in runs))
    assert richtext.clean(notation.said_anew(html, lambda text: text)) == html


@given(inline(), PLAIN)
def test_a_translation_brings_no_tag_of_its_own(run: str, said: str) -> None:
    html = f"<p>{run}</p>"
    found = notation.said_anew(html, lambda _text: f"<script>{said}</script>")
    assert "<script" not in found


def test_links_stand_in_numbered_brackets() -> None:
    seen: list[str] = []
    html = '<p>Das <a href="/f/">Formular</a> bis <strong>Freitag</strong><br>abgeben.</p>'

    def say(text: str) -> str:
        seen.append(text)
        return "By [2: Friday] hand in\nthe [1: form]."

    assert notation.said_anew(html, say) == (
        '<p>By <strong>Friday</strong> hand in<br>the <a href="/f/">form</a>.</p>'
    )
    assert seen == ["Das [1: Formular] bis [2: Freitag]\nabgeben."]


def test_a_lost_link_is_named() -> None:
    assert "[1: Formular]" in notation.problem("Das [1: Formular]", "The form")
    assert notation.problem("Das [1: Formular]", "The [1: form") != ""
    assert notation.problem("Das [1: Formular]", "The [1: form] [2: x]") != ""
    assert notation.problem("Das [1: Formular]", "The [1: form]") == ""
    assert notation.problem("Eine [sic] Klammer", "A [sic] bracket") == ""


def full() -> Content:
    photo = Picture("a" * 64, "image/jpeg", 10, 10, alt="Eine Brücke", caption="Am Wehr", credit="Stadt")
    return content(
        hero=photo,
        place="Mühlviertel",
        category_label="Verkehr",
        blocks=(
            Block("heading", title="Umleitung"),
            Block("text", html="<p>Erstens</p><ul><li>Zweitens</li></ul>"),
            Block("contact", rows=(("Telefon", "069 90009 100"), ("Mail", "bau@beispielau.example"))),
            Block("table", rows=(("Tag", "Zeit"), ("Montag", "8–12")), style="hours"),
        ),
    )


def test_addresses_numbers_and_what_the_frame_says_are_not_translated() -> None:
    found = [one.text for one in texts.segments(full().to_json())]
    assert found == [
        "Mühlstraße gesperrt",
        "Verkehr",
        "Die Straße ist wegen Bauarbeiten gesperrt.",
        "Mühlviertel",
        "Eine Brücke",
        "Am Wehr",
        "Umleitung",
        "Erstens",
        "Zweitens",
        "Telefon",
        "Mail",
    ]


def test_a_new_german_version_keeps_what_stayed_and_hands_on_what_changed() -> None:
    old = german(blocks=(Block("text", html="<p>Eins</p><p>Zwei</p>"),))
    new = german(blocks=(Block("text", html="<p>Zwei</p><p>Eins!</p><p>Drei</p>"),), title="Neu")
    said = {one.text: one.text.upper() for one in texts.segments(old)}
    carried = texts.carried_over(old, new, said)
    assert carried["Zwei"] == "ZWEI"
    assert carried["Neu"] == "MÜHLSTRASSE GESPERRT"
    assert "Drei" not in carried
    assert [one.text for one in texts.missing(new, carried)] == ["Eins!", "Drei"]
    assert texts.origins(old, new)["Neu"] == "Mühlstraße gesperrt"
    assert texts.origins(old, new)["Drei"] == ""


def test_only_words_and_pictures_make_a_version_old() -> None:
    said = texts.fingerprint(german())
    assert texts.fingerprint(german(valid_until="2027-01-01T00:00", hashtags=("X",))) == said
    assert texts.fingerprint(german(title="Anders")) != said
    assert texts.fingerprint(full().to_json()) != said


def test_facts_are_those_of_the_german_page_as_it_stands() -> None:
    then, now = german(), german(valid_until="2027-01-01T00:00", extra={"kind": "office", "hours": [1]})
    shown = texts.shown({**then, "title": "Closed", "extra": {"kind": "version", "details": []}}, now)
    assert (shown["title"], shown["valid_until"]) == ("Closed", "2027-01-01T00:00")
    assert shown["extra"] == {"kind": "office", "hours": [1], "details": []}


def test_addresses_tell_the_language() -> None:
    assert without_root("/leicht/aktuelles/") == "/aktuelles/"
    assert without_root("/aktuelles/") == "/aktuelles/"
    assert (tag_of("/uk/x/"), tag_of("/leicht/"), tag_of("/ukraine/")) == ("uk", EASY, "de")
    assert len({one.root for one in TONGUES.values()}) == len(TONGUES)
    assert all(one.newer for one in TONGUES.values())
