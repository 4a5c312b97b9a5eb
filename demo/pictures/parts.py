"""What several drawings share: sky, hills, trees, houses, streets."""

from __future__ import annotations

import math
import random

from demo.pictures.kit import (
    BARK,
    CREAM,
    GLASS,
    GLASS_WARM,
    GRASS,
    HILLS,
    INK,
    ROOFS,
    SHADE,
    SKY,
    TIMBER,
    WALLS,
    Canvas,
    Fill,
    Point,
    curve,
    mix,
)


def sky(
    c: Canvas, colours: tuple[str, str] = SKY, *, sun: Point | None = (1240, 190), to: float = 620
) -> None:
    """Sky from the top down to `to`, with a soft sun."""
    c.rect(0, 0, c.width, to, colours)
    if sun:
        c.glow(*sun, 300, "#fff6dd", 130)
        c.circle(*sun, 62, "#fff3d2")


def cloud(c: Canvas, x: float, y: float, size: float = 1, fill: str = "#ffffffcc") -> None:
    """A flat cloud; one opaque shape, so that overlapping circles do not show."""
    body = fill[:7]
    r = 34 * size
    c.rect(x - 3 * r, y, 6 * r, r * 1.1, body, r * 0.55)
    c.circle(x - 1.2 * r, y - 0.1 * r, 1.05 * r, body)
    c.circle(x + 0.5 * r, y - 0.55 * r, 1.45 * r, body)
    c.circle(x + 1.9 * r, y + 0.15 * r, 0.85 * r, body)
    c.rect(x - 3.0 * r, y + 0.72 * r, 6 * r, r * 0.5, mix(body, "#7d98a5", 0.22), r * 0.25)


def ridge(c: Canvas, y: float, fill: Fill, *, seed: int, swing: float = 50, trees: float = 0) -> None:
    """A hill line across the whole width; `trees` is the height of the wood upon it."""
    rng = random.Random(seed)
    top = curve([(x, y + rng.uniform(-swing, swing)) for x in range(-200, 2001, 280)])
    if trees:
        colour = fill if isinstance(fill, str) else fill[0]
        for px, py in top[::3]:
            tall = trees * rng.uniform(0.55, 1.1)
            wide = tall * rng.uniform(0.32, 0.5)
            c.poly([(px - wide, py + 12), (px, py - tall), (px + wide, py + 12)], colour)
    c.poly([*top, (2000, 900), (-200, 900)], fill)


def hills(c: Canvas, base: float = 480, *, seed: int = 1, tint: str = "#ffffff", share: float = 0.0) -> None:
    """Three ridges behind one another, the farthest the palest."""
    for i, colour in enumerate(HILLS[:3]):
        shade = mix(colour, tint, share)
        y = base - 90 + i * 52
        ridge(
            c,
            y,
            (shade, mix(shade, "#f4ead6", 0.25)),
            seed=seed * 10 + i,
            swing=58 - i * 12,
            trees=(0, 26, 34)[i],
        )


def ground(c: Canvas, y: float, fill: Fill = GRASS, *, seed: int = 3, swing: float = 10) -> None:
    """Meadow from `y` to the bottom."""
    ridge(c, y, fill, seed=seed, swing=swing)


def tree(c: Canvas, x: float, y: float, size: float = 1, crown: str = "#5f9a63") -> None:
    """A broad-leaved tree standing at (x, y)."""
    c.shadow(x + 18 * size, y + 2, 95 * size, 18 * size)
    c.poly(
        [
            (x - 9 * size, y),
            (x - 5 * size, y - 110 * size),
            (x + 5 * size, y - 110 * size),
            (x + 9 * size, y),
        ],
        BARK,
    )
    dark, light = mix(crown, INK, 0.18), mix(crown, "#fff3c8", 0.22)
    for dx, dy, r in (
        (-38, -118, 44),
        (38, -122, 46),
        (0, -98, 46),
        (-18, -172, 50),
        (24, -168, 46),
        (2, -205, 36),
    ):
        c.circle(x + dx * size, y + dy * size, r * size, crown)
    for dx, dy, r in ((34, -112, 36), (14, -88, 30), (44, -142, 26)):
        c.circle(x + dx * size, y + dy * size, r * size, dark)
    for dx, dy, r in ((-30, -176, 30), (-44, -130, 24), (-8, -205, 22)):
        c.circle(x + dx * size, y + dy * size, r * size, light)
    c.line([(x, y - 60 * size), (x + 18 * size, y - 104 * size)], BARK, 4 * size)


