"""Which category an old message gets here. One of the same name is taken; a new public one is made only if somebody says so.

Old websites have dozens of them, many with a typing mistake or a year in their name: made without asking, they would all
stand on the new website.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing.api import Snapshot
from stadtnah.surfaces.website.addresses import plain_slug
from stadtnah.surfaces.website.models import Category
from stadtnah.surfaces.website.moving_in.models import CategoryChoice, ImportedItem, ImportRun
from stadtnah.surfaces.website.pages import MessagePage

_SLUG = 50
_LONGEST = 80


def key_of(label: str) -> str:
    """What names have in common that differ in case, umlauts and signs alone: „Straßenbau“, „STRASSENBAU“, „Strassen-Bau“."""
    return (plain_slug(label).replace("-", "") or label.casefold())[:_LONGEST]


@dataclass(slots=True)
class Categories:
    """Our categories and what was decided about theirs, read once per run."""

    ours: dict[str, Category]
    decided: dict[str, Category | None]
    make_new: bool = False

    @classmethod
    def of_run(cls, run: ImportRun) -> Categories:
        """As it stands now."""
        chosen = CategoryChoice.objects.filter(source_key=run.source_key).select_related("category")
        return cls(
            {key_of(row.label): row for row in Category.objects.all()},
            {row.key: row.category for row in chosen},
            run.new_categories,
        )

    def place(self, labels: tuple[str, ...]) -> Category | None:
        """The category of a message with these names over there, the first that has one; None when none has."""
        for label in labels:
            key = key_of(label)
            found = self.decided[key] if key in self.decided else self.ours.get(key)
            if found:
                return found
        if labels and self.make_new and key_of(labels[0]) not in self.decided:
            return self._new(labels[0])
        return None

    def open(self, labels: tuple[str, ...]) -> str:
        """The name over there that somebody has to decide about; "" when there is nothing to decide."""
        if self.place(labels):
            return ""
        return next((label[:_LONGEST] for label in labels if key_of(label) not in self.decided), "")

    def _new(self, label: str) -> Category:
        made = self.ours[key_of(label)] = made_of(label)
        return made


def made_of(label: str) -> Category:
    """The category of this name, made when there is none."""
    known = next((row for row in Category.objects.all() if key_of(row.label) == key_of(label)), None)
    if known:
        return known
    base = plain_slug(label)[:_SLUG].strip("-") or "rubrik"
    taken = set(Category.objects.values_list("slug", flat=True))
    slug = next(name for name in chain([base], (f"{base}-{n}" for n in count(2))) if name not in taken)
    return Category.objects.create(slug=slug, label=label[:_LONGEST])


def undecided(run: ImportRun) -> list[tuple[str, str, int]]:
    """Names over there that nothing here stands for: (key, name, how many messages), the most frequent first. Two queries."""
    rows = ImportedItem.objects.filter(source_key=run.source_key, page__isnull=False).exclude(old_category="")
    decided = set(CategoryChoice.objects.filter(source_key=run.source_key).values_list("key", flat=True))
    found: dict[str, tuple[str, int]] = {}
    for label, number in (
        rows.values_list("old_category").annotate(number=Count("pk")).order_by("-number", "old_category")
    ):
        name, before = found.get(key_of(label), (label, 0))
        found[key_of(label)] = (name, before + number)
    return sorted(
        ((key, name, number) for key, (name, number) in found.items() if key not in decided),
        key=lambda row: (-row[2], row[1]),
    )


def decide(
    run: ImportRun, chosen: Mapping[str, Category | None], new: Mapping[str, str], *, by: User
) -> None:
    """Keeps what each of their categories is here. `new`: key to the name of a category to be made."""
    access.require(by, Action.IMPORT_RUN)
    with transaction.atomic():
        found = {**chosen, **{key: made_of(label) for key, label in new.items()}}
        for key, category in found.items():
            CategoryChoice.objects.update_or_create(
                source_key=run.source_key, key=key, defaults={"category": category}
            )
        audit.record(
            "import.sorted",
            actor=by,
            subject=f"import:{run.pk}",
            data={"decided": len(found), "new": len(new)},
        )


def sort_in(run_id: UUID | str, by: User, *, ending: Callable[[], bool] = lambda: False) -> int:
    """Writes what was decided into the drafts that wait for it; returns how many. May be broken off and called again."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or not access.can(by, Action.IMPORT_RUN):
        return 0
    decided = Categories.of_run(run).decided
    rows = ImportedItem.objects.filter(source_key=run.source_key, page__isnull=False).exclude(old_category="")
    done = 0
    for row in rows.select_related("page"):
        if ending():
            break
        key = key_of(row.old_category)
        if key in decided:
            done += _sorted(row, decided[key], by)
    return done


def _sorted(row: ImportedItem, category: Category | None, by: User) -> bool:
    """Whether the draft got it. What was laid before the municipality, or has one by now, stays as it is."""
    assert row.page is not None
    ours = row.page.latest_revision_id == row.revision_id
    with transaction.atomic():
        page = row.page.specific if ours else row.page.get_latest_revision_as_object()
        wanted = (
            category is not None
            and isinstance(page, MessagePage)
            and page.category_id is None
            and not Snapshot.objects.filter(object_key=row.object_key).exists()
        )
        if wanted:
            page.category = category
            if ours:  # nobody wrote in it: the list shows it, too
                page.save()
            page.save_revision(user=by, clean=False)
            if ours:
                row.revision_id = page.latest_revision_id
        row.old_category = ""
        row.save(update_fields=["old_category", "revision_id"])
    return wanted
