"""Taking over the messages of an old website: start, watch, stop, lay before the municipality, release together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import events_import, import_site, second_factor
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.models import Category
from stadtnah.surfaces.website.moving_in import categories, foreign, load, release, tasks
from stadtnah.surfaces.website.moving_in.foreign import FeedError
from stadtnah.surfaces.website.moving_in.models import NOT_READY, ImportedItem, ImportRun
from stadtnah.surfaces.website.moving_in.site import sites

_PER_PAGE, _RUNS = 50, 20
_LOOKED_INTO = 60  # drafts checked before anybody is asked; a whole archive is checked in the background
_MOST = foreign.MAX_EXPORT_BYTES
_State = ImportRun.State
_LOOK = {
    _State.WAITING: "sending",
    _State.RUNNING: "sending",
    _State.FOUND: "submitted",
    _State.STOPPED: "stopped",
    _State.DONE: "delivered",
    _State.FAILED: "failed",
}


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Former runs, and the form for a new one."""
    if request.method != "POST":
        return _start_page(request)
    by = access.require(request.user, Action.IMPORT_RUN)
    address, pictures = request.POST.get("address", "").strip()[:2000], request.POST.get("pictures") == "1"
    file = request.FILES.get("file")
    try:
        if whole := request.POST.get("what") == "site":
            run = sites.start(address, by=by, pictures=pictures)
        else:
            run = _begun(address, file, by, pictures=pictures)
    except FeedError as problem:
        where = "file" if file is not None and not whole else "address"
        return _start_page(
            request, address, pictures=pictures, whole=whole, problem=str(problem), where=where
        )
    tasks.take_over.enqueue(str(run.pk))
    return redirect("desk_import_run", run_id=run.pk)


def _begun(address: str, file: UploadedFile[Any] | None, by: User, *, pictures: bool) -> ImportRun:
    if file is not None:
        if file.size is None or file.size > _MOST:
            raise FeedError(
                f"Die Datei ist größer als {_MOST // 1_000_000} MB. Teilen Sie den Export auf, zum Beispiel nach Jahren."
            )
        name, kind = str(file.name or "Datei"), str(file.content_type or "")
        return load.start(file.read(), source=name, content_type=kind, by=by, pictures=pictures)
    if not address:
        raise FeedError("Geben Sie die Adresse eines Feeds an oder wählen Sie eine Datei.")
    if not address.startswith(("http://", "https://")):
        raise FeedError("Geben Sie die ganze Adresse mit https:// an.")
    return load.start_from_url(address, by=by, pictures=pictures)


def _start_page(
    request: HttpRequest,
    address: str = "",
    *,
    pictures: bool = True,
    whole: bool = False,
    problem: str = "",
    where: str = "",
) -> HttpResponse:
    field = Field(
        "address",
        "Adresse",
        address,
        "Eines Feeds, zum Beispiel https://www.ihre-kommune.example/feed/ (auf vielen Websites hinter „RSS“), oder der Website selbst.",
        problem if where == "address" else "",
        type="url",
        instead=True,
    )
    runs = ImportRun.objects.filter(subscription=None).select_related("started_by")[:_RUNS]
    context = {
        "runs": [{"run": run, "look": _LOOK[_State(run.state)]} for run in runs],
        "fields": [field],
        "pictures": pictures,
        "whole": whole,
        "problem": problem,
        "where": where,
    }
    return render(request, "desk/import.html", context, status=422 if problem else 200)


def _context(run: ImportRun) -> dict[str, Any]:
    running = run.state in {_State.WAITING, _State.RUNNING}
    laying = tasks.laying_before(str(run.pk))
    releasing = release.releasing(run)
    return {
        "run": run,
        "look": _LOOK[_State(run.state)],
        "running": running,
        "laying": laying,
        "live": running or laying or bool(releasing and releasing.open),
        "numbers": release.numbers(run),
        "releasing": releasing,
        "left": publishing.left_of_bulk(releasing.bulk) if releasing and releasing.left else [],
    }


