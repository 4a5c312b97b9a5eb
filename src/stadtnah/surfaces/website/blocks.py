"""The blocks of a page body: exactly the kinds of `publishing.content.Block`.

Raw values, for whoever builds a body in code (`body=[("text", "<p>…</p>"), ...]` or the same as JSON):
text: html. heading: text. picture: {"image", "alt", "caption", "credit", "decorative"}. quote: {"text", "who"}.
callout: {"title", "text"}. contact: [{"label", "value"}, ...]. table: {"caption", "rows"}, rows as lines of text.
"""

from __future__ import annotations

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
LINE_FEATURES = ["bold", "italic", "link"]


class PictureBlock(blocks.StructBlock):
    """A picture in the text."""

    image = ImageChooserBlock(label="Bild")
    alt = blocks.CharBlock(
        label="Alternativtext", required=False, max_length=400, help_text="Was ist zu sehen?"
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

    title = blocks.CharBlock(label="Überschrift", required=False, max_length=160)
    text = blocks.RichTextBlock(label="Text", features=["bold", "italic", "ol", "ul", "link"])

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


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(label="Text", features=TEXT_FEATURES)
    heading = blocks.CharBlock(label="Zwischenüberschrift", icon="title", max_length=160)
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    contact = blocks.ListBlock(ContactRowBlock(), label="Kontakt", icon="user")
    table = TableBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
        required = False


class QuickLinkBlock(blocks.StructBlock):
    """A way to a service from the home page."""

    label = blocks.CharBlock(label="Bezeichnung", max_length=60)
    text = blocks.CharBlock(label="Erläuterung", required=False, max_length=120)
    page = blocks.PageChooserBlock(label="Seite", required=False)
    address = blocks.CharBlock(label="oder Adresse", required=False, max_length=400)
