"""The brake on new sessions: who asks for the sign-in form without a cookie makes one each time, and a row with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from stadtnah.kernel import flood
from stadtnah.kernel.identity.peers import client_address
from stadtnah.surfaces.desk import errors

GATE: Final = flood.Gate(60, timedelta(minutes=10))  # a town hall's people sign in from one network, too


class Strangers:
    """Middleware, right within that of the sessions: counts those that are about to be made; beyond the brake none is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        new = session.modified and session.session_key is None and SESSION_KEY not in session
        if not new or GATE.take(client_address(request)):
            return response
        refused = errors.too_many(request)
        session.modified = False  # so nothing is stored and no cookie set
        return refused
