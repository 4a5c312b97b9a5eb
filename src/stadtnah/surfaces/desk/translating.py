"""A version in another language: text by text, beside the German one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk.editing import ends_release
from stadtnah.surfaces.desk.works import draft_of, key_of, work_of
from stadtnah.surfaces.website.languages import making, report
from stadtnah.surfaces.website.languages.domain import texts, together
from stadtnah.surfaces.website.languages.models import VersionPage

_LINE = 45  # characters of a line in the form
_MOST_LINES = 12
_SEEN = "s"  # before the name of a field: the mark of what it showed
_BEHIND = (
    "Während Sie übersetzt haben, wurde die deutsche Seite neu freigegeben. Ihre Übersetzung ist gespeichert. "
    "Bitte sehen Sie nach, was sich auf der deutschen Seite geändert hat; die Stellen sind gekennzeichnet."
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the form shows it. seen: the mark of what is kept of it; new: there was no German text it came from.

    was: the German text it came from, when that changed; was_said: its translation, where it does not fit any more.
    """

    name: str
    label: str
    german: str
    said: str
    seen: str
    was: str = ""
    was_said: str = ""
    new: bool = False
    problem: str = ""

    @property
    def rows(self) -> int:
        """Lines of its field."""
        lines = sum(len(line) // _LINE + 1 for line in self.german.split("\n"))
        return min(_MOST_LINES, max(1, lines))


@require_POST
def begin(request: HttpRequest, key: UUID, tag: str) -> HttpResponse:
    """Makes the version: a copy of the structure, to be translated."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    page = work_of(by, key)
    try:
        version = making.begin(page, tag, by=by)
    except making.NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("desk_versions", key=key)
    return redirect("desk_version", key=version.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form. Every button keeps what was typed."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    version = _version(by, key)
    if request.method != "POST":
        return _show(request, version)
    basis = request.POST.get("german", "")
    names = {_name(one.text): one.text for one in texts.segments(making.german_of(version, basis))}
    typed = {text: request.POST[name] for name, text in names.items() if name in request.POST}
    seen = {text: mark for name, text in names.items() if (mark := request.POST.get(f"{_SEEN}{name}"))}
    kept = making.translate(version, typed, seen, basis, by=by)
    if kept.problems:
        return _show(request, kept.version, basis, typed, kept.problems)
    if kept.behind:
        messages.warning(request, _BEHIND)
    elif request.POST.get("do") == "on":
        return redirect("desk_channels_step", key=version.uuid)
    else:
        messages.success(request, "Gespeichert.")
    return redirect("desk_version", key=version.uuid)


@require_POST
def still_right(request: HttpRequest, key: UUID) -> HttpResponse:
    """„Stimmt noch“: the translation was checked against the German page as it is now."""
    by = access.require(request.user, Action.MESSAGE_EDIT)
    version = _version(by, key)
    left = making.still_right(version, by=by)
    if left:
        number = "Eine Stelle ist" if len(left) == 1 else f"{len(left)} Stellen sind"
        messages.error(request, f"{number} auf der deutschen Seite neu. Bitte übersetzen Sie sie.")
        return redirect("desk_version", key=version.uuid)
    messages.success(
        request,
        "Die Fassung gilt wieder als aktuell. Auf der Website steht das, sobald die Kommune sie freigibt.",
    )
    return redirect("desk_channels_step", key=version.uuid)


def _version(by: User, key: UUID) -> Any:
    page = work_of(by, key)
    if not isinstance(page, VersionPage):
        raise Http404
    return draft_of(page)


def _name(text: str) -> str:
    return f"t-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _show(
    request: HttpRequest,
    version: VersionPage,
    basis: str = "",
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    """basis: the German page the form was made of; with problems it is shown once more, else the one of now."""
    german = making.german_of(version, basis)
    rows = _rows(version, german, typed or {}, problems or {})
    standing = next((one for one in report.of_page(version.original) if one.tongue.tag == version.tag), None)
    context = {
        "version": version,
        "tongue": version.tongue,
        "rows": rows,
        "wrong": [row for row in rows if row.problem],
        "done": sum(bool(row.said.strip()) for row in rows),
        "german": texts.fingerprint(german),
        "title": german["title"],
        "original": key_of(version.original),
        "standing": standing,
        "ends": ends_release(version),
        "changed": sum(bool(row.was) for row in rows),
        "new": sum(row.new for row in rows),
    }
    return render(request, "desk/version.html", context, status=422 if problems else 200)


def _rows(
    version: VersionPage, german: Mapping[str, Any], typed: Mapping[str, str], problems: Mapping[str, str]
) -> list[Text]:
    known = texts.carried_over(version.german, german, version.texts)
    origins = texts.origins(version.german, german)
    return [
        Text(
            name=_name(one.text),
            label=one.label,
            german=one.text,
            said=typed.get(one.text, known.get(one.text, ""))
            if one.text in problems
            else known.get(one.text, ""),
            seen=together.mark(known.get(one.text, "")),
            was=(was := origins.get(one.text, "")),
            was_said=version.texts.get(was, "") if was and one.text not in known else "",
            new=one.text in origins and not was,
            problem=problems.get(one.text, ""),
        )
        for one in texts.segments(german)
    ]
