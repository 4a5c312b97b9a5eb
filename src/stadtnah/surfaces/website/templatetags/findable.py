"""Tags for the head of a page: what search engines and places that show a link to it are told."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stadtnah.kernel.town.api import base_url
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import findable, pictures
from stadtnah.surfaces.website import site as sites

register = template.Library()


@register.simple_tag(takes_context=True)
def document_title(context: Context, content: Content | None = None) -> str:
    """What stands in <title>."""
    return findable.document_title(content, context["site"].town)


@register.simple_tag(takes_context=True)
def search_description(context: Context) -> SafeString:
    """The description; forms that Django answers have none."""
    text = findable.description(_flat(context), context["site"]) if "status" in context else ""
    return format_html('<meta name="description" content="{}">', text) if text else mark_safe("")


@register.inclusion_tag("website/parts/about.html", takes_context=True)
def head_about(context: Context) -> dict[str, Any]:
    """Open Graph, Twitter card and linked data."""
    return {"about": findable.about(_flat(context), context["site"])}


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: Context, trail: Any, parent_path: str, parent: str, here: str) -> SafeString:
    """The breadcrumb for machines, as `parts/breadcrumb.html` shows it; previews have none."""
    site = context.get("site")
    if not isinstance(site, sites.Site) or not isinstance(site.frame.place, pictures.StorePlace):
        return mark_safe("")
    above = [(step.title, step.path) for step in trail or []]
    above += [(str(parent), parent_path)] if parent_path else []
    steps = [(name, base_url() + site.to(path)) for name, path in [(_("Home"), site.root), *above]]
    return data_block(findable.breadcrumb([*steps, (str(here), site.canonical)]))


@register.filter
def data_block(data: str) -> SafeString:
    """JSON-LD as a block that no browser runs."""
    block = '<script type="application/ld+json">{}</script>'
    return format_html(block, mark_safe(data)) if data else mark_safe("")  # noqa: S308 - linked_data.script escapes it


def _flat(context: Context) -> dict[str, Any]:
    return {str(key): value for key, value in context.flatten().items()}
