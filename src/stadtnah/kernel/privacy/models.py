"""Proof that data went when it was due."""

from __future__ import annotations

from django.db import models


class Deletion(models.Model):
    """One run of a purpose's retention: how many rows went. Holds no personal data itself."""

    purpose = models.CharField("Zweck", max_length=60)
    at = models.DateTimeField("Zeit", auto_now_add=True)
    rows = models.PositiveIntegerField("Datensätze")
    reason = models.CharField("Anlass", max_length=40)  # "retention" or "request"

    class Meta:
        verbose_name = "Löschung"
        verbose_name_plural = "Löschungen"

    def __str__(self) -> str:
        return f"{self.purpose}: {self.rows}"
