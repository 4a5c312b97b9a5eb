"""The public address of the question. No cookie, no session, no script: a form under each page posts here.

Exempt from CSRF checks, which need a cookie: what a forged request could do here, anybody can do without one, and it is counted for the network
that it comes from. What a browser says it sends from another website is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stadtnah.kernel import flood
from stadtnah.kernel.identity.peers import client_address
from stadtnah.surfaces.website.helpful import counts

View = Callable[[HttpRequest], HttpResponse]
ANSWERS: Final = {"ja": True, "nein": False}
GATE: Final = flood.Gate(40)  # answers an hour from one network


def _public(view: View) -> View:
    """In the language of the address, never kept by a cache, never in a search engine."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        language = "en" if request.path.startswith("/en/") else "de"
        with translation.override(language):
            response = view(request)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Content-Language"] = language
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(shown))


@_public
def answer(request: HttpRequest) -> HttpResponse:
    """Counts one answer and leads to the thanks, so that reloading does not count again."""
    if request.method != "POST":
        return _show(request, "none")
    page = counts.public(request.POST.get("seite", ""))
    said = request.POST.get("antwort", "")
    if page is None or said not in ANSWERS or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _show(request, "lost", status=422)
    if not GATE.take(client_address(request)):
        return _show(request, "busy", status=429)
    counts.count(page, helpful=ANSWERS[said])
    done = HttpResponseRedirect(f"{request.path}danke/?{urlencode({'antwort': said, 'seite': page.pk})}")
    done.status_code = 303
    return done


@_public
def thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, the way back, and where to say more."""
    return _show(request, "yes" if ANSWERS.get(request.GET.get("antwort", ""), True) else "no")


def _show(request: HttpRequest, outcome: str, *, status: int = 200) -> HttpResponse:
    page = counts.public((request.POST if request.method == "POST" else request.GET).get("seite", ""))
    context = {"outcome": outcome, "page": page}
    return render(request, "website/helpful.html", context, status=status)
