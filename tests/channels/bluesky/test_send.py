"""Sending to a server that misbehaves: repeating is always harmless, and one record comes of it."""

from __future__ import annotations

import io
import random
import re
import uuid
from datetime import timedelta

import pytest
from PIL import Image

from stadtnah.channels.bluesky import rkey
from stadtnah.channels.bluesky.adapter import BlueskyChannel
from stadtnah.kernel import clock, media
from stadtnah.publishing.channel import Account, Action, Permanent, Sent, Temporary
from tests.channels import fake_server as does
from tests.channels.samples import ALT, LINK, content, picture

CHANNEL = BlueskyChannel(deadline=2.0, upload_deadline=2.0)
IMPATIENT = BlueskyChannel(deadline=0.3, upload_deadline=0.3)
HANDLE = "erlenfurt.example"
SIGN_IN = "/xrpc/com.atproto.server.createSession"
PUT = "/xrpc/com.atproto.repo.putRecord"
UPLOAD = "/xrpc/com.atproto.repo.uploadBlob"
GET = "/xrpc/com.atproto.repo.getRecord"


@pytest.fixture
def account(fake):
    config = {"service": fake.base, "identifier": "@" + HANDLE, "app_url": fake.base}
    return Account("bluesky:erlenfurt", "bluesky", "@" + HANDLE, config, {"app_password": "simulation-x"})


@pytest.fixture
def body(account, blob):
    return CHANNEL.render(content(hero=picture(sha256=blob())), {}, account).body


@pytest.fixture
def plain(account):
    return CHANNEL.render(content(hero=None), {}, account).body


@pytest.mark.parametrize("_number", range(50))
def test_record_keys_are_valid_and_in_the_past(_number):
    delivery = str(uuid.uuid4())
    key = rkey.of_delivery(delivery)
    assert re.fullmatch(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", key)
    value = 0
    for sign in key:
        value = value * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(sign)
    assert 1_672_531_200 <= (value >> 10) / 1_000_000 < 1_691_000_000
    assert key == rkey.of_delivery(delivery)
    assert key != rkey.of_delivery(str(uuid.uuid4()))


def test_a_post_arrives_with_picture_alternative_text_and_facets(fake, account, body, make_job):
    job = make_job(account, body)
    outcome = CHANNEL.send(job)
    (post,) = fake.posts()
    key = rkey.of_delivery(job.delivery_id)
    assert outcome == Sent(
        f"at://did:web:{HANDLE}/app.bsky.feed.post/{key}", f"{fake.base}/profile/{HANDLE}/post/{key}"
    )
    record = post["record"]
    assert (record["text"], record["facets"], record["langs"]) == (body["text"], body["facets"], ["de"])
    (image,) = record["embed"]["images"]
    assert (image["alt"], image["aspectRatio"]) == (ALT, {"width": 640, "height": 360})
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["createdAt"])


def test_a_message_without_picture_becomes_a_card(fake, account, plain, make_job):
    CHANNEL.send(make_job(account, plain))
    external = fake.posts()[0]["record"]["embed"]["external"]
    assert external == {"uri": LINK, "title": content().title, "description": content().teaser}


def test_a_decorative_picture_stands_on_the_card(fake, account, blob, make_job):
    message = content(hero=picture(sha256=blob(), alt="", decorative=True))
    CHANNEL.send(make_job(account, CHANNEL.render(message, {}, account).body))
    assert fake.posts()[0]["record"]["embed"]["external"]["thumb"]["mimeType"] == "image/jpeg"


def test_a_large_picture_is_made_to_fit(fake, account, make_job):
    noise = random.Random(1).randbytes(1600 * 1200 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (1600, 1200), noise).save(out, "PNG")
    digest = media.put(out.getvalue())
    message = content(hero=picture(sha256=digest))
    assert isinstance(CHANNEL.send(make_job(account, CHANNEL.render(message, {}, account).body)), Sent)
    (upload,) = fake.asked("POST", UPLOAD)
    assert len(upload.body) <= 1_000_000 < len(out.getvalue())


@pytest.mark.parametrize(
    "act",
    [
        does.hang,
        does.drop,
        does.status(500),
        does.status(503),
        does.accept_then(does.hang),
        does.accept_then(does.drop),
        does.accept_then(does.status(500)),
        does.malformed,
        does.half_body,
    ],
)
def test_whatever_happened_sending_again_gives_one_record(fake, account, body, make_job, act):
    job = make_job(account, body)
    fake.fault("POST", PUT, act)
    assert isinstance(IMPATIENT.send(job), Temporary)
    written = [post["record"]["createdAt"] for post in fake.posts()]
    again = make_job(account, body, delivery_id=job.delivery_id, attempt=2)
    outcome = CHANNEL.send(again)
    assert isinstance(outcome, Sent)
    (post,) = fake.posts()
    assert not written or post["record"]["createdAt"] == written[0]
    assert CHANNEL.look_up(again) == outcome


def test_even_a_first_try_overwrites_nothing(fake, account, plain, make_job):
    job = make_job(account, plain)
    assert CHANNEL.send(job) == CHANNEL.send(job)
    assert len(fake.posts()) == 1
    assert CHANNEL.idempotent is True


def test_a_post_that_is_not_there_may_be_sent_again(fake, account, plain, make_job):
    assert isinstance(CHANNEL.look_up(make_job(account, plain)), Temporary)
    fake.fault("GET", GET, does.status(500))
    assert CHANNEL.look_up(make_job(account, plain)) is None


