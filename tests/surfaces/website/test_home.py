"""The first page: as it always was until somebody arranges it, each part made from released rows and baked anew for them alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import bake, publish, store
from stadtnah.surfaces.website.blog import founding as blog
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogSeriesPage
from stadtnah.surfaces.website.founding import service_place
from stadtnah.surfaces.website.models import HomePage, ServicePage, StandardPage
from stadtnah.surfaces.website.offices.founding import office_index
from stadtnah.surfaces.website.offices.models import OfficePage
from tests.surfaces.website.conftest import DIGEST, OTHER, message

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(town: Town) -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    made: HomePage = root.add_child(
        instance=HomePage(title="Willkommen", slug="start", intro="Schön, dass Sie da sind.")
    )
    return made


def arranged(home: HomePage, *parts: tuple[str, Any]) -> HomePage:
    home.refresh_from_db()
    home.sections = json.dumps([{"type": kind, "value": value} for kind, value in parts])
    home.save()
    found: HomePage = HomePage.objects.get()
    return found


def released(one: Any, digest: str = DIGEST) -> Any:
    publish.put_live(one.content(), digest)
    publish.settle()
    return one


def soup() -> BeautifulSoup:
    found = store.read("/")
    assert found
    return BeautifulSoup(found[1], "html.parser")


def service(home: HomePage, title: str) -> ServicePage:
    made: ServicePage = service_place().add_child(
        instance=ServicePage(title=title, slug=title.lower(), live=False)
    )
    return made


def order() -> list[str]:
    wanted = (
        "notice",
        "welcome",
        "lead",
        "quick",
        "cards",
        "asked",
        "words-of",
        "tiles",
        "office-card",
        "duo",
        "contact--home",
    )
    return [
        next(name for name in wanted if name in tag["class"])
        for tag in soup().main.select(", ".join(f".{name}" for name in wanted))
    ]  # type: ignore[union-attr]


def test_a_page_that_nobody_arranged_is_as_it_was(home: HomePage) -> None:
    home.notice_title = "Sirenenprobe am Samstag"
    assert "sections" not in home.content().extra  # so that what was released keeps its bytes
    publish.put_live(message(1), DIGEST)
    publish.put_live(message(2), DIGEST)
    released(home)
    assert order() == ["notice", "welcome", "lead", "cards", "duo"]
    assert len(soup().select("h1")) == 1
    assert not soup().select(".welcome__search")


def test_parts_stand_in_the_order_of_the_town(home: HomePage) -> None:
    publish.put_live(message(1), DIGEST)
    publish.put_live(message(2), DIGEST)
    released(
        arranged(
            home,
            ("contact", None),
            ("news", {"heading": "Neues", "count": "3"}),
            ("welcome", {"search": True}),
        )
    )
    assert order() == ["contact--home", "cards", "welcome"]
    assert "Neues" in soup().get_text()
    assert soup().select_one('.welcome form[role="search"] input[name=q]')
    assert "069 90009 100" in soup().select_one(".contact--home").get_text()  # type: ignore[union-attr]


def test_whoever_releases_sees_what_the_page_is_made_of(home: HomePage) -> None:
    details = arranged(home, ("welcome", {"search": True}), ("lead", None)).content().details
    assert details == [("sections", "Aufbau der Startseite", "Begrüßung · Hervorgehobene Meldung")]


def test_without_a_greeting_the_page_still_has_a_title(home: HomePage) -> None:
    released(arranged(home, ("contact", None)))
    assert [title.get_text() for title in soup().select("h1")] == ["Willkommen"]


def test_services_and_topics_are_shown_once_released_and_go_with_them(home: HomePage) -> None:
    asked, other = service(home, "Ausweis"), service(home, "Hundesteuer")
    topic: Any = home.add_child(instance=StandardPage(title="Bauen", slug="bauen"))
    parts = [
        ("services", {"heading": "", "pages": [asked.pk, other.pk]}),
        ("topics", {"heading": "", "pages": [topic.pk]}),
    ]
    released(arranged(home, *parts))
    assert "Ausweis" not in str(soup().main)
    assert "Bauen" not in str(soup().main)
    released(asked)
    released(topic)
    assert [link.get_text() for link in soup().select(".asked a, .tile a")] == ["Ausweis", "Bauen"]
    asked.title = "Personalausweis"
    released(asked, OTHER)
    assert "Personalausweis" in soup().select_one(".asked").get_text()  # type: ignore[union-attr]
    publish.withdraw(asked.object_key)
    publish.settle()
    assert not soup().select(".asked")


def test_the_blog_on_the_first_page_follows_its_entries(home: HomePage) -> None:
    index = blog.blog()
    series = BlogSeriesPage.objects.get()
    series.author_name, series.author_role = "Karin Vogelsang", "Bürgermeisterin"
    series.save()
    released(arranged(home, ("blog", {"heading": "", "count": "1"})))
    assert not soup().select(".word-of")
    index.refresh_from_db()
    first: Any = index.add_child(instance=BlogEntryPage(title="Erster", slug="erster", series=series))
    released(first)
    assert "Karin Vogelsang, Bürgermeisterin" in soup().select_one(".word-of").get_text()  # type: ignore[union-attr]
    index.refresh_from_db()
    released(index.add_child(instance=BlogEntryPage(title="Zweiter", slug="zweiter", series=series)))
    assert [link.get_text() for link in soup().select(".word-of a")] == ["Zweiter"]


def test_an_office_shows_its_hours(home: HomePage) -> None:
    office: Any = office_index().add_child(instance=OfficePage(title="Bürgerbüro", slug="bb", monday="8–12"))
    released(arranged(home, ("office", {"office": office.pk})))
    assert not soup().select(".office-card")
    released(office)
    assert "8:00" in soup().select_one(".office-card").get_text()  # type: ignore[union-attr]
    office.monday = "9–12"
    released(office, OTHER)
    assert "9:00" in soup().select_one(".office-card").get_text()  # type: ignore[union-attr]


def test_a_page_without_news_is_not_baked_for_them(home: HomePage) -> None:
    released(arranged(home, ("welcome", {"search": True}), ("contact", None)))
    publish.put_live(message(1), DIGEST)
    assert "/" not in publish.settle()
    released(arranged(home, ("news", {"heading": "", "count": "3"})), OTHER)
    publish.put_live(message(2), DIGEST)
    assert "/" in publish.settle()


def test_a_part_that_there_is_no_more_is_left_out(home: HomePage) -> None:
    content = arranged(home, ("contact", None)).content()
    content.extra["sections"].insert(0, {"kind": "wetter"})
    publish.put_live(content, DIGEST)
    assert order() == ["contact--home"]


def test_it_costs_the_same_however_much_there_is(home: HomePage) -> None:
    made = arranged(
        home,
        ("lead", None),
        ("news", {"heading": "", "count": "9"}),
        ("blog", {"heading": "", "count": "3"}),
        ("topics", {"heading": "", "pages": []}),
    )
    released(made)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            bake.sheet("/")
        return len(queries)

    publish.put_live(message(1), DIGEST)
    few = cost()
    for number in range(2, 30):
        publish.put_live(message(number), DIGEST)
    assert cost() == few
