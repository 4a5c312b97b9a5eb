"""What the public sees: the website's own copy of released content. Pages are baked from these rows only."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from django.db import models

from stadtnah.kernel import clock
from stadtnah.kernel.questions import Question
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website import withheld


def month_of(moment: datetime) -> str:
    """The month of the town's calendar, "2026-11"."""
    return f"{clock.local(moment):%Y-%m}"


class MonthField(models.CharField[str, str]):
    """The month of `sorted_by`, written with the row, so that the database can count by it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Whatever stood there."""
        del add
        found = month_of(model_instance.sorted_by)  # type: ignore[attr-defined] # of the one model that has it
        setattr(model_instance, self.attname, found)
        return found


class ReleasedPage(models.Model):
    """One page as released. `digest` names the snapshot that it came from."""

    class State(models.TextChoices):
        LIVE = "live", "öffentlich"
        WITHDRAWN = "withdrawn", "zurückgezogen"

    object_key = models.CharField(max_length=80, primary_key=True)
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=400, unique=True)
    parent_path = models.CharField(max_length=400, default="/")  # what stands above in the address
    kind = models.CharField(max_length=16)  # a key of kinds.KINDS
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    content = models.JSONField()
    # Digests of pictures and films in it that may not be shown any more (`takedown`).
    withheld = models.JSONField(default=list)
    category = models.CharField(max_length=60, blank=True)
    # Whether it stands in the lists and feeds of the municipality; a message may be a member site's alone.
    listed = models.BooleanField(default=True)
    # Of a version in another language: the object key of its German page.
    original = models.CharField(max_length=80, blank=True, default="", db_index=True)
    version = models.PositiveIntegerField(
        default=1
    )  # counts what changed the page; a Fassung is Snapshot.number
    sorted_by = models.DateTimeField()  # the day it bears, else the moment of the first release
    month = MonthField(max_length=7, default="", editable=False)
    first_released_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # When a move gave it another address than the one its text was released with (`relocating`).
    moved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "öffentliche Seite"
        verbose_name_plural = "öffentliche Seiten"
        indexes = [
            # `listed` at the end: SQLite takes a truth value for no equality, so it is read in the index and not looked up by it.
            models.Index(fields=["kind", "state", "-sorted_by", "listed"], name="released_news"),
            models.Index(
                fields=["kind", "state", "category", "-sorted_by", "listed"], name="released_category"
            ),
            # Holds all that is counted of a list: the rows with their text are not read for it.
            models.Index(fields=["kind", "state", "month", "category", "listed"], name="released_months"),
            models.Index(fields=["parent_path"], name="released_below"),
        ]
        constraints = [
            # A member site is a prefix of the address space, and prefixes never lie within each other (`members`).
            models.CheckConstraint(
                condition=~models.Q(kind="membersite", state="live") | models.Q(parent_path="/"),
                name="member_site_at_the_top",
            )
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.state})"

    def said(self) -> dict[str, Any]:
        """The released content, at the address where it stands: a move gives a page another one, and its text none."""
        was = self.content.get("path", self.path)
        if was == self.path:
            return dict(self.content)
        return {
            **self.content,
            "path": self.path,
            "link": self.content["link"].removesuffix(was) + self.path,
        }

    def shown(self) -> Content:
        """What the public may see of it."""
        return withheld.shown(Content.from_json(self.said()), self.withheld)


_AT: Final = Question(lambda path: ReleasedPage.objects.filter(path=path).order_by(), str)


def at(path: str) -> ReleasedPage | None:
    """What was released for an address, be it withdrawn. One query."""
    return next(iter(_AT.objects(path)), None)


class SiteListing(models.Model):
    """A message stands in the list of a member site, too."""

    page = models.ForeignKey(ReleasedPage, on_delete=models.CASCADE, related_name="on_sites")
    site = models.CharField(max_length=80)  # its object key

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "page"], name="listed_once_on_a_site")]

    def __str__(self) -> str:
        return f"{self.page_id} auf {self.site}"


class OldPath(models.Model):
    """A former address; it leads on to the present one."""

    path = models.CharField(max_length=400, primary_key=True)
    page = models.ForeignKey(ReleasedPage, on_delete=models.CASCADE, related_name="old_paths")

    def __str__(self) -> str:
        return self.path


class Move(models.Model):
    """A page shall stand below another one, or did come to stand there. One for each page: the wish that was uttered last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.CharField(max_length=80, unique=True)  # object keys
    parent = models.CharField(max_length=80)
    title = models.CharField(max_length=255)  # of the page
    digest = models.CharField(max_length=64, blank=True, default="")  # of the release that moved it last

    def __str__(self) -> str:
        return f"{self.page} unter {self.parent}"


class PageUse(models.Model):
    """A baked page used this: an object key, or a list such as "list:news", "town", "menu"."""

    path = models.CharField(max_length=400)
    used = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "used"], name="page_use_once")]
        indexes = [models.Index(fields=["used"], name="page_use_used")]

    def __str__(self) -> str:
        return f"{self.path}: {self.used}"


class StaleUse(models.Model):
    """Something changed, and what uses it waits to be baked."""

    used = models.CharField(max_length=120, primary_key=True)
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.used


class ChangedUse(models.Model):
    """Something changed, and when: kept a day for bakings that were under way (`overtaken`)."""

    used = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.used
