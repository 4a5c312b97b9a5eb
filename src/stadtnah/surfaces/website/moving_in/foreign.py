"""What a foreign website says, cleaned but not yet ours, and the limits that keep a hostile file harmless."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from stadtnah.publishing.content import Block

Kind = Literal["rss", "atom", "json", "wxr", "services", "site", "events"]

MAX_FEED_BYTES = 10_000_000
MAX_EXPORT_BYTES = 50_000_000
MAX_ITEMS = 5_000
MAX_ATTACHMENTS = 50_000  # pictures and files a WordPress export lists
MAX_MARKUP = 1_000_000  # characters of one item's html, pictures inside it not counted
MAX_TAGS = 40_000  # tags and character references of one item
MAX_DEPTH = 100  # elements inside each other; real pages, page builders included, stay below 50
MAX_PICTURES = 60  # of one item
MAX_INLINE_PICTURE = 8_000_000  # bytes of a picture that sits inside the html
MAX_TITLE = 250  # characters; Wagtail stores 255
MAX_TEASER = 300


class FeedError(Exception):
    """The file as a whole cannot be read; `str(error)` is German and says what to do."""


class ItemError(Exception):
    """One item cannot be taken over; `str(error)` is the German reason."""


@dataclass(frozen=True, slots=True)
class ForeignPicture:
    """A picture by its absolute address, or by its bytes when it sat inside the html (then `url` is "")."""

    url: str
    alt: str = ""
    caption: str = ""
    data: bytes | None = field(default=None, repr=False)
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the text (a PDF, a sound), by its absolute address."""

    url: str
    label: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The place in the body where the picture `ForeignItem.pictures[picture]` stands."""

    picture: int


@dataclass(frozen=True, slots=True)
class ForeignItem:
    """One message, or one service, of the old website.

    guid: stable over runs, at most 500 characters. title, teaser: plain text. blocks: sanitised, headings
    levelled. hero: index into `pictures`. published, updated: aware (UTC), None when missing or unreadable.
    link: absolute or "". notes: German sentences for the person who looks the draft over.
    """

    position: int  # 1 for the first
    guid: str
    title: str
    teaser: str
    blocks: tuple[Block | Shown, ...]
    pictures: tuple[ForeignPicture, ...] = ()
    hero: int | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    link: str = ""
    author: str = ""
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)  # of a service: fields of `ServicePage`, cleaned
    slug: str = ""  # the wish for the last part of its address
    happens: dict[str, str] = field(
        default_factory=dict
    )  # as `Raw.happens`; nothing that becomes part of a message
    parts: dict[str, str] = field(
        default_factory=dict
    )  # of an event: `events.parts`, all that its digest is made of

    def digest(self) -> str:
        """SHA-256 (hex) over what would be taken over: equal digests mean nothing changed over there."""
        if self.parts:
            from stadtnah.services.events import api as events  # noqa: PLC0415 - files are read without Django, too

            return events.digest_of(self.parts)
        value = asdict(self)
        for name in ("position", "notes", "updated", "slug", "happens", "parts"):
            del value[name]
        if not self.details:
            del value["details"]
        return hashlib.sha256(json.dumps(value, sort_keys=True, default=_plain).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that cannot be taken over, by its place in the file (1 for the first), with a German reason."""

    position: int
    title: str
    reason_de: str


@dataclass(slots=True)
class Reading:
    """A foreign file being read.

    `items` reads on as it is iterated, once; `broken`, `notes` and `repeated` (identical copies left out)
    are complete when it has ended.
    """

    kind: Kind
    title: str
    language: str
    items: Iterator[ForeignItem]
    total: int  # items the file seems to hold, broken and repeated ones included
    broken: list[Broken] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    repeated: int = 0


@dataclass(slots=True)
class Raw:
    """An item as its format gives it: texts decoded, nothing cleaned yet. Dates are still texts."""

    position: int
    title: str = ""
    summary: str = ""  # html or text
    body: str = ""  # html or text
    guid: str = ""
    link: str = ""
    base: str = ""  # what relative addresses in the body are relative to
    published: str = ""
    updated: str = ""
    author: str = ""
    language: str = ""
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pictures: list[ForeignPicture] = field(default_factory=list)  # beside the body; the first is the hero
    attachments: list[Attachment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)  # of a service, cleaned
    dateless: bool = False  # nobody misses a date
    happens: dict[str, str] = field(
        default_factory=dict
    )  # of an event: start, end, place, organiser as written


def _plain(value: Any) -> str:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else str(value)
