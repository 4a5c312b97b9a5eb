"""Drawings of rooms: reading corner, library, counter of the Bürgerbüro."""

from __future__ import annotations

import math
import random

from demo.pictures import arms
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
    WALL,
    WOOD,
    YELLOW,
    Canvas,
    curve,
    mix,
)

SPINES = (BLUE, RED, YELLOW, GREEN, ORANGE, "#7fa9b8", "#8f6a86", "#d9b38c", "#456b7a", "#c98f63")


def room(c: Canvas, floor: float) -> None:
    """Wall, skirting and boards."""
    c.rect(0, 0, 1600, floor, WALL)
    c.rect(0, floor - 20, 1600, 20, ("#fffdf7", "#e3d6bf"))
    c.rect(0, floor, 1600, 900 - floor, WOOD)
    for i in range(-8, 9):
        c.line([(800 + i * 130, floor), (800 + i * 230, 900)], "#a87b4755", 3)


def shelf(c: Canvas, x: float, y: float, w: float, h: float, *, rows: int, seed: int) -> None:
    """A shelf full of books; (x, y) is the upper left corner."""
    rng = random.Random(seed)
    c.shadow(x + w / 2 + 16, y + h + 4, w * 0.7, 22)
    c.rect(x, y, w, h, ("#b98a5c", "#94693f"), 6)
    step = (h - 14) / rows
    for row in range(rows):
        top = y + 14 + row * step
        c.rect(x + 14, top, w - 28, step - 14, ("#6f4d30", "#84603e"))
        at = x + 20
        foot = top + step - 14
        while at < x + w - 46:
            wide = rng.uniform(13, 27)
            tall = (step - 14) * rng.uniform(0.62, 0.92)
            colour = rng.choice(SPINES)
            if rng.random() < 0.08:
                at += rng.uniform(18, 44)
                continue
            c.rect(at, foot - tall, wide, tall, (mix(colour, "#ffffff", 0.16), colour), 2)
            c.rect(at + 3, foot - tall * 0.82, wide - 6, 5, "#fffaf0bb")
            c.rect(at + 3, foot - tall * 0.24, wide - 6, 3, "#fffaf088")
            at += wide + 2


def lamp(c: Canvas, x: float, y: float, tall: float) -> None:
    """A standard lamp; (x, y) is its foot."""
    c.shadow(x, y + 4, 70, 14)
    c.glow(x, y - tall + 60, 330, "#ffe3a3", 150)
    c.rect(x - 5, y - tall, 10, tall, INK)
    c.ellipse(x, y, 54, 11, INK)
    c.poly(
        [(x - 46, y - tall - 30), (x + 46, y - tall - 30), (x + 84, y - tall + 82), (x - 84, y - tall + 82)],
        ("#fbe6b4", "#f2c76a"),
    )


def plant(c: Canvas, x: float, y: float, size: float = 1) -> None:
    """A pot plant; (x, y) is its foot."""
    c.shadow(x + 6, y + 3, 70 * size, 13 * size)
    for angle in (-62, -38, -14, 12, 36, 60):
        dx, dy = 120 * size * math.sin(math.radians(angle)), -170 * size * math.cos(math.radians(angle))
        top = y - 80 * size
        c.poly(
            curve(
                [
                    (x, top),
                    (x + dx * 0.4 - 16 * size, top + dy * 0.5),
                    (x + dx, top + dy),
                    (x + dx * 0.5 + 16 * size, top + dy * 0.45),
                    (x, top),
                ]
            ),
            "#5d9160" if angle % 4 else "#77a972",
        )
    c.poly(
        [
            (x - 48 * size, y - 92 * size),
            (x + 48 * size, y - 92 * size),
            (x + 36 * size, y),
            (x - 36 * size, y),
        ],
        ("#d88763", "#b2613f"),
    )
    c.rect(x - 54 * size, y - 100 * size, 108 * size, 20 * size, "#c5744f", 5)


def _armchair(c: Canvas, x: float, y: float, colour: str) -> None:
    dark = mix(colour, INK, 0.22)
    c.shadow(x, y + 12, 190, 24, 110)
    for dx in (-104, 92):
        c.rect(x + dx, y - 24, 14, 36, "#7d5a3a", 4)
    c.rect(x - 112, y - 300, 224, 220, (mix(colour, "#ffffff", 0.16), colour), 54)
    c.rect(x - 104, y - 138, 208, 90, mix(colour, "#ffffff", 0.2), 26)
    c.rect(x - 142, y - 176, 66, 160, (colour, dark), 30)
    c.rect(x + 76, y - 176, 66, 160, (colour, dark), 30)
    c.rect(x - 112, y - 62, 224, 48, dark, 16)
    for dx in (-46, 0, 46):
        c.circle(x + dx, y - 232, 5, dark)


