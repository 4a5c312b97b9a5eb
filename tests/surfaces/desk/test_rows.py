"""What a row says: the wish date, also one that is over; what was refused; how it stands, in the editor as well."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stadtnah.kernel import clock
from stadtnah.kernel.text import counted
from stadtnah.publishing import api
from stadtnah.publishing.channel import Permanent
from stadtnah.publishing.dispatch import deliver, plan, reconcile
from stadtnah.publishing.models import ChannelAccount
from stadtnah.surfaces.desk import wishes
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import MessagePage, NewsIndexPage
from tests.factories.channels import Paper
from tests.factories.messages import PLAN
from tests.factories.people import Cast
from tests.surfaces.desk.conftest import as_


def wall(hours: int) -> str:
    moment = clock.now().astimezone(clock.town_zone()) + timedelta(hours=hours)
    return moment.strftime("%Y-%m-%dT%H:%M")


def wish(page: MessagePage, people: Cast, hours: int) -> str:
    page.wish_at = wall(hours)
    page.save_revision(user=people.ada)
    return page.wish_at


def test_a_draft_and_a_request_show_their_wish_date(people: Cast, page: MessagePage, paper: Paper) -> None:
    wanted = wish(page, people, 48)
    rows = reverse("desk_messages")
    assert wishes.said(wanted) in as_(people.ada).get(rows).content.decode()
    api.submit(page.content(), PLAN, by=people.ada, context=check_context(), wish=wanted)
    for where in (rows, reverse("desk_requests"), reverse("desk_home")):
        shown = as_(people.freya).get(where).content.decode()
        assert wishes.said(wanted) in shown, where
        assert "schon vorbei" not in shown


def test_a_wish_that_is_over_is_said_in_the_row_and_at_the_field(people: Cast, page: MessagePage) -> None:
    wish(page, people, -2)
    ada = as_(people.ada)
    assert "(schon vorbei)" in ada.get(reverse("desk_messages")).content.decode()
    address = reverse("desk_channels_step", args=[page.uuid])
    for answer in (ada.get(address), ada.post(address, {"do": "submit", "wish": wall(-2)})):
        shown = answer.content.decode()
        field = shown[shown.index('id="wish-hilfe"') : shown.index('id="note"')]
        assert "liegt in der Vergangenheit" in field
        assert 'aria-invalid="true"' in field
        assert "wish-fehler" in field
        assert shown.count("liegt in der Vergangenheit") == 1
    assert (
        "liegt in der Vergangenheit"
        not in ada.post(address, {"do": "preview", "wish": wall(2)}).content.decode()
    )


def test_rows_with_wishes_cost_the_same_for_few_and_for_many(people: Cast, page: MessagePage) -> None:
    ada, costs = as_(people.ada), []
    ada.get(reverse("desk_messages"))  # what is asked for once
    for number in (2, 8):
        for n in range(number):
            made = NewsIndexPage.objects.get().add_child(
                instance=MessagePage(title=f"Meldung {number}-{n}", slug=f"m-{number}-{n}", live=False)
            )
            wish(made, people, 24)
        with CaptureQueriesContext(connection) as spent:
            ada.get(reverse("desk_messages"))
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_what_was_refused_stands_under_its_own_heading(people: Cast, page: MessagePage, paper: Paper) -> None:
    made = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.refuse(made.pk, by=people.freya, reason="Gehört nicht hierher")
    shown = as_(people.ada).get(reverse("desk_home")).content.decode()
    part = shown[shown.index('id="abgelehnt"') :]
    assert page.title in part[: part.index("</section>")]
    assert 'id="zurueck"' not in shown
    again = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.send_back(again.pk, by=people.freya, reason="Bitte kürzer")
    shown = as_(people.ada).get(reverse("desk_home")).content.decode()
    assert 'id="zurueck"' in shown
    assert 'id="abgelehnt"' not in shown


def test_the_editor_says_how_it_stands(people: Cast, page: MessagePage, paper: Paper) -> None:
    ada = as_(people.ada)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert '<span class="status status--draft">Entwurf</span>' in ada.get(edit).content.decode()
    api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    assert '<span class="status status--submitted">Zur Freigabe</span>' in ada.get(edit).content.decode()
    add = reverse("wagtailadmin_pages:add", args=["website", "messagepage", NewsIndexPage.objects.get().pk])
    assert "data-after-saving hidden>Entwurf" in ada.get(add).content.decode()


def test_trouble_names_the_channel_as_people_know_it(people: Cast, page: MessagePage, paper: Paper) -> None:
    ChannelAccount.objects.filter(pk="paper").update(label="Aushang am Markt")
    paper.answer = lambda _job: Permanent("Kein Reißnagel.")
    made = api.submit(page.content(), PLAN, by=people.ada, context=check_context())
    api.release(made.pk, by=people.freya, seen_digest=made.snapshot_id)
    for digest in reconcile.due_dispatches():
        plan.plan(digest)
    deliver.deliver("paper")
    assert api.status(page.object_key).text == "Aushang am Markt hat nicht angenommen: Kein Reißnagel."
    assert "Aushang am Markt: Kein Reißnagel." in as_(people.ada).get(reverse("desk_home")).content.decode()


def test_one_is_not_many() -> None:
    assert [counted(n, "Entwurf", "Entwürfe") for n in (0, 1, 2)] == ["0 Entwürfe", "1 Entwurf", "2 Entwürfe"]
