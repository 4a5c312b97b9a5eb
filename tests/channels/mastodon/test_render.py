from typing import Any

import pytest

from stadtnah.channels.mastodon import render
from stadtnah.publishing.channel import Account
from stadtnah.publishing.findings import Level
from tests.channels.samples import ALT, LINK, content, picture, with_pictures

ACCOUNT = Account("mastodon:erlenfurt", "mastodon", "@erlenfurt", {"server": "https://social.example"})


def rendered(message=None, own="", **config: Any):
    account = Account(ACCOUNT.key, "mastodon", "@erlenfurt", {**ACCOUNT.config, **config})
    return render.render(message or content(), {"text": own}, account)


def codes(message, post):
    return [(finding.level, finding.code) for finding in render.check(message, post)]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("abc", 3),
        ("https://erlenfurt.example/ein/sehr/langer/weg/der/viele/zeichen/hat", 23),
        ("https://a.example/", 23),
        ("Siehe https://a.example/ hier.", 6 + 23 + 6),
        ("@stadt@social.example hallo", len("@stadt hallo")),
        ("👩‍👩‍👧‍👦🇩🇪", 2),
        ("u\u0308", 1),
    ],
)
def test_counts_as_mastodon_does(text, used):
    assert render.count(text) == used


def test_the_servers_own_count_of_addresses():
    assert render.count("https://a.example/", 30) == 30


def test_body_holds_everything_that_leaves():
    body = rendered(content(hero=picture(1, focal_x=0.25, focal_y=0.25))).body
    assert body["media"] == [
        {
            "sha256": f"{1:064x}",
            "mime": "image/jpeg",
            "width": 1600,
            "height": 900,
            "alt": ALT,
            "focus": "-0.50,0.50",
        }
    ]
    assert LINK in body["text"]
    assert (body["language"], body["visibility"]) == ("de", "public")


def test_made_text_fits_the_servers_limit():
    long = content(teaser="Ein langer Satz über die Umleitung und alles, was dazu gehört. " * 20)
    post = rendered(long, max_characters=500)
    assert 350 < post.length.used <= post.length.limit == 500
    assert codes(long, post) == []
    assert rendered(long, max_characters=1000).length.used > 500


def test_an_own_text_that_is_too_long_is_an_error_with_the_count():
    message = content()
    post = rendered(message, "x" * 480)
    (finding,) = render.check(message, post)
    assert finding.level is Level.ERROR
    assert finding.where == "channel:mastodon:erlenfurt"
    assert f"{post.length.used} Zeichen" in finding.text
    assert f"um {post.length.used - 500} Zeichen" in finding.text
    assert codes(message, rendered(message, "x" * 400)) == []


def test_missing_alternative_text_is_an_error():
    message = content(hero=picture(1, alt=" "))
    assert codes(message, rendered(message)) == [(Level.ERROR, "alt-missing")]
    decorative = content(hero=picture(1, alt="", decorative=True))
    assert codes(decorative, rendered(decorative)) == []


def test_an_alternative_text_longer_than_the_server_takes_is_an_error():
    message = content(hero=picture(1, alt="x" * 1501))
    assert codes(message, rendered(message)) == [(Level.ERROR, "alt-too-long")]
    assert codes(message, rendered(message, max_alt=2000)) == []


def test_a_fifth_picture_is_left_out_and_said():
    message = with_pictures(5)
    post = rendered(message)
    assert len(post.body["media"]) == 4
    assert codes(message, post) == [(Level.HINT, "pictures-left-out")]


def test_senseless_limits_fall_back():
    assert rendered(max_characters=0).length.limit == 500
    assert rendered(visibility="alle").body["visibility"] == "public"
    assert rendered(visibility="unlisted").body["visibility"] == "unlisted"


def test_rendering_twice_gives_the_same():
    assert rendered() == rendered()
