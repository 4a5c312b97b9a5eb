import pytest

from stadtnah.channels.bluesky import render
from stadtnah.kernel.text import graphemes
from stadtnah.publishing.channel import Account
from stadtnah.publishing.findings import Level
from tests.channels.samples import ALT, LINK, content, picture, with_pictures

ACCOUNT = Account("bluesky:erlenfurt", "bluesky", "@erlenfurt.example", {"service": "https://pds.example"})


def rendered(message=None, own=""):
    return render.render(message or content(), {"text": own}, ACCOUNT)


def codes(message, post):
    return [(finding.level, finding.code) for finding in render.check(message, post)]


def parts(body):
    data = body["text"].encode()
    return {
        data[item["index"]["byteStart"] : item["index"]["byteEnd"]].decode(): item["features"][0]
        for item in body["facets"]
    }


def test_facets_count_bytes():
    found = parts(rendered(own="Für Größe 👩‍👩‍👧‍👦 #Mühlstraße und https://a.example/ä").body)
    assert found["#Mühlstraße"] == {"$type": "app.bsky.richtext.facet#tag", "tag": "Mühlstraße"}
    assert found["https://a.example/ä"] == {
        "$type": "app.bsky.richtext.facet#link",
        "uri": "https://a.example/ä",
    }


def test_a_long_address_is_shown_short_and_leads_to_the_whole():
    body = rendered().body
    (shown,) = [text for text, feature in parts(body).items() if feature.get("uri") == LINK]
    assert shown == "erlenfurt.example/aktuelles/2026/muehls…"
    assert LINK not in body["text"]


def test_the_address_in_the_own_text_is_not_repeated():
    body = rendered(own=f"Bitte lesen: {LINK}").body
    assert [feature.get("uri") for feature in parts(body).values()].count(LINK) == 1
    assert "erlenfurt.example" in body["text"]
    assert body["text"].count("erlenfurt.example") == 1


def test_facets_read_back_are_the_marks():
    body = rendered(own="Grüße 🇩🇪 #Erlenfurt").body
    marks = render.marks_of(body)
    assert [body["text"][mark.start : mark.end] for mark in marks] == list(parts(body))


def test_made_text_fits():
    long = content(teaser="Ein langer Satz über die Umleitung und alles, was dazu gehört. " * 20)
    post = rendered(long)
    assert 200 < post.length.used <= 300
    assert post.length.used == graphemes(post.body["text"])
    assert codes(long, post) == []


def test_too_long_is_an_error_with_the_count():
    message = content(link="", hashtags=())
    (finding,) = render.check(message, rendered(message, "ä" * 301))
    assert (finding.level, finding.code) == (Level.ERROR, "post-too-long")
    assert "301 Zeichen" in finding.text
    assert codes(message, rendered(message, "👩‍👩‍👧‍👦" * 100)) == []


def test_few_characters_of_many_bytes_are_too_many():
    message = content(link="", hashtags=())
    assert codes(message, rendered(message, "👩‍👩‍👧‍👦" * 200)) == [(Level.ERROR, "post-too-many-bytes")]


def test_pictures_with_alternative_texts_or_a_card():
    body = rendered().body
    assert [image["alt"] for image in body["images"]] == [ALT]
    assert body["card"] is None
    plain = rendered(content(hero=None)).body
    assert plain["images"] == []
    assert plain["card"] == {
        "uri": LINK,
        "title": content().title,
        "description": content().teaser,
        "thumb": "",
    }
    decorated = rendered(content(hero=picture(7, alt="", decorative=True))).body
    assert decorated["card"]["thumb"] == f"{7:064x}"


@pytest.mark.parametrize("alt", ["", "  "])
def test_missing_alternative_text_is_an_error(alt):
    message = content(hero=picture(1, alt=alt))
    assert codes(message, rendered(message)) == [(Level.ERROR, "alt-missing")]


def test_a_fifth_picture_is_left_out_and_said():
    message = with_pictures(5)
    post = rendered(message)
    assert len(post.body["images"]) == 4
    assert codes(message, post) == [(Level.HINT, "pictures-left-out")]


def test_rendering_twice_gives_the_same():
    assert rendered() == rendered()
