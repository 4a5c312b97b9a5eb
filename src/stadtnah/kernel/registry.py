"""A registry: things name themselves, nobody imports them to find them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Keys to things, in the order of registration.

    A key is taken once: a second registration raises ValueError.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, T] = {}

    def register(self, key: str, item: T) -> T:
        """Adds `item` under `key`; raises ValueError when the key is taken by something else."""
        if key in self._items and self._items[key] is not item:
            raise ValueError(f"{self._what} {key!r} is registered twice")
        self._items[key] = item
        return item

    def __call__(self, key: str) -> Callable[[T], T]:
        """The registry as a decorator: `@registry("key")`."""
        return lambda item: self.register(key, item)

    def get(self, key: str) -> T | None:
        """The thing under `key`, or None."""
        return self._items.get(key)

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._items.values()))

    def keys(self) -> list[str]:
        """All keys in the order of registration."""
        return list(self._items)

    def unregister(self, key: str) -> None:
        """Takes a thing out again (tests that bring a channel of their own)."""
        self._items.pop(key, None)
