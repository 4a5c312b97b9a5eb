"""From the release to the mailboxes: the ledger tells the truth, and nobody gets a mail twice or after leaving."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtnah.channels.newsletter.channel import Newsletter
from stadtnah.channels.newsletter.domain.mails import unsubscribe_url
from stadtnah.channels.newsletter.models import Subscriber
from stadtnah.channels.newsletter.rendering.clean import UNSUBSCRIBE
from stadtnah.kernel import clock
from stadtnah.kernel.privacy import api as privacy
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Given, Person, Use
from stadtnah.publishing import api, tasks
from stadtnah.publishing.channel import Action, Job, NotWanted, Permanent, Sent
from stadtnah.publishing.content import Picture
from stadtnah.publishing.dispatch import claim, deliver, plan, reconcile
from stadtnah.publishing.models import ChannelAccount, Delivery
from tests.channels.newsletter.citizens import confirmed
from tests.channels.newsletter.hostile_smtp import DROP
from tests.factories.messages import content, context
from tests.factories.people import cast

ANNA, BERT, CARLA = "anna@bei.example", "bert@bei.example", "carla@dorf.example"
KEY = content().object_key


@pytest.fixture
def town(server, make_account, news):
    """The town's people at their desks, with a newsletter account."""
    config = make_account(server.port).config
    ChannelAccount.objects.create(key="newsletter", channel="newsletter", label="Newsletter", config=config)
    return cast()


def release(town, *, correction=False, **changes: str):
    request = api.submit(
        content(**changes),
        {"newsletter": {"on": True}},
        by=town.agnes,
        context=context(),
        correction_mail=correction,
    )
    return api.release(request.pk, by=town.freya, seen_digest=request.snapshot_id)


def plan_all():
    for digest in reconcile.due_dispatches():
        plan.plan(digest)


def dispatch_all():
    """What a worker and the ticker do, one after the other."""
    plan_all()
    for account, lane in reconcile.waiting_accounts():
        deliver.deliver(account, lane)
    tasks.reconcile_ledger()


def hours_later():
    """As if the pauses between two tries were over."""
    Delivery.objects.filter(state="planned").update(next_try_at=clock.now())
    ChannelAccount.objects.update(open_until=None)


def row_of(address):
    return Delivery.objects.get(recipient=str(Subscriber.objects.get(email=address).pk))


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_what_was_released_is_what_arrives(server, town, news):
    confirmed(news, ANNA)
    approval = release(town)
    dispatch_all()
    dispatch_all()
    (mail,) = server.mails
    body = api.opened(approval.snapshot)["channels"][0]["body"]
    row = row_of(ANNA)
    link = unsubscribe_url(row.recipient)
    text = mail.message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text == body["text"].replace(UNSUBSCRIBE, link)
    html = mail.message.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert html == body["html"].replace(UNSUBSCRIBE, link)
    assert (row.state, row.remote_id) == ("sent", mail.message["Message-ID"])
    assert str(row.pk) in row.remote_id
    assert api.status(KEY).label == "Zugestellt"


def test_what_a_picture_said_does_not_leave_when_it_may_not_be_shown_any_more(server, town, news):
    """The released bytes are exact: its words cannot be left out of them, so the mail waits for a new release."""
    confirmed(news, ANNA)
    lina = Picture("a" * 64, "image/jpeg", 1600, 900, "Lina Muster am Klavier")
    given = Given("paper", date(2026, 1, 1), frozenset(Use))
    consent = rights.consent(lina.sha256, Person(name="Lina Muster"), given, by=town.ada)
    release(town, hero=lina)
    plan_all()
    rights.revoke(consent, by=town.ada)
    dispatch_all()
    assert server.mails == []
    row = row_of(ANNA)
    assert row.state == "failed"
    assert "weil die Einwilligung widerrufen wurde" in row.reason
    release(town)  # the control: without the picture it goes
    dispatch_all()
    assert server.got() == [ANNA]


def test_greylisting_is_tried_again_and_pauses_nobody(server, town, news):
    confirmed(news, ANNA)
    server.fault("RCPT", "450 4.2.0 greylisted", times=7)
    release(town)
    before = clock.now()
    for attempt in range(1, 8):
        dispatch_all()
        row = row_of(ANNA)
        assert (row.state, row.attempts) == ("planned", attempt)
        assert row.next_try_at > before + timedelta(seconds=10)
        hours_later()
    account = ChannelAccount.objects.get()
    assert (account.failures, account.held_at) == (0, None)
    dispatch_all()
    assert row_of(ANNA).state == "sent"
    assert server.got() == [ANNA]


