"""The demo town's public pages as released rows: without the way through the release, without pictures, without baking."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from demo import offices
from demo import pages as build
from demo.content.archive import archive
from demo.content.messages import messages
from demo.content.pages import PAGES
from demo.content.services import SERVICES
from stadtnah.kernel import clock
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import founding, publish
from stadtnah.surfaces.website.models import ReleasedPage


def released() -> list[ReleasedPage]:
    """Lays out the demo town and makes its pages public; what is a draft there stays one."""
    founding.lay_categories()
    home, news = founding.lay_tree("Willkommen in Erlenfurt", site_name="Erlenfurt")
    place = founding.service_place()
    services = [build.service(place, entry) for entry in SERVICES]
    written: list[Any] = offices.build(clock.local(clock.now()).date())
    for page in services:
        page.refresh_from_db()  # now it has its office
    written += [page for entry in PAGES for page in build.standard(home, _bare(entry))]
    written += services
    written += build.projects(home)
    sent = [entry for entry in messages() if entry["state"]["name"] == "delivered"]
    written += [build.message(news, _bare(entry)) for entry in (*archive(128), *sent)]
    return make_live([page.content() for page in written])


def make_live(contents: list[Content]) -> list[ReleasedPage]:
    """As if they had been released."""
    rows = []
    for content in contents:
        digest = hashlib.sha256(repr(content).encode()).hexdigest()
        rows.append(publish._new(replace(content, hero=None), digest))
    return ReleasedPage.objects.bulk_create(rows)


def _bare(entry: dict[str, Any]) -> dict[str, Any]:
    below = {"below": [_bare(page) for page in entry["below"]]} if "below" in entry else {}
    blocks = [block for block in entry["blocks"] if block["kind"] != "picture"]
    return {**entry, "hero": None, "blocks": blocks, **below}
