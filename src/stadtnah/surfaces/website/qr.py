"""QR codes of our own addresses, as drawing and as picture, with the address in words below: a code alone shuts out who cannot scan it. Pure.

ISO/IEC 18004: error correction M, four modules of quiet around.
"""

from __future__ import annotations

import io
from functools import lru_cache
from html import escape
from typing import Final

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M

from stadtnah.surfaces.website import theme

QUIET: Final = 4
_PIXELS: Final = 1200  # about ten centimetres in print
_FONT: Final = "vendor/fonts/fira-sans-600-normal.woff2"


def modules(address: str) -> list[list[bool]]:
    """The dark and light fields, the quiet zone included."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    return [[bool(field) for field in row] for row in code.get_matrix()]


def svg(address: str) -> bytes:
    """For print in any size."""
    rows = modules(address)
    size, words = len(rows), shown(address)
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)
    )
    letters = min(2.2, size * 1.35 / len(words))  # also in a wider font than ours
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size + 3}" width="100mm" role="img" aria-label="QR-Code: {escape(words)}">'
        f'<rect width="{size}" height="{size + 3}" fill="#fff"/><path d="{path}" fill="#000"/>'
        f'<text x="{size / 2}" y="{size + 1.9}" font-family="Fira Sans, Arial, sans-serif" font-weight="600" font-size="{letters:.2f}" text-anchor="middle" fill="#000">{escape(words)}</text></svg>\n'
    ).encode()


def png(address: str) -> bytes:
    """For programs that take no drawings."""
    rows = modules(address)
    scale = _PIXELS // len(rows)
    side, foot = scale * len(rows), scale * 3
    image = Image.new("1", (side, side + foot), 1)
    pen = ImageDraw.Draw(image)
    for y, row in enumerate(rows):
        for x, length in _runs(row):
            pen.rectangle((x * scale, y * scale, (x + length) * scale - 1, (y + 1) * scale - 1), fill=0)
    words = shown(address)
    font = _fitting(words, side - 2 * scale)
    pen.text((side / 2, side + foot / 2 - scale / 2), words, font=font, fill=0, anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(300, 300), optimize=True)
    return out.getvalue()


def shown(address: str) -> str:
    """As people type it."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """(start, length) of each run of dark fields."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found


def _fitting(words: str, room: int) -> ImageFont.FreeTypeFont:
    size = 64
    while size > 14 and _font(size).getlength(words) > room:  # noqa: PLR2004 - what can still be read
        size -= 2
    return _font(size)


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO((theme.ASSETS / _FONT).read_bytes()), size)
