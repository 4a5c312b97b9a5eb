"""Finds names of streets and districts in what a text says."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Named:
    """Names in whole words; the longest one that fits, so „Am Markt Nord“ is not „Am Markt“."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        # The name in small letters to the codes of its areas, each with the name as written.
        self._areas: dict[str, dict[str, str]] = {}
        for name, area in names:
            self._areas.setdefault(name.casefold(), {})[area] = name
        longest_first = sorted(self._areas, key=len, reverse=True)
        self._wanted = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def areas(self, text: str) -> dict[str, list[str]]:
        """The codes of areas to the names that the text has of them."""
        found: dict[str, list[str]] = {}
        if not self._areas:
            return found
        for name in dict.fromkeys(self._wanted.findall(text.casefold())):
            for area, written in self._areas[name].items():
                found.setdefault(area, []).append(written)
        return found