def spruce(
    c: Canvas, x: float, y: float, size: float = 1, crown: str = "#3f7765", *, snow: bool = False
) -> None:
    """A conifer standing at (x, y)."""
    c.shadow(x + 10 * size, y + 2, 66 * size, 13 * size)
    c.rect(x - 7 * size, y - 34 * size, 14 * size, 34 * size, BARK)
    dark = mix(crown, INK, 0.22)
    for dy, half, tall in ((-24, 62, 92), (-82, 50, 86), (-138, 36, 82)):
        top = y + (dy - tall) * size
        foot = y + dy * size
        c.poly([(x - half * size, foot), (x, top), (x + half * size, foot)], crown)
        c.poly([(x, top), (x + half * size, foot), (x + 4 * size, foot)], dark)
        if snow:
            c.poly(
                [
                    (x, top),
                    (x - half * 0.55 * size, foot - tall * 0.42 * size),
                    (x - half * 0.2 * size, foot - tall * 0.5 * size),
                    (x + half * 0.1 * size, foot - tall * 0.36 * size),
                    (x + half * 0.42 * size, foot - tall * 0.56 * size),
                ],
                "#f7fbff",
            )


def bush(c: Canvas, x: float, y: float, size: float = 1, colour: str = "#5d9160") -> None:
    """A round bush."""
    c.shadow(x, y + 2, 70 * size, 12 * size, 55)
    for dx, dy, r in ((-34, -20, 26), (0, -30, 34), (34, -20, 27)):
        c.circle(x + dx * size, y + dy * size, r * size, colour)
    for dx, dy, r in ((-12, -40, 17), (-38, -27, 12)):
        c.circle(x + dx * size, y + dy * size, r * size, mix(colour, "#fff3c8", 0.2))
    c.rect(x - 58 * size, y - 18 * size, 116 * size, 18 * size, mix(colour, INK, 0.12), 9 * size)


def window(
    c: Canvas, x: float, y: float, w: float, h: float, *, lit: bool = False, shutters: str = ""
) -> None:
    """A window with a cross bar."""
    if shutters:
        for sx in (x - w * 0.42, x + w * 1.06):
            c.rect(sx, y - 1, w * 0.36, h + 2, shutters, 2)
    c.rect(x - 3, y - 3, w + 6, h + 6, CREAM, 2)
    glass = GLASS_WARM if lit else GLASS
    c.rect(x, y, w, h, (mix(glass, "#ffffff", 0.35), glass))
    c.rect(x + w / 2 - 1.5, y, 3, h, CREAM)
    c.rect(x, y + h * 0.42, w, 3, CREAM)
    c.rect(x - 5, y + h + 3, w + 10, 4, "#00000022")


