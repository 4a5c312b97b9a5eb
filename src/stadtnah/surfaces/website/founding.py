"""An empty cell becomes a municipality's: its name, home page, place of the messages, categories, website and feeds."""

from __future__ import annotations

from typing import Final, TypeVar

from django.db import transaction
from wagtail.models import Page, Site

from stadtnah.kernel.identity.models import User
from stadtnah.kernel.land.api import LAENDER
from stadtnah.kernel.town.api import Town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import services
from stadtnah.surfaces.website.models import Category, HomePage, NewsIndexPage, ServiceIndexPage

_P = TypeVar("_P", bound=Page)
# What municipalities write about; slug, label, colour (each at least 4.5 : 1 on white).
CATEGORIES: Final = (
    ("verkehr", "Verkehr", "#8a4b08"),
    ("bauen-wohnen", "Bauen und Wohnen", "#7a3e2b"),
    ("buergerservice", "Bürgerservice", "#1f5f86"),
    ("kinder-schule", "Kinder und Schule", "#8a2f5d"),
    ("kultur-freizeit", "Kultur und Freizeit", "#5b3f8c"),
    ("umwelt", "Umwelt", "#1b5e3f"),
    ("haushalt", "Haushalt", "#5c5210"),
    ("sicherheit", "Sicherheit", "#a3261d"),
    ("ehrenamt", "Ehrenamt", "#0b6670"),
    ("aus-dem-rathaus", "Aus dem Rathaus", "#33475b"),
)
_BUILT_IN: Final = ("website", "feeds")


def is_founded() -> bool:
    """Whether this cell belongs to a municipality already."""
    return Town.objects.exists()


def found(name: str, short_name: str, land: str, *, by: User) -> None:
    """Names the municipality ("Stadt Musterstadt", "Musterstadt", a code of `LAENDER`) and lays out its website as drafts.

    `by`: the first person of its administration. Raises ValueError when there is one already, or the Land is none.
    """
    if land not in LAENDER:
        raise ValueError(f"Das Land „{land}“ gibt es nicht. Möglich sind: {', '.join(LAENDER)}.")
    with transaction.atomic():
        if is_founded():
            raise ValueError(f"Diese Zelle gehört schon einer Kommune: {Town.objects.get().name}.")
        Town.objects.create(name=name, short_name=short_name, land=land)
        lay_categories()
        lay_tree(f"Willkommen in {short_name}", site_name=short_name)
        for key in _BUILT_IN:
            channel = publishing.CHANNELS[key]
            publishing.add_account(channel, channel.label, {}, {}, by=by)


def lay_categories() -> None:
    """The categories messages are sorted by."""
    for slug, label, colour in CATEGORIES:
        Category.objects.update_or_create(slug=slug, defaults={"label": label, "colour": colour})


def lay_tree(
    title: str, *, site_name: str, intro: str = "", news_intro: str = ""
) -> tuple[HomePage, NewsIndexPage]:
    """Home page and "Aktuelles", as drafts, in place of what the CMS starts with."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title=title, slug="start", intro=intro))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": site_name}
    )
    news = home.add_child(instance=NewsIndexPage(title="Aktuelles", slug="aktuelles", intro=news_intro))
    service_place()
    return home, news


def service_place() -> ServiceIndexPage:
    """The place of the services, laid out as a draft below the first page when there is none. Raises ValueError without one."""
    return services.index() or below_the_first_page(
        ServiceIndexPage(title="Dienstleistungen", slug="dienstleistungen", live=False)
    )


def below_the_first_page(page: _P) -> _P:
    """Lays out a place there. Raises ValueError without a first page."""
    home: HomePage | None = HomePage.objects.first()
    if home is None:
        raise ValueError("Die Website hat noch keine Startseite. Bitte legen Sie sie zuerst an.")
    made: _P = home.add_child(instance=page)
    return made
