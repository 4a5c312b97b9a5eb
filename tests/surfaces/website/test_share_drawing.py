"""The picture for links: it reads, whatever colours and words a town has."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from stadtnah.surfaces.website import share_drawing, theme
from stadtnah.surfaces.website.share_drawing import Card, draw, fitted, inks

_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(_COLOURS)
def test_words_read_on_every_colour(colour: str) -> None:
    assert all(theme.contrast(ink, colour) >= theme.TEXT_CONTRAST for ink in inks(colour))


@given(st.text(max_size=300), st.sampled_from([560, 1056]))
@settings(max_examples=40)
def test_every_title_fits(title: str, width: int) -> None:
    lines, size = fitted(title, width, 280)
    assert len(lines) * size * 1.16 <= 280
    assert all(share_drawing._font(size, "600").getlength(line) <= width for line in lines)


def test_a_long_word_is_parted_and_a_long_title_is_cut() -> None:
    lines, _size = fitted("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk tagt", 560, 280)
    assert lines[0].endswith("-")
    lines, _size = fitted("Wort " * 200, 560, 280)
    assert "…" in lines[-1]


@pytest.mark.parametrize(("hero", "kind"), [(False, "PNG"), (True, "JPEG")])
def test_it_shows_the_towns_colour_its_arms_and_the_picture(hero: bool, kind: str) -> None:
    card = Card(
        "Brücke wieder frei 🌉", "Verkehr", "Stadt Beispielau", "beispielau.example", "#1b5e3f", "#1f5f86"
    )
    arms = Image.new("RGBA", (200, 240), "#cc0000")
    photo = Image.new("RGB", share_drawing.hero_size(), "#88aa66") if hero else None
    with Image.open(io.BytesIO(draw(card, arms, photo))) as opened:
        shown = opened.convert("RGB")
        assert (opened.format, shown.size) == (kind, (1200, 630))
    assert _near(shown, (20, 20), "#1b5e3f")
    assert _near(shown, (120, 120), "#cc0000")
    assert _near(shown, (1190, 20), "#88aa66" if hero else "#1b5e3f")
    words = [shown.getpixel((x, y)) for x in range(72, 600) for y in range(260, 420)]
    assert sum(1 for pixel in words if pixel == (255, 255, 255)) > 1000


def _near(image: Image.Image, at: tuple[int, int], colour: str) -> bool:
    found, wanted = image.getpixel(at), theme._channels(colour)
    assert isinstance(found, tuple)
    return all(abs(a - b) <= 12 for a, b in zip(found, wanted, strict=True))
