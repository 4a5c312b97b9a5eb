"""Taking pictures in: clean, upright, right in colour, and bombs refused before they are decoded."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from PIL import Image, ImageCms, features
from PIL.PngImagePlugin import PngInfo

import stadtnah
from stadtnah.kernel import media
from stadtnah.kernel.media import pixels
from tests.kernel.media.conftest import huge_png, noise, saved, scene


def kept(sha256):
    return Image.open(io.BytesIO(media.get(sha256)))


def near(pixel, wanted, slack=24):
    return all(abs(a - b) <= slack for a, b in zip(pixel, wanted, strict=True))


KINDS = [
    ("JPEG", "image/jpeg"),
    ("PNG", "image/png"),
    ("WEBP", "image/jpeg"),
    ("GIF", "image/png"),
    *([("AVIF", "image/jpeg")] if features.check("avif") else []),
    *([("HEIF", "image/jpeg")] if pixels.heif() else []),
]


@pytest.mark.parametrize(("kind", "mime"), KINDS)
def test_every_kind_is_taken_in(kind, mime):
    got = media.ingest(saved(scene(), kind), filename="bild")
    assert (got.mime, got.width, got.height) == (mime, 640, 480)
    assert got.bytes == len(media.get(got.sha256))
    assert media.info(got.sha256) == (mime, 640, 480)
    image = kept(got.sha256).convert("RGB")
    assert near(image.getpixel((20, 20)), (255, 0, 0))
    assert near(image.getpixel((620, 20)), (0, 255, 0))
    assert near(image.getpixel((20, 460)), (0, 0, 255))


def test_heic_is_among_them():
    assert pixels.heif() == ("HEIF",)


def test_the_first_frame_of_a_moving_picture_counts():
    data = saved(scene(), "GIF", save_all=True, append_images=[Image.new("RGB", (640, 480), "black")])
    assert near(
        kept(media.ingest(data, filename="a.gif").sha256).convert("RGB").getpixel((20, 20)), (255, 0, 0)
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_place_camera_and_comments(kind):
    exif = Image.Exif()
    exif[0x010E] = "GEHEIM-Beschreibung"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 2.0, 3.0), 29: "GEHEIM"})
    options = {
        "exif": exif,
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if kind == "PNG":
        note = PngInfo()
        note.add_text("Comment", "GEHEIM")
        note.add_itxt("XML:com.adobe.xmp", "<x>GEHEIM</x>")
        options["pnginfo"] = note
    elif kind == "JPEG":
        options |= {"comment": b"GEHEIM", "xmp": b"<x>GEHEIM</x>"}
    else:
        options["xmp"] = b"<x>GEHEIM</x>"
    data = saved(scene(), kind, **options)
    assert b"GEHEIM" in data  # control
    out = media.get(media.ingest(data + b"GEHEIM", filename="a").sha256)
    assert not any(
        mark in out for mark in (b"GEHEIM", b"Exif", b"GPS", b"xmp", b"ICC_PROFILE", b"iCCP", b"tEXt")
    )
    image = Image.open(io.BytesIO(out))
    assert not image.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright(orientation):
    backwards = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    turned = scene().transpose(backwards[orientation]) if orientation > 1 else scene()
    exif = Image.Exif()
    exif[0x0112] = orientation
    got = media.ingest(saved(turned, exif=exif, quality=95), filename="handy.jpg")
    assert (got.width, got.height) == (640, 480)
    assert near(kept(got.sha256).getpixel((20, 20)), (255, 0, 0))
    assert near(kept(got.sha256).getpixel((620, 20)), (0, 255, 0))


def test_a_senseless_orientation_is_ignored():
    exif = Image.Exif()
    exif[0x0112] = 77
    assert media.ingest(saved(scene(), exif=exif), filename="a").width == 640


def swapped_profile():
    """The sRGB profile with red and green exchanged: reading by it must turn red into green."""
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = icc.find(b"rXYZ", 128), icc.find(b"gXYZ", 128)
    icc[red : red + 4], icc[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(icc)


def test_colours_of_another_profile_become_srgb():
    red = Image.new("RGB", (64, 64), "red")
    got = media.ingest(saved(red, "PNG", icc_profile=swapped_profile()), filename="a")
    assert near(kept(got.sha256).getpixel((9, 9)), (0, 255, 0))
    clear = red.convert("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    got = media.ingest(saved(clear, "PNG", icc_profile=swapped_profile()), filename="a")
    assert kept(got.sha256).getpixel((0, 0))[3] == 0
    assert near(kept(got.sha256).getpixel((9, 9)), (0, 255, 0, 255))


def test_a_profile_that_is_broken_or_for_other_pixels_changes_nothing():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    source = Image.new("RGB", (64, 64), (180, 60, 30))
    for icc in (None, b"no profile", lab, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()):
        got = media.ingest(saved(source, "PNG", icc_profile=icc), filename="a")
        assert near(kept(got.sha256).getpixel((9, 9)), (180, 60, 30), slack=2)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK"])
def test_every_mode_becomes_rgb_or_rgba(mode):
    image = scene().convert("CMYK") if mode == "CMYK" else scene(mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    got = media.ingest(saved(image, "JPEG" if mode == "CMYK" else "PNG"), filename="a")
    assert kept(got.sha256).mode == "RGB"
    assert near(kept(got.sha256).getpixel((620, 460)), (255, 255, 255))
    if mode == "I;16":
        assert near(kept(got.sha256).getpixel((20, 20)), (76, 76, 76))


def test_transparency_stays():
    image = scene(mode="RGBA")
    image.putpixel((5, 5), (0, 0, 0, 0))
    got = media.ingest(saved(image, "WEBP", lossless=True), filename="a")
    assert got.mime == "image/png"
    assert kept(got.sha256).getpixel((5, 5))[3] == 0


def test_the_longest_side_is_limited_and_the_same_upload_gives_the_same_digest():
    data = saved(scene(5000, 1000))
    first, second = media.ingest(data, filename="a"), media.ingest(data, filename="b")
    assert first == second
    assert (first.width, first.height) == (3200, 640)
    thin = media.ingest(saved(scene(9000, 1), "PNG"), filename="a")
    assert (thin.width, thin.height) == (3200, 1)


def test_a_photo_in_png_does_not_stay_large():
    got = media.ingest(saved(noise(1400, 1200), "PNG", compress_level=1), filename="a.png")
    assert got.mime == "image/jpeg"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leer"),
        (b"hello", "kein Bild"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "SVG"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "Bild"),
        (saved(scene())[:2000], "beschädigt"),
        (saved(scene(), "TIFF"), "kein Bild"),
        (saved(scene(), "BMP"), "kein Bild"),
        (huge_png(60_001, 1000), "Millionen Bildpunkte"),
        (b"\xff\xd8\xff" + b"x" * 20_000_001, "20 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_says_why_and_what_to_do(data, sentence, tmp_path):
    with pytest.raises(media.MediaError, match=sentence) as caught:
        media.ingest(data, filename="../../ordner\\Foto vom Markt.jpg")
    assert str(caught.value).startswith("„Foto vom Markt.jpg“: ")
    assert "Bitte" in str(caught.value)
    assert not (tmp_path / "blobs").exists()


GOOD = [saved(scene(60, 40), kind) for kind, _ in KINDS]


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_any_damage_is_refused_or_taken_in_whole(good, draw):
    data = bytearray(good)
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(1, len(data)))
    with contextlib.suppress(media.MediaError):
        got = media.ingest(bytes(data[:cut]), filename="a")
        assert max(got.width, got.height) <= 3200
        assert kept(got.sha256).size == (got.width, got.height)


# VmHWM, not ru_maxrss: that one is inherited over exec and would show the test runner's own peak.
PROGRAM = """
import re, sys
from django.conf import settings
settings.configure(STADTNAH_DATA=sys.argv[2])
from stadtnah.kernel import media
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
data = open(sys.argv[1], "rb").read()
before = peak()
try:
    media.ingest(data, filename="a")
    outcome = "taken"
except media.MediaError:
    outcome = "refused"
print(outcome, peak() - before)
"""


def memory(data, tmp_path):
    """What happened, and by how many MB the peak of a fresh process grew."""
    file = tmp_path / "upload"
    file.write_bytes(data)
    source = str(Path(stadtnah.__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, file, tmp_path / "data"],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    outcome, kilobytes = run.stdout.split()
    return outcome, int(kilobytes) / 1024


def test_bombs_are_refused_before_they_take_memory(tmp_path):
    outcome, grown = memory(huge_png(20_000, 10_000), tmp_path)  # 200 million pixels
    assert outcome == "refused"
    assert grown < 10
    outcome, grown = memory(b"\xff\xd8\xff" + bytes(50_000_000), tmp_path)
    assert outcome == "refused"
    assert grown < 10
    outcome, grown = memory(huge_png(7_000, 7_000), tmp_path)  # control: 49 million pixels are decoded
    assert outcome == "taken"
    assert 40 < grown < 500
