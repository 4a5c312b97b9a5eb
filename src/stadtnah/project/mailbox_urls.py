"""The mailbox page of the demo; in any other mode it does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from stadtnah.kernel import clock
from stadtnah.project import mailbox

_PER_PAGE = 30
_NAME = re.compile(r"\A[0-9]{20}-[0-9a-f]{8}\Z")
_View = Callable[..., HttpResponse]


def _demo_only(view: _View) -> _View:
    @wraps(view)
    def guarded(request: HttpRequest, **given: str) -> HttpResponse:
        if not settings.STADTNAH_DEMO:
            raise Http404
        return view(request, **given)

    return require_safe(guarded)


def _read(source: Path) -> EmailMessage:
    return message_from_bytes(source.read_bytes(), policy=policy.default)


def _mail(name: str) -> EmailMessage:
    source = mailbox.folder() / f"{name}.eml"
    if not _NAME.match(name) or not source.exists():
        raise Http404
    return _read(source)


@_demo_only
def listing(request: HttpRequest) -> HttpResponse:
    """All mails of the demo, the newest first."""
    wanted = request.GET.get("an", "").strip().lower()[:120]
    found, total = mailbox.newest(2000)
    if wanted:
        found = [source for source in found if wanted in str(_read(source)["To"]).lower()]
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("seite"))
    mails = [{"name": source.stem, "mail": _read(source)} for source in page.object_list]
    rows = [{"name": m["name"], **_head(m["mail"])} for m in mails]  # type: ignore[arg-type] # built above
    return render(
        request, "mailbox/list.html", {"rows": rows, "page": page, "total": total, "wanted": wanted}
    )


def _head(mail: EmailMessage) -> dict[str, str]:
    head = {name: str(mail[name] or "") for name in ("To", "From", "Subject")}
    sent = getattr(mail["Date"], "datetime", None)
    if (
        sent and not sent.tzinfo
    ):  # -0000: UTC, and nothing said about the sender's place (RFC 5322, section 3.3)
        sent = sent.replace(tzinfo=UTC)
    return {**head, "Date": clock.german_datetime(sent) if sent else ""}


@_demo_only
def one(request: HttpRequest, name: str) -> HttpResponse:
    """A mail: its head, its text, and its HTML in a frame."""
    mail = _mail(name)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return render(
        request,
        "mailbox/one.html",
        {
            "name": name,
            "head": _head(mail),
            "headers": [(k, str(v)) for k, v in mail.items()],
            "text": text.get_content() if text else "",
            "html": html is not None,
        },
    )


@_demo_only
@xframe_options_sameorigin
def html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, where it can do nothing but be looked at and clicked."""
    part = _mail(name).get_body(("html",))
    if part is None:
        raise Http404
    response = HttpResponse(part.get_content())
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; "
        "sandbox allow-popups allow-top-navigation-by-user-activation"
    )
    return response


urlpatterns = [
    path("", listing, name="mailbox"),
    path("<str:name>/", one, name="mailbox_one"),
    path("<str:name>/html/", html, name="mailbox_html"),
]
