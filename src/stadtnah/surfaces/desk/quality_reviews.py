"""Pages to look at: whose day has come, whose dates are over, who leads to what no longer holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from stadtnah.kernel import clock
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk import quality
from stadtnah.surfaces.desk.works import ids_of
from stadtnah.surfaces.website.quality import aged, report, reviews, rules
from stadtnah.surfaces.website.quality.models import Review

_PER_PAGE: Final = 25
_MOST: Final = 20  # of each kind of aged page; the others follow when these are done
_AGED: Final = (
    ("Termine vorbei", aged.past_dates, aged.said_dates),
    ("Gilt nicht mehr, wird aber noch gezeigt", aged.ended, aged.said_ended),
    ("Ansprechperson nicht mehr da", aged.without_person, aged.said_people),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A day that could not be kept, so that it stays in its field."""

    key: str = ""
    day: str = ""
    problem: str = ""


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What is to be looked at in the next thirty days; with a name all pages of that name."""
    user = access.require(request.user, Action.MESSAGE_VIEW)
    return _render(request, user, request.GET.get("q", ""), request.GET.get("seite"), Typed())


@require_POST
def looked(request: HttpRequest, key: str) -> HttpResponse:
    """„Geprüft, stimmt noch“, or another day."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    words, day = request.POST.get("q", ""), request.POST.get("day", "").strip()
    try:
        if request.POST.get("do") == "choose":
            on = reviews.choose(key, day, by=by)
            said = "Der Tag ist gespeichert."
        else:
            on = reviews.still_right(key, by=by)
            said = "Vielen Dank, notiert."
    except Review.DoesNotExist:
        raise Http404 from None
    except reviews.DayWrong as problem:
        return _render(request, by, words, request.POST.get("seite"), Typed(key, day, str(problem)))
    following = (
        f"Die nächste Prüfung ist am {clock.german_date(on)}."
        if on
        else "Eine weitere Prüfung ist nicht vorgesehen."
    )
    messages.success(request, f"{said} {following}")
    query = f"?{urlencode({'q': words})}" if words else ""
    return redirect(f"{reverse('desk_quality_reviews')}{query}")


def _render(request: HttpRequest, user: User, asked: str, number: str | None, typed: Typed) -> HttpResponse:
    words = " ".join(asked.split())[:80]
    report.freshen()
    page = Paginator(reviews.named(words) if words else reviews.due(), _PER_PAGE).get_page(number)
    editor = access.can(user, Action.MESSAGE_EDIT)
    groups = [] if words else _aged()
    rows = reviews.shown(list(page.object_list))
    keys = [one.review.object_key for one in rows]
    named = [one.reading.object_key for _title, found, _more in groups for one in found]
    ids = ids_of({*keys, *named}) if editor else {}
    who = reviews.writers(keys)
    context: dict[str, Any] = {
        "rows": [_row(one, ids, who, typed) for one in rows],
        "groups": [
            (
                title,
                [
                    (
                        one,
                        quality.kind_name(one.reading.kind),
                        quality.editor_of(ids.get(one.reading.object_key)),
                    )
                    for one in found
                ],
                more,
            )
            for title, found, more in groups
        ],
        "page": page,
        "words": words,
        "may": editor,
        "typed": typed,
        "remind": rules.now().remind,
    }
    return render(request, "desk/quality_reviews.html", context)


def _row(one: reviews.Due, ids: dict[str, int], who: dict[str, User], typed: Typed) -> dict[str, Any]:
    key = one.review.object_key
    wrong = typed if typed.key == key else Typed()
    wanted = one.review.wanted.isoformat() if one.review.wanted else ""
    return {
        "due": one,
        "kind": quality.kind_name(one.review.kind),
        "editor": quality.editor_of(ids.get(key)),
        "who": who[key].name if key in who else "",
        "day": wrong.day or wanted,
        "problem": wrong.problem,
    }


def _aged() -> list[tuple[str, list[aged.Aged], int]]:
    """Heading, the first pages, how many more."""
    found = []
    for title, rows, said in _AGED:
        listed = rows()
        number = listed.count()
        if number:
            found.append((title, said(list(listed[:_MOST])), max(0, number - _MOST)))
    return found
