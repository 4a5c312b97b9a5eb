"""The public address of the question. No cookie, no session, no script: a form under each page posts here.

Exempt from CSRF checks, which need a cookie: what a forged request could do here, anybody can do without one, and it is counted for the network
that it comes from. What a browser says it sends from another website is refused.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stadtnah.kernel import flood
from stadtnah.kernel.identity.peers import client_address
from stadtnah.kernel.public import public, see_other
from stadtnah.surfaces.website.helpful import counts

ANSWERS: Final = {"ja": True, "nein": False}
GATE: Final = flood.Gate(40)  # answers an hour from one network


@public
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
    return see_other(f"{request.path}danke/?{urlencode({'antwort': said, 'seite': page.pk})}")


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """Thanks, the way back, and where to say more."""
    return _show(request, "yes" if ANSWERS.get(request.GET.get("antwort", ""), True) else "no")


def _show(request: HttpRequest, outcome: str, *, status: int = 200) -> HttpResponse:
    page = counts.public((request.POST if request.method == "POST" else request.GET).get("seite", ""))
    context = {"outcome": outcome, "page": page}
    return render(request, "website/helpful.html", context, status=status)
