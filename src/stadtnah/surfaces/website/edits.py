"""Edits: whatever door of the CMS they come by, they write a revision. One after the release ends it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision

from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.pages import PublicPage


def writers(page: PublicPage) -> set[User]:
    """Everybody who edited the page since its last release, whatever they changed."""
    rows = Revision.objects.for_instance(page).filter(
        user__isnull=False, created_at__gt=publishing.released_at(page.object_key)
    )
    return set(User.objects.filter(pk__in=rows.order_by().values("user")))


@receiver(post_save, sender=Revision)
def release_ends(instance: Revision, *, raw: bool = False, **_: Any) -> None:
    """What was released but has not left yet needs a new release once its text is another.

    Also when the editor, saving by itself, writes over the revision it made before.
    """
    if raw:
        return
    page = instance.as_object()
    if isinstance(page, PublicPage) and isinstance(instance.user, User):
        publishing.content_changed(page.content(), by=instance.user)
