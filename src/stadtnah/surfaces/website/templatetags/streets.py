"""Tags of the pages of streets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from stadtnah.surfaces.website import words
from stadtnah.surfaces.website.mystreet.pages import Place

register = template.Library()


@register.simple_tag
def street_numbers(places: Mapping[str, Place], path: str) -> str:
    """Which house numbers an entry of the list stands for, in the language of the page."""
    return places[path].numbers if path in places else ""


@register.filter
def weekday_and_day(day: date) -> str:
    """„Di., 1. Dezember“, "Tue, 1 December"."""
    weekday = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")][day.weekday()]
    return f"{weekday}, {words.day(day).rsplit(' ', 1)[0]}"
