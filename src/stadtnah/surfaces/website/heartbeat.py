"""The sign of life that pages look at: a tiny file of the store, written while worker and database are up.

Stored pages are served by whatever serves files, so they cannot know whether anybody still brings them up to date. The
script of the page compares this file's time with that of the answer (RFC 9110, 6.6.1: `Date`); when it is older than
`SILENT` seconds, a note says that the website is not being updated. A static copy (`stadtnah export site`) has no such file and no note.
"""

from __future__ import annotations

import json
from typing import Final

from stadtnah.kernel import clock
from stadtnah.surfaces.website import store

PATH: Final = "/lebenszeichen.json"
EVERY: Final = 60  # seconds
SILENT: Final = 300  # seconds; assets/js/site.js says the same


def beat() -> None:
    """Writes it. Raises OSError (disk full)."""
    now = clock.now().replace(microsecond=0)
    store.write(PATH, json.dumps({"at": now.isoformat()}).encode(), "application/json")
