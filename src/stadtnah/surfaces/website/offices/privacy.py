"""Personal data of those whom citizens ask: no more than the duty needs, no longer than it lasts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from stadtnah.kernel.privacy.api import Purpose, register
from stadtnah.surfaces.website import publish
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.offices.models import PersonPage
from stadtnah.surfaces.website.released import ReleasedPage

GONE = "Nicht mehr zuständig"


class Contacts(Purpose):
    """Name, function, telephone and mail of contact persons; their picture only with consent."""

    key: ClassVar[str] = "contacts"
    title: ClassVar[str] = "Ansprechpersonen der Verwaltung"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO mit dem Personaldatenschutzrecht des Landes, für Beschäftigte mit Außenkontakt; das "
        "Bild nur mit Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO und § 22 KunstUrhG"
    )
    retention: ClassVar[str] = (
        "Solange die Person zuständig ist. Das Bild, bis die Einwilligung endet oder widerrufen wird. Freigegebene Fassungen "
        "bleiben als Nachweis der amtlichen Veröffentlichung."
    )
    notice: ClassVar[str] = (
        "Auf den Seiten der Ämter nennen wir Ansprechpersonen mit Namen, Funktion, Telefon und E-Mail-Adresse."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "offices.PersonPage.function",
        "offices.PersonPage.duty",
        "offices.PersonPage.phone",
        "offices.PersonPage.mail",
    )

    def in_use(self) -> bool:
        """Once there is a contact person."""
        return PersonPage.objects.exists()

    def export(self, email: str) -> list[dict[str, Any]]:
        return [
            {
                "name": row.title,
                "function": row.function,
                "duty": row.duty,
                "phone": row.phone,
                "mail": row.mail,
                "picture": bool(row.image_id),
                "picture_consent_until": row.image_consent_until and row.image_consent_until.isoformat(),
            }
            for row in PersonPage.objects.filter(mail__iexact=email)
        ]

    def erase(self, email: str) -> int:
        """The person leaves the website at once; the draft and its history are emptied."""
        return sum(_forget(row) for row in PersonPage.objects.filter(mail__iexact=email))

    def expire(self) -> int:
        """People whose duty is over, and pictures whose consent is."""
        today = view.today()
        over = PersonPage.objects.filter(duty_until__lt=today).exclude(title=GONE)
        gone = sum(_forget(row) for row in over)
        pictures = PersonPage.objects.filter(image__isnull=False).filter(
            Q(image_consent_until__lt=today) | Q(image_consent_until=None)
        )
        return gone + sum(_without_picture(row) for row in pictures)


def _forget(row: PersonPage) -> int:
    with transaction.atomic():
        publish.withdraw(row.object_key)
        ReleasedPage.objects.filter(pk=row.object_key).delete()
        row.title = row.draft_title = GONE
        row.slug = f"person-{row.pk}"
        row.function = row.duty = row.phone = row.mail = ""
        row.image = row.image_consent_until = None
        row.own_page = False
        _without_history(row)
    return 1


def _without_picture(row: PersonPage) -> int:
    row.image = row.image_consent_until = None
    _without_history(row)
    return 1


def _without_history(row: PersonPage) -> None:
    """Saves it and forgets how it was before. What the public sees of the picture ends by its own date."""
    row.latest_revision = row.live_revision = None
    saving: Any = row
    saving.save(clean=False)
    Revision.objects.for_instance(row).delete()


register(Contacts())
