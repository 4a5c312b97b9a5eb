"""What the events service keeps: events that were handed in, who handed them in, and the mails about it."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stadtnah.kernel import triggers
from stadtnah.kernel.letters import Once, unsent


class Club(models.Model):
    """A sender whose address was confirmed once: known by a keyed hash of it, so that trust outlives the address."""

    class Trust(models.TextChoices):
        NEW = "new", "Neu"
        KNOWN = "known", "Bekannt"
        TRUSTED = "trusted", "Vertraut"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("Kennung der Adresse", max_length=64, unique=True)
    name = models.CharField("Name", max_length=120)
    trust = models.CharField("Vertrauen", max_length=8, choices=Trust.choices, default=Trust.NEW)
    trusted_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True, related_name="+")
    trusted_at = models.DateTimeField("vertraut seit", null=True)
    at = models.DateTimeField("zuerst gemeldet")
    last_at = models.DateTimeField("zuletzt gemeldet")

    class Meta:
        verbose_name = "Absender"
        verbose_name_plural = "Absender"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trust__in=["new", "known", "trusted"]), name="club_trust_known"
            ),
            models.CheckConstraint(
                condition=Q(trust="trusted", trusted_by__isnull=False, trusted_at__isnull=False)
                | (~Q(trust="trusted") & Q(trusted_by=None, trusted_at=None)),
                name="club_trust_has_giver",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["last_at"], name="club_last")]

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """One event that somebody without an account handed in. Goes 30 days after its last date, with everything in it."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Nicht bestätigt"
        WAITING = "waiting", "Wartet"
        ASKED = "asked", "Rückfrage"
        ACCEPTED = "accepted", "Übernommen"
        REFUSED = "refused", "Abgelehnt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    club = models.ForeignKey(Club, on_delete=models.SET_NULL, null=True, related_name="submissions")
    entry = models.JSONField("Veranstaltung")  # domain.entry.to_json
    version = models.PositiveIntegerField("Fassung", default=1)  # one more at each change by the sender
    ends_on = models.DateField("letzter Tag")
    email = models.EmailField("E-Mail", max_length=254)
    contact = models.CharField("Ansprechperson", max_length=120, blank=True)
    language = models.CharField("Sprache", max_length=8, default="de")
    state = models.CharField("Stand", max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    at = models.DateTimeField("eingegangen")
    confirmed_at = models.DateTimeField("bestätigt", null=True)
    decided_at = models.DateTimeField("entschieden", null=True)
    decided_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField("Rückfrage oder Grund", blank=True)
    object_key = models.CharField(
        "Seite", max_length=80, null=True, unique=True
    )  # of the page that was made from it
    form_key = models.CharField(
        "Formular", max_length=64, unique=True
    )  # one sending of one form is one event

    class Meta:
        verbose_name = "Gemeldete Veranstaltung"
        verbose_name_plural = "Gemeldete Veranstaltungen"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "waiting", "asked", "accepted", "refused"]),
                name="submission_state_known",
            ),
            # Nobody decides on what nobody confirmed: somebody else's address could stand in it.
            models.CheckConstraint(
                condition=Q(state="unconfirmed", confirmed_at=None)
                | (~Q(state="unconfirmed") & Q(confirmed_at__isnull=False)),
                name="submission_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["accepted", "refused"], decided_at__isnull=False, decided_by__isnull=False
                )
                | Q(state__in=["unconfirmed", "waiting", "asked"], decided_at=None, decided_by=None),
                name="submission_decided_by",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(object_key=None), name="submission_page_when_accepted"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "confirmed_at"], name="submission_inbox"),
            models.Index(fields=["email"], name="submission_email"),
            models.Index(fields=["ends_on"], name="submission_end"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What sender and moderator call it: short enough to be said on the telephone."""
        return self.pk.hex[:8].upper()


class Letter(Once):
    """A mail about a submission: written once, sent once. The address is the submission's, or the town hall's."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "Bitte um Bestätigung"
        ARRIVED = "arrived", "Nachricht an die Kommune"
        QUESTION = "question", "Rückfrage"
        ACCEPTED = "accepted", "Übernommen"
        REFUSED = "refused", "Abgelehnt"
        PUBLIC = "public", "Veröffentlicht"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField("Art", max_length=8, choices=Kind.choices)
    text = models.TextField("Text", blank=True)
    at = models.DateTimeField("geschrieben")

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["confirm", "arrived", "question", "accepted", "refused", "public"]),
                name="letter_kind_known",
            ),
            models.UniqueConstraint(
                fields=["submission", "kind"], condition=~Q(kind="question"), name="letter_of_each_kind_once"
            ),
        ]
        indexes: ClassVar = [unsent("letter_unsent")]

    @classmethod
    def owed(cls) -> models.QuerySet[Self]:
        """Whoever confirmed got the mail that asks for it."""
        asked = Q(kind=cls.Kind.CONFIRM) & ~Q(submission__state=Submission.State.UNCONFIRMED)
        return super().owed().exclude(asked)

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind}"


