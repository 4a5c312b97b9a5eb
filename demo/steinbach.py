"""The site of a district of the demo town as pages."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from demo import pages as build
from demo.content import steinbach as words
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.membersites.models import MemberSitePage


def pages(home: Any) -> list[Any]:
    """The site and what stands below it, as drafts."""
    home.refresh_from_db()
    site = home.add_child(
        instance=MemberSitePage(**words.SITE, **build.hero(words.HEAD), arms=_arms(), live=False)
    )
    return [site, *(page for entry in words.PAGES for page in build.standard(site, entry))]


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
