"""Drawings of places in the town: market, kindergarten, stage, fire station."""

from __future__ import annotations

import math

from demo.pictures import arms
from demo.pictures import parts as p
from demo.pictures.kit import (
    BLUE,
    CREAM,
    EVENING,
    GLASS,
    GLASS_WARM,
    GREEN,
    INK,
    NIGHT,
    ORANGE,
    PAVING,
    RED,
    ROOFS,
    STEEL,
    TIMBER,
    YELLOW,
    Canvas,
    curve,
    mix,
)


def town_hall(c: Canvas, x: float, y: float, *, lit: bool = False, dim: float = 0.0) -> None:
    """The Rathaus with its clock tower; x is the middle, y the foot."""
    wall, trim, roof = (mix(colour, NIGHT, dim) for colour in ("#f3e2c3", "#c98f63", ROOFS[1]))
    c.shadow(x + 20, y + 4, 430, 30)
    c.rect(x - 250, y - 210, 500, 210, (mix(wall, "#ffffff", 0.2), wall))
    c.poly(
        [(x - 272, y - 204), (x - 210, y - 330), (x + 210, y - 330), (x + 272, y - 204)],
        (mix(roof, "#ffffff", 0.1), mix(roof, INK, 0.1)),
    )
    for dx in (-150, 150):
        c.poly(
            [
                (x + dx - 34, y - 232),
                (x + dx - 34, y - 270),
                (x + dx, y - 306),
                (x + dx + 34, y - 270),
                (x + dx + 34, y - 232),
            ],
            wall,
        )
        c.poly(
            [
                (x + dx - 42, y - 264),
                (x + dx, y - 314),
                (x + dx + 42, y - 264),
                (x + dx + 34, y - 258),
                (x + dx, y - 300),
                (x + dx - 34, y - 258),
            ],
            mix(roof, INK, 0.25),
        )
        p.window(c, x + dx - 12, y - 268, 24, 30, lit=lit)
    c.rect(x - 250, y - 116, 500, 8, trim)
    for dx in (-225, -160, -95, 65, 130, 195):
        p.window(c, x + dx, y - 190, 34, 58, lit=lit)
        arch = x + dx + 17
        c.rect(arch - 21, y - 72, 42, 72, mix(INK, wall, 0.25))
        c.circle(arch, y - 72, 21, mix(INK, wall, 0.25))
        c.rect(arch - 15, y - 70, 30, 70, GLASS_WARM if lit else GLASS)
        c.circle(arch, y - 70, 15, GLASS_WARM if lit else GLASS)
    c.rect(x - 52, y - 400, 104, 400, (mix(wall, "#ffffff", 0.35), mix(wall, "#ffffff", 0.08)))
    c.rect(x, y - 400, 52, 400, "#1d334410")
    c.rect(x - 60, y - 404, 120, 12, trim)
    c.poly(
        [(x - 64, y - 404), (x - 40, y - 470), (x + 40, y - 470), (x + 64, y - 404)],
        mix("#5f8074", NIGHT, dim),
    )
    c.rect(x - 22, y - 508, 44, 40, wall)
    c.rect(x - 12, y - 500, 24, 30, INK, 12)
    c.poly([(x - 30, y - 506), (x, y - 578), (x + 30, y - 506)], mix("#5f8074", NIGHT, dim))
    c.line([(x, y - 578), (x, y - 604)], YELLOW, 4)
    c.circle(x, y - 606, 6, YELLOW)
    c.circle(x, y - 345, 36, trim)
    c.circle(x, y - 345, 30, CREAM)
    for i in range(12):
        angle = math.tau * i / 12
        c.circle(x + 23 * math.sin(angle), y - 345 - 23 * math.cos(angle), 2, INK)
    c.line([(x, y - 345), (x, y - 366)], INK, 3.5)
    c.line([(x, y - 345), (x + 14, y - 337)], INK, 4)
    for top in (-286, -220):
        p.window(c, x - 18, y + top, 36, 46, lit=lit)
    arms.paint(c, x, y - 128, 62)
    c.rect(x - 30, y - 86, 60, 86, TIMBER)
    c.circle(x, y - 86, 30, TIMBER)
    c.rect(x - 2, y - 112, 4, 112, "#00000044")
    c.rect(x - 46, y - 8, 92, 8, "#cdbb9c")


