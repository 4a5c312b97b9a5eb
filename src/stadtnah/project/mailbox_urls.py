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
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.actions import ROLE_LABELS
from stadtnah.kernel.identity.models import User
from stadtnah.project import mailbox
from stadtnah.surfaces.website.answer_headers import CSP

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
    """All mails of the demo, the newest first. `an` asks for an address, `suche` for words of addresses and subject."""
    to, words = (request.GET.get(name, "").strip().lower()[:120] for name in ("an", "suche"))
    known = mailbox.heads()
    found = [head for head in known if (not to or any(to in one for one in head.to)) and head.says(words)]
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("seite"))
    mails = [{"name": head.name, "mail": _read(mailbox.folder() / f"{head.name}.eml")} for head in page]
    rows = [{"name": m["name"], **_head(m["mail"])} for m in mails]  # type: ignore[arg-type] # built above
    context = {
        "rows": rows,
        "page": page,
        "total": mailbox.newest(0)[1],
        "wanted": words or to,
        "asked": urlencode({name: value for name, value in (("an", to), ("suche", words)) if value}),
        "newest": [] if to or words else _newest_of_each(known),
    }
    return render(request, "mailbox/list.html", context)


def _newest_of_each(known: list[mailbox.Head]) -> list[dict[str, str]]:
    """For each office of the demo the newest mail it got, and the newest that went to anybody else: (who, name, subject)."""
    newest: dict[str, mailbox.Head] = {}
    for head in known:
        for address in head.to:
            newest.setdefault(address, head)
    offices = {user.email.lower(): _office(user) for user in User.objects.order_by("email")}
    others = next((head for head in known if not set(head.to) & set(offices)), None)
    found = [(office, newest[address]) for address, office in offices.items() if office and address in newest]
    found += [("Bürgerinnen und Bürger", others)] if others else []
    return [{"who": who, "name": head.name, "subject": head.subject} for who, head in found]


def _office(user: User) -> str:
    if not access.is_municipal(user):
        return "Agentur" if access.active_mandates(user) else ""
    return ", ".join(ROLE_LABELS[role] for role in sorted(access.roles_of(user)))


def _breakable(text: str) -> SafeString:
    """An address may break behind its signs, never within a word."""
    return mark_safe(re.sub(r"([@.+_-])(?=\w)", r"\1<wbr>", escape(text)))  # noqa: S308 - escaped first


def _head(mail: EmailMessage) -> dict[str, str]:
    head: dict[str, str] = {name: _breakable(str(mail[name] or "")) for name in ("To", "From")}
    head["Subject"] = str(mail["Subject"] or "")
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
    response = render(
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
    response["Content-Security-Policy"] = f"{CSP}; frame-src 'self'"
    return response


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
