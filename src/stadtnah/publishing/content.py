"""What a message says, free of any CMS: the shape that checks, channels and snapshots share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

BlockKind = Literal[
    "text", "heading", "picture", "quote", "callout", "contact", "table", "gallery", "accordion", "action", "figures",
    "download", "video",
]  # fmt: skip
# What a box says by its colour it also says in a word: German, English.
_LEVELS: Final = {"warning": ("Warnung", "Warning"), "danger": ("Gefahr", "Danger")}
# Fields of a block that came later: left out when empty, so that what was released before them stays the same bytes.
_LATER: Final = ("style", "file", "captions")

KIT: Final = "kit"  # `Block.style` of what is handed out to the press

# What stands before the name of whoever made a picture, wherever it is shown.
CREDIT: Final = {"de": "Bildnachweis", "en": "Picture credit"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the digest of its bytes; the bytes are in `kernel.media.blobs`."""

    sha256: str
    mime: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    focal_x: float | None = None  # share of the width, 0..1; None: the middle
    focal_y: float | None = None
    decorative: bool = False  # says nothing of its own; then `alt` is empty on purpose

    @property
    def mail_path(self) -> str:
        """Where the town's website has this picture for mails: a JPEG of at most 1200 pixels, whatever the original is."""
        return f"/media/mail/{self.sha256}.jpg"