def lesepaten(c: Canvas) -> None:
    """The reading corner of the school."""
    room(c, 640)
    p.outlook(c, 640, 110, 360, 330, seed=91)
    shelf(c, 90, 170, 380, 470, rows=4, seed=92)
    for i, colour in enumerate((RED, YELLOW, BLUE, GREEN, ORANGE, RED, YELLOW, BLUE, GREEN, ORANGE)):
        x = 60 + i * 160
        y = 46 + 26 * math.sin(i * 1.3)
        c.poly([(x, y), (x + 86, y), (x + 43, y + 66)], colour)
    c.line(
        [(0, 50), *[(60 + i * 160 + 43, 46 + 26 * math.sin(i * 1.3)) for i in range(10)], (1600, 40)], INK, 3
    )
    c.ellipse(810, 800, 640, 92, "#8fb5a3")
    c.ellipse(810, 796, 590, 78, "#a9c8b8")
    c.ellipse(810, 792, 520, 62, "#bcd6c9")
    lamp(c, 1390, 690, 440)
    plant(c, 545, 690, 0.9)
    _armchair(c, 430, 800, "#e2a24a")
    _armchair(c, 1180, 800, "#4f93ac")
    c.shadow(806, 846, 210, 24, 110)
    c.rect(782, 730, 48, 110, "#94693f")
    c.ellipse(806, 842, 100, 14, "#7d5a3a")
    c.ellipse(806, 732, 192, 40, "#94693f")
    c.ellipse(806, 722, 192, 40, ("#dcb37c", "#c79a69"))
    _open_book(c, 806, 712)


def _open_book(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x + 6, y + 16, 130, 16, "#1d334433")
    c.poly(
        [
            (x - 128, y - 46),
            (x, y - 34),
            (x + 128, y - 46),
            (x + 146, y + 14),
            (x, y + 28),
            (x - 146, y + 14),
        ],
        RED,
    )
    c.poly(
        [
            *curve([(x - 124, y - 56), (x - 60, y - 64), (x, y - 44)]),
            (x, y + 18),
            *curve([(x - 4, y + 18), (x - 70, y - 4), (x - 138, y + 6)]),
        ],
        ("#ffffff", "#f1e8d6"),
    )
    c.poly(
        [
            *curve([(x + 124, y - 56), (x + 60, y - 64), (x, y - 44)]),
            (x, y + 18),
            *curve([(x + 4, y + 18), (x + 70, y - 4), (x + 138, y + 6)]),
        ],
        ("#fffdf7", "#eadfc9"),
    )
    c.line([(x, y - 44), (x, y + 18)], "#cbbda5", 3)
    c.circle(x - 84, y - 36, 11, YELLOW)
    c.poly(
        [
            (x - 122, y - 6),
            (x - 92, y - 32),
            (x - 70, y - 12),
            (x - 48, y - 30),
            (x - 24, y - 2),
            (x - 70, y - 10),
        ],
        GREEN,
    )
    for i in range(4):
        c.line(
            [(x + 28 + i * 2, y - 40 + i * 12), (x + 104 + i * 5 - i % 2 * 18, y - 44 + i * 12)], "#9fa9a6", 4
        )


