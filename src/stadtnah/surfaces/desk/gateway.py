"""The one gate of the desk: what is not in the table does not exist.

Wagtail's admin brings doors that publish, copy, move or hand out rights. They are not refused one by one: only the
routes named here are reachable at all, each with the right it needs. The public would still see only released bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from draftjs_exporter.error import ExporterException

from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.desk import errors, second_factor

logger = logging.getLogger(__name__)

PREFIX = "/desk/"

# Wagtail's own routes: view name -> the right it needs.
WAGTAIL: dict[str, Action] = {
    "wagtailadmin_explore": Action.MESSAGE_EDIT,
    "wagtailadmin_explore_root": Action.MESSAGE_EDIT,
    "wagtailadmin_account": Action.DESK_OPEN,
    "wagtailadmin_logout": Action.DESK_OPEN,
    "wagtailadmin_pages:usage": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:add": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:edit": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:search": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:search_results": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:preview_on_add": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:preview_on_edit": Action.MESSAGE_EDIT,
    "wagtailadmin_pages:revisions_revert": Action.MESSAGE_EDIT,
    "wagtailadmin_editing_sessions:ping": Action.MESSAGE_EDIT,
    "wagtailadmin_editing_sessions:release": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page_child": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page_search": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page_external_link": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page_email_link": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page_phone_link": Action.MESSAGE_EDIT,
    "wagtailadmin_choose_page_anchor_link": Action.MESSAGE_EDIT,
    "wagtailadmin_javascript_catalog": Action.DESK_OPEN,
    "wagtailadmin_sprite": Action.DESK_OPEN,
    "wagtailimages:index": Action.MEDIA_EDIT,
    "wagtailimages:edit": Action.MEDIA_EDIT,
    "wagtailimages:add": Action.MEDIA_EDIT,
    "wagtailimages_chooser:choose": Action.MEDIA_EDIT,
    "wagtailimages_chooser:choose_results": Action.MEDIA_EDIT,
    "wagtailimages_chooser:chosen": Action.MEDIA_EDIT,
    "wagtailimages_chooser:chosen_multiple": Action.MEDIA_EDIT,
    "wagtailimages_chooser:create": Action.MEDIA_EDIT,
    "wagtailimages_chooser:select_format": Action.MEDIA_EDIT,
    "wagtaildocs:index": Action.MEDIA_EDIT,
    "wagtaildocs_chooser:choose": Action.MEDIA_EDIT,
    "wagtaildocs_chooser:choose_results": Action.MEDIA_EDIT,
    "wagtaildocs_chooser:chosen": Action.MEDIA_EDIT,
    "wagtaildocs_chooser:chosen_multiple": Action.MEDIA_EDIT,
    "wagtaildocs_chooser:create": Action.MEDIA_EDIT,
}

# What the desk has better: the CMS's own view name -> the desk's.
_MOVED = {
    "wagtailadmin_explore": "desk_pages",
    "wagtailadmin_explore_root": "desk_pages",
    "wagtailimages:index": "desk_pictures",
    "wagtailimages:add": "desk_pictures",
    "wagtailimages:edit": "desk_image",
    "wagtaildocs:index": "desk_files",
    "wagtailadmin_account": "mfa_index",
    "wagtailadmin_logout": "account_logout",
}

_KEPT = frozenset({"image_id"})  # parts of the address that the desk's own page takes as well

# Forms that the editor's scripts put together in the browser; the CMS takes for granted that nothing is missing.
_PUT_TOGETHER = ("wagtailadmin_pages:", "desk_create", "desk_edit")
# What the editor's code raises about parts that are missing, no JSON, nested without end, or of kinds it does not have.
_WRONG_FORM = (LookupError, ValueError, TypeError, AttributeError, RecursionError, ExporterException)

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Posts that publish, whatever the form that carries them.
_PUBLISHING = (
    "action-publish",
    "action-unpublish",
    "action-submit",
    "action-workflow-action",
    "action-restart-workflow",
)


def table() -> dict[str, Action]:
    """Every reachable view name of the desk and the right it needs."""
    found = dict(WAGTAIL)
    for module in ("urls", *import_module("stadtnah.surfaces.desk.urls").PARTS):
        found |= import_module(f"stadtnah.surfaces.desk.{module}").ACTIONS
    return found


class Gateway:
    """Middleware: signed in, mandate running, route known, right held, second factor shown. In this order; unknown before forbidden."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._table: dict[str, Action] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Decides before the view runs."""
        if not request.path.startswith(PREFIX):
            return None
        user = request.user
        if not isinstance(user, User):
            return redirect_to_login(request.get_full_path())
        if not access.can(user, Action.DESK_OPEN):
            logout(request)
            return render(request, "desk/no_access.html", {"person": user}, status=403)
        if self._table is None:
            self._table = table()
        name = request.resolver_match.view_name if request.resolver_match else ""
        needed = self._table.get(name)
        if needed is None:
            raise Http404
        if not access.can(user, needed):
            # Who may not even see messages need not know that this page exists.
            if not access.can(user, Action.MESSAGE_VIEW):
                raise Http404
            raise PermissionDenied
        if request.method == "POST" and any(word in request.POST for word in _PUBLISHING):
            raise PermissionDenied("Veröffentlicht wird nur über die Freigabe.")
        return _factor(request, name, needed, kwargs) or _moved(name, kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A form of the editor that came without its parts, or with parts that are no JSON, is the sender's mistake."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or not name.startswith(_PUT_TOGETHER):
            return None
        if not isinstance(exception, _WRONG_FORM):
            return None
        # The trace is for whoever finds that it was no mistake of the sender; what was typed is not in it.
        logger.warning("desk: incomplete form at %s: %s", name, type(exception).__name__, exc_info=exception)
        return errors.incomplete(request)


def _factor(request: HttpRequest, name: str, needed: Action, kwargs: dict[str, Any]) -> HttpResponse | None:
    if not second_factor.asks(name, needed):
        return None
    if request.method in _SAFE:
        return second_factor.kept(request)
    if not second_factor.recent(request):
        return second_factor.ask(request, name, kwargs)
    return second_factor.carried_out(request)


def _moved(name: str, kwargs: dict[str, Any]) -> HttpResponse | None:
    if name not in _MOVED:
        return None
    return HttpResponseRedirect(
        reverse(_MOVED[name], kwargs={key: kwargs[key] for key in _KEPT & set(kwargs)})
    )
