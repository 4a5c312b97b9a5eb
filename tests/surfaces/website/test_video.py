"""A video on a page: ours in ranges, one elsewhere as a link; public with the release and no longer than that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from stadtnah.channels.newsletter.rendering import mail
from stadtnah.kernel.town.models import Town
from stadtnah.publishing.checks import run
from stadtnah.publishing.content import Block, Content, File, Picture
from stadtnah.surfaces.website import publish, ranges, store
from stadtnah.surfaces.website.blocks import BodyBlock
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.serve import StoreFirst
from stadtnah.surfaces.website.video_block import provider
from tests.kernel.media.test_videos import film
from tests.surfaces.website.conftest import DIGEST, OTHER, message, page

pytestmark = pytest.mark.django_db
VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\nGuten Tag\n"


@pytest.fixture
def films(town: Town) -> tuple[TownDocument, TownDocument]:
    return TownDocument.take(film(), filename="Rundgang.mp4"), TownDocument.take(VTT, filename="rundgang.vtt")


def value(**given: Any) -> dict[str, Any]:
    plain = {
        "title": "Rundgang",
        "document": None,
        "captions": None,
        "transcript": "",
        "address": "",
        "poster": None,
    }
    return {**plain, **given}


def blocks_of(**given: Any) -> tuple[Block, ...]:
    """As the editor's form makes them."""
    from stadtnah.surfaces.website.block_content import of_value

    block: Any = BodyBlock().child_blocks["video"]
    return tuple(of_value("video", block.clean(block.normalize(value(**given))), "de"))


def soup(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found, path
    return BeautifulSoup(found[1], "html.parser")


def test_a_film_is_public_with_its_page_and_goes_with_it(films: Any) -> None:
    video, captions = films
    blocks = blocks_of(document=video, captions=captions, transcript="<p>Guten Tag.</p>")
    file, words = blocks[0].file, blocks[0].captions
    assert file
    assert words
    assert store.read_meta(file.path) is None
    content = page("film", blocks=blocks)
    assert set(content.media()) == {video.sha256, captions.sha256}
    assert Content.from_json(content.to_json()) == content
    publish.put_live(content, DIGEST)
    shown = soup("/film/")
    assert shown.select_one(f'video source[src="{file.path}"][type="video/mp4"]')
    assert shown.select_one(f'track[kind=captions][src="{words.path}"][srclang=de]')
    assert "Guten Tag." in shown.select_one("details.fold").get_text()  # type: ignore[union-attr]
    assert store.read_meta(file.path)
    assert store.read_meta(words.path)
    publish.put_live(page("film"), OTHER)
    assert store.read_meta(file.path) is None
    assert store.read_meta(words.path) is None


def test_nothing_of_a_film_is_fetched_before_somebody_starts_it(films: Any, picture: Picture) -> None:
    block = blocks_of(document=films[0])[0]
    publish.put_live(page("film", blocks=(block,)), DIGEST)
    assert soup("/film/").select_one('video[preload="metadata"]:not([poster]):not([autoplay])')
    still = Block(**{**{name: getattr(block, name) for name in block.__slots__}, "picture": picture})
    publish.put_live(page("film", blocks=(still,)), OTHER)
    shown = soup("/film/").select_one('video[preload="none"]')
    assert shown
    assert store.read_meta(str(shown["poster"]))


def test_a_film_elsewhere_is_a_link_and_says_so(town: Town) -> None:
    blocks = blocks_of(address="https://www.youtube.com/watch?v=abc&list=x")
    publish.put_live(page("film", blocks=blocks), DIGEST)
    shown = soup("/film/")
    assert shown.select_one('.video a[href="https://www.youtube.com/watch?v=abc&list=x"]')
    assert "YouTube" in shown.select_one(".video__notice").get_text()  # type: ignore[union-attr]
    assert not shown.select("iframe, video, .video script")
    foreign = [
        tag for tag in shown.select(".video [src], .video [srcset], .video [poster]") if "http" in str(tag)
    ]
    assert foreign == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://youtu.be/x", "YouTube"),
        ("https://m.youtube.com/x", "YouTube"),
        ("https://vimeo.com/1", "Vimeo"),
        ("https://video.erlenfurt.example/w/1", "video.erlenfurt.example"),
        ("http://youtu.be/x", ""),
        ("javascript:alert(1)", ""),
        ("/film.mp4", ""),
        ("https://[", ""),
    ],
)
def test_who_has_the_film(address: str, name: str) -> None:
    assert provider(address) == name


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "entweder"),
        ({"document": "film", "address": "https://youtu.be/x"}, "entweder"),
        ({"document": "vtt"}, "kein Video"),
        ({"document": "film", "captions": "film"}, "WebVTT"),
        ({"address": "youtube.com/x"}, "https://"),
    ],
)
def test_the_editor_says_what_is_wrong(films: Any, given: dict[str, Any], says: str) -> None:
    kept = {"film": films[0], "vtt": films[1]}
    with pytest.raises(ValidationError) as wrong:
        blocks_of(**{name: kept.get(one, one) for name, one in given.items()})
    assert says in str([error for _field, error in wrong.value.block_errors.items()])  # type: ignore[attr-defined]


