"""Events passed on from the desk: the programme as PDF and DOCX, and as the draft of a message for the newsletter.

Both are made of released events alone. The draft is a message like any other: it leaves with a release of its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtnah.kernel import apart, clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town.api import town
from stadtnah.services.events import api as events
from stadtnah.surfaces.desk.forms import Field
from stadtnah.surfaces.website.calendar import coming
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.moving_in.drafts import free_slug
from stadtnah.surfaces.website.pages import MessagePage, NewsIndexPage

_LONGEST: Final = timedelta(days=366)
_USUAL: Final = timedelta(days=28)


@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest) -> HttpResponse:
    """The form; with it a file or a draft."""
    access.require(request.user, Action.MESSAGE_VIEW)
    today = clock.local(clock.now()).date()
    if request.method != "POST":
        return _show(
            request, {"von": today.isoformat(), "bis": (today + _USUAL).isoformat()}, frozenset(), {}
        )
    typed = {name: request.POST.get(name, "")[:20].strip() for name in ("von", "bis", "texte")}
    categories = frozenset(request.POST.getlist("rubriken"))
    first, last, wrong = _period(typed)
    if wrong or first is None or last is None:
        return _show(request, typed, categories, wrong)
    made = _made(first, last, categories, texts=bool(typed["texte"]))
    if not made.sections:
        wrong = {
            "von": "In dieser Zeit ist keine freigegebene Veranstaltung. Bitte wählen Sie andere Tage oder Rubriken."
        }
        return _show(request, typed, categories, wrong)
    if request.POST.get("do") == "message":
        return _as_message(request, first, last, categories)
    return _as_file(request, made, _form(request.POST), typed, categories)


def _form(posted: QueryDict) -> str:
    return "docx" if posted.get("do") == "docx" else "pdf"


def _period(typed: dict[str, str]) -> tuple[date | None, date | None, dict[str, str]]:
    """(first, last, what is wrong by field)."""
    found: dict[str, date | None] = {}
    wrong = {}
    for name in ("von", "bis"):
        try:
            found[name] = date.fromisoformat(typed[name])
        except ValueError:
            found[name] = None
            wrong[name] = "Bitte geben Sie einen Tag an, zum Beispiel 24.12.2026."
    first, last = found["von"], found["bis"]
    if first and last and last < first:
        wrong["bis"] = "Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide."
    elif first and last and last - first > _LONGEST:
        wrong["bis"] = "Das ist mehr als ein Jahr. Bitte wählen Sie einen kürzeren Zeitraum."
    return first, last, wrong


def _chosen(first: date, last: date, categories: frozenset[str]) -> list[coming.Coming]:
    """Of all categories when none is named."""
    found = (
        [one for one in coming.choices() if one.category in categories] if categories else [coming.EVERYTHING]
    )
    return [one for one in coming.between(first, last) if any(choice.takes(one) for choice in found)]


def _made(first: date, last: date, categories: frozenset[str], *, texts: bool) -> events.Programme:
    dates = [when for one in _chosen(first, last, categories) for when in one.dates]
    return events.programme(dates, first, last, town=town().short_name, zone=clock.town_zone(), texts=texts)


def _as_file(
    request: HttpRequest, made: events.Programme, form: str, typed: dict[str, str], categories: frozenset[str]
) -> HttpResponse:
    try:
        data = events.printed(made, form)
    except apart.ApartError:
        messages.error(
            request, "Die Datei ließ sich gerade nicht erzeugen. Bitte versuchen Sie es noch einmal."
        )
        return _show(request, typed, categories, {})
    response = HttpResponse(data, content_type=events.PRINT_TYPES[form])
    name = f"veranstaltungen-{typed['von']}-bis-{typed['bis']}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_message(request: HttpRequest, first: date, last: date, categories: frozenset[str]) -> HttpResponse:
    by = access.require(request.user, Action.MESSAGE_EDIT)
    index = NewsIndexPage.objects.first()
    if index is None:
        messages.error(
            request, "Es fehlt die Seite „Aktuelles“. Bitte wenden Sie sich an die Verwaltung des Systems."
        )
        return redirect("desk_events_print")
    page = _draft(index, by, _chosen(first, last, categories), first, last)
    messages.success(
        request,
        "Der Entwurf ist angelegt. Bitte lesen Sie ihn durch und geben Sie ihn wie jede Meldung zur Freigabe.",
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def _draft(
    index: NewsIndexPage, by: User, found: list[coming.Coming], first: date, last: date
) -> MessagePage:
    """A message with one revision; nothing of it is public."""
    said = events.programme(
        [when for one in found for when in one.dates],
        first,
        last,
        town=town().short_name,
        zone=clock.town_zone(),
    )
    title = f"Veranstaltungen: {said.period}"
    taken = set(MessagePage.objects.child_of(index).values_list("slug", flat=True))
    page = MessagePage(
        title=title,
        slug=free_slug(title, taken, "veranstaltungen"),
        teaser=f"Was in {town().short_name} stattfindet: {said.period}.",
        body=_body(said, _links(found)),
        live=False,
        owner=by,
        has_unpublished_changes=True,
    )
    index.add_child(instance=page)
    page.save_revision(user=by, clean=False)
    return page


def _links(found: list[coming.Coming]) -> dict[str, int]:
    """Page by title; a title that several events share leads nowhere rather than to a wrong one."""
    pages = {one.object_key: one.pk for one in EventPage.objects.only("pk", "uuid")}
    seen: dict[str, set[int]] = {}
    for one in found:
        if one.row.pk in pages:
            for title in {one.event.title, *(when.event.title for when in one.dates)}:
                seen.setdefault(title, set()).add(pages[one.row.pk])
    return {title: next(iter(keys)) for title, keys in seen.items() if len(keys) == 1}


def _body(said: events.Programme, links: dict[str, int]) -> list[tuple[str, str]]:
    """A heading for each day, a list of what takes place on it."""
    parts: list[tuple[str, str]] = []
    for section in said.sections:
        parts.append(("heading", section.heading))
        rows = "".join(f"<li>{_row(entry, links)}</li>" for entry in section.entries)
        parts.append(("text", f"<ul>{rows}</ul>"))
    return parts


def _row(entry: Any, links: dict[str, int]) -> str:
    title = escape(entry.title)
    named = f'<a linktype="page" id="{links[entry.title]}">{title}</a>' if entry.title in links else title
    mark = f"<b>{escape(entry.mark[:1].upper() + entry.mark[1:])}:</b> " if entry.mark else ""
    return f"{mark}{named}, {escape(', '.join(filter(None, (entry.time, entry.place))))}"


def _show(
    request: HttpRequest, typed: dict[str, str], chosen: frozenset[str], wrong: dict[str, str]
) -> HttpResponse:
    categories = tuple((one.category, one.label) for one in coming.choices() if one.category)
    fields = [
        Field("von", "Erster Tag", typed["von"], type="date", required=True, problem=wrong.get("von", "")),
        Field("bis", "Letzter Tag", typed["bis"], type="date", required=True, problem=wrong.get("bis", "")),
    ]
    if categories:
        help_text = "Ohne Auswahl stehen alle darin."
        fields.append(
            Field("rubriken", "Rubriken", "", help_text, type="checks", choices=categories, chosen=chosen)
        )
    fields.append(
        Field("texte", "Umfang", "", type="checks", choices=(("1", "mit dem ersten Absatz der Beschreibung"),),
              chosen=frozenset({"1"} if typed.get("texte") else ()))
    )  # fmt: skip
    context = {"fields": fields, "wrong": [field for field in fields if field.problem]}
    return render(request, "desk/events_print.html", context, status=422 if wrong else 200)
