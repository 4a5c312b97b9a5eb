"""The blocks of a page body: exactly the kinds of `publishing.content.Block`.

Raw values, for whoever builds a body in code (`body=[("text", "<p>…</p>"), ...]` or the same as JSON):
text: html. heading: text. picture: {"image", "alt", "caption", "credit", "decorative"}. quote: {"text", "who"}.
callout: {"title", "text", "level"}. contact: [{"label", "value"}, ...]. office: an `OfficePage`. table: {"caption", "rows"}, rows as lines of text.
gallery: a list of pictures. accordion: [{"title", "text"}, ...]. action: {"title", "text", "label", "page", "address"}.
figures: {"caption", "rows", "source", "source_address", "bars"}. download: [{"document", "title"}, ...].
video: {"title", "document", "captions", "transcript", "address", "poster"}.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from stadtnah.surfaces.website import richtext
from stadtnah.surfaces.website.video_block import VideoBlock

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
LINE_FEATURES = ["bold", "italic", "link"]
BOX_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class PictureBlock(blocks.StructBlock):
    """A picture in the text."""

    image = ImageChooserBlock(label="Bild")
    alt = blocks.CharBlock(
        label="Alternativtext",
        required=False,
        max_length=400,
        help_text="Was ist zu sehen? Ohne Angabe gilt der Alternativtext des Bildes.",
    )
    caption = blocks.CharBlock(label="Bildunterschrift", required=False, max_length=400)
    credit = blocks.CharBlock(label="Bildnachweis", required=False, max_length=160)
    decorative = blocks.BooleanBlock(
        label="Nur Schmuck",
        required=False,
        help_text="Das Bild sagt nichts Eigenes und braucht keinen Alternativtext.",
    )

    class Meta:
        icon = "image"
        label = "Bild"
        label_format = "{alt}"


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.RichTextBlock(label="Zitat", features=LINE_FEATURES)
    who = blocks.CharBlock(label="Wer sagt das?", required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = "Zitat"


class CalloutBlock(blocks.StructBlock):
    """A box that stands out."""

    level = blocks.ChoiceBlock(
        label="Wie dringend?",
        choices=[("", "Hinweis"), ("warning", "Warnung"), ("danger", "Gefahr")],
        required=False,
        help_text="Warnung und Gefahr stehen auch als Wort im Kasten und in jeder Mail.",
    )
    title = blocks.CharBlock(label="Überschrift", required=False, max_length=160)
    text = blocks.RichTextBlock(label="Text", features=BOX_FEATURES)

    class Meta:
        icon = "warning"
        label = "Hinweiskasten"


class ContactRowBlock(blocks.StructBlock):
    """One line of a contact box."""

    label = blocks.CharBlock(label="Bezeichnung", max_length=80, help_text="zum Beispiel: Telefon")
    value = blocks.CharBlock(label="Angabe", max_length=240)


class TableBlock(blocks.StructBlock):
    """A small table as text: a line for a row, cells parted by „|“ or a tab (as pasted from a spreadsheet)."""

    caption = blocks.CharBlock(label="Was zeigt die Tabelle?", max_length=200)
    rows = blocks.TextBlock(
        label="Zeilen",
        rows=6,
        help_text="Eine Zeile je Tabellenzeile, Spalten mit | getrennt. Die erste Zeile ist der Kopf.",
    )

    class Meta:
        icon = "table"
        label = "Tabelle"


class FiguresBlock(TableBlock):
    """Numbers with their source; as bars, if they can be drawn, and always as a table."""

    source = blocks.CharBlock(label="Quelle", max_length=200, help_text="Wer hat die Zahlen erhoben, wann?")
    source_address = blocks.CharBlock(label="Adresse der Quelle", required=False, max_length=400)
    bars = blocks.BooleanBlock(
        label="Balken zeigen",
        required=False,
        default=True,
        help_text="Alle Zahlen auf einer Skala. Bei verschiedenen Einheiten bitte abwählen.",
    )

    class Meta:
        icon = "order"
        label = "Zahlen mit Quelle"


class FoldedBlock(blocks.StructBlock):
    """A question and its answer."""

    title = blocks.CharBlock(label="Frage oder Stichwort", max_length=200)
    text = blocks.RichTextBlock(label="Antwort", features=BOX_FEATURES)

    class Meta:
        label_format = "{title}"


class ActionBlock(blocks.StructBlock):
    """What citizens are asked to do, with the one link to it."""

    title = blocks.CharBlock(label="Überschrift", required=False, max_length=160)
    text = blocks.TextBlock(label="Ein Satz dazu", required=False, rows=2, max_length=400)
    label = blocks.CharBlock(
        label="Aufschrift", max_length=80, help_text="Sagt, was geschieht: „Termin vereinbaren“."
    )
    page = blocks.PageChooserBlock(label="Seite", required=False)
    address = blocks.CharBlock(
        label="oder Adresse", required=False, max_length=400, help_text="Mit https:// am Anfang."
    )

    class Meta:
        icon = "link"
        label = "Aufruf mit Knopf"

    def clean(self, value: Any) -> Any:
        """A button leads somewhere."""
        cleaned = super().clean(value)
        if not cleaned["page"] and not richtext.safe_address(cleaned["address"] or ""):
            said = "Bitte wählen Sie eine Seite oder geben Sie eine ganze Adresse an, mit https:// am Anfang."
            raise StructBlockValidationError(block_errors={"address": ValidationError(said)})
        return cleaned


class DownloadBlock(blocks.StructBlock):
    """A document for download."""

    document = DocumentChooserBlock(label="Datei")
    title = blocks.CharBlock(
        label="Bezeichnung",
        required=False,
        max_length=200,
        help_text="Ohne Angabe: der Titel der Datei. Art und Größe stehen von selbst dahinter.",
    )

    class Meta:
        label_format = "{title}"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(label="Text", features=TEXT_FEATURES)
    heading = blocks.CharBlock(label="Zwischenüberschrift", icon="title", max_length=160)
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    contact = blocks.ListBlock(ContactRowBlock(), label="Kontakt", icon="user")
    office = blocks.PageChooserBlock(
        page_type="offices.OfficePage", label="Kontakt eines Amtes", icon="group"
    )
    table = TableBlock()
    gallery = blocks.ListBlock(PictureBlock(), label="Galerie", icon="image")
    accordion = blocks.ListBlock(FoldedBlock(), label="Aufklapptexte (Fragen und Antworten)", icon="list-ul")
    action = ActionBlock()
    figures = FiguresBlock()
    download = blocks.ListBlock(DownloadBlock(), label="Dateien zum Herunterladen", icon="download")
    video = VideoBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
        required = False


class BodyField(StreamField):
    """The body of a page. What blocks there are is a matter of code: the database keeps JSON, so no migration speaks of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(*(args or (BodyBlock(),)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Without the blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class QuickLinkBlock(blocks.StructBlock):
    """A way to a service from the home page."""

    label = blocks.CharBlock(label="Bezeichnung", max_length=60)
    text = blocks.CharBlock(label="Erläuterung", required=False, max_length=120)
    page = blocks.PageChooserBlock(label="Seite", required=False)
    address = blocks.CharBlock(label="oder Adresse", required=False, max_length=400)

    class Meta:
        label = "Verweis"
