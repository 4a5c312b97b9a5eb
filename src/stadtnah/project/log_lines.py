"""Lines of the log without what opens something: the links that people get by mail carry their key in the path (RFC 3986, 3.3)."""

from __future__ import annotations

import logging
import re
from typing import Final

# A signed text has capitals, a key of digits and letters up to f has many of them in a row; the name of a page has neither.
_KEY: Final = re.compile(r"(?<=/)(?=[^\s/]*(?:[A-Z]|[0-9a-f]{16}))[\w.~:%=@+-]{24,}")


class Lines(logging.Formatter):
    """As Python writes it, traceback and all, with „…“ for each key in a path."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, or several with a traceback."""
        return _KEY.sub("…", super().format(record))
