"""What Django answers on the public side: nothing of its own, only the stored error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from stadtnah.surfaces.website import store


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The stored 404 page, without a look at the database."""
    del exception
    return _stored(request, "/404.html", 404, "Diese Seite gibt es nicht.")


def server_error(request: HttpRequest, *, soon: bool = False) -> HttpResponse:
    """The stored page for a fault of ours; `soon`: it ends by itself (503, RFC 9110, 15.6.4), such as a database that is out of reach."""
    answer = _stored(
        request,
        "/500.html",
        503 if soon else 500,
        "Das hat gerade nicht geklappt. Bitte versuchen Sie es in einigen Minuten erneut.",
    )
    if soon:
        answer["Retry-After"] = "60"
    return answer


def not_stored(request: HttpRequest) -> HttpResponse:
    """The stored page for a disk without room (507, RFC 4918): what was typed is not kept."""
    return _stored(
        request,
        "/507.html",
        507,
        "Ihre Eingabe wurde nicht gespeichert. Bitte versuchen Sie es später erneut.",
    )


def refused(request: HttpRequest, status: int, words: str) -> HttpResponse:
    """The stored page for a status such as 400 or 403; where there is none, the German `words`."""
    return _stored(request, f"/{status}.html", status, words)


def _stored(request: HttpRequest, path: str, status: int, words: str) -> HttpResponse:
    english = request.path.startswith("/en/")
    found = (store.read(f"/en{path}") if english else None) or store.read(path)
    body = found[1] if found else words.encode()
    kind = "text/html; charset=utf-8" if found else "text/plain; charset=utf-8"
    return HttpResponse(body, content_type=kind, status=status)
