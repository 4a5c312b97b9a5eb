"""The purpose "staff accounts": who may work here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from stadtnah.kernel import clock
from stadtnah.kernel.access.models import Absence
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.privacy.api import Purpose, register

ABSENCE_KEPT = timedelta(days=30)


class Staff(Purpose):
    """Accounts of people who work in the desk."""

    key: ClassVar[str] = "staff"
    last: ClassVar[bool] = True
    title: ClassVar[str] = "Konten der Beschäftigten und Beauftragten"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO; für Beschäftigte das Personalrecht des Landes"
    )
    retention: ClassVar[str] = (
        "Solange das Konto besteht. Nach einer Löschung bleibt nur eine Nummer ohne Namen im Protokoll, "
        "damit Freigaben nachweisbar bleiben. Abwesenheiten bis 30 Tage nach ihrem Ende."
    )
    notice: ClassVar[str] = (
        "Wer im Redaktionsbereich arbeitet, hat ein Konto mit Namen, E-Mail-Adresse, Funktion und Abwesenheiten."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "identity.User.email",
        "identity.User.name",
        "identity.User.position",
        "identity.User.password",
        "account.EmailAddress.email",
        "wagtailusers.UserProfile.avatar",
        "access.Absence.starts_at",
        "access.Absence.ends_at",
        "access.Agency.contact",
        "access.Agency.name",
    )

    def export(self, email: str) -> list[dict[str, Any]]:
        return [
            {
                "name": user.name,
                "email": user.email,
                "position": user.position,
                "kind": user.kind,
                "created_at": user.created_at.isoformat(),
                "roles": [m.role for m in user.memberships.all()],
                "absences": [[a.starts_at.isoformat(), a.ends_at.isoformat()] for a in user.absences.all()],
            }
            for user in User.objects.filter(email=email)
        ]

    def erase(self, email: str) -> int:
        """The account becomes a number without a name; releases stay provable, hashes stay as they are."""
        done = 0
        for user in User.objects.filter(email=email):
            user.email = f"{user.pk}@geloescht.invalid"
            user.name = "Gelöschtes Konto"
            user.position = ""
            user.is_active = False
            user.set_unusable_password()
            user.save()
            user.absences.all().delete()
            done += 1
        return done

    def expire(self) -> int:
        """Absences that are long over; accounts have no end of their own."""
        gone, _ = Absence.objects.filter(ends_at__lt=clock.now() - ABSENCE_KEPT).delete()
        return gone


register(Staff())
