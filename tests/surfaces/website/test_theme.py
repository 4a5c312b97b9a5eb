"""Colours that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.kernel.town.api import base_url
from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import store, theme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    # The first two by definition; the others from WebAIM's published examples of WCAG's formula.
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#123456", "#123456", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert theme.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert theme.contrast(other, one) == theme.contrast(one, other)


@given(COLOURS, COLOURS)
def test_whatever_colours_a_town_has_its_text_can_be_read(colour: str, accent: str) -> None:
    for grounds in (theme._LIGHT, theme._DARK):
        pairs = [part.split(":") for part in theme._properties(colour, accent, grounds).split(";") if part]
        values = {name.removeprefix("--town-"): value for name, value in pairs}
        for ground in grounds:
            assert theme.contrast(values["action"], ground) >= theme.TEXT_CONTRAST
        assert theme.contrast(values["on-band"], values["band"]) >= theme.TEXT_CONTRAST
        assert theme.contrast(values["on-action"], values["action"]) >= theme.TEXT_CONTRAST
        assert theme.contrast("#ffffff", values["foot"]) >= theme.TEXT_CONTRAST
        text = "#f4f5f8" if grounds is theme._DARK else "#131525"
        assert theme.contrast(text, values["tint"]) >= theme.TEXT_CONTRAST


def test_a_pale_colour_is_spoken_about_with_a_proposal_that_is_fine() -> None:
    words = theme.colour_problem("#ffd24d")
    assert "4,5 zu 1" in words
    proposal = words.split("zum Beispiel ")[1].rstrip(".")
    assert theme.colour_problem(proposal) == ""
    assert theme.colour_problem("#14532d") == ""
    assert "keine Farbe" in theme.colour_problem("grün")


@pytest.mark.django_db
def test_the_theme_is_stored_under_its_own_digest(town: Town) -> None:
    addresses = theme.publish(town)
    for address in addresses.values():
        found = store.read(address)
        assert found is not None
        assert found[0].etag[:16] in address
    css = store.read(addresses["css"])
    assert css is not None
    assert b"--town-band:#1b5e3f" in css[1]
    here = f':root{{--site:"{base_url()}"}}'.encode()  # for addresses on paper; no browser asks for it
    assert here in css[1]
    assert b"://" not in css[1].replace(b"http://www.w3.org", b"").replace(here, b"")
    assert b"screen and (prefers-color-scheme: dark){:root{--town:" in css[1]
    assert addresses == theme.publish(town)
