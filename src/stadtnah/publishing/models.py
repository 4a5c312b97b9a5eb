"""Snapshots, approvals, the ledger of deliveries. The database keeps the last word (triggers at the end)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from stadtnah.publishing.states import (
    BulkItemState,
    BulkState,
    DeliveryState,
    DispatchState,
    Kind,
    Lane,
    RequestState,
)

_USER = settings.AUTH_USER_MODEL


class Snapshot(models.Model):
    """Exactly the bytes that may leave: canonical JSON (RFC 8785), named by its SHA-256. Written once."""

    digest = models.CharField("Prüfsumme", max_length=64, primary_key=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    object_key = models.CharField(max_length=80)
    number = models.PositiveIntegerField("Fassung")
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        constraints = [models.UniqueConstraint(fields=["object_key", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.object_key} {self.number}"


class ReleaseRequest(models.Model):
    """A snapshot laid before the municipality, and what it decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="requests")
    object_key = models.CharField(max_length=80)
    title = models.CharField(max_length=255)
    submitted_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    wish = models.CharField("Wunschtermin", max_length=16, blank=True)  # wall time, minutes
    note = models.TextField("Hinweis der Redaktion", blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RequestState], default=RequestState.OPEN.value
    )
    decided_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    asked = models.JSONField(default=list)  # user ids who got a mail
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "Freigabeanfrage"
        verbose_name_plural = "Freigabeanfragen"
        constraints = [
            models.UniqueConstraint(
                fields=["object_key"], condition=models.Q(state="open"), name="one_open_request_per_object"
            )
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="request_state"),
            models.Index(fields=["object_key", "submitted_at"], name="request_object"),
        ]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """A remark at one place of a submitted message."""

    request = models.ForeignKey(ReleaseRequest, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    where = models.CharField("Stelle", max_length=120)
    text = models.TextField("Anmerkung")
    resolved_at = models.DateTimeField("erledigt", null=True)

    class Meta:
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text[:40]


class Approval(models.Model):
    """The municipality released exactly this snapshot. Written once; without it no delivery can be stored."""

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, primary_key=True, db_column="digest", related_name="approval"
    )
    approver = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    at = models.DateTimeField()
    request = models.ForeignKey(ReleaseRequest, on_delete=models.PROTECT, null=True, related_name="approvals")
    second_factor = models.BooleanField(default=False)

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"

    def __str__(self) -> str:
        return str(self.pk)


class Revocation(models.Model):
    """A release that no longer holds. Nothing new leaves under its digest (triggers on the ledger)."""

    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, primary_key=True, db_column="digest", related_name="revocation"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=10)

    class Meta:
        verbose_name = "Widerruf"
        verbose_name_plural = "Widerrufe"

    def __str__(self) -> str:
        return str(self.pk)


class Halt(models.Model):
    """Somebody stopped the dispatch of a release, and somebody may have let it go on. Nothing leaves meanwhile (triggers)."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, db_column="digest", related_name="halts")
    at = models.DateTimeField()
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "Anhalten"
        verbose_name_plural = "Anhalten"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["approval"], condition=models.Q(lifted_at=None), name="one_halt_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.approval_id)


class ChannelAccount(models.Model):
    """One of the municipality's accounts at a channel. Secrets are sealed with the municipality's key."""

    key = models.CharField("Schlüssel", max_length=60, primary_key=True)
    channel = models.CharField("Kanal", max_length=30)
    label = models.CharField("Bezeichnung", max_length=80)
    config = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True, editable=False)
    enabled = models.BooleanField("eingeschaltet", default=True)
    held_reason = models.TextField("angehalten, weil", blank=True)
    held_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row; the breaker opens at five
    open_until = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name = "Kanalkonto"
        verbose_name_plural = "Kanalkonten"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.label


class Dispatch(models.Model):
    """When a released snapshot goes out, and how far it is."""

    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, primary_key=True, db_column="digest", related_name="dispatch"
    )
    object_key = models.CharField(max_length=80, db_index=True)
    due_at = models.DateTimeField()
    lane = models.PositiveSmallIntegerField(choices=[(lane.value, lane.name) for lane in Lane])
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in DispatchState],
        default=DispatchState.WAITING.value,
    )
    planned_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "Versand"
        verbose_name_plural = "Versand"
        indexes = [models.Index(fields=["state", "due_at"], name="dispatch_due")]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(models.Model):
    """One row per (snapshot, account, recipient): the truth about what left."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, db_column="digest", related_name="deliveries"
    )
    object_key = models.CharField(max_length=80)
    account = models.CharField(max_length=60)
    channel = models.CharField(max_length=30)
    recipient = models.CharField(max_length=80, blank=True)  # opaque; "" for a channel with one audience
    action = models.CharField(max_length=8)
    stage = models.PositiveSmallIntegerField()
    lane = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in DeliveryState])
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)  # of this try: from here on it may be out
    # A try broke off and may have arrived; the channel takes a second one for the same. Never "stopped" or "failed".
    interrupted_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500, blank=True)
    reason = models.TextField(blank=True)
    tries = models.JSONField(default=list, blank=True)  # what went wrong before, with times
    finished_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "Zustellung"
        verbose_name_plural = "Zustellungen"
        constraints = [
            models.UniqueConstraint(fields=["approval", "account", "recipient"], name="delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in DeliveryState]), name="delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "account", "lane", "next_try_at"], name="delivery_claim"),
            models.Index(fields=["object_key", "account", "state"], name="delivery_object"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.state}"


class BulkRelease(models.Model):
    """One click of an approver on a list of requests: who, when, and which digests they saw. Carried out row by row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80, db_index=True)  # what the list belongs to
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    second_factor = models.BooleanField(default=False)
    clicked_at = models.DateTimeField()
    state = models.CharField(
        max_length=7, choices=[(s.value, s.value) for s in BulkState], default=BulkState.OPEN.value
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "gesammelte Freigabe"
        verbose_name_plural = "gesammelte Freigaben"
        ordering = ["clicked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(state="open"), name="one_open_bulk_per_subject"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class BulkItem(models.Model):
    """One request of a click, with the digest that was seen, and what became of it."""

    bulk = models.ForeignKey(BulkRelease, on_delete=models.CASCADE, related_name="items")
    request = models.ForeignKey(ReleaseRequest, on_delete=models.CASCADE, related_name="+")
    seen_digest = models.CharField(max_length=64)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in BulkItemState], default=BulkItemState.WAITING.value
    )
    reason = models.TextField(blank=True)  # why it was left, in German

    class Meta:
        verbose_name = "Teil einer gesammelten Freigabe"
        verbose_name_plural = "Teile gesammelter Freigaben"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bulk", "request"], name="bulk_item_once")]
        indexes = [models.Index(fields=["bulk", "state"], name="bulk_item_state")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


from stadtnah.publishing import locks  # noqa: E402, F401 - declares the triggers of these tables
