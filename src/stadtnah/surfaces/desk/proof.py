"""The proof page: who released which bytes, every delivery with time, outcome and link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, Max, Min, OuterRef, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.rights import api as rights
from stadtnah.publishing import api as publishing
from stadtnah.publishing.states import DeliveryState
from stadtnah.surfaces.desk import corrections, proof_print, rights_words, second_factor
from stadtnah.surfaces.desk.brief import reminded
from stadtnah.surfaces.desk.works import Standing, Work, is_fixed, key_of, proved
from stadtnah.surfaces.website import takedown
from stadtnah.surfaces.website.calendar import reminding
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.models import MessagePage

STATE_LABELS = {
    "planned": "Wartet",
    "sending": "Wird gesendet",
    "sent": "Zugestellt",
    "failed": "Nicht zugestellt",
    "unknown": "Ungeklärt",
    "stopped": "Angehalten",
}
_TROUBLED = (DeliveryState.UNKNOWN.value, DeliveryState.FAILED.value)
_PER_PAGE = 50
DONE_LABELS = {"update": "Berichtigt", "delete": "Zurückgezogen"}  # else "Zugestellt"
ENDED_LABELS = {
    "edited": "durch eine Änderung erloschen",
    "revoked": "widerrufen",
    "mandate": "mit der Vollmacht beendet",
    "replaced": "durch eine neue Fassung ersetzt",
}


def _under_way(key: str) -> bool:
    """Whether a worker still has some of it in hand, as it may for seconds after a stop."""
    return publishing.Delivery.objects.filter(object_key=key, state=DeliveryState.SENDING.value).exists()


def _context(page: Work | Standing) -> dict[str, Any]:
    key = page.object_key
    approvals = list(
        publishing.Approval.objects.filter(snapshot__object_key=key)
        .select_related("approver", "snapshot", "revocation__by", "dispatch")
        .prefetch_related("halts__by", "halts__lifted_by")
        .order_by("-at")
    )
    state = publishing.status(key)
    withdrawing = bool(approvals) and approvals[0].snapshot.kind == "withdrawal"
    summary = _summary(key, [a.pk for a in approvals if _is_halted(a)])
    versions = [
        {
            "approval": approval,
            "over": getattr(approval, "dispatch", None) is not None
            and approval.dispatch.planned_at is not None,
            "ended": _ended(approval),
            "entries": [
                _entry(entry, _told(summary.get((approval.pk, entry["account"]), []), entry))
                for entry in publishing.opened(approval.snapshot)["channels"]
            ],
        }
        for approval in approvals
    ]
    return {
        "page": page,
        "is_message": isinstance(page, MessagePage),
        "model_name": "" if isinstance(page, Standing) else type(page)._meta.model_name,  # noqa: SLF001 - Django's public way to its names
        "key": page.uuid,
        "status": state,
        "in_work": "" if isinstance(page, Standing) else corrections.of(page, state),
        "versions": versions,
        "running": state.state in {"sending", "scheduled"} or _under_way(key),
        "total": sum(state.counts.values()),
        "done": sum(state.counts.get(s, 0) for s in ("sent", "failed", "stopped", "unknown")),
        "out": any(a.snapshot.kind == "message" for a in approvals)
        and state.state not in {"withdrawn", "scheduled"}
        and not (withdrawing and state.state == "sending")
        and not is_fixed(page),
        "shown_at": "" if withdrawing else _shown_at(versions),
        "stays": _stays(approvals),
        "stoppable": state.state in {"sending", "scheduled"},
        "withdrawing": withdrawing,
        "resumable": state.resumable,
        "reminded": reminded(reminding.mails_of_withdrawal(key)) if isinstance(page, EventPage) else "",
    }


def _shown_at(versions: list[dict[str, Any]]) -> str:
    """Where the latest release stands on the website; "" while it does not."""
    rows = (
        row
        for version in versions[:1]
        for entry in version["entries"]
        if entry["channel"] == "website"
        for row in entry["rows"]
    )
    return next((row["url"] for row in rows if row["state"] == DeliveryState.SENT.value), "")


def _stays(approvals: list[publishing.Approval]) -> list[str]:
    """What withdrawing cannot change, by the channels of the latest release."""
    entries = publishing.opened(approvals[0].snapshot)["channels"] if approvals else []
    channels = {entry["channel"] for entry in entries if not entry["kept"]}
    found = (publishing.CHANNELS[key] for key in sorted(channels) if key in publishing.CHANNELS)
    return [
        channel.cannot_take_back for channel in found if channel.cannot_take_back and not channel.can_delete
    ]


def _entry(entry: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A channel with its outcomes; folded unless one of them wants somebody's eye."""
    return {
        "account": entry["account"],
        "channel": entry["channel"],
        "label": entry["label"],
        "kept": entry["kept"],
        "rows": rows,
        "unfolded": any(row["open"] for row in rows),
    }


