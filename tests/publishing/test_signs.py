"""What nobody sees is not released; what a script needs stays, and is shown."""

from __future__ import annotations

import pytest

from stadtnah.publishing import api as publishing
from stadtnah.publishing import signs
from stadtnah.surfaces.desk.difference import changes
from tests.factories.messages import content


@pytest.mark.parametrize(
    "sign",
    [
        "\u200f",
        "\u200e",
        "\u061c",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\U000e0068",
        "\U000e007f",
        "\U000e0100",
        "\U000e01ef",
        "\ufffe",
        "\U0001ffff",
        "\u202e",
    ],
)
def test_signs_that_nobody_sees_are_taken_out(sign: str) -> None:
    assert signs.plain(f"{sign}8:00 – 12:00 Uhr{sign}") == "8:00 – 12:00 Uhr"


@pytest.mark.parametrize("text", ["Stra\u00adße", "👩\u200d🚒", "می\u200cخواهم", "क्\u200dष", "Ä ö ß – „x“"])
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert signs.plain(text) == text


def test_a_right_to_left_text_keeps_its_marks_and_the_release_view_names_them() -> None:
    text = "مفتوح \u200f8:00\u061c – 12:00"
    assert signs.plain(text) == text
    shown = "مفتوح ⟨von rechts nach links⟩8:00⟨arabische Marke⟩ – 12:00"
    assert publishing.place("teaser", content(teaser=text)).text == shown
    found = changes(content(teaser="مفتوح 8:00 – 12:00"), content(teaser=text)) or []
    assert "⟨arabische Marke⟩" in " ".join(piece.text for one in found for piece in one.pieces)