def marktplatz(c: Canvas) -> None:
    """The market place with the Rathaus."""
    p.sky(c, to=640)
    p.cloud(c, 260, 140, 1.5)
    p.cloud(c, 1120, 110, 1.0)
    p.hills(c, 470, seed=9)
    look = ((20, 165, 190, 1, 0, True), (196, 150, 165, 3, 2, False), (352, 165, 185, 0, 1, True))
    for x, w, h, wall, roof, timber in look:
        p.house(c, x, 650, w, h, wall=wall, roof=roof, timber=timber)
    for x, w, h, wall, roof, timber in (
        (1084, 165, 180, 4, 0, False),
        (1256, 160, 200, 1, 3, True),
        (1424, 170, 170, 2, 1, True),
    ):
        p.house(c, x, 650, w, h, wall=wall, roof=roof, timber=timber)
    town_hall(c, 800, 655)
    c.rect(0, 648, 1600, 252, PAVING)
    for row in range(7):
        y = 662 + row * row * 5.2 + row * 8
        c.rect(0, y, 1600, 2.4, "#b7a58a88")
    for i in range(-14, 15):
        c.line([(800 + i * 70, 650), (800 + i * 190, 900)], "#b7a58a66", 2)
    c.rect(0, 644, 1600, 8, "#bba98c")
    for x, size in ((90, 0.95), (1520, 0.95)):
        p.tree(c, x, 770, size * 1.25, "#6f9f57")
        c.rect(x - 52, 760, 104, 18, "#a58f72", 8)
    _fountain(c, 800, 800)
    for x in (330, 1190):
        c.shadow(x + 70, 806, 100, 13)
        c.rect(x, 770, 140, 9, "#9a6b45", 3)
        c.rect(x, 744, 140, 8, "#9a6b45", 3)
        c.rect(x, 758, 140, 7, "#8a5d3b", 3)
        for dx in (14, 118):
            c.rect(x + dx, 744, 8, 60, INK, 2)
    for x in (600, 1010):
        c.shadow(x, 724, 26, 6)
        c.line([(x, 722), (x, 560)], INK, 7)
        c.poly([(x - 18, 528), (x + 18, 528), (x + 11, 562), (x - 11, 562)], GLASS_WARM)
        c.poly([(x - 24, 530), (x, 506), (x + 24, 530)], INK)


def _fountain(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 10, y + 40, 250, 30)
    c.rect(x - 170, y - 4, 340, 48, ("#d7cbb8", "#b5a68e"), 22)
    c.ellipse(x, y, 170, 30, "#e6dccb")
    c.ellipse(x, y + 2, 150, 23, ("#a9d5df", "#5fa3bb"))
    c.rect(x - 14, y - 110, 28, 112, ("#e6dccb", "#b5a68e"))
    c.ellipse(x, y - 106, 68, 14, "#d7cbb8")
    c.ellipse(x, y - 109, 58, 9, "#8fc6d4")
    c.circle(x, y - 134, 17, "#cbbda5")
    for side in (-1, 1):
        c.line(
            curve([(x + side * 56, y - 106), (x + side * 84, y - 76), (x + side * 96, y - 2)]), "#d6eef3", 6
        )
        c.line(curve([(x, y - 142), (x + side * 22, y - 158), (x + side * 40, y - 112)]), "#d6eef3", 5)


