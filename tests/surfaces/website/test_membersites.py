"""Sites of districts: a prefix with name, look and menus of its own, released like anything else, and baked for itself."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel.town.models import Town
from stadtnah.surfaces.website import bake, members, publish, store
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage, ReleasedPage, StandardPage
from stadtnah.surfaces.website.site import Frame
from tests.surfaces.website.conftest import OTHER, message, page
from tests.surfaces.website.sites_shown import first_page, laid_out, links, live, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(town: Town) -> HomePage:
    return first_page()


def below(parent: Any, title: str, menu: str = "main") -> StandardPage:
    made: StandardPage = parent.add_child(
        instance=StandardPage(title=title, slug=title.lower(), menu=menu, teaser=f"Über {title}.")
    )
    return made


@pytest.fixture
def site(home: HomePage) -> MemberSitePage:
    """Public, with two pages; the municipality has two of its own, one of them in the foot."""
    made = laid_out(home)
    live(
        page("impressum"),
        page("rathaus", extra={"kind": "page", "menu": "main", "menu_order": 1}),
        made.content(),
        below(made, "Ortsbeirat").content(),
        below(made, "Vereine").content(),
    )
    return made


def css(path: str) -> str:
    sheet = soup(path).select_one("link[rel=stylesheet]")
    found = store.read(str(sheet["href"])) if sheet else None
    return found[1].decode() if found else ""


def test_its_pages_have_its_name_look_and_menu_and_the_others_have_the_towns(site: MemberSitePage) -> None:
    for path in ("/steinbach/", "/steinbach/vereine/", "/en/steinbach/vereine/"):
        shown = soup(path)
        assert shown.select_one(".brand__short").get_text() == "Steinbach"  # type: ignore[union-attr]
        assert shown.select_one(".brand")["href"] == path[: path.index("/steinbach/")] + "/steinbach/"  # type: ignore[index]
        assert "069 90009 555" in shown.select_one(".foot").get_text()  # type: ignore[union-attr]
        assert "--town-band:#7a3e2b" in css(path)
    assert links("/steinbach/", ".nav") == [
        "/steinbach/aktuelles/",
        "/steinbach/ortsbeirat/",
        "/steinbach/vereine/",
    ]
    assert links("/steinbach/", ".head-band__text") == ["/"]
    assert links("/steinbach/", ".foot__base") == ["/impressum/"], "the law asks the municipality"
    assert links("/steinbach/vereine/", ".crumbs") == ["/steinbach/"]
    # control: the municipality's own
    assert soup("/rathaus/").select_one(".brand__short").get_text() == "Beispielau"  # type: ignore[union-attr]
    assert "--town-band:#1b5e3f" in css("/rathaus/")
    assert links("/rathaus/", ".nav") == ["/aktuelles/", "/rathaus/"]
    assert "Steinbach" not in str(soup("/rathaus/"))


def test_its_first_page_shows_its_pages_as_they_are_released(site: MemberSitePage) -> None:
    assert links("/steinbach/", ".cards") == ["/steinbach/ortsbeirat/", "/steinbach/vereine/"]
    publish.withdraw(StandardPage.objects.get(title="Vereine").object_key)
    assert "/steinbach/" in publish.settle()
    assert links("/steinbach/", ".cards") == ["/steinbach/ortsbeirat/"]
    assert links("/steinbach/", ".nav") == ["/steinbach/aktuelles/", "/steinbach/ortsbeirat/"]


def test_a_change_bakes_the_pages_of_this_site_alone(site: MemberSitePage, home: HomePage) -> None:
    other = laid_out(home, "oberholz")
    live(other.content(), below(other, "Wald").content())
    site.colour = "#1f5f86"
    baked = live(site.content(), digest=OTHER)
    assert set(baked) == {f"/steinbach/{name}" for name in ("", "aktuelles/", "ortsbeirat/", "vereine/")}
    assert "--town-band:#1f5f86" in css("/steinbach/vereine/")
    assert "--town-band:#7a3e2b" in css("/oberholz/wald/")
    baked = live(below(site, "Kirche").content())
    assert baked
    assert all(path.startswith("/steinbach/") for path in baked)
    assert "/steinbach/kirche/" in links("/steinbach/vereine/", ".nav")
    # control: what the municipality shows on every page concerns them, too
    publish.mark("town")
    assert {"/steinbach/vereine/", "/rathaus/", "/oberholz/wald/"} <= set(publish.settle())


def test_nothing_of_it_is_public_before_its_release(home: HomePage) -> None:
    draft = laid_out(home)
    live(page("rathaus"), below(draft, "Vereine").content())
    assert store.read("/steinbach/") is None
    assert soup("/steinbach/vereine/").select_one(".brand__short").get_text() == "Beispielau"  # type: ignore[union-attr]
    assert "/steinbach/vereine/" not in links("/rathaus/", ".nav"), "it is no page of the municipality"
    baked = live(draft.content())
    assert "/steinbach/vereine/" in baked
    assert soup("/steinbach/vereine/").select_one(".brand__short").get_text() == "Steinbach"  # type: ignore[union-attr]
    draft.title = "Ortsteil Neu"
    draft.save()
    publish.touch("town")
    assert "Ortsteil Neu" not in str(soup("/steinbach/vereine/"))


def test_withdrawn_its_pages_are_the_towns_again(site: MemberSitePage) -> None:
    publish.withdraw(site.object_key)
    publish.settle()
    found = store.read("/steinbach/")
    assert found is not None
    assert found[0].status == 410
    assert soup("/steinbach/vereine/").select_one(".brand__short").get_text() == "Beispielau"  # type: ignore[union-attr]
    assert "/steinbach/vereine/" not in links("/rathaus/", ".nav")


def test_what_it_does_not_say_is_the_towns(home: HomePage, town: Town) -> None:
    live(laid_out(home, phone="").content())
    foot = soup("/steinbach/").select_one(".foot")
    assert foot is not None
    assert "069 90009 100" in foot.get_text()
    assert "© Stadt Beispielau" in foot.get_text()
    assert members.public(town)["/steinbach/"].here.arms_sha256 == town.arms_sha256


def test_facts_and_look_are_read_by_whoever_releases(site: MemberSitePage) -> None:
    said = {label: value for _key, label, value in site.content().details}
    assert said["Kurzname"] == "Steinbach"
    assert said["Farbe"] == "#7a3e2b"
    assert said["Telefon"] == "069 90009 555"


def test_a_preview_shows_its_own_look_before_it_is_public(home: HomePage) -> None:
    made = BeautifulSoup(bake.preview(laid_out(home).content()), "html.parser")
    assert made.select_one(".brand__short").get_text() == "Steinbach"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "aktuelles", "schon vergeben"),
        ("colour", "#ffee00", "Kontrast"),
        ("postcode", "123", "fünf Ziffern"),
        ("hours", "irgendwann", "je Zeile den Tag"),
        ("mail", "nein", "E-Mail"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    home: HomePage, field: str, value: str, said: str
) -> None:
    made = laid_out(home)
    made.full_clean()  # control
    setattr(made, field, value)
    with pytest.raises(ValidationError) as refused:
        made.full_clean()
    assert said in " ".join(refused.value.message_dict[field])


def test_the_database_knows_no_site_within_another(site: MemberSitePage) -> None:
    row = ReleasedPage.objects.get(pk=site.object_key)
    row.path, row.parent_path, row.pk = "/steinbach/unten/", "/steinbach/", "membersite:2"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.kind = "page"
    row.save(force_insert=True)  # control


def test_an_address_belongs_to_one_site() -> None:
    roots = {"/steinbach/"}
    assert members.root_of("/steinbach/", roots) == "/steinbach/"
    assert members.root_of("/steinbach/a/b/", roots) == "/steinbach/"
    for other in ("/", "/steinbach-alt/", "/aktuelles/steinbach/", "/404.html", "/steinbach"):
        assert members.root_of(other, roots) == ""


def test_many_sites_cost_no_more_queries_than_one(site: MemberSitePage, home: HomePage) -> None:
    with CaptureQueriesContext(connection) as one:
        Frame.now()
    live(*(laid_out(home, slug).content() for slug in ("aue", "berg", "oberholz")))
    with CaptureQueriesContext(connection) as four:
        Frame.now()
    assert len(four) == len(one)


def test_the_town_keeps_its_messages_to_itself(site: MemberSitePage) -> None:
    live(message(1))
    assert "Meldung 1" not in str(soup("/steinbach/"))
