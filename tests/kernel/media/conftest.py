from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A blob store of its own."""
    settings.STADTNAH_DATA = tmp_path
    return tmp_path


def scene(width=640, height=480, mode="RGB"):
    """A picture whose four quarters differ: red, green / blue, white."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image.convert(mode)


def saved(image, kind="JPEG", **options: object):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(width, height, mode="RGB"):
    """Incompressible and always the same."""
    state, out = 1, bytearray()
    size = width * height * len(mode)
    while len(out) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out += state.to_bytes(8, "little")
    return Image.frombytes(mode, (width, height), bytes(out[:size]))


def huge_png(width, height):
    """A valid black PNG of any size, a thousandth of it in bytes."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(bytes(width + 1)) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
