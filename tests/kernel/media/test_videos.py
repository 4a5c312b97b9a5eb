"""Videos and captions on their way in: by their bytes, without what a camera notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stadtnah.kernel import media
from stadtnah.kernel.media import MediaError, ingest_document


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.STADTNAH_DATA = tmp_path


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return (8 + len(body)).to_bytes(4) + kind + body


def film(codec: bytes = b"avc1") -> bytes:
    """The skeleton of an MP4, with a place noted by a telephone."""
    place = box(b"udta", box(b"\xa9xyz", b"+50.7123+009.2123/"))
    track = box(b"trak", box(b"stsd", codec + b"...."), box(b"meta", b"Canon EOS"))
    return (
        box(b"ftyp", b"isom")
        + box(b"moov", box(b"mvhd", b"\0" * 20), track, place)
        + box(b"mdat", b"film" * 50)
    )


def test_an_mp4_is_kept_without_place_and_camera() -> None:
    given = film()
    taken = ingest_document(given, filename="Rundgang.MOV")
    kept = media.get(taken.sha256)
    assert (taken.suffix, taken.mime, taken.bytes) == ("mp4", "video/mp4", len(given))
    assert b"50.7123" in given
    assert b"Canon" in given
    for noted in (b"50.7123", b"Canon", b"udta", b"xyz"):
        assert noted not in kept
    assert kept.endswith(b"film" * 50)  # nothing moved
    assert len(kept) == len(given)


def test_a_webm_is_kept_as_it_is() -> None:
    given = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + b"x" * 100
    taken = ingest_document(given, filename="film.webm")
    assert (taken.suffix, media.get(taken.sha256)) == ("webm", given)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (film(b"hvc1"), "H.264"),
        (film(b"hev1"), "H.264"),
        (box(b"ftyp", b"isom") + b"rest", "beschädigt"),
        (box(b"ftyp", b"isom") + box(b"mdat", b"0" * 60_000_000), "60 MB"),
        (b"\x1a\x45\xdf\xa3" + b"matroska", "geht nicht"),
        (b"RIFF....AVI LIST", "geht nicht"),
    ],
)  # fmt: skip
def test_what_browsers_do_not_show_is_refused_with_a_way_out(data: bytes, says: str) -> None:
    with pytest.raises(MediaError, match=says):
        ingest_document(data, filename="film.mp4")


@pytest.mark.parametrize("cut", range(0, len(film()), 7))
def test_a_damaged_film_never_breaks_anything(cut: int) -> None:
    try:
        ingest_document(film()[:cut] or b"\0", filename="film.mp4")
    except MediaError:
        return


def test_captions_are_webvtt() -> None:
    taken = ingest_document(
        "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:04.000\r\nGuten Tag\r\n".encode(), filename="a.vtt"
    )
    assert taken.mime == "text/vtt; charset=utf-8"
    with pytest.raises(MediaError, match="WEBVTT"):
        ingest_document(b"1\n00:00:01,000 --> 00:00:04,000\nGuten Tag\n", filename="a.vtt")
    with pytest.raises(MediaError, match="keine Textdatei"):
        ingest_document(b"<html>", filename="a.vtt")
