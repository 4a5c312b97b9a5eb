"""Events that clubs handed in: the list, one to look at, and what becomes of it. Whoever stands behind it is shown to the municipality only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk import found
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website import edits
from stadtnah.surfaces.website.calendar import clashes, drafts
from stadtnah.surfaces.website.calendar import view as calendar_view
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.checking import check_context

_PER_PAGE = 25
_LONGEST = 4_000
FILTERS = (
    ("undecided", "Wartet oder Rückfrage"),
    ("waiting", "Wartet"),
    ("asked", "Rückfrage"),
    ("accepted", "Übernommen"),
    ("refused", "Abgelehnt"),
    ("", "Alle"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits on top, the longest first."""
    access.require(request.user, Action.EVENTS_MODERATE)
    wanted = request.GET.get("status", "undecided")
    page = Paginator(events.inbox(wanted), _PER_PAGE).get_page(request.GET.get("seite"))
    rows = [events.told(row) for row in page.object_list]
    context = {"rows": rows, "page": page, "wanted": wanted, "filters": FILTERS}
    return render(request, "desk/handed_in.html", context)


@require_safe
def view(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One of them."""
    return _show(request, _submission(request, submission_id))


@require_POST
def accept(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Makes a draft, and for a trusted sender hands it in for release at once if that was chosen."""
    by = access.require(request.user, Action.EVENTS_MODERATE)
    row = _submission(request, submission_id)
    hand_in = request.POST.get("do") == "submit" and _may_hand_in(by, row)
    made: list[EventPage] = []

    def draft(event: events.Event) -> str:
        made.append(drafts.draft_from(event, by=by, origin=f"Gemeldet von {event.organiser}"))
        return made[0].object_key

    try:
        events.accept(row, by=by, version=_version(request), draft=draft)
    except events.TakenError as taken:
        return _show(request, _submission(request, submission_id), problem=str(taken), status=409)
    return _hand_in(request, by, made[0]) if hand_in else _done(request, by, made[0])


@require_POST
def ask(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """A question to the sender."""
    return _write(request, submission_id, "question", events.ask, "Die Frage wird gesendet.")


@require_POST
def refuse(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """It does not get into the calendar."""
    return _write(
        request,
        submission_id,
        "reason",
        events.refuse,
        "Abgelehnt. Der Absender bekommt eine E-Mail mit Ihrem Grund.",
    )


@require_POST
def trust(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The municipality trusts this sender, or no longer does."""
    by = access.require(request.user, Action.CLUBS_TRUST)
    row = _submission(request, submission_id)
    if row.club is not None:
        events.trust(row.club, trusted=request.POST.get("do") == "trust", by=by)
    return redirect("desk_handed_in_one", submission_id=submission_id)


def _write(request: HttpRequest, submission_id: UUID, name: str, act: Any, done: str) -> HttpResponse:
    by = access.require(request.user, Action.EVENTS_ANSWER)
    row = _submission(request, submission_id)
    text = request.POST.get(name, "")
    if len(text) > _LONGEST:
        return _show(
            request,
            row,
            {name: text},
            {name: f"Bitte kürzen Sie den Text auf {_LONGEST} Zeichen."},
            status=422,
        )
    try:
        act(row, text, by=by, version=_version(request))
    except events.NotSaidError as wrong:
        return _show(request, row, {name: text}, {name: str(wrong)}, status=422)
    except events.TakenError as taken:
        return _show(
            request, _submission(request, submission_id), {name: text}, problem=str(taken), status=409
        )
    messages.success(request, done)
    return redirect("desk_handed_in")


def _hand_in(request: HttpRequest, by: User, page: EventPage) -> HttpResponse:
    """As the step after writing does, for the website; the municipality has the last word there as well."""
    try:
        content = page.content()
        asked = publishing.submit(
            content, {}, by=by, context=check_context(), writers=edits.writers(page, content)
        )
    except publishing.NotAccepted as problem:
        messages.warning(request, f"Als Entwurf übernommen, aber noch nicht zur Freigabe gegeben: {problem}")
        return redirect(found.editor(page))
    messages.success(request, "Übernommen und zur Freigabe gegeben. Die Kommune hat eine E-Mail erhalten.")
    return redirect("desk_request", asked.pk)


def _done(request: HttpRequest, by: User, page: EventPage) -> HttpResponse:
    messages.success(
        request, "Als Entwurf übernommen. Der Absender bekommt eine E-Mail. Öffentlich ist noch nichts."
    )
    if access.can(by, Action.MESSAGE_EDIT):
        return redirect(found.editor(page))
    return redirect("desk_handed_in")


def _may_hand_in(by: User, row: events.Submission) -> bool:
    trusted = row.club is not None and row.club.trust == events.Club.Trust.TRUSTED
    return trusted and access.can(by, Action.MESSAGE_SUBMIT)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004 - fits every database


def _submission(request: HttpRequest, submission_id: UUID) -> events.Submission:
    return access.access_object(events.inbox(), request.user, Action.EVENTS_MODERATE, pk=submission_id)


def _show(
    request: HttpRequest,
    row: events.Submission,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    by = access.require(request.user, Action.EVENTS_MODERATE)
    typed, wrong = typed or {}, wrong or {}
    question = _field(
        "question",
        "Ihre Frage",
        "Was fehlt oder unklar ist. Die E-Mail nennt Titel und Termin und führt zur Meldung.",
        typed,
        wrong,
    )
    reason = _field("reason", "Grund", "Der Absender bekommt ihn zu lesen.", typed, wrong)
    open_ = row.state in events.OPEN
    context: dict[str, Any] = {
        **events.told(row),
        "open": open_,
        "question": [question],
        "reason": [reason],
        "wrong": [field for field in (question, reason) if field.problem],
        "problem": problem,
        "clashes": _clashes(row, by) if open_ else [],
        "letters": row.letters.exclude(kind__in=("confirm", "arrived")),
        "may_hand_in": _may_hand_in(by, row),
        "may_answer": access.can(by, Action.EVENTS_ANSWER),
        "sees_sender": access.can(by, Action.CLUBS_TRUST),
        "page_url": _page_url(by, row),
    }
    return render(request, "desk/handed_in_one.html", context, status=status)


def _clashes(row: events.Submission, by: User) -> list[dict[str, Any]]:
    """What is in its way, among what was handed in, drafts and released events. A person decides."""
    several = clashes.found(
        events.event_of_submission(row), calendar_view.now(), but=f"{clashes.HANDED_IN}{row.pk}"
    )
    leads = found.addresses((clash.other.about for clash in several), by)
    return [
        {
            "why": clash.why.name,
            "shared": clash.shared,
            "title": clash.other.event.title,
            "when": events.when(clash.other.event),
            "place": clash.other.event.place,
            "where": clash.other.where,
            "to": leads.get(clash.other.about, ""),
        }
        for clash in several
    ]


def _page_url(by: User, row: events.Submission) -> str:
    """Where to go on with what became of it; "" when it is gone, or for who may not write."""
    if not row.object_key or not access.can(by, Action.MESSAGE_EDIT):
        return ""
    page = EventPage.objects.filter(uuid=row.object_key.partition(":")[2]).first()
    return found.editor(page) if page else ""


def _field(name: str, label: str, help_: str, typed: dict[str, str], wrong: dict[str, str]) -> Field:
    return Field(
        name, label, typed.get(name, ""), help_, wrong.get(name, ""), type="textarea", required=True, rows=4
    )
