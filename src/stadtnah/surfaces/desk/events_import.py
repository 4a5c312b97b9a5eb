"""Events out of files: upload, columns, what is new and what is probably there already, and those of last year."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.moving_in import tasks
from stadtnah.surfaces.website.moving_in.events import last_year, looking
from stadtnah.surfaces.website.moving_in.models import FoundEvent, ImportRun

_PER_PAGE, _RUNS, _TWINS, _BROKEN = 50, 20, 200, 100
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_YEAR: Final = re.compile(r"(?:19[9]|20\d)\d", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The form for a file or an address, and what was taken in before."""
    if request.method != "POST":
        return _start_page(request)
    by = access.require(request.user, Action.IMPORT_RUN)
    address, file = request.POST.get("address", "").strip()[:2000], request.FILES.get("file")
    if problem := _start_problem(address, file):
        return _start_page(request, address, problem, "file" if file is not None else "address")
    if file is not None:
        run = looking.start(source=str(file.name or "Datei"), data=file.read(), by=by)
    else:
        run = looking.start(source=address, data=None, by=by)
    tasks.take_over.enqueue(str(run.pk))
    return redirect("desk_import_run", run_id=run.pk)


def _start_problem(address: str, file: UploadedFile[Any] | None) -> str:
    if file is not None:
        too_large = file.size is None or file.size > events.MAX_BYTES
        most = events.MAX_BYTES // 1_000_000
        return f"Die Datei ist größer als {most} MB. Bitte teilen Sie sie." if too_large else ""
    if not address.startswith(("http://", "https://")):
        return "Wählen Sie eine Datei, oder geben Sie die ganze Adresse mit https:// an."
    return ""


def _start_page(request: HttpRequest, address: str = "", problem: str = "", where: str = "") -> HttpResponse:
    field = Field(
        "address",
        "oder die Adresse eines Kalenders",
        address,
        "Zum Beispiel https://www.verein.example/termine.ics. Sie wird einmal gelesen.",
        problem if where == "address" else "",
        type="url",
        instead=True,
    )
    context = {
        "fields": [field],
        "problem": problem,
        "where": where,
        "runs": ImportRun.objects.filter(kind=looking.KIND, subscription=None).select_related("started_by")[
            :_RUNS
        ],
        "year": last_year.usual_year(),
    }
    return render(request, "desk/events_import.html", context, status=422 if problem else 200)


def proposal(run: ImportRun, page: str | None) -> dict[str, Any]:
    """What the page of a run shows of a file that was read. page: of the list of those that are new."""
    if run.state != ImportRun.State.FOUND or not run.of_events:
        return {}
    found = run.events.all()
    readable = found.filter(reason_de="")
    twins = readable.filter(twin__isnull=False)
    fresh = readable.filter(twin__isnull=True, known=False)
    broken = found.exclude(reason_de="")
    return {
        "found_events": True,
        "columns": _columns(run),
        "column_problem": run.options.get("problem", ""),
        "fields_of_table": events.FIELDS.items(),
        "fresh": Paginator(fresh, _PER_PAGE).get_page(page),
        "known_number": readable.filter(known=True).count(),
        "twins": twins.select_related("twin")[:_TWINS],
        "twins_number": twins.count(),
        "twins_more": max(0, twins.count() - _TWINS),
        "choices": [choice for choice in FoundEvent.Choice.choices if choice[0] != FoundEvent.Choice.COPY],
        "unreadable": broken[:_BROKEN],
        "unreadable_number": broken.count(),
        "unit": run.options.get("unit", "Termin"),
        "subscribes": hasattr(run, "subscription"),
    }


def _columns(run: ImportRun) -> dict[str, Any] | None:
    table = run.options.get("table")
    if not table:
        return None
    head = run.options["head"]
    names: list[str] = next((cells for number, cells in table["rows"] if number == head), [])
    values = [cells for number, cells in table["rows"] if number != head]
    fields = run.options["fields"]
    return {
        "head": head,
        "rows": [
            {
                "number": column + 1,
                "name": names[column] if column < len(names) else "",
                "examples": [cells[column] for cells in values if column < len(cells) and cells[column]][:3],
                "field": fields[column] if column < len(fields) else "",
            }
            for column in range(table["width"])
        ],
    }


@require_POST
def columns(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Takes what each column holds and has the file read anew."""
    by = access.require(request.user, Action.IMPORT_RUN)
    run = get_object_or_404(ImportRun, pk=run_id, kind=looking.KIND)
    width = min(int(run.options.get("table", {}).get("width", 0)), 200)
    fields = [request.POST.get(f"spalte-{number}", "") for number in range(1, width + 1)]
    fields = [field if field in events.FIELDS else "" for field in fields]
    if problem := looking.match(run, fields, head=int(run.options.get("head", 0)), by=by):
        from stadtnah.surfaces.desk import importing  # noqa: PLC0415 - it shows what is proposed here

        run.options |= {"fields": fields, "problem": problem}
        return importing.show(request, run, status=422)
    tasks.take_over.enqueue(str(run.pk))
    return redirect("desk_import_run", run_id=run.pk)


@require_POST
def choose(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Takes what becomes of those that are probably there already, and begins."""
    by = access.require(request.user, Action.IMPORT_RUN)
    run = get_object_or_404(ImportRun, pk=run_id, kind=looking.KIND)
    said = (
        (name.removeprefix("wahl-"), value)
        for name, value in request.POST.items()
        if name.startswith("wahl-")
    )
    choices = {int(place): str(value) for place, value in said if _NUMBER.fullmatch(place)}
    if not looking.choose(run, choices, by=by):
        messages.error(
            request, "Es ist nichts anzulegen: Alles ist schon da oder darüber ist schon entschieden."
        )
        return redirect(reverse("desk_import_run", args=[run.pk]))
    tasks.take_over.enqueue(str(run.pk))
    if subscription := getattr(run, "subscription", None):
        messages.success(
            request, "Abonniert. Neues und Geändertes kommt von jetzt an von selbst als Entwurf."
        )
        return redirect("desk_calendar", calendar_id=subscription.pk)
    return redirect("desk_import_run", run_id=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def from_last_year(request: HttpRequest) -> HttpResponse:
    """Chosen events of a year, once more in the next."""
    by = access.require(request.user, Action.IMPORT_RUN)
    said = request.POST.get("jahr") or request.GET.get("jahr", "")
    year = int(said) if _YEAR.fullmatch(said) else last_year.usual_year()
    problem = ""
    if request.method == "POST":
        chosen = {int(one) for one in request.POST.getlist("seite") if _NUMBER.fullmatch(one)}
        run = last_year.start(year, chosen, by=by)
        if run is not None:
            tasks.take_over.enqueue(str(run.pk))
            return redirect("desk_import_run", run_id=run.pk)
        problem = "Es ist keine Veranstaltung ausgewählt. Bitte setzen Sie mindestens ein Häkchen."
    context = {"year": year, "next": year + 1, "rows": last_year.of_year(year), "problem": problem}
    return render(request, "desk/events_last_year.html", context, status=422 if problem else 200)
