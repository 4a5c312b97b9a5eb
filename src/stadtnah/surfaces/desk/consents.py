"""The register of consents: for the municipality and its data protection officer."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import Consent, Scan
from stadtnah.kernel.text import cell
from stadtnah.kernel.vault import VaultError
from stadtnah.surfaces.desk import rights_forms, rights_words
from stadtnah.surfaces.desk.rights import consent_row
from stadtnah.surfaces.website import rights_mails
from stadtnah.surfaces.website.images import TownImage

_PER_PAGE = 50
_MOST_PICTURES = 10
_SCANS = Prefetch("scans", Scan.objects.defer("sealed"))
FILTERS = (("", "Alle"), ("soon", "Läuft bald ab"), ("ended", "Abgelaufen oder widerrufen"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All consents by name."""
    access.require(request.user, Action.CONSENTS_VIEW)
    words, wanted = request.GET.get("q", "").strip()[:80], request.GET.get("status", "")
    rows = Consent.objects.select_related("person").prefetch_related("pictures", _SCANS)
    if words:
        rows = rows.filter(Q(person__name__icontains=words) | Q(person__contact__icontains=words))
    day = rights.today()
    over = Q(revoked_at__isnull=False) | Q(until__lt=day)
    if wanted == "ended":
        rows = rows.filter(over)
    elif wanted == "soon":
        rows = rows.exclude(over).filter(until__lte=day + rights.SOON)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("seite"))
    shown = {
        "rows": [consent_row(row) for row in page.object_list],
        "page": page,
        "words": words,
        "filters": FILTERS,
        "wanted": wanted,
        "pictures": _pictures(words),
    }
    return render(request, "desk/consents.html", shown)


def _pictures(words: str) -> list[dict[str, Any]]:
    """The newest, or those so called: whoever keeps consents need not keep pictures."""
    rows = list(TownImage.objects.filter(title__icontains=words).order_by("-created_at")[:_MOST_PICTURES])
    standings = rights_words.standings(row.sha256 for row in rows)
    return [{"image": row, "standing": standings[row.sha256]} for row in rows]


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """All of it for the data protection officer; that it was taken along is logged."""
    user = access.require(request.user, Action.CONSENTS_VIEW)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="einwilligungen.csv"'
    response.write("\ufeff")  # else a spreadsheet takes the umlauts for something else
    out = csv.writer(response, delimiter=";")
    out.writerow(
        ["Person", "Alter", "E-Mail", "Erteilt", "Erteilt am", "Gilt für", "Gilt bis", "Widerrufen", "Nachweise (SHA-256)", "Bilder"]
    )  # fmt: skip
    rows = Consent.objects.select_related("person").prefetch_related("pictures", _SCANS)
    titles = rights_mails.titles()
    out.writerows([cell(text) for text in _cells(row, titles)] for row in rows)
    audit.record("consents.exported", actor=user, data={"rows": len(rows)})
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One consent: what was given, its files, the pictures that rest on it."""
    user = access.require(request.user, Action.CONSENTS_VIEW)
    row = get_object_or_404(Consent.objects.select_related("person"), pk=consent_id)
    form = rights_forms.of_consent(row)
    if request.method == "POST":
        user = access.require(request.user, Action.CONSENTS_EDIT)
        form = rights_forms.posted(request, *rights_forms.CONSENT)
        given = rights_forms.read_consent(form)
        if given:
            said = {name: form.typed[name] for name in ("name", "contact")}
            try:
                rights.correct(row, given, child=form.typed["age"] == "child", by=user, **said)
            except ValueError as problem:
                messages.error(request, str(problem))
            else:
                messages.success(request, "Die Einwilligung ist gespeichert.")
            return redirect("desk_consent", row.pk)
    fields = rights_forms.consent_fields(form)
    digests = list(row.pictures.values_list("pk", flat=True))
    titles = rights_mails.titles(digests)
    shown = {
        **(stand := consent_row(row)),
        "row": stand,
        "fields": fields,
        "wrong": [one for one in fields if one.problem],
        "scans": row.scans.select_related("by").defer("sealed"),
        "pictures": [{"sha256": one, "title": titles.get(one, "Bild (gelöscht)")} for one in digests],
        "can_edit": access.can(user, Action.CONSENTS_EDIT) and row.revoked_at is None,
    }
    return render(request, "desk/consent.html", shown, status=422 if form.wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Asks once, with what will happen, then it holds."""
    user = access.require(request.user, Action.CONSENTS_VIEW)
    row = get_object_or_404(Consent.objects.select_related("person"), pk=consent_id)
    if request.method != "POST":
        number = row.pictures.count()
        return render(request, "desk/consent_revoke.html", {"consent": row, "number": number})
    rights.revoke(row, by=user)
    messages.success(request, "Der Widerruf ist festgehalten. Die Bilder verschwinden jetzt von der Website.")
    return redirect("desk_consent", row.pk)


@require_POST
def add_scan(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One more file."""
    user = access.require(request.user, Action.CONSENTS_EDIT)
    row, upload = get_object_or_404(Consent, pk=consent_id), request.FILES.get("file")
    data = upload.read(rights.MAX_SCAN + 1) if upload else b""
    problem = rights.scan_problem(data) if upload else "Bitte wählen Sie eine Datei aus."
    if problem or upload is None:
        messages.error(request, problem)
    else:
        rights.keep_scan(row, data, filename=upload.name or "", by=user)
        messages.success(request, "Der Nachweis ist verschlüsselt aufgenommen.")
    return redirect("desk_consent", row.pk)


@require_safe
def scan(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """The file itself, to be saved; that somebody took it is logged."""
    user = access.require(request.user, Action.CONSENTS_VIEW)
    found = get_object_or_404(Scan, pk=scan_id)
    try:
        data = rights.opened_scan(found, by=user)
    except VaultError as problem:
        messages.error(request, str(problem))
        return redirect("desk_consent", found.consent_id)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="einwilligung.{found.name.rpartition(".")[2]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(row: Consent, titles: dict[str, str]) -> list[str]:
    revoked = f"{clock.local(row.revoked_at):%d.%m.%Y %H:%M}" if row.revoked_at else ""
    return [
        row.person.name,
        "Kind" if row.person.child else "erwachsen",
        row.person.contact,
        row.get_how_display(),
        f"{row.given_on:%d.%m.%Y}",
        ", ".join(label for value, label in rights.USES if value in row.uses),
        f"{row.until:%d.%m.%Y}" if row.until else "ohne Ende",
        revoked,
        " ".join(scan.sha256 for scan in row.scans.all()),
        ", ".join(titles.get(picture.pk, picture.pk[:12]) for picture in row.pictures.all()),
    ]
