"""What a release or a withdrawal leaves behind for the index, in its own transaction."""

from __future__ import annotations

from typing import Final

MARK: Final = "search:"


def marks(object_key: str) -> set[str]:
    """For `StaleUse`: this page is to be indexed anew, or taken out."""
    return {MARK + object_key}
