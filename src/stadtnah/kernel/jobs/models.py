"""Who leads the clockwork, and when each periodic work last ran."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """A named lock with an end: the ticker's leader. Whoever holds it renews it; a dead holder loses it."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PeriodicRun(models.Model):
    """When a periodic work ran, for operators and for the ticker itself."""

    name = models.CharField(max_length=160, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
