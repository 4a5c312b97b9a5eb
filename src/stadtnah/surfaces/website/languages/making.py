"""Versions as editors work on them: begun from the German page, translated text by text, brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db import transaction
from wagtail.models import Page

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import signs
from stadtnah.surfaces.website.languages import versions
from stadtnah.surfaces.website.languages.domain import notation, texts
from stadtnah.surfaces.website.languages.domain.tongues import GERMAN, TONGUES, in_order
from stadtnah.surfaces.website.languages.models import ChosenLanguage, VersionPage
from stadtnah.surfaces.website.pages import PublicPage
from stadtnah.surfaces.website.released import ReleasedPage

LONGEST = 5_000  # characters of one text


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
            audit.record("town.languages", data={"languages": wanted, "before": before})
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
    there = VersionPage.objects.filter(original=page.object_key, tag=tag).first()
    if there:
        return there
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
    with transaction.atomic():
        parent = Page.objects.get(pk=page.pk)
        parent.add_child(instance=made)
        made.save_revision(user=by)
    return made


def german_now(version: VersionPage) -> dict[str, Any]:
    """The German page as it is public; as it was when the version was made, when it is not public any more."""
    row = ReleasedPage.objects.filter(pk=version.original).first()
    return cast("dict[str, Any]", row.content if row and translatable(row) else version.german)


def translate(
    version: VersionPage, said: Mapping[str, str], german: Mapping[str, Any], *, by: User
) -> dict[str, str]:
    """Keeps the texts for this German version, and says by German text what is wrong with them; wrong ones are kept too.

    `version` is the draft. Raises PermissionDenied.
    """
    access.require(by, Action.MESSAGE_EDIT)
    kept = {
        one.text: _cleaned(said.get(one.text, ""))
        for one in texts.segments(german)
        if said.get(one.text, "").strip()
    }
    problems = {text: wrong for text, given in kept.items() if (wrong := notation.problem(text, given))}
    problems |= {
        text: f"Das ist zu lang; möglich sind {LONGEST} Zeichen."
        for text, given in kept.items()
        if len(given) > LONGEST
    }
    _keep(version, kept, german, by=by)
    return problems


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
