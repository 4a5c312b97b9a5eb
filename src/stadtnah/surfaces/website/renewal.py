"""After an update of the software, and with the first newsletter, the stored pages are made anew: once, not at each start.

A page is a function of released content and theme (decision 0002), so no release is needed; the log says that it happened.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import django
import wagtail
from django.conf import settings

from stadtnah import __version__
from stadtnah.kernel.audit import api as audit
from stadtnah.surfaces.website import bake, feeds, overtaken, site, sitemaps, store

_SHAPES = {".py", ".html", ".xml", ".mo", ".css", ".js", ".svg", ".png", ".woff2", ".json"}


@lru_cache(maxsize=1)
def build_id() -> str:
    """Names what pages are made with: our files, the versions beneath, and where the town is reached."""
    root: Path = settings.ROOT
    found = hashlib.sha256()
    here = (settings.STADTNAH_BASE_URL, settings.STADTNAH_TIME_ZONE)
    found.update("\n".join((__version__, django.__version__, wagtail.__version__, *here)).encode())
    for folder in (root / "src" / "stadtnah", root / "assets"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SHAPES:
                found.update(f"\n{path.relative_to(root)} ".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def made_with() -> str:
    """The build, and what else every page shows that no release changes: whether there is a newsletter."""
    return f"{build_id()} newsletter={site.has_newsletter()}"


def due() -> bool:
    """Whether the stored pages were made with something else than they would be now."""
    try:
        return _stamp().read_text() != made_with()
    except OSError:
        return True


def renew() -> int:
    """Makes all pages and feeds anew; returns how many pages. Safe to be broken off and to run twice."""
    with overtaken.made_good():  # it takes as long as the website is large, and releases go on
        pages = len(bake.bake_all())
        feeds.bake_feeds()
        sitemaps.bake_all()
    audit.record("website.renewed", data={"build": build_id(), "pages": pages})
    done()
    return pages


def done() -> None:
    """Notes what the stored pages are made with."""
    stamp = _stamp()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_with())


def _stamp() -> Path:
    return store.folder() / "build"
