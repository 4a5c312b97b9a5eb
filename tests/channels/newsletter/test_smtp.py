"""Sending through mail servers that misbehave: every outcome is true, nobody gets a mail twice."""

from __future__ import annotations

import pytest

from stadtnah.channels.newsletter.channel import Newsletter
from stadtnah.channels.newsletter.models import Subscriber
from stadtnah.publishing.channel import Permanent, Sent, Temporary, Unknown
from tests.channels.newsletter.hostile_smtp import DROP, HANG, HostileSmtp, Reciter, certificate

ANNA, BERT, CARLA = "anna@bei.example", "bert@bei.example", "carla@dorf.example"
pytestmark = pytest.mark.django_db


def test_everybody_gets_one_mail(server, make_account, deliver):
    people = [f"person-{number}@bei.example" for number in range(60)]
    outcomes = deliver(make_account(server.port), people)
    assert sorted(server.got()) == sorted(people)
    assert all(isinstance(outcome, Sent) for outcome in outcomes.values())
    assert server.seen["CONNECT"] <= 4


def test_a_server_without_pipelining(make_account, deliver):
    with HostileSmtp(pipelining=False) as plain:
        outcomes = deliver(make_account(plain.port), [ANNA, BERT])
        assert plain.got() == [ANNA, BERT]
    assert [type(outcome) for outcome in outcomes.values()] == [Sent, Sent]


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("RCPT", "450 4.2.0 greylisted"),
        ("RCPT", "452 4.2.2 mailbox full"),
        ("MAIL", "451 4.3.0 later"),
        ("DATA", "451 4.3.0 later"),
        ("ACCEPTED", "452 4.3.1 no room"),
    ],
)
def test_not_now_is_temporary(make_account, deliver, pipelining, step, reply):
    with HostileSmtp(pipelining=pipelining) as busy:
        busy.fault(step, reply, times=1)
        outcomes = deliver(make_account(busy.port), [ANNA, BERT])
        assert isinstance(outcomes[ANNA], Temporary)
        assert outcomes[ANNA].of_recipient is (step == "RCPT")
        assert ANNA not in outcomes[ANNA].reason
        assert isinstance(outcomes[BERT], Sent)
        assert busy.got() == [BERT]


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("RCPT", "550 5.1.1 <anna@bei.example> unknown"),
        ("RCPT", "553 no"),
        ("DATA", "554 5.6.0 no"),
        ("ACCEPTED", "554 5.7.1 spam"),
    ],
)
def test_never_is_permanent_for_this_mail_alone(make_account, deliver, pipelining, step, reply):
    with HostileSmtp(pipelining=pipelining) as strict:
        strict.fault(step, reply, to=ANNA)
        outcomes = deliver(make_account(strict.port), [ANNA, BERT, CARLA])
        assert isinstance(outcomes[ANNA], Permanent)
        assert not outcomes[ANNA].account_broken
        assert ANNA not in outcomes[ANNA].reason  # servers repeat the address; reasons are read by many
        assert isinstance(outcomes[BERT], Sent)
        assert strict.got() == [BERT, CARLA]


def state(address):
    return Subscriber.objects.get(email=address).state


def test_a_mailbox_that_is_gone_is_not_written_to_again(server, make_account, deliver):
    server.fault("RCPT", "550 5.1.1 unknown", to=ANNA)
    server.fault("RCPT", "550 5.7.1 policy", to=BERT)
    deliver(make_account(server.port), [ANNA, BERT, CARLA])
    assert state(ANNA) == "suppressed"
    assert (
        state(BERT) == state(CARLA) == "confirmed"
    )  # what a server thinks of us says nothing about the mailbox


def test_a_full_mailbox_has_three_chances_in_a_row(server, make_account, news):
    from tests.channels.newsletter.citizens import confirmed

    account = make_account(server.port)
    person = str(confirmed(news, ANNA).pk)

    def try_once():
        return Newsletter().send(job(account, person))

    server.fault("RCPT", "552 5.2.2 full", times=2)
    assert isinstance(try_once(), Permanent)
    assert isinstance(try_once(), Permanent)
    assert isinstance(try_once(), Sent)
    server.fault("RCPT", "552 5.2.2 full", times=3)
    for _ in range(2):
        try_once()
        assert state(ANNA) == "confirmed"
    try_once()
    assert state(ANNA) == "suppressed"


def job(account, person):
    import uuid

    from stadtnah.publishing.channel import Action, Job
    from tests.channels.samples import content

    body = Newsletter().render(content(), {}, account).body
    return Job(str(uuid.uuid4()), Action.CREATE, person, account, body, attempt=1)


def test_a_sender_the_server_does_not_want_holds_the_account(server, make_account, deliver):
    server.fault("MAIL", "550 5.7.1 sender rejected")
    outcomes = deliver(make_account(server.port), [ANNA, BERT, CARLA])
    for outcome in outcomes.values():
        assert isinstance(outcome, Permanent)
        assert outcome.account_broken
        assert "Absender" in outcome.reason
    assert server.seen["MAIL"] == 1  # not asked again for everybody


