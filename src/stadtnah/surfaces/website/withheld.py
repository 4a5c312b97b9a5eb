"""Released content less the pictures and films that may not be shown any more.

What was released stays what it is (the row's content, the snapshot, the proof). Everything public is made from what comes out of here: a
picture that was taken down leaves with its alternative text, caption and credit, for these may name who is on it; nothing stands in its place.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from stadtnah.publishing.content import Block, Content

# Blocks that are nothing without their picture; of the others the picture alone goes.
_PICTURES: Final = frozenset({"picture", "gallery"})


def shown(released: Content, gone: Collection[str]) -> Content:
    """The content without what has these digests; the same object when nothing goes."""
    if not gone:
        return released
    hero = released.hero if released.hero and released.hero.sha256 not in gone else None
    blocks = tuple(kept for block in released.blocks if (kept := _kept(block, gone)))
    return replace(released, hero=hero, blocks=blocks)


def _kept(block: Block, gone: Collection[str]) -> Block | None:
    picture = block.picture is not None and block.picture.sha256 in gone
    if (block.file and block.file.sha256 in gone) or (picture and block.kind in _PICTURES):
        return None
    captions = block.captions is not None and block.captions.sha256 in gone
    if not picture and not captions:
        return block
    return replace(
        block, picture=None if picture else block.picture, captions=None if captions else block.captions
    )
