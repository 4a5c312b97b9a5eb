"""The upload form of the desk."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm

from stadtnah.kernel import media


class TownDocumentForm(BaseDocumentForm):
    """What `kernel.media` refuses is said beside the field."""

    files: Any

    def clean_file(self) -> Any:
        """The upload, looked at."""
        upload = self.cleaned_data["file"]
        if upload and "file" in self.changed_data:
            try:
                media.ingest_document(upload.read(), filename=upload.name)
            except media.MediaError as error:
                self.add_error("file", str(error))
            upload.seek(0)
        return upload
