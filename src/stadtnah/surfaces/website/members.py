"""Sites of districts and member communities, as released: which of them an address belongs to, and what its pages show.

A site is a prefix of the one address space. Whatever stands below it is its own: look, menus and exact baking follow from the address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from stadtnah.kernel.questions import Question
from stadtnah.kernel.town.api import Town
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import fact_rules
from stadtnah.surfaces.website.addresses import FEEDS
from stadtnah.surfaces.website.released import ReleasedPage

KIND: Final = "membersite"
MARK: Final = "site:"
_CONTACT: Final = ("street", "postcode", "phone", "mail")


@dataclass(frozen=True, slots=True)
class Member:
    """A public site. here: what its pages show of it. contact: whom they name, the municipality where it names nobody of its own."""

    key: str  # of the object
    root: str  # "/steinbach/"
    here: Town
    contact: Town

    @property
    def slug(self) -> str:
        """What the address of a search says of it."""
        return self.root.strip("/")


def first_part(path: str) -> str:
    """The address of the highest level: "/a/" of "/a/b/"; "" for the first page and for what is no page."""
    part, slash, _rest = path[1:].partition("/")
    return f"/{part}/" if part and slash else ""


def root_of(path: str, roots: Collection[str]) -> str:
    """The site among `roots` that an address belongs to; "" for the municipality's own."""
    first = first_part(path)
    return first if first in roots else ""


def mark_of(path: str) -> str:
    """Stands for all pages of the site at or above this address where they wait to be made anew."""
    return f"{MARK}{hashlib.sha256(first_part(path).encode()).hexdigest()[:16]}"


def news_of(root: str) -> str:
    """Where a site lists its messages."""
    return f"{root}aktuelles/"


def feeds_of(root: str) -> str:
    """Where the feeds of a site stand, and of the municipality (root "/")."""
    return f"{root}{FEEDS}/"


def listing(row: ReleasedPage) -> set[str]:
    """The object keys of the sites in whose lists a message stands."""
    return set(row.content.get("extra", {}).get("sites", ()))


def own_site(row: ReleasedPage) -> str:
    """The object key of the site that a message is of, "" for the municipality's."""
    return str(row.content.get("extra", {}).get("of_site", ""))


def said_root(row: ReleasedPage) -> str:
    """The root of the site that a page was released for, "" for the municipality's: that site may be public or not."""
    return row.path if row.kind == KIND else str(row.content.get("extra", {}).get("site", ""))


def short_name(content: Content) -> str:
    """What a site is called in short."""
    return content.detail.get("short_name", content.title)


def list_key(site: str) -> str:
    """The list of the messages of a site."""
    return f"list:site:{site}"


def marked(stale: Iterable[str], paths: Iterable[str]) -> set[str]:
    """Which of these addresses belong to a site that changed."""
    marks = {key for key in stale if key.startswith(MARK)}
    return {path for path in paths if mark_of(path) in marks} if marks else set()


_PUBLIC: Final = Question(
    lambda: ReleasedPage.objects.filter(kind=KIND, state=ReleasedPage.State.LIVE).order_by("path")
)


def public(town: Town) -> dict[str, Member]:
    """The public sites by their roots. One query."""
    return {row.path: of(row.shown(), town) for row in _PUBLIC.objects()}


def of(content: Content, town: Town) -> Member:
    """A site from its content: what it does not say is as the municipality has it."""
    said = content.detail
    arms = next((block.picture.sha256 for block in content.blocks if block.picture), town.arms_sha256)
    name, short = content.title, short_name(content)
    own = Town(
        name=name,
        short_name=short,
        kind=name.removesuffix(short).strip() if name.endswith(f" {short}") else "",
        land=town.land,
        colour=said.get("colour", town.colour),
        accent=said.get("accent", town.accent),
        arms_sha256=arms,
    )
    return Member(content.object_key, content.path, own, _contact(name, said) or town)


def _contact(name: str, said: dict[str, str]) -> Town | None:
    given = {field: said[field] for field in _CONTACT if field in said}
    hours = fact_rules.hours(said.get("hours", ""))[0]
    if not given and not hours:
        return None
    return Town(
        name=name, short_name=said.get("city") or said.get("short_name", name), opening_hours=hours, **given
    )
