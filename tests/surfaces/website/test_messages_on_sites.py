"""Messages of a district: its own, and those of the municipality that stand on its site, too. One address each."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import lists, publish, store
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage, ReleasedPage, SiteListing
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page
from tests.surfaces.website.sites_shown import first_page, laid_out, links, live, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(town: Town) -> HomePage:
    return first_page()


@pytest.fixture
def site(home: HomePage) -> MemberSitePage:
    made = laid_out(home)
    live(page("rathaus"), made.content(), message(1))
    return made


def written(home: HomePage, title: str, **more: Any) -> MessagePage:
    news = NewsIndexPage.objects.first() or home.add_child(
        instance=NewsIndexPage(title="Aktuelles", slug="aktuelles")
    )
    also_on = more.pop("also_on", [])
    made: MessagePage = news.add_child(
        instance=MessagePage(title=title, slug=title.lower(), year=2026, teaser=f"Zu {title}.", **more)
    )
    made.also_on.set(also_on)
    made.save()
    return made


def listed(path: str) -> list[str]:
    return [str(link["href"]) for link in soup(path).select(".list .row__title a")]


def feed() -> str:
    found = store.read("/feeds/atom.xml")
    return found[1].decode() if found else ""


def test_alone_on_a_site_is_refused_without_the_site(site: MemberSitePage, home: HomePage) -> None:
    """Ticked and not heeded, it would stand in the municipality's list and feeds after all."""
    with pytest.raises(ValidationError) as refused:
        MessagePage(title="Brunnen", slug="brunnen", site_only=True).clean()
    assert "Gehört zu" in refused.value.message_dict["site_only"][0]
    MessagePage(title="Brunnen", slug="brunnen", site_only=True, site=site).clean()  # the control


def test_sites_are_named_as_a_german_dictionary_sorts(site: MemberSitePage, home: HomePage) -> None:
    other = laid_out(home, "oeschelbach", title="Öschelbach")
    said = written(home, "Brunnen", also_on=[laid_out(home, "zell", title="Zell"), other]).content()
    assert said.detail["also_on"] == "Öschelbach, Zell"


def test_a_message_of_the_town_stands_on_a_site_too_at_its_one_address(
    site: MemberSitePage,
    home: HomePage,
) -> None:
    live(written(home, "Brunnen", also_on=[site]).content())
    address = "/aktuelles/2026/brunnen/"
    assert listed("/steinbach/aktuelles/") == [address]
    assert address in listed("/aktuelles/")
    assert address in links("/steinbach/", ".cards"), "its first page shows the newest"
    assert soup(address).select_one(".brand__short").get_text() == "Beispielau"  # type: ignore[union-attr]
    assert soup(address).select_one("link[rel=canonical]")["href"].endswith(address)  # type: ignore[index,union-attr]
    assert store.read("/steinbach/aktuelles/2026/brunnen/") is None
    assert "Meldung 1" not in str(soup("/steinbach/aktuelles/")), "control"


def test_a_message_of_the_site_has_its_address_and_look(
    site: MemberSitePage,
    home: HomePage,
    town: Town,
) -> None:
    live(written(home, "Kelterfest", site=site).content())
    address = "/steinbach/aktuelles/2026/kelterfest/"
    assert soup(address).select_one(".brand__short").get_text() == "Steinbach"  # type: ignore[union-attr]
    assert links(address, ".crumbs") == ["/steinbach/", "/steinbach/aktuelles/"]
    assert listed("/steinbach/aktuelles/") == [address]
    assert address in listed("/aktuelles/"), "the municipality lists it, unless it is said otherwise"
    assert address in feed()


def test_what_is_only_there_is_in_no_list_and_feed_of_the_town(
    site: MemberSitePage,
    home: HomePage,
) -> None:
    baked = live(written(home, "Ortsputz", site=site, site_only=True).content())
    address = "/steinbach/aktuelles/2026/ortsputz/"
    assert listed("/steinbach/aktuelles/") == [address]
    assert address not in listed("/aktuelles/")
    assert "ortsputz" not in feed()
    assert "ortsputz" not in str(soup("/aktuelles/archiv/"))
    assert {path for path in baked if not path.startswith("/steinbach/")} == set(), "and bakes nothing of it"
    assert len(lists.all_months()) == 1, "but search engines may know it"


