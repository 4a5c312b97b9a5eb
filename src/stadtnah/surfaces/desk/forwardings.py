"""All forwardings: seen, made by hand or from a file, laid before the municipality."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.text import counted
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.forwarding import edit as work
from stadtnah.surfaces.website.forwarding import files, overview, release
from stadtnah.surfaces.website.forwarding.models import Forwarding

_PER_PAGE = 50
_LONGEST = 2000
_PATH_HELP = "Wie sie früher hieß oder wie sie auf einem Plakat steht, zum Beispiel /rathaus/muell.html. Sie dürfen sie ganz aus dem Browser kopieren."
_TARGET_HELP = "Eine Seite dieser Website, zum Beispiel /dienstleistungen/sperrmuell/, oder eine Adresse, die mit https:// beginnt."
_ELSEWHERE = "Das Ziel liegt außerhalb der Website der Kommune, und das ist gewollt."


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of them, with what is wrong on top of the filter."""
    access.require(request.user, Action.MESSAGE_VIEW)
    words = " ".join(request.GET.get("q", "").split())[:200]
    wanted = request.GET.get("status", "")
    found = overview.overview()
    page = Paginator(overview.matching(found.rows, wanted, words), _PER_PAGE).get_page(
        request.GET.get("seite")
    )
    held = release.held_back()
    may_write = access.can(request.user, Action.MESSAGE_EDIT)
    context: dict[str, Any] = {
        "rows": page.object_list,
        "page": page,
        "words": words,
        "wanted": wanted,
        "filters": [(key, f"{label} ({found.counts.get(key, 0)})") for key, label in overview.FILTERS],
        "found": found,
        "held": held,
        "ready": found.open - len(held),
        "waiting": release.waiting(),
        "status": publishing.status(release.OBJECT_KEY),
        "key": release.KEY,
        "old_site": files.from_old_site(by=None) if may_write else 0,
    }
    return render(request, "desk/forwardings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """One of them: new, or the one whose old address is in the question mark's part."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    if request.method != "POST":
        asked = _plain(request.GET.get("alt", ""))
        known = Forwarding.objects.filter(path=asked).first()
        return _form(request, {"path": asked, "target": known.target if known else ""}, {})
    typed = {name: _plain(request.POST.get(name, "")) for name in ("path", "target")}
    agreed = request.POST.get("elsewhere") == "1"
    try:
        row = work.save(typed["path"], typed["target"], by=by, elsewhere=agreed)
    except work.ForwardingWrong as wrong:
        return _form(request, typed, wrong.problems, agreed=agreed)
    later = " Vorgelegt wird sie, sobald ihr Ziel öffentlich ist." if row.path in release.held_back() else ""
    messages.success(
        request, f"Gespeichert: {row.path}. Öffentlich wird sie erst mit der Freigabe der Kommune.{later}"
    )
    return redirect("desk_forwardings")


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """It shall be no more."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    path = _plain(request.POST.get("path", ""))
    work.remove(path, by=by)
    left = Forwarding.objects.filter(path=path).exists()
    messages.success(
        request, f"{path} fällt mit der nächsten Freigabe weg." if left else f"{path} ist entfernt."
    )
    return redirect("desk_forwardings")


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """It shall stay as the public sees it."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    work.restore(_plain(request.POST.get("path", "")), by=by)
    messages.success(request, "Die Weiterleitung bleibt, wie sie öffentlich ist.")
    return redirect("desk_forwardings")


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """A table with two columns; a report says what became of each line."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    if request.method != "POST":
        return render(request, "desk/forwardings_file.html", {})
    file = request.FILES.get("file")
    agreed = request.POST.get("elsewhere") == "1"
    if file is None:
        return _file_form(request, "Bitte wählen Sie eine Datei aus.", agreed=agreed)
    if (file.size or 0) > files.LARGEST:
        return _file_form(request, "Diese Datei ist zu groß; möglich sind 2 MB.", agreed=agreed)
    try:
        report = files.load(file.read(), by=by, elsewhere=agreed)
    except files.FileWrong as wrong:
        return _file_form(request, str(wrong), agreed=agreed)
    return render(
        request, "desk/forwardings_file.html", {"report": report, "name": file.name, "agreed": agreed}
    )


@require_POST
def from_old_site(request: HttpRequest) -> HttpResponse:
    """The old addresses of what was taken over."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    number = files.from_old_site(by=by)
    messages.success(request, f"{counted(number, 'Weiterleitung', 'Weiterleitungen')} übernommen.")
    return redirect("desk_forwardings")


@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Lays the list before the municipality."""
    by = access.require(request.user, Action.MESSAGE_SUBMIT)
    note = request.POST.get("note", "")[:_LONGEST].strip()
    try:
        laid_before = release.propose(by=by, note=note)
    except publishing.NotAccepted as problem:
        reason = problem.findings[0].text if problem.findings else str(problem)
        messages.error(request, reason)
        return redirect("desk_forwardings")
    if laid_before:
        messages.success(request, "Zur Freigabe gegeben. Die Kommune hat eine E-Mail erhalten.")
    else:
        messages.info(request, "Es gibt nichts vorzulegen: Öffentlich ist schon, was vorgelegt werden kann.")
    return redirect("desk_forwardings")


def _plain(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST]


def _form(
    request: HttpRequest, typed: dict[str, str], problems: dict[str, str], *, agreed: bool = False
) -> HttpResponse:
    chosen = frozenset({"1"}) if agreed else frozenset[str]()
    fields = [
        Field("path", "Alte Adresse", typed.get("path", ""), _PATH_HELP, problems.get("path", ""), required=True),
        Field("target", "Ziel", typed.get("target", ""), _TARGET_HELP, problems.get("target", ""), required=True),
        Field(
            "elsewhere",
            "Fremde Website",
            "",
            "Nur nötig, wenn das Ziel nicht zu Ihrer Website gehört.",
            problems.get("elsewhere", ""),
            type="checks",
            choices=(("1", _ELSEWHERE),),
            chosen=chosen,
        ),
    ]  # fmt: skip
    context = {"fields": fields, "wrong": [field for field in fields if field.problem]}
    return render(request, "desk/forwarding.html", context, status=422 if problems else 200)


def _file_form(request: HttpRequest, problem: str, *, agreed: bool) -> HttpResponse:
    return render(request, "desk/forwardings_file.html", {"problem": problem, "agreed": agreed}, status=422)
