"""Against the real Bluesky server (npm @atproto/pds). A PDS alone has no AppView, so what apps show is not tested."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stadtnah.channels.bluesky import rkey
from stadtnah.channels.bluesky.adapter import BlueskyChannel
from stadtnah.kernel import net
from stadtnah.publishing.channel import Action, Permanent, Sent, Temporary
from tests.channels.samples import ALT, content, picture

CHANNEL = BlueskyChannel()


@pytest.fixture
def records(pds):
    """What stands in the repository, by record key, asked without signing in."""

    def ask():
        path = f"/xrpc/com.atproto.repo.listRecords?repo={pds['did']}&collection=app.bsky.feed.post&limit=100"
        found = net.request("GET", pds["base"] + path).json()["records"]
        return {one["uri"].rpartition("/")[2]: one["value"] for one in found}

    return ask


@pytest.fixture
def body(bluesky_account, digest):
    message = content(hero=picture(sha256=digest))
    return CHANNEL.render(message, {"text": "Grüße 👩‍👩‍👧‍👦 #Mühlstraße"}, bluesky_account).body


def test_a_whole_post_with_picture_and_facets(pds, bluesky_account, body, make_job, records):
    job = make_job(bluesky_account, body)
    outcome = CHANNEL.send(job)
    key = rkey.of_delivery(job.delivery_id)
    assert outcome == Sent(
        f"at://{pds['did']}/app.bsky.feed.post/{key}", f"https://bsky.app/profile/{pds['handle']}/post/{key}"
    )
    record = records()[key]
    assert (record["text"], record["facets"]) == (body["text"], body["facets"])
    assert record["embed"]["images"][0]["alt"] == ALT


def test_a_card(bluesky_account, make_job, records):
    job = make_job(bluesky_account, CHANNEL.render(content(hero=None), {}, bluesky_account).body)
    assert isinstance(CHANNEL.send(job), Sent)
    assert records()[rkey.of_delivery(job.delivery_id)]["embed"]["external"]["title"] == content().title


def test_twice_is_once_and_the_first_record_stands(bluesky_account, body, make_job, records):
    job = make_job(bluesky_account, body)
    first = CHANNEL.send(job)
    key, before = rkey.of_delivery(job.delivery_id), len(records())
    written = records()[key]["createdAt"]
    assert CHANNEL.send(job) == first
    assert CHANNEL.send(replace(job, attempt=2)) == first
    assert CHANNEL.look_up(job) == first
    assert (len(records()), records()[key]["createdAt"]) == (before, written)


def test_the_limits_are_counted_alike(bluesky_account, make_job):
    family = "👩‍👩‍👧‍👦"
    message = content(hero=None, link="", hashtags=())
    for text, taken in (
        ("ä" * 300, True),
        ("ä" * 301, False),
        (family * 80 + "u\u0308" * 220, True),
        ("🇩🇪" * 301, False),
        (family * 121, False),  # few characters, too many bytes
    ):
        rendered = CHANNEL.render(message, {"text": text}, bluesky_account)
        assert (CHANNEL.check(message, rendered) == []) is taken
        outcome = CHANNEL.send(make_job(bluesky_account, rendered.body))
        assert isinstance(outcome, Sent if taken else Permanent)
        assert taken or "longer than" in outcome.reason or "too big" in outcome.reason, outcome


def test_correction_and_deletion(bluesky_account, body, make_job, records):
    sent = CHANNEL.send(make_job(bluesky_account, body))
    old = sent.remote_id.rpartition("/")[2]
    corrected = {**body, "text": "Berichtigt", "facets": []}
    update = make_job(bluesky_account, corrected, Action.UPDATE, previous_remote_id=sent.remote_id)
    outcome = CHANNEL.send(update)
    new = outcome.remote_id.rpartition("/")[2]
    assert old not in records()
    assert records()[new]["text"] == "Berichtigt"
    delete = make_job(bluesky_account, {}, Action.DELETE, previous_remote_id=outcome.remote_id)
    assert CHANNEL.send(delete) == CHANNEL.send(delete) == Sent(outcome.remote_id)
    assert new not in records()
    assert isinstance(CHANNEL.look_up(make_job(bluesky_account, body)), Temporary)


def test_a_wrong_app_password(bluesky_account, body, make_job):
    wrong = replace(bluesky_account, secrets={"app_password": "aaaa-bbbb-cccc-dddd"})
    outcome = CHANNEL.send(make_job(wrong, body))
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken
    assert isinstance(CHANNEL.verify(bluesky_account), Sent)
