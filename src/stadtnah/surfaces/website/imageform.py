"""The upload form of the desk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import BaseImageForm

from stadtnah.kernel import media
from stadtnah.surfaces.website.images import named


class TownImageForm(BaseImageForm):
    """What `kernel.media` refuses is said beside the field; what it takes goes on as the cleaned file.

    The file is looked at before any field is: Wagtail's own check opens it and stumbles over damaged ones.
    """

    files: Any

    def full_clean(self) -> None:
        """Takes the upload in first."""
        key = self.add_prefix("file")
        upload = self.files.get(key) if self.is_bound else None
        refused = ""
        if upload is not None:
            self.files = self.files.copy()
            try:
                taken = media.ingest(upload.read(), filename=upload.name)
            except media.MediaError as error:
                refused = str(error)
                self.files.pop(key)
            else:
                self.files[key] = SimpleUploadedFile(
                    named(upload.name, taken.mime), media.get(taken.sha256), taken.mime
                )
        super().full_clean()
        if refused:
            self._errors.pop("file", None)  # "required" would hide what is wrong
            self.add_error("file", refused)
