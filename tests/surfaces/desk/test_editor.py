"""The editor of the CMS as a page of the desk: its head, its one button, its fields."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, StandardPage, TownImage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_deciding import hand_in
from tests.surfaces.desk.test_writing import form


def test_the_editor_has_the_head_of_the_desk_and_nothing_of_the_cms(people: Cast, page: MessagePage) -> None:
    ada, overview = as_(people.ada), reverse("desk_home")
    desk = ada.get(overview).content.decode()
    head = desk[desk.index('<nav aria-label="Redaktionsbereich">') : desk.index("</nav>")]
    entries = [part.split('"')[0] for part in head.split('href="')[1:]]
    assert reverse("desk_messages") in entries
    assert reverse("desk_pictures") in entries  # was an entry of the CMS's own menu
    news = NewsIndexPage.objects.get()
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:add", args=["website", "messagepage", news.pk]),
        reverse("desk_pictures"),
    ):
        shown = ada.get(address).content.decode()
        assert all(f'href="{entry}"' in shown for entry in entries), address
        for foreign in ("data-wagtail-sidebar", "wagtail-sidebar-props", "data-side-panel-toggle"):
            assert foreign not in shown, (address, foreign)


def test_how_it_stands_with_the_message_is_asked_once(people: Cast, page: MessagePage) -> None:
    ada, address = as_(people.ada), reverse("wagtailadmin_pages:edit", args=[page.pk])
    hand_in(ada, page)
    with CaptureQueriesContext(connection) as asked:
        shown = ada.get(address).content.decode()
    assert "Zur Freigabe" in shown  # it is said in the head
    of_requests = [one["sql"] for one in asked if 'FROM "publishing_releaserequest"' in one["sql"]]
    assert len(of_requests) == 1


def test_the_way_back_leads_to_the_list_the_page_stands_in(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    message = ada.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'<a href="{reverse("desk_messages")}">Zurück zu den Meldungen</a>' in message
    kept = HomePage.objects.get().add_child(
        instance=StandardPage(title="Impressum", slug="impressum", live=False)
    )
    other = ada.get(reverse("wagtailadmin_pages:edit", args=[kept.pk])).content.decode()
    assert f'<a href="{reverse("desk_pages")}">Zurück zu den Seiten</a>' in other
    assert "Zurück zu den Meldungen" not in other


def test_one_button_names_the_step_that_follows_one_stays(people: Cast, page: MessagePage) -> None:
    ada, home, news = as_(people.ada), HomePage.objects.get(), NewsIndexPage.objects.get()
    for address, label in (
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), "Speichern und Kanäle wählen"),
        (
            reverse("wagtailadmin_pages:add", args=["website", "messagepage", news.pk]),
            "Speichern und Kanäle wählen",
        ),
        (
            reverse("wagtailadmin_pages:add", args=["website", "standardpage", home.pk]),
            "Speichern und Vorschau ansehen",
        ),
        (reverse("wagtailadmin_pages:edit", args=[home.pk]), "Speichern und Vorschau ansehen"),
    ):
        shown = ada.get(address).content.decode()
        footer = shown[shown.index("<footer") : shown.index("</footer>")]
        assert footer.count('type="submit"') == 2, address
        assert label in footer
        assert ">Speichern</button>" in footer


def test_nothing_suggests_publishing_or_a_schedule_of_the_cms(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    shown = ada.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for foreign in ('role="tab"', 'name="go_live_at"', 'name="expire_at"', 'name="show_in_menus"'):
        assert foreign not in shown.content.decode()
    assert "Veröffentlichung" not in words(shown)
    for kept in ('name="slug"', 'name="valid_from"', 'name="valid_until"', 'name="title"'):
        assert kept in shown.content.decode()


def test_what_nobody_has_written_yet_is_no_mistake(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    new = reverse("desk_check_new", args=["website", "messagepage", NewsIndexPage.objects.get().pk])
    empty = ada.post(new, form(title="", slug="", teaser="", **{"body-count": "0"})).content.decode()
    assert "Für die Freigabe noch nötig" in empty
    for place in ("Überschrift", "Vorspann", "Text"):
        assert f">{place}</a>" in empty
    assert "checks__head--error" not in empty
    assert "checks__list--error" not in empty
    wrong = ada.post(
        new, form(teaser="Am Montag, 24. November 2026, wird gesperrt.", slug="sperrung")
    ).content.decode()
    assert "noch nötig" not in wrong
    half = ada.post(new, form(teaser="", title="Lesung", slug="lesung")).content.decode()
    assert ">Vorspann</a>" in half
    assert ">Überschrift</a>" not in half


def _picture(title: str, colour: str) -> TownImage:
    drawn = io.BytesIO()
    Image.new("RGB", (800, 450), colour).save(drawn, "JPEG")
    made: TownImage = TownImage.objects.create(
        title=title, file=ContentFile(drawn.getvalue(), f"{title}.jpg")
    )
    return made


def test_a_picture_without_words_is_named_once_with_the_channels_it_concerns(
    people: Cast, page: MessagePage
) -> None:
    for key, label in (("newsletter", "Stadtpost"), ("mastodon", "Rathaus auf Mastodon")):
        publishing.ChannelAccount.objects.create(
            key=key, channel=key, label=label, config={"list": "neues", "server": "https://social.example"}
        )
    page.hero_image = _picture("bruecke", "#226622")
    page.body = [
        ("text", "<p>Die Umleitung ist ausgeschildert.</p>"),
        ("picture", {"image": _picture("baustelle", "#884422"), "alt": "", "decorative": False}),
    ]
    page.save_revision(user=people.ada)
    on = {"on-newsletter": "1", "on-mastodon": "1"}
    ada, step = as_(people.ada), reverse("desk_channels_step", args=[page.uuid])
    shown = words(ada.post(step, {"do": "preview", **on}))
    assert shown.count("keinen Alternativtext") == 2  # two pictures
    assert shown.count("Betrifft außer der Website: Rathaus auf Mastodon, Stadtpost.") == 2
    assert "Das Titelbild hat keinen Alternativtext" in shown
    alone = words(ada.post(step, {"do": "preview", "on-newsletter": "1"}))
    assert alone.count("Betrifft außer der Website: Stadtpost.") == 2
    page.hero_alt = "Die gesperrte Brücke von Süden"
    page.save_revision(user=people.ada)
    better = words(ada.post(step, {"do": "preview", **on}))
    assert better.count("keinen Alternativtext") == 1
    assert "Das Titelbild hat keinen Alternativtext" not in better
    page.hero_alt, page.hero_decorative = "", True
    page.save_revision(user=people.ada)
    mere = words(ada.post(step, {"do": "preview", **on}))
    assert mere.count("keinen Alternativtext") == 1
    assert "Das Titelbild hat keinen Alternativtext" not in mere


def test_what_a_channel_says_of_itself_stands_under_its_name(people: Cast, page: MessagePage) -> None:
    step = reverse("desk_channels_step", args=[page.uuid])
    shown = as_(people.ada).post(step, {"do": "preview", "on-paper": "1", "text-paper": "ä" * 501})
    assert '<a href="#kanal-paper">Papier</a>: Der Text ist zu lang.' in shown.content.decode()


@pytest.mark.parametrize("kind", ["external_link", "email_link", "phone_link", "anchor_link"])
def test_the_dialogs_for_links_speak_german(people: Cast, page: MessagePage, kind: str) -> None:
    shown = as_(people.ada).get(reverse(f"wagtailadmin_choose_page_{kind}")).json()["html"]
    assert "Text des Links" in shown
    for english in ("Link text", "Email address", "Phone number", "Subject", "Body"):
        assert english not in shown


def test_the_page_chooser_names_the_website(people: Cast, page: MessagePage) -> None:
    shown = as_(people.ada).get(reverse("wagtailadmin_choose_page")).json()["html"]
    assert "Website" in shown
    assert "Root" not in shown


def test_the_page_chooser_calls_nothing_a_draft(people: Cast, page: MessagePage) -> None:
    """The CMS takes what is released for a draft, see `dialogs.leave_out_states`."""
    shown = as_(people.ada).get(reverse("wagtailadmin_choose_page")).json()["html"]
    assert "<th" in shown
    assert "Entwurf" not in shown
    assert "w-status" not in shown


def test_what_stops_saving_is_named_with_a_way_to_it(people: Cast, page: MessagePage) -> None:
    news = NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["website", "messagepage", news.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for address in (add, edit):
        shown = as_(people.ada).post(address, form(seo_title="x" * 121)).content.decode()
        assert 'Bitte ändern Sie: <a href="#id_seo_title">Titel in Suchmaschinen</a>.' in shown
    assert "Bitte ändern Sie" not in as_(people.ada).post(edit, form(), follow=True).content.decode()


def test_the_same_title_again_gets_an_address_of_its_own(people: Cast, page: MessagePage) -> None:
    ada, news = as_(people.ada), NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["website", "messagepage", news.pk])
    for _ in range(2):
        assert ada.post(add, form(title="Mühlstraße gesperrt", slug="muehlstrasse")).status_code == 302
    made = MessagePage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(made) == ["muehlstrasse", "muehlstrasse-2", "muehlstrasse-3"]
    second = MessagePage.objects.get(slug="muehlstrasse-2")
    edit = reverse("wagtailadmin_pages:edit", args=[second.pk])
    assert ada.post(edit, form(title="Noch einmal", slug="muehlstrasse-2")).status_code == 302
    second.refresh_from_db()
    assert second.slug == "muehlstrasse-2"  # its own is not taken
    MessagePage.objects.filter(pk=second.pk).update(live=True)
    refused = ada.post(
        edit, form(slug="muehlstrasse-3")
    )  # an address the public knows is not changed in silence
    assert refused.status_code == 200
    assert "bereits verwendet" in words(refused)


def _edit(page: MessagePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _saved(page: MessagePage) -> MessagePage:
    found: MessagePage = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def _by_itself(client: Client, page: MessagePage, **values: str) -> Any:
    """As the editor's script sends it."""
    return client.post(_edit(page), form(**values), headers={"accept": "application/json"})


