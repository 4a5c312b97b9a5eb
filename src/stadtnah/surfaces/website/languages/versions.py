"""What versions there are: read from released rows, nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Final

from django.db.models import QuerySet

from stadtnah.kernel.questions import Question
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import addresses, kinds, lists, withheld
from stadtnah.surfaces.website.kinds import Sheet, Version
from stadtnah.surfaces.website.languages.domain import texts
from stadtnah.surfaces.website.languages.domain.tongues import EASY, TONGUES, in_order
from stadtnah.surfaces.website.released import ReleasedPage

KIND: Final = "version"
_LIVE: Final = ReleasedPage.State.LIVE


_OF: Final = Question(lambda original: ReleasedPage.objects.filter(original=original).order_by("path"), str)


def use(original: str) -> str:
    """The mark for `PageUse`: which versions a page has."""
    return f"versions:{original}"


def of(original: str) -> list[ReleasedPage]:
    """Every version that was ever public, withdrawn ones too. One query; none while many pages are made and this one has no version."""
    if not original or (lists.in_one_pass() and original not in lists.once("versions", _originals)):
        return []
    return _OF.objects(original)


def _originals() -> set[str]:
    return set(ReleasedPage.objects.exclude(original="").values_list("original", flat=True))


def live() -> QuerySet[ReleasedPage]:
    """The public versions; one whose German page is not public is none of them."""
    return ReleasedPage.objects.filter(
        kind=KIND, state=_LIVE, original__in=ReleasedPage.objects.filter(state=_LIVE).values("pk")
    ).order_by()


def tags(originals: Iterable[str] | None = None) -> dict[str, list[str]]:
    """The languages of each German page that has public versions. One query."""
    rows = live() if originals is None else live().filter(original__in=list(originals))
    found: dict[str, list[str]] = defaultdict(list)
    for original, tag in rows.values_list("original", "content__language"):
        found[original].append(tag)
    return {original: in_order(given) for original, given in found.items()}


EASY_HOME: Final = f"{TONGUES[EASY].root}/"  # the first page in Leichte Sprache


def is_easy_home(row: ReleasedPage) -> bool:
    """Whether every page's head depends on this row."""
    return bool(row.kind == KIND and row.path == EASY_HOME)


def baked_at(row: ReleasedPage) -> str:
    """The address with which a row is baked: a version together with its German page."""
    if row.kind != KIND:
        return str(row.path)
    return _path(row.original) or str(row.path)


def place(content: Content) -> str:
    """The address of this content: of a version below its German page as it stands now, wherever that stood when the version was released."""
    if kinds.kind_of(content) != KIND:
        return content.path
    german = _path(content.extra["of"])
    return f"{TONGUES[content.language].root}{german}" if german else content.path


def hold(content: Content) -> None:
    """Until this transaction ends the German page of a version does not move: it could not take along what is not there yet."""
    if kinds.kind_of(content) == KIND:
        ReleasedPage.objects.select_for_update().filter(pk=content.extra["of"]).first()


def _path(key: str) -> str:
    return ReleasedPage.objects.filter(pk=key).values_list("path", flat=True).first() or ""


def problem(content: Content) -> str:
    """Why this version cannot be public, German; "" when it can, and for every other kind of page."""
    if kinds.kind_of(content) != KIND:
        return ""
    if left := content.extra.get("open", 0):
        what = "eine Stelle ist" if left == 1 else f"{left} Stellen sind"
        return f"Noch nicht fertig: {what} nicht übersetzt. Bitte ergänzen Sie die Übersetzung."
    if not ReleasedPage.objects.filter(pk=content.extra["of"], state=_LIVE).exists():
        return "Die deutsche Seite ist nicht öffentlich. Bitte geben Sie zuerst die deutsche Seite frei."
    return ""


def follow(row: ReleasedPage) -> None:
    """A German page has another address: its versions go with it."""
    for one in ReleasedPage.objects.filter(original=row.pk):
        tag = str(one.content["language"])
        one.path = f"{TONGUES[tag].root}{row.path}"
        one.parent_path = addresses.parent_path(one.path)
        one.save(update_fields=["path", "parent_path"])


def sheets(row: ReleasedPage, rows: Iterable[ReleasedPage]) -> tuple[Version, ...]:
    """These versions of a German page as they are to be baked: withdrawn with it, or each on its own."""
    german = row.content
    said = None
    found = []
    for one in rows:
        tag = str(one.content["language"])
        if tag not in TONGUES:
            continue
        if one.state != _LIVE or row.state != _LIVE:
            gone = Sheet("website/withdrawn.html", {"row": one}, frozenset({one.pk}), status=410)
            found.append(Version(tag, gone))
            continue
        said = said or texts.fingerprint(german)
        outdated = said != one.content["extra"]["basis"]
        found.append(Version(tag, _sheet(one, row, outdated=outdated)))
    return tuple(sorted(found, key=lambda version: list(TONGUES).index(version.tag)))


def text_of(one: ReleasedPage, row: ReleasedPage) -> Content:
    """What the public may see of a version, in the frame of its German page."""
    content = Content.from_json(texts.shown(one.said(), row.said()))
    return withheld.shown(content, {*one.withheld, *row.withheld})


def _sheet(one: ReleasedPage, row: ReleasedPage, *, outdated: bool) -> Sheet:
    content = text_of(one, row)
    stand = copy(row)  # dates and place of the German page, the state of this text
    stand.updated_at, stand.version = one.updated_at, 1
    made = kinds.show(content, stand)
    context = {**made.context, "newer": row.updated_at if outdated else None}
    return replace(made, context=context, uses=made.uses | {one.pk}, files=tuple(content.files()), beside={})


def preview(content: Content) -> Content:
    """A version as it would be shown, when its German page is public."""
    row = ReleasedPage.objects.filter(pk=content.extra["of"], state=_LIVE).first()
    said = content.to_json()
    german = row.said() if row else {**said, "extra": {"kind": content.extra["as"]}}
    return Content.from_json(texts.shown(said, german))


def moved(path: str, original: str) -> tuple[Version, ...]:
    """The former addresses of the versions lead on as that of the German page does."""
    sheet = kinds.moved(path, frozenset({original}))
    return tuple(Version(tag, sheet) for tag in tags([original]).get(original, []))
