"""Drawings of the land around the town: river, pool, wood, winter, trees after Christmas."""

from __future__ import annotations

import random

from demo.pictures import parts as p
from demo.pictures.kit import (
    BARK,
    BLUE,
    CREAM,
    GLASS,
    GREEN,
    GREY_SKY,
    INK,
    ORANGE,
    RED,
    STEEL,
    WINTER_SKY,
    YELLOW,
    Canvas,
    curve,
    mix,
)


def hochwasser(c: Canvas) -> None:
    """High water at the gauge."""
    p.sky(c, GREY_SKY, sun=None)
    for x, y, size in ((240, 150, 1.7), (720, 105, 2.1), (1250, 165, 1.8), (1500, 90, 1.3)):
        p.cloud(c, x, y, size, "#c3ced3")
    p.hills(c, 400, seed=4, tint="#a9b6ba", share=0.35)
    p.church(c, 1180, 452, 0.8)
    p.village(c, 468, seed=11, start=690, end=1600, size=0.62)
    # The dike: a long green bank with a path on its crown.
    crown = curve([(-60, 470), (300, 462), (800, 470), (1250, 478), (1700, 466)])
    c.poly([*crown, (1700, 900), (-60, 900)], ("#86ab72", "#5f8f5d"))
    c.line([(x, y + 5) for x, y in crown], "#d9cba9", 12, round_ends=False)
    for x, size in ((120, 0.7), (255, 0.85), (500, 0.62)):
        p.tree(c, x, 478, size, "#67955f")
    rng = random.Random(8)
    for row in range(3):
        for i in range(9 - row):
            x, y = 960 + i * 56 + row * 28, 512 - row * 21 + rng.uniform(-2, 2)
            c.ellipse(x, y + 4, 33, 14, "#00000022")
            c.ellipse(x, y, 32, 14, rng.choice(("#d9c39a", "#cfb68a", "#e2cfa8")))
            c.line([(x + 20, y - 6), (x + 28, y - 11)], "#a88f64", 4)
    water = curve([(-60, 600), (260, 590), (620, 604), (1000, 592), (1350, 606), (1700, 594)])
    c.poly([*water, (1700, 900), (-60, 900)], ("#8da9a8", "#4b7684"))
    c.line(water, "#c9dad8", 5, round_ends=False)
    for _ in range(46):
        p.waves(
            c,
            rng.uniform(-40, 1560),
            rng.uniform(635, 885),
            rng.uniform(70, 190),
            fill=rng.choice(("#a9c3c3", "#6d96a0", "#8fb0b3")),
        )
    for x, size in ((1330, 0.9), (1470, 0.75)):  # willows standing in the water
        p.tree(c, x, 660, size, "#7d9f62")
        c.ellipse(x, 662, 60, 9, "#bcd0cf")
    _gauge(c, 520, 300, 760)
    c.ellipse(536, 764, 90, 13, "#b8cdcd")
    p.waves(c, 440, 778, 190, fill="#d5e3e1", width=5)


def _gauge(c: Canvas, x: float, top: float, bottom: float) -> None:
    c.rect(x - 18, top - 14, 30, bottom - top + 14, ("#8a979b", "#66747a"), 4)
    c.rect(x + 6, top, 64, bottom - top, (CREAM, "#eadfca"), 4)
    step = (bottom - top) / 23
    for i in range(1, 23):
        y = top + i * step
        long = i % 5 == 0
        colour = RED if i <= 7 else ("#e0a030" if i <= 13 else BLUE)
        c.rect(x + 10, y, 54 if long else 28, step * 0.5, colour)
    for i, colour in ((7, RED), (13, "#e0a030")):
        y = top + i * step + 2
        c.poly([(x + 70, y), (x + 104, y - 15), (x + 104, y + 15)], colour)


