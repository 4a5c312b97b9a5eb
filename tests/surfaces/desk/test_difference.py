"""Nothing is released that the comparison does not show: the basket rests on it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing
from stadtnah.publishing import checks
from stadtnah.publishing.content import Block, Content, Picture
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk.difference import changes
from stadtnah.surfaces.desk.difference_rest import WORDS, rest
from stadtnah.surfaces.website.models import MessagePage, ReleasedPage
from tests.factories.channels import Paper
from tests.factories.messages import content, context
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_deciding import hand_in, release

PHOTO = Picture("a" * 64, "image/jpeg", 10, 10, alt="Ein Bagger")


def text(html: str) -> Block:
    return Block("text", html=html)


BASE = content(
    blocks=(
        text('<p><a href="https://amt.example/">Hier</a> geht es weiter.</p>'),
        Block("picture", picture=replace(PHOTO, sha256="b" * 64)),
        Block("callout", title="Achtung", html="<p>Sperrung</p>", style="warning"),
    ),
    hero=PHOTO,
    valid_from="2026-01-01T10:00",
    dated="2026-01-01",
    extra={"kind": "page", "menu": "main", "menu_order": 10, "details": [["cost", "Gebühr", "5 Euro"]]},
)


def blocks(at: int, block: Block) -> dict[str, Any]:
    return {"blocks": (*BASE.blocks[:at], block, *BASE.blocks[at + 1 :])}


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (blocks(0, text('<p><a href="https://boese.example/">Hier</a> geht es weiter.</p>')), "Text"),
        (
            blocks(0, text('<h3><a href="https://amt.example/">Hier</a> geht es weiter.</h3>')),
            "Auszeichnung",
        ),
        (
            blocks(1, Block("picture", picture=replace(PHOTO, sha256="b" * 64, caption="Unwahres"))),
            "Bilder",
        ),
        (blocks(2, replace(BASE.blocks[2], style="danger")), "Text"),
        ({"blocks": (BASE.blocks[1], BASE.blocks[0], BASE.blocks[2])}, "Aufbau"),
        ({"hero": replace(PHOTO, credit="Foto: jemand anders")}, "Titelbild"),
        ({"hero": replace(PHOTO, focal_x=0.1, focal_y=0.2)}, "Titelbild"),
        ({"hero": replace(PHOTO, decorative=True, alt="")}, "Titelbild"),
        ({"language": "en"}, "Sprache"),
        ({"dated": "2020-01-01"}, "Datum"),
        ({"valid_from": "2027-01-01T10:00"}, "Gültig"),
        ({"extra": {**BASE.extra, "menu": ""}}, "Menü"),
        ({"extra": {**BASE.extra, "details": [["cost", "Gebühr", "50 Euro"]]}}, "Gebühr"),
        ({"extra": {**BASE.extra, "details": [["duration", "Gebühr", "5 Euro"]]}}, "Weitere Angaben"),
        ({"category": "verkehr"}, "Weitere Angaben"),
    ],
)
def test_every_change_is_shown(change: dict[str, Any], label: str) -> None:
    found = changes(BASE, replace(BASE, **change))
    assert found
    assert label in [one.label for one in found]
    assert any(piece.kind != "same" for one in found for piece in one.pieces)


NOTICE = {
    "kind": "home",
    "notice_title": "Achtung",
    "notice_html": '<p>Bitte <a href="https://boese.example/login">hier</a> anmelden, Konto DE89370400440532013000.</p>',
    "quick_links": [{"label": "Zahlen", "text": "Bitte ergänzen: Betrag", "href": "http://127.0.0.1/"}],
    "sections": [{"kind": "services", "heading": "Oft gefragt", "pages": []}, {"kind": "welcome"}],
    "details": [["online", "Online erledigen", "/gibt-es-nicht/"], ["phone", "Telefon", ""]],
}


def test_notice_and_quick_links_are_named_beside_another_change() -> None:
    before = content(extra={"kind": "home", "notice_title": "", "notice_html": "", "quick_links": []})
    found = changes(before, replace(before, teaser="Herzlich willkommen.", extra=NOTICE)) or []
    said = {one.label: " ".join(piece.text for piece in one.pieces) for one in found}
    assert "boese.example" in said["Wichtiger Hinweis"]
    assert "http://127.0.0.1/" in said["Schnell erledigt"]
    assert "Vorspann" in said


def test_the_wording_has_them_with_their_targets() -> None:
    places = {place.code: place.text for place in publishing.places(content(extra=NOTICE))}
    assert "hier (https://boese.example/login)" in places["notice"]
    assert "Zahlen (http://127.0.0.1/)" in places["links"]
    assert (
        places["details"] == "Online erledigen (/gibt-es-nicht/)\nÜberschrift auf der Startseite: Oft gefragt"
    )
    assert not {"notice", "links", "details"} & {place.code for place in publishing.places(content())}


def test_the_checks_read_them_and_say_where() -> None:
    there = replace(context(), link_exists=lambda path: path != "/gibt-es-nicht/")
    found = {(one.code, one.where) for one in checks.run(content(extra=NOTICE), there)}
    wanted = {
        ("iban-private", "notice"),
        ("link-text-vague", "notice"),
        ("link-insecure", "links"),
        ("gap-left", "links"),
        ("link-dead", "details"),
    }
    assert wanted <= found
    assert not {code for code, _where in wanted} & {one.code for one in checks.run(content(), there)}


@pytest.mark.parametrize("value", ["Redakteur:in", "Mieter:innen", "Mo:8", "a:b"])
def test_a_word_with_a_colon_is_no_address(value: str) -> None:
    said = content(extra={"kind": "page", "details": [["role", "Funktion", value]]})
    places = {place.code: place.text for place in publishing.places(said)}
    assert places["details"] == f"Funktion: {value}"
    assert "link-scheme" not in {one.code for one in checks.run(said, context())}


@pytest.mark.parametrize(
    "value",
    [
        *("https://amt.example/", "mailto:amt@stadt.example", "tel:+4969123", "/amt/"),
        *("ftp://alt.example/", "javascript:alert(1)", "DATA:text/html,x"),
    ],
)
def test_control_an_address_is_one(value: str) -> None:
    said = content(extra={"kind": "page", "details": [["online", "Online", value]]})
    places = {place.code: place.text for place in publishing.places(said)}
    assert places["details"] == f"Online ({value})"
    scheme = "link-scheme" in {one.code for one in checks.run(said, context())}
    assert scheme == value.startswith(("ftp:", "javascript:", "DATA:"))


def test_a_film_with_a_picture_is_compared_in_its_words_too() -> None:
    film = Block("video", title="Film", picture=PHOTO, html='<p><a href="https://film.example/">Film</a></p>')
    other = replace(film, html='<p><a href="https://boese.example/">Film</a></p>')
    found = changes(content(blocks=(film,)), content(title="Neu", blocks=(other,))) or []
    assert "boese.example" in " ".join(piece.text for one in found for piece in one.pieces)


@pytest.mark.django_db
def test_a_page_that_is_meant_by_its_key_is_named() -> None:
    key = "message:00000000-0000-4000-8000-000000000009"
    now = clock.now()
    ReleasedPage.objects.create(
        object_key=key,
        kind="message",
        path="/aktuelles/2026/fest/",
        content={"title": "Ein Fest"},
        version=1,
        sorted_by=now,
        first_released_at=now,
        updated_at=now,
    )
    before = content(extra={"kind": "home", "featured": ""})
    found = changes(before, replace(before, extra={"kind": "home", "featured": key})) or []
    assert [(one.label, one.pieces[-1].text) for one in found] == [
        ("Aufmacher", "Ein Fest (/aktuelles/2026/fest/)")
    ]


def test_the_same_is_no_change() -> None:
    assert changes(BASE, Content.from_json(BASE.to_json())) == []


def test_where_a_link_leads_stands_behind_its_words_unless_they_say_it() -> None:
    shown = publishing.block_text(
        text('<p><a href="/amt/?a=1&amp;b=2">Amt</a>, <a href="mailto:a@b.example">a@b.example</a></p>')
    )
    assert shown == "Amt (/amt/?a=1&b=2), a@b.example"


def saved(client: Client, page: MessagePage, *, by_itself: bool, **fields: str) -> HttpResponse:
    """What the editor posts: `by_itself` while somebody writes, else on the button."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one(
        "#page-edit-form, form[data-edit-form]"
    )
    assert form is not None
    typed = {
        str(one["name"]): one.text if one.name == "textarea" else str(one.get("value", ""))
        for one in form.select("input[name], textarea[name]")
        if one.get("type") != "checkbox"
    }
    words = {"blocks": [{"key": "a", "text": "Die Straße ist zu.", "type": "unstyled", "depth": 0}]}
    for block in words["blocks"]:
        block |= {"inlineStyleRanges": [], "entityRanges": []}
    body = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "text", "0-id": ""}
    typed |= {f"body-{name}": value for name, value in body.items()}
    typed["body-0-value"] = json.dumps({**words, "entityMap": {}})
    headers = {"accept": "application/json"} if by_itself else {}
    return client.post(address, {**typed, "language": "de", **fields}, headers=headers)


