"""The previews show what is sent: every word, link, picture and alternative text, and nothing that runs."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string

from stadtnah.channels.bluesky.adapter import BlueskyChannel
from stadtnah.channels.mastodon.adapter import MastodonChannel
from stadtnah.publishing.channel import Account
from stadtnah.publishing.registry import CHANNELS
from tests.channels.samples import ALT, LINK, content, picture, with_pictures

CHANNELS_HERE = [MastodonChannel(), BlueskyChannel()]
OWN = "Grüße & <b>Küsse</b> 👩‍👩‍👧‍👦 #Erlenfurt\n\nZweite Zeile"


@pytest.fixture(params=CHANNELS_HERE, ids=lambda channel: channel.key)
def channel(request):
    return request.param


def preview(channel, message, own="", **extra: object):
    account = Account(f"{channel.key}:erlenfurt", channel.key, "@erlenfurt")
    rendered = channel.render(message, {"text": own}, account)
    context = {"rendered": rendered, "account": account, "content": message, **extra}
    html = render_to_string(channel.preview_template, context)
    return rendered, BeautifulSoup(html, "html.parser"), html


def test_every_word_as_it_is_sent(channel):
    rendered, page, html = preview(channel, content(), OWN)
    (inner,) = re.findall(r'<p class="preview-text"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert unescape(re.sub(r"<[^>]+>", "", inner)) == rendered.body["text"]
    assert "<b>" not in html
    assert page.select_one("a.preview-link")["href"] == LINK
    assert page.select_one(".preview-hashtag").text == "#Erlenfurt"
    assert page.select_one(".preview-text")["lang"] == "de"
    assert page.select_one(".preview-label").text == "@erlenfurt"


def test_pictures_with_their_alternative_texts(channel):
    _, page, _ = preview(channel, with_pictures(2), picture_base="/bilder/")
    assert [image["src"] for image in page.select("img")] == [f"/bilder/{n:064x}" for n in (1, 2)]
    assert [image["alt"] for image in page.select("img")] == [ALT, ALT]
    assert page.select_one(".preview-alt").text == f"Alternativtext: {ALT}"
    _, page, _ = preview(channel, content(hero=picture(alt="")))
    assert "fehlt" in page.select_one(".preview-alt").text


def test_the_count_and_when_it_is_too_long(channel):
    rendered, page, _ = preview(channel, content())
    assert (
        page.select_one(".preview-length").text
        == f"{rendered.length.used} von {rendered.length.limit} Zeichen"
    )
    assert page.select_one(".preview-too-long") is None
    _, page, _ = preview(channel, content(), "x" * 600)
    assert page.select_one(".preview-too-long")


def test_a_bluesky_card():
    _, page, _ = preview(BlueskyChannel(), content(hero=None))
    assert page.select_one(".preview-card-title").text == content().title
    assert page.select_one(".preview-card-host").text == "erlenfurt.example"


def test_nothing_inline_and_every_class_prefixed(channel):
    _, page, html = preview(channel, with_pictures(2), OWN)
    assert not page.select("script, style, [style]")
    assert not re.search(r"\son\w+=", html)
    classes = {name for tag in page.select("[class]") for name in tag["class"]}
    assert all(name.startswith("preview-") for name in classes)
    sheet = (Path(settings.ROOT) / "assets" / "css" / f"preview-{channel.key}.css").read_text("utf-8")
    assert f".preview-{channel.key}" in sheet


def test_both_are_registered_with_all_the_desk_needs(channel):
    registered = CHANNELS[channel.key]
    assert type(registered) is type(channel)
    fields = registered.settings_fields
    assert set(registered.secret_names) == {field.name for field in fields if field.secret}
    assert len({field.name for field in fields}) == len(fields)
    assert all(field.label and field.help for field in fields)
