"""The public website."""

from __future__ import annotations

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "stadtnah.surfaces.website"
    label = "website"
    verbose_name = "Website"