def kita(c: Canvas) -> None:
    """The kindergarten and its garden."""
    p.sky(c)
    p.cloud(c, 330, 130, 1.3)
    p.cloud(c, 900, 180, 0.9)
    p.hills(c, 430, seed=12)
    p.ground(c, 520, seed=6)
    for x, size in ((70, 1.2), (1190, 1.0), (1540, 1.3)):
        p.tree(c, x, 590, size)
    c.shadow(610, 602, 640, 30)
    c.rect(190, 380, 820, 220, ("#fffaf0", "#f1e2c6"))
    for i, colour in enumerate((YELLOW, ORANGE, RED, BLUE, GREEN)):
        if i == 2:
            continue  # the door
        x = 216 + i * 160
        c.rect(x, 420, 128, 110, colour, 10)
        c.rect(x + 10, 430, 108, 90, ("#cfe6ec", GLASS), 6)
        c.rect(x + 61, 430, 6, 90, colour)
        c.poly([(x + 10, 430), (x + 50, 430), (x + 10, 490)], "#ffffff55")
    c.rect(530, 436, 140, 164, "#fffaf0")
    c.rect(540, 446, 120, 154, ("#4d8a9c", BLUE), 8)
    c.rect(552, 458, 96, 70, ("#cfe6ec", GLASS), 6)
    c.circle(640, 560, 6, YELLOW)
    c.poly(
        [(160, 384), (196, 316), (700, 292), (1046, 350), (1040, 384)],
        (mix(ROOFS[0], "#ffffff", 0.1), ROOFS[1]),
    )
    c.rect(160, 380, 882, 14, CREAM, 3)
    c.circle(600, 344, 34, YELLOW)
    for i in range(12):
        angle = math.tau * i / 12
        c.line(
            [
                (600 + 40 * math.cos(angle), 344 + 40 * math.sin(angle)),
                (600 + 52 * math.cos(angle), 344 + 52 * math.sin(angle)),
            ],
            YELLOW,
            6,
        )
    c.poly(
        [
            *curve([(560, 602), (540, 700), (430, 800), (330, 920)]),
            *curve([(620, 920), (640, 790), (652, 700), (648, 602)]),
        ],
        ("#ecdfc4", "#d6c29c"),
    )
    _slide(c, 1120, 760)
    c.shadow(900, 806, 230, 24)
    c.ellipse(880, 790, 190, 46, "#a97c50")
    c.ellipse(880, 784, 176, 38, ("#f3e1b2", "#e4cb92"))
    c.poly([(800, 790), (830, 740), (862, 792)], "#e9d19b")
    c.rect(930, 752, 44, 36, RED, 4)
    c.line([(934, 754), (952, 730), (970, 754)], INK, 4)
    c.line([(1010, 780), (1034, 742)], YELLOW, 8)
    for i in range(18):
        c.rect(i * 19 - 10, 716, 11, 70, (CREAM, "#e7dcc6"), 5)
    c.rect(-10, 736, 345, 8, "#e7dcc6")
    p.flowers(c, 80, (20, 800, 330, 890), seed=9)
    p.flowers(c, 60, (680, 840, 1580, 892), seed=10)
    for x in (1400, 1500):
        p.bush(c, x, 640, 0.9)


def _slide(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 160, y + 8, 230, 22)
    for dx in (0, 84):
        c.line([(x + dx, y), (x + dx, y - 214)], "#a97c50", 12)
    for i in range(6):
        c.line([(x, y - 22 - i * 24), (x + 84, y - 22 - i * 24)], "#c79a69", 6)
    c.rect(x - 10, y - 164, 104, 12, "#8a5d3b", 3)
    c.poly([(x - 22, y - 206), (x + 42, y - 262), (x + 106, y - 206)], RED)
    c.poly([(x + 42, y - 262), (x + 106, y - 206), (x + 42, y - 206)], mix(RED, INK, 0.2))
    lane = curve([(x + 90, y - 158), (x + 170, y - 110), (x + 250, y - 36), (x + 330, y - 14)])
    c.line(lane, "#c98f2c", 34)
    c.line([(px, py - 6) for px, py in lane], YELLOW, 24)
    c.line([(x + 240, y - 36), (x + 240, y)], "#a97c50", 9)


