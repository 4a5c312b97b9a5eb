"""The arms of Erlenfurt: in silver a green alder leaf over a wavy blue base with a silver wave.

One geometry for all: painted into drawings, stored as PNG, written as SVG.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from demo.pictures.kit import SCALE, Canvas, Point, curve

SILVER, GREEN, DARK_GREEN, BLUE, OUTLINE = "#fbfaf5", "#2f7d4f", "#1f5f3a", "#1f5f86", "#1d3344"
RED, BROWN = "#b23a33", "#5b4030"

# All shapes live in a box of 100 x 120, the middle at (50, 60).


def shield() -> list[Point]:
    """The outline of the shield."""
    left = curve([(4, 4), (4, 56), (9, 82), (26, 103), (50, 116)], 12)
    return [*left, *[(100 - x, y) for x, y in reversed(left)]]


def wave(level: float, height: float) -> list[Point]:
    """A band that swings about `level`."""
    top = [(4 + 92 * i / 48, level + 3.4 * math.sin(math.tau * 1.75 * i / 48)) for i in range(49)]
    return [*top, *[(x, y + height) for x, y in reversed(top)]]


def leaf() -> list[Point]:
    """An alder leaf: round, toothed, with a notch at the tip instead of a point."""
    points: list[Point] = []
    for i in range(97):
        t = i / 96 * math.tau
        wide = 25 + 2.5 * math.cos(t)
        tooth = 0.9 * math.sin(i * math.tau / 6)
        radius_y = 27 + tooth
        x = 50 + (wide + tooth) * math.sin(t)
        y = 37 - radius_y * math.cos(t)
        notch = max(0.0, 1 - abs(x - 50) / 5) if y < 20 else 0.0
        points.append((x, y + 7 * notch))
    return points


def veins() -> list[list[Point]]:
    """Middle rib with stalk and side ribs."""
    result: list[list[Point]] = [[(50, 20), (50, 70)]]
    for y, reach in ((30, 14), (40, 18), (50, 15)):
        result += [[(50, y + 6), (50 - reach, y - 5)], [(50, y + 6), (50 + reach, y - 5)]]
    return result


def paint(c: Canvas, cx: float, cy: float, height: float) -> None:
    """Paint the arms into a drawing, `height` pixels tall, middle at (cx, cy)."""
    size = height / 120
    place = lambda points: [(cx + (x - 50) * size, cy + (y - 60) * size) for x, y in points]  # noqa: E731 - a local short form
    rim = [(50 + (x - 50) * 1.06, 60 + (y - 60) * 1.05) for x, y in shield()]
    c.poly(place(rim), OUTLINE)
    inner = Canvas(c.width, c.height, SILVER)
    inner.poly(place([(0, 76), *wave(76, 50)[:49], (100, 76), (100, 130), (0, 130)]), BLUE)
    inner.poly(place(wave(88, 7)), SILVER)
    inner.poly(place(leaf()), GREEN)
    for vein in veins():
        thick = 2.6 if vein[0] == (50, 20) else 1.6
        colour = DARK_GREEN if vein[0][0] == vein[1][0] else SILVER
        inner.line(place(vein), colour, max(0.7, thick * size))
    c.clip(place(shield()), inner)


def apple() -> list[Point]:
    """An apple: round, wider than high, with a dip at the stalk."""
    points: list[Point] = []
    for i in range(73):
        t = i / 72 * math.tau
        dip = 5 * math.exp(-((math.sin(t) / 0.28) ** 2)) * (1 if math.cos(t) > 0 else 0.5)
        points.append((50 + 23 * math.sin(t), 44 - (21 - dip) * math.cos(t)))
    return points


def paint_steinbach(c: Canvas, cx: float, cy: float, height: float) -> None:
    """The arms of the district of Steinbach: in silver a red apple with a green leaf over a blue wave."""
    size = height / 120
    place = lambda points: [(cx + (x - 50) * size, cy + (y - 60) * size) for x, y in points]  # noqa: E731 - a local short form
    c.poly(place([(50 + (x - 50) * 1.06, 60 + (y - 60) * 1.05) for x, y in shield()]), OUTLINE)
    inner = Canvas(c.width, c.height, SILVER)
    inner.poly(place(wave(82, 9)), BLUE)
    inner.poly(place(apple()), RED)
    inner.line(place([(50, 29), (51, 20), (54, 14)]), BROWN, 3.2 * size)
    inner.poly(place(curve([(52, 22), (60, 12), (72, 12), (66, 22), (52, 22)], 8)), GREEN)
    c.clip(place(shield()), inner)


def svg() -> str:
    """The same arms as SVG."""
    path = lambda points: "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)  # noqa: E731 - a local short form
    ribs = "".join(
        f'<path d="{path(vein)}" stroke="{DARK_GREEN if vein[0][0] == vein[1][0] else SILVER}" '
        f'stroke-width="{2.6 if vein[0] == (50, 20) else 1.6}" stroke-linecap="round"/>'
        for vein in veins()
    )
    base: Sequence[Point] = [(0, 76), *wave(76, 50)[:49], (100, 76), (100, 130), (0, 130)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120" role="img" aria-labelledby="t">'
        '<title id="t">Wappen der Stadt Erlenfurt: ein grünes Erlenblatt über blauen Wellen</title>'
        f'<clipPath id="s"><path d="{path(shield())}Z"/></clipPath><g clip-path="url(#s)">'
        f'<path d="M0 0H100V120H0Z" fill="{SILVER}"/><path d="{path(base)}Z" fill="{BLUE}"/>'
        f'<path d="{path(wave(88, 7))}Z" fill="{SILVER}"/><path d="{path(leaf())}Z" fill="{GREEN}"/>{ribs}</g>'
        f'<path d="{path(shield())}Z" fill="none" stroke="{OUTLINE}" stroke-width="3" stroke-linejoin="round"/></svg>\n'
    )


def draw(folder: Path) -> None:
    """Store wappen.svg, wappen.png (800 x 960), favicon.svg, favicon.ico icon-192/512.png and wappen-steinbach.png in `folder`."""
    (folder / "wappen.svg").write_text(svg(), encoding="utf-8")
    (folder / "favicon.svg").write_text(svg(), encoding="utf-8")
    _cut_out(paint_steinbach).save(folder / "wappen-steinbach.png", optimize=True)
    picture = _cut_out(paint)
    picture.save(folder / "wappen.png", optimize=True)
    for size in (192, 512):
        icon = Image.new("RGBA", (size, size), "#ffffff")
        mark = picture.resize((round(size * 0.72 * 800 / 960), round(size * 0.72)), Image.Resampling.LANCZOS)
        icon.paste(mark, ((size - mark.width) // 2, (size - mark.height) // 2), mark)
        icon.convert("RGB").save(folder / f"icon-{size}.png", optimize=True)
    square = Image.new("RGBA", (960, 960))
    square.paste(picture, (80, 0), picture)
    square.save(folder / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


def _cut_out(painted: Callable[[Canvas, float, float, float], None]) -> Image.Image:
    """The shield alone, 800 x 960."""
    large = Canvas(800, 960)
    painted(large, 400, 480, 900)
    alpha = Canvas(800, 960, "#000000")
    alpha.poly([(400 + (x - 50) * 1.06 * 7.5, 480 + (y - 60) * 1.05 * 7.5) for x, y in shield()], "#ffffff")
    picture = large.finish()
    picture.putalpha(alpha.finish().convert("L"))
    return picture


__all__ = ["SCALE", "draw", "paint", "svg"]
