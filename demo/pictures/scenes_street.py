"""Drawings along the street: closure, fibre trench, bus stop, bins."""

from __future__ import annotations

import math
import random

from demo.pictures import parts as p
from demo.pictures.kit import (
    BLUE,
    CREAM,
    GLASS,
    GREEN,
    INK,
    ORANGE,
    RED,
    STEEL,
    YELLOW,
    Canvas,
    Point,
    curve,
    mix,
)

SIGN = "#f5c33b"


def sperrung(c: Canvas) -> None:
    """The closed street with the detour sign."""
    p.sky(c)
    p.cloud(c, 380, 140, 1.3)
    p.cloud(c, 980, 100, 1.0)
    p.hills(c, 440, seed=21)
    for x, w, h, wall, roof, timber in (
        (-30, 190, 210, 1, 0, False),
        (168, 175, 180, 3, 2, True),
        (352, 150, 150, 0, 1, False),
        (508, 128, 118, 4, 0, True),
    ):
        p.house(c, x, 600, w, h, wall=wall, roof=roof, timber=timber)
    for x, w, h, wall, roof, timber in (
        (970, 128, 118, 2, 1, False),
        (1106, 150, 150, 1, 3, True),
        (1266, 175, 185, 3, 0, False),
        (1450, 190, 205, 0, 1, True),
    ):
        p.house(c, x, 600, w, h, wall=wall, roof=roof, timber=timber)
    p.church(c, 780, 560, 0.75)
    p.tree(c, 660, 592, 0.6)
    p.tree(c, 945, 592, 0.62)
    c.poly([(0, 600), (1600, 600), (1600, 900), (0, 900)], ("#e0d5c3", "#cdbfa8"))
    c.poly([(700, 566), (900, 566), (1480, 900), (120, 900)], ("#8a959a", "#5b676e"))
    c.poly([(690, 566), (700, 566), (120, 900), (76, 900)], "#efe6d6")
    c.poly([(900, 566), (910, 566), (1524, 900), (1480, 900)], "#efe6d6")
    c.poly([(720, 630), (900, 630), (960, 690), (690, 690)], ("#8a6a4c", "#5f4837"))
    c.poly([(720, 630), (900, 630), (906, 640), (714, 640)], "#453426")
    c.line([(738, 662), (915, 662)], "#3b7c99", 15)
    c.line([(738, 658), (915, 658)], "#7fb4c9", 4)
    c.poly(curve([(905, 690), (950, 640), (1010, 628), (1060, 690)]), ("#a98358", "#7d5f40"))
    for x in (360, 800, 1240):
        _barrier(c, x, 790)
    for x, y in ((150, 860), (1450, 860), (590, 846), (1012, 846)):
        _cone(c, x, y)
    _detour(c, 480, 770)
    _closed(c, 1130, 770)


def _barrier(c: Canvas, x: float, y: float) -> None:
    c.shadow(x, y + 42, 250, 18, 90)
    for dx in (-140, 140):
        c.rect(x + dx - 7, y - 86, 14, 124, STEEL, 4)
        c.rect(x + dx - 36, y + 30, 72, 13, INK, 4)
    for dy in (-78, -14):
        c.rect(x - 190, y + dy, 380, 40, CREAM, 5)
        for i in range(5):
            left = x - 190 + i * 80
            right = min(left + 40, x + 190)
            c.rect(left, y + dy, right - left, 40, RED, 4)
    for dx in (-176, 176):
        c.circle(x + dx, y - 98, 17, "#8f5a20")
        c.circle(x + dx, y - 98, 13, YELLOW)
        c.glow(x + dx, y - 98, 42, "#ffe09a", 130)


def _cone(c: Canvas, x: float, y: float) -> None:
    c.shadow(x, y + 4, 54, 12, 80)
    c.rect(x - 40, y - 8, 80, 14, "#b3502a", 4)
    c.poly([(x - 28, y - 8), (x - 7, y - 92), (x + 7, y - 92), (x + 28, y - 8)], ("#f0914a", "#d9642f"))
    c.poly([(x - 21, y - 36), (x - 15, y - 60), (x + 15, y - 60), (x + 21, y - 36)], CREAM)


