"""The municipality's own rules for its texts: whoever may set them sets them, and the next check goes by them."""

from __future__ import annotations

from typing import Any

import pytest

from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import checks
from stadtnah.publishing.checks import StyleGuide
from stadtnah.surfaces.website.checking import check_context
from tests.factories.messages import content
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words

URL = "/desk/stilregeln/"


def typed(**change: Any) -> dict[str, Any]:
    return {
        "address": "Sie",
        "citizens": "Bürgerinnen und Bürger",
        "preferred": "Event: Veranstaltung\n\n  Location :  Ort ",
        "forbidden": "zeitnah\nzeitnah",
        "districts": "Oberweiler",
        "first_hashtag": "#Beispielau",
        "max_hashtags": "2",
        "max_grade": "11",
        "rules": ["times_need_uhr"],
        "official_contacts": "01234 5678-0\nDE02120300000000202051",
    } | change


def remarks(text: str) -> set[str]:
    return {finding.code for finding in checks.run(content(title="Neues", teaser=text), check_context())}


@pytest.mark.parametrize("who", ["anton", "freya"])
def test_the_next_check_goes_by_the_new_rules(people: Cast, who: str) -> None:
    text = "Das Rathaus meldet sich zeitnah in Oberweiler!"
    assert {"word-forbidden", "district-without-ortsteil"}.isdisjoint(remarks(text))
    assert "exclamation-mark" in remarks(text)
    answer = as_(getattr(people, who)).post(URL, typed())
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert {"word-forbidden", "district-without-ortsteil"} <= remarks(text)
    assert "exclamation-mark" not in remarks(text)
    assert StyleGuide.from_json(Town.objects.get().guide) == StyleGuide(
        preferred={"Event": "Veranstaltung", "Location": "Ort"},
        forbidden=("zeitnah",),
        max_hashtags=2,
        first_hashtag="Beispielau",
        districts=("Oberweiler",),
        no_exclamation_marks=False,
        max_grade=11,
    )
    assert "DE02120300000000202051" in check_context().official_contacts


def test_the_form_shows_what_holds_and_saving_it_changes_nothing(people: Cast) -> None:
    anton = as_(people.anton)
    anton.post(URL, typed())
    shown = anton.get(URL).content.decode()
    assert "Event: Veranstaltung\nLocation: Ort</textarea>" in shown
    assert 'value="Beispielau"' in shown
    assert '<option value="11" selected>' in shown
    anton.post(URL, typed())
    entry = Entry.objects.get(event="guide.changed")
    assert {"forbidden", "max_grade", "official_contacts"} <= set(entry.data["fields"])
    assert "DE02" not in str(entry.data)


def test_every_rule_can_be_switched_off(people: Cast) -> None:
    nothing = dict.fromkeys(
        ("citizens", "preferred", "forbidden", "districts", "first_hashtag", "official_contacts"), ""
    )
    as_(people.anton).post(URL, typed(**nothing, max_grade="0", max_hashtags="30", rules=[]))
    assert check_context().guide == StyleGuide(
        citizens="", max_hashtags=30, max_grade=0, no_exclamation_marks=False, times_need_uhr=False
    )


WRONG = {
    "address": ("Er", "„Sie“ oder „du“"),
    "citizens": ("B" * 81, "möglich sind 80 Zeichen"),
    "preferred": ("Event Veranstaltung", "fehlt das bessere Wort"),
    "forbidden": ("\n".join(map(str, range(301))), "300 Zeilen"),
    "districts": ("O" * 81, "höchstens 80 Zeichen"),
    "first_hashtag": ("zwei Wörter", "nur Buchstaben"),
    "max_hashtags": ("-1", "von 0 bis 30"),
    "max_grade": ("¹²", "aus der Liste"),
}


@pytest.mark.parametrize("field", sorted(WRONG))
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(people: Cast, field: str) -> None:
    value, said = WRONG[field]
    answer = as_(people.anton).post(URL, typed(**{"official_contacts": "0999 12-0", field: value}))
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'href="#id_{field}"' in answer.content.decode()
    assert "0999 12-0" in answer.content.decode()
    assert not Entry.objects.filter(event="guide.changed").exists()
    assert "0999 12-0" not in check_context().official_contacts


@pytest.mark.parametrize("who", ["agnes", "viktor", "ada", "clara", "doris"])
def test_nobody_else_changes_the_rules(people: Cast, who: str) -> None:
    assert as_(getattr(people, who)).post(URL, typed()).status_code in {403, 404}
    assert not Town.objects.filter(guide__max_grade=11).exists()