@pytest.mark.parametrize(
    "act", [does.hang, does.drop, does.malformed, does.half_body, does.status(500), does.page(403)]
)
@pytest.mark.parametrize("path", [SIGN_IN, UPLOAD])
def test_a_blip_is_no_dead_password(fake, account, body, make_job, *, act, path):
    fake.fault("POST", path, act)
    assert isinstance(IMPATIENT.send(make_job(account, body)), Temporary)
    assert fake.posts() == []


def test_a_wrong_password_breaks_the_account_and_says_what_to_do(account, plain, make_job):
    wrong = Account(account.key, "bluesky", "", account.config, {"app_password": "falsch"})
    outcome = CHANNEL.send(make_job(wrong, plain))
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken
    assert "App-Passwort" in outcome.reason
    assert CHANNEL.verify(wrong) == outcome
    assert CHANNEL.verify(account) == Sent(
        f"did:web:{HANDLE}", f"{account.config['app_url']}/profile/{HANDLE}"
    )


def test_one_sign_in_serves_many_posts(fake, account, plain, make_job):
    for _ in range(3):
        assert isinstance(CHANNEL.send(make_job(account, plain)), Sent)
    assert len(fake.asked("POST", SIGN_IN)) == 1


@pytest.mark.parametrize(("code", "name"), [(400, "ExpiredToken"), (401, "InvalidToken")])
def test_an_expired_session_is_renewed_once(fake, account, plain, make_job, *, code, name):
    fake.fault("POST", PUT, does.status(code, {"error": name, "message": "Token has expired"}))
    assert isinstance(CHANNEL.send(make_job(account, plain)), Sent)
    assert len(fake.asked("POST", SIGN_IN)) == 2
    fake.fault("POST", PUT, does.status(401, {"error": name, "message": "Token has expired"}), times=2)
    assert CHANNEL.send(make_job(account, plain)).account_broken


def test_too_many_requests_waits_as_long_as_the_server_says(fake, account, plain, make_job):
    wish = clock.now().replace(microsecond=0) + timedelta(minutes=4)
    said = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
    fake.fault("POST", SIGN_IN, does.status(429, said, RateLimit_Reset=str(int(wish.timestamp()))))
    outcome = CHANNEL.send(make_job(account, plain))
    assert isinstance(outcome, Temporary)
    assert outcome.retry_at == wish


def test_a_refusal_gives_the_servers_reason(account, plain, make_job):
    outcome = CHANNEL.send(make_job(account, {**plain, "text": "x" * 3001, "facets": []}))
    assert isinstance(outcome, Permanent)
    assert not outcome.account_broken
    assert "3000 bytes" in outcome.reason


def test_a_correction_is_a_new_post_and_the_old_one_goes(fake, account, plain, make_job):
    sent = CHANNEL.send(make_job(account, plain))
    corrected = {**plain, "text": "Berichtigt", "facets": []}
    update = make_job(account, corrected, Action.UPDATE, previous_remote_id=sent.remote_id)
    outcome = CHANNEL.send(update)
    assert outcome.remote_id != sent.remote_id
    assert [post["record"]["text"] for post in fake.posts()] == ["Berichtigt"]
    assert CHANNEL.send(update) == outcome
    assert "neuer Beitrag" in CHANNEL.cannot_take_back


@pytest.mark.parametrize("act", [does.accept_then(does.status(500)), does.hang, does.malformed])
def test_a_correction_cut_in_half_is_finished_by_the_next_try(fake, account, plain, make_job, act):
    sent = CHANNEL.send(make_job(account, plain))
    corrected = {**plain, "text": "Berichtigt", "facets": []}
    update = make_job(account, corrected, Action.UPDATE, previous_remote_id=sent.remote_id)
    fake.fault("POST", "/xrpc/com.atproto.repo.deleteRecord", act)
    assert isinstance(IMPATIENT.send(update), Temporary)
    assert isinstance(CHANNEL.look_up(update), Sent)
    assert [post["record"]["text"] for post in fake.posts()] == ["Berichtigt"]
    again = make_job(
        account,
        corrected,
        Action.UPDATE,
        previous_remote_id=sent.remote_id,
        delivery_id=update.delivery_id,
        attempt=2,
    )
    assert isinstance(CHANNEL.send(again), Sent)
    assert [post["record"]["text"] for post in fake.posts()] == ["Berichtigt"]


def test_deleting_twice_is_deleting_once(fake, account, plain, make_job):
    sent = CHANNEL.send(make_job(account, plain))
    delete = make_job(account, {}, Action.DELETE, previous_remote_id=sent.remote_id)
    assert CHANNEL.send(delete) == CHANNEL.send(delete) == Sent(sent.remote_id)
    assert fake.posts() == []
    assert isinstance(CHANNEL.send(make_job(account, {}, Action.DELETE)), Permanent)


def test_a_server_that_is_off_is_tried_again(fake, account, plain, make_job):
    fake.shutdown()
    fake.server_close()
    assert isinstance(CHANNEL.send(make_job(account, plain)), Temporary)


def test_a_missing_picture_is_permanent(fake, account, body, make_job):
    lost = {**body, "images": [{**body["images"][0], "sha256": "0" * 64}]}
    assert isinstance(CHANNEL.send(make_job(account, lost)), Permanent)
    assert fake.posts() == []
