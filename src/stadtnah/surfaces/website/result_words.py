"""What editors write for lists of search results alone: details of a page that the page itself does not show. Who uses them: `findable`."""

from __future__ import annotations

from typing import Any, Final

# Keys in `Content.details`, with the words the release view uses for them.
TITLE: Final = ("search_title", "Titel in Suchmaschinen")
DESCRIPTION: Final = ("search_description", "Beschreibung in Suchmaschinen")
UNSEEN: Final = frozenset({TITLE[0], DESCRIPTION[0]})


def with_them(said: dict[str, Any], *, title: str, description: str) -> dict[str, Any]:
    """A content as JSON, with these among its details where there are any."""
    given = ((TITLE, title), (DESCRIPTION, description))
    rows = [[*name, " ".join(text.split())] for name, text in given if text.strip()]
    if rows:
        said["extra"]["details"] = [*said["extra"].get("details", []), *rows]
    return said
