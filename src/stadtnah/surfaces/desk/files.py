"""The library of documents: what there is, what is wrong with it, and the way in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Collection

from stadtnah.kernel import media
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import rights_words
from stadtnah.surfaces.website.documents.models import TownDocument

_PER_PAGE = 25
_FAULTS = {
    "untagged": "nicht barrierefrei (ohne Tags)",
    "no-title": "ohne Titel",
    "no-language": "ohne Sprache",
    "author": "nennt Verfasser",
    "attachment": "mit Anhängen",
}


@require_http_methods(["GET", "HEAD", "POST"])
def files_list(request: HttpRequest) -> HttpResponse:
    """All documents, the newest first; a new one comes in above them."""
    access.require(request.user, Action.MEDIA_EDIT)
    refused = ""
    title = request.POST.get("title", "").strip()[:200]
    if request.method == "POST":
        refused = _take(request, title)
        if not refused:
            return redirect("desk_files")
    words = request.GET.get("q", "").strip()[:80]
    found: Any = TownDocument.objects.order_by("-created_at", "-pk")
    if words:
        found = found.filter(title__icontains=words)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("seite"))
    standings = rights_words.standings(row.sha256 for row in page.object_list if row.as_content().is_video)
    rows = [
        {
            "document": row,
            "standing": standings.get(row.sha256),
            "file": row.as_content(),
            "faults": [_FAULTS[code] for code in row.faults if code in _FAULTS],
        }
        for row in page.object_list
    ]
    shown = {"rows": rows, "page": page, "words": words, "refused": refused, "title": title}
    return render(request, "desk/files.html", shown, status=400 if refused else 200)


def _take(request: HttpRequest, title: str) -> str:
    """Takes the upload in; what is wrong with it in German, "" when nothing is."""
    upload = request.FILES.get("file")
    if upload is None:
        return "Bitte wählen Sie eine Datei aus."
    if (upload.size or 0) > media.MOST_VIDEO_BYTES:
        return (
            f"Die Datei ist zu groß; möglich sind {media.MOST_DOCUMENT_BYTES // 1_000_000} MB, "
            f"bei Videos {media.MOST_VIDEO_BYTES // 1_000_000} MB."
        )
    user, root = access.require(request.user, Action.MEDIA_EDIT), Collection.get_first_root_node()
    try:
        taken = TownDocument.take(
            upload.read(), filename=upload.name or "", title=title, uploaded_by_user=user, collection=root
        )
    except media.MediaError as error:
        return str(error)
    messages.success(
        request,
        f"„{taken.title}“ ist aufgenommen. Öffentlich wird die Datei mit der Freigabe einer Seite, die sie anbietet.",
    )
    return ""


@require_safe
def file(request: HttpRequest, sha256: str) -> FileResponse:
    """A document by its digest, to be looked at in the desk. It is saved, not shown: it comes from outside."""
    del request
    found = TownDocument.objects.filter(sha256=sha256).order_by("pk").first()
    if found is None:
        raise Http404
    try:
        data = media.opened(sha256)
    except media.MediaError as problem:
        raise Http404 from problem
    return FileResponse(
        data,
        as_attachment=True,
        filename=found.name,
        content_type=found.mime,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )
