"""Events that were handed in: who sees what, what becomes of them, and that nothing of it releases anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from stadtnah.kernel.audit.models import Entry as AuditEntry
from stadtnah.kernel.town.models import Town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.dispatch import deliver, plan
from stadtnah.publishing.models import Approval, ReleaseRequest
from stadtnah.services.events import api as events
from stadtnah.services.events import tasks
from stadtnah.services.events.domain import submissions
from stadtnah.services.events.domain.entry import Entry
from stadtnah.services.events.models import Club, Letter, Submission
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import HomePage
from tests.channels.newsletter.citizens import work
from tests.factories.people import Cast, cast
from tests.surfaces.desk.conftest import as_, data_folder  # noqa: F401 - a fixture for all tests here

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
LIST, ANNA = "/desk/veranstaltungen/eingereicht/", "anna@tsv.example"
DANCE = Entry(
    "Tanz in den Advent",
    date(2026, 12, 5),
    begin=time(19, 30),
    end=time(23),
    place="Stadthalle",
    organiser="TSV",
)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def people(db: None) -> Cast:
    Town.objects.update_or_create(
        id=1, defaults={"name": "Stadt Beispielau", "short_name": "Beispielau", "mail": "post@stadt.example"}
    )
    Page.get_first_root_node().add_child(instance=HomePage(title="Start", slug="start"))
    return cast()


def handed_in(title: str = DANCE.title, email: str = ANNA, **changes: Any) -> Submission:
    """Confirmed, and its mails gone."""
    sender = submissions.Sender(email, "Anna Beispiel")
    row = submissions.confirm(submissions.receive(replace(DANCE, title=title, **changes), sender, title))
    work()
    mail.outbox.clear()
    return row


def do(user: Any, row: Submission, verb: str, **fields: Any) -> Any:
    return as_(user).post(f"{LIST}{row.pk}/{verb}/", {"version": row.version, **fields})


def test_who_moderates_and_who_sees_the_sender(people: Cast) -> None:
    row = handed_in()
    for user in (people.agnes, people.ada, people.freya, people.viktor, people.clara):
        assert DANCE.title in as_(user).get(LIST).content.decode()
        page = as_(user).get(f"{LIST}{row.pk}/").content.decode()
        assert "Samstag, 5. Dezember 2026, 19:30 bis 23:00 Uhr" in page
        assert (ANNA in page) is (user != people.agnes)  # the agency decides without knowing who it was
        assert ("Anna Beispiel" in page) is (user != people.agnes)
    for user in (people.doris, people.anton, people.aaron, people.charlie):
        assert as_(user).get(LIST).status_code in {302, 403}
        for verb in ("uebernehmen", "nachfragen", "ablehnen", "vertrauen"):
            assert do(user, row, verb, question="Ja?", reason="Nein").status_code in {302, 403, 404}
    row.refresh_from_db()
    assert row.state == "waiting"
    assert not EventPage.objects.exists()


def test_what_was_not_confirmed_is_nobodys_business(people: Cast) -> None:
    row = submissions.receive(DANCE, submissions.Sender(ANNA), "1")
    assert DANCE.title not in as_(people.clara).get(f"{LIST}?status=").content.decode()
    assert as_(people.clara).get(f"{LIST}{row.pk}/").status_code == 404
    assert do(people.clara, row, "uebernehmen").status_code == 404


@pytest.mark.parametrize("who", ["agnes", "clara", "freya"])
def test_it_becomes_a_draft_and_nothing_public(people: Cast, who: str) -> None:
    row = handed_in()
    assert do(getattr(people, who), row, "uebernehmen", do="submit").status_code == 302
    (page,) = EventPage.objects.all()
    assert (page.title, page.live, page.owner) == (DANCE.title, False, getattr(people, who))
    row.refresh_from_db()
    assert (row.state, row.object_key) == ("accepted", page.object_key)
    assert row.club is not None
    assert row.club.trust == "known"
    assert not ReleaseRequest.objects.exists()  # not trusted, so nobody handed it in
    assert not Approval.objects.exists()
    work()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ANNA], f"Übernommen: „{DANCE.title}“")
    entry = AuditEntry.objects.get(event="submission.accepted")
    assert ANNA not in str(entry.data)
    shown = as_(people.ada).get(f"{LIST}{row.pk}/").content.decode()
    assert f"/pages/{page.pk}/edit/" in shown
    assert "Als Entwurf übernehmen" not in shown


def test_what_gets_public_does_not_tell_the_number_of_the_submission(people: Cast) -> None:
    row, other = handed_in(), handed_in("Skatturnier")
    for one in (row, other):
        do(people.clara, one, "uebernehmen")
    page, second = EventPage.objects.order_by("pk")
    said = str(page.content().to_json()).lower()
    assert row.number.lower() not in said
    assert row.pk.hex not in said.replace("-", "")
    assert page.uid == events.event_of_submission(row).uid, "the same whenever it is asked"
    assert page.uid != second.uid
    assert page.uid.endswith("@stadtnah")


def test_trust_shortens_the_look_and_never_the_release(people: Cast) -> None:
    row = handed_in()
    assert "zur Freigabe geben" not in as_(people.agnes).get(f"{LIST}{row.pk}/").content.decode()
    assert do(people.agnes, row, "vertrauen", do="trust").status_code == 403
    assert Club.objects.get().trust == "new"
    do(people.clara, row, "vertrauen", do="trust")
    club = Club.objects.get()
    assert (club.trust, club.trusted_by) == ("trusted", people.clara)
    assert "Übernehmen und zur Freigabe geben" in as_(people.agnes).get(f"{LIST}{row.pk}/").content.decode()
    assert "zur Freigabe geben" not in as_(people.clara).get(f"{LIST}{row.pk}/").content.decode()
    done = do(people.agnes, row, "uebernehmen", do="submit")
    (request,) = ReleaseRequest.objects.all()
    assert done["Location"] == f"/desk/freigabe/{request.pk}/"
    assert (request.state, request.submitted_by) == ("open", people.agnes)
    assert not Approval.objects.exists()
    again = handed_in("Tanz in den Mai")
    assert again.club == club  # known by its address
    do(people.freya, again, "vertrauen", do="distrust")
    club.refresh_from_db()
    assert (club.trust, club.trusted_by) == ("known", None)
    with pytest.raises(PermissionDenied):
        events.trust(club, trusted=True, by=people.agnes)


def test_a_question_goes_out_and_is_answered(people: Cast) -> None:
    row = handed_in()
    answer = do(people.clara, row, "nachfragen", question=" ")
    assert answer.status_code == 422
    assert "Bitte schreiben Sie, was Sie wissen möchten." in answer.content.decode()
    long = do(people.clara, row, "nachfragen", question="x" * 4001)
    assert (long.status_code, "x" * 4001 in long.content.decode()) == (422, True)
    do(people.clara, row, "nachfragen", question="Gibt es Karten?")
    work()
    (letter,) = mail.outbox
    assert "Gibt es Karten?" in letter.body
    assert letter.reply_to == ["post@stadt.example"]
    row.refresh_from_db()
    assert row.state == "asked"
    submissions.change(row, replace(DANCE, price="8 Euro"))
    row.refresh_from_db()
    assert (row.state, row.note, row.version) == ("waiting", "", 2)


def test_an_agency_writes_nothing_to_a_sender(people: Cast) -> None:
    """A mail in the municipality's name would be words that nobody there released."""
    row = handed_in()
    for verb, fields in (
        ("nachfragen", {"question": "Bitte zahlen Sie."}),
        ("ablehnen", {"reason": "Nein."}),
    ):
        assert do(people.agnes, row, verb, **fields).status_code == 403
    with pytest.raises(PermissionDenied):
        events.ask(row, "Bitte zahlen Sie.", by=people.agnes, version=row.version)
    with pytest.raises(PermissionDenied):
        events.refuse(row, "Nein.", by=people.agnes, version=row.version)
    work()
    assert mail.outbox == []
    seen = as_(people.agnes).get(f"{LIST}{row.pk}/").content.decode()
    assert "Darum schreibt es die Kommune selbst." in seen
    assert "Frage senden" not in seen
    assert "Frage senden" in as_(people.clara).get(f"{LIST}{row.pk}/").content.decode()


