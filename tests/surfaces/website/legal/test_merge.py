"""A new draft keeps what the municipality made of the last one."""

from __future__ import annotations

from stadtnah.surfaces.website.legal.merge import Piece, merged


def piece(name: str, words: str) -> Piece:
    return Piece(name, {"id": name}, words, words)


def told(base: dict[str, str], current: list[Piece], new: list[Piece]) -> tuple[list[str], list[str]]:
    found = merged(base, current, new)
    return [one.digest for one in found.pieces], found.notes


BASE = {"a": "a1", "b": "b1", "c": "c1"}
NOW = [piece("a", "a1"), piece("b", "b1"), piece("c", "c1")]


def test_what_nobody_touched_follows_the_facts() -> None:
    assert told(BASE, NOW, [piece("a", "a1"), piece("b", "b2"), piece("d", "d1")]) == (["a1", "b2", "d1"], [])


def test_a_changed_block_stays_and_is_pointed_at_once_its_facts_change() -> None:
    mine = [piece("a", "a1"), piece("b", "meins"), piece("c", "c1")]
    assert told(BASE, mine, NOW) == (["a1", "meins", "c1"], [])
    words, notes = told(BASE, mine, [piece("a", "a1"), piece("b", "b2"), piece("c", "c1")])
    assert words == ["a1", "meins", "c1"]
    assert len(notes) == 1
    assert "Ihre Fassung blieb stehen" in notes[0]


def test_own_words_stay_where_they_stood() -> None:
    mine = [piece("x", "eigenes vorn"), NOW[0], piece("y", "eigenes 1"), piece("z", "eigenes 2"), *NOW[1:]]
    new = [piece("a", "a2"), piece("b", "b1"), piece("c", "c1")]
    assert told(BASE, mine, new)[0] == ["eigenes vorn", "a2", "eigenes 1", "eigenes 2", "b1", "c1"]


def test_what_was_removed_stays_away_until_its_facts_change() -> None:
    mine = [NOW[0], NOW[2]]
    assert told(BASE, mine, NOW) == (["a1", "c1"], [])
    words, notes = told(BASE, mine, [piece("a", "a1"), piece("b", "b2"), piece("c", "c1")])
    assert words == ["a1", "b2", "c1"]
    assert len(notes) == 1


def test_a_section_that_is_no_longer_true_goes_unless_it_was_rewritten() -> None:
    assert told(BASE, NOW, NOW[:2]) == (["a1", "b1"], [])
    mine = [*NOW[:2], piece("c", "meins")]
    words, notes = told(BASE, mine, NOW[:2])
    assert words == ["a1", "b1", "meins"]
    assert "nicht mehr erzeugt" in notes[0]


def test_own_words_after_a_section_that_goes_do_not_go_with_it() -> None:
    mine = [NOW[0], NOW[1], piece("x", "eigenes"), NOW[2]]
    assert told(BASE, mine, [NOW[0], NOW[2]])[0] == ["a1", "eigenes", "c1"]


def test_a_page_written_by_hand_is_kept_below() -> None:
    old = [piece("x", "alt 1"), piece("y", "alt 2")]
    assert told({}, old, NOW)[0] == ["a1", "b1", "c1", "alt 1", "alt 2"]


def test_doing_it_twice_changes_nothing() -> None:
    mine = [piece("x", "eigenes"), piece("a", "meins"), NOW[2]]
    once = merged(BASE, mine, NOW)
    base = {one.id: one.digest for one in NOW}
    again = merged(base, once.pieces, NOW)
    assert [one.digest for one in again.pieces] == [one.digest for one in once.pieces]
    assert again.notes == []
