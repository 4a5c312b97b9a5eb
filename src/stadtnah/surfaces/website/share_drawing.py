"""The picture that stands beside a link in other places: the town's colours and arms, the title in its own font. Pure.

1200 by 630 pixels, as the previews of networks and messengers take it.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from stadtnah.kernel.text import shortened
from stadtnah.surfaces.website import theme

SIZE: Final = (1200, 630)
_EDGE: Final = 72  # pixels left free around
_HERO: Final = 500  # pixels of the width for a picture
_TILE: Final = 108  # the white field of the arms
_LONGEST: Final = 140  # characters of a title
_SIZES: Final = (84, 76, 68, 60, 54, 48, 42, 38)
_LEADING: Final = 1.16
# The font covers Latin; what else stands in a title (an emoji) would be an empty box.
_COVERED: Final = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x20AC])) | set(
    "–—‘’‚“”„…•‹›−"
)


@dataclass(frozen=True, slots=True)
class Card:
    """What is drawn."""

    title: str
    label: str  # the category, "" for none
    town: str
    site: str  # the website's name, at the foot
    colour: str
    accent: str


def draw(card: Card, arms: Image.Image | None, hero: Image.Image | None) -> bytes:
    """The finished file: JPEG with `hero` (cut to `hero_size`), PNG without, as flat colours need a third of the room."""
    image = Image.new("RGB", SIZE, card.colour)
    pen = ImageDraw.Draw(image)
    text, soft = inks(card.colour)
    width = SIZE[0] - 2 * _EDGE
    if hero:
        image.paste(hero, (SIZE[0] - hero.width, 0))
        pen.rectangle((SIZE[0] - hero.width - 8, 0, SIZE[0] - hero.width - 1, SIZE[1]), fill=_bar(card))
        width = SIZE[0] - _HERO - 8 - _EDGE - 52
    elif arms:
        _watermark(image, arms)
    _head(image, pen, card, arms, width)
    top, bottom = _EDGE + _TILE + 44, SIZE[1] - _EDGE - 54
    if card.label:
        pen.text(
            (_EDGE, top),
            _one_line(_plain(card.label), _font(30, "600"), width),
            font=_font(30, "600"),
            fill=soft,
        )
        top += 50
    lines, size = fitted(_plain(card.title), width, bottom - top)
    for number, line in enumerate(lines):
        pen.text((_EDGE, top + round(number * size * _LEADING)), line, font=_font(size, "600"), fill=text)
    pen.rectangle((_EDGE, SIZE[1] - _EDGE - 34, _EDGE + 56, SIZE[1] - _EDGE - 28), fill=_bar(card))
    pen.text((_EDGE, SIZE[1] - _EDGE - 14), _plain(card.site), font=_font(28, "400"), fill=soft)
    return _photo(image) if hero else _flat(image)


def hero_size() -> tuple[int, int]:
    """The part of the picture that a photograph takes."""
    return _HERO, SIZE[1]


def inks(colour: str) -> tuple[str, str]:
    """The colours of the title and of the smaller words; both read on the ground (WCAG 2.2, 1.4.3)."""
    ink = theme.on(colour)
    return ink, theme.readable(theme.mix(ink, colour, 0.28), (colour,))


def fitted(title: str, width: int, height: int) -> tuple[list[str], int]:
    """The title in lines, as large as it fits; a word wider than the line is parted with a hyphen."""
    words = shortened(title, _LONGEST).split() or [""]
    for size in _SIZES:
        lines = _wrapped(words, width, size)
        if len(lines) * size * _LEADING <= height and (size <= 54 or not _parted(words, lines)):  # noqa: PLR2004 - rather smaller than torn
            return lines, size
    size = _SIZES[-1]
    most = max(1, int(height / (size * _LEADING)))
    lines = _wrapped(words, width, size)[:most]
    return [*lines[:-1], _one_line(lines[-1] + " …", _font(size, "600"), width)], size


def _wrapped(words: list[str], width: int, size: int) -> list[str]:
    font, lines = _font(size, "600"), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        rest = word
        if lines[-1]:
            lines.append("")
        while font.getlength(rest) > width:
            cut = next(
                n for n in range(len(rest) - 1, 0, -1) if n == 1 or font.getlength(rest[:n] + "-") <= width
            )
            lines[-1] = rest[:cut] + "-"
            rest = rest[cut:]
            lines.append("")
        lines[-1] = rest
    return lines


def _parted(words: list[str], lines: list[str]) -> bool:
    return " ".join(lines) != " ".join(words)


def _one_line(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    while text and font.getlength(text) > width:
        text = text.rstrip(" …")[:-1].rstrip() + " …"
    return text


def _head(
    image: Image.Image, pen: ImageDraw.ImageDraw, card: Card, arms: Image.Image | None, width: int
) -> None:
    left = _EDGE
    if arms:
        pen.rounded_rectangle(
            (_EDGE, _EDGE - 12, _EDGE + _TILE - 12, _EDGE + _TILE), radius=14, fill="#ffffff"
        )
        small = ImageOps.contain(arms, (_TILE - 36, _TILE - 12), Image.Resampling.LANCZOS)
        at = (_EDGE + (_TILE - 12 - small.width) // 2, _EDGE - 12 + (_TILE + 12 - small.height) // 2)
        image.paste(small, at, small if small.mode == "RGBA" else None)
        left += _TILE + 16
    font = _font(36, "600")
    name = _one_line(_plain(card.town), font, width - (left - _EDGE))
    pen.text((left, _EDGE - 12 + (_TILE + 12) // 2), name, font=font, fill=inks(card.colour)[0], anchor="lm")


def _watermark(image: Image.Image, arms: Image.Image) -> None:
    """The arms once more, large and faint, running out of the picture at the right."""
    large = ImageOps.contain(arms.convert("RGBA"), (640, 640), Image.Resampling.LANCZOS)
    light = ImageChops.multiply(large.getchannel("A"), large.convert("L")).point(lambda value: value // 14)
    image.paste("#ffffff", (SIZE[0] - large.width + 150, SIZE[1] - large.height + 120), light)


def _bar(card: Card) -> str:
    """The second colour, moved until it stands out from the ground (WCAG 2.2, 1.4.11)."""
    return theme.readable(card.accent, (card.colour,), theme.PART_CONTRAST)


@lru_cache(maxsize=32)
def _font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    data = (theme.ASSETS / f"vendor/fonts/fira-sans-{weight}-normal.woff2").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)


def _plain(text: str) -> str:
    """What the font can show: other letters lose their marks, other signs go."""
    kept = (char if char in _COVERED else _without_marks(char) for char in " ".join(text.split()))
    return " ".join("".join(kept).split())


def _without_marks(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if part in _COVERED)


def _photo(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, subsampling="4:2:2", optimize=True, progressive=True)
    return out.getvalue()


def _flat(image: Image.Image) -> bytes:
    out = io.BytesIO()
    # Median cut keeps the town's colour as it is.
    few = image.quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(out, "PNG", compress_level=7)
    return out.getvalue()