@require_safe
def live(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The part of the page that moves."""
    run = get_object_or_404(ImportRun, pk=run_id)
    return render(request, "desk/import_live.html", _context(run))


@require_safe
def view(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One run: how far it is, what could not be read, what waits for the release."""
    return show(request, get_object_or_404(ImportRun, pk=run_id))


def old_categories(run: ImportRun, posted: Any = None) -> dict[str, Any]:
    """What the page of a run shows of categories that are not here. Three queries. posted: what stood in the form."""
    rows = [] if run.of_services or run.of_site or run.of_events else categories.undecided(run)
    typed = posted or {}
    return {
        "old_categories": [
            {
                "key": key,
                "name": name,
                "number": number,
                "chosen": typed.get(f"zu-{key}", ""),
                "new": bool(typed.get(f"neu-{key}")),
                "both": bool(typed.get(f"zu-{key}") and typed.get(f"neu-{key}")),
            }
            for key, name, number in rows[:_PER_PAGE]
        ],
        "old_categories_more": max(0, len(rows) - _PER_PAGE),
        "categories": Category.objects.all() if rows else [],
    }


def show(
    request: HttpRequest, run: ImportRun, *, problem: str = "", status: int = 200, posted: Any = None
) -> HttpResponse:
    """The page of a run. posted: what stood in the form about its categories."""
    context = _context(run)
    under_way = context["releasing"] and context["releasing"].open
    asked = Action.IMPORT_RELEASE in access.actions_of(request.user) and not under_way
    waiting = list(release.waiting(run)) if asked else []
    broken = ImportedItem.objects.filter(source_key=run.source_key, state=ImportedItem.State.BROKEN)
    own_way = release.own_way(run)
    apart = [item.pk for item in own_way]
    to_edit = release.items_of(run).filter(reason_de__startswith=NOT_READY).exclude(pk__in=apart)
    context |= (
        old_categories(run, posted)
        | import_site.proposal(run, request.GET.get("vorschlag"))
        | events_import.proposal(run, request.GET.get("vorschlag"))
        | {
            "problem": problem,
            "broken": broken[:_PER_PAGE],
            "broken_more": max(0, run.broken - _PER_PAGE),
            "to_edit": to_edit.select_related("page")[:_PER_PAGE],
            "singly": release.singly(run)[:_PER_PAGE],
            "own_way": own_way[:_PER_PAGE],
            "together": context["numbers"].drafts - len(own_way),
            "taken": Paginator(_taken(run), _PER_PAGE).get_page(request.GET.get("entwuerfe")),
            "waiting": Paginator(waiting, _PER_PAGE).get_page(request.GET.get("seite")) if waiting else None,
            "seen": release.fingerprint(waiting),
        }
    )
    return render(request, "desk/import_run.html", context, status=status)


def _taken(run: ImportRun) -> QuerySet[ImportedItem]:
    """The messages of the run's source, those with remarks first."""
    plain = Case(When(notes=[], then=Value(1)), default=Value(0))
    return release.items_of(run).select_related("page").order_by(plain, "position", "pk")


@require_POST
def stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Asks the run to stop; what was taken over stays."""
    by = access.require(request.user, Action.IMPORT_RUN)
    load.stop(get_object_or_404(ImportRun, pk=run_id), by=by)
    messages.success(request, "Die Übernahme hält an. Was schon übernommen ist, bleibt.")
    return redirect("desk_import_run", run_id=run_id)


@require_POST
def resume(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Goes on where it stopped."""
    by = access.require(request.user, Action.IMPORT_RUN)
    run = get_object_or_404(ImportRun, pk=run_id)
    if not load.resume(run, by=by):
        return show(
            request,
            run,
            problem="Diese Übernahme lässt sich nicht fortsetzen: Ihre Datei ist nicht mehr da. Bitte beginnen Sie neu.",
            status=409,
        )
    tasks.take_over.enqueue(str(run.pk))
    return redirect("desk_import_run", run_id=run_id)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Asks whether to, then lays all drafts before the municipality, in the background."""
    by = access.require(request.user, Action.MESSAGE_SUBMIT)
    run = get_object_or_404(ImportRun, pk=run_id)
    laying = tasks.laying_before(str(run.pk))
    if request.method != "POST":
        own_way = release.own_way(run)
        drafts = release.numbers(run).drafts - len(own_way)
        held = release.held(run, most=_LOOKED_INTO) if drafts <= _LOOKED_INTO else []
        if laying or not drafts:
            return redirect("desk_import_run", run_id=run_id)
        stays = {item.pk for item in [*own_way, *(item for item, _why in held)]}
        remarked = [item for item in _remarked(run) if item.pk not in stays]
        context = {
            "run": run,
            "drafts": drafts - len(held),
            "all": drafts,
            "held": held,
            "own_way": own_way[:_PER_PAGE],
            "remarked": remarked[:_PER_PAGE],
            "number": len(remarked),
            "more": max(0, len(remarked) - _PER_PAGE),
        }
        return render(request, "desk/import_submit.html", context)
    if not laying:
        tasks.lay_before.enqueue(str(run.pk), str(by.pk), reverse("desk_import_run", args=[run.pk]))
    messages.success(request, f"Die {run.many} werden zur Freigabe gegeben. Die Kommune erhält eine E-Mail.")
    return redirect("desk_import_run", run_id=run_id)


def _remarked(run: ImportRun) -> list[ImportedItem]:
    """Drafts that would be laid before the municipality although the import has something to say about them."""
    found = {item.object_key: item for item in release.items_of(run).exclude(notes=[]).select_related("page")}
    begun = publishing.ReleaseRequest.objects.filter(
        object_key__in=list(found), state__in=["open", "released"]
    )
    gone = set(begun.values_list("object_key", flat=True))
    return [item for key, item in found.items() if key not in gone]


@require_POST
def release_all(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Begins to release exactly the list that was shown, for the website alone; a job carries it out."""
    by = access.require(request.user, Action.IMPORT_RELEASE)
    run = get_object_or_404(ImportRun, pk=run_id)
    here = reverse("desk_import_run", args=[run.pk])
    under_way = release.releasing(run)
    if under_way and under_way.open:  # a second click
        return redirect(here)
    try:
        release.release_all(
            run, by=by, seen=request.POST.get("seen", ""), second_factor=second_factor.used(request)
        )
    except publishing.NotAccepted as problem:
        return show(request, run, problem=str(problem), status=409)
    except PermissionDenied as problem:
        return show(request, run, problem=str(problem), status=403)
    messages.success(
        request, "Die Freigabe läuft. Sie können diese Seite verlassen, es geht auch ohne Sie weiter."
    )
    return redirect(here)


@require_POST
def stop_releasing(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Halts the release of a list; what is released stays so, the rest waits again."""
    by = access.require(request.user, Action.IMPORT_RELEASE)
    run = get_object_or_404(ImportRun, pk=run_id)
    if release.stop_releasing(run, by=by):
        messages.success(request, "Die Freigabe ist angehalten. Was nicht freigegeben ist, wartet weiter.")
    return redirect("desk_import_run", run_id=run_id)
