"""„Verschieben“: proposed in the desk, released by the municipality, carried out whole; old addresses lead on, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Membership
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import bake, faithful, publish
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.forwarding import leading
from stadtnah.surfaces.website.forwarding.models import Forwarding, ReleasedForwarding
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage, MessagePage, OldPath, ReleasedPage, StandardPage
from stadtnah.surfaces.website.pagetypes.models import ProjectPage, SectionPage
from stadtnah.surfaces.website.released import Move
from stadtnah.surfaces.website.relocating import release, rule
from stadtnah.surfaces.website.search import index
from stadtnah.surfaces.website.search.models import Entry as Found
from tests.factories.bulk_pages import lay_below
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.website.forwarding.conftest import ask
from tests.surfaces.website.languages.conftest import version
from tests.surfaces.website.sites_shown import links, soup

pytestmark = pytest.mark.django_db


def made(below: Any, title: str, kind: Any = StandardPage, **more: Any) -> Any:
    """A page of the tree that nobody released."""
    given = {"title": title, "slug": title.lower(), "live": False, **more}
    page = below.add_child(instance=kind(**given))
    page.save_revision()
    return page


def public(below: Any, title: str, kind: Any = StandardPage, **more: Any) -> Any:
    page = made(below, title, kind, **more)
    released(page)
    return page


def released(page: Any) -> None:
    people = release_people()
    row = publishing.submit(page.content(), {}, by=people["ada"], context=check_context(), announce=False)
    publishing.release(row.pk, by=people["freya"], seen_digest=row.snapshot_id)
    dispatch_all()


def release_people() -> dict[str, Any]:
    return {user.name.lower(): user for user in User.objects.filter(name__in=["Ada", "Freya"])}


@pytest.fixture
def home(page: MessagePage) -> HomePage:
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    return HomePage.objects.get()


@pytest.fixture
def site(home: HomePage) -> dict[str, Any]:
    """/bauen/ with /bauen/haus/ and /bauen/haus/dach/; /leben/ in the main menu."""
    bauen = public(home, "Bauen", SectionPage, menu="main")
    leben = public(home, "Leben", SectionPage, menu="main")
    haus = public(bauen, "Haus")
    dach = public(haus, "Dach")
    publish.settle()
    bake.bake_all()
    return {"bauen": bauen, "leben": leben, "haus": haus, "dach": dach}


def door(page: Any) -> str:
    return reverse("desk_move", args=[page.uuid])


def proposed(people: Cast, page: Any, parent: Any, who: str = "agnes", **more: str) -> Any:
    return as_(getattr(people, who)).post(door(page), {"nach": parent.object_key, **more})


def waiting() -> publishing.ReleaseRequest:
    return publishing.ReleaseRequest.objects.get(state="open")


def from_basket(people: Cast) -> Any:
    row = waiting()
    return as_(people.freya).post(reverse("desk_basket"), {"pick": f"{row.pk}:{row.snapshot_id}"})


def carried_out(people: Cast, page: Any, parent: Any) -> None:
    assert proposed(people, page, parent).status_code == 302
    answer = from_basket(people)
    assert answer.status_code == 302, words(answer)
    dispatch_all()
    publish.settle()  # the ticker's work


def test_a_page_moves_with_all_below_it_once_released(people: Cast, site: dict[str, Any]) -> None:
    haus, leben = site["haus"], site["leben"]
    seen = words(as_(people.agnes).get(f"{door(haus)}?nach={leben.object_key}"))
    for said in (
        "/bauen/haus/",
        "/leben/haus/",
        "/leben/haus/dach/",
        "Eine öffentliche Seite darunter zieht",
    ):
        assert said in seen
    assert proposed(people, haus, leben, note="Gehört zu Leben.").status_code == 302
    publish.settle()
    assert ask("/leben/haus/")[0] == 404  # proposed is not released
    assert ask("/bauen/haus/")[0] == 200
    shown = words(as_(people.freya).get(reverse("desk_basket")))
    assert "erste Fassung" not in shown
    for said in ("Umzug: Haus", "Aus /bauen/haus/ wird /leben/haus/", "Gehört zu Leben.", "„Dach“"):
        assert said in shown
    assert from_basket(people).status_code == 302
    dispatch_all()
    publish.settle()
    for old, new in (("/bauen/haus/", "/leben/haus/"), ("/bauen/haus/dach/", "/leben/haus/dach/")):
        assert ask(new)[0] == 200
        assert (ask(old)[0], ask(old)[1]["Location"]) == (301, new)
        assert ask(f"/en{old}")[1]["Location"] == f"/en{new}"
    assert links("/leben/haus/dach/", ".crumbs") == ["/", "/leben/", "/leben/haus/"]
    assert "/leben/haus/" in links("/leben/", "main")
    assert "/bauen/haus/" not in links("/bauen/", "main")
    assert 'href="http://localhost:8000/leben/haus/dach/"' in str(soup("/leben/haus/dach/").head)
    sitemap = ask("/sitemaps/page.xml")[2].decode()
    assert "/leben/haus/dach/" in sitemap
    assert "/bauen/haus/" not in sitemap
    haus.refresh_from_db()
    assert haus.public_path() == "/leben/haus/"
    entry = Entry.objects.get(event="page.moved")
    assert (entry.subject, entry.data["public"]) == (haus.object_key, 2)
    assert faithful.differing() == []  # the texts are those that were released


def test_addresses_never_lead_in_two_steps_nor_away_from_a_page(people: Cast, site: dict[str, Any]) -> None:
    haus = site["haus"]
    carried_out(people, haus, site["leben"])
    carried_out(people, haus, HomePage.objects.get())
    for old in ("/bauen/haus/", "/leben/haus/"):
        assert ask(old)[1]["Location"] == "/haus/"
    assert ask("/bauen/haus/dach/")[1]["Location"] == "/haus/dach/"
    carried_out(people, haus, site["bauen"])  # home again: its own old address is a page now
    assert ask("/bauen/haus/")[0] == 200
    assert ask("/haus/")[1]["Location"] == "/bauen/haus/"
    assert not OldPath.objects.filter(path="/bauen/haus/").exists()


def test_short_addresses_forwardings_and_the_search_follow(people: Cast, site: dict[str, Any]) -> None:
    for path in ("/k/haus/", "/haus.html"):
        ReleasedForwarding.objects.create(path=path, target="/bauen/haus/", origin="hand")
    bake.bake_all()
    carried_out(people, site["haus"], site["leben"])
    assert ask("/k/haus/")[1]["Location"] == "/leben/haus/"
    assert ask("/haus.html")[1]["Location"] == "/leben/haus/"
    assert leading.short_of(ReleasedPage.objects.get(path="/leben/haus/")) == "/k/haus/"
    index.take_marked()
    assert set(Found.objects.filter(path__contains="haus").values_list("path", flat=True)) >= {
        "/leben/haus/",
        "/leben/haus/dach/",
    }
    assert not Found.objects.filter(path__startswith="/bauen/haus/").exists()


@pytest.mark.parametrize(
    ("who", "status"), [("agnes", 302), ("ada", 302), ("aaron", 404), ("clara", 404), ("doris", 404)]
)
def test_who_proposes_it(people: Cast, site: dict[str, Any], who: str, status: int) -> None:
    answer = proposed(people, site["haus"], site["leben"], who)
    assert answer.status_code == status or (status != 302 and answer.status_code in {302, 403})
    assert Move.objects.exists() == (status == 302)


def test_an_agency_cannot_release_it_and_whoever_proposed_it_neither(
    people: Cast, site: dict[str, Any]
) -> None:
    Membership.objects.create(user=people.freya, role="author")
    proposed(people, site["haus"], site["leben"], "freya")
    row = waiting()
    said = {"when": "now", "digest": row.snapshot_id}
    for who, status in (("agnes", 403), ("ada", 403), ("freya", 403), ("viktor", 302)):
        answer = as_(getattr(people, who)).post(reverse("desk_release", args=[row.pk]), said)
        assert answer.status_code == status, who
    dispatch_all()
    publish.settle()
    assert ask("/leben/haus/")[0] == 200


def test_the_list_of_pages_says_that_a_move_waits(people: Cast, site: dict[str, Any]) -> None:
    said = "Ein Umzug dieser Seite wartet auf die Freigabe"
    pages = reverse("desk_pages")
    assert said not in as_(people.freya).get(pages).content.decode()
    proposed(people, site["haus"], site["leben"])
    shown = as_(people.freya).get(pages).content.decode()
    assert shown.count(said) == 1
    assert reverse("desk_request", args=[waiting().pk]) in shown
    from_basket(people)
    assert said not in as_(people.freya).get(pages).content.decode()


def test_there_is_one_wish_for_a_page_and_a_new_one_replaces_it(people: Cast, site: dict[str, Any]) -> None:
    haus = site["haus"]
    proposed(people, haus, site["leben"])
    proposed(people, haus, HomePage.objects.get(), "ada")
    assert waiting().title == "Umzug: Haus"
    assert publishing.content_of(waiting().snapshot).path == "/haus/"
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(page=haus.object_key, parent="page:x", title="Haus")
    agnes = as_(people.agnes)
    assert "Zurücknehmen kann den Vorschlag nur" in words(agnes.post(door(haus), {"do": "back"}, follow=True))
    assert "zurückgenommen" in words(as_(people.ada).post(door(haus), {"do": "back"}, follow=True))
    assert not publishing.ReleaseRequest.objects.filter(state="open").exists()


def test_what_changed_since_is_looked_at_anew(people: Cast, site: dict[str, Any]) -> None:
    haus = site["haus"]
    proposed(people, haus, site["leben"])
    public(haus, "Keller")
    answer = _pick_move(people)
    assert answer.status_code == 409
    assert "haben sich Adressen oder Seiten geändert" in words(answer)
    assert not publishing.Approval.objects.filter(snapshot__object_key__startswith="move:").exists()
    carried_out(people, haus, site["leben"])  # proposed anew
    assert ask("/bauen/haus/keller/")[1]["Location"] == "/leben/haus/keller/"


def _pick_move(people: Cast) -> Any:
    row = publishing.ReleaseRequest.objects.get(state="open", object_key__startswith="move:")
    return as_(people.freya).post(reverse("desk_basket"), {"pick": f"{row.pk}:{row.snapshot_id}"})


def test_what_changed_between_release_and_move_stays_as_it_is(people: Cast, site: dict[str, Any]) -> None:
    haus = site["haus"]
    proposed(people, haus, site["leben"])
    assert from_basket(people).status_code == 302
    publish.withdraw(site["dach"].object_key)  # before the worker comes to it
    dispatch_all()
    publish.settle()
    assert ask("/bauen/haus/")[0] == 200
    assert ask("/leben/haus/")[0] == 404
    assert publishing.Delivery.objects.get(object_key__startswith="move:").state == "failed"
    haus.refresh_from_db()
    assert haus.public_path() == "/bauen/haus/"


def test_what_waits_for_a_release_keeps_it_where_it_is(people: Cast, site: dict[str, Any]) -> None:
    haus, dach = site["haus"], site["dach"]
    dach.teaser = "Ziegel und Schiefer."
    dach.save_revision(user=people.ada)
    asked = publishing.submit(dach.content(), {}, by=people.ada, context=check_context())
    answer = proposed(people, haus, site["leben"])
    assert answer.status_code == 409
    assert "Noch nicht abgeschlossen ist die Freigabe von „Dach“" in words(answer)
    publishing.refuse(asked.pk, by=people.freya, reason="Später.")
    carried_out(people, haus, site["leben"])


def test_a_version_from_before_the_move_does_not_bring_the_old_address_back(
    people: Cast, site: dict[str, Any]
) -> None:
    haus, dach = site["haus"], site["dach"]
    proposed(people, haus, site["leben"])
    move = publishing.content_of(waiting().snapshot)
    dach.teaser = "Ziegel und Schiefer."
    dach.save_revision(user=people.ada)
    asked = publishing.submit(dach.content(), {}, by=people.ada, context=check_context())
    # Two workers at once: the move looked before this release was asked for, and ends before it is carried out.
    publishing.ReleaseRequest.objects.filter(pk=asked.pk).update(state="returned")
    release.put_live(move, "f" * 64)
    publishing.ReleaseRequest.objects.filter(pk=asked.pk).update(state="open")
    publishing.release(asked.pk, by=people.freya, seen_digest=asked.snapshot_id)
    dispatch_all()
    publish.settle()
    assert ask("/leben/haus/dach/")[0] == 200
    assert ask("/bauen/haus/dach/")[1]["Location"] == "/leben/haus/dach/"
    failed = publishing.Delivery.objects.get(approval_id=asked.snapshot_id)
    assert "inzwischen umgezogen" in failed.reason
    released(StandardPage.objects.get(pk=dach.pk))  # control: laid before it anew
    publish.settle()
    assert ask("/leben/haus/dach/")[0] == 200


def test_versions_in_other_languages_move_with_their_page(people: Cast, site: dict[str, Any]) -> None:
    haus = site["haus"]
    for tag in ("uk", "en"):
        publish.put_live(version(haus.content(), tag), "e" * 64)
    publish.settle()
    assert "uk: Haus" in ask("/uk/bauen/haus/")[2].decode()
    carried_out(people, haus, site["leben"])
    for root, said in (("/uk", "uk: Haus"), ("/en", "en: Haus")):
        assert said in ask(f"{root}/leben/haus/")[2].decode()
        assert ask(f"{root}/bauen/haus/")[1]["Location"] == f"{root}/leben/haus/"
    assert 'href="http://localhost:8000/uk/leben/haus/"' in ask("/leben/haus/")[2].decode()


def refused(page: Any, parent: Any) -> str:
    with pytest.raises(rule.NotMoved) as caught:
        rule.plan(page, parent)
    return str(caught.value)


def test_where_a_page_cannot_stand(people: Cast, site: dict[str, Any], home: HomePage) -> None:
    haus, leben = site["haus"], site["leben"]
    assert "nicht unter sich selbst" in refused(haus, site["dach"])
    assert "nicht unter sich selbst" in refused(haus, haus)
    assert "steht schon unter „Bauen“" in refused(haus, site["bauen"])
    assert "kann diese Seite nicht stehen" in refused(haus, MessagePage.objects.get().get_parent().specific)
    assert "festen Platz" in refused(MessagePage.objects.get(), leben)
    assert "ist noch nicht öffentlich" in refused(haus, made(home, "Neu"))
    made(leben, "Haus", ProjectPage)
    assert "gibt es schon eine Seite mit der Adresse /leben/haus/" in refused(haus, leben)
    member = public(home, "Steinbach", MemberSitePage, short_name="Steinbach")
    assert "bleibt in ihrem Auftritt" in refused(haus, member)
    assert "/suche/ ist schon vergeben" in refused(made(leben, "Suche"), home)
    Forwarding.objects.create(path="/bauen/haus/dach/", target="/leben/", changed_at=Entry.objects.first().at)
    assert "In den Weiterleitungen steht noch eine Zeile" in refused(haus, home)
    deep = site["leben"]
    for number in range(rule.DEEPEST):
        deep = made(deep, f"t{number}")
    assert "mehr als 10 Teile" in refused(made(home, "Draft"), deep)


def test_only_places_where_it_can_stand_are_offered(
    people: Cast, site: dict[str, Any], home: HomePage
) -> None:
    haus = site["haus"]
    made(home, "Entwurf")
    public(home, "Steinbach", MemberSitePage, short_name="Steinbach")
    offered = words(as_(people.ada).get(door(haus)))
    assert "Unter: Start" in offered
    assert "Unter: Leben" in offered
    for title in ("Bauen", "Haus", "Dach", "Entwurf", "Steinbach", "Aktuelles"):
        assert f"Unter: {title}" not in offered
    searched = words(as_(people.ada).get(door(haus), {"q": "leb"}))
    assert "Unter: Leben" in searched
    assert "Unter: Start" not in searched
    assert "Nichts gefunden" in words(as_(people.ada).get(door(haus), {"q": "xyz"}))
    assert "festen Platz" in words(as_(people.ada).get(door(home)))
    draft = made(home, "Allein")
    assert "Unter: Entwurf" in words(as_(people.ada).get(door(draft)))  # drafts go below drafts
    assert as_(people.ada).get(f"{door(haus)}?nach=quatsch").status_code == 409


def test_drafts_move_at_once(people: Cast, site: dict[str, Any]) -> None:
    draft = made(site["bauen"], "Plan")
    made(draft, "Skizze")
    assert "braucht es keine Freigabe" in words(
        as_(people.agnes).get(f"{door(draft)}?nach={site['leben'].object_key}")
    )
    answer = as_(people.agnes).post(door(draft), {"nach": site["leben"].object_key}, follow=True)
    assert "steht jetzt unter „Leben“: /leben/plan/" in words(answer)
    assert StandardPage.objects.get(title="Skizze").public_path() == "/leben/plan/skizze/"
    assert not publishing.ReleaseRequest.objects.filter(state="open").exists()
    assert Entry.objects.get(event="page.moved").actor == f"user:{people.agnes.pk}"


def many(site: dict[str, Any], number: int) -> Any:
    """A page with so many public ones below it, of which no page was made yet."""
    top = public(site["bauen"], f"Alle{number}")
    sheets = [StandardPage(title=f"Blatt {n}", slug=f"blatt-{n}", live=False) for n in range(number)]
    row, now = top.released(), clock.now()
    rows = []
    for one in lay_below(top, sheets):
        path = f"{row.path}{one.slug}/"
        said = {**row.content, "object_key": one.object_key, "title": one.title, "path": path, "link": path}
        rows.append(
            ReleasedPage(
                object_key=one.object_key,
                digest="d" * 64,
                path=path,
                parent_path=row.path,
                kind="page",
                content=said,
                sorted_by=now,
                first_released_at=now,
                updated_at=now,
            )
        )
    ReleasedPage.objects.bulk_create(rows)
    return StandardPage.objects.get(pk=top.pk)


def queries(page: Any, parent: Any) -> tuple[int, int]:
    with CaptureQueriesContext(
        connection,
    ) as planned:
        way = rule.plan(page, parent)
    said = release.content(
        way, release.key_of(Move.objects.create(page=page.object_key, title="x", parent="y"))
    )
    with CaptureQueriesContext(connection) as done, transaction.atomic():
        release._carry_out(rule.plan(page, parent))
    assert len(said.extra["addresses"]) == len(way.steps)
    return len(planned), len(done)


def test_the_number_of_queries_does_not_grow_with_the_pages(people: Cast, site: dict[str, Any]) -> None:
    made(site["leben"], "Erste")  # the CMS asks nothing about what stands below a page without any
    few, more = (queries(many(site, number), site["leben"]) for number in (3, 20))
    assert few == more, (few, more)


@pytest.mark.slow
def test_a_hundred_pages_move_and_nothing_is_lost(people: Cast, site: dict[str, Any]) -> None:
    top = many(site, 100)
    publish.settle()
    proposed(people, top, site["leben"])
    shown = as_(people.freya).get(reverse("desk_request", args=[waiting().pk]))
    assert "ziehen 100 Seiten darunter um: „Blatt 0“, „Blatt 1“, „Blatt 2“ und 97 weitere" in words(shown)
    assert from_basket(people).status_code == 302
    dispatch_all()
    publish.settle()
    for number in range(100):
        old, new = f"/bauen/alle100/blatt-{number}/", f"/leben/alle100/blatt-{number}/"
        assert ask(new)[0] == 200
        assert (ask(old)[0], ask(old)[1]["Location"]) == (301, new)
    assert release.progress(Move.objects.get()) == (101, 101)
