"""Keys of objects in the desk's addresses."""

from __future__ import annotations

from django import template

from stadtnah.surfaces.desk import works

register = template.Library()
register.filter("key_of", works.key_of)
