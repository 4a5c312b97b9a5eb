"""The municipality's name in a sentence."""

from __future__ import annotations

import pytest
from django.utils import translation

from stadtnah.kernel.town.grammar import named
from stadtnah.kernel.town.models import Town


@pytest.mark.parametrize(
    ("name", "nominative", "genitive", "accusative"),
    [
        ("Stadt Erlenfurt", "die Stadt Erlenfurt", "der Stadt Erlenfurt", "die Stadt Erlenfurt"),
        ("Gemeinde Au", "die Gemeinde Au", "der Gemeinde Au", "die Gemeinde Au"),
        ("Markt Au", "der Markt Au", "des Marktes Au", "den Markt Au"),
        ("Flecken Au", "der Flecken Au", "des Fleckens Au", "den Flecken Au"),
        ("Landkreis Au", "der Landkreis Au", "des Landkreises Au", "den Landkreis Au"),
        ("Amt Au", "das Amt Au", "des Amtes Au", "das Amt Au"),
        ("Samtgemeinde Au", "die Samtgemeinde Au", "der Samtgemeinde Au", "die Samtgemeinde Au"),
        ("Große Kreisstadt Au", "die Große Kreisstadt Au", "der Großen Kreisstadt Au", "die Große Kreisstadt Au"),
        ("Erlenfurt", "Erlenfurt", "von Erlenfurt", "Erlenfurt"),
        ("Neustadt an der Weide", "Neustadt an der Weide", "von Neustadt an der Weide", "Neustadt an der Weide"),
        ("Ihre Kommune", "Ihre Kommune", "Ihrer Kommune", "Ihre Kommune"),
    ],
)  # fmt: skip
def test_each_kind_of_municipality_has_its_article(
    name: str, nominative: str, genitive: str, accusative: str
) -> None:
    said = named(name)
    assert (said.nominative, said.genitive, said.accusative) == (nominative, genitive, accusative)


def test_a_kind_that_only_the_municipality_knows() -> None:
    assert named("Bergstadt Au").genitive == "von Bergstadt Au"
    assert named("Bergstadt Au", "Bergstadt").genitive == "der Bergstadt Au"
    assert named("Universitäts- und Hansestadt Au", "Universitäts- und Hansestadt").genitive == (
        "der Universitäts- und Hansestadt Au"
    )


def test_what_stands_for_the_name() -> None:
    assert [
        (named(f"{kind} Au").pronoun, named(f"{kind} Au").possessive) for kind in ("Stadt", "Markt", "Amt")
    ] == [
        ("sie", "ihr"),
        ("er", "sein"),
        ("es", "sein"),
    ]


def test_in_another_language_the_name_stands_alone() -> None:
    here = Town(name="Stadt Erlenfurt", short_name="Erlenfurt")
    with translation.override("de"):
        assert here.genitive == "der Stadt Erlenfurt"
    with translation.override("en"):
        assert (here.nominative, here.genitive, here.accusative) == ("Stadt Erlenfurt",) * 3
