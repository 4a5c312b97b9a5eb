"""The public form: what is stored and told, what is refused, and that nobody is thanked for nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from stadtnah.kernel import clock
from stadtnah.kernel.town.models import Town
from stadtnah.services.feedback import site, tasks
from stadtnah.services.feedback.domain import reports, tokens
from stadtnah.services.feedback.models import Report
from tests.channels.newsletter.citizens import work

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
BARRIER, CONTACT = "/barriere-melden/", "/nachricht/"
TEXT = "Der Knopf „Termin“ lässt sich nicht mit der Tastatur erreichen."


@pytest.fixture
def later() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def town(db: None) -> Town:
    return Town.objects.update_or_create(
        id=1,
        defaults={
            "name": "Stadt Beispielau",
            "short_name": "Beispielau",
            "mail": "post@beispielau.example",
            "land": "HE",
        },
    )[0]


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def token_of(browser: Client, path: str, **extra: str) -> str:
    page = unescape(browser.get(path, **extra).content.decode())
    return re.search(r'name="token" value="([^"]+)"', page)[1]  # type: ignore[index]


def send(browser: Client, later: Any, path: str = BARRIER, extra: Any = None, **fields: str) -> Any:
    token = token_of(browser, path, **(extra or {}))
    later(timedelta(seconds=20))
    return browser.post(path, {"text": TEXT, "token": token, **fields}, **(extra or {}))


def test_a_barrier_is_stored_told_and_confirmed(browser: Client, later: Any, town: Town) -> None:
    done = send(browser, later, page="/kontakt/", name="Anna", email="anna@bei.example")
    report = Report.objects.get()
    assert done.status_code == 303
    assert report.text == TEXT
    assert (report.page, report.name, report.email) == ("/kontakt/", "Anna", "anna@bei.example")
    assert report.due_at == clock.now() + timedelta(days=42)  # § 6 HVBIT
    shown = browser.get(done["Location"]).content.decode()
    assert report.number in shown
    assert "4. Januar 2027" in shown
    work()
    (letter,) = mail.outbox
    assert letter.to == ["post@beispielau.example"]
    assert TEXT in letter.body
    assert "anna@bei.example" not in letter.body  # stays where it can be erased
    report.refresh_from_db()
    assert report.mailed_at is not None
    assert not browser.cookies


def test_name_and_address_are_optional(browser: Client, later: Any, town: Town) -> None:
    done = send(browser, later, CONTACT)
    report = Report.objects.get()
    assert (report.kind, report.email) == ("contact", "")
    assert "können wir nicht antworten" in browser.get(done["Location"]).content.decode()


def test_the_page_is_filled_in_for_own_addresses_only(browser: Client, town: Town) -> None:
    assert 'value="/aktuelles/"' in browser.get(f"{BARRIER}?seite=/aktuelles/").content.decode()
    for foreign in ("https://boese.example/", "//boese.example", "Rufen Sie 0900 an"):
        page = browser.get(BARRIER, {"seite": foreign}).content.decode()
        assert 'id="page" name="page" value=""' in page


def test_english_speaks_english(browser: Client, later: Any, town: Town) -> None:
    english = {"SCRIPT_NAME": "/en"}  # as the server in front sets it
    done = send(browser, later, extra=english, email="anna@bei.example")
    assert done["Location"].startswith("/en/barriere-melden/danke/")
    assert Report.objects.get().language == "en"
    assert "has arrived" in browser.get(done["Location"].removeprefix("/en"), **english).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Bitte beschreiben Sie"),
        ({"text": "x" * 5001}, "Bitte kürzen Sie"),
        ({"email": "anna@"}, "nicht vollständig"),
        ({"homepage": "http://spam.example"}, "noch nicht gespeichert"),
        ({"token": "gefälscht"}, "senden Sie noch einmal"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: Client, later: Any, town: Town, fields: dict[str, str], said: str
) -> None:
    answer = send(browser, later, **{"name": "Anna Beispiel", **fields})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said.lower() in page.lower()
    assert "Anna Beispiel" in page
    assert not Report.objects.exists()


def test_a_form_filled_within_a_second_is_asked_again(browser: Client, later: Any, town: Town) -> None:
    token = token_of(browser, BARRIER)
    assert browser.post(BARRIER, {"text": TEXT, "token": token}).status_code == 422
    later(timedelta(seconds=5))
    assert browser.post(BARRIER, {"text": TEXT, "token": token}).status_code == 303


def test_a_token_is_for_one_form_and_six_hours(browser: Client, later: Any, town: Town) -> None:
    token = token_of(browser, CONTACT)
    later(timedelta(seconds=20))
    assert browser.post(BARRIER, {"text": TEXT, "token": token}).status_code == 422
    later(timedelta(hours=7))
    assert browser.post(CONTACT, {"text": TEXT, "token": token}).status_code == 422
    assert not Report.objects.exists()


def test_sent_twice_is_stored_once_but_another_text_is_another_report(
    browser: Client, later: Any, town: Town
) -> None:
    token = token_of(browser, BARRIER)
    later(timedelta(seconds=20))
    for text in (TEXT, TEXT, "Und noch etwas."):
        assert browser.post(BARRIER, {"text": text, "token": token}).status_code == 303
    assert sorted(Report.objects.values_list("text", flat=True)) == sorted([TEXT, "Und noch etwas."])


def test_a_flood_is_stopped_and_says_so(
    browser: Client, later: Any, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "GLOBAL_LIMIT", 1)
    assert send(browser, later).status_code == 303
    answer = send(browser, later, text="Zweite")
    assert answer.status_code == 503
    assert "wurde nicht gespeichert" in answer.content.decode()
    later(timedelta(hours=1))
    assert send(browser, later, text="Zweite").status_code == 303


def test_one_network_cannot_close_the_form_for_the_others(
    browser: Client, later: Any, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site.GATE, "most", 2)
    for number in range(3):
        browser.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        answer = send(browser, later, text=f"Text {number}")
        assert answer.status_code == (429 if number == 2 else 303)
    assert "Aus Ihrem Netz" in answer.content.decode()
    assert "Text 2" in answer.content.decode()  # nothing typed is lost
    browser.defaults["REMOTE_ADDR"] = "203.0.114.1"
    assert send(browser, later, path=CONTACT, text="Aus dem Nachbarort").status_code == 303
    assert Report.objects.count() == 3


def test_nobody_is_thanked_for_what_is_not_stored(browser: Client, later: Any, town: Town) -> None:
    done = send(browser, later)["Location"]
    assert browser.get(done).status_code == 200
    Report.objects.all().delete()
    gone = browser.get(done)
    assert gone.status_code == 404
    assert "angekommen" not in gone.content.decode().split("<main")[1].split("Sind Sie nicht sicher")[0]
    assert browser.get(f"{BARRIER}danke/erfunden/").status_code == 404


@pytest.mark.only_on("sqlite", "PostgreSQL cannot be told to act as on a full disk")
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_thanks_nobody(browser: Client, full_disk: None, town: Town) -> None:
    token = tokens.form_token("barrier")
    with time_machine.travel(clock.now() + timedelta(seconds=20), tick=False):
        answers = [
            browser.post(BARRIER, {"text": f"{number} {TEXT * 70}", "token": token}) for number in range(12)
        ]
    codes = [answer.status_code for answer in answers]
    assert codes[-1] >= 500
    assert codes.count(303) == Report.objects.count()


def test_a_mail_server_that_is_down_loses_nothing(
    browser: Client, later: Any, town: Town, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.factories.mail_servers.NoServer"
    send(browser, later)
    with pytest.raises(ConnectionRefusedError):
        work()
    assert Report.objects.get().mailed_at is None
    DBTaskResult.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.mail_again()
    assert not DBTaskResult.objects.exists()  # its first try may still be under way
    later(timedelta(minutes=6))
    tasks.mail_again()
    work()
    assert [letter.to for letter in mail.outbox] == [["post@beispielau.example"]]
    later(timedelta(minutes=6))
    tasks.mail_again()
    assert not DBTaskResult.objects.exists()


def test_headers_keep_it_out_of_caches_and_search(browser: Client, town: Town) -> None:
    answer = browser.get(BARRIER)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_database_is_asked_little(
    browser: Client, later: Any, town: Town, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        browser.get(BARRIER)
    assert connection.vendor in {"sqlite", "postgresql"}
