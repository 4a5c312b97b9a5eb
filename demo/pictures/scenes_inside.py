"""Drawings of things on a table: tap, ballot box, budget bars, plan of the playground."""

from __future__ import annotations

import math

from demo.pictures import arms
from demo.pictures import parts as p
from demo.pictures.kit import (
    BLUE,
    CREAM,
    GREEN,
    INK,
    ORANGE,
    RED,
    WALL,
    WOOD,
    YELLOW,
    Canvas,
    curve,
    mix,
)


def trinkwasser(c: Canvas) -> None:
    """Clear water out of the tap."""
    c.rect(0, 0, 1600, 900, ("#dcebea", "#c6dcdb"))
    for x in range(0, 1600, 100):
        c.rect(x, 0, 3, 660, "#ffffff66")
    for y in range(0, 660, 100):
        c.rect(0, y, 1600, 3, "#ffffff66")
    p.outlook(c, 180, 80, 480, 400, seed=71)
    c.rect(292, 330, 18, 92, "#e9dfca")
    c.poly([(261, 334), (273, 274), (329, 274), (341, 334)], ("#f4ead6", "#d9c9ab"))
    c.poly([(265, 276), (301, 246), (337, 276)], "#c5674c")
    c.rect(0, 660, 1600, 240, WOOD)
    c.rect(0, 660, 1600, 14, "#ffffff55")
    for y in (730, 806, 870):
        c.rect(0, y, 1600, 3, "#a87b4755")
    c.shadow(920, 768, 520, 60, 90)
    c.rect(560, 690, 740, 120, ("#e9eef0", "#b5c1c6"), 34)
    c.rect(596, 708, 668, 84, ("#8d9ba2", "#c6d0d4"), 26)
    c.rect(1080, 400, 46, 310, ("#dfe6e9", "#9aa8af"), 8)
    neck = curve([(1103, 420), (1100, 330), (1040, 262), (950, 262), (894, 320), (890, 390)])
    c.line(neck, "#8695a0", 54)
    c.line([(x - 4, y - 4) for x, y in neck], "#c9d4d9", 38)
    c.line([(x - 8, y - 9) for x, y in neck], "#f2f6f7", 10)
    c.rect(858, 384, 64, 26, "#8695a0", 6)
    c.rect(1140, 440, 110, 26, ("#dfe6e9", "#8695a0"), 12)
    c.circle(1142, 453, 30, "#a7b4ba")
    c.circle(1142, 453, 12, BLUE)
    c.rect(1060, 694, 88, 22, "#8695a0", 8)
    c.poly([(874, 410), (906, 410), (912, 690), (868, 690)], ("#a9dcea", "#7cc2d8"))
    c.rect(880, 410, 7, 270, "#ffffff99")
    c.poly([(806, 516), (974, 516), (950, 760), (830, 760)], "#e3f3f688")
    c.poly([(816, 600), (964, 600), (948, 748), (832, 748)], ("#9fd6e5", "#5fb0cb"))
    c.ellipse(890, 600, 74, 12, "#c3e9f2")
    c.rect(866, 592, 48, 12, "#ffffffaa", 6)
    for x, y, r in ((860, 650, 6), (905, 680, 8), (880, 710, 5), (930, 640, 5), (845, 700, 4)):
        c.circle(x, y, r, "#e3f6fa")
    c.line([(806, 516), (830, 760), (950, 760), (974, 516)], "#ffffff", 6)
    c.line([(828, 540), (844, 720)], "#ffffff", 8)
    c.rect(300, 560, 130, 120, ("#cf7a55", "#b2613f"), 12)
    for dx, dy in ((-50, -60), (-20, -100), (10, -110), (44, -90), (64, -54)):
        c.line([(365, 570), (365 + dx, 570 + dy)], GREEN, 6)
        c.ellipse(365 + dx, 570 + dy, 24, 14, "#6ba36a")
    c.rect(292, 552, 146, 24, "#c56c49", 6)