def weidebad(c: Canvas) -> None:
    """The pool on a summer's day."""
    p.sky(c, to=560)
    p.cloud(c, 300, 150, 1.5)
    p.cloud(c, 860, 105, 1.1)
    p.hills(c, 390, seed=7)
    p.ground(c, 455, ("#a5c985", "#83b36f"), seed=5)
    for x, size in ((70, 1.05), (220, 0.8), (1395, 0.9), (1530, 1.1)):
        p.tree(c, x, 490, size)
    p.long_house(c, 980, 486, 300, 76, wall=0, roof=0)
    c.rect(980, 440, 300, 12, "#2f719288")
    _tower(c, 560, 520)
    for x, y, colour in ((180, 560, RED), (335, 535, YELLOW), (1420, 560, BLUE), (1290, 530, ORANGE)):
        _parasol(c, x, y, colour)
    c.poly([(150, 590), (1450, 590), (1700, 920), (-100, 920)], ("#efe4cf", "#d9cab0"))
    pool = [(300, 622), (1300, 622), (1560, 910), (40, 910)]
    c.poly([(290, 612), (1310, 612), (1590, 920), (10, 920)], CREAM)
    c.poly(pool, ("#8ed0dc", "#3f9cbb"))
    c.poly([(300, 622), (1300, 622), (1315, 640), (285, 640)], "#2f719255")
    rng = random.Random(2)
    for _ in range(60):
        y = rng.uniform(655, 890)
        spread = (y - 622) / 288
        x = rng.uniform(330 - 240 * spread, 1170 + 240 * spread)
        p.waves(c, x, y, 50 + 80 * spread, fill=rng.choice(("#bfe6ec", "#79c0d2")), width=2.5 + 2 * spread)
    for share in (0.2, 0.4, 0.6, 0.8):
        for i in range(34):
            t = (i / 34) ** 1.35
            x = (300 + 1000 * share) * (1 - t) + (40 + 1520 * share) * t
            y = 622 + 288 * t
            c.circle(x, y, 3.5 + 6 * t, RED if i % 4 < 2 else CREAM)
    for i in range(4):
        x = 400 + 200 * i + 35
        c.rect(x + 30, 586, 64, 30, ("#8fb4c0", BLUE), 5)
        c.rect(x + 24, 582, 76, 8, CREAM, 3)


def _tower(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 40, y + 70, 90, 16)
    for dx in (0, 64):
        c.line([(x + dx, y + 70), (x + dx, y - 150)], "#e9edeb", 10)
    for i in range(11):
        c.line([(x, y + 58 - i * 20), (x + 64, y + 58 - i * 20)], "#c4d0d2", 5)
    for level, reach in ((-146, 120), (-40, 100)):
        c.rect(x - 12, y + level, reach + 60, 11, BLUE, 4)
        c.line([(x - 8, y + level - 40), (x + 60, y + level - 40)], STEEL, 5)
        for dx in (-8, 60):
            c.line([(x + dx, y + level), (x + dx, y + level - 40)], STEEL, 5)


def _parasol(c: Canvas, x: float, y: float, colour: str) -> None:
    c.shadow(x + 14, y + 4, 80, 14, 60)
    c.line([(x, y), (x, y - 110)], "#a98b68", 6)
    for i in range(6):
        left, right = x - 78 + i * 26, x - 52 + i * 26
        c.poly([(x, y - 142), (left, y - 88), (right, y - 88)], colour if i % 2 == 0 else CREAM)
    c.rect(x + 20, y - 8, 74, 9, mix(colour, "#ffffff", 0.4), 4)


def wald(c: Canvas) -> None:
    """The town's wood."""
    p.sky(c, ("#b7d7d5", "#f7efd8"), sun=(860, 250))
    p.ridge(c, 430, "#bcd5c3", seed=31, swing=30, trees=120)
    p.ridge(c, 490, "#96bda4", seed=32, swing=26, trees=170)
    p.ridge(c, 560, ("#9cbd7f", "#6f9d63"), seed=33, swing=12)
    path = [
        *curve([(640, 920), (700, 780), (820, 690), (850, 620), (838, 560)]),
        *curve([(866, 560), (905, 625), (930, 700), (1000, 790), (1120, 920)]),
    ]
    c.poly(path, ("#eadcbd", "#cdb58b"))
    rng = random.Random(5)
    back = [
        (x, 585 + rng.uniform(-12, 20), rng.uniform(0.9, 1.25))
        for x in (40, 170, 290, 420, 560, 690, 1010, 1130, 1260, 1400, 1540)
    ]
    for x, y, size in back:
        if rng.random() < 0.65:
            p.spruce(c, x, y, size * 1.25, "#5f9480")
        else:
            p.tree(c, x, y, size, "#86ae6d")
    for x, y, size in ((110, 720, 2.0), (400, 690, 1.6), (1210, 700, 1.7), (1490, 730, 2.1)):
        p.spruce(c, x, y, size)
    p.tree(c, 250, 780, 1.75, "#6f9f57")
    p.tree(c, 1370, 800, 1.6, "#c9a04b")
    p.flowers(c, 90, (20, 740, 600, 890), seed=3)
    p.flowers(c, 60, (1180, 800, 1590, 890), seed=4)
    c.shadow(1130, 832, 190, 24)
    for row in range(3):
        for i in range(5 - row):
            x, y = 1020 + i * 54 + row * 27, 806 - row * 46
            c.circle(x, y, 27, BARK)
            c.circle(x, y, 22, "#e2c497")
            c.circle(x, y, 13, "#d1ab77")
            c.circle(x, y, 5, "#b78d5b")


