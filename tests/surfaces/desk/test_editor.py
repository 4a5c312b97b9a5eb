"""The editor of the CMS as a page of the desk: its head, its one button, its fields."""

from __future__ import annotations

from django.urls import reverse

from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, StandardPage
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words


def test_the_editor_has_the_head_of_the_desk_and_nothing_of_the_cms(people: Cast, page: MessagePage) -> None:
    ada, overview = as_(people.ada), reverse("desk_home")
    desk = ada.get(overview).content.decode()
    head = desk[desk.index('<nav aria-label="Redaktionsbereich">') : desk.index("</nav>")]
    entries = [part.split('"')[0] for part in head.split('href="')[1:]]
    assert reverse("desk_messages") in entries
    assert reverse("wagtailimages:index") in entries  # was an entry of the CMS's own menu
    news = NewsIndexPage.objects.get()
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:add", args=["website", "messagepage", news.pk]),
        reverse("wagtailimages:index"),
    ):
        shown = ada.get(address).content.decode()
        assert all(f'href="{entry}"' in shown for entry in entries), address
        for foreign in ("data-wagtail-sidebar", "wagtail-sidebar-props", "data-side-panel-toggle"):
            assert foreign not in shown, (address, foreign)


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


def test_the_one_button_names_the_step_that_follows(people: Cast, page: MessagePage) -> None:
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
        assert footer.count('type="submit"') == 1, address
        assert label in footer


def test_nothing_suggests_publishing_or_a_schedule_of_the_cms(people: Cast, page: MessagePage) -> None:
    ada = as_(people.ada)
    shown = ada.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for foreign in ('role="tab"', 'name="go_live_at"', 'name="expire_at"', 'name="seo_title"'):
        assert foreign not in shown.content.decode()
    assert "Veröffentlichung" not in words(shown)
    for kept in ('name="slug"', 'name="valid_from"', 'name="valid_until"', 'name="title"'):
        assert kept in shown.content.decode()
