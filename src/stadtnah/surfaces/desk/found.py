"""Findings as the desk shows them: errors and hints, each with its place and a way there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.findings import Finding, Level
from stadtnah.surfaces.website import form_places
from stadtnah.surfaces.website.calendar import clashes
from stadtnah.surfaces.website.calendar.models import EventPage
from stadtnah.surfaces.website.models import MessagePage
from stadtnah.surfaces.website.pages import PublicPage

_PLACES = {
    "title": "Überschrift",
    "teaser": "Vorspann",
    "body": "Text",
    "hero": "Titelbild",
    "place": "Ort",
    "validity": "Gültigkeit",
    "notice": "Wichtiger Hinweis",
    "links": "Schnell erledigt",
    "details": "Angaben",
    "when": "Termin",
    "hashtags": "Schlagworte",
    "message": "Meldung",
}
# The fields of the editor.
_FIELDS = {
    "title": "id_title",
    "teaser": "id_teaser",
    "body": "body-count",
    "hero": "id_hero_alt",
    "place": "id_place",
    "validity": "id_valid_from",
    "notice": "id_notice_title",
    "links": "quick_links-count",
    "when": "id_first_day",
    "hashtags": "id_hashtags",
}


def by_level(
    findings: Iterable[Finding],
    entries: Iterable[publishing.Entry] = (),
    page: PublicPage | None = None,
    *,
    by: User | AnonymousUser,
) -> dict[str, list[dict[str, Any]]]:
    """`errors` and `hints`, for a template. Each: text, place, anchor (on the channels page), field (in the editor), excerpt (the words it is about), to (where what it names is looked at).

    `page`: the draft they are about; then each names the field as the form does, and leads to that very field.
    What several channels say of the same picture is said once and names them; `entries` bring their names.
    """
    names = {entry.account.key: entry.account.label for entry in entries}
    found = list(findings)
    of_picture = {(f.code, f.picture) for f in found if f.picture and not _account(f)}
    form = _Form(page) if page is not None else None
    concerned: dict[tuple[str, str], list[str]] = {}
    shown: dict[str, list[dict[str, Any]]] = {"errors": [], "hints": []}
    for finding in found:
        key, account = (finding.code, finding.picture), _account(finding)
        if account and key in of_picture:
            concerned.setdefault(key, []).append(names.get(account, account))
    leads = addresses((finding.about for finding in found if finding.about), by)
    for finding in found:
        key = (finding.code, finding.picture)
        if _account(finding) and key in of_picture:
            continue
        row = {**_shown(finding, names, form), "to": leads.get(finding.about, "")}
        if channels := list(dict.fromkeys(concerned.get(key, ()))):
            row["text"] += f" Betrifft außer der Website: {', '.join(channels)}."
        shown["errors" if finding.level is Level.ERROR else "hints"].append(row)
    return shown


def addresses(keys: Iterable[str], by: User | AnonymousUser) -> dict[str, str]:
    """Where this person looks at these events: pages in the editor, others on the screen of moderation. At most one query."""
    several = set(keys)
    handed_in = {key for key in several if key.startswith(clashes.HANDED_IN)}
    leads: dict[str, str] = {}
    if handed_in and access.can(by, Action.EVENTS_MODERATE):
        for key in handed_in:
            leads[key] = reverse("desk_handed_in_one", args=[key.removeprefix(clashes.HANDED_IN)])
    names = [key.partition(":")[2] for key in several - handed_in]
    if names and access.can(by, Action.MESSAGE_EDIT):
        leads |= {page.object_key: editor(page) for page in EventPage.objects.filter(uuid__in=names)}
    return leads


def field_of(where: str) -> str:
    """The field of the editor that a finding is about; "" for none."""
    return _FIELDS.get(where, "")


def editor(page: Any, field: str = "") -> str:
    """The address of the editor, at a field when there is such a one."""
    there = field in _FIELDS.values() or (field and any(one.field == field for one in form_places.of(page)))
    at = f"#{field}" if there else ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + at


def _account(finding: Finding) -> str:
    kind, _, account = finding.where.partition(":")
    return account if kind == "channel" else ""


def _shown(finding: Finding, names: dict[str, str], form: _Form | None) -> dict[str, Any]:
    account = _account(finding)
    kind, _, field = finding.where.partition(":")
    place = _PLACES.get(finding.where, "Text")
    field = field if kind == "field" else _FIELDS.get(finding.where, "")
    if form and not account:
        place, field = form.place(finding, place, field)
    return {
        "text": finding.text,
        "place": names.get(account, "Kanal") if account else place,
        "anchor": f"#kanal-{account}" if account else "",
        "field": field,
        "code": finding.code,
        "excerpt": finding.excerpt,
    }


class _Form:
    """The editor's form of one draft: what it calls its fields, and in which of them some words stand."""

    def __init__(self, page: PublicPage) -> None:
        self._page = page
        self._labels = form_places.labels(page)
        self._places = form_places.of(page)

    def place(self, finding: Finding, place: str, field: str) -> tuple[str, str]:
        """Label and id of the field. The release knows a page as one text; what the form parts, its own words tell apart."""
        kind, _, part = finding.where.partition(":")
        if kind == "field":
            return self._labels.get(part.partition("-")[0], place), part
        if kind in {"title", "teaser"}:
            return self._labels.get(kind, place), field
        if kind == "message" and not isinstance(self._page, MessagePage):
            return "Seite", field
        if kind not in {"body", "details"}:
            return place, field
        fits = self._saying(finding)
        if not fits:
            return (self._labels.get("body", place) if kind == "body" else place), field
        found = fits[min(finding.nth, len(fits) - 1)]
        if found.name == "body":
            return self._labels["body"], field
        return found.label, found.field

    def _saying(self, finding: Finding) -> list[form_places.FormPlace]:
        words = finding.excerpt.strip("…").strip()
        if not words:
            return []
        places = [one for one in self._places if one.name not in {"title", "teaser"}]
        if finding.where == "details" and ": " in words:  # a fact is said with its label
            label, _, value = words.partition(": ")
            told = [one for one in places if one.label == label and value in one.text]
            if told:
                return told
        return [one for one in places for _ in range(one.text.count(words))]


def remarks(row: publishing.ReleaseRequest) -> list[dict[str, str]]:
    """What the municipality noted at places of this version: author, place, text, field (in the editor), excerpt (the words it is about)."""
    notes = list(row.comments.select_related("author"))
    if not notes:
        return []
    content = publishing.content_of(row.snapshot)
    shown = []
    for note in notes:
        kind, _, number = note.where.partition(":")
        field = f"body-{number}-value" if kind == "block" else _FIELDS.get(kind, "")
        place = publishing.place(note.where, content).label
        shown.append({"author": note.author.name, "place": place, "text": note.text, "field": field})
    return shown


def returned(object_key: str) -> dict[str, Any]:
    """Why the version laid before the municipality last came back: reason, author, remarks; {} when it did not."""
    rows = publishing.ReleaseRequest.objects.filter(object_key=object_key)
    row = rows.select_related("decided_by", "snapshot").order_by("-submitted_at").first()
    if row is None or row.state not in {"returned", "refused"}:
        return {}
    return {
        "reason": row.reason,
        "author": row.decided_by.name if row.decided_by else "",
        "remarks": remarks(row),
    }