def test_the_editor_saving_over_its_own_revision_is_an_edit(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    agency = as_(people.agnes)
    assert saved(agency, page, by_itself=True).status_code == 200
    row = hand_in(agency, page, wish="2030-01-02T09:00")
    number = str(Revision.objects.for_instance(page).latest("pk").pk)
    release(as_(people.freya), row)
    assert publishing.status(page.object_key).state == "scheduled"
    typed = {"title": "Ganz anders", "overwrite_revision_id": number}
    refused = saved(agency, page, by_itself=True, **typed)
    assert (refused.status_code, refused.json()["error_code"]) == (400, "locked")
    assert publishing.status(page.object_key).state == "scheduled"
    assert saved(agency, page, by_itself=False, **typed).status_code == 302
    assert str(Revision.objects.for_instance(page).latest("pk").pk) == number
    assert publishing.status(page.object_key).state == "draft"


def test_a_word_said_a_thousand_times_keeps_nobody_waiting() -> None:
    """Compared word by word it would never end within pytest's limit; a changed word in a long text is still seen."""

    def compared(old: str, new: str) -> list[tuple[str, str]]:
        before, after = (
            replace(content(), blocks=(Block("text", html=f"<p>{text}</p>"),)) for text in (old, new)
        )
        (change,) = [one for one in changes(before, after) or [] if one.label == "Text"]
        return [(piece.kind, piece.text) for piece in change.pieces]

    assert [kind for kind, _text in compared("nein " * 2_500, "nein ja " * 1_250)] == ["gone", "new"]
    long = " ".join(f"Wort{number % 700}" for number in range(20_000))
    found = compared(f"{long} alt {long}", f"{long} neu {long}")
    assert [piece for piece in found if piece[0] != "same"] == [("gone", "alt"), ("new", "neu")]


def test_what_an_event_says_to_programs_is_read_in_german_and_nothing_of_it_is_hidden() -> None:
    def told(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, str]:
        pair = [replace(BASE, extra={**BASE.extra, "event": one}) for one in (before, after)]
        ((_label, was, now),) = [row for row in rest(*pair) if row[0] == WORDS["event"]]
        return was, now

    planned = {"start": "2026-12-18T19:30:00", "status": "EventScheduled", "access": ["wheelchair"]}
    off = {**planned, "status": "EventCancelled"}
    assert told(planned, off) == ("findet statt", "fällt aus"), "nothing that is as it was"
    assert told(planned, {**off, "start": "2026-12-19T19:30:00", "access": []}) == (
        "Freitag, 18. Dezember 2026, 19:30 Uhr, findet statt, mit dem Rollstuhl zugänglich",
        "Samstag, 19. Dezember 2026, 19:30 Uhr, fällt aus",
    )
    was, now = told({"title": "quiet"}, {"title": events.access_word(events.Access.QUIET)})
    assert was != now
    was, now = told({"title": "2026-13-45T99:99"}, {"title": "anders"})
    assert was == "2026-13-45T99:99"
