"""Videos and captions on their way in: by their bytes, without what a camera notes."""

from __future__ import annotations

import contextlib
import tracemalloc
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


def full(kind: bytes, *numbers: int, wide: int = 4) -> bytes:
    """A box of a table: version and flags, then numbers."""
    return box(kind, bytes(4), *(number.to_bytes(wide) for number in numbers))


def film(codec: bytes = b"avc1") -> bytes:
    """The skeleton of an MP4, with a place noted by a telephone."""
    place = box(b"udta", box(b"\xa9xyz", b"+50.7123+009.2123/"))
    track = box(b"trak", box(b"stsd", codec + b"...."), box(b"meta", b"Canon EOS"))
    return (
        box(b"ftyp", b"isom")
        + box(b"moov", box(b"mvhd", b"\0" * 20), track, place)
        + box(b"mdat", b"film" * 50)
    )


def track(handler: bytes, sizes: list[int], *places: int, samples: int = 2, more: bytes = b"") -> bytes:
    """A track whose chunks hold so many samples each."""
    tables = box(
        b"stbl",
        full(b"stsc", 1, 1, samples, 1),
        full(b"stsz", sizes[0], 9) if len(sizes) == 1 else full(b"stsz", 0, len(sizes), *sizes),
        full(b"stco", len(places), *places),
        more,
    )
    said = box(b"hdlr", bytes(4), b"mhlr", handler, bytes(12))
    stored = box(b"hdlr", bytes(4), b"dhlr", b"url ", bytes(12))  # as QuickTime writes it
    return box(
        b"trak",
        full(b"mdhd", 3_900_000_000, 3_900_000_001, 600),
        box(b"mdia", said, box(b"minf", stored, tables)),
    )


def ride(*, more: bytes = b"", sizes: list[int] | None = None) -> bytes:
    """Picture and places by turns, as an action camera writes them: the picture's chunks are lower case."""
    head = box(b"ftyp", b"isom") + box(b"mdat", b"pictPLACE1PLACE2picturePL3PLACE4end")
    places = [head.index(word) for word in (b"PLACE1", b"PL3")]
    shown = track(b"vide", [4, 7], head.index(b"pict"), head.index(b"picture"), samples=1)
    return (
        head
        + box(b"moov", shown, track(b"meta", sizes or [6, 6, 3, 6], *places, more=more))
        + box(b"uuid", b"x" * 16, b"<x:xmpmeta>Hannah</x:xmpmeta>")
    )


def kept(given: bytes) -> bytes:
    return media.get(ingest_document(given, filename="film.mp4").sha256)


def test_an_mp4_is_kept_without_place_and_camera() -> None:
    given = film()
    taken = ingest_document(given, filename="Rundgang.MOV")
    there = media.get(taken.sha256)
    assert (taken.suffix, taken.mime, taken.bytes) == ("mp4", "video/mp4", len(given))
    assert b"50.7123" in given
    assert b"Canon" in given
    for noted in (b"50.7123", b"Canon", b"udta", b"xyz"):
        assert noted not in there
    assert there.endswith(b"film" * 50)  # nothing moved
    assert len(there) == len(given)


def test_the_line_of_places_of_an_action_camera_goes_and_the_picture_stays() -> None:
    given = ride()
    there = kept(given)
    assert len(there) == len(given)
    assert b"pict" + bytes(12) + b"picture" + bytes(9) + b"end" in there
    assert (b"Hannah" in given, b"Hannah" in there) == (True, False)
    assert (there.count(b"trak"), given.count(b"trak")) == (1, 2)
    assert (there.count((3_900_000_000).to_bytes(4)), given.count((3_900_000_000).to_bytes(4))) == (0, 2)
    assert kept(there) == there, "a second time changes nothing"


def test_places_of_one_size_go_as_well() -> None:
    there = kept(ride(sizes=[6]))
    assert b"PLACE" not in there
    assert b"pict" in there


