"""What was read in the pages: their links and remarks, and what is known of each target. All of it can be made anew at any time."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from django.conf import settings
from django.db import models


class Target(models.Model):
    """Where links lead. host: "" for this website; then `path` and `anchor` say where on it. failed_at: the first failure without a success since."""

    class State(models.TextChoices):
        NEW = "new", "noch nicht geprüft"
        FINE = "fine", "erreichbar"
        GONE = "gone", "Seite gibt es nicht"
        WITHDRAWN = "withdrawn", "Seite zurückgezogen"
        MOVED = "moved", "Seite umgezogen"
        NO_ANCHOR = "anchor", "Stelle der Seite gibt es nicht"
        FAILED = "failed", "einmal nicht erreicht"
        BROKEN = "broken", "nicht erreichbar"
        UNCLEAR = "unclear", "lässt sich nicht prüfen"

    key = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the address
    address = models.TextField()
    host = models.CharField(max_length=255, blank=True, default="")
    path = models.CharField(max_length=400, blank=True, default="")
    anchor = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    better = models.CharField(max_length=400, blank=True, default="")  # where the page is now
    reason = models.CharField(max_length=300, blank=True, default="")  # German
    asked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "Ziel von Links"
        verbose_name_plural = "Ziele von Links"
        indexes = [
            models.Index(fields=["host", "next_at"], name="target_due"),
            models.Index(fields=["state"], name="target_state"),
            models.Index(fields=["path"], name="target_path"),
        ]

    def __str__(self) -> str:
        return self.address


class Reading(models.Model):
    """A page as it was read: what is public, or what was saved last.

    digest: of the release (public). saved_at: of the saved state (draft). same: the draft says what is public, so nothing of it is kept.
    """

    object_key = models.CharField(max_length=80)
    draft = models.BooleanField()
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, default="")
    saved_at = models.DateTimeField(null=True)
    same = models.BooleanField(default=False)
    shape = models.PositiveSmallIntegerField(
        default=0
    )  # of the reading itself; after an update all is read anew
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=400)
    last_day = models.DateField(null=True)  # the last day that the text looks ahead to

    class Meta:
        verbose_name = "gelesene Seite"
        verbose_name_plural = "gelesene Seiten"
        constraints = [models.UniqueConstraint(fields=["object_key", "draft"], name="reading_once")]
        indexes = [models.Index(fields=["draft", "shape"], name="reading_shape")]

    def __str__(self) -> str:
        return f"{self.path} ({'Entwurf' if self.draft else 'öffentlich'})"


class FoundLink(models.Model):
    """A link of a page. where: as in `publishing.findings.Finding`."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="links")
    text = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=20)

    class Meta:
        verbose_name = "Link"
        verbose_name_plural = "Links"

    def __str__(self) -> str:
        return self.text


class Remark(models.Model):
    """What a check said of a page: see `publishing.findings.Finding`."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="remarks")
    code = models.CharField(max_length=40, db_index=True)
    level = models.CharField(max_length=8)
    where = models.CharField(max_length=20)
    text = models.TextField()
    excerpt = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "Hinweis"
        verbose_name_plural = "Hinweise"

    def __str__(self) -> str:
        return self.code


class Review(models.Model):
    """When a public page is looked at again. wanted: the day somebody chose; due_on: that, or so many months after the last look."""

    object_key = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=16)
    released_on = models.DateField()  # of what is public
    wanted = models.DateField("Prüfen bis", null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    due_on = models.DateField(null=True)

    class Meta:
        verbose_name = "Prüfung einer Seite"
        verbose_name_plural = "Prüfungen von Seiten"
        indexes = [models.Index(fields=["due_on"], name="review_due")]

    def __str__(self) -> str:
        return f"{self.object_key}: {self.due_on}"


class Reminded(models.Model):
    """Who was reminded when, so that nobody is reminded twice in a week."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "Erinnerung"
        verbose_name_plural = "Erinnerungen"

    def __str__(self) -> str:
        return str(self.at)


class Rules(models.Model):
    """What the municipality chose, in one row.

    ask_others: whether links to other websites are checked. months: kind of page to months between two looks, where it is not the
    kind's own; 0 means never. remind: whether the responsible editors get a mail.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    ask_others = models.BooleanField("Links zu anderen Websites prüfen", default=True)
    months = models.JSONField("Abstände der Prüfung", default=dict, blank=True)
    remind = models.BooleanField("An fällige Prüfungen erinnern", default=True)

    class Meta:
        verbose_name = "Regeln der Qualität"
        verbose_name_plural = "Regeln der Qualität"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="quality_rules_once")]

    def __str__(self) -> str:
        return "Regeln der Qualität"
