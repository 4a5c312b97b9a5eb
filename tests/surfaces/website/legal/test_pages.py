"""The generated pages: whole in every Land, true, with gaps where only the municipality knows."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from stadtnah.kernel.land import api as laender
from stadtnah.surfaces.website.legal.known import KINDS, known
from stadtnah.surfaces.website.legal.parts import Facts, Part, Processing

GAP = "Bitte ergänzen:"


def facts(**changes: Any) -> Facts:
    values: dict[str, Any] = {
        "name": "Stadt Beispielau",
        "short_name": "Beispielau",
        "street": "Marktplatz 1",
        "postcode": "12345",
        "phone": "069 90009 100",
        "mail": "post@beispielau.example",
        "represented_by": "Bürgermeisterin Eva Muster",
        "host": "www.beispielau.example",
        "land": laender.profile("HE"),
        "purposes": (Processing("newsletter", "Newsletter", "Wir speichern <Ihre> Adresse.", "Art. 6 DSGVO", "Bis zur Abmeldung."),),
        "networks": (),
        "agencies": (),
    }  # fmt: skip
    return Facts(**{**values, **changes})


def words(parts: list[Part]) -> str:
    return " ".join(str(part.value) for part in parts)


@pytest.mark.parametrize("key", sorted(KINDS))
@pytest.mark.parametrize("code", laender.LAENDER)
def test_every_page_can_be_made_in_every_land(key: str, code: str) -> None:
    parts = KINDS[key].make(facts(land=laender.profile(code)))
    keys = [part.key for part in parts]
    assert len(keys) == len(set(keys))
    assert parts
    assert all(part.value for part in parts)


def test_the_imprint_names_who_and_asks_for_what_is_not_known() -> None:
    said = words(KINDS["imprint"].make(facts()))
    for part in ("Stadt Beispielau", "Marktplatz 1, 12345 Beispielau", "Eva Muster", "§ 18 Abs. 2"):
        assert part in said
    bare = words(KINDS["imprint"].make(facts(represented_by="", street="", phone="")))
    assert bare.count(GAP) == said.count(GAP) + 3
    office = words(KINDS["imprint"].make(facts(represented_by="die Bürgermeisterin")))
    assert "die Bürgermeisterin, Bitte ergänzen: Name der Person." in office


def test_what_is_asked_for_in_easy_language_says_so_once() -> None:
    for key, how in (("easy", "in Leichter Sprache"), ("sign", "in Deutscher Gebärdensprache")):
        for part in KINDS[key].make(facts()):
            assert str(part.value).count(how) <= 1


def test_the_privacy_notice_speaks_of_what_is_done_and_of_nothing_else() -> None:
    said = words(KINDS["privacy"].make(facts()))
    assert "Wir speichern &lt;Ihre&gt; Adresse." in said
    assert "Soziale Netzwerke" not in said
    more = facts(networks=("Mastodon",), agencies=("Büro Muster",), purposes=())
    said = words(KINDS["privacy"].make(more))
    assert "Mastodon" in said
    assert "Büro Muster" in said
    assert "Newsletter" not in said.replace("Adressen des Newsletters", "")


def test_the_statement_has_the_parts_of_the_model() -> None:
    said = words(KINDS["accessibility"].make(facts()))
    for part in (
        "§ 14 des Hessischen Behinderten-Gleichstellungsgesetzes",
        "www.beispielau.example",
        "Stand der Vereinbarkeit",
        "Nicht barrierefreie Inhalte",
        "Erstellung dieser Erklärung",
        "Feedback und Kontaktangaben",
        "Durchsetzungsverfahren",
        "innerhalb von 42 Tagen (§ 6 HVBIT)",
        'href="/barriere-melden/"',
        "Regierungspräsidium Gießen",
    ):
        assert part in said, part


@pytest.mark.parametrize("code", laender.LAENDER)
def test_what_was_not_verified_is_asked_for_instead_of_asserted(code: str) -> None:
    land = laender.profile(code)
    parts = {part.key: part for part in KINDS["accessibility"].make(facts(land=land))}
    rows = parts["enforcement-to"].value
    for name, _label, value in land.enforcement.rows:
        found = next(row["value"] for row in rows if value in row["value"])
        assert (GAP in found) == (f"enforcement.{name}" in land.unverified), name
    if "enforcement.contact" in land.unverified:
        assert any("nicht geprüft" in row["value"] for row in rows)


def test_nothing_is_translated_by_a_program() -> None:
    for key in ("easy", "sign"):
        parts = KINDS[key].make(facts())
        texts = [part for part in parts if part.kind == "text" and "melden" not in part.value]
        assert texts
        assert all(GAP in part.value for part in texts)


def test_facts_that_change_are_named() -> None:
    kind, before = KINDS["privacy"], facts()
    after = dataclasses.replace(before, phone="069 90009 200", purposes=(), networks=("Mastodon",))
    one, two = known(kind, before), known(kind, after)
    changed = {label for label in {*one, *two} if one.get(label) != two.get(label)}
    assert changed == {"Telefon", "Verarbeitung „Newsletter“", "Soziale Netzwerke"}
    assert known(KINDS["imprint"], before) != known(KINDS["imprint"], after)
    assert known(KINDS["cookies"], before) == known(KINDS["cookies"], after)


def test_html_of_parts_is_plain() -> None:
    for kind in KINDS.values():
        for part in kind.make(facts()):
            if part.kind == "text":
                assert set(re.findall(r"<(\w+)", part.value)) <= {"p", "ul", "li", "b", "a"}
