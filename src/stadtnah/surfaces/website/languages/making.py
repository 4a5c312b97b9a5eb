"""Versions as editors work on them: begun from the German page, translated text by text, brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db import transaction
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing import signs
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain import notation, texts, together
from stadtnah.surfaces.website.languages.domain.tongues import GERMAN, TONGUES, in_order
from stadtnah.surfaces.website.languages.models import ChosenLanguage, VersionPage
from stadtnah.surfaces.website.pages import PublicPage
from stadtnah.surfaces.website.released import ReleasedPage

LONGEST: Final = 5_000  # characters of one text
_FORMER: Final = 20  # releases of the German page in which that of an open form is looked for


class NotPossible(ValueError):
    """What was asked for cannot be done; the text says why and what to do, in German."""


def chosen() -> list[str]:
    """The languages of this website beside German."""
    return in_order(set(ChosenLanguage.objects.values_list("tag", flat=True)))


def choose(tags: Iterable[str], *, by: User) -> list[str]:
    """Sets the languages; returns them. One that still has public pages stays. Raises NotPossible, PermissionDenied."""
    access.require(by, Action.TOWN_EDIT)
    wanted, before = in_order(set(tags)), chosen()
    spoken = {tag for found in versions.tags().values() for tag in found}
    for tag in in_order(spoken - set(wanted)):
        if tag in before:
            raise NotPossible(
                f"{TONGUES[tag].label} kann nicht entfallen: Es gibt noch öffentliche Seiten in dieser Sprache. "
                "Bitte ziehen Sie sie zuerst zurück."
            )
    with transaction.atomic():
        ChosenLanguage.objects.exclude(tag__in=wanted).delete()
        ChosenLanguage.objects.bulk_create([ChosenLanguage(tag=tag) for tag in wanted], ignore_conflicts=True)
        if wanted != before:
            audit.record("town.languages", actor=by, data={"languages": wanted, "before": before})
    return wanted


def translatable(row: ReleasedPage | None) -> bool:
    """Whether this public page can have versions."""
    return bool(
        row is not None
        and row.state == ReleasedPage.State.LIVE
        and row.kind in texts.KINDS
        and row.content.get("language", GERMAN) == GERMAN
    )


def begin(page: PublicPage, tag: str, *, by: User) -> VersionPage:
    """The version of a page in a language: a copy of its structure with nothing translated; the one there is, if there is one.

    Raises NotPossible, PermissionDenied.
    """
    access.require(by, Action.MESSAGE_EDIT)
    if tag not in chosen():
        raise NotPossible("Diese Sprache hat die Kommune nicht gewählt.")
    with transaction.atomic():
        parent = Page.objects.select_for_update().get(pk=page.pk)  # of two who begin at once the second waits
        there = VersionPage.objects.filter(original=page.object_key, tag=tag).first()
        return there or _made(page, parent, tag, by)


def _made(page: PublicPage, parent: Page, tag: str, by: User) -> VersionPage:
    row = page.released()
    if row is None or not translatable(row):
        raise NotPossible(
            "Übersetzt wird, was freigegeben ist. Bitte geben Sie zuerst die deutsche Seite frei."
        )
    made = VersionPage(
        title=f"{row.content['title']} ({TONGUES[tag].label})"[:255],
        slug=f"fassung-{tag}",
        live=False,
        owner=by,
        original=page.object_key,
        tag=tag,
        german=row.content,
    )
    parent.add_child(instance=made)
    made.save_revision(user=by)
    return made


def german_now(version: VersionPage) -> dict[str, Any]:
    """The German page as it is public; as it was when the version was made, when it is not public any more."""
    row = ReleasedPage.objects.filter(pk=version.original).first()
    return cast("dict[str, Any]", row.content if row and translatable(row) else version.german)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a form. version: the draft as it is now; problems: by German text; behind: the German page moved on meanwhile."""

    version: VersionPage
    problems: dict[str, str]
    behind: bool


def german_of(version: VersionPage, fingerprint: str) -> dict[str, Any]:
    """The German page that a form was made of; as it is now when no such release is known."""
    for german in (german_now(version), version.german):
        if texts.fingerprint(german) == fingerprint:
            return german
    released = publishing.Snapshot.objects.filter(
        object_key=version.original, kind="message", approval__isnull=False
    )
    for snapshot in released.order_by("-number")[:_FORMER]:
        german = publishing.content_of(snapshot).to_json()
        if texts.fingerprint(german) == fingerprint:
            return german
    return german_now(version)


def translate(
    version: VersionPage, said: Mapping[str, str], seen: Mapping[str, str], fingerprint: str, *, by: User
) -> Kept:
    """Keeps the texts for the German page that the form was made of, wrong ones too; only what somebody else wrote meanwhile stays.

    seen: what each field showed (`together.mark`). Raises PermissionDenied.
    """
    access.require(by, Action.MESSAGE_EDIT)
    with transaction.atomic():
        locked = VersionPage.objects.select_for_update().get(pk=version.pk)
        draft = cast("VersionPage", locked.get_latest_revision_as_object())
        german = german_of(draft, fingerprint)
        stored = texts.carried_over(draft.german, german, draft.texts)
        typed = {one.text: _cleaned(said[one.text]) for one in texts.segments(german) if one.text in said}
        kept, clashes = together.merged(stored, {**stored, **typed}, seen)
        now = german_now(draft)
        behind = texts.fingerprint(german) != texts.fingerprint(now)
        # What others translated of a newer German page already is found again there.
        newer = {one.text for one in texts.segments(now)} - {one.text for one in texts.segments(german)}
        held = {text: given for text, given in draft.texts.items() if text in newer}
        if kept != stored or not behind:
            _keep(draft, {**held, **kept}, german, by=by)
    return Kept(draft, _problems({**kept, **{text: typed[text] for text in clashes}}, clashes), behind)


def _problems(said: Mapping[str, str], clashes: Mapping[str, str]) -> dict[str, str]:
    found = {text: wrong for text, given in said.items() if (wrong := notation.problem(text, given))}
    found |= {
        text: f"Das ist zu lang; möglich sind {LONGEST} Zeichen."
        for text, given in said.items()
        if len(given) > LONGEST
    }
    return found | {
        text: (
            f"Hier hat inzwischen jemand anderes etwas geschrieben: „{there}“. "
            if there
            else "Diesen Text hat inzwischen jemand anderes gelöscht. "
        )
        + "Ihr Text steht im Feld und ist noch nicht gespeichert; er gilt, wenn Sie noch einmal speichern."
        for text, there in clashes.items()
    }


def still_right(version: VersionPage, *, by: User) -> list[texts.Segment]:
    """Says that the version holds for the German page as it is now. What is new there stays open, and is returned; then nothing is said.

    `version` is the draft. Raises PermissionDenied.
    """
    access.require(by, Action.MESSAGE_EDIT)
    german = german_now(version)
    carried = texts.carried_over(version.german, german, version.texts)
    left = texts.missing(german, carried)
    if not left:
        _keep(version, carried, german, by=by)
    return left


def _keep(version: VersionPage, said: dict[str, str], german: Mapping[str, Any], *, by: User) -> None:
    if version.texts == said and version.german == german:
        return
    version.texts, version.german = said, dict(german)
    title = texts.translated(german, said)["title"]
    version.title = version.draft_title = f"{title} ({TONGUES[version.tag].label})"[:255]
    version.save_revision(user=by)


def _cleaned(text: str) -> str:
    return signs.plain(text.replace("\r\n", "\n")).strip()