class Watched(models.Model):
    """A released event of which somebody wants to be reminded, as those who asked know it. Goes with the last of them."""

    object_key = models.CharField("Seite", max_length=80, primary_key=True)
    stamp = models.CharField(max_length=120)  # of the released dates that it was compared with last
    title = models.CharField("Titel", max_length=255)
    path = models.CharField(max_length=400)
    dates = models.JSONField("Termine", default=list)  # domain.reminding.to_plain
    number = models.PositiveIntegerField("Änderungen", default=0)

    class Meta:
        verbose_name = "Veranstaltung mit Erinnerungen"
        verbose_name_plural = "Veranstaltungen mit Erinnerungen"

    def __str__(self) -> str:
        return f"{self.object_key} {self.number}"


class EventChange(models.Model):
    """What became of its dates: told once to everybody whom it concerns."""

    watched = models.ForeignKey(Watched, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField("Nummer")
    said = models.JSONField("Was sich änderte")  # rows of domain.reminders.said
    at = models.DateTimeField("bemerkt")

    class Meta:
        verbose_name = "Änderung einer Veranstaltung"
        verbose_name_plural = "Änderungen von Veranstaltungen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["watched", "number"], name="event_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.watched_id} {self.number}"


class Reminder(models.Model):
    """Somebody wants to be reminded. recurrence: of one date, named by when it would begin by the rule; "": of all that come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    watched = models.ForeignKey(Watched, on_delete=models.CASCADE, related_name="reminders")
    recurrence = models.CharField("Termin", max_length=19, blank=True)
    day_before = models.BooleanField("am Tag vorher")
    week_before = models.BooleanField("eine Woche vorher")
    email = models.EmailField("E-Mail", max_length=254)
    language = models.CharField("Sprache", max_length=8, default="de")
    at = models.DateTimeField("angefragt")
    confirmed_at = models.DateTimeField("bestätigt", null=True)
    ends_at = models.DateTimeField("letzter Termin zu Ende")
    form_key = models.CharField("Formular", max_length=64, unique=True)

    class Meta:
        verbose_name = "Erinnerung"
        verbose_name_plural = "Erinnerungen"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(day_before=True) | Q(week_before=True), name="reminder_has_a_time"
            ),
            # Nobody is told the same twice.
            models.UniqueConstraint(
                fields=["watched", "email", "recurrence"],
                condition=Q(confirmed_at__isnull=False),
                name="reminder_once_confirmed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["email", "confirmed_at"], name="reminder_email"),
            models.Index(fields=["ends_at"], name="reminder_end"),
            models.Index(fields=["at"], condition=Q(confirmed_at=None), name="reminder_unconfirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.watched_id} {self.pk}"


class ReminderLetter(Once):
    """A mail to somebody who wants to be reminded: one for each thing that it can be about."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "Bitte um Bestätigung"
        REMIND = "remind", "Erinnerung"
        CHANGE = "change", "Änderung"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField("Art", max_length=8, choices=Kind.choices)
    about = models.CharField(
        "Anlass", max_length=40, blank=True
    )  # "2026-12-05/day"; "3/" or "3/2026-12-05T19:00:00" for a change
    change = models.ForeignKey(EventChange, on_delete=models.CASCADE, null=True, related_name="letters")
    at = models.DateTimeField("geschrieben")

    class Meta:
        verbose_name = "Erinnerungsmail"
        verbose_name_plural = "Erinnerungsmails"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="change", change__isnull=False)
                | Q(kind__in=["confirm", "remind"], change=None),
                name="reminder_letter_kind_known",
            ),
            models.UniqueConstraint(fields=["reminder", "kind", "about"], name="reminder_letter_once"),
            models.UniqueConstraint(fields=["reminder", "change"], name="reminder_change_told_once"),
        ]
        indexes: ClassVar = [unsent("reminder_letter_unsent")]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.kind} {self.about}"


for _event in ("INSERT", "UPDATE"):
    triggers.refuse(
        f"events_club_trust_{_event.lower()}",
        "events_club",
        _event,
        "Vertrauen: nur die Kommune schenkt es",
        "NEW.trust = 'trusted' AND NOT EXISTS "
        "(SELECT 1 FROM identity_user u WHERE u.id = NEW.trusted_by_id AND u.kind = 'municipality')",
    )