def fest(c: Canvas) -> None:
    """A stage on the market place in the evening."""
    c.rect(0, 0, 1600, 700, EVENING)
    for i in range(70):
        x, y = (i * 613) % 1600, (i * 271) % 330
        c.circle(x, y, 1.5 + i % 3 * 0.7, "#fff3d2")
    p.ridge(c, 470, "#3b5468", seed=51, swing=40)
    for x, w, h, wall in ((-20, 170, 190, 1), (160, 150, 160, 3), (1290, 165, 175, 0), (1462, 170, 200, 4)):
        p.house(c, x, 640, w, h, wall=wall, roof=2, timber=wall % 2 == 1, lit=True)
    town_hall(c, 470, 640, lit=True, dim=0.38)
    c.rect(0, 636, 1600, 264, ("#7d7f84", "#4b565f"))
    _stage(c)
    for x, colour in ((130, RED), (1420, BLUE)):
        _booth(c, x, 790, colour)
    for y0, sag in ((250, 70), (190, 90)):
        wire = curve([(0, y0), (420, y0 + sag), (820, y0 - 10), (1210, y0 + sag), (1600, y0)])
        c.line(wire, "#22303a", 3)
        for px, py in wire[4::7]:
            c.glow(px, py + 12, 24, "#ffd99a", 150)
            c.circle(px, py + 12, 7, "#ffe9b0")


def _stage(c: Canvas) -> None:
    c.glow(960, 620, 420, "#ffd99a", 110)
    c.shadow(960, 726, 420, 34, 120)
    c.poly([(700, 330), (1220, 330), (1270, 366), (650, 366)], INK)
    c.rect(690, 362, 540, 270, ("#5b3f52", "#a65f4f"))
    for i in range(6):
        c.poly([(690, 362), (690 + 40 - i * 6, 362), (690 + 18 - i * 3, 632), (690, 632)], "#8f3f3a")
        c.poly([(1230, 362), (1190 + i * 6, 362), (1212 + i * 3, 632), (1230, 632)], "#8f3f3a")
    for x in (676, 1230):
        c.rect(x, 340, 14, 300, INK)
    for x, colour in ((790, "#ffd873"), (900, "#f7b7a0"), (1020, "#ffd873"), (1130, "#bfe0ea")):
        c.poly([(x - 6, 376), (x + 6, 376), (x + 66, 628), (x - 66, 628)], colour + "44")
        c.rect(x - 14, 362, 28, 20, "#2b3a42", 5)
    c.rect(640, 628, 640, 84, ("#8a6a4c", "#5f4837"))
    for x in range(640, 1280, 40):
        c.rect(x, 632, 2, 80, "#00000033")
    for x in (870, 1010, 1110):
        c.line([(x, 628), (x, 520)], "#d5dde0", 5)
        c.circle(x, 514, 9, "#2b3a42")
        c.line([(x - 18, 628), (x + 18, 628)], "#d5dde0", 5)
    for x in (720, 1150):
        c.rect(x, 520, 54, 108, "#22303a", 6)
        c.circle(x + 27, 556, 18, "#3f505b")
        c.circle(x + 27, 600, 20, "#3f505b")


def _booth(c: Canvas, x: float, y: float, colour: str) -> None:
    c.shadow(x + 6, y + 4, 180, 22, 110)
    c.rect(x - 120, y - 190, 240, 110, ("#fbe3ac", "#e8b86c"))
    c.rect(x - 130, y - 90, 260, 92, ("#a97c50", "#7d5a3a"), 4)
    c.rect(x - 142, y - 98, 284, 14, "#c79a69", 4)
    for dx in (-126, 116):
        c.rect(x + dx, y - 220, 10, 130, "#7d5a3a")
    for i in range(8):
        left = x - 160 + i * 40
        shade = colour if i % 2 == 0 else CREAM
        c.poly(
            [(x - 120 + i * 30, y - 276), (x - 90 + i * 30, y - 276), (left + 40, y - 208), (left, y - 208)],
            shade,
        )
        c.circle(left + 20, y - 208, 20, shade)
    for i in range(5):
        c.circle(x - 80 + i * 40, y - 108, 13, (RED, YELLOW, GREEN, ORANGE, RED)[i])


