"""Purpose, legal basis, retention, export and erasure of what citizens wrote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register
from stadtnah.services.feedback.models import Report

KEPT, AT_MOST = timedelta(days=365), timedelta(days=3 * 365)


class Feedback(Purpose):
    """Reports of barriers and messages, with what was answered."""

    key: ClassVar[str] = "feedback"
    title: ClassVar[str] = "Rückmeldungen und gemeldete Barrieren"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO (Bürgeranliegen); für gemeldete Barrieren Art. 6 Abs. 1 Buchst. c DSGVO in "
        "Verbindung mit Art. 7 der Richtlinie (EU) 2016/2102 und dem Recht des Landes"
    )
    retention: ClassVar[str] = (
        "Bis die Rückmeldung beantwortet oder erledigt ist, danach 1 Jahr, damit Nachfragen "
        "beantwortet werden können; in jedem Fall höchstens 3 Jahre."
    )
    notice: ClassVar[str] = (
        "Schreiben Sie uns über das Formular, speichern wir Ihren Text, die Seite, um die es geht, und, wenn Sie sie "
        "angeben, Ihren Namen und Ihre E-Mail-Adresse. Beides ist freiwillig; die Adresse brauchen wir nur, um zu "
        "antworten. Bearbeitet wird Ihre Rückmeldung in der Verwaltung. Sie wird nicht an Dritte weitergegeben."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "feedback.Report.text",
        "feedback.Report.page",
        "feedback.Report.name",
        "feedback.Report.email",
        "feedback.Report.language",
        "feedback.Answer.text",
    )

    def export(self, email: str) -> list[dict[str, Any]]:
        rows = Report.objects.filter(email__iexact=email).order_by("at").prefetch_related("answers")
        return [
            {
                "number": row.number,
                "kind": row.get_kind_display(),
                "text": row.text,
                "page": row.page,
                "name": row.name,
                "email": row.email,
                "received_at": row.at.isoformat(),
                "state": row.get_state_display(),
                "answers": [
                    {"text": answer.text, "at": answer.at.isoformat()} for answer in row.answers.all()
                ],
            }
            for row in rows
        ]

    def erase(self, email: str) -> int:
        """The whole report: its text may say who wrote it."""
        rows = Report.objects.filter(email__iexact=email)
        count = rows.count()
        rows.delete()
        return count

    def expire(self) -> int:
        now = clock.now()
        rows = Report.objects.filter(Q(closed_at__lt=now - KEPT) | Q(at__lt=now - AT_MOST))
        count = rows.count()
        rows.delete()
        return count


register(Feedback())
