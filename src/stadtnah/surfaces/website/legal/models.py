"""What is remembered of a generated page: from which facts, and which words were ours."""

from __future__ import annotations

from django.db import models


class LegalDraft(models.Model):
    """One generated page. The page itself is a StandardPage like any other, edited and released like it."""

    key = models.CharField("Art", max_length=16, primary_key=True)
    page_uuid = models.UUIDField("Seite", unique=True)
    facts = models.JSONField("Angaben")  # label to value, as they were when it was made
    made = models.JSONField("erzeugte Bausteine")  # id of a block to the digest of its words
    notes = models.JSONField("Hinweise", default=list)
    made_at = models.DateTimeField("erzeugt")
    stale_since = models.DateTimeField("veraltet seit", null=True)

    class Meta:
        verbose_name = "erzeugte Rechtsseite"
        verbose_name_plural = "erzeugte Rechtsseiten"

    def __str__(self) -> str:
        return self.key
