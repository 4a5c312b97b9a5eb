"""Imports that nobody needs, left out: a tenth of a cell's memory is what libraries load just in case.

Each of these is optional to the library that asks for it: it catches ImportError and goes on without.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from stadtnah.project.settings import env

# Who asks for it: what for. Measured with docs/architecture/memory.md's figures.
_JUST_IN_CASE = (
    "anyio",  # httpcore: its asynchronous half
    "coreapi",  # rest_framework: schemas
    "coreschema",
    "httpx._main",  # httpx: its command line, with rich and pygments
    "pillow_heif",  # Willow: we hand it no HEIC, kernel.media has turned it into JPEG before
    "requests",  # rest_framework: its test client
    "trio",  # httpcore, as above
    "uvloop",  # Granian: an event loop; WSGI has none
    "yaml",  # rest_framework: its OpenAPI renderer
)

_NOT_ON_SQLITE = (
    "django.contrib.postgres",
)  # rest_framework: fields; brings psycopg with it. On PostgreSQL the CMS's search needs it


@contextmanager
def imports() -> Iterator[None]:
    """While it lasts, these modules are not found (unless they are there already). Afterwards whoever needs one gets it."""
    unused = _JUST_IN_CASE if env.text("DATABASE") else (*_JUST_IN_CASE, *_NOT_ON_SQLITE)
    left_out = [name for name in unused if name not in sys.modules]
    blocked: dict[str, None] = dict.fromkeys(left_out)
    sys.modules.update(blocked)  # type: ignore[arg-type] # None is Python's documented way to say "not found"
    try:
        yield
    finally:
        for name in left_out:
            if sys.modules.get(name, name) is None:
                del sys.modules[name]