def _detour(c: Canvas, x: float, y: float) -> None:
    c.shadow(x, y + 46, 80, 12)
    c.rect(x - 6, y - 300, 12, 344, STEEL, 3)
    c.rect(x - 134, y - 400, 268, 150, INK, 14)
    c.rect(x - 129, y - 395, 258, 140, ("#f8cf57", SIGN), 11)
    c.line([(x + 70, y - 285), (x + 70, y - 330), (x - 40, y - 330)], INK, 22, round_ends=False)
    c.poly([(x - 96, y - 330), (x - 36, y - 372), (x - 36, y - 288)], INK)


def _closed(c: Canvas, x: float, y: float) -> None:
    c.shadow(x, y + 46, 80, 12)
    c.rect(x - 6, y - 250, 12, 294, STEEL, 3)
    c.circle(x, y - 326, 86, mix(RED, INK, 0.25))
    c.circle(x, y - 326, 82, RED)
    c.circle(x, y - 326, 58, CREAM)


def glasfaser(c: Canvas) -> None:
    """The open trench with empty pipes."""
    p.sky(c)
    p.cloud(c, 1180, 120, 1.3)
    p.cloud(c, 250, 170, 1.0)
    p.hills(c, 420, seed=24)
    p.ground(c, 500, seed=14)
    p.village(c, 556, seed=27, start=-30, end=1100, size=0.92)
    for x, size in ((1160, 1.0), (1340, 0.8), (1500, 1.15)):
        p.tree(c, x, 568, size)
    c.poly([(0, 552), (1600, 552), (1600, 660), (0, 660)], ("#7b878d", "#667279"))
    for x in range(-20, 1600, 170):
        c.rect(x, 600, 92, 7, "#f4ecdbcc", 3)
    c.poly([(0, 655), (1600, 655), (1600, 900), (0, 900)], ("#e0d3bd", "#c9b898"))
    for i in range(23):
        c.line([(i * 75 - 20, 660), (i * 92 - 220, 900)], "#b3a28466", 2.5)
    c.rect(0, 651, 1600, 12, "#efe6d6")
    c.poly([(-20, 726), (1620, 716), (1620, 858), (-20, 872)], ("#8d6a4a", "#503a2a"))
    c.poly([(-20, 726), (1620, 716), (1620, 742), (-20, 754)], "#3f2e22")
    rng = random.Random(3)
    for _ in range(70):
        c.ellipse(
            rng.uniform(0, 1600),
            rng.uniform(760, 856),
            rng.uniform(4, 13),
            rng.uniform(3, 7),
            rng.choice(("#a17e59", "#6b4f38", "#b99871")),
        )
    for i, colour in enumerate((ORANGE, BLUE, GREEN, "#e9c84a", "#9a5a8a")):
        pipe = [
            (-20.0, 786 + i * 14.0),
            *curve([(100, 784 + i * 14), (600, 778 + i * 14), (1050, 788 + i * 13), (1620, 778 + i * 14)]),
        ]
        c.line(pipe, mix(colour, INK, 0.25), 13)
        c.line([(x, y - 2) for x, y in pipe], colour, 9)
    c.poly(curve([(720, 722), (790, 668), (900, 640), (1000, 662), (1080, 720)]), ("#a98358", "#7d5f40"))
    _reel(c, 330, 690)
    _digger(c, 1240, 706)
    for x in (90, 560):
        _cone(c, x, 712)


def _reel(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 20, y + 14, 170, 20, 90)
    c.ellipse(x + 62, y - 106, 76, 112, mix("#b88a56", INK, 0.25))
    c.poly([(x, y - 190), (x + 62, y - 190), (x + 62, y - 22), (x, y - 22)], ORANGE)
    for i in range(7):
        c.rect(x + 4 + i * 9, y - 190, 3, 168, mix(ORANGE, INK, 0.22))
    c.ellipse(x, y - 106, 78, 116, "#8a6238")
    c.ellipse(x - 4, y - 106, 74, 112, ("#dcb37c", "#bd8d57"))
    for i in range(6):
        angle = math.tau * i / 6
        c.line(
            [(x - 4, y - 106), (x - 4 + 70 * math.cos(angle), y - 106 + 106 * math.sin(angle))], "#a87b47", 5
        )
    c.ellipse(x - 4, y - 106, 22, 32, "#8a6238")
    c.ellipse(x - 4, y - 106, 10, 15, INK)
    c.line(curve([(x + 60, y - 30), (x + 130, y + 6), (x + 190, y + 60), (x + 250, y + 100)]), ORANGE, 9)


