"""Refuses what no browser sends and no database of text takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class PlainText:
    """Middleware: a request with a NUL character in a field is answered with 400, before any view sees it.

    PostgreSQL has no such text (documentation, section 8.3), SQLite would cut it off at places.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Raises BadRequest."""
        for fields in (request.GET, request.POST):
            for name, values in fields.lists():
                if any("\0" in text for text in (name, *map(str, values))):
                    raise BadRequest("NUL character in a field")
