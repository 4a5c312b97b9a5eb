"""What was taken over, from where, and what became of each item."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.db import models

from stadtnah.surfaces.website.moving_in import foreign


class ImportRun(models.Model):
    """One run over one file. Its bytes lie below STADTNAH_DATA/imports until it has ended, so that it can go on."""

    class State(models.TextChoices):
        WAITING = "waiting", "wartet"
        RUNNING = "running", "läuft"
        FOUND = "found", "wartet auf Ihre Auswahl"  # of a website: the proposal lies there
        STOPPED = "stopped", "angehalten"
        DONE = "done", "fertig"
        FAILED = "failed", "abgebrochen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField("Quelle", max_length=2_000)  # address or file name
    source_key = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(max_length=200, blank=True)
    kind = models.CharField("Art", max_length=8, blank=True)
    title = models.CharField("Titel des Feeds", max_length=250, blank=True)
    with_pictures = models.BooleanField("mit Bildern", default=True)
    new_categories = models.BooleanField("legt fehlende Rubriken an", default=False)
    # Of a website: origin, and whether the choice was made ("taking"). Of an address: the kind that is "expected" there.
    options = models.JSONField("Angaben", default=dict, blank=True)
    state = models.CharField("Stand", max_length=8, choices=State.choices, default=State.WAITING)
    stop_requested = models.BooleanField("soll anhalten", default=False)
    total = models.PositiveIntegerField("Einträge", default=0)
    done = models.PositiveIntegerField("davon bearbeitet", default=0)
    created = models.PositiveIntegerField("neue Entwürfe", default=0)
    updated = models.PositiveIntegerField("aktualisierte Entwürfe", default=0)
    unchanged = models.PositiveIntegerField("unverändert", default=0)
    kept = models.PositiveIntegerField("bearbeitet und darum belassen", default=0)
    broken = models.PositiveIntegerField("nicht lesbar", default=0)
    repeated = models.PositiveIntegerField("gleiche Kopien", default=0)
    pictures = models.PositiveIntegerField("Bilder", default=0)
    pictures_missing = models.PositiveIntegerField("fehlende Bilder", default=0)
    notes = models.JSONField("Hinweise", default=list, blank=True)  # German sentences about the file
    error_de = models.TextField("Grund des Abbruchs", blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gestartet von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)  # the last sign of life of who works on it
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "Übernahme"
        verbose_name_plural = "Übernahmen"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_state_display()})"

    @property
    def of_services(self) -> bool:
        """Whether its items are services; else they are messages."""
        return self.kind == "services"

    @property
    def of_site(self) -> bool:
        """Whether it is a whole website, whose pages are proposed before they are taken over."""
        return self.kind == "site"

    @property
    def of_events(self) -> bool:
        """Whether it is a file of events, which are proposed before they are taken over."""
        return self.kind == "events"

    @property
    def to_fetch(self) -> bool:
        """Whether what stands at its address is not here yet: nobody knows then what it is."""
        return not self.kind

    @property
    def looking(self) -> bool:
        """Whether it still reads, and nothing is taken over yet."""
        return (self.of_site or self.of_events) and not self.options.get("taking")

    @property
    def one(self) -> str:
        """What an item is called."""
        return {"site": "Seite", "services": "Dienstleistung", "events": "Veranstaltung"}.get(
            self.kind, "Meldung"
        )

    @property
    def many(self) -> str:
        """What several are called."""
        return f"{self.one.removesuffix('e')}en"


NOT_READY = "Vor der Freigabe zu bearbeiten:"  # how the reason of such an item begins


class ImportedItem(models.Model):
    """An item of an old website, once and for all runs: the memory that makes a second run harmless."""

    class State(models.TextChoices):
        CREATED = "created", "Entwurf angelegt"
        UPDATED = "updated", "Entwurf aktualisiert"
        KEPT = "kept", "belassen"
        BROKEN = "broken", "nicht lesbar"
        GONE = "gone", "steht nicht mehr im Kalender"  # and somebody decided what becomes of it

    source_key = models.CharField(max_length=64)
    guid_hash = models.CharField(max_length=64)
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="items")
    position = models.PositiveIntegerField("Stelle", default=0)
    title = models.CharField("Titel", max_length=250, blank=True)
    link = models.CharField("alte Adresse", max_length=2_000, blank=True)
    state = models.CharField("Stand", max_length=8, choices=State.choices)
    reason_de = models.TextField("Grund", blank=True)
    notes = models.JSONField("Hinweise", default=list, blank=True)  # German sentences
    content_digest = models.CharField(max_length=64, blank=True)
    parts = models.JSONField(default=dict, blank=True)  # `events.parts`: hashes of what the source said last
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    object_key = models.CharField(max_length=80, blank=True, db_index=True)  # of the page, whatever its type
    # Its category over there, while nobody said which one here stands for it.
    old_category = models.CharField("alte Rubrik", max_length=80, blank=True)
    revision_id = models.IntegerField(
        null=True, blank=True
    )  # the draft as we left it; another one is somebody's

    class Meta:
        verbose_name = "übernommener Eintrag"
        verbose_name_plural = "übernommene Einträge"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["source_key", "guid_hash"], name="moving_in_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.title}"

    @property
    def to_edit(self) -> str:
        """What must be mended by hand before the municipality sees it; "" when nothing is known."""
        return self.reason_de.removeprefix(NOT_READY).strip() if self.reason_de.startswith(NOT_READY) else ""


class FoundPage(models.Model):
    """A page of an old website as a run found it, and what is to become of it."""

    class Kind(models.TextChoices):
        PAGE = "page", "Seite"
        SECTION = "section", "Rubrikseite"
        MESSAGE = "message", "Meldung"
        SERVICE = "service", "Dienstleistung"
        OFFICE = "office", "Amt oder Einrichtung"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="found")
    position = models.PositiveIntegerField("Stelle")  # in the order of the tree: those above first
    above = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="below")
    name = models.CharField("Datei der Kopie", max_length=2_000)
    address = models.CharField("alte Adresse", max_length=2_000)
    name_hash = models.CharField(max_length=64)  # of the address
    title = models.CharField("Titel", max_length=250, blank=True)
    kind = models.CharField("wird", max_length=8, choices=Kind.choices, default=Kind.PAGE)
    slug = models.CharField("letzter Teil der neuen Adresse", max_length=120, blank=True)
    wanted = models.BooleanField("wird übernommen", default=True)
    possible = models.BooleanField("lässt sich übernehmen", default=True)
    chosen = models.BooleanField("von jemandem entschieden", default=False)
    reason_de = models.TextField("Grund", blank=True)  # why it is not proposed
    aliases = models.JSONField("weitere alte Adressen", default=list, blank=True)
    forward_to = models.CharField("steht hier unter", max_length=300, blank=True)
    words = models.PositiveIntegerField("Wörter", default=0)
    pictures = models.PositiveIntegerField("Bilder", default=0)
    files = models.PositiveIntegerField("Dateien", default=0)

    class Meta:
        verbose_name = "gefundene Seite"
        verbose_name_plural = "gefundene Seiten"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="moving_in_found_place")]

    def __str__(self) -> str:
        return f"{self.position}: {self.title}"


class FoundEvent(models.Model):
    """An event of a file as a run found it, and what is to become of it. It goes when the run has ended."""

    class Choice(models.TextChoices):
        NEW = "new", "als neue anlegen"
        SKIP = "skip", "überspringen"
        MERGE = "merge", "mit der vorhandenen zusammenführen"
        COPY = "copy", "für ein anderes Jahr anlegen"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="events")
    position = models.PositiveIntegerField("Stelle")  # of what was put aside: as its file counts
    title = models.CharField("Titel", max_length=250, blank=True)
    when = models.CharField("Wann", max_length=200, blank=True)  # as people read it
    guid_hash = models.CharField(max_length=64, blank=True)
    plain = models.JSONField("Angaben", default=dict)  # `events.to_plain`
    known = models.BooleanField("schon früher eingelesen", default=False)
    twin = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+")
    choice = models.CharField("Wahl", max_length=5, choices=Choice.choices, default=Choice.NEW)
    reason_de = models.TextField("Grund", blank=True)  # why it was put aside

    class Meta:
        verbose_name = "gefundener Termin"
        verbose_name_plural = "gefundene Termine"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}: {self.title}"


class CategoryChoice(models.Model):
    """What a category of an old website is here: one of ours, or none. Holds for every run over that source."""

    source_key = models.CharField(max_length=64)
    key = models.CharField(max_length=80)  # `categories.key_of` its name
    category = models.ForeignKey("website.Category", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "Zuordnung einer alten Rubrik"
        verbose_name_plural = "Zuordnungen alter Rubriken"
        constraints = [models.UniqueConstraint(fields=["source_key", "key"], name="moving_in_category_once")]

    def __str__(self) -> str:
        return self.key


class FetchedPicture(models.Model):
    """A picture that was loaded from an old website, by the hash of its address: loaded once."""

    url_hash = models.CharField(max_length=64, primary_key=True)
    image = models.ForeignKey("website.TownImage", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.url_hash


def hashed(text: str) -> str:
    """SHA-256 (hex)."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def source_key(source: str, kind: foreign.Kind, title: str) -> str:
    """What makes two runs runs over the same source: the address; for files the feed's kind and title.

    Exports of one site cut by years are files with different names and the same title: one source.
    """
    known = source if source.startswith(("http://", "https://")) else f"file\n{kind}\n{title}"
    if kind == "site":  # the title is its host: crawled and saved are one website
        known = f"site\n{title.lower().removeprefix('www.')}"
    return hashed(known)


# Django looks for the models of an app here.
from stadtnah.surfaces.website.moving_in.subscribed.models import Question, Subscription  # noqa: E402

__all__ = [
    "NOT_READY",
    "CategoryChoice",
    "FetchedPicture",
    "FoundEvent",
    "FoundPage",
    "ImportRun",
    "ImportedItem",
    "Question",
    "Subscription",
    "hashed",
    "source_key",
]