def _digger(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 30, y + 10, 240, 22, 100)
    c.rect(x - 110, y - 54, 280, 58, "#2b3a42", 29)
    for i in range(5):
        c.circle(x - 80 + i * 55, y - 25, 18, STEEL)
    c.rect(x - 60, y - 76, 180, 24, INK, 5)
    c.rect(x - 30, y - 170, 210, 98, ("#f9cd63", YELLOW), 14)
    c.rect(x - 76, y - 246, 120, 172, YELLOW, 12)
    c.rect(x - 62, y - 232, 92, 84, ("#d6ecf2", GLASS), 6)
    c.poly([(x - 62, y - 232), (x - 20, y - 232), (x - 62, y - 170)], "#ffffff55")
    for i in range(4):
        c.rect(x + 100, y - 146 + i * 14, 60, 5, "#a87b1f")
    arm: list[Point] = [(x - 60, y - 110), (x - 190, y - 250), (x - 300, y - 130)]
    c.line(arm, mix(YELLOW, INK, 0.2), 34)
    c.line([(px, py - 4) for px, py in arm], YELLOW, 25)
    c.line([(x - 90, y - 100), (x - 170, y - 200)], STEEL, 9)
    for px, py in arm:
        c.circle(px, py, 11, INK)
    c.poly(
        [(x - 330, y - 136), (x - 268, y - 132), (x - 262, y - 84), (x - 304, y - 56), (x - 352, y - 74)], INK
    )
    for i in range(3):
        c.poly(
            [
                (x - 350 + i * 20, y - 72 + i * 6),
                (x - 348 + i * 20, y - 52 + i * 6),
                (x - 338 + i * 20, y - 68 + i * 6),
            ],
            STEEL,
        )


def bus(c: Canvas) -> None:
    """The bus at its stop."""
    p.sky(c)
    p.cloud(c, 420, 120, 1.2)
    p.hills(c, 430, seed=28)
    p.village(c, 590, seed=33, start=-20, end=1640, size=1.05)
    for x, size in ((40, 1.0), (960, 0.9), (1560, 1.1)):
        p.tree(c, x, 606, size)
    c.rect(0, 590, 1600, 100, ("#e3d6c1", "#d3c4aa"))
    for x in range(0, 1600, 80):
        c.rect(x, 592, 2, 92, "#b7a58a66")
    p.street(c, 690, 210)
    _shelter(c, 1160, 680)
    _bus(c, 160, 806)


def _shelter(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 150, y + 8, 260, 20)
    c.rect(x + 6, y - 216, 288, 208, "#cfe6ec")
    c.poly([(x + 20, y - 210), (x + 120, y - 210), (x + 40, y - 20), (x + 20, y - 20)], "#ffffff")
    for dx in (0, 146, 290):
        c.rect(x + dx, y - 226, 10, 230, INK)
    c.rect(x - 26, y - 246, 352, 24, (mix(GREEN, "#ffffff", 0.1), GREEN), 8)
    c.rect(x + 30, y - 72, 236, 14, "#a97c50", 4)
    c.rect(x + 30, y - 110, 236, 10, "#a97c50", 4)
    for dx in (52, 236):
        c.rect(x + dx, y - 60, 8, 60, INK)
    c.rect(x + 178, y - 196, 92, 66, CREAM, 3)
    for i in range(4):
        c.rect(x + 186, y - 188 + i * 14, 76 - i * 9, 5, STEEL)
    pole = x + 356
    c.rect(pole, y - 300, 9, 306, STEEL)
    c.circle(pole + 4, y - 310, 52, GREEN)
    c.circle(pole + 4, y - 310, 45, SIGN)
    c.rect(pole - 18, y - 336, 11, 52, GREEN)
    c.rect(pole + 15, y - 336, 11, 52, GREEN)
    c.rect(pole - 10, y - 316, 28, 11, GREEN)
    c.rect(pole - 26, y - 236, 60, 82, CREAM, 4)
    for i in range(5):
        c.rect(pole - 18, y - 226 + i * 14, 44, 4, STEEL)


