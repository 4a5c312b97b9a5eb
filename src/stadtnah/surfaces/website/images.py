"""Pictures as the editors keep them: working material, never served to the public from here."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition

from stadtnah.kernel import media
from stadtnah.publishing.content import Picture
from stadtnah.surfaces.website.pictures import SUFFIXES


class Taken(SimpleUploadedFile):
    """A file that has been through `kernel.media.ingest`: encoded once more, a photo would be another one."""

    def __init__(self, ingested: media.Ingested, filename: str) -> None:
        self.ingested = ingested
        super().__init__(named(filename, ingested.mime), media.get(ingested.sha256), ingested.mime)


class TownImage(AbstractImage):
    """An uploaded picture. `description` (Wagtail's own field) is the alternative text it starts with.

    Whatever door a file comes in by, `save` takes it through `kernel.media.ingest`: no metadata, known
    formats, bounded size. Raises ValidationError (German) otherwise.
    """

    credit = models.CharField("Bildnachweis", max_length=160, blank=True)
    rights = models.CharField(
        "Nutzungsrechte",
        max_length=400,
        blank=True,
        help_text="Woher stammt das Bild, wofür darf es verwendet werden?",
    )
    sha256 = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    mime = models.CharField(max_length=20, editable=False, blank=True)

    # What is asked when a picture comes in while somebody writes; the desk's library has the rest.
    admin_form_fields = ("title", "file", "description", "collection", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"
        permissions = [("choose_image", "Can choose image")]

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002 - Wagtail's name
        """As Wagtail's, in memory: its temporary file would stay open until somebody collects it."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)

    @classmethod
    def take(cls, data: bytes, *, filename: str, title: str = "", **fields: Any) -> TownImage:
        """Takes a picture in by code: cleaned, stored, saved. Raises MediaError with a German sentence."""
        file = Taken(media.ingest(data, filename=filename), filename)
        image: TownImage = cls.objects.create(
            title=title or str(file.name).rpartition(".")[0], file=file, **fields
        )
        return image

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Takes a new file in before it is stored."""
        if self.file and not self.file._committed:  # noqa: SLF001 - Django's own mark of a file not yet stored
            self._take_in()
        super().save(*args, **kwargs)

    def picture(
        self, *, alt: str = "", caption: str = "", credit: str = "", decorative: bool = False
    ) -> Picture:
        """This picture as content, with the focal point; `alt` and `credit` fall back to the picture's own."""
        focal = self.get_focal_point()
        return Picture(
            sha256=self.sha256,
            mime=self.mime,
            width=self.width,
            height=self.height,
            alt="" if decorative else alt.strip() or self.description.strip(),
            caption=caption,
            credit=credit or self.credit,
            focal_x=_share(focal.x, self.width) if focal else None,
            focal_y=_share(focal.y, self.height) if focal else None,
            decorative=decorative,
        )

    def _take_in(self) -> None:
        name, came = self.file.name, self.file.file
        try:
            taken = came.ingested if isinstance(came, Taken) else self._ingested()
        except media.MediaError as error:
            raise ValidationError({"file": str(error)}) from error
        self.file.save(named(name, taken.mime), ContentFile(media.get(taken.sha256)), save=False)
        self.sha256, self.mime = taken.sha256, taken.mime
        self.width, self.height, self.file_size = taken.width, taken.height, taken.bytes
        self.file_hash = taken.sha256[:40]  # by it the CMS points out a picture that is there already

    def _ingested(self) -> media.Ingested:
        self.file.open()
        return media.ingest(self.file.read(), filename=self.file.name)


class TownRendition(AbstractRendition):
    """A size of a picture for the desk."""

    image = models.ForeignKey(TownImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_once")
        ]


def named(filename: str, mime: str) -> str:
    """The name without folders, its ending that of the cleaned bytes."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rpartition(".")[0] or last or "bild"
    return f"{stem[:80]}.{SUFFIXES[mime]}"


def _share(value: float, whole: int) -> float:
    # Four digits: the same point gives the same snapshot, whatever floating point does.
    return round(min(1.0, max(0.0, value / whole)), 4) if whole else 0.5
