"""Joining a newsletter in two steps: what is stored, what is told, which links work."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.signing import Signer
from django_tasks_db.models import DBTaskResult

from stadtnah.channels.newsletter import tasks, views
from stadtnah.channels.newsletter.channel import Newsletter
from stadtnah.channels.newsletter.domain import tokens
from stadtnah.channels.newsletter.models import Consent, MailingList, Subscriber
from stadtnah.kernel import clock, vault
from stadtnah.publishing.channel import Account
from tests.channels.newsletter.citizens import ANNA, FORM, confirmed, last_link, opened, sign_up, work

ACCOUNT = Account("newsletter", "newsletter", "Newsletter", {"list": "neues"})
State = Subscriber.State


def audience():
    return Newsletter().audience({"list": "neues"}, ACCOUNT)


def test_two_steps_and_the_evidence_of_both(browser, later, news):
    page, words, _ = opened(browser)
    assert page.status_code == 200
    answer = sign_up(browser, later, " Anna@Bei.Example ")
    assert (answer.status_code, answer["Location"]) == (303, "/newsletter/danke/")
    assert browser.get(answer["Location"]).status_code == 200
    asked = clock.now()
    work()
    (letter,) = mail.outbox
    assert letter.to == [ANNA]
    assert "Neues aus Beispielau" in letter.subject
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert audience() == 0
    later(timedelta(hours=3))
    shown = browser.get(last_link())
    assert b"<button" in shown.content
    assert audience() == 0  # programs that check mails for harm follow links
    assert browser.head(last_link()).status_code == 200
    assert audience() == 0
    done = browser.post(last_link())
    assert done.status_code == 200
    assert ANNA in done.content.decode()
    assert audience() == 1
    row = Subscriber.objects.get()
    assert (row.email, row.state, row.confirmed_at) == (ANNA, State.CONFIRMED, clock.now())
    (proof,) = row.consents.all()
    assert proof.wording in words
    assert "„Anmelden“" in proof.wording
    assert re.search(r"<button[^>]*>.*?Anmelden.*?</button>", words)
    assert (proof.form_path, proof.at, proof.confirmed_at) == (FORM, asked, clock.now())
    assert proof.wording_version


def test_nobody_gets_a_cookie(browser, later, news):
    sign_up(browser, later)
    work()
    browser.post(last_link())
    browser.get("/newsletter/danke/")
    leave = f"/newsletter/abmelden/{tokens.unsubscribe_token(Subscriber.objects.get().pk)}/"
    browser.get(leave)
    browser.post(leave)
    assert not browser.cookies


def test_the_evidence_is_in_the_language_that_was_read(browser, later, news):
    english = {"SCRIPT_NAME": "/en"}  # as the server in front sets it
    _, words, _ = opened(browser, **english)
    answer = sign_up(browser, later, extra=english)
    assert answer["Location"] == "/en/newsletter/danke/"
    work()
    assert mail.outbox[0].subject.startswith("Please confirm")
    assert last_link().startswith("/en/newsletter/")
    proof = Consent.objects.get()
    assert proof.wording in words
    assert proof.form_path == "/en/newsletter/"
    assert "“Subscribe”" in proof.wording


def left_behind(mailing_list, state):
    row = confirmed(mailing_list)
    now = clock.now()
    times = {
        State.PENDING: {"confirmed_at": None},
        State.UNSUBSCRIBED: {"unsubscribed_at": now},
        State.SUPPRESSED: {"suppressed_at": now},
    }
    Subscriber.objects.filter(pk=row.pk).update(state=state, **times.get(state, {}))


def seen(answer):
    """All that somebody who types in a stranger's address gets to see."""
    return answer.status_code, dict(answer.headers), answer.content, dict(answer.cookies)


@pytest.mark.parametrize("state", [*State, "at the limit", "a trapped program"])
def test_the_answer_says_nothing_about_an_address(browser, later, news, state):
    stranger = seen(sign_up(browser, later, "niemand@bei.example"))
    fields = {}
    if state == "at the limit":
        for _ in range(3):
            sign_up(browser, later)
    elif state == "a trapped program":
        fields = {"website": "https://spam.example"}
    else:
        left_behind(news, state)
    assert seen(sign_up(browser, later, **fields)) == stranger


def test_who_is_subscribed_is_told_so_and_stays_as_they_are(browser, later, news):
    row = confirmed(news)
    sign_up(browser, later)
    work()
    (letter,) = mail.outbox
    assert letter.to == [ANNA]
    assert "abmelden" in last_link()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert row.consents.count() == 1
    assert audience() == 1


