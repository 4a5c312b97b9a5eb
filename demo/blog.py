"""The blog of the demo town as pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo import pages as build
from demo.content import blog as words
from stadtnah.surfaces.website.blog import founding, offices
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogSeriesPage
from stadtnah.surfaces.website.offices.models import PersonPage


def pages() -> list[Any]:
    """All of it as drafts, in an order in which it can be released."""
    index = founding.blog()
    index.office, index.intro = "buergermeisterin", words.INTRO
    index.title = offices.office(index.office).blog()
    index.save()
    series = {given["slug"]: _series(index, given) for given in words.SERIES}
    entries = [_entry(index, series, given) for given in words.ENTRIES]
    return [index, *series.values(), *entries]


def _series(index: Any, given: dict[str, str]) -> BlogSeriesPage:
    index.refresh_from_db()
    found = BlogSeriesPage.objects.filter(slug=given["slug"]).first()
    page: BlogSeriesPage = found or index.add_child(
        instance=BlogSeriesPage(title=given["title"], slug=given["slug"], live=False)
    )
    page.intro, page.author = given["intro"], PersonPage.objects.get(title=given["author"])
    page.save()
    return page


def _entry(index: Any, series: dict[str, BlogSeriesPage], given: dict[str, Any]) -> BlogEntryPage:
    index.refresh_from_db()
    page: BlogEntryPage = index.add_child(
        instance=BlogEntryPage(
            title=given["title"],
            slug=given["slug"],
            teaser=given["teaser"],
            series=series[given["series"]],
            dated=date.fromisoformat(given["dated"]),
            body=build.body(given["blocks"]),
            **build.hero(given.get("hero")),
            live=False,
        )
    )
    page.save_revision()
    return page