def buergerbudget(c: Canvas) -> None:
    """The ballot box and the ideas."""
    p.sky(c, ("#cfe3e4", "#f8efdc"), sun=None, to=900)
    p.hills(c, 560, seed=73, tint="#f8efdc", share=0.3)
    p.church(c, 1290, 640, 0.7)
    p.village(c, 650, seed=74, start=-30, end=540, size=0.8)
    p.village(c, 650, seed=75, start=1120, end=1640, size=0.8)
    c.rect(0, 650, 1600, 250, ("#a5c985", "#83b36f"))
    c.shadow(810, 846, 460, 46, 120)
    c.rect(540, 470, 520, 370, ("#3d86a8", "#2a6582"), 18)
    c.poly([(900, 470), (1060, 470), (1060, 840), (930, 840)], "#1d33441f")
    c.poly([(540, 480), (600, 420), (1000, 420), (1060, 480)], ("#6fb0c6", "#4f97b3"))
    c.rect(690, 438, 220, 20, INK, 10)
    arms.paint(c, 800, 640, 200)
    sheet = [(706, 214), (878, 200), (896, 448), (716, 448)]
    c.poly([(x + 10, y + 8) for x, y in sheet[:2]] + [(904, 448), (722, 448)], "#1d334422")
    c.poly(sheet, ("#ffffff", "#f4ead6"))
    for i in range(3):
        y = 250 + i * 62
        c.rect(734, y, 42, 42, INK, 5)
        c.rect(738, y + 4, 34, 34, "#ffffff", 3)
        c.line([(744, y + 10), (766, y + 32)], RED, 6)
        c.line([(766, y + 10), (744, y + 32)], RED, 6)
        c.rect(794, y + 8, 74, 8, "#b9c4c4", 4)
        c.rect(794, y + 24, 52, 8, "#d2d9d6", 4)
    for x, y, colour in (
        (250, 250, "#f4d58d"),
        (470, 160, "#bfdcc1"),
        (1130, 170, "#f0bfa5"),
        (1350, 270, "#b9d8e6"),
    ):
        c.shadow(x + 10, y + 18, 130, 120, 50)
        c.circle(x, y, 98, CREAM)
        c.circle(x, y, 88, colour)
    _bench(c, 250, 270)
    p.tree(c, 470, 222, 0.58)
    _bicycle(c, 1130, 190)
    _ball(c, 1350, 270)


def _ball(c: Canvas, x: float, y: float) -> None:
    c.circle(x, y, 56, INK)
    c.circle(x, y, 52, CREAM)
    for i in range(5):
        angle = math.tau * i / 5
        dx, dy = math.sin(angle), -math.cos(angle)
        c.line([(x, y), (x + 44 * dx, y + 44 * dy)], INK, 4)
        c.circle(x + 44 * dx, y + 44 * dy, 11, INK)
    c.poly(
        [(x + 20 * math.sin(math.tau * i / 5), y - 20 * math.cos(math.tau * i / 5)) for i in range(5)], INK
    )


def _bench(c: Canvas, x: float, y: float) -> None:
    for dy in (-44, -28, 0):
        c.rect(x - 58, y + dy, 116, 11, "#9a6b45", 4)
    for dx in (-44, 36):
        c.rect(x + dx, y - 48, 9, 84, INK, 3)


def _bicycle(c: Canvas, x: float, y: float) -> None:
    for dx in (-40, 40):
        c.circle(x + dx, y + 8, 31, INK)
        c.circle(x + dx, y + 8, 25, "#f0bfa5")
    c.line([(x - 40, y + 8), (x - 16, y - 32), (x + 26, y - 32), (x - 4, y + 8), (x - 40, y + 8)], RED, 6)
    c.line([(x - 4, y + 8), (x - 20, y - 42)], RED, 6)
    c.line([(x + 40, y + 8), (x + 22, y - 48), (x + 40, y - 52)], RED, 6)
    c.rect(x - 36, y - 48, 30, 8, INK, 4)


def haushalt(c: Canvas) -> None:
    """Seven bars and the roofs of the town."""
    p.sky(c, ("#d3e4e6", "#f8efdc"), sun=(1380, 170), to=900)
    p.hills(c, 560, seed=81, tint="#f8efdc", share=0.35)
    p.church(c, 1380, 700, 0.9)
    p.village(c, 712, seed=82, start=-30, end=1640, size=0.95)
    c.rect(0, 700, 1600, 200, WALL)
    c.rect(0, 700, 1600, 10, "#d9c9ab")
    bars = (
        (4.9, BLUE),
        (3.6, YELLOW),
        (1.9, GREEN),
        (1.5, ORANGE),
        (0.9, "#7fa9b8"),
        (0.7, RED),
        (0.7, "#8f6a86"),
    )
    for i, (value, colour) in enumerate(bars):
        x, tall = 250 + i * 162, value * 118
        c.shadow(x + 70, 806, 110, 18, 80)
        c.rect(x, 800 - tall, 112, tall, (mix(colour, "#ffffff", 0.2), colour))
        c.poly(
            [(x + 112, 800 - tall), (x + 138, 784 - tall), (x + 138, 784), (x + 112, 800)],
            mix(colour, INK, 0.28),
        )
        c.poly(
            [(x, 800 - tall), (x + 26, 784 - tall), (x + 138, 784 - tall), (x + 112, 800 - tall)],
            mix(colour, "#ffffff", 0.42),
        )
    for x, count in ((90, 6), (170, 3), (1420, 5), (1500, 8)):
        c.shadow(x + 4, 852, 60, 12, 80)
        for k in range(count):
            y = 848 - k * 13
            c.ellipse(x, y + 6, 40, 13, "#b0802c")
            c.ellipse(x, y, 40, 13, "#eec05a")
        c.ellipse(x, 848 - (count - 1) * 13, 29, 8, "#f7d98b")


