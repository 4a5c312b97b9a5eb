"""The pages that stay: first page, imprint, contact. Written in the editor, released like a message."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import changed, page_lists
from stadtnah.surfaces.desk.works import staying
from stadtnah.surfaces.website import cms_order, founding
from stadtnah.surfaces.website.legal import state as legal
from stadtnah.surfaces.website.membersites.models import MemberSitePage
from stadtnah.surfaces.website.models import HomePage, ServicePage, StandardPage
from stadtnah.surfaces.website.pages import TreePage
from stadtnah.surfaces.website.pagetypes.models import GlossaryPage, ProjectPage, SectionPage
from stadtnah.surfaces.website.press.models import PressPage
from stadtnah.surfaces.website.relocating import release as relocating

_DIGITS = 9  # of a page's number; more is nonsense


@require_safe
def pages_list(request: HttpRequest) -> HttpResponse:
    """All of them in the order of the site, each with where it stands."""
    access.require(request.user, Action.MESSAGE_VIEW)
    pages: list[Any] = sorted(
        (page for kind in staying() for page in cms_order.of_type(kind)), key=lambda page: str(page.path)
    )
    _know_their_parents(pages)
    moving = relocating.waiting()
    generated = {one.page_uuid: one for one in legal.states() if one.page_uuid}
    may_write = access.can(request.user, Action.MESSAGE_EDIT)
    rows = [
        {
            **row,
            "depth": page.depth,
            "kind": page._meta.verbose_name,  # noqa: SLF001 - Django's public way to its names
            "generated": generated.get(page.uuid),
            "nested": may_write and isinstance(page, (TreePage, MemberSitePage)),
            "moving": moving.get(page.object_key),
            "moves": may_write and isinstance(page, TreePage),
        }
        for page, row in zip(pages, page_lists.with_states(pages), strict=True)
    ]
    waiting = changed.count() if access.can(request.user, Action.MESSAGE_SUBMIT) else 0
    return render(request, "desk/site_pages.html", {"rows": rows, "changed": waiting})


def _know_their_parents(pages: list[Any]) -> None:
    """Each would ask for the page above it, to say its address; those are all in this list."""
    there = {page.path: page for page in pages}
    for page in pages:
        if parent := there.get(page.path[: -page.steplen]):
            page._cached_parent_obj = parent  # noqa: SLF001 - where treebeard keeps what `get_parent` found


# What a new page can be, with what it is for.
_TYPES: tuple[tuple[Any, str], ...] = (
    (StandardPage, "Leer: Text, Bilder und alle Bausteine."),
    (SectionPage, "Einstieg in ein Thema; zeigt ihre Unterseiten von selbst als Karten."),
    (ProjectPage, "Vorhaben der Kommune mit Stand, Zeitplan und Kontakt; die Gliederung ist schon da."),
    (
        PressPage,
        "Pressemitteilungen von selbst, dazu Pressemappe und Kontakt für Redaktionen; unter /presse/.",
    ),
    (
        MemberSitePage,
        "Eigener Auftritt eines Ortsteils oder einer Mitgliedsgemeinde: Startseite, Farben, Wappen und Menü; mit Unterseiten.",
    ),
    (GlossaryPage, "Begriffe der Verwaltung von A bis Z; andere Seiten verlinken sie von selbst."),
)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """What the new page shall be; below the first page, or below another („unter“)."""
    access.require(request.user, Action.MESSAGE_EDIT)
    below = request.GET.get("unter", "")
    parent: Any = (
        Page.objects.filter(pk=int(below)).first() if below.isdecimal() and len(below) <= _DIGITS else None
    )
    parent = parent.specific if parent else HomePage.objects.first()
    if parent is None:
        messages.error(
            request, "Es fehlt die Startseite. Bitte wenden Sie sich an die Verwaltung des Systems."
        )
        return redirect("desk_home")
    choices = [
        {"label": kind.get_verbose_name(), "text": text, "url": page_lists.to_add(kind, parent)}
        for kind, text in _TYPES
        if kind.can_create_at(parent)
    ]
    return render(request, "desk/page_new.html", {"choices": choices, "parent": parent})


@require_safe
def services_list(request: HttpRequest) -> HttpResponse:
    """The services by name, each with where it stands; searched by title and other names."""
    access.require(request.user, Action.MESSAGE_VIEW)
    context = page_lists.by_name(request, ServicePage.objects.all(), "other_names")
    return render(request, "desk/services.html", context)


@require_safe
def service_new(request: HttpRequest) -> HttpResponse:
    """Straight to an empty service."""
    return page_lists.to_empty(request, ServicePage, founding.service_place)