def test_a_refusal_has_a_reason_that_the_sender_reads(people: Cast) -> None:
    row = handed_in()
    assert do(people.clara, row, "ablehnen", reason="").status_code == 422
    do(people.clara, row, "ablehnen", reason="Das ist Werbung.")
    work()
    assert "Das ist Werbung." in mail.outbox[0].body
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("refused", people.clara)
    assert do(people.freya, row, "uebernehmen").status_code == 409
    assert not EventPage.objects.exists()


def test_what_changed_meanwhile_is_not_taken_over_unseen(people: Cast) -> None:
    row = handed_in()
    submissions.change(row, replace(DANCE, title="Etwas ganz anderes"))
    for verb, fields in (
        ("uebernehmen", {}),
        ("nachfragen", {"question": "Und?"}),
        ("ablehnen", {"reason": "Nein"}),
    ):
        answer = do(people.clara, row, verb, **fields)
        assert answer.status_code == 409
        assert "Etwas ganz anderes" in answer.content.decode()
        assert all(text in answer.content.decode() for text in fields.values())  # nothing typed is lost
    assert not EventPage.objects.exists()
    assert not Letter.objects.exclude(kind__in=("confirm", "arrived")).exists()


def test_twins_are_shown(people: Cast) -> None:
    first, second = handed_in(), handed_in("Tanz in den Advent!", email="bert@tsv.example")
    other = handed_in("Skatturnier", begin=time(10), end=time(12))
    page = as_(people.clara).get(f"{LIST}{second.pk}/").content.decode()
    assert "Vielleicht schon da" in page
    assert "(gemeldet, noch nicht übernommen)" in page
    assert f'href="{LIST}{first.pk}/"' in page
    do(people.clara, first, "uebernehmen")
    assert "(Entwurf)" in as_(people.clara).get(f"{LIST}{second.pk}/").content.decode()
    assert "Vielleicht schon da" not in as_(people.clara).get(f"{LIST}{other.pk}/").content.decode()


