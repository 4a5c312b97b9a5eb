"""Pages to content: pure conversion, no HTTP, nothing public happens here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from wagtail.models import Page

from stadtnah.kernel.town.api import base_url
from stadtnah.publishing import signs
from stadtnah.publishing.content import Content, Picture
from stadtnah.surfaces.website import form_places, kinds, result_words
from stadtnah.surfaces.website.block_content import of_value
from stadtnah.surfaces.website.membersites.models import root_above
from stadtnah.surfaces.website.pages import BodyFields, HeroFields, PublicPage, TextFields, TreePage


def content_of(page: PublicPage) -> Content:
    """The page's content as it stands now, ready to be frozen. Raises TypeError for another page type."""
    made, fields = kinds.of_page(page).content(page), cast("Page", page)
    if isinstance(page, TextFields) and (open_parts := form_places.unfinished(page)):
        made = replace(made, extra={**made.extra, form_places.UNFINISHED: open_parts})
    said = result_words.with_them(
        made.to_json(), title=fields.seo_title, description=fields.search_description
    )
    return Content.from_json(signs.plain_value(said))


def common(page: Any, extra: dict[str, Any]) -> dict[str, Any]:
    """What every page has, as arguments of `Content`; `extra` names its kind."""
    path = page.public_path()
    return {
        "object_key": page.object_key,
        "title": page.title.strip(),
        "path": path,
        "link": base_url() + path,
        "extra": extra,
    }


def placed(page: TreePage, kind: str) -> dict[str, Any]:
    """The `extra` of a page of the tree. `site`: of which member site, when it is not the municipality's own page."""
    extra: dict[str, Any] = {"kind": kind, "menu": page.menu, "menu_order": page.menu_order}
    if root := root_above(page):
        extra["site"] = root
    return extra


def text_with_picture(page: BodyFields) -> dict[str, Any]:
    """Text and the picture at its head, as arguments of `Content`."""
    return {**text_of(page), "hero": hero_of(page)}


def text_of(page: TextFields) -> dict[str, Any]:
    """Text, as arguments of `Content`."""
    return {
        "teaser": page.teaser.strip(),
        "language": page.language,
        "blocks": tuple(
            block for item in page.body for block in of_value(item.block_type, item.value, page.language)
        ),
    }


def hero_of(page: HeroFields) -> Picture | None:
    """The picture at the head."""
    if not page.hero_image:
        return None
    return page.hero_image.picture(
        alt=page.hero_alt,
        caption=page.hero_caption,
        credit=page.hero_credit,
        decorative=page.hero_decorative,
    )
