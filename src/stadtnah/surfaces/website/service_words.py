"""Keys and other names of a service: pure functions over what was typed or delivered."""

from __future__ import annotations

import re
from typing import Final

_KEY: Final = re.compile(r"\d{14}")


def keys_of(text: str) -> list[str]:
    """LeiKa keys in the order typed: 14 digits each (Leistungskatalog der öffentlichen Verwaltung, FIM). Raises ValueError."""
    right, wrong = keys_in(text)
    if wrong:
        raise ValueError(f"„{wrong[0][:30]}“ ist kein LeiKa-Schlüssel: Er hat genau 14 Ziffern.")
    return right


def keys_in(text: str) -> tuple[list[str], list[str]]:
    """(keys, what is none), each once."""
    parts = dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part)
    return [part for part in parts if _KEY.fullmatch(part)], [p for p in parts if not _KEY.fullmatch(p)]


def words_of(text: str) -> list[str]:
    """Other names of a service, parted by commas or lines, each once."""
    words = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(word for word in words if word))
