"""The mail itself: well-formed, the same for everybody but for what is personal, and nobody can smuggle anything in."""

from __future__ import annotations

import re
import uuid
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnah.channels.newsletter.channel import Newsletter
from stadtnah.channels.newsletter.models import Subscriber
from stadtnah.channels.newsletter.rendering.clean import UNSUBSCRIBE
from stadtnah.channels.newsletter.smtp.compose import Sender, Skeleton
from stadtnah.kernel import clock
from stadtnah.publishing.channel import Permanent, Sent
from stadtnah.publishing.content import Block
from tests.channels.samples import content, picture

ANNA, BERT = "anna@bei.example", "bert@bei.example"
SITE = "https://erlenfurt.example"


@pytest.fixture
def sent(server, make_account, deliver):
    """Delivers this message to Anna and Bert, answers the mails."""

    def go(message=None, **config: str):
        account = make_account(server.port, **config)
        body = Newsletter().render(message or content(), {}, account).body
        outcomes = deliver(account, [ANNA, BERT], body)
        assert {type(outcome) for outcome in outcomes.values()} == {Sent}
        return server.mails

    return go


def parts(mail):
    return {
        part.get_content_type(): part.get_content() for part in mail.message.walk() if not part.is_multipart()
    }


def test_text_and_design_side_by_side(sent):
    mail, _ = sent(content(title="Überflutung: Mühlstraße ab sofort – Vollsperrung!"))
    message = mail.message
    assert message.defects == []
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Subject"] == "Überflutung: Mühlstraße ab sofort – Vollsperrung!"
    found = parts(mail)
    for kind in ("text/plain", "text/html"):
        assert "Überflutung" in found[kind]
        assert "https://erlenfurt.example/aktuelles/2026/muehlstrasse-gesperrt/" in found[kind]
    assert "<" not in found["text/plain"]


def test_what_stands_in_the_head(sent):
    for mail in sent(from_name="Stadt Königsbrück, Rathaus", reply_to="rathaus@beispielau.example"):
        message = mail.message
        assert [
            len(message.get_all(name, [])) for name in ("From", "To", "Subject", "Date", "Message-ID")
        ] == [1] * 5
        assert message["To"] == mail.to
        assert message["From"].addresses[0].display_name == "Stadt Königsbrück, Rathaus"
        assert message["From"].addresses[0].addr_spec == mail.sender == "post@beispielau.example"
        assert message["Reply-To"] == "rathaus@beispielau.example"
        assert abs((parsedate_to_datetime(message["Date"]) - clock.now()).total_seconds()) < 120
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Precedence"] == "bulk"
        assert message["List-Id"] == "<neues.localhost>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Content-Language"] == "de"
        link = message["List-Unsubscribe"].strip("<>")
        assert all(link in part for part in parts(mail).values())
        assert UNSUBSCRIBE not in str(parts(mail))


