"""The picture for links in other places: drawn once for what it shows, kept in the store under the digest of that."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from PIL import Image

from stadtnah.kernel import media
from stadtnah.kernel.town.api import Town, base_url
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.website import pictures, pictures_store, share_drawing
from stadtnah.surfaces.website.linked_data import Shown
from stadtnah.surfaces.website.share_drawing import Card

FOLDER: Final = "/media/teilen/"
# Counts up whenever the same words give another picture, so that the old one is not taken for it.
_DRAWING: Final = 1


def of_content(town: Town, content: Content) -> Shown:
    """The picture of a page, with its title and its own picture. Raises OSError (disk full)."""
    return _kept(_card(town, content.title, content.category_label), town.arms_sha256, content.hero)


def of_town(town: Town) -> Shown:
    """The picture of the website, for what has no title of its own. Raises OSError (disk full)."""
    return _kept(_card(town, town.name, ""), town.arms_sha256, None)


def _card(town: Town, title: str, label: str) -> Card:
    site = urlsplit(base_url()).netloc
    return Card(title, label, town.name, site, town.colour.lower(), town.accent.lower())


def _kept(card: Card, arms: str, hero: Picture | None) -> Shown:
    if hero and not media.exists(hero.sha256):
        hero = None
    mime = "image/jpeg" if hero else "image/png"
    point = (hero.sha256, hero.focal_x, hero.focal_y) if hero else None
    recipe = json.dumps([_DRAWING, asdict(card), arms, point], sort_keys=True)
    path = f"{FOLDER}{hashlib.sha256(recipe.encode()).hexdigest()[:32]}.{pictures.SUFFIXES[mime]}"
    try:
        pictures_store.put(path, mime, lambda: share_drawing.draw(card, _arms(arms), _part(hero)))
    except media.MediaError:  # damaged bytes: the words are what counts
        return _kept(card, "", None)
    return Shown(base_url() + path, *share_drawing.SIZE)


def _part(hero: Picture | None) -> Image.Image | None:
    """The piece of the page's picture round its focal point."""
    if hero is None:
        return None
    width, height = share_drawing.hero_size()
    digest = media.rendition(
        hero.sha256, width, focal=pictures.focal(hero), ratio=width / height, mime="image/jpeg"
    )
    image = Image.open(io.BytesIO(media.get(digest))).convert("RGB")
    return image if image.size == (width, height) else image.resize((width, height), Image.Resampling.LANCZOS)


def _arms(sha256: str) -> Image.Image | None:
    return _opened_arms(sha256) if sha256 and media.exists(sha256) else None


@lru_cache(maxsize=2)
def _opened_arms(sha256: str) -> Image.Image:
    return Image.open(io.BytesIO(media.get(media.rendition(sha256, 640, mime="image/png")))).convert("RGBA")
