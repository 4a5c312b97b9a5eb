"""Sending to a server that misbehaves: every outcome is true, and nothing appears twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stadtnah.channels.mastodon.adapter import MastodonChannel, plain_text
from stadtnah.kernel import clock
from stadtnah.publishing.channel import Account, Action, Permanent, Sent, Temporary, Unknown
from tests.channels import fake_server as does
from tests.channels.samples import ALT, content, picture

CHANNEL = MastodonChannel(deadline=2.0, media_deadline=2.0, poll_pause=0.0)
IMPATIENT = MastodonChannel(deadline=0.3, media_deadline=0.3, poll_pause=0.0)
POSTS, MEDIA = "/api/v1/statuses", "/api/v2/media"


@pytest.fixture
def account(fake):
    return Account(
        "mastodon:erlenfurt",
        "mastodon",
        "@erlenfurt",
        {"server": fake.base + "/", "visibility": "unlisted"},
        {"access_token": "simulation-erlenfurt"},
    )


@pytest.fixture
def body(account, blob):
    return CHANNEL.render(content(hero=picture(sha256=blob(), focal_x=0.5, focal_y=0.5)), {}, account).body


@pytest.fixture
def plain(account):
    return CHANNEL.render(content(hero=None), {}, account).body


def test_a_post_arrives_with_picture_alternative_text_and_language(fake, account, body, make_job):
    job = make_job(account, body)
    outcome = CHANNEL.send(job)
    (post,) = fake.posts()
    assert outcome == Sent(post["id"], f"{fake.base}/@erlenfurt/{post['id']}")
    assert (post["text"], post["language"], post["visibility"], post["key"]) == (
        body["text"],
        "de",
        "unlisted",
        job.delivery_id,
    )
    with fake.store.reading() as state:
        assert [state["media"][one]["description"] for one in post["media"]] == [ALT]
    fields, files = fake.asked("POST", MEDIA)[0].form()
    assert fields == {"description": ALT, "focus": "0.00,0.00"}
    assert files["file"][0] == "image/jpeg"


def test_the_key_is_the_same_at_every_try(fake, account, plain, make_job):
    job = make_job(account, plain)
    first, second = CHANNEL.send(job), CHANNEL.send(job)
    assert first == second
    assert len(fake.posts()) == 1
    assert CHANNEL.idempotent is False


def test_a_slow_picture_is_waited_for(fake, account, body, make_job):
    fake.fault("POST", MEDIA, does.still_processing)
    fake.fault("GET", "/api/v1/media/", does.still_processing, times=3)
    assert isinstance(CHANNEL.send(make_job(account, body)), Sent)
    assert len(fake.asked("GET", "/api/v1/media/")) == 4


def test_a_picture_that_is_never_ready_is_tried_again_later(fake, account, body, make_job):
    fake.fault("POST", MEDIA, does.still_processing)
    fake.fault("GET", "/api/v1/media/", does.still_processing, times=10_000)
    assert isinstance(IMPATIENT.send(make_job(account, body)), Temporary)
    assert fake.posts() == []


@pytest.mark.parametrize(
    "act", [does.hang, does.drop, does.malformed, does.half_body, does.status(500), does.status(503)]
)
def test_trouble_with_a_picture_has_published_nothing(fake, account, body, make_job, act):
    fake.fault("POST", MEDIA, act)
    assert isinstance(IMPATIENT.send(make_job(account, body)), Temporary)
    assert fake.posts() == []


@pytest.mark.parametrize(
    ("act", "arrived"),
    [
        (does.hang, False),
        (does.drop, False),
        (does.status(500), False),
        (does.status(502), False),
        (does.accept_then(does.hang), True),
        (does.accept_then(does.drop), True),
        (does.accept_then(does.status(500)), True),
        (does.malformed, True),
        (does.half_body, True),
    ],
)
def test_after_a_doubtful_post_the_truth_is_looked_up(fake, account, plain, make_job, *, act, arrived):
    job = make_job(account, plain)
    fake.fault("POST", POSTS, act)
    assert isinstance(IMPATIENT.send(job), Unknown)
    assert bool(fake.posts()) is arrived
    found = CHANNEL.look_up(job)
    if arrived:
        (post,) = fake.posts()
        assert found == Sent(post["id"], f"{fake.base}/@erlenfurt/{post['id']}")
    else:
        assert isinstance(found, Temporary)
    assert len(fake.asked("POST", POSTS)) == 1


def test_the_look_up_does_not_take_another_post_for_this_one(fake, account, plain, make_job):
    other = CHANNEL.render(
        content(hero=None, title="Etwas anderes", link="https://erlenfurt.example/b/"), {}, account
    )
    assert isinstance(CHANNEL.send(make_job(account, other.body)), Sent)
    assert isinstance(CHANNEL.look_up(make_job(account, plain)), Temporary)


def test_the_same_page_in_other_words_is_for_a_person_to_judge(fake, account, plain, make_job):
    other = CHANNEL.render(content(hero=None), {"text": "Andere Worte zur selben Seite"}, account)
    assert isinstance(CHANNEL.send(make_job(account, other.body)), Sent)
    assert CHANNEL.look_up(make_job(account, plain)) is None


def test_an_old_post_with_the_same_words_is_not_this_one(fake, account, plain, make_job):
    job = make_job(account, plain)
    assert isinstance(CHANNEL.send(job), Sent)
    assert isinstance(CHANNEL.look_up(job), Sent)
    with fake.store.changing() as state:
        for one in state["statuses"].values():
            one["created_at"] = (clock.now() - timedelta(hours=49)).isoformat()
    assert isinstance(CHANNEL.look_up(job), Temporary)


@pytest.mark.parametrize(
    "act", [does.status(500), does.status(401), does.malformed, does.drop, does.status(200, {"a": 1})]
)
def test_a_look_up_without_an_answer_says_nothing(fake, account, plain, make_job, act):
    fake.fault("GET", "/api/v1/accounts/erlenfurt/statuses", act)
    assert CHANNEL.look_up(make_job(account, plain)) is None


def test_too_many_requests_waits_as_long_as_the_server_says(fake, account, plain, make_job):
    fake.fault("POST", POSTS, does.status(429, Retry_After="120"))
    before = clock.now()
    outcome = CHANNEL.send(make_job(account, plain))
    assert isinstance(outcome, Temporary)
    assert timedelta(seconds=110) < outcome.retry_at - before < timedelta(seconds=130)


def test_mastodons_own_way_to_say_when(fake, account, plain, make_job):
    wish = clock.now() + timedelta(minutes=5)
    fake.fault("POST", POSTS, does.status(429, X_RateLimit_Reset=wish.isoformat()))
    assert CHANNEL.send(make_job(account, plain)).retry_at == wish
    fake.fault("POST", POSTS, does.status(429, X_RateLimit_Reset="bald"))
    assert CHANNEL.send(make_job(account, plain)).retry_at is None


@pytest.mark.parametrize("code", [401, 403])
def test_a_dead_token_breaks_the_account_and_says_what_to_do(fake, account, plain, make_job, code):
    fake.fault("POST", POSTS, does.status(code, {"error": "This action is not allowed"}))
    outcome = CHANNEL.send(make_job(account, plain))
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken
    assert "Token" in outcome.reason or "token" in outcome.reason
    assert "simulation-erlenfurt" not in outcome.reason


def test_a_firewall_is_no_dead_token(fake, account, plain, make_job):
    fake.fault("POST", POSTS, does.page(403))
    assert isinstance(CHANNEL.send(make_job(account, plain)), Temporary)


@pytest.mark.parametrize("act", [does.hang, does.drop, does.status(500)])
def test_a_blip_is_no_dead_token(fake, account, plain, make_job, act):
    fake.fault("POST", POSTS, act)
    assert not getattr(IMPATIENT.send(make_job(account, plain)), "account_broken", False)


def test_a_refusal_gives_the_servers_reason(fake, account, plain, make_job):
    outcome = CHANNEL.send(make_job(account, {**plain, "text": "x" * 501}))
    assert isinstance(outcome, Permanent)
    assert not outcome.account_broken
    assert "limit of 500 exceeded" in outcome.reason


def test_a_server_that_is_off_is_tried_again(fake, account, plain, make_job):
    fake.shutdown()
    fake.server_close()
    assert isinstance(CHANNEL.send(make_job(account, plain)), Temporary)


def test_a_missing_picture_is_permanent(fake, account, body, make_job):
    lost = {**body, "media": [{**body["media"][0], "sha256": "0" * 64}]}
    assert isinstance(CHANNEL.send(make_job(account, lost)), Permanent)
    assert fake.posts() == []


def test_correction_and_deletion(fake, account, body, plain, make_job):
    sent = CHANNEL.send(make_job(account, body))
    corrected = {**body, "text": "Berichtigt: " + body["text"]}
    update = make_job(account, corrected, Action.UPDATE, previous_remote_id=sent.remote_id)
    assert CHANNEL.send(update) == sent
    (post,) = fake.posts()
    assert post["text"] == corrected["text"]
    assert len(post["media"]) == 1
    delete = make_job(account, {}, Action.DELETE, previous_remote_id=sent.remote_id)
    assert CHANNEL.send(delete).remote_id == sent.remote_id
    assert fake.posts() == []
    assert CHANNEL.send(delete).remote_id == sent.remote_id
    assert isinstance(CHANNEL.send(update), Permanent)


@pytest.mark.parametrize("act", [does.accept_then(does.status(500)), does.malformed, does.hang])
def test_a_doubtful_correction_or_deletion_is_simply_repeated(fake, account, plain, make_job, act):
    sent = CHANNEL.send(make_job(account, plain))
    update = make_job(account, plain, Action.UPDATE, previous_remote_id=sent.remote_id)
    fake.fault("PUT", POSTS, act)
    assert isinstance(IMPATIENT.send(update), Temporary)
    assert isinstance(CHANNEL.look_up(update), Temporary)
    assert CHANNEL.send(update) == sent
    assert len(fake.posts()) == 1


@pytest.mark.parametrize("action", [Action.UPDATE, Action.DELETE])
def test_without_a_known_post_there_is_nothing_to_change(account, plain, make_job, action):
    assert isinstance(CHANNEL.send(make_job(account, plain, action)), Permanent)


def test_a_page_that_is_no_mastodon_does_not_count_as_deleted(fake, account, plain, make_job):
    fake.fault("DELETE", POSTS, does.page(404))
    job = make_job(account, {}, Action.DELETE, previous_remote_id="1")
    assert isinstance(CHANNEL.send(job), Permanent)


def test_limits_come_from_the_server(fake, account):
    assert CHANNEL.refresh_limits(account) == {
        "max_characters": 500,
        "characters_per_url": 23,
        "max_media": 4,
        "max_alt": 1500,
        "max_bytes": 16_777_216,
        "mimes": ["image/jpeg", "image/png", "image/webp", "image/gif"],
    }
    fake.fault(
        "GET",
        "/api/v2/instance",
        does.status(200, {"configuration": {"statuses": {"max_characters": "viele"}}}),
    )
    assert CHANNEL.refresh_limits(account) == {}
    fake.fault("GET", "/api/v2/instance", does.status(500))
    assert CHANNEL.refresh_limits(account) == {}


def test_the_settings_can_be_tried(fake, account):
    assert CHANNEL.verify(account) == Sent("erlenfurt", f"{fake.base}/@erlenfurt")
    wrong = Account(account.key, "mastodon", "", account.config, {"access_token": "falsch"})
    assert CHANNEL.verify(wrong).account_broken
    assert CHANNEL.verify(Account(account.key, "mastodon", "", {}, {})).account_broken


def test_nothing_goes_into_the_own_network(account, plain, make_job, settings):
    settings.STADTNAH_NET_ALLOW = []
    outcome = CHANNEL.send(make_job(account, plain))
    assert isinstance(outcome, Permanent)
    assert outcome.account_broken


def test_html_of_a_real_server_becomes_text_again():
    html = (
        '<p>Grüße &amp; mehr</p><p><a href="https://a.example/b"><span class="invisible">https://</span>'
        '<span class="ellipsis">a.example</span><span class="invisible">/b</span></a><br />'
        '<a href="#" class="mention hashtag">#<span>Erlenfurt</span></a></p>'
    )
    assert plain_text(html) == "Grüße & mehr\nhttps://a.example/b\n#Erlenfurt"
