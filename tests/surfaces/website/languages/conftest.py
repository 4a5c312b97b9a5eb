"""Versions of pages as content, without an editor."""

from __future__ import annotations

import uuid
from typing import Any

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import store
from stadtnah.surfaces.website.languages.domain import texts
from stadtnah.surfaces.website.languages.models import VersionPage
from tests.surfaces.website.conftest import data_folder, picture, town

__all__ = ["data_folder", "picture", "town"]


def version(german: Content, tag: str, said: dict[str, str] | None = None) -> Content:
    """The German page with "TAG: " before every text, or in these words."""
    known = german.to_json()
    words = {one.text: f"{tag}: {one.text}" for one in texts.segments(known)}
    page: Any = VersionPage(
        uuid=uuid.uuid5(uuid.NAMESPACE_URL, f"{german.object_key} {tag}"),
        original=german.object_key,
        tag=tag,
        german=known,
        texts=words if said is None else said,
    )
    found: Content = page.content()
    return found


def shown(path: str) -> str:
    found = store.read(path)
    return found[1].decode() if found else ""


def status(path: str) -> int:
    meta = store.read_meta(path)
    return meta.status if meta else 404
