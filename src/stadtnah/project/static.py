"""Static files under content-addressed names, so that browsers may keep them for ever."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage


class ReleasedStatic(ManifestStaticFilesStorage):
    """Hashed names; a file that a foreign package forgot to ship does not stop the cell."""

    manifest_strict = False


def reread_names() -> None:
    """Takes the names that the last collection wrote: the CMS opens the storage when imported, before there were any."""
    storage: Any = staticfiles_storage
    if isinstance(staticfiles_storage, ReleasedStatic):
        storage.hashed_files, storage.manifest_hash = storage.load_manifest()
