"""Being reminded of an event: asked for, confirmed, sent once, told of what changes, and gone after the last date."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from html import unescape
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtnah.kernel import clock
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.town.models import Town
from stadtnah.services.events import reminder_site, tasks
from stadtnah.services.events.domain import reminder_mails, reminders
from stadtnah.services.events.models import EventChange, Reminder, ReminderLetter, Watched
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.calendar import reminding, rules, ticks
from stadtnah.surfaces.website.calendar.models import EventPage
from tests.channels.newsletter.citizens import work
from tests.factories.mail_servers import picky
from tests.factories.people import cast
from tests.kernel.test_letters import server
from tests.surfaces.desk.conftest import as_
from tests.surfaces.website.calendar.conftest import event_page
from tests.surfaces.website.calendar.test_pages import CHOIR, released, said, soup
from tests.surfaces.website.conftest import OTHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at", "tree")]
FORM, ANNA = "/veranstaltungen/erinnern/", "anna@bei.example"


@pytest.fixture(autouse=True)
def reachable(tree: None) -> None:
    Town.objects.update(mail="post@beispielau.example")


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def address(slug: str = "adventskonzert") -> str:
    return f"{FORM}?termin={slug}"


def send(browser: Client, at: Any, slug: str = "adventskonzert", extra: Any = None, **fields: Any) -> Any:
    page = unescape(browser.get(address(slug), **(extra or {})).content.decode())
    token = re.search(r'name="token" value="([^"]+)"', page)[1]  # type: ignore[index]
    at.shift(timedelta(seconds=20))
    given = {"email": ANNA, "lead": "day", "date": "", "token": token, **fields}
    return browser.post(address(slug), given, **(extra or {}))


def link(number: int = -1) -> str:
    body = str(mail.outbox[number].body)
    return urlsplit(re.findall(r"https?://\S+/veranstaltungen/erinnern/[^/\s]+/(?=\s)", body)[-1]).path


def asked(browser: Client, at: Any, slug: str = "adventskonzert", **fields: Any) -> str:
    """Somebody who confirmed; the path of their link."""
    assert send(browser, at, slug, **fields).status_code == 303
    work()
    path = link()
    assert browser.post(path.removeprefix("/en")).status_code == 303
    mail.outbox.clear()
    return path


def change(page: EventPage, digest: str = OTHER, **values: Any) -> EventPage:
    for name, value in values.items():
        setattr(page, name, value)
    page.full_clean()
    page.save()
    return released(page, digest)


def told() -> list[str]:
    """What the worker sends once everybody who has to look has looked, twice."""
    for _ in range(2):
        ticks.tell_changes()
        ticks.remind()
        work()
    return [str(letter.subject) for letter in mail.outbox]


def test_the_page_of_an_event_leads_to_the_form_and_the_link_of_the_mail_confirms(
    browser: Client, at: Any
) -> None:
    released(event_page())
    for prefix in ("", "/en"):
        ways = soup(f"{prefix}/veranstaltungen/adventskonzert/").select(f'a[href="{prefix}{address()}"]')
        assert len(ways) == 1
    form = unescape(browser.get(address()).content.decode())
    assert "Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr" in form
    assert 'name="date"' not in form, "one date is no choice"
    done = send(browser, at)
    assert (done.status_code, done["Location"]) == (303, f"{FORM}danke/")
    assert "zwei Tagen" in browser.get(done["Location"]).content.decode()
    work()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ANNA], "Bitte bestätigen Sie die Erinnerung: „Adventskonzert“")
    assert "Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr" in letter.body
    path = link()
    assert "Erinnerung bestätigen" in browser.get(path).content.decode()
    assert Reminder.objects.get().confirmed_at is None, "programs that check mails follow links"
    assert browser.post(path)["Location"] == path
    assert browser.post(path).status_code == 303, "twice is once"
    assert "Wir erinnern Sie" in browser.get(path).content.decode()
    assert Reminder.objects.get().confirmed_at is not None
    assert not browser.cookies


def test_english_speaks_english(browser: Client, at: Any) -> None:
    released(event_page())
    english = {"SCRIPT_NAME": "/en"}
    assert send(browser, at, extra=english)["Location"].startswith("/en/")
    work()
    assert mail.outbox[0].subject.startswith("Please confirm the reminder")
    assert "Saturday, 5 December 2026" in mail.outbox[0].body
    assert link().startswith("/en/veranstaltungen/erinnern/")
    assert "Confirm the reminder" in browser.get(link().removeprefix("/en"), **english).content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"email": ""}, "email", "Bitte geben Sie Ihre E-Mail-Adresse an."),
        ({"email": "anna@"}, "email", "nicht vollständig"),
        ({"lead": []}, "lead", "Bitte wählen Sie, wann"),
        ({"lead": "hour"}, "lead", "Bitte wählen Sie, wann"),
        ({"lead": "week"}, "lead", "schon zu spät"),
        ({"date": "2026-12-06T19:00:00"}, "date", "steht nicht mehr zur Wahl"),
        ({"homepage": "http://spam.example"}, "form", "noch nicht gespeichert"),
        ({"token": "gefälscht"}, "form", "senden Sie noch einmal"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    browser: Client, at: Any, fields: Any, field: str, words: str
) -> None:
    released(event_page())
    done = send(browser, at, **fields)
    assert done.status_code == 422
    page = unescape(done.content.decode())
    assert words in page
    assert field == "form" or f'href="#{field}"' in page
    assert "email" in fields or f'value="{ANNA}"' in page
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("slug", ["gibtesnicht", "", "../desk", "x" * 300, "%00", "entwurf"])
def test_only_a_public_event_has_a_form(browser: Client, slug: str) -> None:
    event_page(slug="entwurf")
    assert browser.get(FORM, {"termin": slug}).status_code == 404
    assert browser.post(f"{FORM}?termin={slug}", {"email": ANNA}).status_code in {400, 404}
    page = released(event_page())
    assert browser.get(address()).status_code == 200, "control"
    publish.withdraw(page.object_key)
    assert browser.get(address()).status_code == 404


def test_what_is_off_or_too_near_offers_no_reminder(browser: Client, at: Any) -> None:
    page = released(event_page())
    change(page, status="EventCancelled")
    assert "zu spät" in browser.get(address()).content.decode()
    assert not soup("/veranstaltungen/adventskonzert/").select(f'a[href="{address()}"]')
    change(page, digest="3" * 64, status="EventScheduled")
    assert "zu spät" not in browser.get(address()).content.decode(), "control"
    at.move_to("2026-12-04T08:01:00+00:00")
    assert "zu spät" in browser.get(address()).content.decode()


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(browser: Client, at: Any) -> None:
    released(event_page())
    first = send(browser, at)
    spelt = [ANNA.replace("@", f"+{number}@") for number in range(4)]
    answers = [send(browser, at, email=one) for one in [*spelt, "neu@bei.example"]]
    assert {(one.status_code, one["Location"], one.content) for one in answers} == {
        (first.status_code, first["Location"], first.content)
    }
    work()
    told = [one.to[0] for one in mail.outbox]
    assert told == [ANNA, *spelt[:2], "neu@bei.example"], "nobody's mailbox is filled, however it is spelt"


def test_the_same_form_sent_twice_is_one(browser: Client, at: Any) -> None:
    released(event_page())
    token = re.search(r'name="token" value="([^"]+)"', browser.get(address()).content.decode())[1]  # type: ignore[index]
    at.shift(timedelta(seconds=20))
    for _ in range(2):
        browser.post(address(), {"email": ANNA, "lead": "day", "token": unescape(token)})
    assert Reminder.objects.count() == 1


def test_one_network_and_everybody_together_have_a_limit(
    browser: Client, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(event_page())
    monkeypatch.setattr(reminders, "GLOBAL_LIMIT", 1)
    monkeypatch.setattr(reminder_site.GATE, "most", 2)
    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert send(browser, at, extra=far).status_code == 303
    full = send(browser, at, extra=far, email="b@bei.example")
    assert full.status_code == 503
    assert 'value="b@bei.example"' in full.content.decode()
    assert send(browser, at, extra=far, email="c@bei.example").status_code == 429
    assert Reminder.objects.count() == 1


def test_a_reminder_goes_once_on_the_morning_before_with_a_link_that_ends_it(
    browser: Client, at: Any
) -> None:
    released(event_page())
    path = asked(browser, at)
    at.move_to("2026-12-04T07:59:00+00:00")
    assert told() == []
    at.move_to("2026-12-04T08:00:00+00:00")
    assert told() == ["Erinnerung: „Adventskonzert“"]
    assert told() == ["Erinnerung: „Adventskonzert“"]
    (letter,) = mail.outbox
    assert "Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr\nStadtkirche" in letter.body
    stop = urlsplit(letter.extra_headers["List-Unsubscribe"].strip("<>")).path
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in letter.body
    assert "Jetzt beenden" in browser.get(stop).content.decode()
    assert Reminder.objects.exists(), "a GET changes nothing"
    assert browser.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Reminder.objects.exists()
    assert browser.post(stop).status_code == 200, "what is gone is what was wanted"
    assert browser.get(path).status_code == 410
    assert browser.get(f"{FORM}gefälscht/").status_code == 404
    assert browser.post(f"{FORM}gefälscht/beenden/").status_code == 404


def test_nobody_who_did_not_confirm_is_written_to(browser: Client, at: Any) -> None:
    page = released(event_page())
    send(browser, at)
    work()
    mail.outbox.clear()
    at.move_to("2026-12-02T07:00:00+00:00")
    change(page, status="EventCancelled")
    assert told() == []
    assert Reminder.objects.count() == 1
    at.shift(timedelta(hours=3))
    tasks.tidy_reminders()
    assert not Reminder.objects.exists(), "two days"
    assert not Watched.objects.exists()


def test_of_a_series_one_date_or_all(browser: Client, at: Any) -> None:
    released(event_page(**CHOIR))
    form = browser.get(address("chorprobe")).content.decode()
    assert "Alle kommenden Termine" in form
    assert "8. Dezember 2026" in form
    assert "Dienstag, 1. Dezember 2026" not in form, "nine o'clock of the day before is over"
    asked(browser, at, "chorprobe", date="2026-12-15T19:30:00", email="eins@bei.example")
    asked(browser, at, "chorprobe", lead=["day", "week"])
    at.move_to("2026-12-07T09:00:00+00:00")
    told()
    assert [one.to for one in mail.outbox] == [[ANNA]]
    at.move_to("2026-12-08T09:00:00+00:00")  # a week before the 15th
    told()
    at.move_to("2026-12-14T09:00:00+00:00")
    told()
    assert [one.to[0] for one in mail.outbox] == [ANNA, ANNA, ANNA, "eins@bei.example"] or [
        one.to[0] for one in mail.outbox
    ] == [ANNA, ANNA, "eins@bei.example", ANNA]
    at.move_to("2026-12-15T20:31:00+00:00")
    tasks.tidy_reminders()
    assert list(Reminder.objects.values_list("email", flat=True)) == [ANNA], "the last date of theirs is over"


def test_the_latest_wish_counts(browser: Client, at: Any) -> None:
    released(event_page(**CHOIR))
    asked(browser, at, "chorprobe", date="2026-12-15T19:30:00")
    asked(browser, at, "chorprobe", date="2026-12-08T19:30:00")
    assert Reminder.objects.count() == 2
    asked(browser, at, "chorprobe")
    assert [row.recurrence for row in Reminder.objects.all()] == [""]
    asked(browser, at, "chorprobe", date="2026-12-15T19:30:00", lead="week")
    asked(browser, at, "chorprobe", date="2026-12-15T19:30:00", lead="day")
    assert [(row.recurrence, row.week_before) for row in Reminder.objects.all()] == [
        ("2026-12-15T19:30:00", False)
    ]


def test_a_reminder_before_the_night_of_the_clock_change_comes_at_nine(browser: Client, at: Any) -> None:
    released(event_page(first_day=date(2027, 3, 28), begins=time(3), ends=time(4)))
    asked(browser, at)
    at.move_to("2027-03-27T07:59:00+00:00")
    assert told() == []
    at.move_to("2027-03-27T08:00:00+00:00")
    assert told() == ["Erinnerung: „Adventskonzert“"]
    at.move_to("2027-03-28T01:00:00+00:00")  # three o'clock, the first moment after the gap
    mail.outbox.clear()
    ReminderLetter.objects.all().delete()
    assert told() == [], "it has begun"


def test_a_cancellation_is_told_to_everybody_once_and_then_nothing_stays(browser: Client, at: Any) -> None:
    page = released(event_page())
    asked(browser, at)
    asked(browser, at, email="ben@bei.example", extra={"SCRIPT_NAME": "/en"})
    page.status, page.status_note = "EventCancelled", "Der Chor ist krank, Karten gelten am 12.12."
    page.save()
    assert told() == [], "a draft alarms nobody"
    released(page, OTHER)
    told()
    assert sorted((one.to[0], one.subject) for one in mail.outbox) == [
        (ANNA, "Fällt aus: „Adventskonzert“"),
        ("ben@bei.example", "Cancelled: “Adventskonzert”"),
    ]
    body = next(one.body for one in mail.outbox if one.to == [ANNA])
    assert "Fällt aus: Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr" in body
    assert body.count("\n\nDer Chor ist krank, Karten gelten am 12.12.\n\n") == 1
    assert EventChange.objects.count() == 1
    tasks.tidy_reminders()
    assert not Watched.objects.exists()
    at.move_to("2026-12-04T09:00:00+00:00")
    assert len(told()) == 2, "and no reminder"


def test_what_could_not_be_told_yet_is_not_deleted(browser: Client, at: Any, settings: Any) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, status="EventCancelled")

    def down() -> None:
        raise SMTPRecipientsRefused({})

    backend = settings.EMAIL_BACKEND
    server(settings, down)
    told()
    tasks.tidy_reminders()
    assert Reminder.objects.count() == 1
    settings.EMAIL_BACKEND = backend
    at.shift(timedelta(minutes=6))
    tasks.mail_again()
    work()
    assert [one.subject for one in mail.outbox] == ["Fällt aus: „Adventskonzert“"]
    tasks.tidy_reminders()
    assert not Reminder.objects.exists()


def test_addresses_that_are_refused_keep_nobody_from_being_told(
    browser: Client, at: Any, settings: Any, caplog: Any
) -> None:
    page = released(event_page())
    names = [f"{name}@bei.example" for name in "abcdefgh"]
    for name in names:
        asked(browser, at, email=name)
    change(page, status="EventCancelled")
    gone = frozenset(names[:6])
    picky(settings, *gone)
    told()
    assert sorted(one.to[0] for one in mail.outbox) == names[6:]
    assert "bei.example" not in caplog.text
    assert ReminderLetter.objects.filter(mailed_at=None, again_at__isnull=False).count() == len(gone)


def test_a_moved_event_is_told_and_the_reminder_follows(browser: Client, at: Any) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, first_day=date(2026, 12, 12), status="EventRescheduled", moved_from="2026-12-05T19:00")
    assert told() == ["Neuer Termin: „Adventskonzert“"]
    body = str(mail.outbox[0].body)
    assert "Samstag, 12. Dezember 2026, 19:00 bis 21:00 Uhr" in body
    assert "statt: Samstag, 5. Dezember 2026, 19:00 bis 21:00 Uhr" in body
    at.move_to("2026-12-04T09:00:00+00:00")
    assert len(told()) == 1, "not on the old day"
    at.move_to("2026-12-11T09:00:00+00:00")
    assert told()[1:] == ["Erinnerung: „Adventskonzert“"]
    change(page, digest="3" * 64, begins=time(20), ends=time(22))
    assert told()[2:] == ["Neuer Termin: „Adventskonzert“"], "an hour later the same day: no second reminder"
    at.move_to("2026-12-12T21:30:00+00:00")
    tasks.tidy_reminders()
    assert not Reminder.objects.exists()


def test_each_change_is_told_once_postponed_then_moved_then_online(browser: Client, at: Any) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, status="EventPostponed", moved_from="2026-12-05T19:00")
    assert told() == ["Verschoben: „Adventskonzert“"]
    released(page, "4" * 64)
    assert len(told()) == 1, "released anew, nothing changed"
    at.move_to("2026-12-20T09:00:00+00:00")
    tasks.tidy_reminders()
    assert Reminder.objects.count() == 1, "the new day is still to come"
    change(page, digest="5" * 64, status="EventRescheduled", first_day=date(2027, 1, 30))
    assert told()[1:] == ["Findet doch statt: „Adventskonzert“"]
    assert "Samstag, 30. Januar 2027" in mail.outbox[1].body
    change(page, digest="6" * 64, status="EventMovedOnline", online="https://video.example/konzert")
    assert told()[2:] == ["Findet online statt: „Adventskonzert“"]
    at.move_to("2027-01-29T09:00:00+00:00")
    assert told()[3:] == ["Erinnerung: „Adventskonzert“"]
    assert "Findet online statt." in mail.outbox[3].body


def test_a_single_date_of_a_series_concerns_those_who_asked_for_it(browser: Client, at: Any) -> None:
    page = released(event_page(**CHOIR))
    asked(browser, at, "chorprobe", date="2026-12-15T19:30:00", email="eins@bei.example")
    asked(browser, at, "chorprobe", date="2027-01-05T19:30:00", email="zwei@bei.example")
    asked(browser, at, "chorprobe")
    change(page, left_out=f"{CHOIR['left_out']}\n15.12.2026")
    told()
    assert sorted(one.to[0] for one in mail.outbox) == [ANNA, "eins@bei.example"]
    assert all("Nicht mehr angekündigt: Dienstag, 15. Dezember 2026" in one.body for one in mail.outbox)
    tasks.tidy_reminders()
    assert sorted(Reminder.objects.values_list("email", flat=True)) == [ANNA, "zwei@bei.example"]
    at.move_to("2026-12-14T09:00:00+00:00")
    assert len(told()) == 2, "no reminder of what was left out"
    mail.outbox.clear()
    change(page, digest="3" * 64, begins=time(20), ends=time(21, 30))  # all dates have another key now
    told()
    assert sorted(one.to[0] for one in mail.outbox) == [ANNA, "zwei@bei.example"]
    one = next(one for one in mail.outbox if one.to != [ANNA])
    assert one.body.count("Verlegt: ") == 1
    assert "weitere Termine" in next(one for one in mail.outbox if one.to == [ANNA]).body
    assert Reminder.objects.get(email="zwei@bei.example").recurrence == "2027-01-05T20:00:00"


def test_a_withdrawn_event_is_told_and_the_mail_leads_to_the_calendar(browser: Client, at: Any) -> None:
    page = released(event_page())
    asked(browser, at)
    publish.withdraw(page.object_key)
    assert told() == ["Nicht mehr angekündigt: „Adventskonzert“"]
    assert "/veranstaltungen/adventskonzert/" not in mail.outbox[0].body
    tasks.tidy_reminders()
    assert not Watched.objects.exists()


def test_an_index_that_is_being_made_again_is_no_withdrawal(browser: Client, at: Any) -> None:
    from stadtnah.surfaces.website.calendar.models import IndexedEvent, Occurrence

    released(event_page())
    asked(browser, at)
    Occurrence.objects.all().delete()
    IndexedEvent.objects.all().delete()
    assert told() == []
    ticks.renew_dates()
    assert told() == []
    assert Reminder.objects.get().ends_at > clock.now()


def test_a_worker_that_is_killed_while_telling_leaves_nothing_half(
    browser: Client, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, status="EventCancelled")

    def killed(*_args: Any, **_more: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Reminder.objects, "bulk_update", killed)
        with pytest.raises(SystemExit):
            reminding.follow()
    assert not EventChange.objects.exists()
    assert not ReminderLetter.objects.filter(kind="change").exists()
    assert told() == ["Fällt aus: „Adventskonzert“"]
    letter = ReminderLetter.objects.get(kind="change")
    ReminderLetter.objects.filter(pk=letter.pk).update(mailed_at=None)  # killed between sending and noting it
    assert not reminder_mails.send(str(letter.pk))
    assert len(mail.outbox) == 1


def test_the_database_keeps_each_change_and_each_reminder_to_one_mail(browser: Client, at: Any) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, status="EventPostponed", moved_from="2026-12-05T19:00")
    told()
    letter = ReminderLetter.objects.get(kind="change")
    for twin in (
        ReminderLetter(
            reminder=letter.reminder, kind="change", about="9/", change=letter.change, at=letter.at
        ),
        ReminderLetter(reminder=letter.reminder, kind="confirm", at=letter.at),
        EventChange(watched=letter.reminder.watched, number=1, said=[], at=letter.at),
        ReminderLetter(reminder=letter.reminder, kind="change", about="8/", at=letter.at),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


def test_looking_costs_the_same_for_few_and_for_many(browser: Client, at: Any) -> None:
    page = released(event_page())
    other = released(event_page(title="Lesung", slug="lesung"), "7" * 64)

    def costs() -> tuple[int, int]:
        found = []
        for look in (reminding.follow, reminding.remind):
            with CaptureQueriesContext(connection) as spent:
                look()
            found.append(len(spent))
        return found[0], found[1]

    assert costs() == (1, 1), "nobody asked"
    asked(browser, at)
    assert costs() == (2, 3)
    for name in ("b", "c", "d"):
        asked(browser, at, email=f"{name}@bei.example")
        asked(browser, at, "lesung", email=f"{name}@bei.example")
    assert costs() == (2, 3)
    at.move_to("2026-12-04T09:00:00+00:00")
    few = costs()[1]
    work()
    assert len(mail.outbox) == 7
    assert costs()[1] <= few, "what went is not written again"
    for one, digest in ((page, OTHER), (other, "8" * 64)):
        change(one, digest, status="EventCancelled")
    with CaptureQueriesContext(connection) as spent:
        reminding.follow()
    assert sum("events_reminderletter" in one["sql"] and "INSERT" in one["sql"] for one in spent) == 2


def test_editors_see_how_many_and_never_who(browser: Client, at: Any) -> None:
    page = released(event_page())
    people = cast()
    desk = as_(people.ada)
    assert "erinnert werden" not in desk.get("/desk/veranstaltungen/").content.decode()
    asked(browser, at)
    asked(browser, at, email="ben@bei.example")
    send(browser, at, email="nicht-bestaetigt@bei.example")
    shown = unescape(desk.get("/desk/veranstaltungen/").content.decode())
    assert "2 Menschen möchten erinnert werden" in shown
    assert "bei.example" not in shown
    lines = rules.told(page)
    assert any(line.startswith("2 Menschen möchten erinnert werden.") for line in lines)


def test_a_person_is_told_what_is_kept_and_can_have_it_deleted(browser: Client, at: Any) -> None:
    released(event_page())
    asked(browser, at)
    (row,) = privacy.export_person(ANNA.upper())["event-reminders"]
    assert (row["event"], row["email"], row["date"], row["when"]) == ("Adventskonzert", ANNA, "all", ["day"])
    assert privacy.export_person("niemand@bei.example") == {}
    assert privacy.erase_person(ANNA)["event-reminders"] == 1
    assert not Watched.objects.exists()


def test_after_the_last_date_the_retention_deletes_and_proves_it(browser: Client, at: Any) -> None:
    from stadtnah.kernel.privacy.models import Deletion

    released(event_page())
    asked(browser, at)
    at.move_to("2026-12-05T19:59:00+00:00")
    privacy.expire_all()
    assert Reminder.objects.count() == 1, "control: it is not over"
    at.move_to("2026-12-05T20:00:00+00:00")
    privacy.expire_all()
    assert not Reminder.objects.exists()
    assert Deletion.objects.filter(purpose="event-reminders", reason="retention").exists()


def test_the_page_still_says_what_it_is_about() -> None:
    released(event_page())
    assert "Erinnern lassen" in said("/veranstaltungen/adventskonzert/")


def withdrawn(page: EventPage) -> None:
    publish.withdraw(page.object_key, "9" * 64)
    publish.settle()


def put_otherwise(page: EventPage) -> None:
    change(page, "8" * 64, status_note="Karten gelten am 12.12.")


@pytest.mark.parametrize("then", [withdrawn, put_otherwise])
def test_a_reason_that_is_no_longer_released_when_the_mail_goes_is_not_in_it(
    browser: Client, at: Any, then: Any
) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, OTHER, status="EventCancelled", status_note="Frau Muster ist schwer erkrankt.")
    ticks.tell_changes()  # the worker, which sends, has not come to it yet
    then(page)
    ticks.tell_changes()
    work()
    assert mail.outbox, "that it is off is told all the same"
    assert all("Frau Muster" not in str(one.body) for one in mail.outbox)


def test_an_event_that_takes_place_after_all_is_not_told_with_the_old_reason(
    browser: Client, at: Any
) -> None:
    page = released(event_page())
    asked(browser, at)
    change(page, OTHER, status="EventCancelled", status_note="Der Chor ist krank.")
    told()
    mail.outbox.clear()
    change(page, "8" * 64, status="EventScheduled")  # the note is left in its field
    told()
    bodies = [str(one.body) for one in mail.outbox]
    assert bodies
    assert all("krank" not in body for body in bodies), bodies


def test_a_single_date_is_not_told_with_the_reason_of_another(browser: Client, at: Any) -> None:
    page = released(event_page(**CHOIR), "1" * 64)
    asked(browser, at, page.slug)
    change(
        page, OTHER, status="EventMovedOnline", status_note="Wir treffen uns online, der Link kommt per Mail."
    )
    told()
    mail.outbox.clear()
    other = {
        "day": date(2026, 12, 8),
        "at": None,
        "status": "EventCancelled",
        "first_day": None,
        "begins": None,
        "last_day": None,
        "ends": None,
        "title": "",
        "place": "",
    }
    change(page, "8" * 64, changes=[("change", other)])
    told()
    bodies = [str(one.body) for one in mail.outbox]
    assert bodies
    assert all("Link kommt per Mail" not in body for body in bodies), bodies


def test_dates_that_were_kept_without_a_reason_are_read_and_a_reason_is_no_header(
    browser: Client, at: Any
) -> None:
    page = released(event_page())
    asked(browser, at)
    for row in Watched.objects.all():
        row.dates = [{k: v for k, v in one.items() if k != "note"} for one in row.dates]
        row.save()
    change(page, OTHER, status="EventCancelled", status_note="Ein Grund\nBcc: x@y.example\n\nZweiter")
    told()
    (one,) = mail.outbox
    assert "Bcc" not in str(one.extra_headers)
    assert one.to == [ANNA]