def winter(c: Canvas) -> None:
    """The snow plough."""
    p.sky(c, WINTER_SKY, sun=(1280, 180))
    p.ridge(c, 400, ("#c9d8df", "#e9eff2"), seed=41, swing=50)
    p.ridge(c, 450, ("#aec6cb", "#e3ecef"), seed=42, swing=30, trees=70)
    p.ridge(c, 520, ("#f6fafc", "#dfe9ef"), seed=43, swing=10)
    p.church(c, 760, 540, 0.9)
    p.village(c, 572, seed=19, start=-20, end=640, size=0.95, snow=True, lit=True)
    p.village(c, 572, seed=20, start=960, end=1600, size=0.95, snow=True, lit=True)
    for x, size in ((700, 0.9), (905, 0.75)):
        p.spruce(c, x, 585, size, snow=True)
    c.poly([(0, 600), (1600, 600), (1600, 900), (0, 900)], ("#f4f8fb", "#dbe6ee"))
    c.poly([(0, 668), (1600, 668), (1600, 830), (0, 830)], ("#8b98a0", "#727f88"))
    c.poly([(0, 668), (560, 668), (470, 830), (0, 830)], ("#eef4f8", "#dde8ef"))
    for x in range(620, 1600, 150):
        c.rect(x, 744, 84, 8, "#f4ecdbcc", 4)
    _plough(c, 640, 800)
    rng = random.Random(12)
    for _ in range(26):
        x, y = rng.uniform(410, 560), rng.uniform(640, 800)
        c.circle(x, y, rng.uniform(6, 20), "#ffffff")
    for _ in range(150):
        c.circle(rng.uniform(0, 1600), rng.uniform(0, 880), rng.uniform(2, 5), "#ffffff")


def _plough(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 250, y + 34, 330, 30, 90)
    c.rect(x + 150, y - 120, 400, 90, (mix(ORANGE, "#ffffff", 0.12), ORANGE), 10)
    c.poly(
        [(x + 236, y - 118), (x + 262, y - 232), (x + 546, y - 232), (x + 520, y - 118)], ("#f0a45c", ORANGE)
    )
    c.rect(x + 250, y - 250, 300, 24, "#8b6a4f", 8)
    c.rect(x + 60, y - 214, 165, 184, (mix(ORANGE, "#ffffff", 0.2), ORANGE), 16)
    c.poly(
        [(x + 72, y - 130), (x + 84, y - 200), (x + 150, y - 200), (x + 150, y - 130)], ("#d4e8ef", "#8fb4c0")
    )
    c.rect(x + 162, y - 200, 52, 70, ("#d4e8ef", "#8fb4c0"), 4)
    c.rect(x + 110, y - 234, 56, 22, YELLOW, 8)
    c.glow(x + 138, y - 226, 60, "#ffd873", 170)
    c.rect(x + 60, y - 52, 490, 14, CREAM)
    for i in range(12):
        c.poly(
            [
                (x + 64 + i * 42, y - 38),
                (x + 80 + i * 42, y - 52),
                (x + 100 + i * 42, y - 52),
                (x + 84 + i * 42, y - 38),
            ],
            RED,
        )
    for wx in (132, 330, 462):
        c.circle(x + wx, y, 46, "#2b3a42")
        c.circle(x + wx, y, 22, STEEL)
        c.circle(x + wx, y, 9, INK)
    c.poly([(x + 64, y - 60), (x - 10, y - 40), (x - 10, y + 10), (x + 64, y - 30)], STEEL)
    c.poly(
        [
            (x - 62, y - 108),
            (x + 6, y - 124),
            (x - 4, y - 30),
            (x + 16, y + 44),
            (x - 82, y + 44),
            (x - 40, y - 24),
        ],
        ("#d8523f", "#a93c33"),
    )
    c.line([(x - 82, y + 44), (x + 16, y + 44)], INK, 8)


