"""A video in the text: one of the town's own, or the way to one at a provider. Never a player of somebody else in our page.

A frame of a provider would send every reader's address there, and a strict policy for content forbids it; so a video elsewhere is a
picture of ours and a link that says where it leads.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import escape
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from stadtnah.kernel import media
from stadtnah.publishing.content import Block
from stadtnah.surfaces.website import richtext

_FEATURES: Final = ["bold", "italic", "ol", "ul", "link"]
_PROVIDERS: Final = {
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "vimeo.com": "Vimeo",
}


class VideoBlock(blocks.StructBlock):
    """A video: the file, or the address of one elsewhere."""

    title = blocks.CharBlock(label="Was zeigt das Video?", max_length=200)
    document = DocumentChooserBlock(
        label="Videodatei",
        required=False,
        help_text=f"MP4 (H.264) oder WebM bis {media.MOST_VIDEO_BYTES // 1_000_000} MB, unter „Dateien“ aufgenommen.",
    )
    captions = DocumentChooserBlock(
        label="Untertitel (WebVTT)",
        required=False,
        help_text="Nötig, sobald jemand spricht. Eine Datei mit der Endung .vtt, unter „Dateien“ aufgenommen.",
    )
    transcript = blocks.RichTextBlock(
        label="Was gesagt und gezeigt wird",
        required=False,
        features=_FEATURES,
        help_text="Der gesprochene Text und was man sehen muss, um ihn zu verstehen. Steht aufklappbar unter dem Video.",
    )
    address = blocks.CharBlock(
        label="oder Adresse bei einem Anbieter",
        required=False,
        max_length=400,
        help_text="Mit https:// am Anfang. Auf der Seite steht dann nur das Standbild mit einem Link und einem Hinweis zum Datenschutz.",
    )
    poster = ImageChooserBlock(label="Standbild", required=False, help_text="Steht da, bis das Video läuft.")

    class Meta:
        icon = "media"
        label = "Video"
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        """One video, of a kind that browsers show, with captions that they read."""
        cleaned = super().clean(value)
        wrong: dict[str, ValidationError] = {}
        document, address = cleaned["document"], (cleaned["address"] or "").strip()
        if bool(document) == bool(address):
            wrong["document"] = ValidationError(
                "Bitte wählen Sie entweder eine Videodatei oder geben Sie eine Adresse an."
            )
        elif document and not document.mime.startswith("video/"):
            wrong["document"] = ValidationError(
                "Diese Datei ist kein Video. Bitte wählen Sie eine im Format MP4 oder WebM."
            )
        elif address and not provider(address):
            wrong["address"] = ValidationError(
                "Bitte geben Sie die ganze Adresse an, mit https:// am Anfang."
            )
        if cleaned["captions"] and not cleaned["captions"].mime.startswith("text/vtt"):
            wrong["captions"] = ValidationError("Untertitel brauchen das Format WebVTT, mit der Endung .vtt.")
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned


def provider(address: str) -> str:
    """Who has the video at this address: „YouTube“, else the name of the server; "" for no address of a server."""
    try:
        parts = urlsplit(richtext.safe_address(address))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return _PROVIDERS.get(host.removeprefix("m."), host) if parts.scheme == "https" else ""


def of_value(value: Any, language: str) -> Block | None:
    """The block of content; None when there is no video."""
    title, document = value["title"].strip(), value["document"]
    image = value["poster"]
    poster = image.picture(decorative=True) if image else None
    if document:
        captions = value["captions"]
        return Block(
            "video",
            title=title,
            html=richtext.from_editor(value["transcript"].source) if value["transcript"] else "",
            picture=poster,
            file=document.as_content(),
            captions=captions.as_content() if captions else None,
        )
    address = richtext.safe_address(value["address"] or "")
    where = provider(address)
    if not where:
        return None
    label = f"Watch the video at {where}" if language == "en" else f"Video bei {where} ansehen"
    html = richtext.clean(f'<p><a href="{escape(address)}">{escape(label)}</a></p>')
    return Block("video", title=title, html=html, picture=poster, style=where)
