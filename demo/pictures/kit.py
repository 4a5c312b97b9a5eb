"""A small canvas over Pillow: everything is drawn at three times the size and scaled down, so edges are smooth.

Coordinates are those of the finished drawing (1600 x 900), fills are "#rrggbb", "#rrggbbaa" or a pair of
colours for a gradient from the top of the shape to its bottom.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFilter

SCALE = 3
Point = tuple[float, float]
Fill = str | tuple[str, str]

# One palette for all drawings.
SKY = ("#a9d0e0", "#f6ecd9")
EVENING = ("#27415f", "#e9a27b")
GREY_SKY = ("#8fa7b5", "#d9dcd6")
WINTER_SKY = ("#b9cfe0", "#f3eee6")
HILLS = ("#bcd0c6", "#93b8a6", "#6b9d88", "#4d8373")
GRASS = ("#93bb7d", "#6fa06a")
MEADOW_DARK = "#5d9160"
WATER = ("#6fb0c6", "#3b7c99")
WATER_LIGHT = "#a9d5df"
ROOFS = ("#c5674c", "#b2563f", "#8f4a3c", "#6d5a5c")
WALLS = ("#f6ecdb", "#ecdcc0", "#f2d9b8", "#dfe6df", "#e9c9a8")
TIMBER = "#6a4939"
GLASS = "#7fa9b8"
GLASS_WARM = "#f7d78d"
INK = "#22414f"
NIGHT = "#1d3344"
CREAM = "#fffaf0"
YELLOW = "#f2b84b"
RED = "#c8453a"
ORANGE = "#e58a3c"
BLUE = "#2f7192"
GREEN = "#4f8f63"
BARK = "#6b4f3f"
STEEL = "#8c9aa0"
ASPHALT = ("#6d7a80", "#566269")
PAVING = ("#e3d6c1", "#cfbfa6")
SHADE = "#1d334422"
WOOD = ("#d8b184", "#b98d5d")
WALL = ("#f7eedd", "#ecdec3")


class Canvas:
    """The paper: shapes in, a picture out."""

    def __init__(self, width: int = 1600, height: int = 900, ground: str = "#ffffff") -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def finish(self) -> Image.Image:
        """The drawing in its final size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def poly(self, points: Iterable[Point], fill: Fill) -> None:
        """A filled polygon."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        if isinstance(fill, str):
            self._pen.polygon(scaled, fill=fill)
        else:
            self._blend(lambda pen: pen.polygon(scaled, fill=255), scaled, fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: Fill, r: float = 0) -> None:
        """A rectangle, with round corners if `r` is given."""
        box = [(x * SCALE, y * SCALE), ((x + w) * SCALE, (y + h) * SCALE)]
        if isinstance(fill, str):
            self._pen.rounded_rectangle([*box[0], *box[1]], radius=r * SCALE, fill=fill)
        else:
            self._blend(
                lambda pen: pen.rounded_rectangle([*box[0], *box[1]], radius=r * SCALE, fill=255), box, fill
            )

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: Fill) -> None:
        """An ellipse by its middle and radii."""
        box = [((cx - rx) * SCALE, (cy - ry) * SCALE), ((cx + rx) * SCALE, (cy + ry) * SCALE)]
        if isinstance(fill, str):
            self._pen.ellipse([*box[0], *box[1]], fill=fill)
        else:
            self._blend(lambda pen: pen.ellipse([*box[0], *box[1]], fill=255), box, fill)

    def circle(self, cx: float, cy: float, r: float, fill: Fill) -> None:
        """A circle."""
        self.ellipse(cx, cy, r, r, fill)

    def line(self, points: Sequence[Point], fill: str, width: float = 4, *, round_ends: bool = True) -> None:
        """A line through all points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        opaque = len(fill) == len("#rrggbb")
        # Pillow's own joints leave notches in thick curves; discs do not.
        self._pen.line(
            scaled, fill=fill, width=max(1, round(width * SCALE)), joint=None if opaque else "curve"
        )
        discs = points[1:-1] if opaque else []
        for x, y in [*discs, *((points[0], points[-1]) if round_ends else ())]:
            self.circle(x, y, width / 2, fill)

    def shadow(self, cx: float, cy: float, rx: float, ry: float, strength: int = 70) -> None:
        """A soft shadow on the ground."""
        self._soft(cx, cy, rx, ry, "#1d3344", strength)

    def glow(self, cx: float, cy: float, r: float, colour: str = "#fff3d0", strength: int = 150) -> None:
        """Soft light."""
        self._soft(cx, cy, r, r, colour, strength)

    def clip(self, outline: Sequence[Point], paint: Canvas) -> None:
        """Lay what `paint` shows into the outline."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in outline], fill=255)
        self.image.paste(paint.image, (0, 0), mask)

    def _soft(self, cx: float, cy: float, rx: float, ry: float, colour: str, strength: int) -> None:
        # Blurring a small mask and enlarging it looks the same as blurring the large one, and is fast.
        width, height = max(4, int(rx)), max(4, int(ry))
        mask = Image.new("L", (width * 2, height * 2), 0)
        ImageDraw.Draw(mask).ellipse([width * 0.4, height * 0.4, width * 1.6, height * 1.6], fill=strength)
        mask = mask.filter(ImageFilter.GaussianBlur(min(width, height) * 0.28))
        mask = mask.resize((width * 3 * SCALE, height * 3 * SCALE), Image.Resampling.BICUBIC)
        corner = (int(cx * SCALE - mask.width / 2), int(cy * SCALE - mask.height / 2))
        self.image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    def _blend(self, paint: object, corners: Sequence[Point], colours: tuple[str, str]) -> None:
        left = max(0, math.floor(min(x for x, _ in corners)))
        top = max(0, math.floor(min(y for _, y in corners)))
        right = min(self.image.width, math.ceil(max(x for x, _ in corners)) + 1)
        bottom = min(self.image.height, math.ceil(max(y for _, y in corners)) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", self.image.size, 0)
        paint(ImageDraw.Draw(mask))  # type: ignore[operator]
        box = (left, top, right, bottom)
        self.image.paste(_gradient(right - left, bottom - top, *colours), box, mask.crop(box))


def _gradient(width: int, height: int, top: str, bottom: str) -> Image.Image:
    first, last = ImageColor.getrgb(top)[:3], ImageColor.getrgb(bottom)[:3]
    strip = Image.new("RGB", (1, height))
    for y in range(height):
        share = y / max(1, height - 1)
        strip.putpixel((0, y), tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True)))
    return strip.resize((width, height))


def curve(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    result: list[Point] = []
    for i in range(1, len(padded) - 2):
        a, b, c, d = padded[i - 1 : i + 3]
        for step in range(steps):
            t = step / steps
            result.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*result, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t
    )


def closed(points: Sequence[Point], steps: int = 16) -> list[Point]:
    """A smooth outline through the points."""
    loop = [*points[-2:], *points, *points[:2]]
    line = curve(loop, steps)
    return line[2 * steps : -2 * steps]


def mix(first: str, second: str, share: float) -> str:
    """A colour between two."""
    pairs = zip(ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
