"""What stands behind the question mark of an address, in one spelling: for reading old websites, and for leading on from them.

Pure and quick: the server asks it before anything else is known of a request.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

LONGEST: Final = 400  # characters; no page of a town hall has a longer one
_SESSION: Final = re.compile(
    r"(?:phpsessid|php_sessid|jsessionid|sess(?:ion)?_?id|sid|oscsid|zenid|cfid|cftoken|aspsessionid\w*|fe_typo_user|s_id)$",
    re.IGNORECASE,
)
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|pk_\w+|mtm_\w+|piwik_\w+|wt_mc|no_cache|rnd|timestamp)$",
    re.IGNORECASE,
)


def normal(query: str) -> str:
    """Names in their order, without session ids and marks of campaigns: "id=12&L=0&utm_source=x" is "L=0&id=12"."""
    if not query:
        return ""
    if "=" not in query:
        return quote(query, safe="%-._~/&;+,")
    # As bytes that were sent: another encoding than UTF-8 must come back as it was.
    pairs = parse_qsl(query.replace("&amp;", "&"), keep_blank_values=True, encoding="latin-1")
    kept = [pair for pair in pairs if not _SESSION.match(pair[0]) and not _TRACKING.match(pair[0])]
    return urlencode(sorted(kept), encoding="latin-1", errors="replace") if kept else ""


def place(path: str, query: str) -> str:
    """Under which address the answer to both lies: "/index.php?id=12"; "" when nothing of the query counts, or it is too long.

    path: percent-decoded. The address has no slash behind its question mark, so it names one file of the store.
    """
    if not query or len(query) > LONGEST:
        return ""
    said = normal(query).replace("/", "%2F")
    return f"{path_of(path)}?{said}" if said and "?" not in path else ""


def path_of(path: str) -> str:
    """A path as the store spells it: „index.html“ is its folder, and what looks like no file ends with a slash."""
    if path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return path if path.endswith("/") or "." in path.rsplit("/", 1)[-1] else f"{path}/"


def without(address: str) -> str:
    """The address before its question mark."""
    return address.partition("?")[0]
