"""An old website that answers, and a new one that is empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from wagtail.models import Page

from stadtnah.surfaces.website.models import HomePage, NewsIndexPage
from tests.surfaces.website.moving_in.site.old_town import OldTown, serve


@pytest.fixture
def old_town(settings) -> Iterator[OldTown]:
    town = OldTown()
    server = serve(town)
    settings.STADTNAH_NET_ALLOW = [town.url.removeprefix("http://")]
    yield town
    server.shutdown()
    server.server_close()


@pytest.fixture
def home(db) -> HomePage:
    root = Page.objects.get(depth=1)
    page: HomePage = root.add_child(instance=HomePage(title="Start", slug="start"))
    page.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles"))
    return page
