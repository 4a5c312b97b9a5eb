"""Imports that nobody needs, left out: a third of the memory of many towns is what libraries load just in case.

Each of these is optional to the library that asks for it: it catches ImportError and goes on without.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Who asks for it: what for. Measured with docs/architecture/memory.md's figures.
_JUST_IN_CASE = (
    "anyio",  # httpcore: its asynchronous half
    "coreapi",  # rest_framework: schemas
    "coreschema",
    "django.contrib.postgres",  # rest_framework: fields; loads psycopg on SQLite, too
    "httpx._main",  # httpx: its command line, with rich and pygments
    "pillow_heif",  # Willow: we hand it no HEIC, kernel.media has turned it into JPEG before
    "requests",  # rest_framework: its test client
    "trio",  # httpcore, as above
    "uvloop",  # Granian: an event loop; WSGI has none
    "yaml",  # rest_framework: its OpenAPI renderer
)


@contextmanager
def imports() -> Iterator[None]:
    """While it lasts, these modules are not found (unless they are there already). Afterwards whoever needs one gets it."""
    left_out = [name for name in _JUST_IN_CASE if name not in sys.modules]
    blocked: dict[str, None] = dict.fromkeys(left_out)
    sys.modules.update(blocked)  # type: ignore[arg-type] # None is Python's documented way to say "not found"
    try:
        yield
    finally:
        for name in left_out:
            if sys.modules.get(name, name) is None:
                del sys.modules[name]
