"""Drawings with people who can be recognised: they are asked first, and the register of consents names them."""

from __future__ import annotations

from demo.pictures import parts as p
from demo.pictures.kit import INK, ORANGE, RED, STEEL, YELLOW, Canvas, Fill, mix

_SKIN, _SKIN_BROWN = "#e7b48f", "#b97f58"
_OVERALLS = ("#3f7fa0", "#2c6280")


def werkstatt(c: Canvas) -> None:
    """The workshop of the Bauhof: the small tractor and the two who keep it going."""
    c.rect(0, 0, 1600, 640, ("#e8e2d4", "#d8cfbb"))
    c.rect(0, 640, 1600, 260, ("#b9b3a6", "#9c968a"))
    c.rect(0, 632, 1600, 10, "#a79f8e")
    p.outlook(c, 130, 100, 380, 270, seed=104)
    _board(c, 1120, 110)
    _tractor(c, 690, 770)
    _bench(c, 1120, 560)
    _person(c, 430, 800, 1.0, skin=_SKIN, hair="#8d8f8c", cap=RED)
    _person(c, 1330, 812, 0.94, skin=_SKIN_BROWN, hair="#2f2622", bun=True)


def _person(
    c: Canvas, x: float, y: float, size: float, *, skin: str, hair: str, cap: str = "", bun: bool = False
) -> None:
    """Somebody in working clothes, standing at (x, y)."""

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * size, y + dy * size

    def box(dx: float, dy: float, w: float, h: float, fill: Fill, r: float = 0) -> None:
        c.rect(*at(dx, dy), w * size, h * size, fill, r * size)

    c.shadow(x, y + 4, 130 * size, 24 * size)
    for side in (-1, 1):
        box(side * 34 - 30, -210, 60, 200, _OVERALLS, 10)
        box(side * 38 - 38, -26, 76, 30, INK, 12)
    for side in (-1, 1):
        c.line([at(side * 74, -398), at(side * 106, -300), at(side * 84, -222)], "#d9dcd6", 44 * size)
        c.circle(*at(side * 84, -212), 23 * size, skin)
    box(-78, -424, 156, 160, ("#eef0ec", "#d9dcd6"), 34)
    box(-70, -340, 140, 160, _OVERALLS, 14)
    for side in (-1, 1):
        c.line([at(side * 48, -424), at(side * 44, -330)], _OVERALLS[1], 18 * size)
        c.circle(*at(side * 44, -326), 7 * size, YELLOW)
    box(-34, -300, 68, 54, mix(_OVERALLS[1], INK, 0.25), 8)
    box(-22, -462, 44, 58, mix(skin, INK, 0.12), 16)
    if bun:
        c.circle(*at(0, -622), 30 * size, hair)
    c.ellipse(*at(0, -522), 66 * size, 74 * size, hair)
    for side in (-1, 1):
        c.circle(*at(side * 60, -510), 14 * size, skin)
    c.ellipse(*at(0, -508), 58 * size, 66 * size, skin)
    _face(c, x, y, size, mix(skin, "#a3503c", 0.35), hair)
    if cap:
        c.poly([at(-64, -534), at(-56, -584), at(0, -606), at(56, -584), at(64, -534)], cap)
        c.ellipse(*at(0, -536), 78 * size, 13 * size, mix(cap, INK, 0.25))
    else:
        c.poly([at(-62, -520), at(-50, -576), at(0, -598), at(50, -576), at(62, -520), at(20, -560)], hair)


def _face(c: Canvas, x: float, y: float, size: float, lips: str, hair: str) -> None:
    for side in (-1, 1):
        c.circle(x + side * 22 * size, y - 512 * size, 6 * size, INK)
        c.line(
            [(x + (side * 22 - 12) * size, y - 530 * size), (x + (side * 22 + 12) * size, y - 533 * size)],
            mix(hair, INK, 0.3),
            5 * size,
        )
        c.circle(x + side * 36 * size, y - 488 * size, 11 * size, "#d9786033")
    c.line(
        [(x, y - 506 * size), (x - 6 * size, y - 488 * size), (x + 3 * size, y - 486 * size)], lips, 4 * size
    )
    smile = [(x + dx * size, y - (468 - dx * dx / 60) * size) for dx in range(-20, 21, 5)]
    c.line([(px, 2 * (y - 468 * size) - py + 4 * size) for px, py in smile], lips, 5 * size)


def _tractor(c: Canvas, x: float, y: float) -> None:
    """Standing at (x, y), its left lower corner."""
    c.shadow(x + 210, y + 8, 330, 34, 110)
    c.rect(x + 200, y - 300, 200, 150, ("#e9973f", "#c9722c"), 18)
    c.rect(x + 20, y - 250, 230, 120, (ORANGE, "#c9722c"), 20)
    c.rect(x + 30, y - 236, 90, 14, "#fbe6b4", 7)
    for i in range(4):
        c.rect(x + 44 + i * 44, y - 206, 28, 54, "#a85c22", 6)
    c.rect(x + 150, y - 350, 16, 110, STEEL, 6)
    c.rect(x + 206, y - 450, 14, 160, INK, 4)
    c.rect(x + 372, y - 450, 14, 160, INK, 4)
    c.rect(x + 188, y - 472, 220, 30, ("#e9973f", "#c9722c"), 14)
    c.rect(x + 236, y - 330, 90, 22, INK, 8)
    c.line([(x + 232, y - 300), (x + 258, y - 372)], INK, 10)
    c.ellipse(x + 258, y - 376, 34, 12, INK)
    c.circle(x + 40, y - 170, 18, "#fff3d2")
    for cx, r in ((x + 70, 74), (x + 350, 116)):
        c.circle(cx, y - r + 6, r, "#2b3338")
        c.circle(cx, y - r + 6, r * 0.56, YELLOW)
        c.circle(cx, y - r + 6, r * 0.18, INK)


def _board(c: Canvas, x: float, y: float) -> None:
    """Tools on the wall."""
    c.rect(x, y, 400, 260, ("#c79a66", "#ad7f4d"), 10)
    for i in range(5):
        at = x + 50 + i * 76
        c.circle(at, y + 34, 5, INK)
        c.rect(at - 6, y + 40, 12, 130 - i * 14, STEEL, 5)
        c.circle(at, y + 40, 16, STEEL)
        c.circle(at, y + 40, 8, "#b98d5d")
        c.rect(at - 10, y + 150 - i * 14, 20, 60, (RED, "#9a352c"), 8)


def _bench(c: Canvas, x: float, y: float) -> None:
    """The workbench."""
    c.rect(x - 20, y, 460, 30, ("#d8b184", "#b98d5d"), 6)
    for dx in (10, 390):
        c.rect(x + dx, y + 30, 34, 170, "#94693f")
    c.rect(x + 44, y + 60, 346, 110, "#a87b47", 6)
    c.rect(x + 320, y - 48, 90, 48, ("#5f7a86", "#48606b"), 6)
    c.rect(x + 344, y - 66, 40, 20, INK, 6)
    c.rect(x + 20, y - 26, 90, 26, STEEL, 6)


SCENES = {"werkstatt": werkstatt}
