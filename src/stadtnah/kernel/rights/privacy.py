"""Purpose, legal basis, retention, export and erasure of the people on pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Final

from django.db.models import Exists, OuterRef, Prefetch, Q

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register
from stadtnah.kernel.rights import register as verbs
from stadtnah.kernel.rights.models import Consent, MediaRights, Person, Scan

MONTHS: Final = 36
KEPT: Final = timedelta(days=MONTHS * 365 // 12)


class PeopleOnPictures(Purpose):
    """Names of people on pictures with their consents, and who made a picture."""

    key: ClassVar[str] = "pictures"
    title: ClassVar[str] = "Personen auf Bildern und ihre Einwilligungen"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. a DSGVO mit § 22 KunstUrhG; der Nachweis der Einwilligung Art. 7 Abs. 1 DSGVO"
    )
    retention: ClassVar[str] = (
        f"Solange ein Bild verwendet wird, danach {MONTHS} Monate, damit die Einwilligung nachgewiesen werden kann. "
        "Dass ein Bild nicht mehr gezeigt werden darf, bleibt ohne Namen vermerkt."
    )
    notice: ClassVar[str] = (
        "Sind Sie auf einem unserer Bilder zu erkennen, halten wir Ihren Namen, Ihre Einwilligung und, wenn Sie sie angeben, Ihre "
        "E-Mail-Adresse fest. Sie können die Einwilligung jederzeit widerrufen; das Bild verschwindet dann von unserer Website."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "rights.Person.name",
        "rights.Person.child",
        "rights.Person.contact",
        "rights.Consent.how",
        "rights.Consent.given_on",
        "rights.Consent.uses",
        "rights.Scan.name",
        "rights.Scan.sha256",
        "rights.Scan.sealed",
        "rights.MediaRights.made_by",
    )

    def in_use(self) -> bool:
        """Once somebody is entered."""
        return Person.objects.exists()

    def export(self, email: str) -> list[dict[str, Any]]:
        rows = Person.objects.filter(contact__iexact=email).prefetch_related(
            "consents__pictures", Prefetch("consents__scans", Scan.objects.defer("sealed"))
        )
        return [
            {
                "name": row.name,
                "child": row.child,
                "contact": row.contact,
                "consents": [_exported(consent) for consent in row.consents.all()],
            }
            for row in rows
        ]

    def erase(self, email: str) -> int:
        """Whoever asks to be forgotten has taken the consent back: the pictures go, then the names."""
        return verbs.forget(Person.objects.filter(contact__iexact=email))

    def expire(self) -> int:
        """People whose pictures have not been shown for as long as the proof is needed."""
        since = clock.now() - KEPT
        young = Q(changed_at__gte=since)
        used = MediaRights.objects.filter(
            young | Q(used_on__gte=clock.local(since).date()), consents__person=OuterRef("pk")
        )
        fresh = Consent.objects.filter(young, person=OuterRef("pk"))
        over = Person.objects.filter(~Exists(used), ~Exists(fresh))
        makers = MediaRights.objects.exclude(made_by="").exclude(young)
        makers = makers.filter(Q(used_on=None) | Q(used_on__lt=clock.local(since).date()))
        return verbs.forget(over) + makers.update(made_by="")


def _exported(consent: Consent) -> dict[str, Any]:
    return {
        "how": consent.get_how_display(),
        "given_on": consent.given_on.isoformat(),
        "for": list(consent.uses),
        "until": consent.until and consent.until.isoformat(),
        "revoked_at": consent.revoked_at and consent.revoked_at.isoformat(),
        "pictures": sorted(picture.pk for picture in consent.pictures.all()),
        "files": [{"name": scan.name, "sha256": scan.sha256} for scan in consent.scans.all()],
    }


register(PeopleOnPictures())
