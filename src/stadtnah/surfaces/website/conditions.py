"""What a request asks of a stored page by its headers (RFC 9110): which encoding, and whether it has changed."""

from __future__ import annotations

from typing import Any


def encodings(accepted: str) -> tuple[str, ...]:
    """The encodings that the client takes, brotli before gzip (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.strip().partition(";")
        try:
            weights[name.strip()] = float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    rest = weights.get("*", 0.0)
    return tuple(name for name in ("br", "gzip") if weights.get(name, rest) > 0)


def unchanged(environ: dict[str, Any], etag: str, modified: str) -> bool:
    """If-None-Match rules, If-Modified-Since only without it (RFC 9110, 13.2.2)."""
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted is not None:
        tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        return "*" in tags or etag in tags
    # Compared as text: only the date that we gave is answered so, any other gets the page.
    return bool(environ.get("HTTP_IF_MODIFIED_SINCE") == modified)
