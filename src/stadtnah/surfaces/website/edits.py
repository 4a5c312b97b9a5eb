"""An edit after the release ends it: whatever door of the CMS it comes by, it makes a revision."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision

from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website.pages import PublicPage


@receiver(post_save, sender=Revision)
def release_ends(instance: Revision, *, created: bool, raw: bool = False, **_: Any) -> None:
    """What was released but has not left yet needs a new release once its text is another."""
    if not created or raw:
        return
    page = instance.as_object()
    if isinstance(page, PublicPage) and isinstance(instance.user, User):
        publishing.content_changed(page.content(), by=instance.user)