def test_what_is_only_there_is_not_of_the_towns_press_nor_its_news_for_search_engines(
    site: MemberSitePage,
    home: HomePage,
) -> None:
    def news() -> str:
        found = store.read("/sitemaps/neu.xml")
        return found[1].decode() if found else ""

    own = written(home, "Ortsputz", site=site, site_only=True, press=True)
    baked = live(own.content())
    address = "/steinbach/aktuelles/2026/ortsputz/"
    assert "/presse/" not in baked
    assert store.read("/presse/") is None
    assert not soup(address).select('a[href="/presse/"]'), "nor does it lead to where it does not stand"
    assert address not in news()
    live(written(home, "Kelterfest", site=site, press=True).content())
    control = "/steinbach/aktuelles/2026/kelterfest/"
    assert listed("/presse/") == [control]
    assert "ortsputz" not in news()
    assert control in news()
    publish.withdraw(site.object_key)
    publish.settle()
    assert "ortsputz" not in str(soup("/presse/")) + news()
    own.site_only = False
    own.save()
    assert "/presse/" in live(own.content(), digest=OTHER)
    assert address in news()
    own.site_only = True
    own.save()
    assert "/presse/" in live(own.content(), digest=DIGEST)
    assert "ortsputz" not in str(soup("/presse/")) + news()


def test_a_message_bakes_the_lists_of_its_sites_alone(
    site: MemberSitePage,
    home: HomePage,
) -> None:
    other = laid_out(home, "oberholz")
    live(other.content())
    baked = live(written(home, "Dorfplatz", site=site).content())
    assert "/steinbach/aktuelles/" in baked
    assert not [path for path in baked if path.startswith("/oberholz/")]
    shared = MessagePage.objects.get(title="Dorfplatz")
    shared.also_on.set([other])
    shared.save()
    baked = live(shared.content(), digest=OTHER)
    assert "/oberholz/aktuelles/" in baked
    assert listed("/oberholz/aktuelles/") == ["/steinbach/aktuelles/2026/dorfplatz/"]
    publish.withdraw(shared.object_key)
    publish.settle()
    assert listed("/oberholz/aktuelles/") == listed("/steinbach/aktuelles/") == []


def test_a_long_list_has_pages_and_they_go_with_the_site(
    site: MemberSitePage,
) -> None:
    extra = {"kind": "message", "sites": [site.object_key]}
    live(*(message(number, extra=extra) for number in range(2, 2 + lists.PER_PAGE + 1)))
    assert len(listed("/steinbach/aktuelles/")) == lists.PER_PAGE
    assert len(listed("/steinbach/aktuelles/seite/2/")) == 1
    publish.withdraw(site.object_key)
    publish.settle()
    assert store.read("/steinbach/aktuelles/") is None
    assert store.read("/steinbach/aktuelles/seite/2/") is None


def test_whoever_releases_reads_where_it_stands(site: MemberSitePage, home: HomePage) -> None:
    other = laid_out(home, "oberholz")
    content = written(home, "Lampen", site=site, also_on=[other], site_only=True).content()
    assert {label: value for _key, label, value in content.details} == {
        "Gehört zu": "Ortsteil Steinbach",
        "Auch auf": "Ortsteil Oberholz",
        "In den Meldungen der Kommune": "nein",
    }
    plain = written(home, "Ohne").content()
    assert "details" not in plain.extra, "a message of the municipality stays the same bytes"


def test_the_database_lists_a_message_once(site: MemberSitePage) -> None:
    row = ReleasedPage.objects.get(kind="message")
    SiteListing.objects.create(page=row, site=site.object_key)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteListing.objects.create(page=row, site=site.object_key)


def test_released_again_changes_nothing(site: MemberSitePage, home: HomePage) -> None:
    content = written(home, "Zweimal", site=site).content()
    live(content)
    live(content, digest=DIGEST)
    assert SiteListing.objects.count() == 1