def test_a_stranger_cannot_flood_a_mailbox(browser, later, news):
    for _ in range(6):
        sign_up(browser, later)
        later(timedelta(minutes=10))
    work()
    assert len(mail.outbox) == 3
    later(timedelta(hours=24))
    sign_up(browser, later)
    work()
    assert len(mail.outbox) == 4


def test_other_spellings_of_a_mailbox_do_not_flood_it_either(browser, later, news):
    local, _, domain = ANNA.partition("@")
    for number in range(6):
        sign_up(browser, later, f"{local}+{number}@{domain}")
    work()
    assert len(mail.outbox) == 3


def test_a_flood_of_sign_ups_closes_the_form_for_an_hour(browser, later, news, monkeypatch):
    monkeypatch.setattr("stadtnah.channels.newsletter.domain.limits.GLOBAL_LIMIT", 2)
    for number in range(2):
        assert sign_up(browser, later, f"{number}@bei.example").status_code == 303
    full = sign_up(browser, later, "bert@bei.example")
    assert full.status_code == 503
    assert 'value="bert@bei.example"' in full.content.decode()
    assert not Subscriber.objects.filter(email="bert@bei.example").exists()
    later(timedelta(hours=1))
    assert sign_up(browser, later, "bert@bei.example").status_code == 303


def test_one_network_cannot_close_the_form_for_the_others(browser, later, news, monkeypatch):
    monkeypatch.setattr(views.GATE, "most", 2)
    for number in range(3):
        browser.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        answer = sign_up(browser, later, f"{number}@bei.example")
        assert answer.status_code == (429 if number == 2 else 303)
    said = answer.content.decode()
    assert "Aus Ihrem Netz" in said
    assert "Bitte versuchen Sie es später noch einmal" in said
    assert 'value="2@bei.example"' in said  # what was typed stays
    assert Subscriber.objects.count() == 2
    browser.defaults["REMOTE_ADDR"] = "2001:db8:1::7"
    assert sign_up(browser, later, "bert@bei.example").status_code == 303


def test_programs_are_turned_away_and_people_are_not(browser, later, news):
    token = opened(browser)[2]
    data = {"list": "neues", "email": ANNA, "token": token}
    quick = browser.post(FORM, data)
    assert quick.status_code == 422
    assert ANNA in quick.content.decode()
    assert token in quick.content.decode()  # the same button pressed again works
    later(timedelta(seconds=5))
    assert browser.post(FORM, data).status_code == 303
    assert browser.post(FORM, data | {"token": token[:-2] + "xx"}).status_code == 422
    later(timedelta(hours=7))
    assert browser.post(FORM, data).status_code == 422
    work()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@bei.example",
        "anna@bei",
        "änna@bei.example",
        '"anna"@bei.example',
        "anna@bei.example\r\nBcc: bert@bei.example",
        "anna@bei.example, bert@bei.example",
        "anna@bei.example>\r\nRCPT TO:<bert@bei.example",
        "a" * 65 + "@bei.example",
    ],
)
def test_what_is_no_address_is_said_and_not_stored(browser, later, news, address):
    answer = sign_up(browser, later, address)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_a_domain_with_umlauts_is_written_as_mail_servers_read_it(browser, later, news):
    sign_up(browser, later, "anna@München.example")
    assert Subscriber.objects.get().email == "anna@xn--mnchen-3ya.example"


def test_nobody_agrees_to_words_that_changed_while_they_read(browser, later, news):
    data = {"list": "neues", "email": ANNA, "token": opened(browser)[2]}
    later(timedelta(minutes=1))
    MailingList.objects.update(name="Werbung und mehr")
    answer = browser.post(FORM, data)
    assert answer.status_code == 422
    assert "Werbung und mehr" in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_newsletter_that_is_not_there_cannot_be_chosen(browser, later, news):
    assert sign_up(browser, later, list="geheim").status_code == 422
    assert not Subscriber.objects.exists()


def test_one_address_joins_two_newsletters_each_by_itself(browser, later, news):
    MailingList.objects.create(slug="rat", name="Aus dem Rat")
    sign_up(browser, later)
    work()
    browser.post(last_link())
    sign_up(browser, later, list="rat")
    work()
    assert audience() == 1
    assert Newsletter().audience({"list": "rat"}, ACCOUNT) == 0
    browser.post(last_link())
    assert Newsletter().audience({"list": "rat"}, ACCOUNT) == 1


def asked(browser, later):
    """The link that somebody who signed up got."""
    sign_up(browser, later)
    work()
    return last_link()


