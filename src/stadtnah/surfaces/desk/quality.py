"""The quality of the content: links that lead nowhere, and what is chosen for looking after them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import checks
from stadtnah.surfaces.desk import found
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.desk.works import ids_of
from stadtnah.surfaces.website.kinds import KINDS
from stadtnah.surfaces.website.quality import asking, report, reviews, rules
from stadtnah.surfaces.website.quality.models import Rules

_PER_PAGE = 25
_ASK_HELP = (
    "Etwa einmal in der Woche fragt der Server jede verlinkte Seite, ob es sie noch gibt, höchstens eine Anfrage je Minute an "
    "dieselbe Website. Übertragen werden nur die Adresse der Seite und die Adresse Ihrer Website."
)
_REMIND_HELP = "Höchstens eine Mail in der Woche, an Werktagen, an die Person, die die Seite zuletzt bearbeitet hat. Ist sie nicht mehr da, an alle in der Redaktion der Kommune."
_MONTHS = {str(count): f"alle {count} Monate" if count else "nie" for count in rules.MONTHS}


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Links that lead nowhere, a row for each page."""
    return _report(request, checks.LINKS, "desk/quality_links.html")


@require_safe
def barriers(request: HttpRequest) -> HttpResponse:
    """What keeps somebody from reading a page, a row for each page."""
    return _report(request, checks.ACCESS, "desk/quality_access.html")


def _report(request: HttpRequest, about: Collection[str], template: str) -> HttpResponse:
    user = access.require(request.user, Action.MESSAGE_VIEW)
    words = " ".join(request.GET.get("q", "").split())[:80]
    report.freshen()
    page = Paginator(report.pages(words, about), _PER_PAGE).get_page(request.GET.get("seite"))
    rows = report.rows(list(page.object_list), about)
    editable = ids_of(row.object_key for row in rows) if access.can(user, Action.MESSAGE_EDIT) else {}
    shown = [
        {
            "row": row,
            "kind": kind_name(row.kind),
            "lines": [(line, editor_of(editable.get(row.object_key), line.where)) for line in row.lines],
            "editor": editor_of(editable.get(row.object_key)),
        }
        for row in rows
    ]
    context = {"rows": shown, "page": page, "words": words, "sums": report.sums(), "asking": asking.on()}
    return render(request, template, context)


def kind_name(key: str) -> str:
    """What editors call this kind of page; "" for one that is no more."""
    return str(KINDS[key].page._meta.verbose_name) if key in KINDS else ""  # noqa: SLF001 - Django's public way to its names


def editor_of(pk: int | None, where: str = "") -> str:
    """The address of the editor, at the field when there is one; "" when the page may not or cannot be edited."""
    if pk is None:
        return ""
    field = found.field_of(where)
    return reverse("wagtailadmin_pages:edit", args=[pk]) + (f"#{field}" if field else "")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What the municipality chooses."""
    by = access.require(request.user, Action.TOWN_EDIT)
    if request.method == "POST":
        changed = rules.change(
            ask_others=request.POST.get("ask_others") == "1",
            remind=request.POST.get("remind") == "1",
            months=_months(request),
            by=by,
        )
        reviews.reckon(changed)
        messages.success(request, "Gespeichert.")
        return redirect("desk_quality_settings")
    return render(request, "desk/quality_settings.html", {"fields": _fields(rules.now()), "wrong": []})


def _months(request: HttpRequest) -> dict[str, int]:
    given = {kind.key: request.POST.get(f"monate-{kind.key}", "") for kind in rules.reviewable()}
    return {key: int(text) for key, text in given.items() if text in _MONTHS}


def _fields(chosen: Rules) -> list[Field]:
    rows = [
        _tick(
            "ask_others",
            "Links zu anderen Websites",
            "Prüfen, ob sie noch erreichbar sind",
            _ASK_HELP,
            on=chosen.ask_others,
        ),
        _tick(
            "remind",
            "Erinnerung per Mail",
            "An Seiten erinnern, deren Tag vorbei ist",
            _REMIND_HELP,
            on=chosen.remind,
        ),
    ]
    return rows + [
        Field(
            f"monate-{kind.key}",
            f"Nachsehen: {kind_name(kind.key)}",
            str(rules.in_force(kind.key, chosen)),
            type="select",
            choices=tuple(_MONTHS.items()),
            required=True,
        )
        for kind in rules.reviewable()
    ]


def _tick(name: str, label: str, choice: str, text: str, *, on: bool) -> Field:
    chosen = frozenset({"1"}) if on else frozenset[str]()
    return Field(name, label, "", text, type="checks", choices=(("1", choice),), chosen=chosen)
