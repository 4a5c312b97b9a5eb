"""The press area: what an editor works on. A press release is a message with a tick."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from stadtnah.surfaces.website.pages import IndexPage
from stadtnah.surfaces.website.panels import group, one_form

PRESS: Final = "/presse/"
_TERMS: Final = "Wofür es verwendet werden darf"
_TERMS_HELP: Final = "Zum Beispiel: Für die Berichterstattung frei, mit Nachweis. Nicht für Werbung."


class KitPictureBlock(blocks.StructBlock):
    """A picture that journalists may print."""

    image = ImageChooserBlock(label="Bild")
    title = blocks.CharBlock(label="Bezeichnung", max_length=160)
    alt = blocks.CharBlock(label="Alternativtext", max_length=400, help_text="Was ist zu sehen?")
    credit = blocks.CharBlock(
        label="Bildnachweis",
        required=False,
        max_length=160,
        help_text="So muss er gedruckt werden. Ohne Angabe: der des Bildes.",
    )
    terms = blocks.TextBlock(label=_TERMS, rows=2, max_length=400, help_text=_TERMS_HELP)

    class Meta:
        icon = "image"
        label = "Bild"
        label_format = "{title}"


class KitFileBlock(blocks.StructBlock):
    """A file for journalists: figures, a folder of facts."""

    document = DocumentChooserBlock(label="Datei")
    title = blocks.CharBlock(label="Bezeichnung", required=False, max_length=160)
    terms = blocks.TextBlock(label=_TERMS, required=False, rows=2, max_length=400, help_text=_TERMS_HELP)

    class Meta:
        icon = "doc-full"
        label = "Datei"
        label_format = "{title}"


class PressPage(IndexPage):
    """The place of the press: the newest releases, the kit, whom to ask."""

    office = models.ForeignKey(
        "offices.OfficePage",
        verbose_name="Amt",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Wen die Presse fragt. Telefon, E-Mail und Ansprechpersonen kommen von dort.",
    )
    person = models.ForeignKey(
        "offices.PersonPage",
        verbose_name="oder Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hours = models.CharField(
        "Erreichbar",
        max_length=160,
        blank=True,
        help_text="Zum Beispiel: Montag bis Freitag von 8:00 bis 17:00 Uhr, am Wochenende unter der Mobilnummer.",
    )
    kit: Any = StreamField(
        [("picture", KitPictureBlock()), ("file", KitFileBlock())], verbose_name="Pressemappe", blank=True
    )

    subpage_types: ClassVar[list[str]] = []
    address = PRESS
    edit_handler = one_form(
        [
            FieldPanel("intro"),
            group("Kontakt für die Presse", "office", "person", "hours"),
            FieldPanel("kit"),
        ]
    )

    class Meta:
        verbose_name = "Presse"