def _bus(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 440, y + 36, 620, 34, 110)
    c.rect(x, y - 300, 900, 288, ("#fdf6e9", "#ecdcc0"), 30)
    c.rect(x, y - 120, 900, 108, ("#3d86a8", BLUE), 18)
    c.poly(
        [(x + 480, y - 120), (x + 620, y - 300), (x + 870, y - 300), (x + 900, y - 262), (x + 900, y - 120)],
        GREEN,
    )
    c.rect(x + 22, y - 274, 860, 138, "#24404f", 16)
    for i in range(5):
        left = x + 34 + i * 128
        c.rect(left, y - 264, 116, 118, ("#d6ecf2", GLASS), 8)
        c.poly(
            [
                (left + 12, y - 264),
                (left + 56, y - 264),
                (left + 8, y - 168),
                (left, y - 168),
                (left, y - 240),
            ],
            "#ffffff44",
        )
    c.rect(x + 800, y - 264, 74, 150, ("#d6ecf2", GLASS), 10)
    c.rect(x + 676, y - 266, 112, 246, "#24404f", 8)
    for dx in (682, 736):
        c.rect(x + dx, y - 258, 46, 228, ("#d6ecf2", GLASS), 5)
    c.rect(x + 620, y - 330, 240, 38, "#24323a", 9)
    for i in range(17):
        if i % 6 != 4:
            c.rect(x + 640 + i * 12, y - 318, 8, 14, "#f5b83b", 2)
    c.rect(x + 880, y - 92, 22, 36, "#fff0bd", 7)
    c.rect(x, y - 92, 12, 36, RED, 4)
    c.line([(x + 892, y - 262), (x + 922, y - 250), (x + 922, y - 214)], INK, 7)
    for wx in (190, 580):
        c.circle(x + wx, y - 10, 66, "#1f5470")
        c.circle(x + wx, y, 55, "#2b3a42")
        c.circle(x + wx, y, 30, "#b8c2c5")
        c.circle(x + wx, y, 12, INK)


def abfall(c: Canvas) -> None:
    """Four bins at the kerb."""
    p.sky(c, sun=(300, 190))
    p.cloud(c, 1150, 130, 1.3)
    p.hills(c, 420, seed=35)
    p.village(c, 560, seed=36, start=-30, end=1640, size=1.1)
    rng = random.Random(4)
    c.rect(0, 520, 1600, 150, ("#6f9f5f", "#4d7d50"))
    for _ in range(420):
        x, y = rng.uniform(0, 1600), rng.uniform(520, 660)
        c.circle(x, y, rng.uniform(6, 16), rng.choice(("#7fae69", "#5f9160", "#6b9c60", "#558856")))
    for x in range(0, 1640, 46):
        c.circle(x, 522 + (x * 7) % 11, 30, "#7fae69")
    c.rect(0, 664, 1600, 130, ("#e3d6c1", "#cfbfa6"))
    for x in range(0, 1600, 90):
        c.line([(x, 668), (x - 40, 790)], "#b7a58a66", 2.5)
    c.rect(0, 786, 1600, 18, "#efe6d6")
    c.rect(0, 804, 1600, 96, ("#6d797f", "#5b676e"))
    for x, body, lid in (
        (300, "#3f4a50", "#2d373d"),
        (640, "#7d5f48", "#654a37"),
        (980, "#3f7fa3", "#2d6383"),
        (1320, "#4a555b", "#eabf3f"),
    ):
        _bin(c, x, 766, body, lid)


def _bin(c: Canvas, x: float, y: float, body: str, lid: str) -> None:
    c.shadow(x + 22, y + 8, 180, 24, 110)
    c.poly(
        [(x - 104, y - 326), (x + 104, y - 326), (x + 82, y - 16), (x - 82, y - 16)],
        (mix(body, "#ffffff", 0.16), body),
    )
    c.poly([(x + 40, y - 326), (x + 104, y - 326), (x + 82, y - 16), (x + 30, y - 16)], "#1d334426")
    c.rect(x - 120, y - 366, 240, 46, (mix(lid, "#ffffff", 0.18), lid), 16)
    c.rect(x - 60, y - 384, 120, 22, mix(lid, INK, 0.2), 8)
    for dx in (-46, 0, 46):
        c.rect(x + dx - 5, y - 290, 10, 200, "#ffffff1f", 5)
    c.rect(x - 36, y - 236, 72, 72, "#fffaf0dd", 12)
    c.poly(
        curve(
            [
                (x, y - 222),
                (x + 22, y - 200),
                (x + 14, y - 180),
                (x, y - 176),
                (x - 14, y - 180),
                (x - 22, y - 200),
                (x, y - 222),
            ]
        ),
        lid,
    )
    for dx in (-70, 70):
        c.circle(x + dx, y - 14, 26, "#222c32")
        c.circle(x + dx, y - 14, 11, STEEL)


SCENES = {
    "sperrung": sperrung,
    "glasfaser": glasfaser,
    "bus": bus,
    "abfall": abfall,
}