@dataclass(frozen=True, slots=True)
class File:
    """A document by the digest of its bytes. faults: what is wrong with it for citizens (`kernel.media.pdf`)."""

    sha256: str
    mime: str
    name: str  # with its ending, plain letters
    bytes: int
    faults: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where the town's website has it once a page with it is released."""
        return f"/media/dokumente/{self.sha256}/{self.name}"

    @property
    def is_video(self) -> bool:
        """Whether browsers can play it."""
        return self.mime.startswith("video/")

    @property
    def kind(self) -> str:
        """„PDF“, „ODT“."""
        return self.name.rpartition(".")[2].upper()

    def size(self, language: str = "de") -> str:
        """„1,2 MB“, „80 kB“: powers of ten, as browsers show it."""
        if self.bytes < 1_000_000:  # noqa: PLR2004 - a megabyte
            return f"{max(1, round(self.bytes / 1000))} kB"
        shown = f"{self.bytes / 1e6:.1f} MB"
        return shown if language.lower().startswith("en") else shown.replace(".", ",")

    def said(self, title: str, language: str = "de") -> str:
        """What a link to it says: „Bebauungsplan (PDF, 1,2 MB)“."""
        return f"{title} ({self.kind}, {self.size(language)})"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the body. `html` is sanitised (nh3) before it gets here.

    text: html of p, ul, ol, li, a[href], strong, em, h3, h4, br. heading: `title`, a h2.
    picture: `picture`. quote: `html`, and `title` says who. callout: `title` and `html`.
    contact: `rows` of (label, value). table: `rows`, the first row is the head, `title` the caption.
    gallery: `picture`; those that follow each other stand together. accordion: `title` and `html`, folded on the page; as gallery.
    action: `title`, `html` whose last paragraph is the link. figures: a table whose source is `html`; `style` "bars" draws its numbers.
    download: `file`, `title`; those that follow each other stand together.
    video: `title`, perhaps a `picture` to stand for it. Ours: `file`, `captions` (WebVTT), `html` what is said in it. At another provider:
    `html` whose only paragraph is the link, `style` the provider's name.
    `style` of a callout: "" a note, "warning", "danger".
    """

    kind: BlockKind
    title: str = ""
    html: str = ""
    picture: Picture | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    style: str = ""
    file: File | None = None
    captions: File | None = None

    @property
    def is_table(self) -> bool:
        """Whether `rows` have a head."""
        return self.kind in {"table", "figures"}

    def said_title(self, language: str = "de") -> str:
        """The title with the word for how urgent it is, for wherever there is no colour to see."""
        words = _LEVELS.get(self.style) if self.kind == "callout" else None
        level = words[language.lower().startswith("en")] if words else ""
        title = self.file.said(self.title, language) if self.file and self.kind == "download" else self.title
        return ": ".join(part for part in (level, title) if part)


@dataclass(frozen=True, slots=True)
class Content:
    """A whole message. Dates are ISO 8601 without offset: wall time of the town."""

    object_key: str  # "message:<uuid>", stable over all versions
    title: str
    teaser: str
    path: str  # "/aktuelles/2026/slug/", on the town's website
    link: str  # the same as an absolute address
    language: str = "de"  # BCP 47
    hero: Picture | None = None
    blocks: tuple[Block, ...] = ()
    category: str = ""  # slug
    category_label: str = ""
    place: str = ""
    valid_from: str | None = None
    valid_until: str | None = None
    dated: str | None = None  # the day it bears when that is not the day of release (imports)
    hashtags: tuple[str, ...] = ()  # without the sign
    extra: dict[str, Any] = field(default_factory=dict)  # what one surface needs back for baking

    @property
    def is_message(self) -> bool:
        """Whether this is news that goes out, and not a page that stays."""
        return bool(self.extra.get("kind", "message") == "message")

    @property
    def is_event(self) -> bool:
        """Whether this takes place somewhere: a page that stays, and that can be sent as news is."""
        return bool(self.extra.get("kind") == "event")

    @property
    def can_go_out(self) -> bool:
        """Whether it can be sent to people, beside standing on the website."""
        return self.is_message or self.is_event

    @property
    def is_town(self) -> bool:
        """Whether this is what the municipality says about itself, on every page."""
        return bool(self.extra.get("kind") == "town")

    @property
    def details(self) -> list[tuple[str, str, str]]:
        """(key, label, value) of what a page says apart from its text: a duration, where to go online."""
        return [(key, label, value) for key, label, value in self.extra.get("details", [])]

    @property
    def detail(self) -> dict[str, str]:
        """The values of `details` by key."""
        return {key: value for key, _label, value in self.details}

    def pictures(self) -> Iterator[Picture]:
        """Every picture in the order of reading, the hero first."""
        if self.hero:
            yield self.hero
        for block in self.blocks:
            if block.picture:
                yield block.picture

    def files(self) -> Iterator[File]:
        """Every document in the order of reading."""
        for block in self.blocks:
            yield from (file for file in (block.file, block.captions) if file)

    def media(self) -> list[str]:
        """The digests of everything that is released with the text."""
        return sorted(
            {picture.sha256 for picture in self.pictures()} | {file.sha256 for file in self.files()}
        )

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, ready for canonical JSON."""
        value = asdict(self)
        value["blocks"] = [_listed(block) for block in value["blocks"]]
        value["hashtags"] = list(self.hashtags)
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Content:
        """The reverse of `to_json`; unknown keys raise TypeError."""
        hero = value.get("hero")
        return cls(
            **{
                **value,
                "hero": Picture(**hero) if hero else None,
                "blocks": tuple(_block(block) for block in value.get("blocks", [])),
                "hashtags": tuple(value.get("hashtags", [])),
            }
        )


def _listed(block: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in block.items() if value or name not in _LATER}
    for name in ("file", "captions"):
        if block[name]:
            kept[name] = {**block[name], "faults": list(block[name]["faults"])}
    return {**kept, "rows": [list(row) for row in block["rows"]]}


def _block(value: dict[str, Any]) -> Block:
    picture = value.get("picture")
    files = {
        name: File(**{**file, "faults": tuple(file["faults"])})
        for name in ("file", "captions")
        if (file := value.get(name))
    }
    return Block(
        **{
            **value,
            **files,
            "picture": Picture(**picture) if picture else None,
            "rows": tuple(tuple(row) for row in value.get("rows", [])),
        }
    )
