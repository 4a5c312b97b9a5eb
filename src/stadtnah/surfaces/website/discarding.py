"""A draft that nobody wants any more: it goes, and its address is free again. What was ever released is withdrawn instead."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.publishing import api as publishing
from stadtnah.surfaces.website import kinds
from stadtnah.surfaces.website.pages import PublicPage

_FIXED: Final = "Diese Seite gehört fest zur Website und bleibt."
_RELEASED: Final = (
    "Schon einmal freigegeben: Was davon auf der Website steht, ziehen Sie bitte zurück. Der Nachweis bleibt."
)
_WAITING: Final = (
    "Liegt zur Freigabe vor. Verwerfen lässt sich der Entwurf erst, wenn die Kommune darüber entschieden hat."
)
_BELOW: Final = "Darunter stehen noch Seiten. Bitte verwerfen Sie diese zuerst."
_USED: Final = "Andere Inhalte gehören zu dieser Seite. Bitte ordnen Sie diese zuerst einer anderen zu."


class NotDiscarded(Exception):
    """The draft stays; the text says why, in German."""


def hindrance(page: PublicPage, status: publishing.Status) -> str:
    """Why this page cannot be discarded, given how it stands with it; "" when it can. Asks the database nothing."""
    if kinds.of_page(page).fixed:
        return _FIXED
    if status.released:
        return _RELEASED
    if status.state == "submitted":
        return _WAITING
    below: int = getattr(page, "numchild", 0)
    return _BELOW if below else ""


def discard(page: PublicPage, *, by: User) -> None:
    """Removes the draft with its former states. Raises NotDiscarded, PermissionDenied.

    What was laid before the municipality and came back stays with it: those versions are records, not drafts.
    """
    access.require(by, Action.MESSAGE_EDIT)
    rows: Any = type(page)
    try:
        with transaction.atomic():
            row = rows.objects.select_for_update().filter(uuid=page.uuid).first()
            if row is None:  # somebody was faster, with the same wish
                return
            if why := hindrance(row, publishing.status(row.object_key)):
                raise NotDiscarded(why)
            key = row.object_key
            row.delete()
            audit.record("page.discarded", actor=by, subject=key)
    except ProtectedError:
        raise NotDiscarded(_USED) from None
