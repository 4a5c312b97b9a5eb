"""Everything the website stores."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from django.db import models

from stadtnah.surfaces.website.images import TownImage, TownRendition
from stadtnah.surfaces.website.pages import HomePage, MessagePage, NewsIndexPage, StandardPage
from stadtnah.surfaces.website.released import (
    ChangedUse,
    Move,
    OldPath,
    PageUse,
    ReleasedPage,
    SiteListing,
    StaleUse,
)
from stadtnah.surfaces.website.services import ServiceIndexPage, ServicePage

__all__ = [
    "Category",
    "ChangedUse",
    "HomePage",
    "MessagePage",
    "Move",
    "NewsIndexPage",
    "OldPath",
    "PageUse",
    "ReleasedPage",
    "ServiceIndexPage",
    "ServicePage",
    "SiteListing",
    "StaleUse",
    "StandardPage",
    "TownImage",
    "TownRendition",
]


class Category(models.Model):
    """A section of the news (Rubrik). Released content carries its own copy of slug and label."""

    slug = models.SlugField("Kürzel", max_length=60, unique=True)
    label = models.CharField("Bezeichnung", max_length=80)
    colour = models.CharField("Farbe", max_length=7, blank=True)

    class Meta:
        verbose_name = "Rubrik"
        verbose_name_plural = "Rubriken"
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label
