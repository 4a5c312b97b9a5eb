"""From released rows to files: what pages there are, what each is made of and what it uses."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import lists, pictures, service_list, services, store
from stadtnah.surfaces.website.models import OldPath, PageUse, ReleasedPage
from stadtnah.surfaces.website.site import LANGUAGES, Frame, Site

logger = logging.getLogger(__name__)
HTML: Final = "text/html; charset=utf-8"
ERRORS: Final = {
    "/400.html": 400,
    "/403.html": 403,
    "/404.html": 404,
    "/500.html": 503,
    "/507.html": 507,
}
HOME_CARDS: Final = 7
_BLANK: Final = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be made: its template, what goes in, what it used."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    uses: frozenset[str] = frozenset()
    status: int = 200
    location: str = ""


def expected() -> set[str]:
    """Every path there should be, German; each has its /en twin."""
    rows = set(ReleasedPage.objects.values_list("path", flat=True))
    return {"/", *ERRORS, *lists.all_paths(), *rows, *OldPath.objects.values_list("path", flat=True)}


def sheet(path: str) -> Sheet | None:
    """What is to be shown at `path`; None when nothing is."""
    row = ReleasedPage.objects.filter(path=path).first()
    if row and row.state == ReleasedPage.State.WITHDRAWN:
        return Sheet("website/withdrawn.html", {"row": row}, frozenset({row.object_key}), status=410)
    if path in ERRORS:
        return Sheet(
            f"website{path}", {"items": lists.latest(3)}, frozenset({"list:news"}), status=ERRORS[path]
        )
    if path == "/":
        return _home(row)
    if row and row.kind in {"message", "page", "service"}:
        return _content(row)
    if path == services.PATH and (row or service_list.has_any()):
        return _services_sheet(Content.from_json(row.content) if row else None)
    if path == lists.ARCHIVE:
        return Sheet("website/archive.html", _news_context(), frozenset({"list:news"}))
    listing = lists.listing(path) if path.startswith(lists.NEWS) else None
    if listing:
        context = {
            **_news_context(),
            "listing": listing,
            "content": Content.from_json(row.content) if row else None,
        }
        own = {row.object_key} if row else set()
        return Sheet("website/news.html", context, frozenset(listing.uses | own))
    old = OldPath.objects.filter(path=path).select_related("page").first()
    if old:
        return Sheet("website/moved.html", {}, frozenset({old.page_id}), status=301, location=old.page.path)
    return None


def bake(paths: Iterable[str], frame: Frame | None = None) -> list[str]:
    """Makes these pages in every language and removes those that should not be; returns the paths done."""
    frame = frame or Frame.now()
    return [path for path in sorted(set(paths)) if _bake_one(path, frame)]


def _bake_one(path: str, frame: Frame) -> bool:
    made = sheet(path)
    if made is None:
        _remove(path)
        return False
    for language in LANGUAGES:
        _write(made, Site(frame, path, language))
    _note(path, made.uses | {"frame"})
    return True


def refresh(stale: set[str]) -> list[str]:
    """Bakes exactly the pages that use something in `stale`, those that are missing, and removes the rest.

    A page that cannot be made keeps none of the others from it: the log names it. Raises OSError (disk full).
    """
    wanted = expected()
    have = set(PageUse.objects.values_list("path", flat=True).distinct())
    if stale & {"town", "menu", "theme"}:
        stale = {*stale, "frame"}
    affected = set(PageUse.objects.filter(used__in=stale).values_list("path", flat=True))
    for path in have - wanted:
        _remove(path)
    frame, done = Frame.now(), []
    for path in sorted((affected & wanted) | (wanted - have)):
        try:
            if _bake_one(path, frame):
                done.append(path)
        except OSError:
            raise
        except Exception:
            logger.exception("page %s could not be made", path[:120])
    return done


def bake_all() -> list[str]:
    """Everything anew (a software update, a new colour); the same bytes are not written again."""
    return refresh({"theme"})


def preview(content: Content, *, language: str = "de") -> str:
    """The whole page as it would be baked, pictures inside: for the desk, never for the public."""
    frame = Frame.now(pictures.DataPlace())
    kind = str(content.extra.get("kind", "message"))
    listed = {"home": _home_sheet, "services": _services_sheet}
    if make := listed.get(kind):
        made = make(content)
    else:
        made = Sheet(_TEMPLATES.get(kind, "website/page.html"), {"content": content})
    return render(made, Site(frame, content.path, language))


def render(made: Sheet, site: Site) -> str:
    """One page in one language."""
    with translation.override(site.language):
        html = render_to_string(made.template, {**made.context, "site": site, "status": made.status})
    return _BLANK.sub("\n", html).strip() + "\n"


_TEMPLATES: Final = {
    "message": "website/message.html",
    "page": "website/page.html",
    "news": "website/page.html",
    "service": "website/service.html",
}


def _write(made: Sheet, site: Site) -> None:
    location = site.to(made.location) if made.location else ""
    html = render(made, site)
    store.write(
        LANGUAGES[site.language] + site.path, html.encode(), HTML, status=made.status, location=location
    )


def _remove(path: str) -> None:
    for prefix in LANGUAGES.values():
        store.remove(prefix + path)
    PageUse.objects.filter(path=path).delete()


def _note(path: str, uses: Iterable[str]) -> None:
    wanted = set(uses)
    have = set(PageUse.objects.filter(path=path).values_list("used", flat=True))
    if wanted == have:
        return
    with transaction.atomic():
        PageUse.objects.filter(path=path, used__in=have - wanted).delete()
        new = [PageUse(path=path, used=used) for used in sorted(wanted - have)]
        PageUse.objects.bulk_create(new, ignore_conflicts=True)


def _content(row: ReleasedPage) -> Sheet:
    item = lists.item(row)
    context: dict[str, Any] = {"row": row, "content": item.content}
    uses = {row.object_key}
    if row.kind == "message":
        pictures.keep_for_mails(item.content)
        # Only older ones of the same month: so a release bakes the pages of one month anew, not of all.
        context["more"] = lists.older_in_month(row, 3)
        uses |= {other.key for other in context["more"]} | {f"list:month:{lists.month_of(row)}"}
    return Sheet(_TEMPLATES[row.kind], context, frozenset(uses))


def _home(row: ReleasedPage | None) -> Sheet:
    content = Content.from_json(row.content) if row else None
    made = _home_sheet(content)
    return Sheet(made.template, made.context, made.uses | ({row.object_key} if row else set()))


def _home_sheet(content: Content | None) -> Sheet:
    items = lists.latest(HOME_CARDS)
    wanted = str(content.extra.get("featured", "")) if content else ""
    chosen = lists.live().filter(pk=wanted).first() if wanted else None
    lead = lists.item(chosen) if chosen else next((item for item in items if item.content.hero), None)
    lead = lead or (items[0] if items else None)
    rest = [item for item in items if not lead or item.key != lead.key][:6]
    uses = {
        "list:news",
        *(item.key for item in rest),
        *([lead.key] if lead else []),
        *([wanted] if wanted else []),
    }
    context = {"content": content, "lead": lead, "items": rest, "categories": lists.categories()}
    return Sheet("website/home.html", context, frozenset(uses))


def _services_sheet(content: Content | None) -> Sheet:
    own = {content.object_key} if content else set()
    context = {"content": content, "letters": service_list.letters()}
    return Sheet("website/services.html", context, frozenset({service_list.USE} | own))


def _news_context() -> dict[str, Any]:
    months = lists.months()
    years: dict[str, list[tuple[str, str, int]]] = {}
    for month, count in months:
        years.setdefault(month[:4], []).append((month, lists.month_path(month), count))
    total = sum(count for _month, count in months)
    return {"categories": lists.categories(), "years": years, "months": months, "total": total}