def test_the_link_in_the_head_is_the_persons_own(sent, browser):
    anna = next(mail for mail in sent() if mail.to == ANNA)
    link = anna.message["List-Unsubscribe"].strip("<>")
    assert browser.post(urlsplit(link).path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    states = dict(Subscriber.objects.values_list("email", "state"))
    assert states == {ANNA: "unsubscribed", BERT: "confirmed"}


def test_nothing_in_it_tells_who_opened_it(sent):
    """No address but the way out differs from person to person, and none leads to a third party."""
    blocks = (
        Block(
            "text", html='<p>Siehe <a href="/hilfe/">Hilfe</a> und <img src="https://spy.example/p.gif"></p>'
        ),
        Block("picture", picture=picture(2)),
    )
    shown = []
    for mail in sent(content(blocks=blocks)):
        link = mail.message["List-Unsubscribe"].strip("<>")
        shown.append({kind: text.replace(link, "LINK") for kind, text in parts(mail).items()})
        fetched = re.findall(r'(?:src|background|srcset|data)="([^"]+)"', parts(mail)["text/html"])
        assert fetched
        for address in (*fetched, *re.findall(r"url\(([^)]+)\)", parts(mail)["text/html"])):
            assert re.fullmatch(SITE + r"/media/mail/[0-9a-f]{64}\.jpg", address), address
        targets = re.findall(r'href="([^"]+)"', parts(mail)["text/html"].replace(link, SITE))
        assert {urlsplit(target).netloc for target in targets} == {"erlenfurt.example"}
        html = parts(mail)["text/html"]
        assert not re.search(r"<(?:script|link|iframe|form|object|embed)\b|@import|@font-face", html)
        assert "spy.example" not in html
    assert shown[0] == shown[1]


def test_every_try_of_a_delivery_is_the_same_mail(make_account):
    body = Newsletter().render(content(), {}, make_account(25)).body
    skeleton = Skeleton(body, Sender("post@beispielau.example"), "neues.localhost")
    key = str(uuid.uuid4())
    assert skeleton.message_id(key) == f"<{key}@beispielau.example>"
    one, two = (
        skeleton.mail(to=ANNA, delivery_id=key, unsubscribe_url="https://a.example/x/") for _ in range(2)
    )
    assert re.sub(rb"Date: [^\r]+", b"", one) == re.sub(rb"Date: [^\r]+", b"", two)


NASTY = "Hallo\r\nBcc: opfer@bei.example\r\n\r\nText\u2028\x00\n.\r\nMAIL FROM:<x@y.example>"


def test_line_breaks_in_subject_and_sender_add_no_header(sent, server):
    for mail in sent(content(title=NASTY, teaser=NASTY), from_name=NASTY):
        assert mail.message["Bcc"] is None
        assert "Bcc: opfer@bei.example" in mail.message["Subject"]
        assert "Bcc: opfer@bei.example" in mail.message["From"].addresses[0].display_name
    assert server.got() == [ANNA, BERT]
    assert sum(command.startswith("MAIL") for command in server.commands) == 2


@pytest.mark.parametrize(
    "address",
    [
        "anna@bei.example\r\nRCPT TO:<opfer@bei.example>",
        "anna@bei.example>\r\nDATA\r\n",
        "anna@bei.example\nBcc: opfer@bei.example",
        "anna@bei.example, opfer@bei.example",
        "<anna@bei.example>",
        "anna @bei.example",
        "änna@bei.example",
        "@relay.example:anna@bei.example",
    ],
)
def test_an_address_that_is_a_command_is_refused(server, make_account, deliver, address):
    """Even if it stands in the database: it went in by another way than the form."""
    outcomes = deliver(make_account(server.port), [address, BERT])
    assert isinstance(outcomes[address], Permanent)
    assert not outcomes[address].account_broken
    assert server.got() == [BERT]
    assert "opfer" not in str(server.commands)


@pytest.mark.parametrize("field", ["from_address", "reply_to", "host"])
@pytest.mark.parametrize("value", ["a@b.example\r\nX: y", "a@b.example>\r\nRCPT TO:<c@d.example>", "a b\r\n"])
def test_settings_with_line_breaks_are_refused(server, make_account, deliver, field, value):
    account = make_account(server.port, **{field: value})
    assert field in Newsletter().settings_problems(account.config)
    outcome = deliver(account, [ANNA])[ANNA]
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken
    assert server.mails == []


def test_the_name_is_the_one_that_was_released(server, make_account, deliver):
    body = Newsletter().render(content(), {}, make_account(server.port)).body
    deliver(make_account(server.port, from_name="Gewinnspiel"), [ANNA], body)
    assert server.mails[0].message["From"].addresses[0].display_name == "Stadt Beispielau"


def test_a_message_cannot_bring_a_placeholder_of_its_own(sent):
    mail, _ = sent(content(title=f"Klicken: {UNSUBSCRIBE}", teaser=UNSUBSCRIBE))
    link = mail.message["List-Unsubscribe"].strip("<>")
    assert link not in mail.message["Subject"]
    assert parts(mail)["text/plain"].count(link) == 1
    assert parts(mail)["text/html"].count(link) == 1


TEXT = st.text(st.characters(codec="utf-8"), max_size=300)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    before=TEXT,
    after=TEXT,
    subject=TEXT,
    name=TEXT,
    token=st.from_regex(r"[A-Za-z0-9_.-]{1,120}", fullmatch=True),
)
def test_any_text_arrives_as_it_was_written(before, after, subject, name, token):
    link = f"https://beispielau.example/newsletter/abmelden/{token}/"
    text = f"{before}{UNSUBSCRIBE}{after}\n.\n..\n"
    body = {"text": text, "html": f"<p>{text}</p>", "subject": subject, "from_name": name, "language": "de"}
    skeleton = Skeleton(body, Sender("post@beispielau.example"), "neues.localhost")
    raw = skeleton.mail(to=ANNA, delivery_id=str(uuid.uuid4()), unsubscribe_url=link)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998  # RFC 5322, 2.1.1
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert b"\r\n.\r\n" not in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(raw.replace(b"\r\n..", b"\r\n."), policy=default)
    plain = message.get_body(("plain",)).get_content()
    meant = text.replace(UNSUBSCRIBE, link).replace("\r\n", "\n").replace("\r", "\n")
    assert plain.replace("\r\n", "\n") == meant
    assert message["To"] == ANNA
    assert message["Bcc"] is None
