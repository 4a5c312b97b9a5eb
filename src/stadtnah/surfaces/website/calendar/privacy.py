"""Personal data of those who invite: whom one asks about an event."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q

from stadtnah.kernel.privacy.api import OfPublic, register
from stadtnah.surfaces.website.calendar.models import EventPage


class Organisers(OfPublic):
    """Name, telephone and mail of who organises an event, as far as it is a person."""

    key: ClassVar[str] = "event-organisers"
    title: ClassVar[str] = "Wer Veranstaltungen ausrichtet"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO, Information über Veranstaltungen in der Kommune; Telefon und E-Mail einer Person nur mit "
        "ihrem Einverständnis, Art. 6 Abs. 1 Buchst. a DSGVO"
    )
    retention: ClassVar[str] = (
        "So lange, wie die Veranstaltung auf der Website steht. Widerruft jemand das Einverständnis, ändert die Redaktion die "
        "Angabe, und die Kommune gibt die Seite neu frei oder zieht sie zurück. Freigegebene Fassungen bleiben als Nachweis der "
        "amtlichen Veröffentlichung."
    )
    notice: ClassVar[str] = (
        "Bei Veranstaltungen nennen wir, wer sie ausrichtet und wen man fragen kann, so wie es uns angegeben wurde."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "calendar.EventPage.organiser",
        "calendar.EventPage.organiser_phone",
        "calendar.EventPage.organiser_mail",
    )

    def in_use(self) -> bool:
        """Once an event says who organises it."""
        return EventPage.objects.exclude(Q(organiser="") & Q(organiser_mail="")).exists()

    def export(self, email: str) -> list[dict[str, Any]]:
        rows = EventPage.objects.filter(organiser_mail__iexact=email)
        return [
            {
                "title": row.title,
                "organiser": row.organiser,
                "phone": row.organiser_phone,
                "mail": row.organiser_mail,
            }
            for row in rows
        ]


register(Organisers())
