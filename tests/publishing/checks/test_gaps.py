"""A page that still asks to be filled in goes nowhere."""

from __future__ import annotations

import dataclasses

import pytest

from stadtnah.publishing.checks import run
from stadtnah.publishing.content import Block
from tests.factories.messages import content, context

BLOCKS = (
    Block("text", html="<p>Maßstab und Straße: Bitte ergänzen: Name.</p>"),
    Block("contact", rows=(("E-Mail", "bitte ergänzen: Adresse"),)),
    Block("table", title="Barrieren", rows=(("Inhalt",), ("Bitte ergänzen: Inhalt",))),
)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.kind)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_gap_stops_the_submission(block: Block, language: str) -> None:
    made = dataclasses.replace(content(), blocks=(block,), language=language)
    (found,) = [one for one in run(made, context()) if one.code == "gap-left"]
    assert found.level == "error"
    assert found.excerpt.lower().startswith("bitte ergänzen")


def test_asking_readers_to_add_something_is_no_gap() -> None:
    made = dataclasses.replace(
        content(), blocks=(Block("text", html="<p>Bitte ergänzen Sie den Antrag.</p>"),)
    )
    assert not [one for one in run(made, context()) if one.code == "gap-left"]
