"""The release view: on one screen what goes where, when, to how many, exactly as it will look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.publishing import checks
from stadtnah.publishing.channel import Length, Rendered, Stage
from stadtnah.publishing.content import Content
from stadtnah.surfaces.desk import found, second_factor
from stadtnah.surfaces.desk.brief import brief, occasion, reminded
from stadtnah.surfaces.desk.difference import changes
from stadtnah.surfaces.desk.framed import framed
from stadtnah.surfaces.desk.works import ids_of, key_of
from stadtnah.surfaces.website import standing
from stadtnah.surfaces.website.calendar import reminding
from stadtnah.surfaces.website.checking import check_context
from stadtnah.surfaces.website.moving_in.release import waiting_together


@require_safe
def requests_list(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a release."""
    imported, runs = waiting_together()
    rows = publishing.ReleaseRequest.objects.filter(state="open").exclude(object_key__in=imported)
    page = Paginator(rows.select_related("submitted_by").order_by("wish", "submitted_at"), 50).get_page(
        request.GET.get("seite")
    )
    basket = publishing.website_alone().exclude(object_key__in=imported).count()
    return render(
        request,
        "desk/requests.html",
        {"rows": page.object_list, "page": page, "runs": runs, "basket": basket},
    )


def _get(request: HttpRequest, request_id: UUID) -> publishing.ReleaseRequest:
    rows = publishing.ReleaseRequest.objects.select_related("snapshot", "submitted_by", "decided_by")
    return access.access_object(rows, request.user, Action.MESSAGE_VIEW, pk=request_id)