@pytest.fixture
def guarded():
    with HostileSmtp(users={"rathaus": "geheim-und-lang"}) as running:
        yield running


def test_signing_in(guarded, make_account, deliver):
    account = make_account(guarded.port, {"password": "geheim-und-lang"}, user="rathaus")
    assert isinstance(deliver(account, [ANNA])[ANNA], Sent)
    assert Newsletter().verify(account) == Sent()


def test_a_wrong_password_holds_the_account_and_is_not_repeated(guarded, make_account, deliver):
    account = make_account(guarded.port, {"password": "falsch"}, user="rathaus")
    people = [f"person-{number}@bei.example" for number in range(30)]
    outcomes = deliver(account, people)
    assert {type(outcome) for outcome in outcomes.values()} == {Permanent}
    assert all(outcome.account_broken for outcome in outcomes.values())
    assert "falsch" not in str(outcomes)
    assert guarded.seen["AUTH"] == 1  # otherwise the server locks the account
    found = Newsletter().verify(account)
    assert isinstance(found, Permanent)
    assert found.account_broken


def test_a_sign_in_that_fails_for_now_is_temporary(guarded, make_account, deliver):
    guarded.fault("AUTH", "454 4.7.0 directory down")
    account = make_account(guarded.port, {"password": "geheim-und-lang"}, user="rathaus")
    assert isinstance(deliver(account, [ANNA])[ANNA], Temporary)


@pytest.mark.parametrize("act", [DROP, HANG])
def test_after_the_last_byte_nobody_knows(server, make_account, deliver, act):
    server.fault("ACCEPTED", act, times=1)
    outcomes = deliver(make_account(server.port, answer_seconds="1"), [ANNA, BERT])
    assert isinstance(outcomes[ANNA], Unknown)
    assert isinstance(outcomes[BERT], Sent)
    assert server.got() == [ANNA, BERT]  # it was there: a second try would have been a second mail


@pytest.mark.parametrize("step", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("act", [DROP, HANG])
def test_before_the_last_byte_nothing_is_out(server, make_account, deliver, step, act):
    server.fault(step, act, times=1)
    account = make_account(server.port, connect_seconds="0.3", seconds="0.3")
    outcome = deliver(account, [ANNA])[ANNA]
    assert isinstance(outcome, Temporary)
    assert server.got() == []


@pytest.mark.parametrize("act", [DROP, HANG])
def test_a_server_that_never_answers_is_not_asked_for_everybody(server, make_account, deliver, act):
    server.fault("ACCEPTED", act)
    account = make_account(server.port, answer_seconds="0.3", connections="1")
    people = [f"person-{number}@bei.example" for number in range(40)]
    outcomes = deliver(account, people)
    unknown = [address for address, outcome in outcomes.items() if isinstance(outcome, Unknown)]
    assert unknown == server.got() == people[:3]
    assert {type(outcomes[address]) for address in people[3:]} == {Temporary}


def test_a_server_that_closes_after_some_mails_gets_the_rest_on_new_connections(make_account, deliver):
    people = [f"person-{number}@bei.example" for number in range(35)]
    with HostileSmtp(per_connection=3) as limited:
        outcomes = deliver(make_account(limited.port, connections="2"), people)
        assert sorted(limited.got()) == sorted(people)
        assert limited.seen["CONNECT"] >= 12
    assert {type(outcome) for outcome in outcomes.values()} == {Sent}


def test_a_server_that_takes_one_connection_at_a_time(server, make_account, deliver):
    server.fault("CONNECT", "421 4.7.0 too many connections", skip=1)
    people = [f"person-{number}@bei.example" for number in range(40)]
    outcomes = deliver(make_account(server.port), people)
    assert {type(outcome) for outcome in outcomes.values()} == {Sent}
    assert sorted(server.got()) == sorted(people)


def test_a_domain_that_greylists_is_left_alone_and_the_others_are_served(server, make_account, deliver):
    server.fault("RCPT", "451 4.7.1 greylisted", to="@bei.example")
    grey = [f"person-{number}@bei.example" for number in range(30)]
    outcomes = deliver(make_account(server.port, connections="1"), [*grey, CARLA])
    assert all(outcomes[address].of_recipient for address in grey)
    assert isinstance(outcomes[CARLA], Sent)
    assert (
        sum(command.endswith("@bei.example") for command in server.commands if command.startswith("RCPT"))
        == 5
    )


def test_nobody_there_is_temporary_and_asked_once(make_account, deliver, free_port):
    outcomes = deliver(make_account(free_port), [ANNA, BERT])
    assert {type(outcome) for outcome in outcomes.values()} == {Temporary}
    assert isinstance(Newsletter().verify(make_account(free_port)), Temporary)


@pytest.fixture
def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]  # bound, but nobody listens


