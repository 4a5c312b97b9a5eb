"""From an item to a draft: an unreleased page, the day it bore, and a note to whoever looks it over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Protocol

from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from stadtnah.kernel import clock
from stadtnah.publishing.content import Block
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.moving_in.categories import Categories
from stadtnah.surfaces.website.moving_in.foreign import ForeignItem, Shown
from stadtnah.surfaces.website.moving_in.models import ImportRun
from stadtnah.surfaces.website.pages import MessagePage, NewsIndexPage

_SLUG = 60
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_LINK_ALONE = re.compile(
    r'<(p|li)>\s*<a href="([^"]*)">((?:(?!</a>).)*)</a>\s*(?:\([^()<>]{0,60}\))?\s*</\1>', re.DOTALL
)
_SIZE = re.compile(
    r"\s*[\[(](?:PDF|DOCX?|XLSX?|ODT)?[\s,;|]*[\d.,]*\s*(?:[kMG]i?B|Bytes?)?[\])]\s*$", re.IGNORECASE
)
_NOTE = 2_000
_HASHTAGS = 3
_VAGUE = 5  # letters; „hier“ and „PDF“ name no document
_CELL = str.maketrans({"|": "¦", "\t": " ", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class Media:
    """What was taken into the libraries for an item: pictures by their index, documents by their old address."""

    images: dict[int, TownImage]
    documents: dict[str, TownDocument] = field(default_factory=dict)


class Drafts(Protocol):
    """Where items of one kind become pages."""

    def create(self, item: ForeignItem, media: Media, notes: list[str]) -> Any:
        """A new draft with its first revision."""

    def update(self, page: Any, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """The draft as the item is now; its address stays."""

    def old_category(self, item: ForeignItem) -> str:
        """The item's category over there, when somebody has to say what it is here; else ""."""

    def reopened(self) -> Drafts:
        """The same, read anew after a rollback."""


@dataclass(slots=True)
class Desk:
    """What every draft needs, read once per run: the place of the messages, taken addresses, categories."""

    news: NewsIndexPage
    run: ImportRun
    categories: Categories
    owner: Any = None
    slugs: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, news: NewsIndexPage, run: ImportRun) -> Desk:
        """Reads addresses and categories."""
        return cls(
            news=news,
            run=run,
            categories=Categories.of_run(run),
            owner=run.started_by,
            slugs=set(MessagePage.objects.child_of(news).values_list("slug", flat=True)),
        )

    def old_category(self, item: ForeignItem) -> str:
        """See `Drafts`."""
        return self.categories.open(item.categories)

    def reopened(self) -> Desk:
        """The same, read anew: after a rollback what is remembered here may never have been written."""
        return Desk.opened(NewsIndexPage.objects.get(pk=self.news.pk), self.run)

    def create(self, item: ForeignItem, media: Media, notes: list[str]) -> MessagePage:
        """A new draft below the news page, with its first revision."""
        page = MessagePage(slug=self._slug(item.slug or item.title), live=False, owner=self.owner)
        self._fill(page, item, media, notes)
        page.has_unpublished_changes = True
        self.news.add_child(instance=page)
        freeze(page, self.owner)
        return page

    def update(self, page: MessagePage, item: ForeignItem, media: Media, notes: list[str]) -> None:
        """The draft as the item is now; its address stays."""
        self._fill(page, item, media, notes)
        page.save()
        freeze(page, self.owner)

    def _fill(self, page: MessagePage, item: ForeignItem, media: Media, notes: list[str]) -> None:
        page.title = page.draft_title = item.title
        page.teaser = item.teaser
        page.language = "en" if item.language.lower().startswith("en") else "de"
        page.dated = clock.local(item.published).date() if item.published else None
        page.category = self.categories.place(item.categories)
        page.hashtags = _hashtags(item.tags)
        page.body = body_of(item, media)
        hero = media.images.get(item.hero) if item.hero is not None else None
        page.hero_image = hero
        shown = item.pictures[item.hero] if hero and item.hero is not None else None
        page.hero_alt = shown.alt if shown else ""
        page.hero_caption = shown.caption if shown else ""
        page.note = _note(item, notes)

    def _slug(self, title: str) -> str:
        return free_slug(title, self.slugs, "meldung")


