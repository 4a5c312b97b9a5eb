"""One kind of page: title, teaser, rich text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class PlainPage(Page):
    """A message."""

    teaser = models.TextField()
    body = StreamField([("text", RichTextBlock())])
    template: ClassVar[str] = "plain/page.html"

    class Meta:
        app_label = "plain"
