"""The press area, and a text under embargo: no byte of it anywhere before its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api
from stadtnah.publishing.dispatch import deliver, plan, reconcile
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.website import bake, mirror, publish, sitemaps, store
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.models import HomePage, MessagePage, NewsIndexPage
from stadtnah.surfaces.website.offices.founding import office_index
from stadtnah.surfaces.website.offices.models import OfficePage, PersonPage
from stadtnah.surfaces.website.press.models import PressPage
from stadtnah.surfaces.website.search import index as search
from tests.factories.channels import Paper
from tests.factories.messages import paper_account
from tests.factories.people import Cast, cast
from tests.surfaces.website.conftest import DIGEST, OTHER, message, photo

pytestmark = pytest.mark.django_db
SECRET = "Gefahrenabwehrplan"


@pytest.fixture
def home(town: Town) -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    made: HomePage = root.add_child(instance=HomePage(title="Start", slug="start"))
    return made


@pytest.fixture
def people(home: HomePage, paper: Paper) -> Cast:
    paper_account()
    for key in ("website", "feeds"):
        ChannelAccount.objects.create(key=key, channel=key, label=key)
    return cast()


def wall(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"


def release_of(home: HomePage, **more: Any) -> MessagePage:
    news = NewsIndexPage.objects.first() or home.add_child(
        instance=NewsIndexPage(title="Aktuelles", slug="aktuelles")
    )
    made: MessagePage = news.add_child(
        instance=MessagePage(
            title=f"{SECRET} beschlossen",
            slug="plan",
            teaser=f"Der {SECRET} liegt vor.",
            body=[("text", f"<p>Der {SECRET} gilt ab sofort.</p>")],
            hero_image=TownImage.take(photo(colour="#123456"), filename="plan.jpg"),
            hero_alt="Ein Plan auf einem Tisch",
            press=True,
            live=False,
            **more,
        )
    )
    return made


def run(people: Cast) -> None:
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    for channel in ("website", "feeds", "paper"):
        deliver.deliver(channel)
    publish.settle()
    search.catch_up()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in (folder / "store").rglob("*") if file.is_file()}


def later(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_no_byte_of_an_embargoed_text_is_public_before_its_time(
    home: HomePage, people: Cast, paper: Paper, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bake.bake_all()
    sitemaps.bake_all()
    until = clock.now() + timedelta(hours=3)
    page = release_of(home, embargo=wall(until))
    content = page.content()
    request = api.submit(content, {"paper": {"on": True, "text": ""}}, by=people.ada, context=check_context())
    assert request.wish == wall(until)
    bake.preview(content)  # whoever looks at it in the desk leaves nothing behind
    before = everything(data_folder)
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    run(people)
    bake.bake_all()
    sitemaps.bake_all()
    assert everything(data_folder) == before
    assert not [name for name, data in before.items() if SECRET.encode() in data]
    assert paper.taken == []
    # What Django answers itself: the search, its suggestions, the address of the page.
    for address in (f"/suche/?q={SECRET}", f"/suche/vorschlaege/?q={SECRET[:8]}", content.path):
        assert f"{SECRET} beschlossen".encode() not in Client().get(address).content
    copy = data_folder / "export"
    mirror.export(copy)
    assert not [file for file in copy.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]

    later(monkeypatch, until + timedelta(minutes=1))
    run(people)
    assert SECRET.encode() in (store.read(content.path) or pytest.fail("not there"))[1]
    assert SECRET.encode() in (store.read("/feeds/atom.xml") or pytest.fail("not there"))[1]
    assert SECRET.encode() in (store.read("/presse/") or pytest.fail("not there"))[1]
    assert len(paper.taken) == 1
    assert len(everything(data_folder)) > len(before)


@pytest.mark.parametrize("hours", [-1, 1])
def test_an_earlier_wish_is_refused(home: HomePage, people: Cast, hours: int) -> None:
    until = clock.now() + timedelta(hours=3)
    content = release_of(home, embargo=wall(until)).content()
    with pytest.raises(api.NotAccepted, match="Sperrfrist bis"):
        api.submit(
            content,
            {},
            by=people.ada,
            context=check_context(),
            wish=wall(clock.now() + timedelta(hours=hours)),
        )
    asked = api.submit(
        content, {}, by=people.ada, context=check_context(), wish=wall(until + timedelta(hours=1))
    )
    assert asked.wish == wall(until + timedelta(hours=1))


@pytest.mark.parametrize("at", ["", "earlier"])
def test_nobody_releases_it_for_an_earlier_time(home: HomePage, people: Cast, at: str) -> None:
    until = clock.now() + timedelta(hours=3)
    content = release_of(home, embargo=wall(until)).content()
    request = api.submit(content, {}, by=people.ada, context=check_context())
    chosen = at and wall(until - timedelta(hours=1))
    with pytest.raises(api.NotAccepted, match="Sperrfrist bis"):
        api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id, at=chosen)
    approval = api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id)
    assert plan.plan(approval.pk) == 0
    assert approval.dispatch.due_at >= until - timedelta(minutes=1)


def test_an_embargo_that_is_over_changes_nothing(home: HomePage, people: Cast, paper: Paper) -> None:
    content = release_of(home, embargo=wall(clock.now() - timedelta(hours=1))).content()
    request = api.submit(content, {}, by=people.ada, context=check_context())
    assert request.wish == ""
    api.release(request.pk, by=people.freya, seen_digest=request.snapshot_id, at="")
    run(people)
    assert store.read(content.path)


def test_the_release_view_says_it(home: HomePage, people: Cast, settings: Any) -> None:
    settings.STADTNAH_SECOND_FACTOR_REQUIRED = False
    content = release_of(home, embargo=wall(clock.now() + timedelta(hours=3))).content()
    request = api.submit(content, {}, by=people.ada, context=check_context())
    client = Client()
    client.force_login(people.freya, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("desk_request", args=[request.pk])).content.decode()
    assert "Sperrfrist bis" in shown
    assert "Freigeben und sofort versenden" not in shown


# The area ---------------------------------------------------------------------


def press_message(number: int, **more: Any) -> Any:
    return message(number, extra={"kind": "message", "press": True}, **more)


def soup(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found, path
    return BeautifulSoup(found[1], "html.parser")


def test_press_releases_are_released_messages_with_the_tick(town: Town) -> None:
    publish.put_live(message(1), DIGEST)
    publish.settle()
    assert store.read_meta("/presse/") is None
    publish.put_live(press_message(2), DIGEST)
    publish.settle()
    assert [link["href"] for link in soup("/presse/").select(".row a")] == ["/aktuelles/2026/meldung-2/"]
    assert soup("/aktuelles/2026/meldung-2/").select_one('.tag[href="/presse/"]')
    assert not soup("/aktuelles/2026/meldung-1/").select('.tag[href="/presse/"]')
    publish.put_live(message(2), OTHER)  # without the tick
    publish.settle()
    assert store.read_meta("/presse/") is None


def test_a_message_without_the_tick_leaves_the_press_area_alone(town: Town) -> None:
    publish.put_live(press_message(2), DIGEST)
    publish.settle()
    publish.put_live(message(3), DIGEST)
    assert "/presse/" not in publish.settle()


def test_what_was_released_before_keeps_its_bytes(home: HomePage) -> None:
    page = release_of(home)
    page.press = False
    assert page.content().extra == {"kind": "message"}


def kit(home: HomePage) -> PressPage:
    image = TownImage.take(photo(2400, 1600), filename="wappen.jpg", credit="Foto: Stadtarchiv")
    file = TownDocument.take(b"Jahr;Einwohner\r\n2026;6180\r\n", filename="zahlen.csv", title="Zahlen")
    person = office_index().add_child(
        instance=PersonPage(title="Ida Presse", slug="ida", phone="069 90009 101")
    )
    made: PressPage = home.add_child(
        instance=PressPage(
            title="Presse",
            slug="presse",
            intro="Für Redaktionen.",
            person=person,
            hours="Montag bis Freitag",
            kit=[
                ("picture", {"image": image, "title": "Rathaus", "alt": "Das Rathaus am Markt", "credit": "", "terms": "Frei für Berichte."}),
                ("file", {"document": file, "title": "", "terms": ""}),
            ],
        )
    )  # fmt: skip
    return made


def test_the_kit_says_what_each_may_be_used_for_and_is_public_with_the_release(home: HomePage) -> None:
    page = kit(home)
    content = page.content()
    picture, file = content.blocks[0].picture, content.blocks[1].file
    assert picture
    assert file
    original = f"/media/{picture.sha256}.jpg"
    assert store.read_meta(original) is None
    publish.put_live(content, DIGEST)
    shown = soup("/presse/")
    assert shown.select_one(f'.kit a[href="{original}"][download]')
    assert "Frei für Berichte." in shown.select_one(".kit__terms").get_text()  # type: ignore[union-attr]
    assert "Foto: Stadtarchiv" in shown.select_one(".kit__credit").get_text()  # type: ignore[union-attr]
    assert "2400 × 1600" in shown.select_one(".kit").get_text()  # type: ignore[union-attr]
    assert store.read_meta(original)
    assert store.read_meta(file.path)
    publish.withdraw(page.object_key)
    assert store.read_meta(original) is None
    assert store.read_meta(file.path) is None


def test_whom_to_ask_follows_the_register(home: HomePage) -> None:
    page = kit(home)
    publish.put_live(page.content(), DIGEST)
    publish.settle()
    assert "Ida Presse" not in str(soup("/presse/"))  # still a draft
    person: Any = page.person
    publish.put_live(person.content(), DIGEST)
    publish.settle()
    assert "069 90009 101" in soup("/presse/").select_one(".press__ask").get_text()  # type: ignore[union-attr]
    publish.withdraw(person.object_key)
    publish.settle()
    assert "Ida Presse" not in str(soup("/presse/"))


def test_an_office_answers_for_the_press(home: HomePage) -> None:
    page = kit(home)
    office: Any = office_index().add_child(
        instance=OfficePage(title="Pressestelle", slug="presse", phone="069 90009 100")
    )
    page.office, page.person = office, None
    publish.put_live(office.content(), DIGEST)
    publish.put_live(page.content(), DIGEST)
    assert "Pressestelle" in soup("/presse/").select_one(".press__ask").get_text()  # type: ignore[union-attr]


def test_the_press_area_costs_the_same_however_many_releases_there_are(town: Town) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            bake.sheet("/presse/")
        return len(queries)

    publish.put_live(press_message(1), DIGEST)
    few = cost()
    for number in range(2, 30):
        publish.put_live(press_message(number), DIGEST)
    assert cost() == few
    publish.settle()
    assert len(soup("/presse/seite/3/").select(".row")) == 5