def test_missing_captions_and_words_are_said(films: Any) -> None:
    def codes(*blocks: Block) -> set[str]:
        found = run(message(blocks=blocks), check_context())
        return {one.code for one in found if one.code.startswith("video-")}

    assert codes(*blocks_of(document=films[0])) == {"video-captions", "video-transcript"}
    whole = blocks_of(document=films[0], captions=films[1], transcript="<p>Guten Tag.</p>")
    assert codes(*whole) == set()
    assert codes(*blocks_of(address="https://youtu.be/x")) == set()


def test_a_mail_leads_to_the_page(films: Any) -> None:
    told = message(blocks=blocks_of(document=films[0], transcript="<p>Guten Tag.</p>"))
    made = mail.body(told, {}, {"from_name": "Stadt"})
    assert "Video: Rundgang" in made["text"]
    assert ".mp4" not in made["text"] + made["html"]
    assert f'href="{told.link}"' in made["html"]


def test_a_mail_leads_to_a_film_elsewhere_in_both_of_its_parts(town: Town) -> None:
    told = message(blocks=blocks_of(address="https://youtu.be/abc", title="Rundgang"))
    made = mail.body(told, {}, {"from_name": "Stadt"})
    assert 'href="https://youtu.be/abc"' in made["html"]
    assert f"Video: Rundgang\n{told.link}\nVideo bei YouTube ansehen (https://youtu.be/abc)" in made["text"]


# In ranges ------------------------------------------------------------------


class Answer:
    status = ""
    headers: dict[str, str]
    body = b""


def ask(path: str, method: str = "GET", **headers: str) -> Answer:
    answer = Answer()

    def start(status: str, given: list[tuple[str, str]], *_: Any) -> None:
        answer.status, answer.headers = status, dict(given)

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
    }
    environ |= {f"HTTP_{name.upper()}": given for name, given in headers.items()}

    def django(_environ: Any, _start: Any) -> Iterable[bytes]:
        raise AssertionError(path)

    made = StoreFirst(django, ["localhost"], fresh_for=0)(environ, start)
    answer.body = b"".join(made)
    return answer


@pytest.fixture
def stored(films: Any) -> File:
    block = blocks_of(document=films[0])[0]
    publish.put_live(page("film", blocks=(block,)), DIGEST)
    assert block.file
    return block.file


def test_a_film_is_sent_whole_and_in_parts(stored: File) -> None:
    whole = ask(stored.path)
    assert whole.status == "200 OK"
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert hashlib.sha256(whole.body).hexdigest() == stored.sha256
    assert whole.headers["Content-Length"] == str(len(whole.body))
    size = len(whole.body)
    for asked, start, end in (("bytes=0-9", 0, 10), (f"bytes={size - 5}-", size - 5, size), ("bytes=-7", size - 7, size), ("bytes=5-999999", 5, size), ("bytes=-999999", 0, size)):  # fmt: skip
        part = ask(stored.path, range=asked)
        assert (part.status, part.body) == ("206 Partial Content", whole.body[start:end]), asked
        assert part.headers["Content-Range"] == f"bytes {start}-{end - 1}/{size}"
        assert part.headers["Content-Length"] == str(end - start)
        assert part.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(stored: File, asked: str) -> None:
    answer = ask(stored.path, range=asked)
    assert answer.status.startswith("416")
    assert answer.headers["Content-Range"] == f"bytes */{stored.bytes}"


@pytest.mark.parametrize(
    "asked", ["bytes=9-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b", "", "bytes=٣-٤"]
)
def test_nonsense_gets_the_whole(stored: File, asked: str) -> None:
    answer = ask(stored.path, range=asked)
    assert (answer.status, len(answer.body)) == ("200 OK", stored.bytes)


def test_a_part_is_of_the_same_file_or_it_is_the_whole(stored: File) -> None:
    etag = ask(stored.path).headers["ETag"]
    assert ask(stored.path, range="bytes=0-1", if_range=etag).status.startswith("206")
    assert ask(stored.path, range="bytes=0-1", if_range='"other"').status == "200 OK"
    assert ask(stored.path, range="bytes=0-1", if_none_match=etag).status.startswith("304")


def test_head_says_what_get_would_and_sends_nothing(stored: File) -> None:
    answer = ask(stored.path, "HEAD", range="bytes=0-1")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (
        "200 OK",
        b"",
        str(stored.bytes),
    )


def test_a_page_has_no_ranges(stored: File) -> None:
    answer = ask("/film/", range="bytes=0-1")
    assert answer.status == "200 OK"
    assert "Accept-Ranges" not in answer.headers


def test_a_piece_closes_its_file(tmp_path: Any) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"0123456789")
    piece = ranges.Piece(path, 2, 5)
    assert b"".join(piece) == b"234"
    assert piece._file.closed
