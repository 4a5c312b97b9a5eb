"""Work outside a request."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "stadtnah.kernel.jobs"
    label = "jobs"
    verbose_name = "Hintergrundarbeiten"
