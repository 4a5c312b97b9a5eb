"""What the municipality looks after: channels, mandates, the register of purposes, the log."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.actions import SCOPE_LABELS
from stadtnah.kernel.access.api import Action, Scope
from stadtnah.kernel.access.models import Mandate
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.privacy.api import PURPOSES, Purpose
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import audit_words
from stadtnah.surfaces.website import displays

_PER_PAGE = 50


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Every account and whether it works; secrets are never shown."""
    rows = [
        {"account": row, "channel": publishing.CHANNELS.get(row.channel)}
        for row in publishing.ChannelAccount.objects.all()
    ]
    return render(request, "desk/channels.html", {"rows": rows, "displays": displays.offered()})


@require_POST
def take_up(request: HttpRequest, key: str) -> HttpResponse:
    """What is held goes on."""
    by = access.require(request.user, Action.CHANNELS_MANAGE)
    account = get_object_or_404(publishing.ChannelAccount, pk=key)
    publishing.take_up_account(account.pk, by=by)
    messages.success(request, f"Wieder aufgenommen: {account.label}")
    return redirect("desk_channels")


@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """Who of an agency may act, for what, until when."""
    now = clock.now()
    rows = [
        {
            "mandate": row,
            "scopes": [SCOPE_LABELS[Scope(scope)] for scope in row.scopes],
            "later": row.starts_at > now,
            "over": bool(row.ended_at or (row.ends_at and row.ends_at <= now)),
        }
        for row in Mandate.objects.select_related("agency", "user", "ended_by").order_by("-starts_at")[:200]
    ]
    return render(request, "desk/mandates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Asks once, then ends it at once."""
    by = access.require(request.user, Action.MANDATES_MANAGE)
    mandate = get_object_or_404(Mandate.objects.select_related("agency", "user"), pk=mandate_id)
    if request.method != "POST":
        return render(request, "desk/mandate_end.html", {"mandate": mandate})
    access.end_mandate(mandate, by=by)
    messages.success(request, f"Beendet: Vollmacht von {mandate.user}")
    return redirect("desk_mandates")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The register of processing: purpose, what is stored now, legal basis, retention."""
    rows = [{"purpose": purpose, "stored": _stored(purpose)} for purpose in PURPOSES]
    return render(request, "desk/privacy.html", {"rows": rows})


def _stored(purpose: Purpose) -> str:
    """How many records of each of our kinds the purpose holds at present, in German."""
    labels = dict.fromkeys(field.rpartition(".")[0] for field in purpose.fields)
    kinds = [kind for kind in map(apps.get_model, labels) if kind.__module__.startswith("stadtnah.")]
    counts = ((kind._meta.verbose_name_plural, kind.objects.count()) for kind in kinds)  # noqa: SLF001 - Django's public door
    return ", ".join(f"{name}: {number}" for name, number in counts)


@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, in German words and with names where the person still has an account."""
    page = Paginator(Entry.objects.order_by("-seq"), _PER_PAGE).get_page(request.GET.get("seite"))
    return render(
        request, "desk/audit.html", {"rows": audit_words.rows(list(page.object_list)), "page": page}
    )
