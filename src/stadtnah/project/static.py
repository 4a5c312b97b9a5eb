"""Static files under content-addressed names, so that browsers may keep them for ever."""

from __future__ import annotations

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ReleasedStatic(ManifestStaticFilesStorage):
    """Hashed names; a file that a foreign package forgot to ship does not stop the cell."""

    manifest_strict = False
