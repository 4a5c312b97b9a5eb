"""Pages below pages: what the reader sees above, beside and below, and what is made anew when one of them changes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import bake, lists, publish, store, tree
from tests.surfaces.website.conftest import BASE, DIGEST, OTHER, message

pytestmark = pytest.mark.django_db


def page(path: str, title: str = "", *, menu: str = "", order: int = 100) -> Content:
    return Content(
        object_key=f"page:{uuid.uuid5(uuid.NAMESPACE_URL, path)}",
        title=title or path.strip("/").rpartition("/")[2].title(),
        teaser="",
        path=path,
        link=BASE + path,
        extra={"kind": "page", "menu": menu, "menu_order": order},
    )


def live(*contents: Content, digest: str = DIGEST) -> list[str]:
    for content in contents:
        publish.put_live(content, digest)
    return publish.settle()


def html(path: str) -> Any:
    found = store.read(path)
    assert found
    return BeautifulSoup(found[1], "html.parser")


def links(part: Any) -> list[str]:
    return [link["href"] for link in part.find_all("a")] if part else []


@pytest.fixture
def town_with_tree(town: Town) -> Town:
    live(
        page("/stadt/", "Unsere Stadt", menu="main", order=5),
        page("/stadt/ortsteile/", order=20),
        page("/stadt/geschichte/", order=10),
        page("/stadt/ortsteile/aue/"),
        page("/stadt/ortsteile/berg/"),
        page("/stadt/geschichte/mittelalter/"),
        page("/impressum/", menu="footer"),
    )
    return town


def test_the_way_above_is_shown_with_every_level(town_with_tree: Town) -> None:
    crumbs = html("/stadt/ortsteile/aue/").select_one(".crumbs")
    assert links(crumbs) == ["/", "/stadt/", "/stadt/ortsteile/"]
    assert crumbs.select_one("[aria-current=page]").text == "Aue"


def test_the_section_is_opened_along_the_way_and_nowhere_else(town_with_tree: Town) -> None:
    assert links(html("/stadt/ortsteile/aue/").select_one(".section-nav")) == [
        "/stadt/",
        "/stadt/geschichte/",
        "/stadt/ortsteile/",
        "/stadt/ortsteile/aue/",
        "/stadt/ortsteile/berg/",
    ]
    here = html("/stadt/ortsteile/aue/").select(".section-nav [aria-current=page]")
    assert [one.text for one in here] == ["Aue"]


def test_a_page_by_itself_has_no_section(town_with_tree: Town) -> None:
    assert html("/impressum/").select_one(".section-nav") is None


def test_the_main_menu_has_a_second_level_where_there_is_one(town_with_tree: Town) -> None:
    live(message())
    menu = html("/aktuelles/2026/meldung-1/").select_one(".nav")
    assert links(menu.select_one(".sub")) == ["/stadt/geschichte/", "/stadt/ortsteile/"]
    assert len(menu.select(".sub")) == 1
    assert links(html("/en/").select_one(".nav .sub")) == ["/en/stadt/geschichte/", "/en/stadt/ortsteile/"]


def test_a_page_above_that_is_not_public_is_left_out(town: Town) -> None:
    live(page("/entwurf/darunter/"))
    soup = html("/entwurf/darunter/")
    assert links(soup.select_one(".crumbs")) == ["/"]
    assert soup.select_one(".section-nav") is None


def test_a_new_title_reaches_every_page_that_shows_it_and_no_other(town_with_tree: Town) -> None:
    live(message())
    baked = live(page("/stadt/ortsteile/berg/", "Bergdorf"), digest=OTHER)
    assert "Bergdorf" in html("/stadt/ortsteile/aue/").select_one(".section-nav").text
    assert {"/stadt/ortsteile/", "/stadt/ortsteile/aue/"} <= set(baked)
    assert not {"/", "/impressum/", "/aktuelles/2026/meldung-1/", "/stadt/geschichte/mittelalter/"} & set(
        baked
    )


def test_a_withdrawn_page_leaves_the_section_the_way_and_the_menu(town_with_tree: Town) -> None:
    assert publish.withdraw(page("/stadt/ortsteile/").object_key)
    publish.settle()
    assert "/stadt/ortsteile/" not in links(html("/stadt/geschichte/").select_one(".section-nav"))
    assert links(html("/stadt/ortsteile/aue/").select_one(".crumbs")) == ["/", "/stadt/"]
    assert links(html("/").select_one(".nav .sub")) == ["/stadt/geschichte/"]


@pytest.mark.parametrize("many", [1, 3])
def test_what_stands_around_costs_two_queries(town: Town, django_assert_num_queries: Any, many: int) -> None:
    live(page("/a/"), page("/a/b/"), *(page(f"/a/b/{number}/") for number in range(many)))
    with django_assert_num_queries(2):
        found = tree.around("/a/b/0/")
    assert [branch.path for branch in found.trail] == ["/a/", "/a/b/"]
    assert found.section is not None
    assert len(found.section.below[0].below) == many


def test_neighbours_are_read_once_while_many_of_them_are_made(town: Town) -> None:
    live(page("/a/"), *(page(f"/a/{number}/") for number in range(5)))

    def every() -> tuple[list[tree.Around], int]:
        with CaptureQueriesContext(connection) as asked:
            found = [tree.around(f"/a/{number}/") for number in range(5)]
        return found, sum("'/a/'" in one["sql"].partition('"parent_path" IN')[2] for one in asked)

    alone, each = every()
    with lists.one_pass():
        together, once = every()
    assert together == alone
    assert (each, once) == (5, 1)


def test_a_page_that_nobody_has_saved_yet_stands_alone(town: Town) -> None:
    assert tree.around("/noch-nicht/").section is None


def test_what_is_withdrawn_while_many_pages_are_made_is_gone_after_the_next_settling(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(page("/a/"), *(page(f"/a/{number}/") for number in range(4)))
    one, done = bake._bake_one, []

    def between(path: str, frame: Any) -> bool:
        found = one(path, frame)
        if path.startswith("/a/") and not done:
            done.append(path)
            publish.withdraw(page("/a/2/").object_key)
        return found

    monkeypatch.setattr(bake, "_bake_one", between)
    publish.mark("menu", "town")
    publish.settle()
    publish.settle()
    assert done
    for path in ("/a/", "/a/0/", "/a/3/", "/"):
        assert "/a/2/" not in str(html(path))
