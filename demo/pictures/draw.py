"""Draws every picture of the demo town anew: `python -m demo.pictures.draw [name ...]`.

The same program and the same Pillow give the same bytes. Scenes are functions that paint a `kit.Canvas`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from demo.pictures import FOLDER, HEIGHT, PICTURES, WIDTH, path
from demo.pictures import arms as arms_module
from demo.pictures.kit import Canvas
from demo.pictures.scenes_inside import SCENES as INSIDE
from demo.pictures.scenes_outside import SCENES as OUTSIDE
from demo.pictures.scenes_people import SCENES as PEOPLE
from demo.pictures.scenes_rooms import SCENES as ROOMS
from demo.pictures.scenes_street import SCENES as STREET
from demo.pictures.scenes_town import SCENES as TOWN

SCENES = {**OUTSIDE, **TOWN, **STREET, **INSIDE, **ROOMS, **PEOPLE}
QUALITY = 82
MOST_BYTES = 150_000


def draw(name: str, target: Path) -> None:
    """Paint one scene and store it as a progressive JPEG, not larger than MOST_BYTES.

    Raises:
        KeyError: there is no such scene.
    """
    canvas = Canvas(WIDTH, HEIGHT)
    SCENES[name](canvas)
    picture = canvas.finish()
    for quality in range(QUALITY, 50, -4):
        picture.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
        if target.stat().st_size < MOST_BYTES:
            return


def main(names: list[str]) -> None:
    """Draw the named scenes, or all of them and the arms."""
    for name in names or PICTURES:
        draw(name, path(name))
    if not names:
        arms_module.draw(FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
