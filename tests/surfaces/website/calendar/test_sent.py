"""An event is sent like a message: on the channels that were chosen, with when and where, and anew when it is called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from stadtnah.channels import short_post
from stadtnah.channels.newsletter.rendering import mail
from stadtnah.publishing import api as publishing
from stadtnah.publishing import notices, occasion
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
from tests.factories.messages import content as a_message
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


def test_a_post_says_when_and_where_and_first_that_it_is_off(people: Cast) -> None:
    shown = event_page().content()
    where = "Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr, Stadtkirche"
    said = short_post.compose(shown, "", 500, len).split("\n\n")
    assert said[0] == "Adventskonzert"
    assert said[1].startswith(where)
    assert said[-1].startswith(shown.link)
    off = event_page(slug="ab", **OFF).content()
    assert short_post.compose(off, "", 500, len).startswith("Fällt aus: Adventskonzert\n\n")
    assert short_post.compose(off, "Kommt alle!", 500, len).startswith("Fällt aus: Kommt alle!\n\n")
    assert short_post.compose(off, "Fällt aus!", 500, len).startswith("Fällt aus!\n\n")
    weekly = short_post.compose(event_page(**CHOIR).content(), "", 500, len).split("\n\n")
    assert weekly[1].startswith("jeden Dienstag")
    for room in range(len(off.link) + 10, 300, 7):
        assert len(short_post.compose(off, "", room, len)) <= room


def test_a_mail_has_the_facts_and_says_in_its_subject_that_it_is_off(people: Cast) -> None:
    made = mail.body(event_page().content(), {}, {"from_name": "Stadt"})
    assert made["subject"] == "Adventskonzert"
    assert "Wann: Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr" in made["text"]
    assert "Samstag, 5. Dezember 2026" in made["html"]
    off = mail.body(event_page(slug="ab", **OFF).content(), {}, {"from_name": "Stadt"})
    assert off["subject"] == "Fällt aus: Adventskonzert"
    assert "Fällt aus: Adventskonzert</h1>" in off["html"]
    assert "Der Chor ist krank." in off["text"]


def test_what_is_no_event_is_called_as_it_was() -> None:
    said = a_message()
    assert (occasion.headline(said), occasion.when_and_where(said), occasion.told(said)) == (
        said.title,
        "",
        [],
    )


def test_who_reads_that_it_is_off_reads_why_and_not_what_was_announced(people: Cast) -> None:
    teaser, why = "Drei Chöre singen, bitte warm anziehen.", OFF["status_note"]
    on, off = (
        event_page(slug=slug, teaser=teaser, **more).content() for slug, more in (("an", {}), ("ab", OFF))
    )
    for content, said, unsaid in ((on, teaser, why), (off, why, teaser)):
        mailed = mail.body(content, {}, {"from_name": "Stadt"})
        assert (mailed["preheader"], mailed["intro"]) == (said, said)
        for text in (short_post.compose(content, "", 500, len), mailed["text"]):
            assert text.count(said) == 1, text
            assert unsaid not in text


def test_an_own_subject_and_text_of_a_mail_say_what_became_of_it(people: Cast) -> None:
    own = {"subject": "Singen im Advent", "text": "Kommen Sie!"}
    off = mail.body(event_page(slug="ab", **OFF).content(), own, {"from_name": "Stadt"})
    assert (off["subject"], off["intro"]) == ("Fällt aus: Singen im Advent", "Fällt aus: Kommen Sie!")
    assert OFF["status_note"] in off["text"]
    on = mail.body(event_page(slug="an").content(), own, {"from_name": "Stadt"})
    assert (on["subject"], on["intro"]) == ("Singen im Advent", "Kommen Sie!"), "the control"


def test_a_calendar_program_reads_why_it_is_off(people: Cast) -> None:
    on, off = (
        drafts.event_of(event_page(slug=slug, **more).content()) for slug, more in (("an", {}), ("ab", OFF))
    )
    assert off.description.startswith("Fällt aus: Der Chor ist krank.")
    assert "Fällt aus" not in on.description


@pytest.mark.parametrize(
    ("own", "marked"),
    [
        ("Fällt aus!", False),
        ("fällt aus: Der Chor ist krank.", False),
        ("Fällt aus", False),
        ("Die Gebühr entfällt aus Anlass des Jubiläums.", True),
        ("Kein Konzert fällt aus.", True),
        ("Fällt aus, wenn es regnet.", True),
    ],
)
def test_only_a_text_that_begins_with_it_says_by_itself_what_became_of_it(own: str, marked: bool) -> None:
    content = event_page(**OFF).content()
    assert occasion.marked(content, own) == (f"Fällt aus: {own}" if marked else own)


def test_a_correction_of_a_long_title_fits_into_a_subject() -> None:
    title = "Große Prunksitzung der Karnevalsgesellschaft mit Gästen aus allen Ortsteilen und Musik bis in die Nacht"
    for status in ("EventPostponed", "EventCancelled"):
        content = event_page(slug=status.lower(), title=title, status=status).content()
        made = mail.body(content, {"correction": "Neu."}, {"from_name": "Stadt"})
        assert len(made["subject"]) <= mail.SUBJECT_LIMIT
        assert made["subject"].startswith(f"Berichtigung: {occasion.headline(content)[:30]}")


def test_a_series_tells_its_rhythm_with_the_time_of_day_and_no_date_that_may_be_over() -> None:
    weekly = event_page(**{**CHOIR, "left_out": ""}).content()
    assert occasion.when(weekly) == "jeden Dienstag, 19:30 bis 21:00 Uhr"
    assert "Wiederholt sich: jeden Dienstag, 19:30 bis 21:00 Uhr" in occasion.told(weekly)
    assert not any("2026" in line for line in occasion.told(weekly))
    rule = "FREQ=MONTHLY;BYMONTHDAY=-2,-5,15;BYDAY=MO,TU,WE,FR;BYSETPOS=1,3"
    odd = event_page(slug="selten", first_day=date(2020, 1, 31), repeats="rule", rrule=rule)
    said = odd.content()
    assert said.detail["repeats"].startswith("nach einer Regel"), "the words that are looked for"
    assert occasion.when(said).startswith("mehrere Termine")
    assert "2020" not in short_post.compose(said, "", 500, len)


def test_a_place_that_does_not_fit_leaves_the_date() -> None:
    content = event_page(place_name="Haus " * 50, address="").content()
    post = short_post.compose(content, "", 160, len)
    assert content.detail["when"] in post
    assert "Haus Haus" not in post


def test_what_no_longer_holds_is_not_told_as_if_it_did() -> None:
    postponed = event_page(slug="verschoben", status="EventPostponed").content()
    assert occasion.when(postponed).startswith("Neuer Termin noch nicht bekannt, ursprünglich geplant: ")
    assert occasion.headline(postponed) == f"Verschoben: {postponed.title}"
    assert any(line.startswith("Ursprünglich geplant: ") for line in occasion.told(postponed))
    online = event_page(
        slug="online", status="EventMovedOnline", online="https://konferenz.example/", place_name="Saal"
    ).content()
    assert "Saal" not in " ".join([occasion.when_and_where(online), *occasion.told(online)])
    assert "Online: https://konferenz.example/" in occasion.told(online)


def test_a_fact_without_end_is_cut_in_a_mail() -> None:
    content = event_page().content()
    changes = [["changes", "Andere Termine", "statt am 1.12.2026 am 2.12.2026; " * 900]]
    long = replace(content, extra={**content.extra, "details": [*content.extra["details"], *changes]})
    assert len(mail.body(long, {}, {"from_name": "Stadt"})["html"]) < 95_000
    assert any(line.startswith("Andere Termine: statt am 1.12.2026") for line in occasion.told(long))


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
    far = drafts.event_of(event_page(slug="fern", first_day=date(2036, 12, 5)))
    assert not events.over(far, wall("2026-12-05T12:00"))