def _told(rows: list[dict[str, Any]], entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Each outcome in the word for its deed, with its number and its moment."""
    return [
        {
            **row,
            "label": _done(row, entry),
            "said": ", ".join(filter(None, (_number(row), _moment(row)))),
        }
        for row in rows
    ]


def _done(row: dict[str, Any], entry: dict[str, Any]) -> str:
    sent = row["state"] == DeliveryState.SENT.value
    return DONE_LABELS.get(entry["action"], row["label"]) if sent else str(row["label"])


def _number(row: dict[str, Any]) -> str:
    return f"{row['number']} Zustellungen" if row["number"] > 1 else ""


def _moment(row: dict[str, Any]) -> str:
    return date_format(localtime(row["last"]), "j. F Y, H:i:s") + " Uhr" if row["last"] else ""


def _ended(approval: publishing.Approval) -> str:
    """Why nothing leaves under this release; "" while it holds."""
    revocation = getattr(approval, "revocation", None)
    if revocation:
        return ENDED_LABELS.get(revocation.why, "")
    return "angehalten" if _is_halted(approval) else ""


def _is_halted(approval: publishing.Approval) -> bool:
    return any(halt.lifted_at is None for halt in approval.halts.all())


def _summary(object_key: str, halted: list[str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Per release and account: outcome, number, last time, and the one row when it is a single post."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    rows = (
        publishing.Delivery.objects.filter(object_key=object_key)
        .values("approval_id", "account", "state", "reason", "url")
        .annotate(number=Count("pk"), last=Max("finished_at"), one=Min(Cast("id", TextField())))
        .order_by("approval_id", "account", "state")
    )
    for row in rows[:2000]:
        waits = row["state"] == DeliveryState.PLANNED.value and row["approval_id"] in halted
        label = STATE_LABELS["stopped" if waits else row["state"]]
        shown = {**row, "label": label, "open": row["state"] in _TROUBLED, "one": UUID(row["one"])}
        found.setdefault((row["approval_id"], row["account"]), []).append(shown)
    return found


@require_safe
def view(request: HttpRequest, key: UUID) -> HttpResponse:
    """The whole page."""
    page = proved(request.user, key)
    context = _context(page)
    # What did not arrive, or nobody knows of, stands unfolded; the rest is opened on demand, however many mails arrived.
    named = publishing.ChannelAccount.objects.filter(pk=OuterRef("account")).values("label")
    found = publishing.Delivery.objects.filter(object_key=page.object_key)
    rows = found.annotate(label=Coalesce(Subquery(named), "account")).order_by("-finished_at", "pk")
    first = Case(When(state=DeliveryState.UNKNOWN.value, then=0), default=1)
    troubled = list(rows.filter(state__in=_TROUBLED).order_by(first, "-finished_at", "pk")[:_PER_PAGE])
    rest = rows.exclude(pk__in=[row.pk for row in troubled])
    context["troubled"] = troubled
    context["rows"] = Paginator(rest, _PER_PAGE).get_page(request.GET.get("seite"))
    context["taken"] = [
        {"at": row.taken_down_at, "why": rights_words.standing(rights.of(row)).text}
        for row in takedown.taken_from(page.object_key)
    ]
    context["unfolded"] = "seite" in request.GET
    return render(request, "desk/proof.html", context)


@require_safe
def live(request: HttpRequest, key: UUID) -> HttpResponse:
    """The part that changes while it is sent; the page asks for it every two seconds."""
    response = render(request, "desk/proof_live.html", _context(proved(request.user, key)))
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def as_json(request: HttpRequest, key: UUID) -> HttpResponse:
    """The proof to check offline: `stadtnah check proof DATEI`."""
    page = proved(request.user, key)
    response = JsonResponse(
        publishing.proof(page.object_key), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = f'attachment; filename="nachweis-{page.slug}.json"'
    return response


@require_safe
def as_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The proof to print."""
    page = proved(request.user, key)
    labels = dict(publishing.ChannelAccount.objects.values_list("pk", "label"))
    try:
        pdf = proof_print.printed(publishing.proof(page.object_key), page.title, labels)
    except proof_print.PrintError:
        messages.error(
            request,
            "Das PDF ließ sich gerade nicht erzeugen. Bitte versuchen Sie es noch einmal; als JSON gibt es denselben Nachweis.",
        )
        return redirect("desk_proof", key)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="nachweis-{page.slug}.pdf"'
    return response


_Step = Callable[[Work | Standing, User, bool], str | None]  # what it says instead of the usual
_View = Callable[[HttpRequest, UUID], HttpResponse]


def _verb(action: Action, done: str) -> Callable[[_Step], _View]:
    def wrap(step: _Step) -> _View:
        @require_POST
        @wraps(step)
        def act(request: HttpRequest, key: UUID) -> HttpResponse:
            page = proved(request.user, key)
            by = access.require(request.user, action)
            if isinstance(page, Standing) and not access.can(by, Action.MESSAGE_RELEASE):
                access.require(by, page.right)  # an agency has no part in the facts of the municipality
            try:
                messages.success(request, step(page, by, second_factor.used(request)) or done)
            except publishing.NotAccepted as problem:
                messages.error(request, str(problem))
            except PermissionDenied as problem:
                messages.error(request, str(problem))
            return redirect("desk_proof", key=page.uuid)

        return act

    return wrap


@_verb(Action.DISPATCH_STOP, "Der Versand ist angehalten.")
def stop(page: Work | Standing, by: User, _factor: bool) -> str | None:  # noqa: FBT001 - as every step
    """Nothing new leaves. What is beyond recall at this moment is said."""
    if not publishing.stop(page.object_key, by=by):
        raise publishing.NotAccepted("Es war nichts mehr anzuhalten: Alles ist schon hinausgegangen.")
    late = publishing.past_return(page.object_key)
    if not late:
        return None
    labels = publishing.ChannelAccount.objects.filter(pk__in=late).values_list("label", flat=True)
    return (
        f"Der Versand ist angehalten. Schon unterwegs und nicht mehr aufzuhalten: {', '.join(labels)}. "
        "Was daraus geworden ist, steht gleich im Nachweis."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks first: what is public is gone at once, and people hear of it."""
    if request.method == "POST":
        return _withdraw(request, key)
    page = proved(request.user, key)
    context = _context(page)
    if not context["out"]:
        messages.error(request, "Hier ist nichts zurückzuziehen.")
        return redirect("desk_proof", key=page.uuid)
    return render(request, "desk/withdraw.html", context)


@_verb(Action.MESSAGE_WITHDRAW, "Wird zurückgezogen, wo der Kanal es kann.")
def _withdraw(page: Work | Standing, by: User, factor: bool) -> None:  # noqa: FBT001 - as every step
    """Takes it back wherever a channel can."""
    if is_fixed(page):
        raise publishing.NotAccepted(
            "Diese Seite gehört fest zur Website und kann nicht zurückgezogen werden."
        )
    publishing.withdraw(page.object_key, by=by, second_factor=factor)


@_verb(Action.MESSAGE_RELEASE, "Der Versand geht weiter. Niemand erhält etwas doppelt.")
def resume(page: Work | Standing, by: User, factor: bool) -> None:  # noqa: FBT001 - as every step
    """Goes on after a stop."""
    publishing.resume(page.object_key, by=by, second_factor=factor)


@require_POST
def resolve(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """A person looked at the channel: it arrived, or it shall be sent again."""
    by = access.require(request.user, Action.DISPATCH_RESOLVE)
    arrived = {"ja": True, "nein": False}.get(request.POST.get("angekommen", ""))
    if arrived is None:
        raise Http404
    row = publishing.resolve_unknown(delivery_id, by=by, arrived=arrived)
    messages.success(request, "Als zugestellt vermerkt." if arrived else "Wird erneut gesendet.")
    return redirect("desk_proof", key=key_of(row.object_key))
