"""Against PyPI's mastodon_mock: someone else's reading of Mastodon's API, with faults on demand. No real Mastodon."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import replace

import pytest

from stadtnah.channels.mastodon.adapter import MastodonChannel
from stadtnah.kernel import net
from stadtnah.publishing.channel import Action, Permanent, Sent, Temporary, Unknown
from tests.channels.samples import ALT, content, picture

CHANNEL = MastodonChannel(poll_pause=0.05)
IMPATIENT = MastodonChannel(deadline=0.5, media_deadline=0.5, poll_pause=0.05)


@pytest.fixture
def ask(mastodon_account):
    """A call as this account, past our own client."""

    def call(method, path, value=None):
        headers = {"Authorization": "Bearer mock_token"}
        answer = net.request(method, mastodon_account.config["server"] + path, headers=headers, json=value)
        return answer.json() if answer.body else None

    return call


@pytest.fixture
def statuses(ask):
    def mine(text):
        number = ask("GET", "/api/v1/accounts/verify_credentials")["id"]
        found = ask("GET", f"/api/v1/accounts/{number}/statuses?limit=40")
        return [one for one in found if text in one["content"]]

    return mine


@pytest.fixture
def faults(ask):
    """Orders one fault; all are gone after the test."""
    made = []

    def order(methods, path, **effect: object):
        rule = {"match": {"methods": [methods], "path": path}, "effect": effect, "count": 1}
        made.append(ask("POST", "/api/v1/_mock/faults", rule)["id"])

    yield order
    for one in made:
        with contextlib.suppress(net.NetError):
            ask("DELETE", f"/api/v1/_mock/faults/{one}")


@pytest.fixture
def body(mastodon_account, request):
    # Every test its own words and page: the server is shared.
    message = content(hero=None, link=f"https://erlenfurt.example/{uuid.uuid4()}/")
    return CHANNEL.render(message, {"text": f"Gesperrt: {request.node.name}"}, mastodon_account).body


def test_a_whole_post_with_picture(mastodon_account, digest, make_job, ask):
    body = CHANNEL.render(content(hero=picture(sha256=digest)), {}, mastodon_account).body
    outcome = CHANNEL.send(make_job(mastodon_account, body))
    assert isinstance(outcome, Sent)
    status = ask("GET", f"/api/v1/statuses/{outcome.remote_id}")
    assert status["url"] == outcome.url
    assert [one["description"] for one in status["media_attachments"]] == [ALT]
    assert status["language"] == "de"
    assert ask("GET", f"/api/v1/statuses/{outcome.remote_id}/source")["text"] == body["text"]


def test_the_same_key_gives_the_same_post(mastodon_account, body, make_job, statuses):
    job = make_job(mastodon_account, body)
    assert CHANNEL.send(job) == CHANNEL.send(job)
    assert len(statuses(body["text"].split("\n")[0])) == 1
    assert CHANNEL.look_up(job) == CHANNEL.send(job)


def test_too_long_is_refused_there_too(mastodon_account, body, make_job):
    outcome = CHANNEL.send(make_job(mastodon_account, {**body, "text": "x" * 501}))
    assert isinstance(outcome, Permanent)
    assert "too long" in outcome.reason


def test_a_wrong_token(mastodon_account, body, make_job):
    outcome = CHANNEL.send(make_job(replace(mastodon_account, secrets={"access_token": "x"}), body))
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken


def test_correction_and_deletion(mastodon_account, body, make_job, ask):
    sent = CHANNEL.send(make_job(mastodon_account, body))
    corrected = {**body, "text": "Berichtigt: " + body["text"]}
    update = make_job(mastodon_account, corrected, Action.UPDATE, previous_remote_id=sent.remote_id)
    assert CHANNEL.send(update).remote_id == sent.remote_id
    assert ask("GET", f"/api/v1/statuses/{sent.remote_id}/source")["text"] == corrected["text"]
    delete = make_job(mastodon_account, {}, Action.DELETE, previous_remote_id=sent.remote_id)
    assert isinstance(CHANNEL.send(delete), Sent)
    assert isinstance(CHANNEL.look_up(make_job(mastodon_account, corrected)), Temporary)


@pytest.mark.parametrize(
    ("code", "kind"), [(500, Unknown), (502, Unknown), (422, Permanent), (403, Permanent)]
)
def test_forced_answers(mastodon_account, body, make_job, faults, code, kind):
    faults("POST", "/api/v1/statuses", type="status", status=code)
    job = make_job(mastodon_account, body)
    assert isinstance(CHANNEL.send(job), kind)
    assert isinstance(CHANNEL.look_up(job), Temporary)


def test_the_rate_limit(mastodon_account, body, make_job, faults):
    faults("POST", "/api/v1/statuses", type="ratelimit")
    outcome = CHANNEL.send(make_job(mastodon_account, body))
    assert isinstance(outcome, Temporary)
    assert outcome.retry_at is not None


def test_half_an_answer(mastodon_account, body, make_job, faults):
    faults("POST", "/api/v1/statuses", type="malformed")
    assert isinstance(CHANNEL.send(make_job(mastodon_account, body)), Unknown)


def test_a_server_that_acts_after_we_gave_up(mastodon_account, body, make_job, faults, statuses):
    """The worst case: not to be found when looked up, carried out later. The key keeps it one post."""
    job = make_job(mastodon_account, body)
    faults("POST", "/api/v1/statuses", type="latency", delay_ms=900)
    assert isinstance(IMPATIENT.send(job), Unknown)
    assert isinstance(CHANNEL.look_up(job), Temporary)
    outcome = CHANNEL.send(job)
    # This answer comes after the late post: no need to wait by the clock.
    faults("GET", "/api/v1/accounts/verify_credentials", type="latency", delay_ms=1200)
    (found,) = statuses(body["text"].split("\n")[0])
    assert found["id"] == outcome.remote_id


def test_limits(mastodon_account):
    limits = CHANNEL.refresh_limits(mastodon_account)
    assert limits["max_characters"] == 500
    assert limits["max_media"] == 4
