"""What is released but is no page of its own: the facts of the municipality, the list of forwardings.

Each goes the way of a message (laid before the municipality, released, proved) and names itself here; the channel, the desk and the
basket then work for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from stadtnah.kernel.access.api import Action
from stadtnah.kernel.registry import Registry
from stadtnah.publishing.content import Content


def _never(_content: Content) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of them. It belongs fast to the website: it changes, and is never withdrawn.

    object_key: "kind:uuid", the same in every cell. slug: its name in files. screen: the desk's page where it is worked on; right: who may.
    public: what the public sees, as content. put_live: makes released content public; again changes nothing; raises Halted.
    shows: whether the public sees the release with this digest. outdated: why a version that waits cannot be released any more, German.
    public says None where there is nothing to compare with. args: what `screen` needs in its address.
    """

    object_key: str
    title: str
    slug: str
    screen: str
    right: Action
    public: Callable[[], Content | None]
    put_live: Callable[[Content, str], None]
    shows: Callable[[str], bool]
    outdated: Callable[[Content], str] = _never
    args: tuple[str, ...] = ()
    pk: None = None

    @property
    def uuid(self) -> UUID:
        """Its key in the desk's addresses."""
        return UUID(self.object_key.partition(":")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Many of a sort, each with a row of its own. prefix: of their object keys. find: the one with this uuid, titles: of some keys; one query each."""

    prefix: str
    find: Callable[[str], Standing | None]
    titles: Callable[[Collection[str]], dict[str, str]]


STANDING: Final[Registry[Standing]] = Registry("standing thing")
FAMILIES: Final[Registry[Family]] = Registry("family of standing things")


def register(thing: Standing) -> Standing:
    """Makes it known. Raises ValueError when its key is taken."""
    return STANDING.register(thing.object_key, thing)


def register_family(family: Family) -> None:
    """Makes it known. Raises ValueError when its prefix is taken."""
    FAMILIES.register(family.prefix, family)


def of(object_key: str) -> Standing | None:
    """The one with this key. No query for anything else."""
    prefix, _colon, key = object_key.partition(":")
    family = FAMILIES.get(prefix)
    return family.find(key) if family else STANDING.get(object_key)


def of_family(key: UUID) -> Standing | None:
    """The one of many with this key in the desk's addresses."""
    return next((found for family in FAMILIES if (found := family.find(str(key)))), None)


def titles(object_keys: Collection[str]) -> dict[str, str]:
    """The titles of those among these, by key."""
    found = {thing.object_key: thing.title for thing in STANDING if thing.object_key in object_keys}
    for family in FAMILIES:
        if mine := [key for key in object_keys if key.startswith(f"{family.prefix}:")]:
            found |= family.titles(mine)
    return found


def by_uuid(key: UUID) -> Standing | None:
    """The one with this key in the desk's addresses."""
    return next((thing for thing in STANDING if thing.uuid == key), None)
