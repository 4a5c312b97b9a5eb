"""What is released but is no page of its own: the facts of the municipality, the list of forwardings.

Each goes the way of a message (laid before the municipality, released, proved) and names itself here; the channel, the desk and the
basket then work for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from stadtnah.kernel.access.api import Action
from stadtnah.kernel.registry import Registry
from stadtnah.publishing.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of them. It belongs fast to the website: it changes, and is never withdrawn.

    object_key: "kind:uuid", the same in every cell. slug: its name in files. screen: the desk's page where it is worked on; right: who may.
    public: what the public sees, as content. put_live: makes released content public; again changes nothing; raises Halted.
    shows: whether the public sees the release with this digest.
    """

    object_key: str
    title: str
    slug: str
    screen: str
    right: Action
    public: Callable[[], Content]
    put_live: Callable[[Content, str], None]
    shows: Callable[[str], bool]
    pk: None = None

    @property
    def uuid(self) -> UUID:
        """Its key in the desk's addresses."""
        return UUID(self.object_key.partition(":")[2])


STANDING: Final[Registry[Standing]] = Registry("standing thing")


def register(thing: Standing) -> Standing:
    """Makes it known. Raises ValueError when its key is taken."""
    return STANDING.register(thing.object_key, thing)


def of(object_key: str) -> Standing | None:
    """The one with this key."""
    return STANDING.get(object_key)


def by_uuid(key: UUID) -> Standing | None:
    """The one with this key in the desk's addresses."""
    return next((thing for thing in STANDING if thing.uuid == key), None)
