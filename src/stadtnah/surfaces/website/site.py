"""What every page shows around its content: name, arms, menus, addresses of the theme, the other language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from stadtnah.kernel.town.api import Town, base_url, town
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import kinds, pictures, theme, tree
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain.tongues import EASY, NAMES, TONGUES, in_order, rtl
from stadtnah.surfaces.website.models import ReleasedPage

LANGUAGES: Final = {"de": "", "en": "/en"}
_SHARED: Final = ("/feeds/", "/media/", "/theme/")


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a menu; `current` when it leads to this page, `inside` when to a page above it.

    `own`: the label is a word of the interface; else it is a page's title, as the municipality wrote it. `below`: the pages below it.
    """

    label: str
    path: str
    current: bool = False
    inside: bool = False
    own: bool = False
    below: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same on every page of one baking."""

    town: Town
    theme: dict[str, str]
    menu: tuple[tuple[str, str], ...]
    below: dict[str, list[tuple[str, str]]]
    foot: tuple[tuple[str, str], ...]
    newsletter: bool
    place: pictures.Place
    easy: bool = False  # the first page speaks Leichte Sprache

    @classmethod
    def now(cls, place: pictures.Place | None = None) -> Frame:
        """Reads it once; writes the theme's files if they are not there."""
        here, main = town(), _pages("main")
        return cls(
            here,
            theme.publish(here),
            main,
            tree.second_level(path for _title, path in main),
            _pages("footer"),
            has_newsletter(),
            place or pictures.StorePlace(),
            versions.easy_home(),
        )


@dataclass(frozen=True, slots=True)
class Site:
    """The frame for one page in one language.

    path: of the German page. language: of the frame's words. version: the language of the text, when it is no German page;
    versions: the languages in which the page is public beside German.
    """

    frame: Frame
    path: str
    language: str
    version: str = ""
    versions: tuple[str, ...] = ()

    @property
    def town(self) -> Town:
        """The municipality."""
        return self.frame.town

    @property
    def theme(self) -> dict[str, str]:
        """Addresses of the style sheet, script, fonts, arms."""
        return self.frame.theme

    @property
    def home(self) -> str:
        """The first page in this language."""
        return self.to("/")

    @property
    def shown_language(self) -> str:
        """What the page says of itself: the language of its text."""
        return self.version or self.language

    @property
    def rtl(self) -> bool:
        """Whether the text is written from right to left."""
        return rtl(self.version)

    @property
    def german_frame(self) -> bool:
        """Whether the words around the text are in another language than it."""
        return self.shown_language != self.language

    @property
    def newer(self) -> str:
        """In the language of the text: that the German page is newer."""
        return TONGUES[self.version].newer if self.version in TONGUES else ""

    @property
    def prefix(self) -> str:
        """What stands before the German address."""
        return prefix_of(self.shown_language)

    @property
    def canonical(self) -> str:
        """This page's absolute address."""
        return base_url() + self.of_version(self.path)

    @property
    def default_address(self) -> str:
        """This page for readers of no language that there is: the German one."""
        return base_url() + ("/" if self.path.endswith(".html") else self.path)

    @property
    def base_url(self) -> str:
        """The public address without a trailing slash."""
        return base_url()

    @property
    def languages(self) -> list[dict[str, object]]:
        """This page in each interface language; from an error page the way leads home."""
        path = "/" if self.path.endswith(".html") else self.path
        return [self._language(code, path) for code in languages_of(self.versions)]

    @property
    def switch(self) -> list[dict[str, object]]:
        """As `languages`, with a way to Leichte Sprache from every page (BITV 2.0, § 4): to its own version, else to the first page's."""
        found = self.languages
        if self.frame.easy and EASY not in self.versions:
            found.insert(1, {**self._language(EASY, "/"), "elsewhere": True})
        return found

    def _language(self, code: str, path: str) -> dict[str, object]:
        there = prefix_of(code) + path
        return {
            "code": code,
            "name": NAMES[code],
            "path": there,
            "address": base_url() + there,
            "current": code == self.shown_language,
            "rtl": rtl(code),
        }

    def of_version(self, path: str) -> str:
        """A path of this site in the language of the text; `to` keeps to that of the frame, in which every page is there."""
        if not path.startswith("/") or path.startswith(_SHARED):
            return path
        return self.prefix + path

    @property
    def menu(self) -> list[Link]:
        """The main menu."""
        pages = [self._link(label, path) for label, path in self.frame.menu]
        last = [self._link(_("Newsletter"), "/newsletter/", own=True)] if self.newsletter else []
        return [self._link(_("News"), "/aktuelles/", own=True), *pages, *last]

    @property
    def foot(self) -> list[Link]:
        """Imprint, privacy, accessibility."""
        return [self._link(label, path) for label, path in self.frame.foot]

    @property
    def newsletter(self) -> bool:
        """Whether there is one to subscribe to."""
        return self.frame.newsletter

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration: then every page says so."""
        return bool(getattr(settings, "STADTNAH_DEMO", False))

    def to(self, path: str) -> str:
        """A path of this site in this language; other addresses as they are."""
        if not path.startswith("/") or path.startswith(_SHARED):
            return path
        return LANGUAGES[self.language] + path

    def _link(self, label: str, path: str, *, own: bool = False) -> Link:
        inside = path != "/" and self.path.startswith(path)
        below = tuple(self._link(*one) for one in self.frame.below.get(path, ()))
        return Link(label, self.to(path), current=self.path == path, inside=inside, own=own, below=below)


def languages_of(versions: Iterable[str]) -> list[str]:
    """The languages of a page with these versions, in the order in which readers see them."""
    return ["de", *in_order({*versions, *LANGUAGES} - {"de"})]


def prefix_of(code: str) -> str:
    """What stands before the address of the German page."""
    return LANGUAGES[code] if code in LANGUAGES else TONGUES[code].root


def has_newsletter() -> bool:
    """Whether the municipality has set up a newsletter, be it switched off at the moment."""
    return publishing.ChannelAccount.objects.filter(channel="newsletter").exists()


def current(path: str = "/") -> Site:
    """The frame for a page that Django answers itself, in the active language."""
    code = (translation.get_language() or "de").split("-")[0]
    return Site(Frame.now(), path, code if code in LANGUAGES else "de")


def _pages(menu: str) -> tuple[tuple[str, str], ...]:
    rows = ReleasedPage.objects.filter(
        kind__in=kinds.in_menus(), state=ReleasedPage.State.LIVE, content__extra__menu=menu
    )
    found = [
        (
            row.content["extra"].get("menu_order", 100),
            row.content["title"].casefold(),
            row.content["title"],
            row.path,
        )
        for row in rows
    ]
    return tuple((title, path) for _order, _sort, title, path in sorted(found))