def house(
    c: Canvas,
    x: float,
    y: float,
    w: float = 150,
    h: float = 120,
    *,
    wall: int = 0,
    roof: int = 0,
    timber: bool = False,
    lit: bool = False,
    snow: bool = False,
    door: bool = True,
) -> None:
    """A house with its gable to the street; (x, y) is the left foot."""
    face, cover = WALLS[wall % len(WALLS)], ROOFS[roof % len(ROOFS)]
    rise = w * 0.62
    peak = (x + w / 2, y - h - rise)
    c.shadow(x + w / 2 + 14, y + 2, w * 0.85, 20)
    c.rect(x + w * 0.7, y - h - rise * 0.72, w * 0.11, rise * 0.5, mix(cover, INK, 0.3))
    c.poly([(x, y), (x, y - h), peak, (x + w, y - h), (x + w, y)], (mix(face, "#ffffff", 0.25), face))
    if timber:
        _timber(c, x, y, w, h, peak)
    c.poly([(x + w / 2, y), peak, (x + w, y - h), (x + w, y)], SHADE[:7] + "14")
    over = w * 0.075
    thick = w * 0.105
    for side in (-1, 1):
        foot = (x + w / 2 + side * (w / 2 + over), y - h + over * 1.15)
        colour = cover if side < 0 else mix(cover, INK, 0.2)
        if snow:
            colour = "#f7fbff" if side < 0 else "#dbe7f0"
        c.poly([(peak[0], peak[1] - thick), (foot[0], foot[1] - thick), foot, peak], colour)
    pane_w, pane_h = w * 0.15, h * 0.24
    floors = max(1, round(h / 85))
    for floor in range(floors):
        top = y - h + h * (0.16 + floor * 0.84 / floors)
        for column in (0.17, 0.425, 0.68):
            if door and floor == floors - 1 and column == 0.425:
                continue
            window(
                c,
                x + w * column,
                top,
                pane_w,
                min(pane_h, 40),
                lit=lit and (floor + int(column * 10)) % 2 == 0,
            )
    window(c, x + w * 0.43, y - h - rise * 0.42, w * 0.14, w * 0.16, lit=lit)
    if door:
        c.rect(x + w * 0.42, y - h * 0.36, w * 0.17, h * 0.36, mix(TIMBER, cover, 0.3), 3)
        c.circle(x + w * 0.555, y - h * 0.17, 2.4, "#f2b84b")


def _timber(c: Canvas, x: float, y: float, w: float, h: float, peak: Point) -> None:
    beam = w * 0.026
    for share in (0.0, 0.34, 0.66, 1.0):
        c.line([(x + w * share, y), (x + w * share, y - h)], TIMBER, beam, round_ends=False)
    for level in (0.0, 0.5, 1.0):
        c.line([(x, y - h * level), (x + w, y - h * level)], TIMBER, beam, round_ends=False)
    c.line([(x, y - h * 0.5), (x + w * 0.34, y - h)], TIMBER, beam, round_ends=False)
    c.line([(x + w, y - h * 0.5), (x + w * 0.66, y - h)], TIMBER, beam, round_ends=False)
    c.line(
        [(x + w * 0.25, y - h - (y - h - peak[1]) * 0.5), (x + w * 0.75, y - h - (y - h - peak[1]) * 0.5)],
        TIMBER,
        beam,
    )
    c.line([(x + w / 2, y - h - (y - h - peak[1]) * 0.5), peak], TIMBER, beam, round_ends=False)


