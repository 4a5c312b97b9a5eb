"""Handing in an event without an account: the form, the confirmation, what the link of the mail allows, and its end."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel.letters import mailbox
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.privacy.models import Deletion
from stadtnah.kernel.town.models import Town
from stadtnah.services.events import site, tasks
from stadtnah.services.events.domain import submissions
from stadtnah.services.events.models import Club, Letter, Submission
from tests.channels.newsletter.citizens import work

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
FORM, ANNA = "/veranstaltungen/melden/", "anna@tsv.example"
TOLD = {
    "title": "Tanz in den Advent",
    "organiser": "TSV Erlenfurt",
    "day": "2026-12-05",
    "begin": "19:30",
    "end": "23:00",
    "place": "Stadthalle",
    "email": ANNA,
}


@pytest.fixture
def later() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.shift


@pytest.fixture(autouse=True)
def town(db: None) -> Town:
    return Town.objects.update_or_create(
        id=1,
        defaults={"name": "Stadt Beispielau", "short_name": "Beispielau", "mail": "post@beispielau.example"},
    )[0]


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def send(browser: Client, later: Any, extra: Any = None, **fields: Any) -> Any:
    page = unescape(browser.get(FORM, **(extra or {})).content.decode())
    token = re.search(r'name="token" value="([^"]+)"', page)[1]  # type: ignore[index]
    later(timedelta(seconds=20))
    return browser.post(FORM, {**TOLD, "token": token, **fields}, **(extra or {}))


def link() -> str:
    """The path of the link in the latest mail to Anna."""
    body = [letter for letter in mail.outbox if letter.to == [ANNA]][-1].body
    return urlsplit(re.findall(r"https?://\S+/veranstaltungen/melden/\S+/", body)[-1]).path


def handed_in(browser: Client, later: Any, **fields: Any) -> str:
    """The link of an event that was sent, not yet confirmed."""
    assert send(browser, later, **fields).status_code == 303
    work()
    return link()


def test_an_event_is_stored_confirmed_and_told(browser: Client, later: Any) -> None:
    done = send(
        browser, later, repeat="weekly", until="19.12.2026", contact="Anna Beispiel", access=["quiet"]
    )
    assert (done.status_code, done["Location"]) == (303, f"{FORM}danke/")
    assert "zwei Tagen" in browser.get(done["Location"]).content.decode()
    row = Submission.objects.get()
    assert (row.state, row.club, f"{row.ends_on:%d.%m.}") == ("unconfirmed", None, "19.12.")
    work()
    (letter,) = mail.outbox
    assert letter.to == [ANNA]
    for part in (
        "Samstag, 5. Dezember 2026, 19:30 bis 23:00 Uhr",
        "jeden Samstag, bis 19.12.2026",
        "Stadthalle",
    ):
        assert part in letter.body
    path = link()
    page = browser.get(path).content.decode()
    assert "Veranstaltung bestätigen" in page
    assert "Reizarm und ruhig" in page
    row.refresh_from_db()
    assert row.state == "unconfirmed"  # programs that check mails follow links
    assert browser.post(path)["Location"] == path
    assert browser.post(path).status_code == 303  # twice is once
    row.refresh_from_db()
    assert (row.state, row.club is not None) == ("waiting", True)
    work()
    assert [one.to for one in mail.outbox] == [[ANNA], ["post@beispielau.example"]]
    told = mail.outbox[1].body
    assert f"/desk/veranstaltungen/eingereicht/{row.pk}/" in told
    assert ANNA not in told  # stays where it can be erased
    assert "Anna Beispiel" not in told
    assert not browser.cookies


def test_english_speaks_english(browser: Client, later: Any) -> None:
    english = {"SCRIPT_NAME": "/en"}  # as the server in front sets it
    done = send(browser, later, extra=english)
    assert done["Location"].startswith("/en/veranstaltungen/melden/")
    work()
    assert mail.outbox[0].subject.startswith("Please confirm")
    assert "Saturday, 5 December 2026" in mail.outbox[0].body
    assert link().startswith("/en/")
    assert "Confirm the event" in browser.get(link().removeprefix("/en"), **english).content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"title": ""}, "title", "Bitte geben Sie der Veranstaltung einen Titel."),
        ({"title": "x" * 121}, "title", "Bitte kürzen Sie diese Angabe auf 120 Zeichen"),
        ({"organiser": " "}, "organiser", "Bitte nennen Sie den Veranstalter."),
        ({"day": ""}, "day", "an welchem Tag"),
        ({"day": "31.2.2026"}, "day", "„31.2.2026“ ist kein Datum"),
        ({"day": "2026-11-22"}, "day", "Dieser Tag ist vorbei."),
        ({"day": "2029-12-01"}, "day", "mehr als zwei Jahre"),
        ({"begin": "halb acht"}, "begin", "„halb acht“ ist keine Uhrzeit"),
        ({"begin": ""}, "begin", "Sie haben nur das Ende genannt"),
        ({"day": "2027-03-28", "begin": "2.30", "end": ""}, "begin", "Diese Uhrzeit gibt es nicht"),
        ({"end": "18:00"}, "end", "Das Ende (18:00) liegt nicht nach dem Beginn (19:30)."),
        ({"last_day": "2026-12-01"}, "last_day", "liegt vor dem ersten"),
        ({"last_day": "2027-06-01"}, "last_day", "bis zu 60 Tage"),
        ({"repeat": "weekly"}, "until", "bis zu welchem Tag"),
        ({"repeat": "weekly", "until": "2026-12-05"}, "until", "endet, bevor sie beginnt"),
        ({"repeat": "monthly", "until": "2028-12-05"}, "until", "höchstens ein Jahr"),
        ({"place": ""}, "place", "wo die Veranstaltung ist"),
        ({"registration": "www.tsv.example"}, "registration", "beginnend mit https://"),
        ({"email": "anna@"}, "email", "nicht vollständig"),
        ({"homepage": "http://spam.example"}, "form", "noch nicht gespeichert"),
        ({"token": "gefälscht"}, "form", "senden Sie noch einmal"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    browser: Client, later: Any, fields: dict[str, str], field: str, said: str
) -> None:
    answer = send(browser, later, description="Mit Kapelle", contact="Anna Beispiel", **fields)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said.lower() in page.lower()
    if field != "form":
        assert f'<a href="#{field}">' in page
        assert f'id="{field}-error"' in page
    for typed in {**TOLD, "description": "Mit Kapelle", "contact": "Anna Beispiel", **fields}.values():
        assert typed in page or typed in {"", " ", "gefälscht", "http://spam.example"}
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"day": "5.12.26", "begin": "19.30 Uhr", "end": "23"}, {"begin": "", "end": ""}]
)
def test_dates_are_read_as_people_write_them(browser: Client, later: Any, fields: dict[str, str]) -> None:
    assert send(browser, later, **fields).status_code == 303
    event = submissions.event(Submission.objects.get())
    assert event.start == (datetime(2026, 12, 5, 19, 30) if fields["begin"] else datetime(2026, 12, 5))
    assert event.all_day is not bool(fields["begin"])


def test_a_form_filled_within_a_second_is_asked_again(browser: Client, later: Any) -> None:
    page = unescape(browser.get(FORM).content.decode())
    token = re.search(r'name="token" value="([^"]+)"', page)[1]  # type: ignore[index]
    assert browser.post(FORM, {**TOLD, "token": token}).status_code == 422
    later(timedelta(seconds=5))
    for _twice in range(2):
        assert browser.post(FORM, {**TOLD, "token": token}).status_code == 303
    assert Submission.objects.count() == 1
    later(timedelta(hours=7))
    assert browser.post(FORM, {**TOLD, "token": token}).status_code == 422


def test_a_flood_is_stopped_and_says_so(browser: Client, later: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "GLOBAL_LIMIT", 1)
    assert send(browser, later).status_code == 303
    answer = send(browser, later, title="Zweite")
    assert answer.status_code == 503
    assert "wurde nicht gespeichert" in answer.content.decode()
    assert 'value="Zweite"' in answer.content.decode()
    monkeypatch.setattr(site.GATE, "most", 0)
    browser.defaults["REMOTE_ADDR"] = "203.0.113.7"
    later(timedelta(hours=1))
    assert send(browser, later, title="Dritte").status_code == 429


def test_nobody_fills_the_mailbox_of_somebody_else(browser: Client, later: Any) -> None:
    for number in range(submissions.MOST_UNCONFIRMED):
        assert send(browser, later, title=f"Fest {number}").status_code == 303
    answer = send(browser, later, title="Noch ein Fest")
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.content.decode()
    work()
    assert len(mail.outbox) == submissions.MOST_UNCONFIRMED
    browser.post(link())
    assert send(browser, later, title="Noch ein Fest").status_code == 303


def test_a_mailbox_is_counted_and_not_the_spelling_of_its_address(browser: Client, later: Any) -> None:
    for address in ("anna+1@tsv.example", "Anna+fest@TSV.example", ANNA):
        assert send(browser, later, title=f"Fest {address}", email=address).status_code == 303
    answer = send(browser, later, title="Noch ein Fest", email="anna+4@tsv.example")
    assert answer.status_code == 422
    assert 'value="anna+4@tsv.example"' in answer.content.decode()
    assert send(browser, later, title="Control", email="annabell@tsv.example").status_code == 303
    work()
    assert "anna+1@tsv.example" in {to for letter in mail.outbox for to in letter.to}, "as it was typed"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("erika@b.example", "Erika+1@B.example ", True),
        ("+1@b.example", "+2@b.example", False),
        ("er.ika@b.example", "erika@b.example", False),
        ("er.ika+x@googlemail.com", "erika@gmail.com", True),
    ],
)
def test_where_a_mail_arrives(one: str, other: str, same: bool) -> None:
    assert (mailbox(one) == mailbox(other)) is same


def test_the_sender_changes_and_withdraws(browser: Client, later: Any) -> None:
    path = handed_in(browser, later)
    browser.post(path)
    page = unescape(browser.get(f"{path}aendern/").content.decode())
    assert 'value="2026-12-05"' in page
    assert ANNA not in page  # whoever has the link learns no address
    wrong = browser.post(f"{path}aendern/", {**TOLD, "title": ""})
    assert (wrong.status_code, "Stadthalle" in wrong.content.decode()) == (422, True)
    assert browser.post(f"{path}aendern/", {**TOLD, "place": "Altes Kino"}).status_code == 303
    row = Submission.objects.get()
    assert (row.entry["place"], row.version, row.state, row.email) == ("Altes Kino", 2, "waiting", ANNA)
    assert "rückgängig" in browser.get(f"{path}zurueckziehen/").content.decode()
    assert Submission.objects.exists()
    assert browser.post(f"{path}zurueckziehen/").status_code == 200
    assert not Submission.objects.exists()
    assert not Letter.objects.exists()
    assert browser.get(path).status_code == 410


def test_who_withdraws_the_only_event_is_forgotten(browser: Client, later: Any) -> None:
    path = handed_in(browser, later)
    browser.post(path)
    other = handed_in(browser, later, title="Noch ein Fest")
    browser.post(other)
    browser.post(f"{other}zurueckziehen/")
    assert Club.objects.count() == 1, "one event is still there"
    browser.post(f"{path}zurueckziehen/")
    assert not Club.objects.exists()


def test_a_mail_to_an_address_that_nobody_confirmed_advertises_nothing(browser: Client, later: Any) -> None:
    handed_in(browser, later, title="Gewinn: https://boese.example/x", place="www.boese.example, St. Marien")
    sent = mail.outbox[0]
    assert "boese.example" not in sent.body + sent.subject
    assert "boese. example" in sent.body
    assert "St. Marien" in sent.body
    assert link().startswith(FORM), "our own address is one"


def test_a_link_that_is_forged_or_cut_off_leads_nowhere(browser: Client, later: Any) -> None:
    path = handed_in(browser, later)
    for wrong in (f"{path[:-4]}/", f"{FORM}erfunden/"):
        for answer in (browser.get(wrong), browser.post(wrong), browser.post(f"{wrong}zurueckziehen/")):
            assert answer.status_code == 404
    answer = browser.get(path)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")


def test_a_mail_server_that_is_down_loses_nothing(browser: Client, later: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.factories.mail_servers.NoServer"
    send(browser, later)
    with pytest.raises(ConnectionRefusedError):
        work()
    DBTaskResult.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later(timedelta(minutes=6))
    tasks.mail_again()
    work()
    assert [letter.to for letter in mail.outbox] == [[ANNA]]
    later(timedelta(minutes=6))
    tasks.mail_again()
    assert not DBTaskResult.objects.exists()


def test_what_was_not_confirmed_goes_after_two_days(browser: Client, later: Any) -> None:
    handed_in(browser, later)
    later(timedelta(days=2) - timedelta(minutes=2))
    privacy.expire_all()
    assert Submission.objects.exists()
    later(timedelta(minutes=5))
    privacy.expire_all()
    assert not Submission.objects.exists()
    assert not Club.objects.exists()
    assert Deletion.objects.get(purpose="events").rows == 1


def test_addresses_go_thirty_days_after_the_last_date_and_trust_outlives_them(
    browser: Client, later: Any
) -> None:
    browser.post(handed_in(browser, later, repeat="weekly", until="2026-12-19", contact="Anna"))
    for day, left in (("2027-01-18", 1), ("2027-01-19", 0)):
        with time_machine.travel(datetime.fromisoformat(f"{day}T12:00:00+00:00"), tick=False):
            privacy.expire_all()
        assert Submission.objects.count() == left
    (club,) = Club.objects.values_list("name", "key")
    assert ANNA not in str(club)
    assert Club.objects.get().key == submissions.club_key(ANNA.upper())
    with time_machine.travel(NOON + timedelta(days=732), tick=False):
        privacy.expire_all()
    assert not Club.objects.exists()


def test_export_and_erasure(browser: Client, later: Any) -> None:
    browser.post(handed_in(browser, later))
    event, club = privacy.export_person("Anna@TSV.example")["events"]
    assert event["event"]["title"] == "Tanz in den Advent"
    assert club["organiser"] == "TSV Erlenfurt"
    assert privacy.erase_person("bert@tsv.example").get("events") == 0
    assert privacy.erase_person(ANNA)["events"] == 2
    assert not Submission.objects.exists()
    assert not Club.objects.exists()


def test_the_database_keeps_what_it_must(browser: Client, later: Any) -> None:
    from tests.factories.people import cast

    people = cast()
    browser.post(handed_in(browser, later))
    row, club = Submission.objects.all(), Club.objects.all()
    now = NOON
    trusted = {"trust": "trusted", "trusted_at": now}
    for wrong in (
        lambda: club.update(**trusted, trusted_by=people.agnes),  # an agency trusts nobody
        lambda: club.update(trust="trusted"),
        lambda: row.update(state="unconfirmed"),
        lambda: row.update(state="accepted"),
        lambda: row.update(object_key="page:1"),
        lambda: row.update(state="erfunden"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    club.update(**trusted, trusted_by=people.freya)  # the control
    row.update(state="accepted", decided_at=now, decided_by=people.agnes)
