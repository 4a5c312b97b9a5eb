"""„Entwurf verwerfen“: what was never released goes with all its states, and its address is free; nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision

from stadtnah.kernel.audit.models import Entry
from stadtnah.publishing import api
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, StandardPage
from stadtnah.surfaces.website.offices import founding
from stadtnah.surfaces.website.offices.models import OfficePage
from stadtnah.surfaces.website.pagetypes.models import SectionPage
from tests.factories.channels import Paper
from tests.factories.messages import PLAN
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_


def door(page: Any) -> str:
    return reverse("desk_discard", args=[page.uuid])


def written(people: Cast, kind: Any, below: Any, title: str, slug: str) -> Any:
    made = below.add_child(instance=kind(title=title, slug=slug, live=False))
    made.save_revision(user=people.ada)
    return made


@pytest.fixture
def contact(people: Cast, page: MessagePage) -> Any:
    return written(people, StandardPage, HomePage.objects.get(), "Kontakt alt", "kontakt")


def test_a_draft_goes_after_a_question_and_its_address_is_free(people: Cast, contact: Any) -> None:
    ada = as_(people.ada)
    asked = ada.get(door(contact)).content.decode()
    assert "Entwurf „Kontakt alt“ verwerfen?" in asked
    assert "Rückgängig machen lässt sich das nicht" in asked
    assert StandardPage.objects.filter(pk=contact.pk).exists()  # asking does nothing
    answer = ada.post(door(contact), follow=True)
    assert answer.redirect_chain == [(reverse("desk_pages"), 302)]
    assert "Der Entwurf „Kontakt alt“ ist verworfen" in answer.content.decode()
    assert not Page.objects.filter(pk=contact.pk).exists()
    assert not Revision.objects.for_instance(contact).exists()
    assert Entry.objects.get(event="page.discarded").subject == contact.object_key
    again = written(people, StandardPage, HomePage.objects.get(), "Kontakt", "kontakt")
    again.full_clean()
    assert again.public_path() == contact.public_path()
    assert ada.post(door(contact)).status_code == 404


@pytest.mark.parametrize("who", ["agnes", "ada"])
def test_a_message_too_by_whoever_writes(people: Cast, page: MessagePage, who: str) -> None:
    answer = as_(getattr(people, who)).post(door(page))
    assert answer.headers["Location"] == reverse("desk_messages")
    assert not MessagePage.objects.exists()


def test_an_office_too(people: Cast, page: MessagePage) -> None:
    office = written(people, OfficePage, founding.office_index(), "Amt", "amt")
    answer = as_(people.ada).post(door(office))
    assert answer.headers["Location"] == reverse("desk_offices")
    assert not OfficePage.objects.exists()


@pytest.mark.parametrize("who", ["aaron", "clara", "doris", "charlie"])
def test_nobody_else(people: Cast, page: MessagePage, who: str) -> None:
    """Aaron's mandate is over; Clara and Doris do not write."""
    for method in ("get", "post"):
        answer = getattr(as_(getattr(people, who)), method)(door(page))
        assert answer.status_code in {403, 404}, method
    assert MessagePage.objects.exists()


def submitted(page: MessagePage, people: Cast) -> api.ReleaseRequest:
    return api.submit(page.content(), PLAN, by=people.ada, context=check_context())


def kept(people: Cast, page: Any, why: str) -> None:
    ada = as_(people.ada)
    assert why in ada.get(door(page)).content.decode()
    answer = ada.post(door(page))
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert Page.objects.filter(pk=page.pk).exists()
    assert not Entry.objects.filter(event="page.discarded").exists()


def test_an_open_request_keeps_it(people: Cast, page: MessagePage, paper: Paper) -> None:
    submitted(page, people)
    kept(people, page, "Liegt zur Freigabe vor")


def test_what_came_back_can_be_discarded_and_the_request_can_still_be_read(
    people: Cast, page: MessagePage, paper: Paper
) -> None:
    row = submitted(page, people)
    api.refuse(row.pk, by=people.freya, reason="Das braucht es nicht.")
    ada, seen = as_(people.ada), reverse("desk_request", args=[row.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor in ada.get(seen).content.decode()
    assert ada.post(door(page)).status_code == 302
    shown = ada.get(seen)
    assert shown.status_code == 200
    assert editor not in shown.content.decode()
    assert ada.get(reverse("desk_home")).status_code == 200


def test_what_was_released_is_withdrawn_instead(people: Cast, page: MessagePage, paper: Paper) -> None:
    row = submitted(page, people)
    api.release(row.pk, by=people.freya, seen_digest=row.snapshot_id)
    kept(people, page, "ziehen Sie bitte zurück")
    page.title = "Mühlstraße noch gesperrt"
    page.save_revision(user=people.ada)  # a new draft of something public is none to be discarded
    kept(people, page, "ziehen Sie bitte zurück")
    api.withdraw(page.object_key, by=people.freya)
    kept(people, page, "Der Nachweis bleibt")


def test_pages_below_keep_it_and_so_does_what_the_website_is_none_without(people: Cast, contact: Any) -> None:
    home = HomePage.objects.get()
    section = written(people, SectionPage, home, "Leben", "leben")
    below = written(people, StandardPage, section, "Spielplätze", "spielplaetze")
    kept(people, section, "Darunter stehen")
    kept(people, home, "gehört fest zur Website")
    kept(people, NewsIndexPage.objects.get(), "gehört fest zur Website")
    ada = as_(people.ada)
    assert ada.post(door(below)).status_code == 302
    assert ada.post(door(section)).status_code == 302  # nothing stands below it any more


def test_a_draft_of_which_something_else_is_part_stays(people: Cast, page: MessagePage) -> None:
    site: Any = HomePage.objects.get().add_child(
        instance=MemberSitePage(title="Steinbach", slug="steinbach", short_name="Steinbach", live=False)
    )
    page.site = site
    page.save()
    answer = as_(people.ada).post(door(site))  # only the attempt tells
    assert answer.status_code == 409
    assert "Andere Inhalte gehören zu dieser Seite" in answer.content.decode()
    assert MemberSitePage.objects.exists()


def test_lists_and_editor_lead_there_only_where_it_can_be(
    people: Cast, page: MessagePage, contact: Any, paper: Paper
) -> None:
    ada = as_(people.ada)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for address in (reverse("desk_messages"), editor):
        assert door(page) in ada.get(address).content.decode(), address
    pages = ada.get(reverse("desk_pages")).content.decode()
    assert door(contact) in pages
    assert door(HomePage.objects.get()) not in pages
    assert door(page) not in as_(people.doris).get(reverse("desk_messages")).content.decode()
    submitted(page, people)
    for address in (reverse("desk_messages"), editor):
        assert door(page) not in ada.get(address).content.decode(), address


def test_a_discarded_draft_is_laid_before_nobody(people: Cast, page: MessagePage, paper: Paper) -> None:
    """Of two windows the one that hands in comes too late."""
    ada, step = as_(people.ada), reverse("desk_channels_step", args=[page.uuid])
    assert ada.post(door(page)).status_code == 302
    assert ada.post(step, {"do": "submit", "on-paper": "1"}).status_code == 404
    assert not api.ReleaseRequest.objects.exists()
