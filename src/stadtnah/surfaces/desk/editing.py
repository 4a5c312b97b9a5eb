"""The editor of a page that is there: it saves by itself, unless saving would end a release that is not through yet."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from stadtnah.publishing import api as publishing
from stadtnah.surfaces.desk import corrections
from stadtnah.surfaces.desk.mistakes import NamesMistakes
from stadtnah.surfaces.website.pages import PublicPage

STAY = "stay"  # the name of the button that saves and stays

# A change ends what of these has not gone out (`publishing.content_changed`): nobody does that unasked.
_UNDER_WAY = frozenset({"scheduled", "sending", "stopped", "unknown", "partly", "failed"})


def ends_release(page: PublicPage) -> str:
    """What saving a change would end, as the editor says it; nothing when a draft may save itself."""
    return _ended_by_saving(publishing.status(page.object_key))


def _ended_by_saving(status: publishing.Status) -> str:
    if status.state not in _UNDER_WAY:
        return ""
    return "Erst mit „Speichern“ endet die Freigabe für alles, was noch nicht hinausgegangen ist."


class EditPage(NamesMistakes, EditView):
    """The CMS's form, without its saving by itself where that would take the release of something."""

    autosave_enabled: bool

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Of two that save at once the second sees what the first saved: one that saves itself is then refused as old.

        The CMS compares before its transaction begins; an older draft could overwrite what was sent by hand meanwhile.
        """
        if request.method != "POST":
            return self._shown(request, page_id, **kwargs)
        with transaction.atomic():  # SQLite: IMMEDIATE
            Page.objects.select_for_update().filter(pk=page_id).first()
            return self._shown(request, page_id, **kwargs)

    def _shown(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().dispatch(request, page_id, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Says so in the head, in place of the sign that everything is saved."""
        status = publishing.status(self.page.object_key)
        ends = _ended_by_saving(status)
        self.autosave_enabled = self.autosave_enabled and not ends
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["action_menu"].context["ends_release"] = ends  # has no part in the page's own context
        words = corrections.of(self.page, status)
        return {**context, "status": status, "in_work": words, "ends_release": ends}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Also a form that was opened as a draft and is released meanwhile in another window."""
        if self.expects_json_response and (ends := ends_release(self.page)):
            refused: HttpResponse = self.json_error_response("locked", ends)
            return refused
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer
