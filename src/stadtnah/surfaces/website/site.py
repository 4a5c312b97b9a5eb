"""What every page shows around its content: name, arms, menus, addresses of the theme, the other language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from stadtnah.kernel.questions import Question
from stadtnah.kernel.town.api import Town, base_url, town
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import members, menus, pictures, theme
from stadtnah.surfaces.website.languages.domain.tongues import EASY, NAMES, TONGUES, in_order, rtl
from stadtnah.surfaces.website.members import Member
from stadtnah.surfaces.website.menus import Menus

LANGUAGES: Final = {"de": "", "en": "/en"}
_SHARED: Final = (members.feeds_of("/"), "/media/", "/theme/")


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a menu; `current` when it leads to this page, `inside` when to a page above it.

    `own`: the label is a word of the interface; else it is a page's title, in `language`. `below`: the pages below it.
    """

    label: str
    path: str
    current: bool = False
    inside: bool = False
    own: bool = False
    language: str = "de"
    below: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same on every page of one baking."""

    town: Town
    theme: dict[str, str]
    menu: Menus
    below: dict[str, list[tuple[str, str]]]
    foot: Menus
    newsletter: bool
    place: pictures.Place
    easy: bool = False  # the first page speaks Leichte Sprache
    versions: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # titles of pages of the menus, by language and German address
    members: dict[str, Member] = field(default_factory=dict)  # by their roots
    _themes: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def now(cls, place: pictures.Place | None = None) -> Frame:
        """Reads it once; writes the theme's files if they are not there."""
        here = town()
        sites = members.public(here)
        found = menus.read(sites)
        return cls(
            here,
            theme.publish(here),
            found.main,
            found.below,
            found.foot,
            has_newsletter(),
            place or pictures.StorePlace(),
            found.easy,
            found.versions,
            sites,
        )

    def member(self, path: str) -> Member | None:
        """The member site that an address belongs to; None for the municipality's own."""
        return self.members.get(members.root_of(path, self.members))

    def with_member(self, content: Content) -> Frame:
        """With a member site as this content has it, released or not: for a preview."""
        made = members.of(content, self.town)
        return replace(self, members={**self.members, made.root: made}, _themes={})

    def uses(self, path: str) -> frozenset[str]:
        """What a page shows of its site beside the municipality."""
        member = self.member(path)
        return frozenset({member.key}) if member else frozenset()

    def theme_of(self, member: Member) -> dict[str, str]:
        """Addresses of a member site's style sheet, script, fonts, arms."""
        if member.root not in self._themes:
            self._themes[member.root] = theme.publish(member.here)
        return self._themes[member.root]


@dataclass(frozen=True, slots=True)
class Site:
    """The frame for one page in one language.

    path: of the German page. language: of the frame's words. version: the language of the text, when it is no German page;
    versions: the languages in which the page is public beside German. within: the root of a member site that it is shown in,
    whatever its address.
    """

    frame: Frame
    path: str
    language: str
    version: str = ""
    versions: tuple[str, ...] = ()
    within: str = ""

    @property
    def member(self) -> Member | None:
        """The district or member community whose site this page belongs to."""
        return self.frame.members.get(self.within) or self.frame.member(self.path)

    @property
    def publisher(self) -> Town:
        """The municipality."""
        return self.frame.town

    @property
    def town(self) -> Town:
        """Whose site this is: the municipality, or a part of it that has a site of its own."""
        return self.member.here if self.member else self.frame.town

    @property
    def contact(self) -> Town:
        """Who is named as the one to turn to."""
        return self.member.contact if self.member else self.frame.town

    @property
    def theme(self) -> dict[str, str]:
        """Addresses of the style sheet, script, fonts, arms."""
        return self.frame.theme_of(self.member) if self.member else self.frame.theme

    @property
    def root(self) -> str:
        """The German address of this site's first page."""
        return self.member.root if self.member else "/"

    @property
    def news(self) -> str:
        """The German address of this site's list of messages."""
        return members.news_of(self.root)

    @property
    def feeds(self) -> str:
        """Where this site's feeds stand; the same ones for every language."""
        return members.feeds_of(self.root)

    @property
    def feed_title(self) -> str:
        """What a reader of feeds calls them."""
        own = f"{self.town.name} – " if self.member else ""
        return f"{own}{self.publisher.name}"

    @property
    def home(self) -> str:
        """The site's first page in this language."""
        return self.to(self.root)

    @property
    def shown_language(self) -> str:
        """What the page says of itself: the language of its text."""
        return self.version or self.language

    @property
    def rtl(self) -> bool:
        """Whether the text is written from right to left."""
        return rtl(self.version)

    @property
    def easy(self) -> bool:
        """Whether the text is in Leichte Sprache."""
        return self.version == EASY

    @property
    def german_frame(self) -> bool:
        """Whether the words around the text are in another language than it."""
        return self.shown_language != self.language

    @property
    def around(self) -> str:
        """The language that text stands in without saying so; "" on a version, where all but the frame's own words says its language.

        There the frame speaks another language than the document: who guesses, reads neither as the other.
        """
        return "" if self.german_frame else self.language

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
        pages = self._pages(self.frame.menu, self.member.root if self.member else "")
        if self.member:
            return [self._link(_("News"), members.news_of(self.member.root), own=True), *pages]
        last = [self._link(_("Newsletter"), "/newsletter/", own=True)] if self.newsletter else []
        return [self._link(_("News"), "/aktuelles/", own=True), *pages, *last]

    @property
    def foot(self) -> list[Link]:
        """Imprint, privacy, accessibility: the municipality's, as far as a member site has none of its own."""
        own = self._pages(self.frame.foot, self.member.root) if self.member else []
        named = {link.label for link in own}
        return [*own, *(link for link in self._pages(self.frame.foot, "") if link.label not in named)]

    def _pages(self, menus: Menus, root: str) -> list[Link]:
        return [self._link(label, path) for label, path in menus.get(root, ())]

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
        link = Link(label, self.to(path), current=self.path == path, inside=inside, own=own, below=below)
        if title := self.frame.versions.get(self.shown_language, {}).get(path):
            return replace(link, label=title, path=self.of_version(path), language=self.shown_language)
        return link


def languages_of(versions: Iterable[str]) -> list[str]:
    """The languages of a page with these versions, in the order in which readers see them."""
    return ["de", *in_order({*versions, *LANGUAGES} - {"de"})]


def prefix_of(code: str) -> str:
    """What stands before the address of the German page."""
    return LANGUAGES[code] if code in LANGUAGES else TONGUES[code].root


_NEWSLETTER: Final = Question(
    lambda: publishing.ChannelAccount.objects.filter(channel="newsletter").values_list("pk")[:1]
)


def has_newsletter() -> bool:
    """Whether the municipality has set up a newsletter, be it switched off at the moment."""
    return bool(_NEWSLETTER.rows())


def current(path: str = "/", frame: Frame | None = None, within: str = "") -> Site:
    """The frame for a page that Django answers itself, in the active language; `within` the member site with this root."""
    code = (translation.get_language() or "de").split("-")[0]
    return Site(frame or Frame.now(), path, code if code in LANGUAGES else "de", within=within)
