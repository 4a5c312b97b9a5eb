import pytest

from stadtnah.channels import short_post
from stadtnah.kernel.text import graphemes
from tests.channels.samples import LINK, content, picture, with_pictures


def compose(message, own="", room=500):
    return short_post.compose(message, own, room, graphemes)


def test_title_and_teaser_then_link_then_hashtags():
    message = content()
    assert compose(message) == f"{message.title}\n\n{message.teaser}\n\n{LINK}\n\n#Erlenfurt #Verkehr"


def test_the_teaser_is_shortened_never_the_link():
    text = compose(content(), room=230)
    assert graphemes(text) <= 230
    assert LINK in text
    assert text.endswith("#Erlenfurt #Verkehr")
    assert "Wasserleitung" in text


def test_a_teaser_without_room_is_left_out():
    message = content()
    text = compose(message, room=170)
    assert text == f"{message.title}\n\n{LINK}\n\n#Erlenfurt #Verkehr"


def test_the_editors_own_text_is_never_cut():
    own = "Achtung. " * 100
    assert compose(content(), own, 300).startswith(own.strip())


def test_what_the_own_text_says_is_not_said_twice():
    text = compose(content(), f"Gesperrt in #erlenfurt: {LINK}")
    assert text.count(LINK) == 1
    assert text.casefold().count("#erlenfurt") == 1
    assert text.endswith("#Verkehr")


def test_hashtags_are_made_into_one_word_each():
    assert compose(content(hashtags=("#Bürger-Budget 2027", "Erlenfurt", "erlenfurt"))).endswith(
        "#BürgerBudget2027 #Erlenfurt"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("siehe https://a.example/x.", [("link", "https://a.example/x")]),
        ("(https://a.example/ä?b=1#c)", [("link", "https://a.example/ä?b=1#c")]),
        ("#Grüße und #1 sowie C#dur", [("hashtag", "Grüße")]),
        ("https://a.example/#Anker", [("link", "https://a.example/#Anker")]),
        ("„https://a.example/“", [("link", "https://a.example/")]),
        ("nichts", []),
    ],
)
def test_marks(text, found):
    marks = short_post.marks(text)
    assert [(mark.kind, mark.value) for mark in marks] == found


def test_segments_are_the_whole_text():
    text = f"Vorher {LINK} dazwischen #Erlenfurt danach"
    parts = list(short_post.segments(text, short_post.marks(text)))
    assert "".join(part["text"] for part in parts) == text
    assert [part["kind"] for part in parts] == ["text", "link", "text", "hashtag", "text"]


def test_decorative_and_repeated_pictures_stay_at_home():
    message = content(hero=picture(1, alt="", decorative=True))
    assert short_post.pictures(message, 4) == []
    assert [one.sha256 for one in short_post.pictures(with_pictures(6), 4)] == [
        f"{n:064x}" for n in range(1, 5)
    ]