@pytest.mark.parametrize("given", [ride(more=box(b"stz2", bytes(8))), ride() + box(b"moof", b"")])
def test_a_line_of_places_that_cannot_be_taken_out_is_refused(given: bytes) -> None:
    with pytest.raises(MediaError, match="Ort oder Bewegung"):
        kept(given)


def test_a_large_film_is_held_twice_and_no_more() -> None:
    given = film() + box(b"mdat", bytes(20_000_000))
    tracemalloc.start()
    ingest_document(given, filename="film.mp4")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(given) < peak < 1.2 * len(given)  # beside the one that came


def test_boxes_in_boxes_and_tables_without_end_are_no_trouble() -> None:
    deep = b""
    for _ in range(1_000):
        deep = box(b"moov", deep + bytes(4_000))  # each is read as often as films lie around it
    many = box(b"ftyp", b"isom") + box(b"moov", box(b"mdia") * 100_001)
    often = ride().replace(full(b"stsz", 0, 4, 6, 6, 3, 6), full(b"stsz", 0, 4, 2**31, 6, 3, 6))
    for given in (box(b"ftyp", b"isom") + deep, many, often):
        with pytest.raises(MediaError, match="beschädigt"):
            kept(given)


def element(number: int, *inside: bytes, known: bool = True) -> bytes:
    body = b"".join(inside)
    size = (len(body) | 1 << 56) if known else (1 << 57) - 1
    return number.to_bytes((number.bit_length() + 7) // 8) + size.to_bytes(8) + body


@pytest.mark.parametrize("known", [True, False])
def test_a_webm_is_kept_without_what_was_noted(known: bool) -> None:
    """With lengths as tools write them, and without as a browser records."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    said = element(
        0x1549A966, element(0x7BA9, b"Hannah"), element(0x4D80, b"Lavf"), b"\x73\x84\x83abc", b"\xec\x80"
    )
    film = element(0x1F43B675, element(0xA3, b"film" * 9), known=known)
    tags = element(0x1254C367, b"LOCATION +50.7123", known=True)
    given = head + element(0x18538067, said, film, tags, known=known)
    there = kept(given)
    for noted in (b"Hannah", b"50.7123", b"abc"):
        assert (noted in given, noted in there) == (True, False)
    assert len(there) == len(given)
    assert there[: len(head)] == head
    assert (there.index(b"film" * 9), there.index(b"Lavf")) == (
        given.index(b"film" * 9),
        given.index(b"Lavf"),
    )
    assert there.endswith(element(0xEC, bytes(20)))
    assert b"\xec\x08" + bytes(4) in there  # the shortest too
    assert kept(there) == there


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_a_picture_of_a_telephone_is_no_film(brand: bytes) -> None:
    with pytest.raises(MediaError, match=r"ist ein Bild.*unter „Bilder“"):
        ingest_document(box(b"ftyp", brand, bytes(4)) + box(b"meta", b"x"), filename="IMG_1.HEIC")


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


@pytest.mark.parametrize("given", [film(), ride()])
def test_a_damaged_film_never_breaks_anything(given: bytes) -> None:
    for cut in range(1, len(given), 7):
        for damaged in (given[:cut], given[:cut] + b"\xff" * 9 + given[cut + 9 :]):
            with contextlib.suppress(MediaError):
                assert len(kept(damaged)) == len(damaged)


def test_captions_are_webvtt() -> None:
    taken = ingest_document(
        "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:04.000\r\nGuten Tag\r\n".encode(), filename="a.vtt"
    )
    assert taken.mime == "text/vtt; charset=utf-8"
    with pytest.raises(MediaError, match="WEBVTT"):
        ingest_document(b"1\n00:00:01,000 --> 00:00:04,000\nGuten Tag\n", filename="a.vtt")
    with pytest.raises(MediaError, match="keine Textdatei"):
        ingest_document(b"<html>", filename="a.vtt")
