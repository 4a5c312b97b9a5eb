"""Keys of objects in the desk's addresses, and words that templates ask for."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import reverse

from stadtnah.kernel.text import grouped, shortened
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import page_lists, second_factor, wishes, works
from stadtnah.surfaces.website import discarding
from stadtnah.surfaces.website.languages import report
from stadtnah.surfaces.website.pages import PublicPage

register = template.Library()
register.filter("key_of", works.key_of)
register.filter("wish", wishes.said)
register.filter("grouped", grouped)
register.filter("shortened", shortened)


_UNFOLDED = 30  # lines that stand there at once; a table may have thousands
_HEAD = 10


@register.filter
def folded(text: str) -> dict[str, str | int]:
    """head: the first lines, all where they are few; rest: the others, in number."""
    lines = text.split("\n")
    at = _HEAD if len(lines) > _UNFOLDED else len(lines)
    return {"head": "\n".join(lines[:at]), "rest": "\n".join(lines[at:]), "number": len(lines) - at}


@register.simple_tag
def versions_note(page: PublicPage) -> str:
    """What is to be done about its versions in other languages."""
    return report.note(page.object_key)


@register.simple_tag
def way_back(request: HttpRequest) -> str:
    """Where it goes on after a second factor was set up."""
    return second_factor.way_back(request)


@register.simple_tag
def back_again(request: HttpRequest) -> bool:
    """Whether somebody came back here from the second factor."""
    return second_factor.back_again(request)


@register.simple_tag
def state_of(page: PublicPage) -> publishing.Status:
    """How it stands with a page."""
    return publishing.status(page.object_key)


@register.filter
def may_discard(status: publishing.Status, page: PublicPage) -> bool:
    """Whether the draft can be discarded."""
    return not discarding.hindrance(page, status)


@register.simple_tag
def list_of(model_name: str) -> dict[str, str]:
    """The way back to the list of the desk in which pages of this type stand, and what a new one is called."""
    home = page_lists.of(model_name)
    return {"url": reverse(home.name), "label": home.label, "new": page_lists.new_name(model_name)}