def long_house(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    wall: int = 0,
    roof: int = 0,
    lit: bool = False,
    snow: bool = False,
) -> None:
    """A house with its eaves to the street."""
    face, cover = WALLS[wall % len(WALLS)], ROOFS[roof % len(ROOFS)]
    tall = h * 0.72
    c.shadow(x + w / 2 + 14, y + 2, w * 0.75, 22)
    c.rect(x + w * 0.76, y - h - tall - 18, w * 0.055, 50, mix(cover, INK, 0.3))
    c.rect(x, y - h, w, h, (mix(face, "#ffffff", 0.25), face))
    tiles: Fill = ("#fbfdff", "#dfeaf2") if snow else (mix(cover, "#ffffff", 0.08), mix(cover, INK, 0.12))
    c.poly(
        [(x - 14, y - h + 8), (x + 26, y - h - tall), (x + w - 26, y - h - tall), (x + w + 14, y - h + 8)],
        tiles,
    )
    c.rect(x, y - h + 8, w, 9, "#00000022")
    count = max(2, int(w // 74))
    step = w / count
    for i in range(count):
        window(c, x + step * (i + 0.5) - 17, y - h * 0.74, 34, min(46, h * 0.34), lit=lit and i % 2 == 0)
    c.rect(x + step * (count // 2) - 18, y - h * 0.36 + 2, 36, h * 0.36 - 2, mix(TIMBER, INK, 0.1), 3)


def village(
    c: Canvas, y: float, *, seed: int, start: float = -40, end: float = 1640, size: float = 1, **look: bool
) -> None:
    """A row of houses of different width along `y`."""
    rng = random.Random(seed)
    x = start
    while x < end:
        w = rng.uniform(105, 170) * size
        h = rng.uniform(90, 150) * size
        wall, roof = rng.randrange(5), rng.randrange(4)
        if rng.random() < 0.3:
            long_house(c, x, y, w * 1.5, h * 0.8, wall=wall, roof=roof, **look)
            x += w * 1.5
        else:
            house(c, x, y, w, h, wall=wall, roof=roof, timber=rng.random() < 0.35, **look)
            x += w
        x += rng.uniform(6, 30) * size


def church(c: Canvas, x: float, y: float, size: float = 1, roof: str = "#5f7078") -> None:
    """A church seen from afar; (x, y) is the foot of the tower."""
    wall = "#f1e6d3"
    c.rect(x + 30 * size, y - 74 * size, 110 * size, 74 * size, (CREAM, wall))
    c.poly(
        [
            (x + 24 * size, y - 72 * size),
            (x + 44 * size, y - 120 * size),
            (x + 132 * size, y - 120 * size),
            (x + 148 * size, y - 72 * size),
        ],
        roof,
    )
    c.rect(x - 26 * size, y - 168 * size, 56 * size, 168 * size, (CREAM, wall))
    c.rect(x + 2 * size, y - 168 * size, 28 * size, 168 * size, "#1d334414")
    c.poly(
        [(x - 32 * size, y - 166 * size), (x + 2 * size, y - 282 * size), (x + 36 * size, y - 166 * size)],
        roof,
    )
    c.circle(x + 2 * size, y - 140 * size, 11 * size, INK)
    for i in range(3):
        c.rect(x + (52 + i * 28) * size, y - 56 * size, 10 * size, 36 * size, GLASS, 5 * size)


def waves(c: Canvas, x: float, y: float, w: float, *, fill: str = "#ffffff66", width: float = 4) -> None:
    """A calm ripple on water."""
    points = [(x + w * i / 24, y + math.sin(i / 24 * math.tau * 1.5) * 4) for i in range(25)]
    c.line(points, fill[:7] if len(fill) == 7 else fill, width, round_ends=False)


def flowers(c: Canvas, spots: int, area: tuple[float, float, float, float], *, seed: int) -> None:
    """Dots of colour and blades of grass in a meadow."""
    rng = random.Random(seed)
    x0, y0, x1, y1 = area
    for _ in range(spots):
        x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
        c.line([(x, y + 9), (x + rng.uniform(-3, 3), y)], "#55895a", 2)
        c.circle(x, y, rng.uniform(2.6, 4.6), rng.choice(("#fffaf0", "#f2b84b", "#e9c9d8", "#e58a3c")))


def street(c: Canvas, y: float, height: float, *, kerb: str = "#d8cdb9", dashes: bool = True) -> None:
    """A street along the picture with kerb and middle line."""
    c.rect(0, y - 14, c.width, 16, kerb)
    c.rect(0, y, c.width, height, ("#748187", "#5b676e"))
    c.rect(0, y, c.width, 6, "#00000022")
    if dashes:
        for x in range(-20, c.width, 150):
            c.rect(x, y + height * 0.5 - 4, 84, 8, "#f4ecdbcc", 4)


def outlook(c: Canvas, x: float, y: float, w: float, h: float, *, seed: int = 5, panes: int = 2) -> None:
    """A window onto the hills."""
    view = Canvas(c.width, c.height)
    sky(view, to=y + h, sun=(x + w * 0.75, y + h * 0.3))
    ridge(view, y + h * 0.55, "#bcd0c6", seed=seed, swing=26)
    ridge(view, y + h * 0.68, "#8fb5a3", seed=seed + 1, swing=16, trees=24)
    ridge(view, y + h * 0.82, "#93bb7d", seed=seed + 2, swing=6)
    c.rect(x - 18, y - 18, w + 36, h + 36, ("#fffdf7", "#e9dec9"), 6)
    c.clip([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], view)
    for i in range(1, panes):
        c.rect(x + w * i / panes - 7, y, 14, h, CREAM)
    c.poly([(x, y), (x + w * 0.18, y), (x, y + h * 0.6)], "#ffffff44")
    c.rect(x - 34, y + h + 14, w + 68, 20, ("#fffdf7", "#dccfb7"), 5)
