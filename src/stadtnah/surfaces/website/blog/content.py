"""The blog, its series and entries as released content.

Who signed a text stays as it was released; the register of persons adds the picture and the way to them as long as it has them.
"""

from __future__ import annotations

from typing import Any

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import services
from stadtnah.surfaces.website.blog import offices
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogIndexPage, BlogSeriesPage
from stadtnah.surfaces.website.snapshot import common, text_with_picture


def index(page: BlogIndexPage) -> Content:
    """The place of the blog."""
    office = offices.office(page.office)
    extra: dict[str, Any] = {
        "kind": "blog",
        "menu": "main",
        "menu_order": services.MENU_ORDER + 7,
        "office": office.key,
        "details": [["office", "Amt", office.name]],
    }
    return Content(**common(page, extra), teaser=page.intro.strip())


def series(page: BlogSeriesPage) -> Content:
    """A series."""
    name, role, key = page.signed
    role = role or _office()
    extra = {"kind": "blogseries", "author": key, "details": _signed(name, role)}
    return Content(**common(page, extra), teaser=page.intro.strip())


def entry(page: BlogEntryPage) -> Content:
    """An entry, signed by whom it names, else by whom its series does."""
    name, role, key = page.signed
    extra: dict[str, Any] = {
        "kind": "blogentry",
        "author": key,
        "series": page.series.object_key,
        "details": _signed(name, role),
    }
    if not name:  # nobody is named at the entry itself
        extra |= {"by_series": True, **(_signed_before(page) or _by_series(page.series))}
    return Content(
        **common(page, extra),
        **text_with_picture(page),
        category_label=page.series.title.strip(),
        dated=page.dated.isoformat() if page.dated else None,
    )


def _by_series(page: BlogSeriesPage) -> dict[str, Any]:
    name, role, key = page.signed
    return {"author": key, "details": _signed(name, role or _office())}


def _signed_before(page: BlogEntryPage) -> dict[str, Any]:
    """As it was released for its series: whoever writes there by now did not write this entry, and a correction does not say so."""
    row = page.released()
    extra = row.content["extra"] if row else {}
    same = extra.get("by_series") and extra.get("series") == page.series.object_key
    return {name: extra[name] for name in ("author", "details")} if same else {}


def _office() -> str:
    """What whoever usually writes is called, when the series does not say."""
    index = BlogIndexPage.objects.first()
    return offices.office(index.office).name if index and index.office != offices.DEFAULT else ""


def _signed(name: str, role: str) -> list[list[str]]:
    found = [["author", "Verfasst von", name], ["role", "Funktion", role]]
    return [row for row in found if row[2]] if name else []
