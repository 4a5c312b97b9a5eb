"""Channels and release: pick channels, adapt the text, see exactly what will go out, hand it in."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.publishing.channel import Stage
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk import corrections, found, wishes
from stadtnah.surfaces.desk.correcting import unchangeable
from stadtnah.surfaces.desk.framed import framed
from stadtnah.surfaces.desk.works import Work, draft_of, work_of
from stadtnah.surfaces.website import edits, sending
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.models import MessagePage, NewsIndexPage
from stadtnah.surfaces.website.pages import SentFields

_MOST = 10_000  # characters of one channel's own text; each channel has its own limit far below


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Straight to an empty message."""
    access.require(request.user, Action.MESSAGE_EDIT)
    index = NewsIndexPage.objects.first()
    if index is None:
        messages.error(
            request, "Es fehlt die Seite „Aktuelles“. Bitte wenden Sie sich an die Verwaltung des Systems."
        )
        return redirect("desk_home")
    return redirect("wagtailadmin_pages:add", "website", "messagepage", index.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest, key: UUID) -> HttpResponse:
    """The step after writing. Every button keeps what was typed; only the last one hands in."""
    user = access.require(request.user, Action.MESSAGE_EDIT)
    page = draft_of(work_of(user, key))
    typed = _typed(request, page)
    if request.method != "POST":
        return _show(request, page, typed)
    do = request.POST.get("do", "preview")
    if do == "preview":
        return _show(request, page, typed)
    problem = wishes.problem(typed["wish"])
    if problem:
        return _show(request, page, typed, problem=problem, status=422)
    _keep(page, typed, request)
    if do.partition(":")[0] == "text":
        return redirect(found.editor(page, do.partition(":")[2]))
    if do == "save":
        messages.success(request, "Gespeichert.")
        return redirect("desk_channels_step", key=key)
    return _hand_in(request, page, typed)


@require_safe
@xframe_options_sameorigin
def whole(request: HttpRequest, key: UUID, account: str) -> HttpResponse:
    """All that readers of this account would get with the text given in the address, saved or not."""
    page = draft_of(work_of(access.require(request.user, Action.MESSAGE_EDIT), key))
    content = page.content()
    plan = {account: {"on": True, "text": request.GET.get("text", "")[:_MOST]}}
    for entry in publishing.compose_draft(content, plan):
        if entry.account.key == account:
            return framed(publishing.CHANNELS[entry.rendered.channel].whole(content, entry.rendered.body))
    raise Http404


def _typed(request: HttpRequest, page: Work) -> dict[str, Any]:
    """What stands in the form: as posted, else as saved."""
    if request.method != "POST" and isinstance(page, SentFields):
        return {"plan": dict(page.channel_plan), **_wishes(page)}
    plan = {
        row.key: {
            "on": request.POST.get(f"on-{row.key}") == "1",
            "text": request.POST.get(f"text-{row.key}", "")[:_MOST].replace("\r\n", "\n").strip(),
        }
        for row in _accounts(page.content())
        if publishing.CHANNELS[row.channel].stage == Stage.OUT
    }
    return {
        "plan": plan,
        "wish": request.POST.get("wish", "")[:16],
        "note": request.POST.get("note", "")[:2000].strip(),
        "correction_mail": request.POST.get("correction_mail") == "1",
    }


def _wishes(page: Any) -> dict[str, Any]:
    """Date, note and correction mail as saved; those of the version that was released do not hold for the next one."""
    rows = publishing.ReleaseRequest.objects.filter(object_key=page.object_key)
    if sending.spent(page, rows.order_by("-submitted_at").first()):
        return {"wish": "", "note": "", "correction_mail": False}
    return {"wish": page.wish_at, "note": page.note, "correction_mail": page.correction_mail}


def _words(page: Work) -> dict[str, str]:
    """How the step speaks of it, and when it goes out without a time."""
    if isinstance(page, MessagePage):
        return {
            "it": "Diese Meldung",
            "at_once": "Ohne Termin geht die Meldung sofort nach der Freigabe hinaus.",
        }
    if isinstance(page, EventPage):
        return {
            "it": "Diese Veranstaltung",
            "at_once": "Ohne Termin erscheint alles sofort nach der Freigabe.",
        }
    return {"it": "Diese Seite", "at_once": "Ohne Termin ist die Seite sofort nach der Freigabe zu sehen."}


