"""A page passed on: its short addresses, and QR codes for posters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.town import api as towns
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.desk.works import work_of
from stadtnah.surfaces.website import qr
from stadtnah.surfaces.website.forwarding import short
from stadtnah.surfaces.website.forwarding.edit import ForwardingWrong
from stadtnah.surfaces.website.forwarding.ground import Ground
from stadtnah.surfaces.website.forwarding.models import Forwarding
from stadtnah.surfaces.website.released import ReleasedPage

_FORMS = {"svg": (qr.svg, "image/svg+xml"), "png": (qr.png, "image/png")}
_HELP = "Zum Beispiel „sperrmuell“. Bleibt das Feld leer, werden es fünf Zeichen."


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The addresses of one page; a new short one."""
    work = work_of(request.user, key)
    row = ReleasedPage.objects.filter(pk=work.object_key, state=ReleasedPage.State.LIVE).first()
    if request.method != "POST":
        return _show(request, work, row, "", "")
    by = access.require(request.user, Action.MESSAGE_EDIT)
    word = request.POST.get("word", "")[:200]
    if row is None:
        return _show(request, work, row, word, "Diese Seite ist noch nicht öffentlich.")
    try:
        made = short.make(word, row.path, by=by)
    except ForwardingWrong as wrong:
        return _show(request, work, row, word, wrong.problems["word"])
    messages.success(
        request,
        f"Gespeichert: {made.path} Öffentlich wird sie, sobald die Kommune die Weiterleitungen freigibt.",
    )
    return redirect("desk_passing_on", key=key)


@require_safe
def code(request: HttpRequest, form: str) -> HttpResponse:
    """The QR code of a public page or a short address of ours, as a file. No other address gets one."""
    access.require(request.user, Action.MESSAGE_VIEW)
    path = request.GET.get("adresse", "")[:400]
    ours = ReleasedPage.objects.filter(path=path, state=ReleasedPage.State.LIVE).exists()
    if form not in _FORMS or not (ours or Forwarding.objects.filter(path=path).exists()):
        raise Http404
    draw, media_type = _FORMS[form]
    response = HttpResponse(draw(towns.base_url() + path), content_type=media_type)
    name = "-".join(path.strip("/").split("/")[-2:]).encode("ascii", "ignore").decode() or "start"
    kept = "".join(sign for sign in name if sign.isalnum() or sign in "-.")[:80]
    how = "inline" if request.GET.get("zeigen") == "1" else "attachment"
    response["Content-Disposition"] = f'{how}; filename="qr-{kept}.{form}"'
    return response


def _show(request: HttpRequest, work: Any, row: ReleasedPage | None, word: str, problem: str) -> HttpResponse:
    released = Ground.now().released
    shorts = short.of_page(row) if row else []
    field = Field("word", "Kurzwort", word, _HELP, problem)
    context = {
        "page": work,
        "path": row.path if row else "",
        "base": qr.shown(towns.base_url()),
        "shorts": [{"path": one.path, "public": released.get(one.path) == one.target} for one in shorts],
        "fields": [field],
        "wrong": [field] if problem else [],
    }
    return render(request, "desk/passing_on.html", context, status=422 if problem else 200)
