"""How a rendered mail reads to the one who gets it."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from stadtnah.channels.newsletter.rendering.clean import UNSUBSCRIBE

register = template.Library()


@register.filter
def as_read(text: str) -> SafeString:
    """The text as HTML; where the personal address to leave stands in a sent mail, it says so instead of a placeholder."""
    link = format_html('<span class="newsletter-preview__link">{}</span>', "Abmelden (persönlicher Link)")
    parts = [conditional_escape(part) for part in text.split(UNSUBSCRIBE)]
    return mark_safe(link.join(parts))  # noqa: S308 - every part is escaped
