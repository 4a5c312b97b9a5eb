"""The blog."""

from __future__ import annotations

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "stadtnah.surfaces.website.blog"
    label = "blog"
    verbose_name = "Blog"

    def ready(self) -> None:
        from stadtnah.surfaces.website.blog import (  # noqa: PLC0415 - register themselves
            founding,  # noqa: F401
            kinds,  # noqa: F401
            linked,  # noqa: F401
            privacy,  # noqa: F401
        )
