"""The public pages of the search. What is asked is kept nowhere: no row, no log, no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stadtnah.kernel.town.api import base_url, town
from stadtnah.surfaces.website.languages.domain.tongues import GERMAN, tag_of
from stadtnah.surfaces.website.search import find, results, sites
from stadtnah.surfaces.website.search.limits import Bucket
from stadtnah.surfaces.website.search.models import Facet
from stadtnah.surfaces.website.search.results import FACETS, PERIODS, Shown, Wanted
from stadtnah.surfaces.website.site import LANGUAGES, Frame, current

View = Callable[[HttpRequest], HttpResponse]
SUGGESTIONS: Final = 7
_FEWEST: Final = 2  # letters
_LONGEST: Final = 80
_LONGEST_SITE: Final = 120
_bucket = Bucket()


def public(cache: str) -> Callable[[View], View]:
    """In the language of the address; what was asked never stands in a search engine."""

    def wrap(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest) -> HttpResponse:
            with translation.override(_language(request)):
                response = view(request)
            response.headers.setdefault("Cache-Control", cache)
            response.headers.setdefault("X-Robots-Tag", "noindex")
            response["Content-Language"] = _language(request)
            return response

        return require_safe(shown)

    return wrap


@public("private, no-cache")
def page(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    frame = Frame.now()
    wanted = Wanted.read(request.GET, _tongue(request), frame.members)
    found = results.show(wanted, frame.members) if wanted.text else None
    context = {
        "site": current(request.path_info, frame, wanted.site.root if wanted.site else ""),
        "all_kinds": _address(wanted, art="", zeit=""),
        "everywhere": _address(wanted, art="", zeit="", auftritt="") if wanted.text else "",
        "wanted": wanted,
        "found": found,
        "chips": _chips(wanted, found),
        "periods": _periods(wanted, found),
        "steps": _steps(found),
        "often": results.often_wanted() if not wanted.site and not (found and found.results) else [],
        "meant_address": _address(wanted, q=found.meant) if found else "",
        "about": _about(),
    }
    # The empty form is a page like others.
    headers = {} if found else {"X-Robots-Tag": "all"}
    return HttpResponse(render_to_string("website/search.html", context, request), headers=headers)


@public("public, max-age=300")
def suggestions(request: HttpRequest) -> HttpResponse:
    """What may be meant, while somebody types."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    if not _FEWEST <= len(text) <= _LONGEST:
        return JsonResponse({"suggestions": []})
    if not _bucket.take():
        return JsonResponse(
            {"suggestions": []}, status=429, headers={"Retry-After": "2", "Cache-Control": "no-store"}
        )
    prefix = LANGUAGES[_language(request)]
    spoken = Wanted.read(request.GET, _tongue(request)).tongue
    site = sites.at(request.GET.get("auftritt", "").replace("\0", "")[:_LONGEST_SITE])
    found = find.entries(find.ask(text, tongue=spoken, site=site).ranked[:SUGGESTIONS])
    names = {} if site else sites.names(entry.root for entry in found)
    said = [
        {
            "title": entry.title,
            "kind": ", ".join(filter(None, [str(FACETS[Facet(entry.facet)][1]), names.get(entry.root)])),
            "path": entry.path
            if entry.path.startswith("/media/") or tag_of(entry.path) != GERMAN
            else prefix + entry.path,
        }
        for entry in found
    ]
    return JsonResponse({"suggestions": said})


@public("public, max-age=86400")
def description(request: HttpRequest) -> HttpResponse:
    """For the search field of a browser (OpenSearch 1.1, Draft 6)."""
    name, about = town().name, _about()
    address = base_url() + LANGUAGES[_language(request)] + "/suche/"
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(name[:16])}</ShortName>"
        f"<Description>{escape(about)}</Description>"
        f'<Url type="text/html" template="{escape(address)}?q={{searchTerms}}"/>'
        "<InputEncoding>UTF-8</InputEncoding></OpenSearchDescription>\n"
    )
    return HttpResponse(body, content_type="application/opensearchdescription+xml; charset=utf-8")


def _about() -> str:
    return _("Search on the website of %(town)s") % {"town": town().genitive}


def _chips(wanted: Wanted, found: Shown | None) -> list[dict[str, object]]:
    """The kinds to narrow it to, with how many there are."""
    if found is None or not found.counts:
        return []
    chosen = FACETS[wanted.facet][0] if wanted.facet else ""
    rows = [("", _("Everything"), sum(count for _slug, _label, count in found.counts)), *found.counts]
    if chosen and chosen not in {slug for slug, _label, _count in found.counts}:
        rows.append((chosen, FACETS[wanted.facet][1], 0))  # type: ignore[index] # chosen only with one
    return [
        {
            "label": label,
            "count": count,
            "address": _address(wanted, art=slug, zeit=""),
            "current": slug == chosen,
        }
        for slug, label, count in rows
    ]


def _periods(wanted: Wanted, found: Shown | None) -> list[dict[str, object]]:
    """The times to narrow news to."""
    if found is None or wanted.facet is not Facet.NEWS:
        return []
    rows = [("", _("any time")), *((key, label) for key, (_days, label) in PERIODS.items())]
    return [
        {"label": label, "address": _address(wanted, zeit=key), "current": key == wanted.period}
        for key, label in rows
    ]


def _steps(found: Shown | None) -> dict[str, str]:
    """Addresses of the page before and after."""
    if found is None:
        return {}
    page, steps = found.wanted.page, {}
    if page > 1:
        steps["before"] = _address(found.wanted, seite=str(page - 1))
    if page < found.pages:
        steps["after"] = _address(found.wanted, seite=str(page + 1))
    return steps


def _address(wanted: Wanted, **changed: str) -> str:
    asked = {
        "q": wanted.text,
        "art": FACETS[wanted.facet][0] if wanted.facet else "",
        "zeit": wanted.period,
        "sprache": wanted.spoken,
        "auftritt": wanted.place,
        **changed,
    }
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _tongue(request: HttpRequest) -> str:
    return "" if _language(request) == GERMAN else _language(request)


def _language(request: HttpRequest) -> str:
    return "en" if request.path.startswith("/en/") else "de"
