"""Purpose, legal basis, retention, export and erasure of newsletter subscriptions."""

from __future__ import annotations

from typing import Any, ClassVar

from stadtnah.channels.newsletter.domain import addresses, limits, retention
from stadtnah.channels.newsletter.models import Consent, MailingList, SignupMail, Subscriber
from stadtnah.kernel.privacy.api import Purpose, register


def export_person(email: str) -> list[dict[str, Any]]:
    """Everything kept about the person with this address, the evidence of consent included (Art. 15, 20)."""
    rows = (
        Subscriber.objects.filter(email=_kept_as(email)).select_related("list").prefetch_related("consents")
    )
    return [
        {
            "newsletter": row.list.name,
            "email": row.email,
            "language": row.language,
            "state": row.get_state_display(),
            "created_at": row.created_at.isoformat(),
            "confirmed_at": _iso(row.confirmed_at),
            "unsubscribed_at": _iso(row.unsubscribed_at),
            "suppressed_at": _iso(row.suppressed_at),
            "consents": [_consent(consent) for consent in row.consents.all()],
        }
        for row in rows
    ]


def erase_person(email: str) -> int:
    """Erases subscriptions and their evidence (Art. 17); returns the number of subscriptions.

    The ledger of deliveries names a subscriber by a random number, which then leads nowhere.
    """
    address = _kept_as(email)
    rows = Subscriber.objects.filter(email=address)
    count = rows.count()
    rows.delete()
    SignupMail.objects.filter(address_key=limits.address_key(address)).delete()
    return count


class NewsletterSubscription(Purpose):
    """Subscriptions and the evidence for them."""

    key: ClassVar[str] = "newsletter"
    title: ClassVar[str] = "Newsletter"
    legal_basis: ClassVar[str] = (
        "Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO; Nachweis nach Art. 7 Abs. 1 DSGVO"
    )
    retention: ClassVar[str] = (
        "Unbestätigte Anmeldungen 7 Tage. Abonnements bis zum Widerruf. Danach bleiben Adresse und Einwilligung als "
        "Nachweis drei Jahre (Verjährung, § 195 BGB), gesperrt für den Versand. Unzustellbare Adressen 1 Jahr. "
        "Zähler gegen Missbrauch des Formulars (nur eine Prüfsumme der Adresse) 24 Stunden."
    )
    notice: ClassVar[str] = (
        "Für den Newsletter speichern wir Ihre E-Mail-Adresse, den gewählten Newsletter und die Sprache. Nach der Anmeldung "
        "bekommen Sie eine E-Mail; erst mit der Bestätigung darin sind Sie angemeldet. Abmelden können Sie sich jederzeit "
        "über den Link in jeder Ausgabe. Wir zählen weder Öffnungen noch Klicks."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "newsletter.Subscriber.email",
        "newsletter.Subscriber.language",
        "newsletter.Subscriber.state",
        "newsletter.Consent.wording",
        "newsletter.Consent.form_path",
        "newsletter.SignupMail.address_key",
    )

    def in_use(self) -> bool:
        """As soon as there is a newsletter to subscribe to."""
        return MailingList.objects.exists()

    def export(self, email: str) -> list[dict[str, Any]]:
        return export_person(email)

    def erase(self, email: str) -> int:
        return erase_person(email)

    def expire(self) -> int:
        return retention.expire()


def _kept_as(email: str) -> str:
    try:
        return addresses.normalise(email)
    except addresses.AddressError:
        return email.strip().lower()


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "kind": consent.get_kind_display(),
        "wording": consent.wording,
        "wording_version": consent.wording_version,
        "form": consent.form_path,
        "requested_at": consent.at.isoformat(),
        "confirmed_at": _iso(consent.confirmed_at),
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


register(NewsletterSubscription())