# Encryption


@pytest.mark.parametrize("implicit", [True, False])
def test_encrypted_with_a_certificate_one_may_trust(tmp_path, make_account, deliver, monkeypatch, implicit):
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    users = {"rathaus": "geheim"}
    with HostileSmtp(tls=context, implicit=implicit, users=users) as safe:
        account = make_account(
            safe.port, {"password": "geheim"}, user="rathaus", tls="tls" if implicit else "starttls"
        )
        assert isinstance(deliver(account, [ANNA])[ANNA], Sent)


@pytest.mark.parametrize("implicit", [True, False])
@pytest.mark.parametrize("wrong", ["self-signed", "another name", "expired"])
def test_a_wrong_certificate_gets_neither_password_nor_mail(
    tmp_path, make_account, deliver, monkeypatch, implicit, wrong
):
    name = "mail.andere.example" if wrong == "another name" else "127.0.0.1"
    context, public = certificate(tmp_path, name, days=-1 if wrong == "expired" else 1)
    if wrong != "self-signed":
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with HostileSmtp(tls=context, implicit=implicit, users={"rathaus": "geheim"}) as false:
        account = make_account(
            false.port, {"password": "geheim"}, user="rathaus", tls="tls" if implicit else "starttls"
        )
        outcome = deliver(account, [ANNA])[ANNA]
        assert isinstance(outcome, Permanent)
        assert outcome.account_broken
        assert "Zertifikat" in outcome.reason
        assert false.seen["AUTH"] == 0
        assert false.got() == []


def test_encryption_that_is_not_offered_is_not_done_without(guarded, make_account, deliver):
    account = make_account(guarded.port, {"password": "geheim-und-lang"}, user="rathaus", tls="starttls")
    outcome = deliver(account, [ANNA])[ANNA]
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken
    assert "STARTTLS" in outcome.reason
    assert guarded.seen["AUTH"] == 0
    assert guarded.got() == []


def test_the_wrong_port_is_said(server, make_account, deliver):
    outcome = deliver(make_account(server.port, tls="tls"), [ANNA])[ANNA]
    assert isinstance(outcome, Temporary)
    assert "Port" in outcome.reason
    assert server.got() == []


def test_a_password_never_goes_out_unencrypted(make_account):
    account = make_account(587, {"password": "geheim"}, user="rathaus", host="127.0.0.1")
    far = make_account(587, {"password": "geheim"}, user="rathaus", host="mail.beispielau.example")
    assert Newsletter().settings_problems(far.config)["tls"]
    assert "tls" not in Newsletter().settings_problems(account.config)


# Servers that talk nonsense


@pytest.mark.parametrize(
    "lines",
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n",),
        (b"220" + b"-a\r\n220" * 40_000 + b" a\r\n",),
        (b"220 " + b"x" * 200_000,),
        (b"\xff\xfe\x00\r\n",),
        (b"220 a\r\n", b"250-a\r\n250 PIPELINING\r\n", b"250 a\r\n999 b\r\n354 c\r\n"),
        (b"220 a\r\n", b"250 a\r\n", b"250 a\r\n", b"250 a\r\n", b"250 not go on\r\n"),
    ],
    ids=["http", "endless lines", "one endless line", "bytes", "no code", "no 354"],
)
def test_nonsense_sends_nothing(make_account, deliver, lines):
    with Reciter(*lines) as strange:
        outcome = deliver(make_account(strange.port), [ANNA])[ANNA]
    assert isinstance(outcome, Temporary)
    assert b"Subject:" not in strange.heard


def test_answers_slipped_in_before_the_encryption_are_not_believed(make_account, deliver):
    lines = (b"220 a\r\n", b"250-a\r\n250 STARTTLS\r\n", b"220 go\r\n250-a\r\n250 AUTH PLAIN\r\n")
    with Reciter(*lines) as strange:
        outcome = deliver(make_account(strange.port, tls="starttls"), [ANNA])[ANNA]
    assert isinstance(outcome, Temporary)
    assert "untergeschoben" in outcome.reason


def test_cut_in_the_middle_of_the_mail_nothing_is_out(make_account):
    from stadtnah.channels.newsletter.smtp.session import Server, Session
    from stadtnah.channels.newsletter.smtp.wire import LostError

    lines = (b"220 a\r\n", b"250 a\r\n", b"250 a\r\n", b"250 a\r\n", b"354 go\r\n")
    with Reciter(*lines, reads=1000) as short:
        session = Session(Server("127.0.0.1", short.port, "none", "post@beispielau.example", seconds=5))
        with pytest.raises(LostError):  # may be tried again: the final dot never left
            session.send(ANNA, b"x" * 78 * 400_000, "<1@beispielau.example>")
    assert not session.alive
