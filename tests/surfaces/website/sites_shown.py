"""Sites of districts, laid out and looked at."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from wagtail.models import Page

from stadtnah.surfaces.website import publish, store
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage
from tests.surfaces.website.conftest import DIGEST


def first_page() -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(title="Wurzel", slug="root")
    made: HomePage = root.add_child(instance=HomePage(title="Start", slug="start"))
    return made


def laid_out(home: HomePage, slug: str = "steinbach", **more: Any) -> MemberSitePage:
    given = {
        "title": f"Ortsteil {slug.title()}",
        "slug": slug,
        "short_name": slug.title(),
        "intro": "Das Dorf am Bach.",
        "colour": "#7a3e2b",
        "phone": "069 90009 555",
        **more,
    }
    made: MemberSitePage = home.add_child(instance=MemberSitePage(**given))
    return made


def live(*contents: Any, digest: str = DIGEST) -> list[str]:
    for content in contents:
        publish.put_live(content, digest)
    return publish.settle()


def soup(path: str) -> BeautifulSoup:
    found = store.read(path)
    assert found is not None, path
    return BeautifulSoup(found[1], "html.parser")


def links(path: str, where: str) -> list[str]:
    return [str(link["href"]) for link in soup(path).select(f"{where} a")]