def test_a_server_that_is_down_opens_the_breaker(server, town, news):
    """The control to greylisting."""
    confirmed(news, ANNA)
    server.fault("CONNECT", "421 4.3.2 down")
    release(town)
    for _ in range(5):
        dispatch_all()
        Delivery.objects.filter(state="planned").update(next_try_at=clock.now())
    assert ChannelAccount.objects.get().open_until > clock.now()


def test_a_mail_in_doubt_is_never_sent_again_by_itself(server, town, news):
    confirmed(news, ANNA)
    confirmed(news, BERT)
    server.fault("ACCEPTED", DROP, to=ANNA)
    release(town)
    for _ in range(4):
        dispatch_all()
        hours_later()
    assert row_of(ANNA).state == "unknown"
    assert row_of(BERT).state == "sent"
    assert sorted(server.got()) == [ANNA, BERT]
    assert api.status(KEY).state == "unknown"
    server.well_again()
    api.resolve_unknown(row_of(ANNA).pk, by=town.freya, arrived=False)
    dispatch_all()
    assert sorted(server.got()) == [ANNA, ANNA, BERT]  # a person looked and said so
    # The second copy can be told from a second mail.
    assert len({mail.message["Message-ID"] for mail in server.mails if mail.to == ANNA}) == 1


def test_one_mailbox_refused_for_ever_leaves_the_others_alone(server, town, news):
    for address in (ANNA, BERT, CARLA):
        confirmed(news, address)
    server.fault("RCPT", "550 5.1.1 unknown", to=BERT)
    release(town)
    dispatch_all()
    assert sorted(server.got()) == [ANNA, CARLA]
    assert row_of(BERT).state == "failed"
    assert "gibt es nicht mehr" in row_of(BERT).reason
    assert BERT not in row_of(BERT).reason + str(row_of(BERT).tries)
    assert api.status(KEY).state == "partly"


def test_an_account_that_is_not_wanted_waits_for_a_person_and_loses_nothing(server, town, news):
    for address in (ANNA, BERT, CARLA):
        confirmed(news, address)
    server.fault("MAIL", "550 5.7.1 sender rejected")
    release(town)
    for _ in range(3):
        dispatch_all()
        hours_later()
    assert states() == ["planned"] * 3
    assert "Absender" in ChannelAccount.objects.get().held_reason
    assert server.seen["MAIL"] == 1
    server.well_again()
    api.take_up_account("newsletter", by=town.anton)
    dispatch_all()
    assert sorted(server.got()) == [ANNA, BERT, CARLA]
    assert states() == ["sent"] * 3


def test_a_killed_worker_leaves_only_what_had_begun_in_doubt(server, town, news):
    for address in (ANNA, BERT, CARLA):
        confirmed(news, address)
    release(town)
    plan_all()
    rows = claim.claim("newsletter", "dead", 10)
    claim.begin([rows[0].pk], "dead")
    Delivery.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    tasks.reconcile_ledger()
    dispatch_all()
    assert states() == ["sent", "sent", "unknown"]
    doubtful = Subscriber.objects.get(pk=rows[0].recipient).email
    assert doubtful not in server.got()
    assert len(server.got()) == 2


def test_who_leaves_between_planning_and_sending_gets_nothing(server, town, news, browser):
    for address in (ANNA, BERT):
        confirmed(news, address)
    confirmed(news, CARLA)
    release(town)
    plan_all()
    browser.post(urlsplit(unsubscribe_url(Subscriber.objects.get(email=ANNA).pk)).path)
    left, erased = row_of(ANNA).pk, row_of(CARLA).pk
    privacy.erase_person(CARLA)
    dispatch_all()
    assert server.got() == [BERT]
    for key, reason in ((left, "abgemeldet"), (erased, "gelöscht")):
        row = Delivery.objects.get(pk=key)
        assert row.state == "stopped"
        assert reason in row.reason
    # Leaving is nobody's failure: the message is delivered.
    assert api.status(KEY).label == "Zugestellt"


def test_who_leaves_while_it_is_sent_gets_nothing_from_then_on(server, make_account, news, browser):
    account = make_account(server.port, connections="1")
    body = Newsletter().render(content(), {}, account).body
    people = [confirmed(news, f"person-{number:02}@bei.example") for number in range(40)]
    jobs = [
        Job(str(uuid.uuid4()), Action.CREATE, str(person.pk), account, body, attempt=1) for person in people
    ]
    outcomes = {}
    for key, outcome in Newsletter().deliver(jobs, stop=lambda: False, begin=lambda _ids: None):
        if not outcomes:
            for person in people[8:]:
                browser.post(urlsplit(unsubscribe_url(person.pk)).path)
        outcomes[key] = outcome
    assert server.got() == [person.email for person in people[:8]]
    assert [type(outcomes[job.delivery_id]) for job in jobs] == [Sent] * 8 + [NotWanted] * 32