def test_what_saves_itself_never_ends_a_release(people: Cast, page: MessagePage) -> None:
    """Not even from a window that was opened when it was a draft. The press on save does, and the form says so before."""
    ada, autosaves = as_(people.ada), "w-autosave#save"
    assert autosaves in ada.get(_edit(page)).content.decode()
    row = hand_in(ada, page, wish="2099-03-05T10:00")
    assert (
        autosaves in ada.get(_edit(page)).content.decode()
    )  # what is laid before the municipality stays as it is
    assert _by_itself(ada, page).status_code == 200
    assert publishing.status(page.object_key).state == "submitted"
    typed = {"when": "wish", "digest": row.snapshot_id}
    as_(people.freya).post(reverse("desk_release", args=[row.pk]), typed)
    assert publishing.status(page.object_key).state == "scheduled"
    shown = ada.get(_edit(page)).content.decode()
    assert autosaves not in shown
    assert "endet die Freigabe" in shown
    answer = _by_itself(ada, page, teaser="Die Straße ist wieder frei.")
    assert answer.status_code == 400
    assert "endet die Freigabe" in answer.content.decode()
    assert publishing.status(page.object_key).state == "scheduled"
    ada.post(_edit(page), form(teaser="Die Straße ist wieder frei."))
    assert publishing.status(page.object_key).state == "draft"


