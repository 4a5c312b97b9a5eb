"""One row per event, chained by hash. Never updated, never deleted: database triggers refuse it."""

from __future__ import annotations

from django.db import models

from stadtnah.kernel import triggers


class Entry(models.Model):
    """An event. It names people only by their opaque id, so erasing a person leaves every hash as it is."""

    seq = models.BigIntegerField("Nummer", primary_key=True)
    at = models.DateTimeField("Zeit")
    event = models.CharField("Ereignis", max_length=60)
    actor = models.CharField("Person", max_length=60, blank=True)  # "user:<uuid>" or "system"
    subject = models.CharField("Gegenstand", max_length=160, blank=True)
    data = models.JSONField("Angaben", default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokoll"
        indexes = [models.Index(fields=["subject", "seq"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"


triggers.immutable("audit_entry", "Protokoll", "seq", "digest")
triggers.refuse(
    "audit_entry_chain",
    "audit_entry",
    "INSERT",
    "Protokoll: Kette unterbrochen",
    "NEW.seq <> (SELECT COALESCE(MAX(e.seq), 0) + 1 FROM audit_entry e)",
)
