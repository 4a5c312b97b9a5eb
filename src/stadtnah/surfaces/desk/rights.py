"""Rights in a picture or film: the licence for whoever keeps the pictures, the people for the municipality alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, MediaRights
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import rights_forms, rights_words
from stadtnah.surfaces.desk.works import key_of
from stadtnah.surfaces.website import takedown
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.images import TownImage

_MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
def of_medium(request: HttpRequest, sha256: str) -> HttpResponse:
    """What is known of it. The licence is changed here; people have pages of their own."""
    medium = medium_of(sha256)
    row = MediaRights.objects.prefetch_related("consents__person").filter(pk=sha256).first()
    form = rights_forms.of_licence(row)
    if request.method == "POST":
        user = access.require(request.user, Action.MEDIA_EDIT)
        form = rights_forms.posted(request, *rights_forms.LICENCE)
        said = rights_forms.read_licence(form)
        if not form.wrong:
            rights.licence(sha256, said, by=user)
            messages.success(request, "Die Rechte am Bild sind gespeichert.")
            return redirect("desk_rights", sha256)
    consents = list(row.consents.all()) if row else []
    fields = rights_forms.licence_fields(form, people=bool(consents))
    shown = {
        "medium": medium,
        "row": row,
        "standing": rights_words.standing(rights.of(row)),
        "fields": fields,
        "wrong": [one for one in fields if one.problem],
        "consents": [consent_row(one) for one in consents],
        **_where(sha256),
    }
    return render(request, "desk/rights.html", shown, status=422 if form.wrong else 200)


@require_POST
def end_licence(request: HttpRequest, sha256: str) -> HttpResponse:
    """Whoever made it took the right back."""
    user = access.require(request.user, Action.MEDIA_EDIT)
    medium_of(sha256)
    rights.end_licence(sha256, by=user)
    messages.success(request, "Das Nutzungsrecht ist beendet. Das Bild darf nicht mehr verwendet werden.")
    return redirect("desk_rights", sha256)


@require_http_methods(["GET", "HEAD", "POST"])
def new_consent(request: HttpRequest, sha256: str) -> HttpResponse:
    """Somebody on it said yes: a new entry, or one there is already."""
    user = access.require(request.user, Action.CONSENTS_EDIT)
    medium = medium_of(sha256)
    form, refused = rights_forms.of_consent(None), ""
    if request.method == "POST":
        form = rights_forms.posted(request, *rights_forms.CONSENT)
        given = rights_forms.read_consent(form)
        upload = request.FILES.get("file")
        data = upload.read(rights.MAX_SCAN + 1) if upload else None
        refused = rights.scan_problem(data) if data is not None else ""
        if given and not refused:
            person = rights.Person(
                name=form.typed["name"],
                child=form.typed["age"] == "child",
                contact=form.typed["contact"],
            )
            made = rights.consent(sha256, person, given, by=user)
            if upload and data:
                rights.keep_scan(made, data, filename=upload.name or "", by=user)
            messages.success(request, "Die Einwilligung ist festgehalten.")
            return redirect("desk_rights", sha256)
    fields = rights_forms.consent_fields(form)
    words = request.GET.get("q", "").strip()[:80]
    shown = {
        "medium": medium,
        "fields": fields,
        "wrong": [one for one in fields if one.problem],
        "refused": refused,
        "words": words,
        "found": _found(words, sha256),
    }
    return render(request, "desk/consent_new.html", shown, status=422 if form.wrong or refused else 200)


@require_POST
def attach(request: HttpRequest, sha256: str, consent_id: UUID) -> HttpResponse:
    """A consent that is there already is for this one, too."""
    user = access.require(request.user, Action.CONSENTS_EDIT)
    medium_of(sha256)
    rights.attach(sha256, get_object_or_404(Consent, pk=consent_id), by=user)
    messages.success(request, "Die Einwilligung gilt jetzt auch für dieses Bild.")
    return redirect("desk_rights", sha256)


@require_POST
def detach(request: HttpRequest, sha256: str, consent_id: UUID) -> HttpResponse:
    """The person is not on it after all."""
    user = access.require(request.user, Action.CONSENTS_EDIT)
    row = get_object_or_404(Consent, pk=consent_id, pictures=sha256)
    try:
        rights.detach(sha256, row, by=user)
    except ValueError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Der Eintrag ist von diesem Bild gelöst.")
    return redirect("desk_rights", sha256)


def medium_of(sha256: str) -> dict[str, Any]:
    """The picture or film with these bytes: title, address in the desk, whether it can be shown. Raises Http404."""
    image = TownImage.objects.filter(sha256=sha256).order_by("pk").first() if sha256 else None
    if image:
        place = reverse("desk_image", args=[image.pk])
        return {"sha256": sha256, "title": image.title, "place": place, "picture": image}
    document = TownDocument.objects.filter(sha256=sha256).order_by("pk").first() if sha256 else None
    if document is None:
        raise Http404
    return {"sha256": sha256, "title": document.title, "place": reverse("desk_files"), "picture": None}


def consent_row(consent: Consent) -> dict[str, Any]:
    """A consent as lists show it; person and scans are read already."""
    grant, day = consent.grant(), rights.today()
    return {
        "consent": consent,
        "uses": [label for value, label in rights.USES if value in consent.uses],
        "ended": grant.ended(day),
        "soon": not grant.ended(day) and bool(grant.until and grant.until - day <= rights.SOON),
    }


def _where(sha256: str) -> dict[str, Any]:
    """Which public pages were released with it, whether they show it, and which posts do."""
    pages = list(takedown.showing([sha256]).order_by("-updated_at")[:_MOST_FOUND])
    names = {row.pk: row.content["title"] for row in pages}
    posts = [
        {"post": post, "title": names[post.object_key], "key": key_of(post.object_key)}
        for post in publishing.posts_with(names, sha256)
    ]
    shown = [{"title": names[row.pk], "path": row.path, "gone": sha256 in row.withheld} for row in pages]
    return {"pages": shown, "posts": posts}


def _found(words: str, sha256: str) -> list[dict[str, Any]]:
    if not words:
        return []
    rows = Consent.objects.filter(person__name__icontains=words, revoked_at=None).exclude(pictures=sha256)
    return [consent_row(row) for row in rows.select_related("person")[:_MOST_FOUND]]
