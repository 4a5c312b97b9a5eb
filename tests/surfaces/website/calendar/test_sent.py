"""An event is sent like a message: on the channels that were chosen, with when and where, and anew when it is called off."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from stadtnah.publishing import api as publishing
from stadtnah.publishing import notices
from stadtnah.publishing.dispatch import deliver, plan
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk import changed
from stadtnah.surfaces.desk.works import draft_of
from stadtnah.surfaces.website.calendar import drafts
from stadtnah.surfaces.website.calendar.founding import calendar
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in import release as together
from stadtnah.surfaces.website.moving_in.models import ImportedItem, ImportRun
from tests.factories.channels import Paper
from tests.factories.messages import paper_account
from tests.factories.people import Cast, cast
from tests.services.events.samples import BERLIN
from tests.surfaces.desk.conftest import as_
from tests.surfaces.desk.test_deciding import release
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
OFF = {"status": "EventCancelled", "status_note": "Der Chor ist krank."}


@pytest.fixture
def people(tree: None, paper: Paper) -> Cast:
    publishing.ChannelAccount.objects.create(key="website", channel="website", label="Website")
    publishing.ChannelAccount.objects.create(key="feeds", channel="feeds", label="Feeds")
    paper_account()
    return cast()


def event(people: Cast, **fields: Any) -> EventPage:
    made = event_page(**fields)
    made.save_revision(user=people.ada)
    return made


def step(page: EventPage) -> str:
    return reverse("desk_channels_step", args=[page.uuid])


def sent(people: Cast, page: EventPage, **fields: str) -> publishing.ReleaseRequest:
    """Handed in by the editor, released, delivered."""
    answer = as_(people.ada).post(step(page), {"do": "submit", **fields})
    assert answer.status_code == 302, unescape(answer.content.decode())
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key, state="open")
    assert release(as_(people.freya), row).status_code == 302
    plan.plan(row.snapshot_id)
    for account in ("website", "paper"):
        deliver.deliver(account)
    return row


def test_without_a_choice_it_stands_on_the_website_alone(people: Cast, paper: Paper) -> None:
    page = event(people)
    shown = as_(people.ada).get(step(page)).content.decode()
    assert 'name="on-paper"' in shown
    assert 'name="on-paper" value="1" checked' not in shown
    row = sent(people, page)
    assert [entry["channel"] for entry in publishing.opened(row.snapshot)["channels"]] == ["website"]
    assert paper.texts() == []


def test_what_is_chosen_is_kept_and_goes_where_the_municipality_released_it(
    people: Cast, paper: Paper
) -> None:
    page = event(people)
    ada = as_(people.ada)
    kept = {"do": "save", "on-paper": "1", "text-paper": "Kommt alle!", "note": "Bitte heute"}
    assert ada.post(step(page), kept).status_code == 302
    draft: Any = draft_of(EventPage.objects.get(pk=page.pk))
    assert (draft.channel_plan["paper"], draft.note) == ({"on": True, "text": "Kommt alle!"}, "Bitte heute")
    shown = unescape(ada.get(step(page)).content.decode())
    assert "Kommt alle!" in shown
    assert "Meldung" not in shown.partition("<main")[2].partition("</main>")[0]
    assert paper.texts() == [], "nothing goes without a release"
    sent(people, page, **{"on-paper": "1", "text-paper": "Kommt alle!"})
    assert paper.texts() == ["Kommt alle!"]


def test_a_cancellation_is_a_new_release_that_changes_what_is_out_there(people: Cast, paper: Paper) -> None:
    page = event(people)
    sent(people, page, **{"on-paper": "1", "text-paper": "Kommt alle!"})
    page = EventPage.objects.get(pk=page.pk)
    for name, value in OFF.items():
        setattr(page, name, value)
    page.save_revision(user=people.ada)
    assert paper.texts() == ["Kommt alle!"], "a draft changes nothing"
    row = sent(people, page, **{"on-paper": "1", "text-paper": "Fällt aus!"})
    assert [action for _id, action, _to, _text in paper.taken] == ["create", "update"]
    assert paper.texts()[-1] == "Fällt aus!"
    entry = next(one for one in publishing.opened(row.snapshot)["channels"] if one["channel"] == "paper")
    assert entry["action"] == "update"


def test_no_agency_releases_it_and_whoever_wrote_neither(people: Cast, paper: Paper) -> None:
    page = event(people)
    answer = as_(people.agnes).post(step(page), {"do": "submit", "on-paper": "1"})
    assert answer.status_code == 302
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key, state="open")
    for person in (people.agnes, people.ada):
        assert release(as_(person), row).status_code == 403
    assert paper.texts() == []
    assert release(as_(people.freya), row).status_code == 302  # the control


def test_what_shall_go_out_is_not_collected_for_the_website_alone(people: Cast, paper: Paper) -> None:
    plain, chosen = event(people), event(people, slug="lesung", title="Lesung")
    collected = reverse("desk_collect")
    shown = as_(people.ada).get(collected).content.decode()
    assert ("Adventskonzert" in shown, "Lesung" in shown) == (True, True)
    as_(people.ada).post(step(chosen), {"do": "save", "on-paper": "1"})
    shown = as_(people.ada).get(collected).content.decode()
    assert ("Adventskonzert" in shown, "Lesung" in shown) == (True, False)
    sent(people, plain, **{"on-paper": "1"})
    again: Any = draft_of(EventPage.objects.get(pk=plain.pk))
    again.title, again.channel_plan = "Adventskonzert im Dom", {}
    again.save_revision(user=people.ada)
    assert "Adventskonzert" not in as_(people.ada).get(collected).content.decode(), "it is out there"


def test_another_page_still_stays_on_the_website(people: Cast) -> None:
    shown = as_(people.ada).get(reverse("desk_channels_step", args=[calendar().uuid])).content.decode()
    assert 'name="on-paper"' not in shown


def test_what_was_saved_after_a_release_says_so_wherever_it_is_said_how_it_stands(
    people: Cast, paper: Paper, at: Any
) -> None:
    page = event(people)
    sent(people, page)
    ada = as_(people.ada)
    places = [
        reverse("desk_events"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        step(page),
        reverse("desk_proof", args=[page.uuid]),
    ]
    word = "Berichtigung in Arbeit"
    assert [word in ada.get(place).content.decode() for place in places] == [False] * 4
    at.shift(timedelta(minutes=1))
    page = EventPage.objects.get(pk=page.pk)
    page.status = "EventCancelled"
    page.save()
    page.save_revision(user=people.ada)
    assert [word in ada.get(place).content.decode() for place in places] == [True] * 4
    listed = unescape(ada.get(places[0]).content.decode())
    assert "Noch nicht freigegeben: Fällt aus" in listed
    at.shift(timedelta(minutes=1))
    sent(people, page)
    assert [word in ada.get(place).content.decode() for place in places] == [False] * 4


def test_whoever_is_asked_to_release_a_cancellation_reads_that_it_is_one(people: Cast, paper: Paper) -> None:
    page = event(people)
    row = sent(people, page, **{"on-paper": "1"})
    page = EventPage.objects.get(pk=page.pk)
    page.status = "EventCancelled"
    page.save_revision(user=people.ada)
    as_(people.ada).post(step(page), {"do": "submit", "on-paper": "1"})
    later = publishing.ReleaseRequest.objects.get(object_key=page.object_key, state="open")
    assert (row.title, later.title) == ("Adventskonzert", "Fällt aus: Adventskonzert")
    assert notices.ask_approvers(str(later.pk))
    asked = django_mail.outbox[-1]
    assert asked.subject == "Bitte freigeben: Fällt aus: Adventskonzert"
    (channels,) = [line for line in asked.body.splitlines() if line.startswith("Kanäle: ")]
    assert channels == "Kanäle: Papier (Berichtigung), Website (Berichtigung)"


DENSE = ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=7", "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4"]


@pytest.mark.parametrize("rule", DENSE)
def test_a_rule_with_far_too_many_dates_is_refused_at_its_field(people: Cast, rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        event_page(repeats=events.RULE, rrule=rule)
    assert "viel zu viele Termine" in refused.value.message_dict["rrule"][0]
    event_page(slug="mit-ende", repeats=events.RULE, rrule=f"{rule};COUNT=3")  # the control


@pytest.mark.parametrize("rule", DENSE)
def test_a_rule_with_far_too_many_dates_that_was_taken_over_is_said_and_stops_nothing_else(
    people: Cast, rule: str
) -> None:
    page = event(people)
    draft: Any = draft_of(page)
    draft.repeats, draft.rrule = events.RULE, rule
    draft.save_revision(user=people.ada, clean=False)
    event(people, slug="lesung", title="Lesung")
    ada = as_(people.ada)
    shown = unescape(ada.get(step(page)).content.decode())
    assert "Die Serie ergibt viel zu viele Termine." in shown
    collected = ada.get(reverse("desk_collect")).content.decode()
    assert ("Adventskonzert" in collected, "Lesung" in collected) == (True, True)
    answer = ada.post(step(page), {"do": "submit"})
    assert answer.status_code == 422
    assert not publishing.ReleaseRequest.objects.exists()


def changed_anew(people: Cast, page: EventPage, **fields: Any) -> None:
    draft: Any = draft_of(EventPage.objects.get(pk=page.pk))
    for name, value in {"price": "3 €", **fields}.items():
        setattr(draft, name, value)
    draft.save_revision(user=people.ada)


def collected_titles(people: Cast) -> list[str]:
    """What the collection shows; the way there stands beside the list of pages exactly when there is something."""
    shown, lead = as_(people.ada).get(reverse("desk_collect")), as_(people.ada).get(reverse("desk_pages"))
    titles = [row.content.title for row in changed.pages()]
    assert all(title in shown.content.decode() for title in titles)
    assert bool(titles) == bool(changed.count()) == (reverse("desk_collect") in lead.content.decode())
    return titles


def test_what_goes_a_way_of_its_own_hides_no_older_change(
    people: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changed, "MOST", 2)
    older = event(people, slug="alt", title="Alte Änderung")
    for number in range(3):
        one = event(people, slug=f"gewaehlt-{number}", title=f"Gewählt {number}")
        as_(people.ada).post(step(one), {"do": "save", "on-paper": "1"})
    assert collected_titles(people) == ["Alte Änderung"]
    as_(people.ada).post(step(older), {"do": "save", "on-paper": "1"})
    assert collected_titles(people) == []


def test_a_time_keeps_an_event_out_of_the_collection_as_long_as_it_is_to_come(
    people: Cast, paper: Paper, at: Any
) -> None:
    waits, goes = event(people, slug="wartet", title="Wartet"), event(people)
    as_(people.ada).post(step(waits), {"do": "save", "wish": "2026-12-03T09:00"})
    answer = as_(people.ada).post(step(goes), {"do": "submit", "wish": "2026-11-30T10:00"})
    assert answer.status_code == 302
    row = publishing.ReleaseRequest.objects.get(object_key=goes.object_key)
    assert release(as_(people.freya), row).status_code == 302
    at.move_to("2026-11-30T10:00:00+00:00")
    plan.plan(row.snapshot_id)
    deliver.deliver("website")
    changed_anew(people, goes)
    assert collected_titles(people) == ["Adventskonzert"]
    at.move_to("2026-12-03T08:01:00+00:00")
    assert collected_titles(people) == ["Adventskonzert", "Wartet"]


def test_what_was_withdrawn_and_whose_account_is_gone_is_collected_again(
    people: Cast, paper: Paper, at: Any
) -> None:
    page, other = event(people), event(people, slug="lesung", title="Lesung")
    sent(people, page, **{"on-paper": "1"})
    as_(people.ada).post(step(other), {"do": "save", "on-paper": "1"})
    at.move_to("2026-11-30T09:00:00+00:00")
    changed_anew(people, page, channel_plan={})
    assert collected_titles(people) == [], "the control"
    withdrawn = publishing.withdraw(page.object_key, by=people.freya)
    plan.plan(withdrawn.pk)
    for account in ("website", "paper"):
        deliver.deliver(account)
    at.move_to("2026-11-30T10:00:00+00:00")
    changed_anew(people, page, channel_plan={}, price="4 €")
    assert collected_titles(people) == ["Adventskonzert"]
    publishing.ChannelAccount.objects.filter(key="paper").update(enabled=False)
    assert sorted(collected_titles(people)) == ["Adventskonzert", "Lesung"]


def taken_over(people: Cast, *pages: EventPage) -> ImportRun:
    run = ImportRun.objects.create(source="x.csv", source_key="k", kind="events", started_by=people.ada)
    for number, page in enumerate(pages):
        ImportedItem.objects.create(
            source_key="k",
            guid_hash=f"{number:064}",
            run=run,
            position=number,
            title=page.title,
            page=EventPage.objects.get(pk=page.pk),
            object_key=page.object_key,
            state="created",
            content_digest="d",
        )
    return run


@pytest.mark.parametrize("chosen", [{"on-paper": "1"}, {"wish": "2026-12-03T09:00"}])
def test_an_import_is_laid_before_the_municipality_without_what_was_chosen_for_more_than_the_website(
    people: Cast, paper: Paper, chosen: dict[str, str]
) -> None:
    plain, apart = event(people), event(people, slug="lesung", title="Lesung")
    as_(people.ada).post(step(plain), {"do": "save", "note": "Saal ist bestätigt"})
    as_(people.ada).post(step(apart), {"do": "save", **chosen})
    run = taken_over(people, plain, apart)
    ada = as_(people.ada)
    asked = ada.get(reverse("desk_import_submit", args=[run.pk])).content.decode()
    assert "Einen Entwurf zur Freigabe geben?" in asked
    assert "Einzeln zur Freigabe zu geben" in asked
    assert together.lay_before(run.pk, people.ada) == 1
    (row,) = publishing.ReleaseRequest.objects.all()
    assert (row.object_key, row.note) == (plain.object_key, "Saal ist bestätigt")
    shown = ada.get(reverse("desk_import_run", args=[run.pk])).content.decode()
    section = shown.partition('id="eigens"')[2].partition("</section>")[0]
    assert "Lesung" in section
    assert "Adventskonzert" not in section
    assert step(apart) in section
    assert "Alle Entwürfe zur Freigabe geben" not in shown
    assert ada.post(step(apart), {"do": "submit", **chosen}).status_code == 302
    assert 'id="eigens"' not in ada.get(reverse("desk_import_run", args=[run.pk])).content.decode()


def test_nothing_new_is_sent_of_an_event_that_is_over_by_then(people: Cast, paper: Paper, at: Any) -> None:
    page, ada = event(people), as_(people.ada)
    after = {"on-paper": "1", "wish": "2026-12-05T21:00"}
    answer = ada.post(step(page), {"do": "submit", **after})
    assert answer.status_code == 422
    shown = unescape(answer.content.decode())
    assert "Die Veranstaltung ist am Samstag, 5. Dezember 2026, 21:00 Uhr schon vorbei." in shown
    assert "noch nichts davon erschienen ist: " in shown
    assert "schon vorbei" in unescape(ada.post(step(page), {"do": "preview", **after}).content.decode())
    assert not publishing.ReleaseRequest.objects.exists()
    in_time = {"do": "submit", "on-paper": "1", "wish": "2026-12-05T20:59"}
    assert ada.post(step(page), in_time).status_code == 302
    at.move_to("2026-12-10T08:00:00+00:00")
    other = event(people, slug="zu-spaet")
    ada = as_(people.ada)
    assert ada.post(step(other), {"do": "submit", "on-paper": "1"}).status_code == 422
    assert ada.post(step(other), {"do": "submit"}).status_code == 302, "the website keeps what was"


def test_the_municipality_sends_nothing_new_of_an_event_that_is_over_by_then(
    people: Cast, paper: Paper, at: Any
) -> None:
    page, freya = event(people), as_(people.freya)
    as_(people.ada).post(step(page), {"do": "submit", "on-paper": "1"})
    row = publishing.ReleaseRequest.objects.get(object_key=page.object_key)
    here = reverse("desk_request", args=[row.pk])
    assert "schon vorbei" not in unescape(freya.get(here).content.decode())
    late = {"when": "other", "at": "2026-12-20T09:00", "digest": row.snapshot.digest}
    answer = freya.post(reverse("desk_release", args=[row.pk]), late)
    assert answer.status_code == 422
    said = unescape(answer.content.decode())
    assert "Die Veranstaltung ist am Sonntag, 20. Dezember 2026, 09:00 Uhr schon vorbei." in said
    assert "geben Sie die Fassung zurück" in said
    at.move_to("2026-12-10T08:00:00+00:00")
    freya = as_(people.freya)
    assert "Die Veranstaltung ist schon vorbei." in unescape(freya.get(here).content.decode())
    assert release(freya, row).status_code == 422
    assert not publishing.Approval.objects.exists()
    at.move_to("2026-12-05T19:00:00+00:00")
    assert release(as_(people.freya), row).status_code == 302, "the control: it goes on"


def test_what_is_out_is_still_changed_after_the_event(people: Cast, paper: Paper, at: Any) -> None:
    page = event(people)
    sent(people, page, **{"on-paper": "1"})
    at.move_to("2026-12-10T08:00:00+00:00")
    changed_anew(people, page)
    sent(people, page, **{"text-paper": "Danke!"})
    assert [action for _id, action, _to, _text in paper.taken] == ["create", "update"]


def test_a_series_is_over_after_its_last_date_and_what_has_no_end_after_its_day() -> None:
    def wall(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=BERLIN)

    weekly = drafts.event_of(event_page(**CHOIR, repeats_until=date(2026, 12, 15)))
    assert not events.over(weekly, wall("2026-12-15T20:59"))
    assert events.over(weekly, wall("2026-12-15T21:00"))
    endless = drafts.event_of(event_page(slug="offen", ends=None))
    assert not events.over(endless, wall("2026-12-05T23:59"))
    assert events.over(endless, wall("2026-12-06T00:00"))
    days = drafts.event_of(event_page(slug="tage", last_day=date(2026, 12, 7)))
    assert not events.over(days, wall("2026-12-07T20:59"))
    assert events.over(days, wall("2026-12-07T21:00"))
    far = drafts.event_of(event_page(slug="fern", first_day=date(2036, 12, 5)))
    assert not events.over(far, wall("2026-12-05T12:00"))
