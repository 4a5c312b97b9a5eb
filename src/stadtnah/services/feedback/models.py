"""What the feedback service keeps: reports of citizens and what the municipality answered."""

from __future__ import annotations

import uuid

from django.db import models

from stadtnah.kernel.letters import Once, unsent


class Report(Once):
    """One message of a citizen; the mail of it goes to the municipality. The contact is optional: whoever gives none gets no answer, but is heard."""

    class Kind(models.TextChoices):
        BARRIER = "barrier", "Barriere"
        CONTACT = "contact", "Nachricht"

    class State(models.TextChoices):
        OPEN = "open", "Offen"
        ANSWERED = "answered", "Beantwortet"
        CLOSED = "closed", "Erledigt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("Art", max_length=8, choices=Kind.choices)
    text = models.TextField("Text")
    page = models.CharField("Seite", max_length=400, blank=True)
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail", max_length=254, blank=True)
    language = models.CharField("Sprache", max_length=8, default="de")
    at = models.DateTimeField("eingegangen")
    due_at = models.DateTimeField("zu beantworten bis")
    state = models.CharField("Stand", max_length=8, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField("beendet", null=True)
    form_key = models.CharField(
        "Formular", max_length=64, unique=True
    )  # one sending of one form is one report

    class Meta:
        verbose_name = "Rückmeldung"
        verbose_name_plural = "Rückmeldungen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "answered", "closed"]), name="report_state_known"
            ),
            # The retention counts from the end; without it a row would stay for ever.
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="report_end_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="report_inbox"),
            models.Index(fields=["email"], name="report_email"),
            unsent("report_unsent"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the citizen and the clerk call it: short enough to be said on the telephone."""
        return self.pk.hex[:8].upper()


class Answer(Once):
    """What the municipality wrote back, by mail. The address is the report's."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField("Antwort")
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("geschrieben")

    class Meta:
        verbose_name = "Antwort"
        verbose_name_plural = "Antworten"
        ordering = ["at"]
        indexes = [unsent("answer_unsent")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d}"
