"""Old addresses whose query says which page they were: they lead on exactly, and no page is hidden by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stadtnah.surfaces.website import mirror, publish, queries, store, sweep
from stadtnah.surfaces.website.forwarding.models import Forwarding
from stadtnah.surfaces.website.models import MessagePage
from stadtnah.surfaces.website.moving_in.models import ImportedItem, hashed
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_, data_folder, page, people
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.forwarding.conftest import URL, ask, release, wish
from tests.surfaces.website.test_sweep import healed, time_passes

__all__ = ["data_folder", "page", "people"]
pytestmark = pytest.mark.django_db


def leads(path: str, query: str) -> tuple[int, str]:
    status, headers, _body = ask(path, query)
    return status, headers.get("Location", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/index.php?id=12", "/index.php?id=12"),
        ("https://www.alte-stadt.example/index.php?id=12&L=0#top", "/index.php?L=0&id=12"),
        ("/index.php?PHPSESSID=9&id=12&utm_source=x", "/index.php?id=12"),
        ("/index.php?sid=9", "/index.php"),
        ("/seite?id=3", "/seite/?id=3"),
        ("/a/index.html?id=3", "/a/?id=3"),
        ("/index.php?/rathaus/müll", "/index.php?%2Frathaus%2Fm%C3%BCll"),
        ("/index.php?name=Straße", "/index.php?name=Stra%C3%9Fe"),
        ("/index.php?tx_news[id]=4", "/index.php?tx_news%5Bid%5D=4"),
    ],
)
def test_an_old_address_has_one_spelling(people: Cast, website: str, typed: str, kept: str) -> None:
    assert wish(people, typed, website).status_code == 302
    assert list(Forwarding.objects.values_list("path", flat=True)) == [kept]


def test_each_query_leads_to_its_own_page(people: Cast, website: str) -> None:
    wish(people, "/index.php?id=12&L=0", website)
    wish(people, "/index.php?id=13", "/aktuelles/")
    wish(people, "/index.php", "/aktuelles/archiv/")
    release(people)
    for query in ("id=12&L=0", "L=0&id=12", "L=0&id=12&utm_source=post&PHPSESSID=77", "id=12&amp;L=0"):
        assert leads("/index.php", query) == (301, website)
    assert leads("/en/index.php", "id=12&L=0") == (301, f"/en{website}")
    assert leads("/index.php", "id=13") == (301, "/aktuelles/")
    # control: what nobody named leads where the address alone does
    for query in ("id=14", "id=12", "id=12&L=1", "", "x" * 5_000, "%00", "id=%ff"):
        assert leads("/index.php", query) == (301, "/aktuelles/archiv/")


def test_an_address_without_a_page_leads_on_by_its_query_alone(people: Cast, website: str) -> None:
    wish(people, "/rathaus/seite?id=3", website)
    release(people)
    for path in ("/rathaus/seite", "/rathaus/seite/"):
        assert leads(path, "id=3") == (301, website)
        assert leads(path, "id=4")[0] == leads(path, "")[0] == 404


def test_a_page_stands_there_whatever_the_query_says(people: Cast, website: str) -> None:
    answer = wish(people, f"{website}?id=12", "/aktuelles/")
    assert answer.status_code == 422
    assert "steht eine Seite der Website" in words(answer)
    wish(people, "/neu/?id=3", website)
    release(people)
    store.write("/neu/", b"<h1>Neu</h1>", "text/html; charset=utf-8")
    status, _headers, body = ask("/neu/", "id=3")
    assert (status, body) == (200, b"<h1>Neu</h1>")


def test_it_goes_with_its_release_and_nothing_else_is_touched(people: Cast, website: str) -> None:
    wish(people, "/index.php?id=12", website)
    wish(people, "/index.php?id=13", website)
    release(people)
    time_passes()
    assert not sweep.differences().strays
    store.write("/index.php?id=99", b"forged", "text/html; charset=utf-8", status=301, location="/x/")
    assert "/index.php?id=99" in healed().unwanted
    Forwarding.objects.filter(path="/index.php?id=13").update(removed=True)
    release(people)
    publish.settle()
    assert leads("/index.php", "id=12") == (301, website)
    assert leads("/index.php", "id=13")[0] == leads("/index.php", "id=99")[0] == 404


def test_the_address_of_a_taken_over_message_may_have_one(
    people: Cast, website: str, page: MessagePage
) -> None:
    link = "https://www.alte-stadt.example/index.php?id=4&sid=7"
    ImportedItem.objects.create(
        source_key="a", guid_hash=hashed("4"), link=link, object_key=page.object_key, state="created"
    )
    as_(people.agnes).post(f"{URL}uebernahme/")
    row = Forwarding.objects.get()
    assert (row.path, row.target, row.origin) == ("/index.php?id=4", website, "old")


def test_a_copy_lists_it_for_a_host_that_can_be_told(people: Cast, website: str, tmp_path: Path) -> None:
    wish(people, "/index.php?id=12", website)
    release(people)
    mirror.export(tmp_path / "kopie")
    listed = json.loads((tmp_path / "kopie" / mirror.LIST).read_text())
    assert listed["redirects"]["/index.php?id=12"] == {"to": website, "status": 301}
    assert not [name for name in listed["files"] if "?" in name]


@pytest.mark.parametrize(
    ("path", "query"),
    [("/a.php", ""), ("/a.php", "PHPSESSID=1"), ("/a.php", "id=" + "1" * 400), ("/a?b.php", "id=1")],
)
def test_what_says_nothing_has_no_place(path: str, query: str) -> None:
    assert queries.place(path, query) == ""
    assert queries.place("/a.php", "id=1") == "/a.php?id=1", "control"