@pytest.mark.parametrize("back", ["send_back", "refuse"])
def test_what_came_back_saves_itself_as_a_draft_does(people: Cast, page: MessagePage, back: str) -> None:
    ada = as_(people.ada)
    row = hand_in(ada, page)
    as_(people.freya).post(
        reverse(f"desk_{back}", args=[row.pk]), {"reason": "Bitte kürzer.", "refusal": "Bitte kürzer."}
    )
    assert publishing.status(page.object_key).state in {"returned", "refused"}
    assert "w-autosave#save" in ada.get(_edit(page)).content.decode()
    assert _by_itself(ada, page, teaser="Die Straße ist zu.").status_code == 200
    assert _saved(page).teaser == "Die Straße ist zu."


def test_save_stays_in_the_form_or_goes_on(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    stays = ada.post(_edit(page), form(teaser="Die Straße ist zu.", stay="1"), follow=True)
    assert stays.redirect_chain == [(_edit(page), 302)]
    assert "Gespeichert." in words(stays)
    assert "aktualisiert" not in words(stays)
    assert _saved(page).teaser == "Die Straße ist zu."
    goes_on = ada.post(_edit(page), form())
    assert goes_on.headers["Location"] == reverse("desk_channels_step", args=[page.uuid])


def test_fields_ask_in_words_and_a_day_has_a_picker(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    shown = ada.get(_edit(page)).content.decode()
    assert "Bitte wählen</option>" in shown
    assert "---------" not in shown
    assert 'name="dated"' not in shown  # only what was taken over has it
    page.dated = date(2024, 3, 1)
    page.save_revision(user=people.ada)
    page.save()
    old = ada.get(_edit(page)).content.decode()
    field = old[old.index('name="dated"') - 40 :][:160]
    assert 'type="date"' in field
    assert 'value="2024-03-01"' in field
