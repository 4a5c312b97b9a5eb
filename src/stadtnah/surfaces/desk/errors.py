"""What the desk says when something is not there, not allowed, or broken; public addresses get the stored pages."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stadtnah.kernel import storage
from stadtnah.surfaces.website import views as website

_PREFIXES = ("/desk/", "/konto/")
_WORDS = {
    400: (
        "Die Anfrage war unvollständig",
        "Bitte gehen Sie eine Seite zurück und versuchen Sie es noch einmal.",
    ),
    403: (
        "Dafür fehlt Ihnen das Recht",
        "Diesen Schritt darf nur, wer die passende Rolle hat. Fragen Sie die Verwaltung des Systems, wenn Sie sie brauchen.",
    ),
    404: (
        "Diese Seite gibt es nicht",
        "Vielleicht wurde sie verschoben oder gelöscht, oder in der Adresse steckt ein Tippfehler.",
    ),
    500: (
        "Das hat gerade nicht geklappt",
        (
            "Der Fehler liegt bei uns und ist vermerkt. Was Sie gespeichert haben, ist noch da. Bitte versuchen Sie es in einigen "
            "Minuten erneut."
        ),
    ),
}
_INCOMPLETE = (
    "Das Formular kam nicht vollständig an",
    (
        "Gespeichert wurde nichts. Gehen Sie eine Seite zurück: Was Sie geschrieben haben, steht meist noch da. Kopieren Sie es, laden "
        "Sie die Seite neu und warten Sie, bis alle Bausteine zu sehen sind."
    ),
)
_FULL = (
    "Der Speicher des Servers ist voll",
    (
        "Gespeichert wurde nichts. Gehen Sie eine Seite zurück und kopieren Sie, was Sie geschrieben haben. Bitte sagen Sie der "
        "Betriebsstelle Bescheid; sobald wieder Platz ist, geht alles weiter wie zuvor."
    ),
)
_TOO_MANY = (
    "Das waren zu viele Versuche",
    "Zum Schutz der Konten geht es erst in einigen Minuten weiter. Ihr Kennwort gilt unverändert.",
)
_EXPIRED = (
    "Die Seite war zu lange offen",
    (
        "Zu Ihrer Sicherheit gilt ein Formular nur für die laufende Anmeldung. Gehen Sie zurück, laden Sie die Seite neu und "
        "schicken Sie das Formular noch einmal ab. Kopieren Sie vorher, was Sie getippt haben."
    ),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _said(request, 400, *_WORDS[400], exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason where the refusal names one."""
    return _said(request, 403, *_WORDS[403], exception)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a form that does not belong to this session (Django's CSRF_FAILURE_VIEW); 507 where none can be stored."""
    del reason
    if storage.is_short():
        return _said(request, 507, *_FULL)
    return _said(request, 403, *_EXPIRED)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 (RFC 6585): wrong passwords, or mails to reset one, in too short a time (allauth's `handler429`)."""
    del exception
    return _said(request, 429, *_TOO_MANY)


def incomplete(request: HttpRequest) -> HttpResponse:
    """400 after an editor's form without the parts that its scripts add."""
    return _said(request, 400, *_INCOMPLETE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    if not request.path.startswith(_PREFIXES):
        return website.not_found(request, exception)
    return _said(request, 404, *_WORDS[404])


def server_error(request: HttpRequest) -> HttpResponse:
    """500, 507 (RFC 4918) when the disk is full, 503 when the database is gone: then the stored page of the website answers for the desk, too."""
    fault = sys.exc_info()[1]  # Django calls this while it handles the error
    full, gone = storage.is_full(fault), isinstance(fault, OperationalError | InterfaceError)
    if gone and not full:
        return website.server_error(request, soon=True)
    if not request.path.startswith(_PREFIXES):
        return website.not_stored(request) if full else website.server_error(request)
    try:
        if full:
            return _said(request, 507, *_FULL)
        return _said(request, 500, *_WORDS[500])
    except Exception:  # noqa: BLE001 - whatever is broken, the person gets an answer
        return website.server_error(request)


def _said(
    request: HttpRequest, status: int, title: str, text: str, exception: Exception | None = None
) -> HttpResponse:
    if not request.path.startswith(_PREFIXES):
        return website.refused(request, status, f"{title}. {text}")
    reason = str(exception) if exception and status == 403 else ""  # noqa: PLR2004 - only refusals speak to people
    return render(request, "desk/error.html", {"title": title, "text": reason or text}, status=status)
