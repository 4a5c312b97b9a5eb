"""The upload form of the desk."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from wagtail.images.forms import BaseImageForm

from stadtnah.kernel import media
from stadtnah.surfaces.website.images import Taken

# The same words wherever a picture is described: here, and in the desk's library.
WORDS: Final = {
    "title": ("Bezeichnung", "Damit finden Sie das Bild wieder; öffentlich steht sie nirgends."),
    "file": (
        "Bilddatei",
        "JPEG, PNG, WebP, GIF, HEIC oder AVIF, bis 20 MB. Ort und Kameradaten werden entfernt.",
    ),
    "description": (
        "Alternativtext",
        "Was ist zu sehen? Ein Satz für alle, die das Bild nicht sehen. Er gilt überall, wo eine Meldung oder Seite keinen eigenen nennt.",
    ),
    "credit": ("Bildnachweis", "Steht unter dem Bild, zum Beispiel: Foto: Stadtarchiv."),
    "rights": (
        "Notiz zur Herkunft",
        "Nur intern. Wofür das Bild verwendet werden darf, steht allein unter „Rechte und Einwilligungen“.",
    ),
}


class TownImageForm(BaseImageForm):
    """What `kernel.media` refuses is said beside the field; what it takes goes on as the cleaned file.

    The file is looked at before any field is: Wagtail's own check opens it and stumbles over damaged ones.
    """

    files: Any

    class Meta(BaseImageForm.Meta):
        labels: ClassVar = {name: label for name, (label, _text) in WORDS.items() if name != "file"}
        help_texts: ClassVar = {name: text for name, (_label, text) in WORDS.items() if name != "file"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail names this field itself and takes no label for it.
        self.fields["file"].label, self.fields["file"].help_text = WORDS["file"]

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
                self.files[key] = Taken(taken, upload.name)
        super().full_clean()
        if refused:
            self._errors.pop("file", None)  # "required" would hide what is wrong
            self.add_error("file", refused)
