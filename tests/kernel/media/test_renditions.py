"""Cutting and encoding."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stadtnah.kernel import media
from stadtnah.kernel.media.renditions import crop_box
from tests.kernel.media.conftest import noise, saved, scene

SHARE = st.floats(0, 1)


@given(st.integers(1, 5000), st.integers(1, 5000), st.floats(0.01, 100), SHARE, SHARE)
def test_a_crop_is_inside_as_large_as_can_be_and_holds_the_focal_point(width, height, ratio, x, y):
    left, top, right, bottom = crop_box(width, height, ratio, (x, y))
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == width or bottom - top == height
    assert left - 1 <= x * width <= right + 1
    assert top - 1 <= y * height <= bottom + 1
    across, down = right - left, bottom - top
    assert abs(across - down * ratio) <= max(1, ratio) or abs(down - across / ratio) <= 1


def test_a_focal_point_outside_is_taken_to_the_edge():
    assert crop_box(100, 100, 2.0, (9.0, -3.0)) == crop_box(100, 100, 2.0, (1.0, 0.0))


def test_a_rendition_is_cut_round_the_focal_point_and_kept():
    sha = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    square = media.rendition(sha, 100, focal=(0.1, 0.1), ratio=1.0, mime="image/jpeg")
    assert media.info(square) == ("image/jpeg", 100, 100)
    assert media.rendition(sha, 100, focal=(0.1, 0.1), ratio=1.0, mime="image/jpeg") == square
    other = media.rendition(sha, 100, focal=(0.9, 0.1), ratio=1.0, mime="image/jpeg")
    assert other != square
    red = Image.open(io.BytesIO(media.get(square))).getpixel((10, 10))
    assert red[0] > 230
    assert red[1] < 30


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp"])
def test_each_kind_and_never_enlarged(mime):
    sha = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    assert media.info(media.rendition(sha, 320, mime=mime)) == (mime, 320, 240)
    assert media.info(media.rendition(sha, 5000, mime=mime)) == (mime, 640, 480)


def test_a_lost_or_damaged_rendition_is_made_again():
    sha = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    made = media.rendition(sha, 64, mime="image/webp")
    media.path(made).unlink()
    assert media.rendition(sha, 64, mime="image/webp") == made
    media.path(made).write_bytes(b"other")
    assert media.rendition(sha, 64, mime="image/webp") == made
    assert media.get(made)


def test_a_damaged_original_gives_no_rendition():
    sha = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    media.path(sha).write_bytes(saved(scene(10, 10), "PNG"))
    with pytest.raises(media.BlobDamaged):
        media.rendition(sha, 64, mime="image/webp")
    with pytest.raises(media.BlobDamaged):
        media.for_channel(sha, max_bytes=10**6, max_side=10**4, mimes=["image/png"])


@pytest.mark.parametrize(
    "arguments",
    [
        {"width": 0, "mime": "image/png"},
        {"width": 9, "mime": "image/gif"},
        {"width": 9, "mime": "image/png", "ratio": 0},
    ],
)
def test_senseless_arguments_are_an_error_of_the_caller(arguments):
    sha = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    with pytest.raises(ValueError, match="rendition"):
        media.rendition(sha, **arguments)


def test_what_fits_goes_out_as_it_is():
    got = media.ingest(saved(scene()), filename="a")
    fitted = media.for_channel(got.sha256, max_bytes=10**6, max_side=4096, mimes=["image/png", "image/jpeg"])
    assert fitted == (got.sha256, "image/jpeg", 640, 480)


@pytest.mark.parametrize(
    ("max_bytes", "max_side", "mimes"),
    [
        (1_000_000, 2000, ["image/jpeg", "image/png", "image/webp"]),
        (16_000_000, 10_000, ["image/webp"]),
        (300_000, 4096, ["image/png"]),
        (20_000, 4096, ["image/jpeg"]),
        (16_000_000, 320, ["image/gif", "image/jpeg"]),
    ],
)
def test_it_is_encoded_until_it_fits(max_bytes, max_side, mimes):
    sha = media.ingest(saved(noise(1200, 900), quality=95), filename="a").sha256
    digest, mime, width, height = media.for_channel(sha, max_bytes=max_bytes, max_side=max_side, mimes=mimes)
    assert len(media.get(digest)) <= max_bytes
    assert mime in mimes
    assert max(width, height) <= max_side
    assert media.info(digest) == (mime, width, height)
    assert abs(width / height - 4 / 3) < 0.05
    assert media.for_channel(sha, max_bytes=max_bytes, max_side=max_side, mimes=mimes).sha256 == digest


def test_transparency_is_white_where_a_channel_takes_only_jpeg():
    image = scene(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 100, 100))
    sha = media.ingest(saved(image, "PNG"), filename="a").sha256
    fitted = media.for_channel(sha, max_bytes=10**6, max_side=4096, mimes=["image/jpeg"])
    assert min(Image.open(io.BytesIO(media.get(fitted.sha256))).getpixel((20, 20))) > 240


def test_what_cannot_fit_is_said():
    sha = media.ingest(saved(noise(200, 200)), filename="a").sha256
    with pytest.raises(media.MediaError, match="anderes Bild"):
        media.for_channel(sha, max_bytes=20, max_side=4096, mimes=["image/jpeg"])
    with pytest.raises(ValueError, match="encoder"):
        media.for_channel(sha, max_bytes=20, max_side=4096, mimes=["image/gif"])


def notes(data):
    return [file for file in (data / "renditions").rglob("*") if file.is_file()]


def test_a_note_that_somebody_changed_is_not_believed(data):
    mine = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    other = media.ingest(saved(noise(50, 50), "PNG"), filename="b").sha256  # never released
    made = media.rendition(mine, 64, mime="image/webp")
    (note,) = notes(data)
    true = note.read_bytes()
    said, mark = json.loads(true)
    fitted = json.dumps([other, "image/png", 50, 50])
    for forged in ([other, "image/png", 50, 50], [fitted, mark], [fitted, ""], [fitted, None], [said], said):
        note.write_text(json.dumps(forged))
        assert media.rendition(mine, 64, mime="image/webp") == made
        assert note.read_bytes() == true  # and written anew


def test_a_note_of_another_picture_or_another_cell_does_not_fit(data, settings):
    mine = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    other = media.ingest(saved(noise(50, 50), "PNG"), filename="b").sha256
    made = media.rendition(mine, 64, mime="image/webp")
    (note,) = notes(data)
    foreign = media.rendition(other, 64, mime="image/webp")
    (copied,) = set(notes(data)) - {note}
    note.write_bytes(copied.read_bytes())
    assert foreign != made
    assert media.rendition(mine, 64, mime="image/webp") == made
    true = note.read_bytes()
    settings.SECRET_KEY = "another cell"
    assert media.rendition(mine, 64, mime="image/webp") == made
    assert note.read_bytes() != true


def test_a_note_that_fits_saves_the_work(data, monkeypatch):
    mine = media.ingest(saved(scene(), "PNG"), filename="a").sha256
    made = media.rendition(mine, 64, mime="image/webp")
    monkeypatch.setattr(Image, "open", pytest.fail)
    assert media.rendition(mine, 64, mime="image/webp") == made
