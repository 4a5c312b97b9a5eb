"""Purpose, legal basis, retention, export and erasure of what clubs and citizens hand in, and of reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Q

from stadtnah.kernel import clock
from stadtnah.kernel.privacy.api import Purpose, register
from stadtnah.services.events.domain import reminders
from stadtnah.services.events.domain.submissions import CONFIRM_WITHIN, KEPT_AFTER, club_key
from stadtnah.services.events.models import Club, Reminder, Submission

CLUB_KEPT = timedelta(days=2 * 365)


class HandedIn(Purpose):
    """Events handed in without an account, and who is behind them."""

    key: ClassVar[str] = "events"
    title: ClassVar[str] = "Gemeldete Veranstaltungen"
    legal_basis: ClassVar[str] = (
        "Art. 6 Abs. 1 Buchst. e DSGVO (Veranstaltungskalender der Kommune); Nachricht an die Absenderin oder den Absender auf ihren Wunsch"
    )
    retention: ClassVar[str] = (
        "Unbestätigte Meldungen 2 Tage. Bestätigte mit E-Mail-Adresse und Ansprechperson bis 30 Tage nach dem letzten Termin. Wer schon gemeldet "
        "hat, wird 2 Jahre lang an einer Prüfsumme der Adresse wiedererkannt; die Adresse selbst bleibt nicht."
    )
    notice: ClassVar[str] = (
        "Melden Sie eine Veranstaltung, speichern wir Ihre Angaben dazu, Ihre E-Mail-Adresse und, wenn Sie sie nennen, eine Ansprechperson. Die "
        "Adresse brauchen wir für die Bestätigung und für Rückfragen; veröffentlicht wird sie nicht. Beides löschen wir 30 Tage nach dem letzten "
        "Termin. Damit wir Vereine wiedererkennen, bleibt 2 Jahre lang eine Prüfsumme der Adresse mit dem Namen des Veranstalters."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "events.Submission.email",
        "events.Submission.contact",
        "events.Submission.language",
        "events.Submission.entry",
        "events.Submission.note",
        "events.Letter.text",
        "events.Club.key",
        "events.Club.name",
    )

    def export(self, email: str) -> list[dict[str, Any]]:
        rows = Submission.objects.filter(email__iexact=email).order_by("at").prefetch_related("letters")
        clubs = Club.objects.filter(key=club_key(email))
        return [
            *(
                {
                    "number": row.number,
                    "event": row.entry,
                    "email": row.email,
                    "contact": row.contact,
                    "received_at": row.at.isoformat(),
                    "state": row.get_state_display(),
                    "letters": [
                        {"kind": letter.get_kind_display(), "text": letter.text, "at": letter.at.isoformat()}
                        for letter in row.letters.all()
                    ],
                }
                for row in rows
            ),
            *(
                {"organiser": club.name, "trust": club.get_trust_display(), "since": club.at.isoformat()}
                for club in clubs
            ),
        ]

    def erase(self, email: str) -> int:
        """What was handed in and that the sender is known; an event that is public stays, as it names nobody of these."""
        rows = Submission.objects.filter(email__iexact=email)
        clubs = Club.objects.filter(key=club_key(email))
        count = rows.count() + clubs.count()
        rows.delete()
        clubs.delete()
        return count

    def expire(self) -> int:
        now = clock.now()
        today = clock.local(now).date()
        rows = Submission.objects.filter(
            Q(state=Submission.State.UNCONFIRMED, at__lt=now - CONFIRM_WITHIN)
            | Q(ends_on__lt=today - KEPT_AFTER)
        )
        clubs = Club.objects.filter(last_at__lt=now - CLUB_KEPT, submissions=None)
        count = rows.count() + clubs.count()
        rows.delete()
        clubs.delete()
        return count


class Reminders(Purpose):
    """Those who want to be reminded of an event."""

    key: ClassVar[str] = "event-reminders"
    title: ClassVar[str] = "Erinnerungen an Veranstaltungen"
    legal_basis: ClassVar[str] = "Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO"
    retention: ClassVar[str] = (
        "Unbestätigte Bitten 2 Tage. Bestätigte bis zum Ende des letzten Termins, den sie betreffen, oder bis zum Widerruf; bei einer Absage, bis "
        "die Nachricht darüber verschickt ist. Wird ein Termin ohne neuen Tag verschoben, höchstens 90 Tage nach dem alten."
    )
    notice: ClassVar[str] = (
        "Möchten Sie an eine Veranstaltung erinnert werden, speichern wir Ihre E-Mail-Adresse, die Veranstaltung und wann Sie erinnert werden "
        "möchten. Sie bekommen eine E-Mail; erst mit der Bestätigung darin gilt Ihre Bitte. Beenden können Sie sie jederzeit über den Link in "
        "jeder E-Mail. Nach dem letzten Termin löschen wir alles. In der Redaktion ist nur zu sehen, wie viele Menschen erinnert werden möchten."
    )
    fields: ClassVar[tuple[str, ...]] = (
        "events.Reminder.email",
        "events.Reminder.language",
        "events.Reminder.recurrence",
        "events.ReminderLetter.about",
    )

    def export(self, email: str) -> list[dict[str, Any]]:
        rows = Reminder.objects.filter(email__iexact=email).order_by("at")
        return [
            {
                "event": row.watched.title,
                "email": row.email,
                "date": row.recurrence or "all",
                "when": [lead.value for lead in reminders.leads_of(row)],
                "language": row.language,
                "requested_at": row.at.isoformat(),
                "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
                "letters": [
                    {"kind": letter.get_kind_display(), "about": letter.about, "at": letter.at.isoformat()}
                    for letter in row.letters.all()
                ],
            }
            for row in rows.select_related("watched").prefetch_related("letters")
        ]

    def erase(self, email: str) -> int:
        rows = Reminder.objects.filter(email__iexact=email)
        count = rows.count()
        rows.delete()
        reminders.forget()
        return count

    def expire(self) -> int:
        return reminders.tidy()


register(HandedIn())
register(Reminders())