@require_safe
def view(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What? Where? To how many? When? What is new? The editor's note. The buttons."""
    row = _get(request, request_id)
    typed = second_factor.typed(request)
    deciding = "release" if typed and typed.get("when") == "other" else ""
    return _show(request, row, typed=typed, deciding=deciding)


def _show(
    request: HttpRequest, row: publishing.ReleaseRequest, *, status: int = 200, **more: Any
) -> HttpResponse:
    body = publishing.opened(row.snapshot)
    content = Content.from_json(body["content"])
    own = publishing.wrote(access.require(request.user, Action.MESSAGE_VIEW), row.snapshot)
    wish = (body["send_at"] or {}).get("wall", "")
    due = publishing.due(wish) if wish else None
    entries = [_entry(row, entry, content) for entry in body["channels"]]
    changed = changes(_before(row), content)
    told = brief(entries, changed)
    if changed is None and standing.of(row.object_key):
        told = replace(told, new="Alles, was unten steht")  # a move is no version of anything
    website_only = not content.is_message and not any(entry.get("goes_out") for entry in entries)
    return render(
        request,
        "desk/release.html",
        {
            "row": row,
            "content": content,
            "entries": entries,
            "brief": told,
            "occasion": occasion(content),
            "reminded": reminded(reminding.mails_of([content]).get(row.object_key, 0))
            if row.state == "open"
            else "",
            "website_only": website_only,
            "verb": "veröffentlichen" if website_only else "versenden",
            "corrects": bool(told.correction) and not website_only and content.can_go_out,
            "wish": wish,
            "due": due,
            "wish_text": clock.german_datetime(due) if due else "",
            "too_late": publishing.too_late(body) if row.state == "open" else "",
            "wish_over": bool(due and due <= clock.now()),
            "embargo": publishing.embargo_said(content),
            "changes": changed,
            "places": _places(content, more.get("typed")),
            "validity": _validity(content),
            "hints": found.by_level(checks.run(content, check_context(about=content)), by=request.user)[
                "hints"
            ],
            "remarks": found.remarks(row),
            "edit_url": _edit_url(request, row),
            "may_decide": row.state == "open"
            and access.can(request.user, Action.MESSAGE_RELEASE)
            and not own,
            "own": own,
            "status": publishing.status(row.object_key),
            "key": key_of(row.object_key),
            **more,
        },
        status=status,
    )


def _remarks(posted: QueryDict) -> list[tuple[str, str]]:
    return list(zip(posted.getlist("where"), posted.getlist("remark"), strict=False))


def _places(content: Content, typed: QueryDict | None) -> list[dict[str, str]]:
    """The places of the text, each with the remark that was typed there before a decision came back."""
    remarks = dict(_remarks(typed)) if typed is not None else {}
    return [
        {"code": place.code, "label": place.label, "text": place.text, "typed": remarks.get(place.code, "")}
        for place in publishing.places(content)
    ]


def _validity(content: Content) -> str:
    """From when to when the message holds, for people; "" when it always does."""
    start, end = content.valid_from, content.valid_until
    said = [f"gilt ab {clock.german_datetime(publishing.due(start))}"] if start else []
    if end:
        whole = "T" not in end  # a day alone is meant whole
        last = clock.german_date(clock.parse_wall(end)) if whole else clock.german_end(publishing.due(end))
        said.append(f"gilt bis {last}")
    return " · ".join(said)


def _entry(row: publishing.ReleaseRequest, entry: dict[str, Any], content: Content) -> dict[str, Any]:
    channel = publishing.CHANNELS.get(entry["channel"])
    account = publishing.ChannelAccount.objects.filter(pk=entry["account"]).first()
    if channel is None or account is None:
        return {**entry, "missing": True}
    seen = publishing.view(account)
    length = Length(**entry["length"]) if entry["length"] else None
    audience = channel.audience(entry["body"], seen) if not entry["kept"] else None
    labels = {field.name: field.label for field in channel.settings_fields}
    sender = entry.get("sender", {}).items()
    return {
        **entry,
        "kind": channel.label,
        "goes_out": channel.stage >= Stage.OUT,
        "rendered": Rendered(entry["channel"], entry["account"], entry["body"], length),
        "account_view": seen,
        "template": channel.preview_template if not entry["kept"] else "",
        "audience": audience,
        "sent_as": [(labels[name], value) for name, value in sender if value and name in labels],
        "length": length,
        "left": length.limit - length.used if length else None,
        "cannot_take_back": channel.cannot_take_back,
        "whole_url": reverse("desk_whole", args=[row.pk, entry["account"]])
        if channel.shows_whole(content)
        else "",
        "content": content,
        "request": row,
    }


def _edit_url(request: HttpRequest, row: publishing.ReleaseRequest) -> str:
    """Where a message that came back is reworked, for those who may."""
    thing = standing.of(row.object_key)
    right = thing.right if thing else Action.MESSAGE_EDIT
    if row.state not in {"returned", "refused"} or not access.can(request.user, right):
        return ""
    if thing:
        return reverse(thing.screen, args=thing.args)
    there = ids_of([row.object_key])  # unless the draft was discarded
    return reverse("wagtailadmin_pages:edit", args=[there[row.object_key]]) if there else ""


def _before(row: publishing.ReleaseRequest) -> Content | None:
    """The version this municipality saw or released last; of what is no page what the public sees."""
    if thing := standing.of(row.object_key):
        return thing.public()
    return publishing.seen_before([row]).get(row.object_key)


_Step = Callable[[HttpRequest, publishing.ReleaseRequest], HttpResponse]


def _decision(step: _Step) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A deciding POST: outdated or incomplete decisions come back to the page with what was typed."""

    @require_POST
    @wraps(step)
    def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
        row = _get(request, request_id)
        try:
            return step(request, row)
        except publishing.Outdated as problem:
            return _show(request, row, status=409, problem=str(problem), outdated=True)
        except publishing.NotAccepted as problem:
            return _show(
                request, row, status=422, problem=str(problem), typed=request.POST, deciding=step.__name__
            )
        except PermissionDenied as problem:
            if not access.can(request.user, Action.MESSAGE_RELEASE):
                raise
            return _show(request, row, status=403, problem=str(problem))

    return decide


@_decision
def release(request: HttpRequest, row: publishing.ReleaseRequest) -> HttpResponse:
    """Releases exactly what the person saw (the form carries its digest)."""
    access.require(request.user, Action.MESSAGE_RELEASE)
    choice = request.POST.get("when", "wish")
    at = {"wish": None, "now": ""}.get(choice, request.POST.get("at", "")[:16])
    if choice not in {"wish", "now"} and not at:  # never "now" by accident
        raise publishing.NotAccepted("Bitte geben Sie den anderen Zeitpunkt an.")
    try:
        publishing.release(
            row.pk,
            by=access.require(request.user, Action.MESSAGE_RELEASE),
            seen_digest=request.POST.get("digest", ""),
            at=at,
            second_factor=second_factor.used(request),
            comments=_remarks(request.POST),
        )
    except ValueError as problem:
        raise publishing.NotAccepted(str(problem)) from problem
    messages.success(request, f"Freigegeben: {row.title}")
    return redirect("desk_proof", key=key_of(row.object_key))


@_decision
def refuse(request: HttpRequest, row: publishing.ReleaseRequest) -> HttpResponse:
    """Says no, with a reason."""
    by = access.require(request.user, Action.MESSAGE_RELEASE)
    publishing.refuse(row.pk, by=by, reason=request.POST.get("refusal", ""), comments=_remarks(request.POST))
    messages.success(request, f"Abgelehnt: {row.title}")
    return redirect("desk_requests")


@_decision
def send_back(request: HttpRequest, row: publishing.ReleaseRequest) -> HttpResponse:
    """Back to the editor, with remarks at their places."""
    by = access.require(request.user, Action.MESSAGE_RELEASE)
    publishing.send_back(
        row.pk, by=by, reason=request.POST.get("reason", ""), comments=_remarks(request.POST)
    )
    messages.success(request, f"Zurück an die Redaktion: {row.title}")
    return redirect("desk_requests")


@require_safe
@xframe_options_sameorigin
def whole(request: HttpRequest, request_id: UUID, account: str) -> HttpResponse:
    """All that readers of this account will get, of the very content that the release is of."""
    body = publishing.opened(_get(request, request_id).snapshot)
    content = Content.from_json(body["content"])
    for entry in body["channels"]:
        channel = publishing.CHANNELS.get(entry["channel"])
        if channel and entry["account"] == account and not entry["kept"]:
            return framed(channel.whole(content, entry["body"]))
    raise Http404