def _accounts(content: Content) -> list[publishing.ChannelAccount]:
    return [row for row in publishing.usable() if publishing.CHANNELS[row.channel].carries(content)]


def _keep(page: Any, typed: dict[str, Any], request: HttpRequest) -> None:
    if not issubclass(type(page), SentFields):
        return
    kept = {
        "channel_plan": typed["plan"],
        "wish_at": typed["wish"],
        "note": typed["note"],
        "correction_mail": typed["correction_mail"],
    }
    if all(getattr(page, name) == value for name, value in kept.items()):
        return
    for name, value in kept.items():
        setattr(page, name, value)
    page.save_revision(user=request.user, clean=False)  # what else is wrong with it, the findings say


def _hand_in(request: HttpRequest, page: Work, typed: dict[str, Any]) -> HttpResponse:
    try:
        with transaction.atomic():
            # A draft that was just discarded in another window is laid before nobody.
            get_object_or_404(Page.objects.select_for_update(), pk=cast("Page", page).pk)
            made = publishing.submit(
                content := page.content(),
                typed["plan"],
                by=access.require(request.user, Action.MESSAGE_SUBMIT),
                context=check_context(),
                wish=typed["wish"],
                note=typed["note"],
                correction_mail=typed["correction_mail"],
                writers=edits.writers(page, content),
            )
    except publishing.NotAccepted as problem:
        return _show(request, page, typed, problem=str(problem), status=422)
    messages.success(request, "Zur Freigabe gegeben. Die Kommune hat eine E-Mail erhalten.")
    return redirect("desk_request", made.pk)


def _show(
    request: HttpRequest, page: Work, typed: dict[str, Any], *, problem: str = "", status: int = 200
) -> HttpResponse:
    content = page.content()
    entries = publishing.compose_draft(content, typed["plan"], correction_mail=typed["correction_mail"])
    wish_problem = wishes.problem(typed["wish"])
    at = publishing.due("" if wish_problem else typed["wish"])
    findings = publishing.findings_of(content, entries, check_context(), at=at)
    state = publishing.status(page.object_key)
    mails = unchangeable(page.object_key, entries) if isinstance(page, SentFields) else {}
    rows = [_row(page, row, typed["plan"], entries, content) for row in _accounts(content)]
    return render(
        request,
        "desk/compose.html",
        {
            "page": page,
            "can_go_out": isinstance(page, SentFields),
            "words": _words(page),
            "content": content,
            "typed": typed,
            "rows": [{**row, "mail": mails.get(row["account"].key)} for row in rows],
            **found.by_level(findings, entries, page, by=request.user),
            "problem": problem,
            "wish_problem": wish_problem,
            "embargo": publishing.embargo_said(content),
            "status": state,
            "in_work": corrections.of(page, state),
            "planned": state.state == "scheduled",
        },
        status=status,
    )


def _row(
    page: Work,
    row: publishing.ChannelAccount,
    plan: dict[str, Any],
    entries: list[publishing.Entry],
    content: Content,
) -> dict[str, Any]:
    channel = publishing.CHANNELS[row.channel]
    entry = next((e for e in entries if e.account.pk == row.pk), None)
    text = (plan.get(row.key) or {}).get("text", "")
    length = entry.rendered.length if entry else None
    return {
        "account": row,
        "always": channel.stage < Stage.OUT,
        "on": bool(entry),
        "text": text,
        "whole_url": _whole_url(page, row.key, text) if entry and channel.shows_whole(content) else "",
        "text_field": channel.text_field,
        "entry": entry,
        "rendered": entry.rendered if entry else None,
        "view": publishing.view(row),
        "template": channel.preview_template if entry else "",
        "left": length.limit - length.used if length else None,
        "length": length,
        "content": content,
        "cannot_take_back": channel.cannot_take_back,
    }


def _whole_url(page: Work, account: str, text: str) -> str:
    said = f"?{urlencode({'text': text})}" if text else ""
    return reverse("desk_draft_whole", args=[page.uuid, account]) + said
