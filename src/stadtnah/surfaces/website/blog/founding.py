"""The blog and its first series, laid out as drafts when they are first needed."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import init_new_page

from stadtnah.surfaces.website.blog import offices
from stadtnah.surfaces.website.blog.models import BlogEntryPage, BlogIndexPage, BlogSeriesPage
from stadtnah.surfaces.website.founding import below_the_first_page

FIRST_SERIES = "Aus dem Rathaus"


def blog() -> BlogIndexPage:
    """The place of the blog, with a series to write in. Raises ValueError without a first page."""
    found: BlogIndexPage | None = BlogIndexPage.objects.first()
    if found is None:
        title = offices.office(offices.DEFAULT).blog()
        found = below_the_first_page(BlogIndexPage(title=title, slug="blog", live=False))
    if not BlogSeriesPage.objects.exists():
        found.add_child(instance=BlogSeriesPage(title=FIRST_SERIES, slug="aus-dem-rathaus", live=False))
    return found


@receiver(init_new_page)
def in_a_series(sender: Any, page: Any, **_: Any) -> None:
    """A new entry goes on with the series that was written in last."""
    del sender
    if isinstance(page, BlogEntryPage):
        last = BlogEntryPage.objects.order_by("-pk").first()
        series: Any = last.series if last else BlogSeriesPage.objects.first()
        page.series = series
