"""The site of a district of the demo town as pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from demo import pages as build
from demo.content import steinbach as words
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import Category, MessagePage, NewsIndexPage


def pages(home: Any) -> list[Any]:
    """The site and what stands below it, as drafts."""
    home.refresh_from_db()
    site = home.add_child(
        instance=MemberSitePage(**words.SITE, **build.hero(words.HEAD), arms=_arms(), live=False)
    )
    return [
        site,
        *(page for entry in words.PAGES for page in build.standard(site, entry)),
        _meeting(site, NewsIndexPage.objects.get()),
    ]


def _meeting(site: MemberSitePage, news: NewsIndexPage) -> MessagePage:
    given = {**words.MEETING, "dated": date.fromisoformat(words.MEETING["dated"])}
    category, blocks = Category.objects.get(slug=given.pop("category")), build.body(given.pop("blocks"))
    page: MessagePage = news.add_child(
        instance=MessagePage(**given, body=blocks, category=category, site=site, site_only=True, live=False)
    )
    page.save_revision()
    return page


def _arms() -> TownImage:
    found: TownImage | None = TownImage.objects.filter(title=words.ARMS_TITLE).first()
    if found:
        return found
    data = (build.PICTURES / "wappen-steinbach.png").read_bytes()
    made: TownImage = TownImage.objects.create(
        title=words.ARMS_TITLE,
        file=ContentFile(data, name="wappen-steinbach.png"),
        description=words.ARMS_TITLE,
    )
    return made