def test_the_stop_button_reaches_the_next_mails(server, make_account, news):
    account = make_account(server.port)
    body = Newsletter().render(content(), {}, account).body
    people = [confirmed(news, f"person-{number}@bei.example") for number in range(60)]
    jobs = [
        Job(str(uuid.uuid4()), Action.CREATE, str(person.pk), account, body, attempt=1) for person in people
    ]
    begun, done = [], []
    for key, _ in Newsletter().deliver(jobs, stop=lambda: len(done) >= 5, begin=begun.extend):
        done.append(key)
    assert len(server.got()) == len(done) <= 5 + 8  # what was under way is brought to its end, and told
    assert set(done) <= set(begun)
    assert len(begun) <= 5 + 2 * 8


# Queries


def queries_of(count, news, town):
    for number in range(count):
        confirmed(news, f"{uuid.uuid4()}-{number}@bei.example")
    release(town, object_key=f"message:{uuid.uuid4()}")
    with CaptureQueriesContext(connection) as planning:
        plan_all()
    with CaptureQueriesContext(connection) as sending:
        deliver.deliver("newsletter")
    return len(planning), len(sending)


@pytest.mark.parametrize("reply", ["", "550 5.1.1 unknown", "552 5.2.2 full", "450 4.2.0 greylisted"])
def test_queries_grow_by_the_batch_not_by_the_person(server, town, news, reply):
    if reply:
        server.fault("RCPT", reply)
    few = queries_of(20, news, town)
    Subscriber.objects.all().delete()
    many = queries_of(180, news, town)
    assert many[0] - few[0] <= 160 / 20
    # Per group of eight one question who may still get it and one note that it begins; the rest per 50 outcomes.
    assert many[1] - few[1] <= 160 * 0.45


# Corrections and withdrawal


def test_a_correction_goes_only_to_those_who_were_promised_it(server, town, news):
    confirmed(news, ANNA)
    release(town)
    dispatch_all()
    approval = release(town, teaser="Die Straße ist ab Dienstag gesperrt.")
    (entry,) = api.opened(approval.snapshot)["channels"]
    assert entry["kept"] == Newsletter.cannot_take_back
    assert entry["body"] == {}
    dispatch_all()
    assert len(server.mails) == 1  # not switched on: nobody gets a second mail


def test_a_correction_mail_says_that_it_is_one(server, town, news, browser):
    for address in (ANNA, BERT):
        confirmed(news, address)
    release(town)
    dispatch_all()
    browser.post(urlsplit(unsubscribe_url(Subscriber.objects.get(email=BERT).pk)).path)
    confirmed(news, CARLA)
    approval = release(town, correction=True, teaser="Die Straße ist ab Dienstag gesperrt.")
    assert "Berichtigung" in api.opened(approval.snapshot)["channels"][0]["body"]["subject"]  # as released
    dispatch_all()
    corrections = server.mails[2:]
    assert sorted(mail.to for mail in corrections) == [ANNA, CARLA]
    for mail in corrections:
        assert mail.message["Subject"] == "Berichtigung: Mühlstraße gesperrt"
        text = mail.message.get_body(("plain",)).get_content()
        assert "Diese Mail berichtigt eine frühere Mail zum selben Thema." in text.replace("\r\n", " ")
        assert "ab Dienstag" in text
    assert len({mail.message["Message-ID"] for mail in server.mails}) == 4


def test_a_withdrawal_says_that_mails_stay_where_they_are(server, town, news):
    for address in (ANNA, BERT):
        confirmed(news, address)
    release(town)
    dispatch_all()
    approval = api.withdraw(KEY, by=town.freya)
    (entry,) = api.opened(approval.snapshot)["channels"]
    assert (entry["action"], entry["kept"]) == ("delete", Newsletter.cannot_take_back)
    dispatch_all()
    assert len(server.mails) == 2
    assert states() == ["sent", "sent"]


def test_a_withdrawal_stops_the_mails_that_had_not_gone(server, town, news):
    for address in (ANNA, BERT):
        confirmed(news, address)
    server.fault("RCPT", "450 4.2.0 greylisted", to=BERT)
    release(town)
    dispatch_all()
    api.withdraw(KEY, by=town.freya)
    server.well_again()
    hours_later()
    dispatch_all()
    assert server.got() == [ANNA]
    assert row_of(BERT).state == "stopped"


@pytest.mark.parametrize("action", [Action.UPDATE, Action.DELETE])
def test_a_mail_can_be_neither_changed_nor_deleted(server, make_account, news, action):
    account = make_account(server.port)
    job = Job(str(uuid.uuid4()), action, "", account, {}, attempt=1)
    assert Newsletter().send(job) == Permanent(Newsletter.cannot_take_back)
    assert server.seen["CONNECT"] == 0