def buecherei(c: Canvas) -> None:
    """The library."""
    room(c, 660)
    p.outlook(c, 640, 90, 330, 420, seed=95)
    shelf(c, 60, 90, 500, 570, rows=5, seed=96)
    shelf(c, 1050, 90, 500, 570, rows=5, seed=97)
    for x in (300, 800, 1300):
        c.rect(x - 2, 0, 4, 30, INK)
        c.glow(x, 70, 150, "#ffe9b8", 120)
        c.poly([(x - 24, 28), (x + 24, 28), (x + 58, 66), (x - 58, 66)], "#456b7a")
    plant(c, 1010, 676, 0.9)
    c.shadow(790, 864, 480, 34, 120)
    for dx in (-330, 306):
        c.rect(800 + dx, 730, 26, 136, "#94693f")
    c.rect(430, 700, 740, 40, ("#dcb37c", "#bd8d57"), 8)
    for i, (w, colour) in enumerate(((170, BLUE), (150, RED), (160, YELLOW), (132, GREEN))):
        c.rect(500 + i * 5, 672 - i * 28, w, 27, colour, 4)
        c.rect(506 + i * 5, 678 - i * 28, w - 12, 4, "#fffaf088")
    _open_book(c, 850, 682)
    c.glow(1080, 640, 170, "#ffe3a3", 130)
    c.ellipse(1080, 700, 50, 10, INK)
    c.line([(1080, 698), (1110, 610), (1060, 548)], INK, 8)
    c.poly([(1012, 560), (1062, 520), (1088, 552), (1052, 598)], GREEN)
    for x in (560, 1000):
        c.rect(x - 60, 806, 120, 20, (ORANGE, mix(ORANGE, INK, 0.2)), 10)
        for dx in (-48, 38):
            c.rect(x + dx, 824, 10, 56, "#7d5a3a")


def buergerbuero(c: Canvas) -> None:
    """The counter."""
    room(c, 650)
    p.outlook(c, 110, 120, 380, 320, seed=98)
    c.rect(560, 90, 560, 330, ("#4d8a9c", BLUE), 16)
    arms.paint(c, 840, 250, 250)
    c.circle(1320, 210, 92, INK)
    c.circle(1320, 210, 82, CREAM)
    for i in range(12):
        angle = math.tau * i / 12
        c.circle(1320 + 66 * math.sin(angle), 210 - 66 * math.cos(angle), 5 if i % 3 == 0 else 3, INK)
    c.line([(1320, 210), (1320, 152)], INK, 6)
    c.line([(1320, 210), (1284, 188)], INK, 8)
    c.circle(1320, 210, 7, RED)
    plant(c, 1480, 690, 1.25)
    c.shadow(780, 792, 720, 34, 120)
    c.rect(250, 560, 1060, 230, ("#f3e6cd", "#dcc7a3"), 10)
    for x in range(290, 1290, 62):
        c.rect(x, 596, 5, 190, "#bda27a66")
    c.rect(226, 530, 1108, 44, ("#b98a5c", "#94693f"), 10)
    _screen(c, 540, 530)
    c.rect(730, 500, 150, 10, CREAM, 2)
    c.rect(738, 510, 150, 10, "#e6dcc7", 2)
    c.rect(734, 520, 152, 10, BLUE, 2)
    c.line([(800, 496), (862, 480)], RED, 6)
    c.rect(960, 470, 84, 60, ("#f2c76a", "#d9a23f"), 6)
    for i, colour in enumerate((RED, BLUE, GREEN)):
        c.line([(980 + i * 20, 472), (974 + i * 26, 430)], colour, 7)
    c.rect(1110, 410, 130, 120, "#dbeef3", 6)
    c.rect(1110, 410, 130, 12, STEEL, 4)
    for i in range(3):
        c.rect(1124, 440 + i * 26, 102, 18, (YELLOW, CREAM, "#bfdcc1")[i], 3)
    for x in (460, 1090):
        _chair(c, x, 850)


def _screen(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 14, y - 44, 28, 44, INK)
    c.rect(x - 60, y - 8, 120, 9, INK, 4)
    c.rect(x - 122, y - 202, 244, 160, INK, 10)
    c.rect(x - 112, y - 192, 224, 140, ("#dbeef3", GLASS), 4)
    c.rect(x - 98, y - 178, 90, 12, BLUE, 4)
    for i in range(4):
        c.rect(x - 98, y - 152 + i * 22, 190 - i * 26, 9, "#ffffff", 4)


def _chair(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 10, y + 6, 130, 18, 110)
    for dx in (-62, 52):
        c.rect(x + dx, y - 90, 11, 94, INK, 3)
    c.rect(x - 76, y - 110, 152, 32, (mix(ORANGE, "#ffffff", 0.14), ORANGE), 14)
    c.rect(x - 66, y - 250, 132, 116, (mix(ORANGE, "#ffffff", 0.14), ORANGE), 26)
    for dx in (-44, 34):
        c.rect(x + dx, y - 138, 10, 32, INK)


SCENES = {"lesepaten": lesepaten, "buecherei": buecherei, "buergerbuero": buergerbuero}