def submitted(people: Cast, page: EventPage) -> ReleaseRequest:
    publishing.ChannelAccount.objects.get_or_create(
        key="website", defaults={"channel": "website", "label": "Website"}
    )
    return publishing.submit(page.content(), {}, by=people.ada, context=check_context())


def released(people: Cast, request: ReleaseRequest) -> None:
    """Released and public."""
    publishing.release(request.pk, by=people.freya, seen_digest=request.snapshot_id, second_factor=True)
    plan.plan(request.snapshot_id)
    deliver.deliver("website")


def test_the_sender_hears_once_that_it_is_public(people: Cast) -> None:
    row = handed_in()
    do(people.ada, row, "uebernehmen")
    work()
    mail.outbox.clear()
    page = EventPage.objects.get()
    request = submitted(people, page)
    tasks.tell_public()
    assert not Letter.objects.filter(kind="public").exists()
    released(people, request)
    tasks.tell_public()
    tasks.tell_public()
    work()
    told = [letter for letter in mail.outbox if letter.to == [ANNA]]
    assert [letter.subject for letter in told] == [f"Jetzt im Kalender: „{DANCE.title}“"]
    assert page.public_path() in told[0].body


def test_of_an_event_that_was_called_off_meanwhile_the_sender_hears_that_too(people: Cast) -> None:
    row = handed_in()
    do(people.ada, row, "uebernehmen")
    work()
    page = EventPage.objects.get()
    released(people, submitted(people, page))
    page.status, page.status_note = "EventCancelled", "Wegen Sturm."
    page.save()
    released(people, submitted(people, page))
    mail.outbox.clear()
    tasks.tell_public()
    work()
    [letter] = [one for one in mail.outbox if one.to == [ANNA]]
    assert letter.subject == f"Im Kalender, aber abgesagt: „{DANCE.title}“"
    assert "Dort steht inzwischen: Fällt aus." in letter.body


