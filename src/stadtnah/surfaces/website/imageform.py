"""The upload form of the desk."""

from __future__ import annotations

from typing import Any

from wagtail.images.forms import BaseImageForm

from stadtnah.kernel import media


class TownImageForm(BaseImageForm):
    """The upload form: what `kernel.media` refuses is said beside the field."""

    def clean(self) -> Any:
        """Tries the new file; `save` takes the same bytes in again (they are kept once)."""
        cleaned = super().clean()
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            file.seek(0)
            try:
                media.ingest(file.read(), filename=file.name)
            except media.MediaError as error:
                self.add_error("file", str(error))
            file.seek(0)
        return cleaned