def feuerwehr(c: Canvas) -> None:
    """The fire station."""
    p.sky(c)
    p.cloud(c, 240, 150, 1.2)
    p.cloud(c, 980, 110, 1.1)
    p.hills(c, 440, seed=15)
    p.ground(c, 560, seed=8)
    for x, size in ((60, 1.1), (1540, 1.2), (1430, 0.9)):
        p.tree(c, x, 620, size)
    c.shadow(720, 646, 760, 30)
    c.rect(1090, 210, 130, 430, ("#f6ecdb", "#e6d5b8"))
    c.rect(1155, 210, 65, 430, "#1d334414")
    c.poly([(1076, 214), (1155, 130), (1234, 214)], ROOFS[1])
    for y in (250, 330, 410):
        c.rect(1136, y, 38, 44, GLASS, 19)
    c.rect(300, 350, 800, 290, ("#fbf3e4", "#eedfc4"))
    c.rect(280, 320, 840, 44, (mix(ROOFS[1], "#ffffff", 0.1), ROOFS[1]), 6)
    arms.paint(c, 700, 342, 60)
    for x in (340, 620):
        c.rect(x, 420, 250, 220, "#24323a")
        c.rect(x, 420, 250, 44, "#c8453a")
        for i in range(3):
            c.rect(x, 430 + i * 12, 250, 3, "#00000033")
        c.rect(x - 8, 412, 266, 10, RED, 3)
    for x in (920, 1000):
        p.window(c, x, 430, 54, 70)
    c.rect(930, 540, 90, 100, RED, 4)
    c.rect(944, 554, 62, 40, GLASS, 3)
    c.rect(0, 640, 1600, 260, ("#b9b5aa", "#8f938f"))
    c.rect(0, 636, 1600, 8, "#d8cdb9")
    for x in (330, 600, 880):
        c.poly(
            [(x, 642), (x + 10, 642), (x - 40 + (x - 600) * 0.25, 900), (x - 56 + (x - 600) * 0.25, 900)],
            "#f4ecdb99",
        )
    _engine(c, 330, 800)


def _engine(c: Canvas, x: float, y: float) -> None:
    red = "#cc3f35"
    c.shadow(x + 310, y + 36, 460, 34, 110)
    c.rect(x, y - 240, 450, 220, (mix(red, "#ffffff", 0.14), red), 12)
    c.poly(
        [
            (x + 455, y - 20),
            (x + 455, y - 226),
            (x + 560, y - 226),
            (x + 608, y - 120),
            (x + 620, y - 110),
            (x + 620, y - 20),
        ],
        (mix(red, "#ffffff", 0.18), red),
    )
    c.poly(
        [(x + 540, y - 128), (x + 540, y - 206), (x + 556, y - 206), (x + 592, y - 128)], ("#dbeef3", GLASS)
    )
    c.rect(x + 468, y - 206, 62, 78, ("#dbeef3", GLASS), 4)
    for i in range(3):
        left = x + 24 + i * 138
        c.rect(left, y - 206, 124, 130, ("#dfe5e6", "#aab6ba"), 5)
        for k in range(9):
            c.rect(left, y - 196 + k * 14, 124, 2.4, "#7b8a9066")
        c.rect(left + 44, y - 86, 36, 7, INK, 3)
    c.rect(x, y - 64, 620, 16, CREAM)
    c.rect(x, y - 48, 620, 8, YELLOW)
    c.rect(x + 20, y - 268, 400, 12, STEEL, 4)
    for i in range(12):
        c.rect(x + 30 + i * 33, y - 284, 6, 22, STEEL)
    c.rect(x + 20, y - 290, 400, 9, STEEL, 4)
    c.rect(x + 484, y - 250, 70, 26, ("#6fb6e0", "#2b78b5"), 10)
    c.glow(x + 519, y - 240, 70, "#9fd2f2", 140)
    c.circle(x + 604, y - 76, 11, "#fff0bd")
    c.rect(x + 470, y - 120, 70, 8, INK, 3)
    for wx in (110, 520):
        c.circle(x + wx, y - 12, 62, mix(red, INK, 0.35))
        c.circle(x + wx, y, 52, "#2b3a42")
        c.circle(x + wx, y, 28, "#b8c2c5")
        c.circle(x + wx, y, 11, INK)


SCENES = {"marktplatz": marktplatz, "kita": kita, "fest": fest, "feuerwehr": feuerwehr}
