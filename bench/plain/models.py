"""A message (title, teaser, rich text), the page that lists messages, and the first page, which shows the newest."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
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


class PlainList(Page):
    """All messages, twelve at a time, as Wagtail's tutorial lists a blog."""

    teaser: ClassVar[str] = ""
    template: ClassVar[str] = "plain/list.html"

    class Meta:
        app_label = "plain"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of them."""
        rows = PlainPage.objects.child_of(self).live().order_by("-first_published_at")
        messages = Paginator(rows, 12).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "messages": messages}


class PlainHome(Page):
    """The first page with the seven newest messages."""

    teaser: ClassVar[str] = ""
    body: ClassVar[tuple[Any, ...]] = ()
    template: ClassVar[str] = "plain/page.html"

    class Meta:
        app_label = "plain"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With them."""
        newest = PlainPage.objects.live().order_by("-first_published_at")[:7]
        return {**super().get_context(request, *args, **kwargs), "newest": newest}
