"""Documents as the editors keep them: working material, never served to the public from here."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from wagtail.documents.models import AbstractDocument

from stadtnah.kernel import media
from stadtnah.publishing.content import File
from stadtnah.surfaces.website.addresses import plain_slug


class TownDocument(AbstractDocument):
    """An uploaded document. Its bytes never change: a new version is a new document, and so a new release.

    Whatever door a file comes in by, `save` takes it through `kernel.media.ingest_document`: known formats by their bytes,
    nothing that runs. Raises ValidationError (German) otherwise.
    """

    sha256 = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    mime = models.CharField(max_length=120, editable=False, blank=True)
    name = models.CharField(max_length=120, editable=False, blank=True)
    faults = models.JSONField(default=list, editable=False, blank=True)

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = "Datei"
        verbose_name_plural = "Dateien"
        permissions = [("choose_document", "Can choose document")]

    @classmethod
    def take(cls, data: bytes, *, filename: str, title: str = "", **fields: Any) -> TownDocument:
        """Takes a document in by code. Raises MediaError with a German sentence."""
        document = cls(file=ContentFile(data, name=filename or "datei"), **fields)
        document._take_in()
        document.title = title or document.name.rpartition(".")[0]
        document.save()
        return document

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Takes a new file in before it is stored."""
        if self.file and not self.file._committed:  # noqa: SLF001 - Django's own mark of a file not yet stored
            try:
                self._take_in()
            except media.MediaError as error:
                raise ValidationError({"file": str(error)}) from error
        super().save(*args, **kwargs)

    def as_content(self) -> File:
        """This document as content."""
        return File(self.sha256, self.mime, self.name, self.file_size or 0, tuple(self.faults))

    @property
    def url(self) -> str:
        """Where the desk shows it; the public has another address, and only after a release."""
        return reverse("desk_file", args=[self.sha256])

    def _take_in(self) -> None:
        self.file.open()
        given = self.file.name
        taken = media.ingest_document(self.file.read(), filename=given)
        self.name = named(given, taken.suffix)
        self.file.save(self.name, ContentFile(media.get(taken.sha256)), save=False)
        self.sha256, self.mime, self.faults = taken.sha256, taken.mime, list(taken.faults)
        self.file_size, self.file_hash = taken.bytes, taken.sha256[:40]


def named(filename: str, suffix: str) -> str:
    """The name without folders, in plain letters, its ending that of the bytes."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rpartition(".")[0] or last
    return f"{plain_slug(stem)[:80].strip('-') or 'datei'}.{suffix}"
