"""Foreign addresses: made absolute, or known to be useless."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_MAX = 2_000
_SPACE = re.compile(r"\s")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic)(?:$|\?)", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|ics)(?:$|\?)", re.IGNORECASE)
# Counters and pixels of the services German websites use; they show nothing and tell on readers.
_PIXEL = re.compile(
    r"(?:vgwort\.de|/pixel|pixel\.|/count(?:er)?[./?]|stats\.wordpress\.com|pixel\.wp\.com|feedburner\.com/~"
    r"|feedsportal|piwik|matomo|google-analytics|doubleclick|facebook\.com/tr|spacer\.gif|/(?:blank|clear|1x1|trans)\.gif)",
    re.IGNORECASE,
)


def absolute(address: str, base: str) -> str:
    """`address` as an absolute http(s) address, resolved against `base`; "" when that is not possible."""
    cleaned = address.strip().replace("\\", "/")
    if not cleaned or len(cleaned) > _MAX or cleaned.startswith("#"):
        return ""
    try:
        joined = urljoin(base, _SPACE.sub("%20", cleaned))
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return ""
    return joined if parts.scheme in {"http", "https"} and host else ""


def linked(address: str, base: str) -> str:
    """What a link in the text may point to: an absolute address, mailto or tel; "" otherwise."""
    cleaned = address.strip()
    if cleaned[:7].lower() == "mailto:" or cleaned[:4].lower() == "tel:":
        return _SPACE.sub("", cleaned)[:_MAX]
    return absolute(cleaned, base)


def is_picture(address: str) -> bool:
    """Whether the address ends like a picture's."""
    return bool(_PICTURE.search(address))


def is_document(address: str) -> bool:
    """Whether the address ends like a file's that people download."""
    return bool(_DOCUMENT.search(address))


def is_pixel(address: str) -> bool:
    """Whether the address is a known counter's."""
    return bool(_PIXEL.search(address))
