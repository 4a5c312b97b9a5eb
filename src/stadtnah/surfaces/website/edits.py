"""Edits: whatever door of the CMS they come by, they write a revision. One after the release ends it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageLogEntry, Revision

from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.audit.models import Entry
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.pages import PublicPage


def writers(page: PublicPage, content: Content) -> set[User]:
    """Everybody with a part in this content of the page since its last release, whatever they changed.

    What stands on a picture (its alternative text, its credit, the point that stays in sight) is released with the page that shows it, so
    whoever changed that meanwhile has written in it, too.
    """
    since = publishing.released_at(page.object_key)
    rows = Revision.objects.for_instance(page).filter(user__isnull=False, created_at__gt=since)
    edited = Q(pk__in=rows.order_by().values("user"))
    return set(User.objects.filter(edited | Q(pk__in=_of_pictures(page, content, since))))


def picture_changed(image: TownImage, *, by: User) -> None:
    """Notes who changed what is released with a picture. Call it in the transaction of the change."""
    audit.record("picture.changed", actor=by, subject=f"picture:{image.sha256}")


def _of_pictures(page: PublicPage, content: Content, since: datetime) -> set[str]:
    """Ids of those who changed a picture of the content, or described it when they took it in; before there was a page, nobody wrote in it."""
    pictures = [one.sha256 for one in content.pictures()]
    if not pictures:
        return set()
    made = PageLogEntry.objects.filter(page=page.pk).order_by("timestamp").values_list("timestamp", flat=True)
    begun = max(since, made.first() or since)
    subjects = [f"picture:{one}" for one in pictures]
    rows = Entry.objects.filter(event="picture.changed", subject__in=subjects, at__gt=begun)
    changed = rows.order_by().values_list("actor", flat=True).distinct()
    new = TownImage.objects.filter(sha256__in=pictures, created_at__gt=begun).exclude(
        description="", credit=""
    )
    described = new.filter(uploaded_by_user__isnull=False).values_list("uploaded_by_user", flat=True)
    return {actor.removeprefix("user:") for actor in changed} | {str(pk) for pk in described}


@receiver(post_save, sender=Revision)
def release_ends(instance: Revision, *, raw: bool = False, **_: Any) -> None:
    """What was released but has not left yet needs a new release once its text is another.

    Also when the editor, saving by itself, writes over the revision it made before.
    """
    if raw or not isinstance(instance.user, User):
        return
    page = (
        instance.content_object
    )  # at hand where the revision was just made; a draft of a thousand is asked about, and nothing more
    if isinstance(page, PublicPage) and publishing.is_pending(page.object_key):
        publishing.content_changed(instance.as_object().content(), by=instance.user)