def christbaum(c: Canvas) -> None:
    """Trees at the kerb after Christmas."""
    p.sky(c, WINTER_SKY, sun=(1300, 170))
    p.ridge(c, 390, ("#c9d8df", "#e9eff2"), seed=61, swing=40)
    p.ridge(c, 450, ("#b1c8cd", "#e3ecef"), seed=62, swing=24, trees=56)
    p.village(c, 600, seed=64, start=-30, end=1640, size=1.12, snow=True, lit=True)
    c.rect(0, 600, 1600, 120, ("#f8fbfd", "#e3ecf2"))
    c.rect(0, 716, 1600, 20, "#c9d3d9")
    c.rect(0, 734, 1600, 166, ("#8a969d", "#727e86"))
    for x in range(-20, 1600, 170):
        c.rect(x, 826, 96, 8, "#f4ecdbcc", 4)
    for x in range(0, 1600, 40):
        c.ellipse(x, 738, 32, 8 + x % 3 * 2, "#f1f6f9")
    for x, y, size, lean in ((90, 700, 1.0, 1), (390, 712, 1.15, -1), (640, 698, 0.85, 1)):
        _felled(c, x, y, size, lean)
    _truck(c, 900, 800)
    rng = random.Random(9)
    for _ in range(110):
        c.circle(rng.uniform(0, 1600), rng.uniform(0, 880), rng.uniform(1.8, 4.4), "#ffffff")


def _felled(c: Canvas, x: float, y: float, size: float, lean: int) -> None:
    c.shadow(x + 110 * size, y + 6, 170 * size, 18, 80)
    start = x if lean > 0 else x + 240 * size
    for offset, half, tall in ((30, 56, 92), (88, 46, 88), (146, 34, 92)):
        foot = start + lean * offset * size
        tip = foot + lean * tall * size
        middle = y - 40 * size
        c.poly([(foot, middle - half * size), (tip, middle), (foot, middle + half * 0.8 * size)], "#3f7765")
        c.poly([(foot, middle + half * 0.8 * size), (tip, middle), (foot + lean * 8, middle)], "#2f5f52")
    c.rect(min(start, start + lean * 34 * size), y - 48 * size, 34 * size, 16 * size, "#8a6238", 3)
    c.circle(start, y - 40 * size, 10 * size, "#d8b684")


def _truck(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 250, y + 36, 400, 30, 100)
    for i, size in enumerate((1.0, 0.9, 0.95)):
        _felled(c, x + 150 + i * 105, y - 106 - i % 2 * 26, size, 1 if i % 2 else -1)
    c.rect(x + 150, y - 110, 420, 74, (mix(GREEN, "#ffffff", 0.15), GREEN), 5)
    for i in range(6):
        c.rect(x + 164 + i * 68, y - 104, 4, 62, "#00000033")
    c.rect(x, y - 210, 140, 176, (mix(GREEN, "#ffffff", 0.2), GREEN), 16)
    c.poly([(x + 12, y - 130), (x + 26, y - 194), (x + 72, y - 194), (x + 72, y - 130)], ("#dbeef3", GLASS))
    c.rect(x + 80, y - 194, 48, 64, ("#dbeef3", GLASS), 4)
    c.rect(x, y - 52, 570, 22, "#2b3a42", 5)
    c.rect(x + 34, y - 228, 64, 20, YELLOW, 8)
    c.circle(x + 10, y - 78, 11, "#fff0bd")
    for wx in (78, 360, 480):
        c.circle(x + wx, y, 44, "#2b3a42")
        c.circle(x + wx, y, 22, "#b8c2c5")
        c.circle(x + wx, y, 9, INK)


SCENES = {
    "hochwasser": hochwasser,
    "weidebad": weidebad,
    "wald": wald,
    "winter": winter,
    "christbaum": christbaum,
}