def test_many_older_ones_that_are_not_public_hide_none(
    people: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """Each asking looks at so many; those whose event is still a draft must not be counted among them."""
    monkeypatch.setattr(submissions, "_AT_ONCE", 2)
    for number in range(4):
        row = handed_in(f"Fest {number}", email=f"a{number}@tsv.example")
        do(people.ada, row, "uebernehmen")
    row.refresh_from_db()
    with django_assert_num_queries(1):
        tasks.tell_public()
    released(people, submitted(people, EventPage.objects.get(title="Fest 3")))
    tasks.tell_public()
    assert [letter.submission for letter in Letter.objects.filter(kind="public")] == [row]


def test_list_and_menu_cost_the_same_however_long(people: Cast, django_assert_num_queries: Any) -> None:
    client = as_(people.clara)
    handed_in()
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    cost = len(one)  # each further request begins its log anew
    for number in range(8):
        handed_in(f"Fest {number}", email=f"a{number}@tsv.example")
    assert "9 Veranstaltungen warten" in as_(people.agnes).get("/desk/").content.decode()
    assert "Veranstaltungen warten" not in as_(people.anton).get("/desk/").content.decode()
    with django_assert_num_queries(cost):
        page = client.get(LIST).content.decode()
    assert page.count("rows__title") == 9


def test_the_list_of_all_events_costs_the_same_however_long(people: Cast) -> None:
    client, costs = as_(people.clara), []
    for number in range(8):
        do(people.clara, handed_in(f"Fest {number}", email=f"a{number}@tsv.example"), "uebernehmen")
        if number in {0, 7}:
            client.get("/desk/veranstaltungen/")
            with CaptureQueriesContext(connection) as asked:
                page = client.get("/desk/veranstaltungen/").content.decode()
            costs.append(len(asked))
    assert costs[0] == costs[1]
    assert "Fest 7" in page


def test_an_ended_mandate_ends_it_at_once(people: Cast) -> None:
    from stadtnah.kernel.access.models import Mandate

    row = handed_in()
    client = as_(people.agnes)
    assert client.get(LIST).status_code == 200
    Mandate.objects.filter(user=people.agnes).update(ended_at=NOON - timedelta(seconds=1))
    assert client.get(LIST).status_code in {302, 403}
    assert do(people.agnes, row, "uebernehmen").status_code in {302, 403}
    with pytest.raises(PermissionDenied):
        events.ask(row, "Ja?", by=people.agnes, version=1)


def test_a_mail_to_the_sender_that_may_have_gone_is_settled_by_the_municipality(people: Cast) -> None:
    row = handed_in()
    do(people.freya, row, "nachfragen", question="Wo ist der Eingang?")
    Letter.objects.filter(kind="question").update(taken_at=NOON - timedelta(hours=1))
    work()
    assert mail.outbox == []
    letter = Letter.objects.get(kind="question")
    page = f"{LIST}{row.pk}/"
    settle = f"{page}mail/{letter.pk}/"
    assert settle in as_(people.freya).get(page).content.decode()
    assert settle not in as_(people.agnes).get(page).content.decode()
    assert as_(people.agnes).post(settle, {"do": "noch-einmal"}).status_code == 403
    with pytest.raises(PermissionDenied):
        events.settle(letter, arrived=True, by=people.agnes)
    assert "Rückfrage" in as_(people.freya).get(settle).content.decode()
    as_(people.freya).post(settle, {"do": "noch-einmal"})
    work()
    assert [one.to for one in mail.outbox] == [[ANNA]]
    assert AuditEntry.objects.get(event="mail.sent_again").subject == f"submission:{row.pk}"


def test_postponed_is_not_said_to_be_called_off(people: Cast) -> None:
    row = handed_in()
    do(people.ada, row, "uebernehmen")
    work()
    page = EventPage.objects.get()
    page.status = "EventPostponed"
    page.save()
    released(people, submitted(people, page))
    mail.outbox.clear()
    tasks.tell_public()
    work()
    (letter,) = [one for one in mail.outbox if one.to == [ANNA]]
    assert letter.subject.startswith("Im Kalender, aber verschoben: ")


def test_of_an_event_that_was_withdrawn_meanwhile_nobody_hears_that_it_is_in_the_calendar(
    people: Cast,
) -> None:
    row = handed_in()
    do(people.ada, row, "uebernehmen")
    work()
    page = EventPage.objects.get()
    released(people, submitted(people, page))
    mail.outbox.clear()
    tasks.tell_public()
    plan.plan(publishing.withdraw(page.object_key, by=people.freya, second_factor=True).snapshot_id)
    deliver.deliver("website")
    work()
    tasks.tell_public()
    work()
    assert not [one.subject for one in mail.outbox if one.to == [ANNA]]
    assert Letter.objects.filter(kind=Letter.Kind.PUBLIC).count() == 1
