"""Wagtail's own rights: whoever may edit messages is in one group that can add and change, never publish.

The gateway decides by `kernel.access` on every request; this group only opens the editor itself.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from stadtnah.kernel.access.actions import ROLE_ACTIONS, Action, Role, Scope
from stadtnah.kernel.access.models import Mandate, Membership
from stadtnah.kernel.identity.models import User

NAME = "Redaktion"
_EDITING = [role.value for role in Role if Action.MESSAGE_EDIT in ROLE_ACTIONS[role]]


def group() -> Group:
    """The group, made with its rights when it is missing."""
    found, made = Group.objects.get_or_create(name=NAME)
    if made or not found.permissions.exists():
        _give(found)
    return found


def _give(found: Group) -> None:
    found.permissions.set(Permission.objects.filter(codename="access_admin"))
    root = Page.objects.filter(depth=1).first()
    collection = Collection.get_first_root_node()
    for codename in ("add_page", "change_page"):
        right = Permission.objects.filter(codename=codename, content_type__app_label="wagtailcore").first()
        if root and right:
            GroupPagePermission.objects.get_or_create(group=found, page=root, permission=right)
    # Wagtail asks for the rights of its own Image, whatever WAGTAILIMAGES_IMAGE_MODEL names (get_permission_policy).
    rights = [("wagtailimages", name) for name in ("add_image", "change_image", "choose_image")]
    rights += [("wagtaildocs", name) for name in ("add_document", "change_document", "choose_document")]
    for app, codename in rights:
        right = Permission.objects.filter(codename=codename, content_type__app_label=app).first()
        if collection and right:
            GroupCollectionPermission.objects.get_or_create(
                group=found, collection=collection, permission=right
            )


def sync(user: User) -> None:
    """Puts the person in or out; whether a mandate runs at this moment is the gateway's question."""
    writes = user.memberships.filter(role__in=_EDITING).exists() or any(
        Scope.WRITE.value in mandate.scopes for mandate in user.mandates.filter(ended_at__isnull=True)
    )
    if writes:
        user.groups.add(group())
    else:
        user.groups.remove(*Group.objects.filter(name=NAME))


@receiver([post_save, post_delete], sender=Membership)
@receiver([post_save, post_delete], sender=Mandate)
def _rights_changed(instance: Membership | Mandate, **_: Any) -> None:
    sync(instance.user)


@receiver(post_migrate)
def _only_ours(sender: Any, **_: Any) -> None:
    """Wagtail's own groups may publish; nobody is ever put in them, so they go. Ours gets what an update added."""
    if getattr(sender, "label", "") == "website":
        Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
        for found in Group.objects.filter(name=NAME):
            _give(found)
