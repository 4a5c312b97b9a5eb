"""What the desk's lists of written pages have in common: searched by title, each with where it stands, and the way to an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import corrections
from stadtnah.surfaces.website.addresses import sort_key

_PER_PAGE = 50
_LONGEST = 80  # characters that are searched for


@dataclass(frozen=True, slots=True)
class Home:
    """The list of the desk in which a page stands: the name of its address, and the words of the way back to it."""

    name: str
    label: str


_PAGES = Home("desk_pages", "Zurück zu den Seiten")
_BLOG = Home("desk_blog", "Zurück zum Blog")
_EVENTS = Home("desk_events", "Zurück zu den Veranstaltungen")
_OFFICES = Home("desk_offices", "Zurück zu Ämtern und Orten")
# The CMS's templates know the type of a page that is still to be made by its name alone.
_HOMES = {
    "messagepage": Home("desk_messages", "Zurück zu den Meldungen"),
    "servicepage": Home("desk_services", "Zurück zu den Dienstleistungen"),
    **dict.fromkeys(("blogentrypage", "blogseriespage", "blogindexpage"), _BLOG),
    **dict.fromkeys(("eventpage", "eventindexpage"), _EVENTS),
    **dict.fromkeys(("officepage", "placepage", "personpage"), _OFFICES),
}


_NEW = {
    "messagepage": "Neue Meldung",
    "servicepage": "Neue Dienstleistung",
    "blogentrypage": "Neuer Beitrag",
    "blogseriespage": "Neue Reihe",
    "eventpage": "Neue Veranstaltung",
    "officepage": "Neues Amt",
    "placepage": "Neuer Ort",
    "personpage": "Neue Person",
}


def new_name(model_name: str) -> str:
    """What a page of this type is called until it has a title."""
    return _NEW.get(model_name, "Neue Seite")


def of(model_name: str | None) -> Home:
    """The list in which pages of this type stand."""
    return _HOMES.get(model_name or "", _PAGES)


def newest(request: HttpRequest, pages: Any, around: Iterable[Any] = ()) -> dict[str, Any]:
    """For a template: "rows" of these pages, the newest first, and of what stands "around" them; "page" of the list, "words" searched for."""
    words = _words(request)
    page = Paginator(_searched(pages.order_by("-pk"), words), _PER_PAGE).get_page(request.GET.get("seite"))
    shown = list(page.object_list)
    rows = with_states([*shown, *around])
    return {"rows": rows[: len(shown)], "around": rows[len(shown) :], "page": page, "words": words}


def by_name(request: HttpRequest, pages: Any, *also: str) -> dict[str, Any]:
    """As `newest`, in the order of the alphabet; searched in the fields `also`, too.

    No database here sorts as Germans do; there are hundreds of them, not thousands.
    """
    words = _words(request)
    found = _searched(pages.order_by("pk"), words, *also).values_list("title", "pk")
    names = sorted(found, key=lambda row: (sort_key(row[0]), row[1]))
    page = Paginator([pk for _title, pk in names], _PER_PAGE).get_page(request.GET.get("seite"))
    shown = pages.in_bulk(list(page.object_list))
    return {"rows": with_states(shown[pk] for pk in page.object_list), "page": page, "words": words}


def with_states(pages: Iterable[Any]) -> list[dict[str, Any]]:
    """Each "page" with its "status", and the word for what is "in_work" since."""
    shown = list(pages)
    states = publishing.statuses([one.object_key for one in shown])
    words = corrections.in_work(shown, states)
    return [
        {"page": one, "status": states[one.object_key], "in_work": words[one.object_key]} for one in shown
    ]


def to_empty(request: HttpRequest, kind: Any, place: Callable[[], Any]) -> HttpResponse:
    """Straight to an empty page below `place`, which raises ValueError with a German sentence where that is missing."""
    access.require(request.user, Action.MESSAGE_EDIT)
    try:
        parent = place()
    except ValueError as problem:
        messages.error(request, str(problem))
        return redirect("desk_home")
    return redirect(to_add(kind, parent))


def to_add(kind: Any, parent: Any) -> str:
    """The address of the editor with an empty page of this kind."""
    meta = kind._meta  # noqa: SLF001 - Django's public way to its names
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk])


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:_LONGEST]


def _searched(pages: Any, words: str, *also: str) -> Any:
    if not words:
        return pages
    wanted = Q(title__icontains=words)
    for name in also:
        wanted |= Q(**{f"{name}__icontains": words})
    return pages.filter(wanted)
