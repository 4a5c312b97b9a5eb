"""What the public forms of all services and channels share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """In the language of the address, never kept by a cache, never in a search engine; its address goes nowhere as a referrer.

    Exempt from CSRF checks: those need a cookie or a session, and there is none before a sign-in. What a forged request could do
    here, anybody can do without one.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        with translation.override(language_of(request)):
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"  # the address itself may be a key
        response["Content-Language"] = language_of(request)
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(shown))


def language_of(request: HttpRequest) -> str:
    """English below /en/, else German."""
    return "en" if request.path.startswith("/en/") else "de"


def see_other(address: str) -> HttpResponseRedirect:
    """To another page after a form, so that reloading the answer does not send the form again (RFC 9110, 15.4.4)."""
    done = HttpResponseRedirect(address)
    done.status_code = 303
    return done
