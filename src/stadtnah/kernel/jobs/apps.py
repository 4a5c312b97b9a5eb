"""Work outside a request."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "stadtnah.kernel.jobs"
    label = "jobs"
    verbose_name = "Hintergrundarbeiten"

    def ready(self) -> None:
        """Whoever queues a job wakes the worker."""
        from stadtnah.kernel.jobs import wake  # noqa: F401, PLC0415 - listens when imported
