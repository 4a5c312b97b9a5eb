"""The search of one district's site: its pages and what is in its list, in its name, with a way to the whole website."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import ReleasedPage
from stadtnah.surfaces.website.search import find, index, reading, sites
from stadtnah.surfaces.website.search.models import Entry, Posting, SitePosting
from tests.surfaces.website.conftest import OTHER, message, page
from tests.surfaces.website.search.conftest import live, many, paths
from tests.surfaces.website.sites_shown import first_page, laid_out, soup
from tests.surfaces.website.test_documents import document, offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(town: Town) -> MemberSitePage:
    """Public, with a page, a message of its own and one that stands there too; the municipality has one of each beside."""
    home = first_page()
    made = laid_out(home)
    live(
        made.content(),
        of_site("steinbach", "vereine", "Vereine am Brunnen"),
        news(1, "Der Brunnen wird saniert", made, own=made),
        news(2, "Brunnen abgestellt", made),
        news(3, "Brunnen auf dem Markt"),
        page("brunnen", title="Trinkbrunnen"),
    )
    return made


def of_site(root: str, slug: str, title: str, **more: Any) -> Any:
    extra = {"kind": "page", "site": f"/{root}/"}
    return page(f"{root}/{slug}", title=title, extra=extra, **more)


def news(number: int, title: str, *on: MemberSitePage, own: MemberSitePage | None = None) -> Any:
    extra: dict[str, Any] = {"kind": "message", "sites": [one.object_key for one in on]}
    if own:
        extra |= {"of_site": own.object_key, "site": own.public_path()}
    root = own.public_path() if own else "/"
    made = message(number, title=title, extra=extra)
    return (
        made
        if not own
        else message(number, title=title, extra=extra, path=f"{root}aktuelles/2026/m-{number}/")
    )


def found(site: MemberSitePage, text: str) -> set[str]:
    return set(paths(text, site=sites.at(site.slug)))


def asked(browser: Client, **query: str) -> Any:
    answer = browser.get("/suche/", query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(shown: Any) -> set[str]:
    return {title.get_text() for title in shown.select(".hit__title")}


OF_SITE = {"Vereine am Brunnen", "Der Brunnen wird saniert", "Brunnen abgestellt"}


def test_it_finds_its_pages_and_what_is_in_its_list_and_nothing_else(
    site: MemberSitePage, browser: Client
) -> None:
    assert titles(asked(browser, q="Brunnen", auftritt="steinbach")) == OF_SITE
    everywhere = titles(asked(browser, q="Brunnen"))
    assert everywhere == OF_SITE | {"Brunnen auf dem Markt", "Trinkbrunnen"}, "control"


def test_it_understands_as_much_as_the_whole_search(site: MemberSitePage, browser: Client) -> None:
    live(
        of_site("steinbach", "feuerwehr", "Feuerwehrhaus in Steinbach"), page("wache", title="Feuerwehrhaus")
    )
    shown = asked(browser, q="Feuerwerhaus", auftritt="steinbach")
    assert titles(shown) == {"Feuerwehrhaus in Steinbach"}
    assert shown.select_one(".search__meant a")["href"] == "?q=Feuerwehrhaus&auftritt=steinbach"
    chips = {
        chip.get_text(" ", strip=True): str(chip["href"])
        for chip in asked(browser, q="Brunnen", auftritt="steinbach").select(".chips a")
    }
    assert set(chips) == {"Alles 3", "Seiten 1", "Aktuelles 2"}
    narrowed = browser.get(f"/suche/{chips['Seiten 1']}").content
    assert titles(BeautifulSoup(narrowed, "html.parser")) == {"Vereine am Brunnen"}


def test_it_is_shown_in_the_sites_name_with_a_way_to_the_whole_website(
    site: MemberSitePage, browser: Client
) -> None:
    shown = asked(browser, q="Brunnen", auftritt="steinbach")
    assert shown.h1.get_text() == "Suche in Steinbach"
    assert shown.select_one(".brand__short").get_text() == "Steinbach"
    assert shown.select_one("#suche-page")["value"] == "Brunnen"
    assert shown.select_one("form input[name=auftritt]")["value"] == "steinbach"
    whole = shown.select_one(".search__whole a")
    assert whole.get_text() == "Auf der ganzen Website der Stadt Beispielau suchen"
    assert whole["href"] == "/suche/?q=Brunnen"
    empty = asked(browser, auftritt="steinbach")
    assert empty.title.get_text().startswith("Suche in Steinbach – ")
    assert empty.select_one(".search__whole a")["href"] == "/suche/"
    # control: the municipality's
    town = asked(browser, q="Brunnen")
    assert town.h1.get_text() == "Suche"
    assert not town.select(".search__whole, input[name=auftritt]")


def test_the_town_says_which_site_a_result_is_of(site: MemberSitePage, browser: Client) -> None:
    live(of_site("steinbach", "satzung", "Satzung", blocks=offered(document().as_content())))
    said = {
        hit.select_one(".hit__title").get_text(): "Ortsteil Steinbach" in hit.select_one(".meta").get_text()
        for hit in asked(browser, q="Brunnen").select(".hit")
    }
    assert said == {
        "Vereine am Brunnen": True,
        "Der Brunnen wird saniert": True,
        "Brunnen abgestellt": False,
        "Brunnen auf dem Markt": False,
        "Trinkbrunnen": False,
    }
    assert "Ortsteil Steinbach" not in str(asked(browser, q="Brunnen", auftritt="steinbach").select(".hit"))
    file = Entry.objects.get(path__startswith="/media/")
    assert file.root == "/steinbach/", "a document is of the site whose page offers it"


def test_suggestions_keep_to_the_site_or_name_it(site: MemberSitePage, browser: Client) -> None:
    def said(**query: str) -> dict[str, str]:
        rows = browser.get("/suche/vorschlaege", {"q": "brunn", **query}).json()["suggestions"]
        return {row["title"]: row["kind"] for row in rows}

    assert said(auftritt="steinbach") == {
        "Vereine am Brunnen": "Seiten",
        "Der Brunnen wird saniert": "Aktuelles",
        "Brunnen abgestellt": "Aktuelles",
    }
    everywhere = said()
    assert everywhere["Vereine am Brunnen"] == "Seiten, Steinbach"
    assert everywhere["Trinkbrunnen"] == "Seiten"


def test_every_page_of_the_site_searches_it_and_the_others_the_website(site: MemberSitePage) -> None:
    live(page("rathaus"))
    publish.settle()
    for path in ("/steinbach/", "/steinbach/vereine/", "/en/steinbach/vereine/"):
        form = soup(path).select_one("header form")
        assert form.select_one("input[name=auftritt]")["value"] == "steinbach"  # type: ignore[union-attr,index]
        word = "Search" if path.startswith("/en/") else "Suche"
        assert form["aria-label"] == f"{word} in Steinbach"  # type: ignore[index]
        assert form.select_one(".find__whole a")["href"] == f"{path[: path.index('/steinbach/')]}/suche/"  # type: ignore[union-attr,index]
    assert not soup("/rathaus/").select("header form input[name=auftritt], .find__whole")


@pytest.mark.parametrize("wrong", ["nirgends", "", "../desk", "x" * 500, "vereine"])
def test_a_site_that_is_none_is_the_whole_website(site: MemberSitePage, browser: Client, wrong: str) -> None:
    shown = asked(browser, q="Brunnen", auftritt=wrong)
    assert "Trinkbrunnen" in titles(shown)
    assert shown.h1.get_text() == "Suche"
    assert browser.get("/suche/vorschlaege", {"q": "brunn", "auftritt": wrong}).status_code == 200


def test_a_site_that_was_withdrawn_has_no_search(site: MemberSitePage, browser: Client) -> None:
    publish.withdraw(site.object_key)
    index.take_marked()
    assert sites.at("steinbach") == ()
    shown = asked(browser, q="Brunnen", auftritt="steinbach")
    assert "Trinkbrunnen" in titles(shown)
    assert "Ortsteil Steinbach" not in str(shown.select(".hits"))


def test_what_leaves_the_site_leaves_its_search(site: MemberSitePage) -> None:
    assert "/aktuelles/2026/meldung-2/" in found(site, "abgestellt")
    live(news(2, "Brunnen abgestellt"), digest=OTHER)
    assert found(site, "abgestellt") == set()
    assert paths("abgestellt") == ["/aktuelles/2026/meldung-2/"], "control"


def test_a_town_without_sites_keeps_no_postings_for_them(town: Town) -> None:
    live(page("rathaus"), message(1))
    assert Posting.objects.exists()
    assert not SitePosting.objects.exists()


def test_two_sites_do_not_meet(site: MemberSitePage) -> None:
    other = laid_out(site.get_parent().specific, "oberholz")
    live(
        other.content(),
        of_site("oberholz", "quelle", "Brunnen in Oberholz"),
        news(4, "Brunnenfest", site, other),
    )
    assert found(other, "Brunnen") == {"/oberholz/quelle/", "/aktuelles/2026/meldung-4/"}
    assert "/aktuelles/2026/meldung-4/" in found(site, "Brunnen")
    assert "/oberholz/quelle/" not in found(site, "Brunnen")


def test_it_asks_as_often_as_the_whole_search_however_much_there_is(
    site: MemberSitePage, browser: Client
) -> None:
    def needed(address: str, **more: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(address, {"q": "brücke mühlwehr", **more})
        return len(seen)

    def both() -> tuple[int, int]:
        page_ = needed("/suche/", auftritt="steinbach")
        assert page_ == needed("/suche/"), "the frame knows the sites already"
        return page_, needed("/suche/vorschlaege", auftritt="steinbach")

    many([message(number) for number in range(20, 32)])
    live(*(news(number, "Brücke am Mühlwehr", site) for number in range(40, 45)))
    few = both()
    many([message(number) for number in range(50, 400)])
    live(*(news(number, "Brücke am Mühlwehr", site) for number in range(400, 410)))
    large = both()
    assert large == (few[0] + 1, few[1] + 1), "a word that stands nearly everywhere: one look more"
    assert large[1] <= 11, "nine, the site, the results"


def test_a_frequent_word_of_the_website_is_found_on_a_small_site(site: MemberSitePage) -> None:
    """Elsewhere it weighs more: a filter after the reading would find nothing."""
    many([message(number, title="Brücke Brücke Brücke") for number in range(20, 20 + 2 * reading.LIGHT)])
    extra = {"kind": "message", "sites": [site.object_key]}
    small = message(999, title="Aushang", teaser="Hinter der Brücke links.", blocks=(), extra=extra)
    live(small)
    answer = find.ask("Brücke", site=sites.at("steinbach"))
    assert small.path in {one.path for one in find.entries(answer.ranked)}
    assert not answer.more, "all of them"
    whole = find.ask("Brücke")
    assert whole.more, "control"
    assert small.path not in {one.path for one in find.entries(whole.ranked)}


def test_the_numbers_are_of_the_release_alone(site: MemberSitePage) -> None:
    rows = {row.path: sites.numbers_of(row) for row in ReleasedPage.objects.all()}
    root, key = sites.numbers("/steinbach/", site.object_key)
    assert rows["/steinbach/"] == rows["/steinbach/vereine/"] == {root}
    assert rows["/aktuelles/2026/meldung-2/"] == {key}
    assert rows["/brunnen/"] == set()
    assert index.catch_up() == 0
