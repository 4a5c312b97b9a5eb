"""What every answer of the website says to browsers beside its content: who may load what, show it, frame it."""

from __future__ import annotations

import re
from typing import Final

Headers = list[tuple[str, str]]

# Readers and other sites may show these: they are made to be passed on.
SHARED: Final = re.compile(
    r"/(([^/]+/)?feeds|media|\.well-known)/|/veranstaltungen/([^/]+/)*[^/]+\.(ics|json|xml)\Z"
)
# Other websites may show these in a frame, and no other page: dates of events, made for that, without a form or a script.
FRAMED: Final = re.compile(r"(/en)?/veranstaltungen/einbetten/[^/]+/")
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Final = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
FRAME_CSP: Final = "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"


def of_pages(hsts: int) -> Headers:
    """Of every answer. hsts: for how many seconds browsers use https alone; 0 says nothing of it."""
    kept = [("Strict-Transport-Security", f"max-age={hsts}; includeSubDomains")] if hsts else []
    return [*SECURITY, *kept]


def shared(headers: Headers) -> Headers:
    """Of what may be shown elsewhere (`SHARED`)."""
    return [*_opened(headers), ("Access-Control-Allow-Origin", "*")]


def framed(headers: Headers) -> Headers:
    """Of pages for a frame of another site (`FRAMED`)."""
    left_out = {"X-Frame-Options", "Cross-Origin-Opener-Policy"}
    return [
        (name, FRAME_CSP if name == "Content-Security-Policy" else value)
        for name, value in _opened(headers)
        if name not in left_out
    ]


def _opened(headers: Headers) -> Headers:
    opened = "Cross-Origin-Resource-Policy"
    return [(name, "cross-origin" if name == opened else value) for name, value in headers]
