"""Leaving a newsletter, and what is kept of whom for how long."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail

from demo.content.pages import PAGES
from stadtnah.channels.newsletter.domain import retention, tokens
from stadtnah.channels.newsletter.models import Consent, MailingList, SignupMail, Subscriber
from stadtnah.kernel import clock, vault
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.privacy.models import Deletion
from tests.channels.newsletter.citizens import ANNA, confirmed, last_link, sign_up, work

ONE_CLICK = {"List-Unsubscribe": "One-Click"}  # what a mail program sends (RFC 8058, 3.2)
State = Subscriber.State
ROOT = Path(__file__).resolve().parents[3]
DAY = timedelta(days=1)


def leave(row):
    return f"/newsletter/abmelden/{tokens.unsubscribe_token(row.pk)}/"


def state(row):
    return Subscriber.objects.get(pk=row.pk).state


def test_opening_the_link_changes_nothing(browser, later, news):
    row = confirmed(news)
    page = browser.get(leave(row))
    assert page.status_code == 200
    assert re.search(r'<form method="post">\s*<button', page.content.decode())
    assert browser.head(leave(row)).status_code == 200
    assert browser.options(leave(row)).status_code == 405
    assert state(row) == State.CONFIRMED


@pytest.mark.parametrize("sent", [ONE_CLICK, {}], ids=["the mail program", "the button"])
def test_one_post_leaves(browser, later, news, sent):
    row = confirmed(news)
    answer = browser.post(leave(row), sent)
    assert answer.status_code == 200  # not a redirect: RFC 8058, 3.1
    assert ANNA in answer.content.decode()
    found = Subscriber.objects.get()
    assert (found.state, found.unsubscribed_at) == (State.UNSUBSCRIBED, clock.now())


def test_one_click_as_multipart_leaves_too(browser, later, news):
    row = confirmed(news)
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    answer = browser.generic("POST", leave(row), body, "multipart/form-data; boundary=x")
    assert answer.status_code == 200
    assert state(row) == State.UNSUBSCRIBED


def test_leaving_twice_is_leaving_once(browser, later, news):
    row = confirmed(news)
    browser.post(leave(row))
    first = Subscriber.objects.get().unsubscribed_at
    later(DAY)
    assert browser.post(leave(row)).status_code == 200
    assert browser.get(leave(row)).status_code == 200
    assert Subscriber.objects.get().unsubscribed_at == first


def test_a_link_is_for_one_person_and_one_newsletter(browser, later, news):
    other = MailingList.objects.create(slug="rat", name="Aus dem Rat")
    anna, bert, council = confirmed(news), confirmed(news, "bert@bei.example"), confirmed(other)
    browser.post(leave(anna))
    assert [state(row) for row in (anna, bert, council)] == [
        State.UNSUBSCRIBED,
        State.CONFIRMED,
        State.CONFIRMED,
    ]


def test_a_forged_link_changes_nothing(browser, later, news, settings):
    row, consent = confirmed(news), Consent.objects.get()
    good = tokens.unsubscribe_token(row.pk)
    raw, _, signature = good.partition(".")
    stranger = tokens.unsubscribe_token(confirmed(news, "bert@bei.example").pk).partition(".")[0]
    forged = [
        f"{stranger}.{signature}",
        f"{raw}.{signature[:-1]}",
        f"{raw}A.{signature}",
        raw,
        str(row.pk),
        tokens.confirm_token(consent.pk),
        vault.signed("newsletter.unsubscribe", str(row.pk), DAY),
        "ä.ö",
    ]
    for token in forged:
        assert browser.post(f"/newsletter/abmelden/{token}/", ONE_CLICK).status_code == 404, token
    settings.SECRET_KEY = "the key of another town's cell, of good length"
    assert browser.post(f"/newsletter/abmelden/{good}/", ONE_CLICK).status_code == 404
    assert set(Subscriber.objects.values_list("state", flat=True)) == {State.CONFIRMED}


def test_the_link_of_an_old_mail_works_for_ever(browser, later, news):
    row = confirmed(news)
    link = leave(row)
    later(timedelta(days=3650))
    assert browser.post(link, ONE_CLICK).status_code == 200
    assert state(row) == State.UNSUBSCRIBED


def test_who_was_deleted_hears_that_nothing_comes_any_more(browser, later, news):
    link = leave(confirmed(news))
    privacy.erase_person(ANNA)
    answer = browser.post(link, ONE_CLICK)
    assert answer.status_code == 200
    assert ANNA not in answer.content.decode()


def test_who_leaves_before_confirming_is_forgotten_at_once(browser, later, news):
    sign_up(browser, later)
    browser.post(leave(Subscriber.objects.get()))
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
    work()
    assert mail.outbox == []


def test_who_left_may_come_back_with_evidence_of_its_own(browser, later, news):
    row = confirmed(news)
    browser.post(leave(row))
    later(DAY)
    sign_up(browser, later)
    assert state(row) == State.PENDING
    work()
    browser.post(last_link())
    found = Subscriber.objects.get()
    assert (found.state, found.unsubscribed_at) == (State.CONFIRMED, None)
    assert found.consents.filter(confirmed_at__isnull=False).count() == 2


# What is kept, and how long.


def hours_pass(later, span):
    later(span)
    privacy.expire_all()


def test_a_sign_up_nobody_confirmed_goes_after_seven_days(browser, later, news):
    sign_up(browser, later)
    hours_pass(later, 7 * DAY - timedelta(minutes=1))
    assert Subscriber.objects.count() == 1
    hours_pass(later, timedelta(minutes=2))
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
    proof = Deletion.objects.get(purpose="newsletter")
    assert (proof.rows, proof.reason) == (1, "retention")


def test_asking_again_gives_seven_days_more(browser, later, news):
    sign_up(browser, later)
    hours_pass(later, 5 * DAY)
    sign_up(browser, later)
    work()
    hours_pass(later, 5 * DAY)
    browser.post(last_link())
    assert Subscriber.objects.get().state == State.CONFIRMED


def test_a_subscription_has_no_end_of_its_own(browser, later, news):
    row = confirmed(news)
    hours_pass(later, 3650 * DAY)
    assert state(row) == State.CONFIRMED
    assert row.consents.count() == 1


def test_the_evidence_stays_three_years_and_no_longer(browser, later, news):
    row = confirmed(news)
    later(400 * DAY)
    browser.post(leave(row))
    hours_pass(later, 3 * 365 * DAY)
    assert row.consents.count() == 1
    hours_pass(later, 2 * DAY)
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
    assert Deletion.objects.filter(purpose="newsletter", reason="retention").count() == 1


@pytest.mark.parametrize("before", [State.UNSUBSCRIBED, State.SUPPRESSED])
def test_a_stranger_who_types_in_an_old_address_changes_nothing_for_long(browser, later, news, before):
    row = confirmed(news)
    if before == State.UNSUBSCRIBED:
        browser.post(leave(row))
    else:
        retention.bounced([str(row.pk)], hard=True)
    at = Subscriber.objects.values_list("unsubscribed_at", "suppressed_at").get()
    later(30 * DAY)
    sign_up(browser, later)
    assert state(row) == State.PENDING
    hours_pass(later, 8 * DAY)
    assert state(row) == before
    assert Subscriber.objects.values_list("unsubscribed_at", "suppressed_at").get() == at
    assert row.consents.get().confirmed_at is not None  # the old evidence, not the new request


def test_a_dead_mailbox_is_forgotten_after_a_year(browser, later, news):
    row = confirmed(news)
    retention.bounced([str(row.pk)], hard=True)
    hours_pass(later, 364 * DAY)
    assert state(row) == State.SUPPRESSED
    hours_pass(later, 2 * DAY)
    assert not Subscriber.objects.exists()


def test_the_counters_go_after_a_day_and_name_nobody(browser, later, news):
    sign_up(browser, later)
    assert ANNA not in str(SignupMail.objects.values_list())
    hours_pass(later, timedelta(hours=25))
    assert not SignupMail.objects.exists()


def test_a_person_sees_everything_and_can_have_it_erased(browser, later, news):
    sign_up(browser, later)
    work()
    later(timedelta(minutes=9))
    browser.post(last_link())
    confirmed(news, "bert@bei.example")
    (row,) = privacy.export_person(" Anna@bei.example ")["newsletter"]
    assert (row["email"], row["newsletter"], row["state"]) == (ANNA, "Neues aus Beispielau", "bestätigt")
    (consent,) = row["consents"]
    assert consent["wording"] == Consent.objects.filter(subscriber__email=ANNA).get().wording
    assert consent["form"] == "/newsletter/"
    assert consent["requested_at"] < consent["confirmed_at"]
    assert privacy.erase_person("Anna@bei.example")["newsletter"] == 1
    assert "newsletter" not in privacy.export_person(ANNA)
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["bert@bei.example"]
    assert not SignupMail.objects.exists()
    assert Deletion.objects.filter(purpose="newsletter", reason="request").count() == 1


def test_what_is_promised_is_what_the_code_keeps():
    said = privacy.PURPOSES["newsletter"].retention
    register = (ROOT / "docs/betrieb/datenschutz.md").read_text("utf-8")
    assert said in register
    assert f"Unbestätigte Anmeldungen {retention.PENDING_KEPT.days} Tage." in said
    assert retention.PENDING_KEPT.total_seconds() == tokens.CONFIRM_SECONDS
    assert f"Unzustellbare Adressen {retention.SUPPRESSED_KEPT.days // 365} Jahr." in said
    assert f"{retention.COUNTERS_KEPT.total_seconds() / 3600:.0f} Stunden." in said
    assert "Nachweis drei Jahre" in said
    assert timedelta(0) <= retention.EVIDENCE_KEPT - 3 * 365 * DAY <= DAY
    notice = str(next(page for page in PAGES if page["title"] == "Datenschutzerklärung"))
    assert "löschen wir die Adresse nach sieben Tagen" in notice
    assert "der Abmeldung, der Nachweis drei Jahre danach" in notice
