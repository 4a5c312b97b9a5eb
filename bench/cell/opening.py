"""What benchmarks of a cell in a folder have in common: its database, and a page that is made anew each time."""

# ruff: noqa: PLC0415 - Django can only be imported when its data folder is known

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def migrated(folder: Path) -> None:
    """Django with a database in this folder, up to date. Raises AssertionError where it would be somebody else's."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    name = str(settings.DATABASES["default"]["NAME"])
    assert name.startswith(str(folder)), f"the benchmark would write to {name}"
    call_command("migrate", verbosity=0)


def making(path: str) -> Callable[[], object]:
    """Makes the page at this address out of what is released."""
    from stadtnah.surfaces.website import bake
    from stadtnah.surfaces.website.site import Frame, Site

    def ask() -> object:
        made = bake.sheet(path)
        assert made is not None, path
        return bake.render(made, Site(Frame.now(), path, "de"))

    return ask
