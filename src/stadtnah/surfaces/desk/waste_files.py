"""Files with streets and with days of collection: looked through before they are taken."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.text import counted
from stadtnah.services.streets import api as streets
from stadtnah.surfaces.website.mystreet import reading

_NOTHING: Final = "-"  # what somebody says of a title that is no collection
_SHOWN: Final = 40


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The register for a spreadsheet."""
    access.require(request.user, Action.MESSAGE_VIEW)
    text = streets.write_table(streets.streets(), streets.area_names())
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="strassen.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def streets_file(request: HttpRequest) -> HttpResponse:
    """A table of all streets takes the place of the register; wrong lines are named, and then nothing is taken unless that is meant."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    names = streets.area_names()
    example = next(iter(names.values()), "Bezirk 1")
    if request.method != "POST":
        return render(request, "desk/waste_streets_file.html", {"example": example})
    data, _name, problem = _read(request, streets.LARGEST)
    found = None
    if not problem:
        try:
            found = streets.read_table(data, names)
        except streets.TableWrong as wrong:
            problem = str(wrong)
    if found is None or (found.bad and request.POST.get("without") != "1") or not found.streets:
        context = {
            "example": example,
            "problem": problem,
            "found": found,
            "bad": found.bad[:_SHOWN] if found else [],
        }
        return render(request, "desk/waste_streets_file.html", context, status=422)
    before = set(streets.streets())
    streets.set_streets(found.streets, by=by)
    new = set(found.streets)
    said = (
        f"{counted(len(new), 'Straße', 'Straßen')} übernommen: {len(new - before)} neu oder geändert, {len(before - new)} entfallen oder vorher anders."
        " Öffentlich wird es erst mit der Freigabe der Kommune."
    )
    messages.success(request, said)
    return redirect("desk_waste")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar file for an area."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    names = streets.area_names()
    if not names:
        messages.error(request, "Bitte legen Sie zuerst einen Abfuhrbezirk an.")
        return redirect("desk_waste_area")
    if request.method != "POST":
        return render(
            request, "desk/waste_calendar.html", {"names": names, "area": request.GET.get("bezirk", "")}
        )
    area = request.POST.get("area", "")
    wrong = {} if area in names else {"area": "Bitte wählen Sie einen Abfuhrbezirk."}
    data, name, problem = _read(request, reading.LARGEST)
    if problem:
        wrong["file"] = problem
    if not wrong:
        try:
            days, aside = reading.read(data, clock.local(clock.now()).date(), clock.town_zone())
            upload = streets.put(area, name, days, aside, by=by)
        except reading.NotRead as unread:
            wrong["file"] = str(unread)
        except streets.NotKept as unkept:
            wrong.update(unkept.problems)
        else:
            return redirect("desk_waste_preview", upload)
    return render(
        request, "desk/waste_calendar.html", {"names": names, "area": area, "wrong": wrong}, status=422
    )


@require_safe
def preview(request: HttpRequest, upload: UUID) -> HttpResponse:
    """What is in the file, and what taking it would change."""
    access.require(request.user, Action.MESSAGE_EDIT)
    return _preview(request, upload)


@require_POST
def explain(request: HttpRequest, upload: UUID) -> HttpResponse:
    """What titles mean that the program does not know; remembered for every later file."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    found = streets.preview(upload, reading.understand)
    if found is None:
        return _gone(request)
    said = {}
    for number, title in enumerate(found.titles):
        chosen = [key for key in request.POST.getlist(f"titel-{number}") if key]
        if chosen and request.POST.get(f"name-{number}") == title.key:
            said[title.key] = [key for key in chosen if key != _NOTHING]
    streets.explain(said, by=by)
    messages.success(request, "Gemerkt. Das gilt auch für spätere Dateien.") if said else messages.info(
        request, "Sie haben nichts ausgewählt."
    )
    return redirect("desk_waste_preview", upload)


@require_POST
def take(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The days of the file become those of its area."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    try:
        found = streets.take(upload, reading.understand, by=by)
    except streets.NotKept as wrong:
        messages.error(request, str(wrong))
        return (
            redirect("desk_waste_preview", upload) if "titles" in wrong.problems else redirect("desk_waste")
        )
    name = streets.area_names()[found.area]
    messages.success(
        request,
        f"{name}: {counted(len(found.days), 'Termin', 'Termine')} übernommen. Öffentlich wird es erst mit der Freigabe der Kommune.",
    )
    return redirect("desk_waste")


@require_POST
def forget(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Nothing of the file is wanted."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    streets.forget(upload, by=by)
    messages.success(request, "Die Datei ist verworfen; die Termine sind, wie sie waren.")
    return redirect("desk_waste")


def _preview(request: HttpRequest, upload: UUID) -> HttpResponse:
    found = streets.preview(upload, reading.understand)
    if found is None:
        return _gone(request)
    kinds = {kind.key: kind.name for kind in streets.kinds()}
    change = found.difference
    titles = [
        (number, title, ", ".join(kinds[key] for key in streets.KEYS if key in title.kinds))
        for number, title in enumerate(found.titles)
    ]
    context = {
        "found": found,
        "area": streets.area_names()[found.area],
        "kinds": kinds.items(),
        "open": [row for row in titles if row[1].open],
        "known": [row for row in titles if not row[1].open],
        "counts": [(name, found.counts[key]) for key, name in kinds.items() if found.counts.get(key)],
        "moved": [(kinds[one.kind], one.before, one.after) for one in change.moved],
        "new": [(kinds[one.kind], one.day) for one in change.new[:_SHOWN]],
        "gone": [(kinds[one.kind], one.day) for one in change.gone[:_SHOWN]],
        "aside": found.aside[:_SHOWN],
        "shown": _SHOWN,
    }
    return render(request, "desk/waste_preview.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, "Diese Datei ist nicht mehr da. Bitte laden Sie sie noch einmal hoch.")
    return redirect("desk_waste_calendar")


def _read(request: HttpRequest, largest: int) -> tuple[bytes, str, str]:
    """The bytes of the file and its name, or why there are none."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return b"", "", "Bitte wählen Sie eine Datei aus."
    if (file.size or 0) > largest:
        return b"", "", f"Diese Datei ist zu groß; möglich sind {largest // 1_000_000} MB."
    return file.read(), file.name or "", ""
