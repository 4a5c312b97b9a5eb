"""Streets and days of collection: areas, the register, words for the kinds, all of it laid before the municipality."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.services.streets import api as streets
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.addresses import plain_slug, sort_key
from stadtnah.surfaces.website.mystreet import release

_LONGEST: Final = 2000
_PER_PAGE: Final = 100


def plain(text: str) -> str:
    """What was typed, in one line and of a length that can be shown again."""
    return " ".join(text.replace("\0", "").split())[:_LONGEST]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The areas with their years, the streets, what is to be released."""
    access.require(request.user, Action.MESSAGE_VIEW)
    wanted, public = streets.wanted(), streets.released()
    per_area = Counter(one.area for street in wanted.streets for one in street.stretches)
    years = sorted({year for area in wanted.areas for year in area.years})
    rows = [
        (area, per_area[area.code], [(year, sum(one.day.year == year for one in area.collections)) for year in years])
        for area in wanted.areas
    ]  # fmt: skip
    waiting = release.waiting()
    changed = wanted != public
    context = {
        "rows": rows,
        "years": years,
        "streets": len(wanted.streets),
        "split": sum(len(street.stretches) > 1 for street in wanted.streets),
        "waiting": waiting,
        "status": publishing.status(release.OBJECT_KEY),
        "key": release.KEY,
        "changes": release.summary(public, wanted) if changed else [],
        "ready": changed and not (waiting and release.laid_before()),
        "is_public": bool(public.areas),
        "pending": streets.pending(),
    }
    return render(request, "desk/waste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest) -> HttpResponse:
    """A new area, or another name for the one in the question mark's part."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    known = streets.area_names()
    code = request.GET.get("bezirk", "")
    if code and code not in known:
        messages.error(request, "Diesen Abfuhrbezirk gibt es nicht mehr.")
        return redirect("desk_waste")
    if request.method != "POST":
        return _area_form(request, code, known.get(code, ""), "")
    name = plain(request.POST.get("name", ""))
    try:
        if code:
            streets.rename_area(code, name, by=by)
        else:
            streets.add_area(plain_slug(name), name, by=by)
    except streets.NotKept as wrong:
        return _area_form(request, code, name, wrong.problems["name"])
    messages.success(request, f"Gespeichert: {name}. Öffentlich wird es erst mit der Freigabe der Kommune.")
    return redirect("desk_waste")


def _area_form(request: HttpRequest, code: str, name: str, problem: str) -> HttpResponse:
    text = "Wie ihn die Bürgerinnen und Bürger kennen, zum Beispiel „Bezirk 1“. Die Adresse im Netz entsteht daraus und bleibt."
    field = Field("name", "Name", name, text, problem, required=True)
    context = {"fields": [field], "wrong": [field] if problem else [], "code": code, "name": name}
    return render(request, "desk/waste_area.html", context, status=422 if problem else 200)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """An area that no street belongs to goes."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    code = plain(request.POST.get("bezirk", ""))
    name = streets.area_names().get(code, code)
    try:
        streets.remove_area(code, by=by)
    except streets.NotKept as wrong:
        messages.error(request, wrong.problems["name"])
        return redirect("desk_waste")
    messages.success(request, f"{name} ist entfernt. Öffentlich fällt er mit der nächsten Freigabe weg.")
    return redirect("desk_waste")


@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: HttpRequest) -> HttpResponse:
    """Name and advice of each kind, in the town's own words."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    known = {kind.key: (kind.name, kind.advice) for kind in streets.kinds()}
    problems: dict[str, str] = {}
    if request.method == "POST":
        known = {
            key: (plain(request.POST.get(f"name-{key}", "")), plain(request.POST.get(f"advice-{key}", "")))
            for key in streets.KEYS
        }
        try:
            streets.set_words(known, by=by)
        except streets.NotKept as wrong:
            problems = wrong.problems
        else:
            messages.success(request, "Gespeichert. Öffentlich wird es erst mit der Freigabe der Kommune.")
            return redirect("desk_waste")
    usual = {kind.key: kind.name for kind in streets.KINDS}
    groups = [
        (
            usual[key],
            [
                Field(f"name-{key}", "Name", name, "", problems.get(f"name-{key}", ""), required=True),
                Field(f"advice-{key}", "Was zu tun ist", advice, "", problems.get(f"advice-{key}", ""), "textarea", rows=4),
            ],
        )
        for key, (name, advice) in known.items()
    ]  # fmt: skip
    wrong_fields = [field for _name, fields in groups for field in fields if field.problem]
    context = {"groups": groups, "wrong": wrong_fields}
    return render(request, "desk/waste_kinds.html", context, status=422 if problems else 200)


@require_safe
def streets_list(request: HttpRequest) -> HttpResponse:
    """The register, with a search."""
    access.require(request.user, Action.MESSAGE_VIEW)
    words = plain(request.GET.get("q", ""))[:200]
    names = streets.area_names()
    every = sorted(streets.streets(), key=lambda street: (sort_key(street.name), street.district))
    rows = [
        (street, [(one.said, names[one.area]) for one in street.stretches])
        for street in every
        if words.casefold() in street.said.casefold()
    ]
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("seite"))
    context = {"rows": page.object_list, "page": page, "words": words, "number": len(every)}
    return render(request, "desk/waste_streets.html", context)


@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Lays all of it before the municipality."""
    by = access.require(request.user, Action.MESSAGE_SUBMIT)
    note = request.POST.get("note", "").replace("\0", "")[:_LONGEST].strip()
    try:
        laid_before = release.propose(by=by, note=note)
    except publishing.NotAccepted as problem:
        messages.error(request, problem.findings[0].text if problem.findings else str(problem))
        return redirect("desk_waste")
    if laid_before:
        messages.success(request, "Zur Freigabe gegeben. Die Kommune hat eine E-Mail erhalten.")
    else:
        messages.info(request, "Es gibt nichts vorzulegen: Öffentlich ist schon alles, wie es hier steht.")
    return redirect("desk_waste")