def spielplatz(c: Canvas) -> None:
    """The plan of the new playground on a table."""
    c.rect(0, 0, 1600, 900, WOOD)
    for y in range(0, 900, 128):
        c.rect(0, y, 1600, 4, "#a87b4766")
    for x, y, w in (
        (120, 60, 300),
        (900, 190, 420),
        (300, 450, 260),
        (1150, 580, 340),
        (80, 700, 420),
        (760, 830, 360),
    ):
        c.line(curve([(x, y), (x + w / 2, y + 7), (x + w, y)]), "#a87b4755", 3)
    c.shadow(800, 470, 690, 420, 130)
    c.poly([(210, 120), (1310, 84), (1344, 800), (184, 816)], ("#fffef9", "#f3ead8"))
    c.poly(closed_lawn(), ("#c5dfae", "#a9cf95"))
    c.line([*closed_lawn(), closed_lawn()[0]], "#6fa06a", 5)
    c.line(curve([(262, 606), (430, 560), (600, 600), (780, 520), (1000, 560), (1262, 476)]), "#efe0bd", 46)
    c.ellipse(470, 350, 130, 86, "#e9cf98")
    c.ellipse(470, 346, 116, 74, "#f3e1b2")
    c.poly([(410, 360), (440, 312), (470, 362)], "#dcbf84")
    c.line(curve([(930, 260), (1010, 240), (1060, 300), (1130, 290), (1180, 360)]), "#5fa3bb", 22)
    c.line(curve([(930, 260), (1010, 240), (1060, 300), (1130, 290), (1180, 360)]), "#a9d5df", 9)
    _plan_swing(c, 700, 400)
    _plan_slide(c, 900, 690)
    for x, y, r in (
        (290, 230, 46),
        (640, 200, 40),
        (1230, 210, 52),
        (310, 720, 44),
        (620, 730, 50),
        (1230, 690, 46),
    ):
        c.circle(x + 6, y + 8, r, "#1d33441f")
        c.circle(x, y, r, "#7fb56f")
        c.circle(x - r * 0.2, y - r * 0.2, r * 0.6, "#9cca88")
        c.circle(x, y, 5, "#6b4f3f")
    for i in range(16):
        c.rect(330 + i * 14, 770, 8, 8 + (i % 5 == 0) * 8, INK)
    for i, colour in enumerate((RED, YELLOW, BLUE, GREEN)):
        _pencil(c, 1408 + i * 44, 190 + i * 62, colour)
    c.shadow(86, 610, 110, 110, 90)
    c.circle(78, 600, 84, CREAM)
    c.circle(78, 600, 74, ("#7b5138", "#5f3d2a"))
    c.line(curve([(160, 570), (206, 580), (204, 630), (152, 634)]), CREAM, 16)


def closed_lawn() -> list[tuple[float, float]]:
    """The edge of the plot on the plan."""
    return [(250, 160), (1270, 130), (1296, 740), (236, 762)]


def _plan_swing(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x + 10, y + 70, 100, 20, "#1d33441f")
    for dx in (-80, 80):
        c.line([(x + dx - 24, y + 66), (x + dx, y - 74), (x + dx + 24, y + 66)], "#a97c50", 9)
    c.line([(x - 84, y - 74), (x + 84, y - 74)], "#8a5d3b", 11)
    for dx in (-34, 34):
        c.line([(x + dx - 14, y - 72), (x + dx - 14, y + 30)], INK, 3)
        c.line([(x + dx + 14, y - 72), (x + dx + 14, y + 30)], INK, 3)
        c.rect(x + dx - 20, y + 28, 40, 9, RED, 4)


def _plan_slide(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x + 80, y + 8, 140, 20, "#1d33441f")
    for dx in (0, 50):
        c.line([(x + dx, y), (x + dx, y - 120)], "#a97c50", 8)
    for i in range(4):
        c.line([(x, y - 20 - i * 24), (x + 50, y - 20 - i * 24)], "#c79a69", 5)
    c.poly([(x - 14, y - 116), (x + 25, y - 158), (x + 64, y - 116)], BLUE)
    c.line(curve([(x + 52, y - 90), (x + 110, y - 50), (x + 160, y - 10), (x + 206, y - 2)]), YELLOW, 17)


def _pencil(c: Canvas, x: float, y: float, colour: str) -> None:
    c.line([(x + 12, y + 12), (x + 80, y + 232)], "#1d334433", 24)
    c.line([(x, y), (x + 66, y + 214)], colour, 24, round_ends=False)
    c.line([(x - 4, y + 2), (x + 62, y + 216)], mix(colour, "#ffffff", 0.35), 8, round_ends=False)
    c.poly([(x + 54, y + 218), (x + 78, y + 210), (x + 78, y + 254)], "#ecd0a0")
    c.poly([(x + 69, y + 236), (x + 78, y + 233), (x + 78, y + 254)], colour)
    c.circle(x - 1, y, 12, "#e7b3a6")


SCENES = {
    "trinkwasser": trinkwasser,
    "buergerbudget": buergerbudget,
    "haushalt": haushalt,
    "spielplatz": spielplatz,
}