def test_a_link_ends_after_seven_days(browser, later, news):
    link = asked(browser, later)
    later(timedelta(days=7, seconds=2))
    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410
    assert audience() == 0


def test_a_link_works_until_then(browser, later, news):
    link = asked(browser, later)
    later(timedelta(days=7, seconds=-2))
    assert browser.post(link).status_code == 200
    assert audience() == 1


def test_a_used_link_confirms_nothing_a_second_time(browser, later, news):
    link = asked(browser, later)
    browser.post(link)
    first = Subscriber.objects.get().confirmed_at
    later(timedelta(hours=1))
    assert browser.post(link).status_code == 200
    assert Subscriber.objects.get().confirmed_at == first
    subscriber = Subscriber.objects.get()
    browser.post(f"/newsletter/abmelden/{tokens.unsubscribe_token(subscriber.pk)}/")
    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410
    assert audience() == 0


def test_after_leaving_no_earlier_link_brings_anybody_back(browser, later, news):
    used = asked(browser, later)
    later(timedelta(minutes=30))
    spare = asked(browser, later)
    assert spare != used
    browser.post(used)
    browser.post(f"/newsletter/abmelden/{tokens.unsubscribe_token(Subscriber.objects.get().pk)}/")
    assert browser.get(spare).status_code == 410
    assert browser.post(spare).status_code == 410
    assert audience() == 0


def test_a_request_from_a_stranger_dies_when_its_victim_leaves_again(browser, later, news):
    row = confirmed(news)
    leave = f"/newsletter/abmelden/{tokens.unsubscribe_token(row.pk)}/"
    browser.post(leave)
    sign_up(browser, later)
    browser.post(leave)
    work()
    later(timedelta(minutes=6))
    tasks.mail_again()
    work()
    assert mail.outbox == []
    assert Subscriber.objects.get().state == State.UNSUBSCRIBED


def test_a_link_that_was_tampered_with_is_dead(browser, later, news):
    link = asked(browser, later)
    token = link.split("/")[-2]
    for at in range(0, len(token), 5):
        wrong = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert browser.post(f"/newsletter/bestaetigen/{wrong}/").status_code == 404, at
    assert audience() == 0


def test_a_link_for_something_else_confirms_nothing(browser, later, news, settings):
    link = asked(browser, later)
    consent, row = Consent.objects.get(), Subscriber.objects.get()
    foreign = [
        tokens.unsubscribe_token(row.pk),
        tokens.form_token(str(consent.pk)),
        vault.signed("newsletter.confirm", consent.pk, timedelta(days=1)),
        Signer(salt="newsletter.confirm", sep=".").sign(str(consent.pk)),  # without a time
        str(consent.pk),
        "ü",
    ]
    for token in foreign:
        assert browser.post(f"/newsletter/bestaetigen/{token}/").status_code == 404, token
    settings.SECRET_KEY = "the key of another town's cell, of good length"
    assert browser.post(link).status_code == 404
    assert audience() == 0


def test_a_mail_that_did_not_go_is_sent_when_it_can(browser, later, news):
    sign_up(browser, later)
    DBTaskResult.objects.all().delete()  # as a restored backup or a cleared queue leaves it
    later(timedelta(minutes=4))
    tasks.mail_again()
    work()
    assert mail.outbox == []  # it may still be on its way
    later(timedelta(minutes=2))
    tasks.mail_again()
    tasks.mail_again()
    work()
    assert len(mail.outbox) == 1
    later(timedelta(minutes=10))
    tasks.mail_again()
    work()
    assert len(mail.outbox) == 1


def test_a_link_in_english_leads_to_english_pages(browser, later, news):
    sign_up(browser, later, extra={"SCRIPT_NAME": "/en"})
    work()
    page = browser.get(last_link().removeprefix("/en"), SCRIPT_NAME="/en")
    assert page["Content-Language"] == "en"
    assert "Confirm subscription" in page.content.decode()


def test_pages_of_one_person_are_kept_by_nobody(browser, later, news):
    page = browser.get(asked(browser, later))
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]


@pytest.mark.only_on("sqlite", "PostgreSQL cannot be told to act as on a full disk")
def test_on_a_full_disk_a_citizen_hears_that_nothing_was_stored(browser, later, news, request):
    browser.raise_request_exception = False
    request.getfixturevalue("full_disk")
    for number in range(200):  # until the room in the pages it has is used up
        answer = sign_up(browser, later, f"{'x' * 60}{number}@bei.example")
        later(timedelta(hours=1))
        if answer.status_code != 303:
            break
    assert answer.status_code == 507
    assert "nicht gespeichert" in answer.content.decode()
