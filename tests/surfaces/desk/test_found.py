"""A finding leads to the field it is about, and calls it what the form calls it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from stadtnah.publishing import api as publishing
from stadtnah.publishing.findings import Level, error
from stadtnah.surfaces.desk import found
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import HomePage, MessagePage, ServiceIndexPage, ServicePage
from stadtnah.surfaces.website.pagetypes.models import ProjectPage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_writing import form


def test_a_remark_on_hashtags_leads_to_their_field(people: Cast, page: MessagePage) -> None:
    address = reverse("desk_check_page", args=[page.pk])
    shown = as_(people.ada).post(address, form(hashtags="eins zwei drei vier fünf")).content.decode()
    assert '<a href="#id_hashtags"' in shown
    assert "Schlagworte</a>" in shown


GAP = "Bitte ergänzen: Monat"


def said(work: Any, code: str) -> list[tuple[str, str, str]]:
    """Place, field and words of the findings with this code, as the desk shows them."""
    content = work.content()
    findings = publishing.findings_of(content, publishing.compose_draft(content, {}), check_context())
    shown = found.by_level(findings, (), work, by=AnonymousUser())
    rows = [*shown["errors"], *shown["hints"]]
    return [(row["place"], row["field"], row["text"]) for row in rows if row["code"] == code]


def service(people: Cast, **values: Any) -> ServicePage:
    founding.lay_tree("Willkommen", site_name="Beispielau")
    made: ServicePage = founding.service_place().add_child(
        instance=ServicePage(title="Ausweis", slug="ausweis", teaser="Für alle.", live=False, **values)
    )
    return made


def test_words_beside_the_text_are_found_in_their_own_field(people: Cast) -> None:
    wrong = "Ab Montag, 1. Dezember 2026"  # a Tuesday
    work = service(people, fees=f"<p>{wrong}, 37 Euro.</p>", duration="Bitte ergänzen: Wochen")
    (of_fees,) = said(work, "date-weekday")
    assert of_fees[:2] == ("Kosten", "id_fees")
    (of_duration,) = said(work, "gap-left")
    assert of_duration[:2] == ("Bearbeitungsdauer", "id_duration")
    assert "Hier fehlt noch: Wochen." in of_duration[2]
    work.fees, work.body = "", [("text", f"<p>{wrong} gilt es.</p>")]
    assert [one[:2] for one in said(work, "date-weekday")] == [("Beschreibung", "body-count")]


def test_the_same_gap_in_several_fields_is_said_of_each(people: Cast) -> None:
    founding.lay_tree("Willkommen", site_name="Beispielau")
    steps = [("step", {"when": GAP, "what": f"Schritt {n}", "state": "planned"}) for n in (1, 2, 3)]
    work = HomePage.objects.get().add_child(
        instance=ProjectPage(title="Schule", slug="schule", teaser="Neubau.", steps=steps, live=False)
    )
    assert [one[:2] for one in said(work, "gap-left")] == [
        (f"Zeitplan, {n}. Schritt: Wann", f"steps-{n - 1}-value-when") for n in (1, 2, 3)
    ]


EMPTY = [
    ("accordion", [{"title": "Wann?", "text": "<p>Heute.</p>"}, {"title": "", "text": "<p>Hier.</p>"}],
     "Aufklapptexte, 2. Eintrag: „Frage oder Stichwort“", "body-0-value-1-value-title"),
    ("accordion", [{"title": "Wann?", "text": ""}], "Aufklapptexte, 1. Eintrag: „Antwort“", "body-0-value-0-value-text"),
    ("callout", {"title": "Achtung", "text": "", "level": ""}, "Hinweiskasten: „Text“", "body-0-value-text"),
    ("picture", {"image": None, "alt": "Rathaus"}, "Bild: „Bild“", "body-0-value-image"),
    ("gallery", [{"image": None, "alt": ""}], "Galerie, 1. Eintrag: „Bild“", "body-0-value-0-value-image"),
    ("download", [{"document": None, "title": "Plan"}],
     "Dateien zum Herunterladen, 1. Eintrag: „Datei“", "body-0-value-0-value-document"),
    ("heading", "", "Zwischenüberschrift", "body-0-value"),
    ("action", {"title": "", "text": "", "label": "Los", "page": None, "address": ""},
     "Aufruf mit Knopf: „oder Adresse“", "body-0-value-address"),
    ("video", {"title": "Film", "document": None, "captions": None, "transcript": "", "address": "", "poster": None},
     "Video: „oder Adresse bei einem Anbieter“", "body-0-value-address"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "named", "field"), EMPTY, ids=[f"{n}-{e[0]}" for n, e in enumerate(EMPTY)]
)
def test_a_block_without_what_it_needs_is_kept_and_not_submitted(
    people: Cast, page: MessagePage, kind: str, value: Any, named: str, field: str
) -> None:
    page.body = [(kind, value), ("text", "<p>Die Umleitung ist ausgeschildert.</p>")]
    page.save_revision(user=people.ada)  # a draft may be unfinished
    ((place, at, text),) = said(page, "part-missing")
    assert (place, at) == ("Text", field)
    assert named in text
    with pytest.raises(publishing.NotAccepted) as refused:
        publishing.submit(page.content(), {}, by=people.ada, context=check_context())
    assert "part-missing" in [one.code for one in refused.value.findings if one.level is Level.ERROR]


def test_a_block_with_all_it_needs_is_submitted(people: Cast, page: MessagePage) -> None:
    page.body = [
        ("accordion", [{"title": "Wann?", "text": "<p>Heute.</p>"}]),
        ("callout", {"title": "", "text": "<p>Achtung.</p>", "level": ""}),
        ("table", {"caption": "", "rows": "Tag | Zeit\nMontag | 8 Uhr"}),
        ("text", ""),
        (
            "action",
            {"title": "", "text": "", "label": "Los", "page": None, "address": "https://amt.example/"},
        ),
    ]
    assert said(page, "part-missing") == []
    assert "unfinished" not in page.content().extra
    assert publishing.submit(page.content(), {}, by=people.ada, context=check_context()).state == "open"


def test_the_editor_keeps_a_half_written_block_and_calls_it_still_needed(
    people: Cast, page: MessagePage
) -> None:
    half = {
        "body-0-type": "callout",
        "body-0-value-level": "",
        "body-0-value-title": "Achtung",
        "body-0-value-text": "null",
    }
    ada, typed = as_(people.ada), {k: v for k, v in form(**half).items() if k != "body-0-value"}
    saved = ada.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert saved.status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().body[0].value["title"] == "Achtung"
    shown = ada.post(reverse("desk_check_page", args=[page.pk]), typed).content.decode()
    needed = shown.partition("Für die Freigabe noch nötig")[2]
    assert re.search(r'<a href="#body-0-value-text">Text</a>: Hinweiskasten: „Text“ ist noch leer\.', needed)


def test_a_page_that_goes_to_the_website_only_is_not_sent(people: Cast, page: MessagePage) -> None:
    """The control is a message: it is sent, and stays one."""
    message = publishing.submit(page.content(), {}, by=people.ada, context=check_context())
    HomePage.objects.all()[0].add_child(instance=ServiceIndexPage(title="Dienste", slug="dienstleistungen"))
    place = ServiceIndexPage.objects.get()
    work = place.add_child(
        instance=ServicePage(
            title="Ausweis",
            slug="ausweis",
            teaser="Für alle.",
            body=[("text", "<p>Kommen Sie.</p>")],
            live=False,
        )
    )
    service_row = publishing.submit(work.content(), {}, by=people.ada, context=check_context())
    for row, verb, whole in (
        (message, "versenden", "Meldung als Ganzes"),
        (service_row, "veröffentlichen", "Das Ganze"),
    ):
        shown = as_(people.freya).get(reverse("desk_request", args=[row.pk])).content.decode()
        assert f"Jetzt freigeben und {verb}" in shown
        assert f"Freigeben und zu diesem Zeitpunkt {verb}" in shown
        assert whole in shown


def test_what_is_wrong_with_a_page_as_a_whole_is_said_of_the_page(people: Cast) -> None:
    whole = error("version-open", "message", "Noch nicht fertig.")
    assert found.by_level([whole], by=AnonymousUser())["errors"][0]["place"] == "Meldung"
    assert found.by_level([whole], (), service(people), by=AnonymousUser())["errors"][0]["place"] == "Seite"