def freeze(page: Page, owner: Any) -> None:
    """Keeps the draft as a revision."""
    # The save just before has checked the page and asked for its references to be indexed.
    with disable_reference_index_auto_update():
        page.save_revision(user=owner, clean=False)


def free_slug(title: str, taken: set[str], fallback: str) -> str:
    """An address part of the title's words that nobody has; it is `taken` afterwards."""
    base = plain_slug(title)[:_SLUG].strip("-") or fallback
    slug = next(name for name in _numbered(base) if name not in taken)
    taken.add(slug)
    return slug


def body_of(item: ForeignItem, media: Media) -> list[tuple[str, Any]]:
    """The item's text as values of the StreamField (website.blocks). Links to documents that came along become downloads."""
    return [value for part in item.blocks for value in _values(part, item, media)]


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _values(part: Block | Shown, item: ForeignItem, media: Media) -> list[tuple[str, Any]]:
    if isinstance(part, Block) and part.kind == "text" and media.documents:
        html, rows = _without_files(part.html, media.documents)
        found: list[tuple[str, Any]] = [("text", html)] if html else []
        return [*found, ("download", rows)] if rows else found
    value = _value(part, item, media.images)
    return [value] if value else []


def _without_files(html: str, documents: dict[str, TownDocument]) -> tuple[str, list[dict[str, Any]]]:
    """The text without links to documents that came along, and these as rows of a download block."""
    rows: dict[int, dict[str, Any]] = {}

    def taken(address: str, inner: str) -> bool:
        document = documents.get(unescape(address))
        if document is not None:
            words = _SIZE.sub("", unescape(re.sub(r"<[^<>]*>", " ", inner))).strip(" .:")
            shown = " ".join(words.split())[:200]
            rows.setdefault(
                document.pk, {"document": document, "title": shown if len(shown) > _VAGUE else ""}
            )
        return document is not None

    def alone(match: re.Match[str]) -> str:
        return "" if taken(match[2], match[3]) else match[0]

    def inside(match: re.Match[str]) -> str:
        return match[2] if taken(match[1], match[2]) else match[0]

    html = _LINK.sub(inside, _LINK_ALONE.sub(alone, html))
    return re.sub(r"<(ul|ol)>\s*</\1>", "", html), list(rows.values())


def _value(part: Block | Shown, item: ForeignItem, images: dict[int, TownImage]) -> tuple[str, Any] | None:
    """The part as a value of the StreamField (website.blocks); None for a picture that is not there."""
    if isinstance(part, Shown):
        shown, image = item.pictures[part.picture], images.get(part.picture)
        values = {"alt": shown.alt, "caption": shown.caption, "credit": "", "decorative": False}
        return ("picture", {"image": image, **values}) if image else None
    if part.kind == "heading":
        return "heading", part.title
    if part.kind == "contact":
        return "contact", [{"label": label, "value": value} for label, value in part.rows]
    if part.kind == "quote":
        return "quote", {"text": part.html, "who": part.title}
    if part.kind == "table":
        rows = "\n".join(" | ".join(cell.translate(_CELL) for cell in row) for row in part.rows)
        return "table", {"caption": part.title[:200], "rows": rows}
    return "text", part.html


def _hashtags(tags: tuple[str, ...]) -> str:
    words = ("".join(char for char in tag if char.isalnum()) for tag in tags)
    return " ".join([word for word in words if word and not word.isdigit()][:_HASHTAGS])[:240]


def _note(item: ForeignItem, notes: list[str]) -> str:
    origin = f"Übernommen von {item.link}" if item.link else "Übernommen von der alten Website"
    files = [
        f"Datei auf der alten Website: {file.label or file.url} ({file.url})" for file in item.attachments
    ]
    text = "\n".join([f"{origin}.", *notes, *files])
    return text if len(text) <= _NOTE else text[: _NOTE - 2].rpartition("\n")[0] + "\n…"
