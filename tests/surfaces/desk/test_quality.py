"""The desk's reports on the quality of the content: who sees what, and the way to the place that is to be changed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from stadtnah.kernel.audit.models import Entry
from stadtnah.surfaces.website import bake, publish
from stadtnah.surfaces.website.models import HomePage, MessagePage, StandardPage
from stadtnah.surfaces.website.quality import asking, reading, reviews, rules
from stadtnah.surfaces.website.quality.models import Review
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words

LINKS, SETTINGS = "/desk/qualitaet/", "/desk/qualitaet/einstellungen/"
REVIEWS = "/desk/qualitaet/aktualitaet/"


def write(page: MessagePage, by: Any, html: str) -> None:
    draft: Any = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = [("text", html)]
    draft.save_revision(user=by)


def release(page: MessagePage, number: int) -> None:
    draft: Any = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    publish.put_live(draft.content(), f"{number:064}")
    bake.bake_all()


def test_an_empty_website_says_what_will_stand_here(people: Cast) -> None:
    assert "Noch keine Links" in words(as_(people.ada).get(LINKS))


def test_from_a_dead_link_to_its_repair(page: MessagePage, people: Cast) -> None:
    ada = as_(people.ada)
    write(
        page, people.ada, '<p><a href="/nie/">Antrag auf Wohngeld</a> und <a href="/aktuelles/">Neues</a></p>'
    )
    answer = ada.get(LINKS)
    assert "„Antrag auf Wohngeld“ Diese Seite gibt es nicht." in words(answer)
    assert "Steht nur im Entwurf" in words(answer)
    assert f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#body-count" in answer.content.decode()
    release(page, 1)
    assert "Steht auf der Website" in words(ada.get(LINKS))
    write(page, people.ada, '<p><a href="/aktuelles/">Neues</a></p>')
    assert "Steht auf der Website; im Entwurf schon behoben" in words(ada.get(LINKS))
    release(page, 2)
    assert "Alle Links führen zum Ziel" in words(ada.get(LINKS))


def test_both_sides_are_said_once(page: MessagePage, people: Cast) -> None:
    write(page, people.ada, '<p><a href="/nie/">Antrag</a></p>')
    release(page, 1)
    write(page, people.ada, '<p>Neu: <a href="/nie/">Antrag</a></p>')
    said = words(as_(people.ada).get(LINKS))
    assert said.count("Diese Seite gibt es nicht.") == 1
    assert "auf der Website und im Entwurf" in said


def test_the_agency_sees_it_and_who_only_reads_gets_no_way_to_the_editor(
    page: MessagePage, people: Cast
) -> None:
    write(page, people.ada, '<p><a href="/nie/">Antrag</a></p>')
    for who in (people.agnes, people.ada):
        assert ">Bearbeiten<" in as_(who).get(LINKS).content.decode()
    seen = as_(people.clara).get(LINKS).content.decode()
    assert "Diese Seite gibt es nicht." in seen
    assert ">Bearbeiten<" not in seen
    assert as_(people.aaron).get(LINKS).status_code in {302, 403}


def test_it_is_searched_and_paged(page: MessagePage, people: Cast) -> None:
    write(page, people.ada, '<p><a href="/nie/">Antrag</a></p>')
    ada = as_(people.ada)
    assert "Mühlstraße" in words(ada.get(LINKS, {"q": "mühlstr"}))
    assert "Nichts gefunden" in words(ada.get(LINKS, {"q": "Wohngeld"}))
    assert ada.get(LINKS, {"seite": "99"}).status_code == 200


def test_the_screen_needs_as_many_queries_for_many_as_for_few(page: MessagePage, people: Cast) -> None:
    ada = as_(people.ada)

    def queries() -> int:
        ada.get(LINKS)
        with CaptureQueriesContext(connection) as seen:
            ada.get(LINKS)
        return len(seen)

    write(page, people.ada, '<p><a href="/nie/">Antrag</a></p>')
    few = queries()
    for number in range(12):
        more = page.get_parent().add_child(
            instance=MessagePage(title=f"Neues {number}", slug=f"n-{number}", live=False)
        )
        write(more, people.ada, f'<p><a href="/nie/{number}/">Antrag</a></p>')
    assert queries() == few
    assert len(re.findall("Diese Seite gibt es nicht", ada.get(LINKS).content.decode())) == 13


def test_the_municipality_switches_the_questions_off_and_nobody_else(people: Cast) -> None:
    assert as_(people.agnes).post(SETTINGS, {}).status_code == 403
    assert as_(people.freya).get(SETTINGS).status_code == 403
    anton = as_(people.anton)
    assert "checked" in anton.get(SETTINGS).content.decode()
    assert asking.on()
    anton.post(SETTINGS, {})
    assert not rules.now().ask_others
    assert not asking.on()
    assert "werden hier nicht geprüft" in words(anton.get(LINKS))
    anton.post(SETTINGS, {"ask_others": "1"})
    anton.post(SETTINGS, {"ask_others": "1"})
    assert rules.now().ask_others
    assert Entry.objects.filter(event="quality.rules").count() == 2


def aged(by: Any) -> str:
    """A public page, saved last by this person; its key."""
    root = Page.get_first_root_node()
    home = root.get_children().first() or root.add_child(instance=HomePage(title="Start", slug="start"))
    made = home.add_child(instance=StandardPage(title="Wohngeld", slug="wohngeld", live=False))
    made.save_revision(user=by)
    content = made.get_latest_revision_as_object().content()
    publish.put_live(content, "a" * 64)
    bake.bake_all()
    reading.catch_up(20)
    return str(content.object_key)


def test_a_page_is_looked_at_and_its_next_day_chosen(people: Cast) -> None:
    key, ada = aged(people.agnes), as_(people.ada)
    assert "Nichts zu prüfen" in words(ada.get(REVIEWS))
    assert "Wohngeld" in words(ada.get(REVIEWS, {"q": "wohn"}))
    soon = (reviews.today() + timedelta(days=3)).isoformat()
    ada.post(f"{REVIEWS}{key}/", {"do": "choose", "day": soon})
    seen = words(ada.get(REVIEWS))
    assert "Wohngeld" in seen
    assert "zuständig: Agnes" in seen
    Review.objects.update(due_on=reviews.today() - timedelta(days=1))
    assert "Zu prüfen seit" in words(ada.get(REVIEWS))
    answer = ada.post(f"{REVIEWS}{key}/", {"do": "checked", "q": "wohn"}, follow=True)
    assert "Die nächste Prüfung ist am" in words(answer)
    assert "zuletzt geprüft am" in words(answer)
    assert "von Ada" in words(answer)
    assert "Nichts zu prüfen" in words(ada.get(REVIEWS))


def test_a_day_that_cannot_be_kept_stays_in_its_field(people: Cast) -> None:
    key, ada = aged(people.ada), as_(people.ada)
    answer = ada.post(f"{REVIEWS}{key}/", {"do": "choose", "day": "2020-01-01", "q": "wohn"})
    assert "Dieser Tag ist schon vorbei" in words(answer)
    assert 'value="2020-01-01"' in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Review.objects.filter(wanted__isnull=False).exists()


def test_who_may_not_write_sees_it_and_changes_nothing(people: Cast) -> None:
    key = aged(people.ada)
    for who in (people.clara, people.freya):
        assert "Wohngeld" in words(as_(who).get(REVIEWS, {"q": "wohn"}))
        assert "stimmt noch" not in as_(who).get(REVIEWS, {"q": "wohn"}).content.decode()
        assert as_(who).post(f"{REVIEWS}{key}/", {"do": "checked"}).status_code == 403
    assert as_(people.ada).post(f"{REVIEWS}page:nie/", {"do": "checked"}).status_code == 404
    assert not Entry.objects.filter(event="page.checked").exists()


def test_the_municipality_chooses_how_often(people: Cast) -> None:
    key, anton = aged(people.ada), as_(people.anton)
    before = Review.objects.get(pk=key).due_on
    anton.post(SETTINGS, {"ask_others": "1", "remind": "1", "monate-page": "3", "monate-home": "5"})
    assert rules.in_force("page") == 3
    assert rules.in_force("home") == 3  # nonsense changes nothing
    assert Review.objects.get(pk=key).due_on != before
    assert rules.now().remind


def test_the_report_needs_as_many_queries_for_many_as_for_few(people: Cast) -> None:
    key, ada = aged(people.ada), as_(people.ada)
    reviews.choose(key, reviews.today().isoformat(), by=people.ada)

    def queries() -> int:
        ada.get(REVIEWS)
        with CaptureQueriesContext(connection) as seen:
            ada.get(REVIEWS)
        return len(seen)

    few = queries()
    home = Page.get_first_root_node().get_children().first()
    for number in range(8):
        made = home.add_child(instance=StandardPage(title=f"Seite {number}", slug=f"s{number}", live=False))
        made.save_revision(user=people.ada)
        content = made.get_latest_revision_as_object().content()
        publish.put_live(content, f"{number:064}")
    reading.catch_up(20)
    Review.objects.update(due_on=reviews.today())
    assert len(re.findall("stimmt noch<span", ada.get(REVIEWS).content.decode())) == 9
    assert queries() == few


def test_what_keeps_somebody_from_reading_has_a_report_of_its_own(page: MessagePage, people: Cast) -> None:
    ada, address = as_(people.ada), f"{LINKS}barrierefreiheit/"
    assert "Keine Hindernisse gefunden" in words(ada.get(address)) or "Noch keine Seiten" in words(
        ada.get(address)
    )
    write(page, people.ada, '<p>Den Antrag gibt es <a href="/aktuelles/">hier</a>.</p>')
    seen = ada.get(address)
    assert "„hier“" in words(seen)
    assert "Steht nur im Entwurf" in words(seen)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in seen.content.decode()
    assert "Alle Links führen zum Ziel" in words(ada.get(LINKS))
    assert "Nichts gefunden" in words(ada.get(address, {"q": "Wohngeld"}))
    assert as_(people.clara).get(address).status_code == 200


def test_the_editor_leads_to_the_page_as_search_engines_show_it(page: MessagePage, people: Cast) -> None:
    ada, address = as_(people.ada), reverse("desk_finding", args=[page.uuid])
    assert address in ada.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    seen = words(ada.get(address))
    assert "Mühlstraße gesperrt – Stadt Beispielau" in seen
    assert "Die Straße ist wegen Bauarbeiten gesperrt." in seen
    assert "Es ist Platz" in seen
    assert "NewsArticle" in seen
    assert as_(people.clara).get(address).status_code == 200
    assert as_(people.charlie).get(address).status_code in {302, 403, 404}
