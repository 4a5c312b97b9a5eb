"""Who gets which newsletter, and the evidence that they asked for it."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models

from stadtnah.kernel.letters import Once, unsent


class MailingList(models.Model):
    """A newsletter one can subscribe to."""

    slug = models.SlugField("Kürzel", max_length=60, unique=True)
    name = models.CharField("Name", max_length=120)
    description = models.CharField("Beschreibung", max_length=400, blank=True)

    class Meta:
        verbose_name = "Verteiler"
        verbose_name_plural = "Verteiler"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Subscriber(models.Model):
    """One address on one list. The id is what publishing knows: it says nothing about the person."""

    class State(models.TextChoices):
        PENDING = "pending", "wartet auf Bestätigung"
        CONFIRMED = "confirmed", "bestätigt"
        UNSUBSCRIBED = "unsubscribed", "abgemeldet"
        SUPPRESSED = "suppressed", "unzustellbar"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="subscribers")
    email = models.CharField("E-Mail-Adresse", max_length=254)  # as domain.addresses.normalise gives it
    language = models.CharField("Sprache", max_length=8, default="de")  # of the mails about the subscription
    state = models.CharField("Zustand", max_length=12, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField("angelegt")
    confirmed_at = models.DateTimeField("bestätigt", null=True)
    unsubscribed_at = models.DateTimeField("abgemeldet", null=True)
    suppressed_at = models.DateTimeField("gesperrt", null=True)
    bounce_count = models.PositiveSmallIntegerField("Unzustellbar in Folge", default=0)

    class Meta:
        verbose_name = "Abonnement"
        verbose_name_plural = "Abonnements"
        constraints = [
            models.UniqueConstraint(fields=["list", "email"], name="subscriber_once_per_list"),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "confirmed", "unsubscribed", "suppressed"]),
                name="subscriber_state_known",
            ),
            # Nobody gets mail without the second step of the opt-in.
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(confirmed_at__isnull=False),
                name="subscriber_confirmed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["list", "state", "id"], name="subscriber_audience"),
            models.Index(fields=["email"], name="subscriber_email"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"


class Consent(Once):
    """Evidence of one opt-in (Art. 7 (1) GDPR): what was shown, where, when asked, when confirmed.

    No IP address: the mail that was confirmed proves that the owner of the mailbox agreed; an address of a
    line proves nothing about a person and would be one more thing to protect.
    """

    class Kind(models.TextChoices):
        FORM = "form", "Anmeldeformular"
        IMPORT = "import", "übernommen"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField("Art", max_length=8, choices=Kind.choices, default=Kind.FORM)
    wording = models.TextField("Wortlaut")  # exactly as shown, in the language shown
    wording_version = models.CharField("Fassung", max_length=20)
    form_path = models.CharField("Formular", max_length=200)
    at = models.DateTimeField("angefordert")
    confirmed_at = models.DateTimeField("bestätigt", null=True)

    class Meta:
        verbose_name = "Einwilligung"
        verbose_name_plural = "Einwilligungen"
        ordering = ["at"]
        indexes = [unsent("consent_unsent")]

    @classmethod
    def owed(cls) -> models.QuerySet[Self]:
        """Whoever was moved in gets none, and whoever confirmed got it."""
        return super().owed().filter(kind=cls.Kind.FORM, confirmed_at=None)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class SignupMail(models.Model):
    """Counts mails caused by the public form, for the limits. The address only as a keyed digest, for a day."""

    address_key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "Zähler der Anmeldemails"
        verbose_name_plural = "Zähler der Anmeldemails"
        indexes = [models.Index(fields=["address_key", "at"], name="signupmail_address")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
