"""The file of a run, kept until it has ended, so that it can go on."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from stadtnah.surfaces.website.moving_in.models import ImportRun


def path(run: ImportRun) -> Path:
    """Where it lies."""
    return Path(settings.STADTNAH_DATA) / "imports" / str(run.pk)


def write(run: ImportRun, data: bytes) -> None:
    """For the cell's own user alone."""
    file = path(run)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(data)


def drop(run: ImportRun) -> None:
    """The bytes of a run that nobody goes on with."""
    with suppress(OSError):
        path(run).unlink()
