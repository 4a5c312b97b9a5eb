"""The release basket: changed pages laid before the municipality together, seen side by side, released in one go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.dispatch import claim, plan, reconcile
from stadtnah.surfaces.desk import changed
from stadtnah.surfaces.website import founding
from stadtnah.surfaces.website.models import HomePage, MessagePage, ReleasedPage, StandardPage
from tests.factories.people import Cast
from tests.publishing.test_story import dispatch_all
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_account import words
from tests.surfaces.desk.test_second_factor import ASK, code

BASKET, COLLECT = "/desk/freigaben/korb/", "/desk/seiten/geaendert/"
OF_ONE_DRAFT = 8  # what the CMS asks for one revision


@pytest.fixture
def home(people: Cast) -> Any:
    Town.objects.all().delete()
    founding.found("Stadt Beispielau", "Beispielau", "HE", by=people.anton)
    return HomePage.objects.get()


def add(home: Any, number: int, by: Any) -> StandardPage:
    page: StandardPage = home.add_child(
        instance=StandardPage(
            title=f"Seite {number}",
            slug=f"seite-{number}",
            teaser="Was die Stadt dazu sagt.",
            body=[("text", f"<p>Die Gebühr beträgt {number} Euro.</p>")],
            live=False,
        )
    )
    page.save_revision(user=by)
    return page


def edit(page: StandardPage, by: Any, html: str) -> None:
    draft = page.get_latest_revision_as_object()
    draft.body = [("text", html)]
    draft.save_revision(user=by)


def collected(client: Any, *pages: StandardPage, **more: str) -> Any:
    return client.post(COLLECT, {"page": [str(page.uuid) for page in pages], **more})


def picks(*pages: StandardPage) -> list[str]:
    rows = publishing.ReleaseRequest.objects.filter(
        object_key__in=[page.object_key for page in pages], state="open"
    )
    return [f"{row.pk}:{row.snapshot_id}" for row in rows]


def public(page: StandardPage) -> bool:
    return ReleasedPage.objects.filter(pk=page.object_key, state="live").exists()


def test_what_was_written_while_a_version_waited_is_collected_though_that_one_got_another_time(
    people: Cast, home: Any
) -> None:
    page = add(home, 1, people.ada)
    collected(as_(people.ada), page)
    (row,) = publishing.ReleaseRequest.objects.filter(object_key=page.object_key)
    edit(StandardPage.objects.get(pk=page.pk), people.ada, "<p>Die Gebühr beträgt 12 Euro.</p>")
    later = clock.local(clock.now() + timedelta(days=1))
    publishing.release(row.pk, by=people.freya, seen_digest=row.snapshot_id, at=f"{later:%Y-%m-%dT%H:%M}")
    assert [one.page.pk for one in changed.pages() if isinstance(one.page, StandardPage)] == [page.pk]


def test_changed_pages_are_laid_before_the_municipality_together_and_released_in_one_go(
    people: Cast, home: Any
) -> None:
    pages = [add(home, number, people.ada) for number in (1, 2, 3)]
    assert "Geänderte Seiten vorlegen" in words(as_(people.ada).get("/desk/seiten/"))
    assert collected(as_(people.ada), *pages, note="Neue Gebühren").status_code == 302
    sent = [letter for letter in mail.outbox if "3 geänderte Seiten warten" in letter.subject]
    assert {letter.to[0] for letter in sent} == {people.freya.email}
    shown = words(as_(people.freya).get(BASKET))
    for number in (1, 2, 3):
        assert f"Die Gebühr beträgt {number} Euro." in shown
    assert "Neue Gebühren" in shown
    answer = as_(people.freya).post(BASKET, {"pick": picks(pages[0], pages[2])}, follow=True)
    assert "2 Änderungen sind freigegeben." in words(answer)
    dispatch_all()
    assert [public(page) for page in pages] == [True, False, True]
    assert publishing.Approval.objects.filter(snapshot__object_key=pages[0].object_key).count() == 1


def test_the_way_to_the_basket_is_there_for_one_change_too(people: Cast, home: Any) -> None:
    freya = as_(people.freya)
    address = reverse("desk_requests")
    assert "Freigabekorb" not in words(freya.get(address))
    collected(as_(people.ada), add(home, 1, people.ada))
    assert "Eine kleine Änderung der Website wartet." in words(freya.get(address))
    collected(as_(people.ada), add(home, 2, people.ada))
    assert "2 kleine Änderungen der Website warten." in words(freya.get(address))


def test_a_later_change_is_shown_with_before_and_after(people: Cast, home: Any) -> None:
    page = add(home, 4, people.ada)
    collected(as_(people.ada), page)
    as_(people.freya).post(BASKET, {"pick": picks(page)})
    assert "Nichts geändert" in words(as_(people.ada).get(COLLECT))
    edit(page, people.ada, "<p>Die Gebühr beträgt 5 Euro.</p>")
    assert "entfernt: 4" in words(as_(people.ada).get(COLLECT))
    collected(as_(people.ada), page)
    shown = words(as_(people.freya).get(BASKET))
    assert "entfernt: 4" in shown
    assert "neu: 5" in shown


def test_what_was_changed_while_the_basket_was_open_is_not_released(people: Cast, home: Any) -> None:
    pages = [add(home, number, people.ada) for number in (1, 2)]
    collected(as_(people.ada), *pages)
    seen = picks(*pages)
    edit(pages[0], people.ada, "<p>Etwas ganz anderes.</p>")
    collected(as_(people.ada), pages[0])
    answer = as_(people.freya).post(BASKET, {"pick": seen})
    assert answer.status_code == 409
    assert "Es wurde nichts freigegeben" in words(answer)
    assert not publishing.Approval.objects.exists()  # all or none
    as_(people.freya).post(BASKET, {"pick": picks(*pages)})  # the control: what lies there now
    assert publishing.Approval.objects.count() == 2


def test_a_digest_that_nobody_saw_is_refused(people: Cast, home: Any) -> None:
    page = add(home, 1, people.ada)
    collected(as_(people.ada), page)
    forged = picks(page)[0].split(":")[0] + ":" + "0" * 64
    assert as_(people.freya).post(BASKET, {"pick": [forged]}).status_code == 409
    assert not publishing.Approval.objects.exists()


@pytest.mark.parametrize("junk", ["", "unsinn", "unsinn:abc", "00000000-0000-4000-8000-00000000dead:abc"])
def test_nonsense_releases_nothing(people: Cast, home: Any, junk: str) -> None:
    assert as_(people.freya).post(BASKET, {"pick": [junk]}).status_code == 409


def test_nothing_picked_is_said(people: Cast, home: Any) -> None:
    answer = as_(people.freya).post(BASKET, {})
    assert answer.status_code == 422
    assert "mindestens eine Änderung" in words(answer)


def test_who_wrote_along_may_look_but_not_release(people: Cast, home: Any) -> None:
    page = add(home, 1, people.freya)  # the approver edited it herself
    collected(as_(people.ada), page)
    shown = as_(people.freya).get(BASKET)
    assert "Freigeben kann sie eine zweite Person" in words(shown)
    assert f'value="{picks(page)[0]}"' not in shown.content.decode()
    assert as_(people.freya).post(BASKET, {"pick": picks(page)}).status_code == 403
    assert as_(people.viktor).post(BASKET, {"pick": picks(page)}).status_code == 302


def test_a_message_for_a_network_is_never_in_the_basket(people: Cast, page: MessagePage) -> None:
    step = reverse("desk_channels_step", args=[page.uuid])
    as_(people.ada).post(step, {"do": "submit", "on-paper": "1", "text-paper": "Kurz"})
    row = publishing.ReleaseRequest.objects.get(state="open")
    assert row.title not in words(as_(people.freya).get(BASKET))
    assert as_(people.freya).post(BASKET, {"pick": [f"{row.pk}:{row.snapshot_id}"]}).status_code == 409


def test_a_page_with_mistakes_stays_and_the_others_go_on(people: Cast, home: Any) -> None:
    good, wrong = add(home, 1, people.ada), add(home, 2, people.ada)
    edit(wrong, people.ada, '<p>Siehe <a href="/gibt-es-nicht/">dort</a>.</p>')
    answer = collected(as_(people.ada), good, wrong)
    assert answer.status_code == 422
    assert "Eine Seite bleibt noch liegen" in words(answer)
    assert len(picks(good)) == 1
    assert picks(wrong) == []


def test_an_agency_lays_before_the_municipality_and_never_releases(people: Cast, home: Any) -> None:
    page = add(home, 1, people.agnes)
    assert collected(as_(people.agnes), page).status_code == 302
    assert as_(people.agnes).get(BASKET).status_code == 403
    assert as_(people.agnes).post(BASKET, {"pick": picks(page)}).status_code == 403
    assert not publishing.Approval.objects.exists()


def test_the_basket_asks_as_often_for_three_as_for_one(
    people: Cast, home: Any, django_assert_num_queries: Any
) -> None:
    client = as_(people.freya)
    collected(as_(people.ada), add(home, 1, people.ada))
    client.get(BASKET)
    with CaptureQueriesContext(connection) as one:
        client.get(BASKET)
    asked = len(one)
    collected(as_(people.ada), *(add(home, number, people.ada) for number in (2, 3)))
    with django_assert_num_queries(asked):
        client.get(BASKET)


def test_each_changed_page_costs_what_its_own_draft_costs(people: Cast, home: Any) -> None:
    client = as_(people.ada)
    edit(add(home, 1, people.ada), people.ada, "<p>Neu.</p>")
    client.get(COLLECT)
    counts = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as asked:
            client.get(COLLECT)
        counts.append(len(asked))
        edit(add(home, number, people.ada), people.ada, "<p>Neu.</p>")
    assert counts[2] - counts[1] == counts[1] - counts[0] <= OF_ONE_DRAFT


def test_the_list_of_pages_reads_no_draft_and_the_drafts_are_those_edited_last(
    people: Cast, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, pages = as_(people.ada), reverse("desk_pages")
    made = [add(home, number, people.ada) for number in range(1, 5)]
    client.get(pages)
    with CaptureQueriesContext(connection) as asked:
        client.get(pages)
    assert not [one["sql"] for one in asked if '"wagtailcore_revision"."content"' in one["sql"]]
    count = len(asked)
    made += [add(home, number, people.ada) for number in range(5, 9)]
    with CaptureQueriesContext(connection) as asked:
        client.get(pages)
    assert len(asked) == count
    monkeypatch.setattr(changed, "MOST", 3)
    assert [row.page.title for row in changed.pages()] == ["Seite 8", "Seite 7", "Seite 6"]


def test_a_page_is_compared_with_the_newest_version_that_was_seen(people: Cast, home: Any) -> None:
    page = add(home, 1, people.ada)
    for euros in (2, 3):
        collected(as_(people.ada), page)
        edit(page, people.ada, f"<p>Die Gebühr beträgt {euros} Euro.</p>")
        page.refresh_from_db()
    (row,) = [one for one in changed.pages() if one.page.pk == page.pk]
    assert row.changes
    assert {piece.text for piece in row.changes[0].pieces if piece.kind != "same"} == {"2", "3"}


def test_what_was_left_out_stays_left_out_when_the_basket_comes_back(people: Cast, home: Any) -> None:
    pages = [add(home, number, people.ada) for number in (1, 2)]
    collected(as_(people.ada), *pages)
    first, second = picks(*pages)
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(people.freya, secret)
    client = as_(people.freya)
    assert client.post(BASKET, {"pick": [first]}).status_code == 302
    client.post(ASK, {"code": code(secret)})
    shown = client.get(BASKET).content.decode()
    assert f'value="{first}" checked' in shown
    assert f'value="{second}">' in shown
    client.post(BASKET, {"pick": [first]})
    assert f'value="{second}" checked' in client.get(BASKET).content.decode()


def test_the_feeds_are_cleared_after_the_page(people: Cast, home: Any) -> None:
    page = add(home, 1, people.ada)
    collected(as_(people.ada), page)
    as_(people.freya).post(BASKET, {"pick": picks(page)})
    dispatch_all()
    publishing.withdraw(page.object_key, by=people.freya)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    waiting = set(claim.claimable(clock.now()).values_list("channel", flat=True))
    assert waiting == {"website"}  # what the feeds are made from comes first
    dispatch_all()
    assert publishing.status(page.object_key).state == "withdrawn"
