"""From released rows to files: what pages there are, what each is made of and what it uses."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import (
    documents_store,
    faithful,
    glossary,
    kinds,
    lists,
    members,
    overtaken,
    pictures,
    pictures_store,
    released,
    store,
    waiting,
)
from stadtnah.surfaces.website.forwarding import leading
from stadtnah.surfaces.website.forwarding.addresses import as_location
from stadtnah.surfaces.website.kinds import Sheet
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain import easy_links
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES, without_root
from stadtnah.surfaces.website.models import OldPath, PageUse, ReleasedPage
from stadtnah.surfaces.website.offices import block
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
_BESIDE: Final = "beside:"  # with the name of a file below the page's address
_OK: Final = 200
_BLANK: Final = re.compile(r"\n\s*\n+")


def expected() -> set[str]:
    """Every path there should be, German; each has its /en twin."""
    rows = set(ReleasedPage.objects.exclude(kind=versions.KIND).values_list("path", flat=True))
    old = OldPath.objects.values_list("path", flat=True)
    return {*ERRORS, *kinds.list_paths(), *rows, *old, *leading.paths()}


def sheet(path: str) -> Sheet | None:
    """What is to be shown at `path`; None when nothing is."""
    row = released.at(path)
    if row:
        faithful.true(row)
    if row and row.state == ReleasedPage.State.WITHDRAWN:
        uses = frozenset({row.object_key, versions.use(row.object_key)})
        made = Sheet("website/withdrawn.html", {"row": row}, uses, status=410)
        return replace(made, versions=versions.sheets(row, versions.of(row.pk)))
    if path in ERRORS:
        return Sheet(
            f"website{path}", {"items": lists.latest(3)}, frozenset({"list:news"}), status=ERRORS[path]
        )
    if row:
        content = row.shown()
        with_words, words = glossary.linked(content)
        shown, offices = _with_offices(kinds.show(with_words, row), content)
        # What is shown may be less than what was released: a picture whose consent is over.
        if isinstance(readers := shown.context.get("content"), Content):
            pictures.keep_for_readers(readers)
        uses = shown.uses | words | offices | {row.object_key} | documents_store.uses(content)
        context = {**shown.context, "short": leading.short_of(row)}
        made = replace(shown, context=context, uses=uses, files=tuple(content.files()))
        return _with_versions(made, row)
    if "?" not in path and (listed := kinds.at(path)):
        return listed
    return _leading_on(path)


def _leading_on(path: str) -> Sheet | None:
    """What stands at an address that leads to another; a page that moved took its versions along."""
    lead = leading.lead_of(path)
    if lead is None:
        return None
    made = kinds.moved(lead.to, lead.uses, status=leading.status_of(path))
    old = OldPath.objects.filter(path=path).select_related("page").first()
    if old is None or old.page.path != lead.to:
        return made
    uses = made.uses | {versions.use(old.page_id)}
    return replace(made, uses=uses, versions=versions.moved(lead.to, old.page_id))


def _with_versions(made: Sheet, row: ReleasedPage) -> Sheet:
    """With the same page in other languages; whatever concerns one of them makes all of them anew."""
    found = versions.sheets(row, versions.of(row.pk))
    uses, files = made.uses | {versions.use(row.object_key)}, made.files
    done = []
    for one in found:
        sheet = one.sheet
        if isinstance(readers := sheet.context.get("content"), Content):
            sheet, offices = _with_offices(sheet, readers)
            uses |= offices
            pictures.keep_for_readers(readers)
        sheet = replace(sheet, context={**sheet.context, "short": made.context.get("short", "")})
        uses |= sheet.uses
        files += tuple(file for file in sheet.files if file not in files)
        done.append(replace(one, sheet=sheet))
    return replace(made, uses=uses, files=files, versions=tuple(done))


def _with_offices(made: Sheet, content: Content) -> tuple[Sheet, frozenset[str]]:
    """With the offices whose contact stands in the text, and what that uses."""
    register, uses = block.register(content)
    return (replace(made, context={**made.context, "register": register}) if register else made), uses


def bake(paths: Iterable[str], frame: Frame | None = None) -> list[str]:
    """Makes these pages in every language and removes those that should not be; returns the paths done."""
    with overtaken.made_good():
        frame = frame or Frame.now()
        return [path for path in sorted(set(paths)) if _bake_one(path, frame)]


def _bake_one(path: str, frame: Frame) -> bool:
    with pictures_store.noting() as shown:
        made = sheet(path)
        if made and faithful.restore_shown(made.uses):
            made = sheet(path)
        if made is None:
            _remove(path)
            return False
        documents_store.keep(made.files)  # before there is a link to them
        _write_all(made, frame, path)
    for name, (data, media_type) in made.beside.items():
        store.write(f"{path}{name}", data, media_type)
    _note(
        path,
        made.uses
        | shown
        | {"frame" if made.framed else "theme"}
        | frame.uses(path)
        | {f"{_BESIDE}{name}" for name in made.beside},
    )
    # Another page that let go of one may have taken it out until this one was noted.
    documents_store.keep(made.files)
    if pictures_store.lost(shown):
        _write_all(made, frame, path)
    return True


class Baked(NamedTuple):
    """What one baking made, and what it could not make: those pages are as they were."""

    done: list[str]
    failed: set[str]


def refresh(stale: set[str]) -> Baked:
    """Bakes exactly the pages that use something in `stale`, those that are missing, and removes the rest.

    A page that cannot be made keeps none of the others from it: the log names it, and it is among what failed. Such pages are
    named by the keys of `waiting`. Raises OSError (disk full).
    """
    with lists.one_pass():
        return _refresh(stale)


def _refresh(stale: set[str]) -> Baked:
    wanted = expected()
    have = set(PageUse.objects.values_list("path", flat=True).distinct())
    if stale & {"town", "menu", "theme"}:
        stale = {*stale, "frame"}
    affected = set(PageUse.objects.filter(used__in=stale).values_list("path", flat=True))
    affected |= waiting.of(stale, wanted | have) | members.marked(stale, wanted | have)
    failed = _each(_remove, have - wanted)[1]
    frame = Frame.now()
    due = (wanted - have) | (affected & wanted)
    leads = {path: to for path, to in OldPath.objects.values_list("path", "page__path") if path in due}
    last = leads.keys() | (due & leading.paths())
    # What is new comes first, as lists link there; and no address leads on before there is something at its end.
    done: list[str] = []
    for some in ((due - have) - last, (due & have) - last):
        made, broken = _each(lambda path: _bake_one(path, frame), some)
        done += made
        failed |= broken
    # Whose page could not be made keeps what it shows, too.
    unmade = (failed | set(waiting.among(leads.values()))) - set(done) if leads else set()
    kept = {path for path, to in leads.items() if to in unmade}
    made, broken = _each(lambda path: _bake_one(path, frame), last - kept)
    return Baked(sorted([*done, *made]), failed | broken | kept)


def _each(act: Callable[[str], bool], paths: set[str]) -> tuple[list[str], set[str]]:
    """What it did and where it failed."""
    done, failed = [], set()
    for path in sorted(paths):
        try:
            if act(path):
                done.append(path)
        except OSError:
            raise
        except Exception:
            logger.exception("page %s could not be made", path[:120])
            failed.add(path)
    return done, failed


def bake_all() -> list[str]:
    """Everything anew (a software update, a new colour); the same bytes are not written again. What fails waits (`waiting`)."""
    faithful.restore()
    done, failed = refresh({"theme"})
    waiting.note(failed)
    return done


def preview(content: Content, *, language: str = "de") -> str:
    """The whole page as it would be baked, pictures inside: for the desk, never for the public."""
    frame = Frame.now(pictures.DataPlace())
    made, _offices = _with_offices(kinds.show(content), content)
    if kinds.kind_of(content) == members.KIND:
        frame = frame.with_member(content)
    if kinds.kind_of(content) == versions.KIND:
        language = content.language if content.language in LANGUAGES else language
        return render(made, Site(frame, without_root(content.path), language, content.language))
    return render(made, Site(frame, content.path, language))


def render(made: Sheet, site: Site) -> str:
    """One page in one language."""
    with translation.override(site.language):
        whole = render_to_string(made.template, {**made.context, "site": site, "status": made.status})
    html = _BLANK.sub("\n", whole).strip() + "\n"
    return easy_links.said(html) if site.easy else html


def _write_all(made: Sheet, frame: Frame, path: str) -> None:
    """The page in each language of the frame, and every version; one in a language of the frame stands in its place."""
    given = {one.tag: one.sheet for one in made.versions}
    public = tuple(tag for tag, sheet in given.items() if sheet.status == _OK)
    for language in LANGUAGES:
        own = language if language in public else ""
        _write(given[own] if own else made, Site(frame, path, language, own, public))
    for tag in given.keys() - LANGUAGES.keys():
        _write(given[tag], Site(frame, path, "de", tag, public))


def _write(made: Sheet, site: Site) -> None:
    location = as_location(site.of_version(made.location)) if made.location else ""
    if location:
        made = replace(made, context={**made.context, "to": location})
    html = render(made, site)
    store.write(site.prefix + site.path, html.encode(), HTML, status=made.status, location=location)


def _remove(path: str) -> bool:
    for prefix in {*LANGUAGES.values(), *(one.root for one in TONGUES.values())}:
        store.remove(prefix + path)
    _note(path, ())
    return False


def beside() -> dict[str, str]:
    """The files that stand below pages, a card, a feed: the address of each to that of its page. One query."""
    rows = PageUse.objects.filter(used__startswith=_BESIDE).values_list("path", "used")
    return {f"{path}{used.removeprefix(_BESIDE)}": path for path, used in rows}


def _note(path: str, uses: Iterable[str]) -> None:
    """Remembers what the page uses, and takes out what no page does any more: both, or (killed in between) neither."""
    wanted = set(uses)
    have = set(PageUse.objects.filter(path=path).values_list("used", flat=True))
    if wanted == have:
        return
    gone = have - wanted
    with transaction.atomic():
        PageUse.objects.filter(path=path, used__in=gone).delete()
        new = [PageUse(path=path, used=used) for used in sorted(wanted - have)]
        PageUse.objects.bulk_create(new, ignore_conflicts=True)
        for key in gone:
            if key.startswith(_BESIDE):
                store.remove(f"{path}{key.removeprefix(_BESIDE)}")
        documents_store.forget(gone)
        pictures_store.forget(gone)
