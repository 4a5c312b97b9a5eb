"""Many new drafts below one page, as the CMS's `add_child` would put them there, without asking for each what is known from the one before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision


@dataclass(slots=True)
class Branch:
    """The place of the drafts. last: the path of its last child, "" when it has to be looked up."""

    parent: Any
    last: str = ""
    _step: Any = field(default_factory=Page)  # counts; to make one for each draft costs more than the rest

    def add(self, page: Any, by: Any) -> None:
        """Saves a new draft as the last child, with the entry in the CMS's history that every new page has.

        Within a transaction: the parent's row is held until it ends, so that nobody adds a page in between. Raises IntegrityError when somebody
        had before: then `forget` and begin anew.
        """
        # In this order: whoever holds the row has written what `_next` looks for.
        Page.objects.filter(pk=self.parent.pk).update(numchild=F("numchild") + 1)
        page.path, page.depth = self._next(), self.parent.depth + 1
        page._cached_parent_obj = self.parent  # noqa: SLF001 - where treebeard keeps what `get_parent` found
        page.save(log_action=None, user=by)
        self._log(page, by)
        self.last = page.path
        # As `add_child` does: the addresses of who seems to have no children are not compared.
        self.parent.numchild += 1

    def forget(self) -> None:
        """What is remembered may not be so any more."""
        self.last = ""

    def _next(self) -> str:
        last = self.last or (
            Page.objects.child_of(self.parent).order_by("-path").values_list("path", flat=True).first()
        )
        if not last:
            first: str = Page._get_path(self.parent.path, self.parent.depth + 1, 1)  # noqa: SLF001 - treebeard's only way
            return first
        self._step.path = last
        after: str = self._step._inc_path()  # noqa: SLF001 - as above
        return after

    @staticmethod
    def _log(page: Any, by: Any) -> None:
        """What `save` logs of a new page, without looking up again that page, person and type exist."""
        PageLogEntry.objects.bulk_create(
            [
                PageLogEntry(
                    page_id=page.pk,
                    content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
                    label=page.get_admin_display_title(),
                    action="wagtail.create",
                    timestamp=timezone.now(),
                    user=by,
                    content_changed=True,
                )
            ]
        )


def first_revision(page: Any, by: Any) -> None:
    """Keeps a draft that `add` made in this transaction as its first revision.

    As the CMS's `save_revision`, but for what asks whether something of it was released, noted or searched for before: it is new.
    """
    now = timezone.now()
    revision = Revision(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=by,
        created_at=now,
        content=page.serializable_data(),
        object_str=str(page),
    )
    Revision.objects.bulk_create([revision])
    page.latest_revision, page.latest_revision_created_at = revision, now
    Page.objects.filter(pk=page.pk).update(latest_revision=revision, latest_revision_created_at=now)
