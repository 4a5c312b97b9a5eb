"""Moves at the worst moment: what is on its way, what stood at the new address, a worker that is killed, a page that cannot be made."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk.works import draft_of
from stadtnah.surfaces.website import bake, publish
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.forwarding.models import ReleasedForwarding
from stadtnah.surfaces.website.models import HomePage, OldPath, ReleasedPage, StandardPage
from stadtnah.surfaces.website.relocating import release, rule
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_relocating import door, home, made, public, site
from tests.surfaces.website.forwarding.conftest import ask

__all__ = ["home", "site"]
pytestmark = pytest.mark.django_db


def killed_before_baking(page: Any, parent: Any) -> None:
    """The move is in the database, and its worker has died."""
    with transaction.atomic():
        release._carry_out(rule.plan(page, parent))


@pytest.mark.parametrize("wish", ["", "2099-01-01T10:00"])
def test_a_draft_that_is_on_its_way_stays_until_that_is_decided(
    people: Cast, site: dict[str, Any], wish: str
) -> None:
    draft = made(site["bauen"], "Plan")
    asked = publishing.submit(draft.content(), {}, by=people.ada, context=check_context(), wish=wish)
    if wish:
        publishing.release(asked.pk, by=people.freya, seen_digest=asked.snapshot_id)
    answer = as_(people.ada).post(door(draft), {"nach": site["leben"].object_key})
    assert answer.status_code == 409
    assert "Noch nicht abgeschlossen ist die Freigabe von „Plan“" in words(answer)
    draft.refresh_from_db()
    assert draft.public_path() == "/bauen/plan/"
    if not wish:  # control
        publishing.refuse(asked.pk, by=people.freya, reason="Später.")
        assert as_(people.ada).post(door(draft), {"nach": site["leben"].object_key}).status_code == 302


def test_a_page_stands_where_another_one_led_on(site: dict[str, Any], people: Cast) -> None:
    other = public(HomePage.objects.get(), "Kontakt").released()
    for path in ("/leben/haus/", "/leben/haus/dach/"):
        OldPath.objects.create(path=path, page=other)
    bake.bake_all()
    assert ask("/leben/haus/dach/")[1]["Location"] == "/kontakt/"
    killed_before_baking(site["haus"], site["leben"])
    publish.settle()
    for path in ("/leben/haus/", "/leben/haus/dach/"):
        assert ask(path)[0] == 200, path


def test_a_page_stands_where_another_one_was_withdrawn(site: dict[str, Any], people: Cast) -> None:
    garden, yard = public(site["leben"], "Garten"), public(site["bauen"], "Hof")
    gone = public(garden, "Keller")
    publish.withdraw(gone.object_key)
    gone.delete()
    keller = public(yard, "Keller")
    publish.settle()
    assert ask("/leben/garten/keller/")[0] == 410
    killed_before_baking(keller, garden)
    publish.settle()
    assert ask("/leben/garten/keller/")[0] == 200
    assert ask("/bauen/hof/keller/")[1]["Location"] == "/leben/garten/keller/"


def test_a_version_has_room_at_the_new_address_too(site: dict[str, Any], people: Cast) -> None:
    deep = site["leben"]
    for letter in "abc":
        deep = public(deep, letter * 119)
    for title, fits in (("x" * 32, False), ("y" * 14, True)):  # 400 characters, and 382
        page = public(site["bauen"], title)
        if fits:
            assert rule.plan(page, deep).public
        else:
            with pytest.raises(rule.NotMoved, match="wäre zu lang"):
                rule.plan(page, deep)


class Order:
    """In which order pages were made, as the notes of what they use say."""

    def __init__(self, *paths: str) -> None:
        self.paths, self.made = paths, list[str]()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "website_pageuse" in sql:
            self.made += [path for path in self.paths if params == (path,) and path not in self.made]
        return execute(sql, params, many, context)


def test_back_again_nobody_is_sent_in_a_circle_meanwhile(site: dict[str, Any], people: Cast) -> None:
    haus = site["haus"]
    killed_before_baking(haus, site["leben"])
    publish.settle()
    killed_before_baking(haus, site["bauen"])
    publish.settle()
    assert ask("/leben/haus/")[1]["Location"] == "/bauen/haus/"
    ReleasedForwarding.objects.create(path="/alt.html", target="/bauen/haus/", origin="hand")
    publish.touch("theme")
    killed_before_baking(haus, site["leben"])
    order = Order("/alt.html", "/bauen/haus/", "/leben/haus/")
    with connection.execute_wrapper(order):
        publish.settle()
    assert order.made == ["/leben/haus/", "/alt.html", "/bauen/haus/"]
    assert ask("/leben/haus/")[0] == 200
    assert ask("/bauen/haus/")[1]["Location"] == "/leben/haus/"


def test_the_old_address_shows_the_page_until_the_new_one_can(site: dict[str, Any], people: Cast) -> None:
    dach = ReleasedPage.objects.get(path="/bauen/haus/dach/")
    killed_before_baking(site["haus"], site["leben"])
    said = ReleasedPage.objects.get(pk=dach.pk).content
    ReleasedPage.objects.filter(pk=dach.pk).update(digest="d" * 64, content={**said, "blocks": 7})
    publish.settle()
    assert ask("/leben/haus/dach/")[0] == 404
    assert ask("/bauen/haus/dach/")[0] == 200
    ReleasedPage.objects.filter(pk=dach.pk).update(digest=dach.digest, content=said)
    bake.bake_all()
    assert ask("/leben/haus/dach/")[0] == 200
    assert ask("/bauen/haus/dach/")[1]["Location"] == "/leben/haus/dach/"


def test_who_read_a_page_before_the_move_and_saves_it_after_does_not_bring_it_back(
    site: dict[str, Any], people: Cast
) -> None:
    # As the desk's form does: the draft, for a page of the tree.
    read, above = (draft_of(type(site[name]).objects.get(pk=site[name].pk)) for name in ("haus", "leben"))
    killed_before_baking(site["haus"], site["leben"])
    for one in (read, above):
        one.title = f"{one.title} neu"
        one.save()
    assert [page.title for page in above.get_children()] == ["Haus neu"]
    assert StandardPage.objects.get(title="Dach").public_path() == "/leben/haus/dach/"
    assert StandardPage.objects.get(title="Haus neu").public_path() == "/leben/haus/"
    assert StandardPage.find_problems() == ([], [], [], [], [])
