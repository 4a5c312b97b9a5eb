"""Whatever a title, a teaser or an editor's text contains: made texts fit, facets hit whole characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnah.channels.bluesky.adapter import BlueskyChannel
from stadtnah.channels.mastodon.adapter import MastodonChannel
from stadtnah.publishing.channel import Account
from tests.channels.samples import content

PIECES = [
    "Mühlstraße",
    "u\u0308",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    "👍🏽",
    "#Erlenfurt",
    "https://a.example/ä?b=1",
    "am 3. Mai",
    ".",
    " ",
    "\n",
    "…",
    "„",
    "x" * 90,
]
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map(" ".join)


def rendered(channel, message, own=""):
    return channel.render(message, {"text": own}, Account("a", channel.key, "@erlenfurt"))


@settings(max_examples=60, deadline=None)
@given(title=TEXT, teaser=TEXT)
def test_made_texts_fit_and_keep_the_link(title, teaser):
    message = content(title=title, teaser=teaser)
    for channel in (MastodonChannel(), BlueskyChannel()):
        post = rendered(channel, message)
        assert post.length.used <= post.length.limit
        assert post.body["text"].endswith("#Erlenfurt #Verkehr")
    assert message.link in rendered(MastodonChannel(), message).body["text"]


@settings(max_examples=100, deadline=None)
@given(own=TEXT)
def test_facets_are_whole_characters_in_order_and_lead_to_the_page(own):
    message = content()
    body = rendered(BlueskyChannel(), message, own).body
    data, at = body["text"].encode(), 0
    for facet in body["facets"]:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert at <= start < end <= len(data)
        shown, feature = data[start:end].decode(), facet["features"][0]
        assert feature.get("tag") == shown[1:] or feature.get("uri") in {shown, message.link}
        at = end
    assert message.link in [facet["features"][0].get("uri") for facet in body["facets"]]
