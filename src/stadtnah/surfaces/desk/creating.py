"""A new page is made once, however often the request to make it arrives.

The editor saves a draft by itself; on a busy machine somebody presses "save" before that was answered, or the answer is
lost and it is sent again. Each form carries a key; the page's own id, which the database keeps unique, is made from it.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from wagtail.admin.views.pages.create import CreateView

from stadtnah.kernel import clock
from stadtnah.surfaces.desk.editing import EditPage
from stadtnah.surfaces.desk.mistakes import NamesMistakes
from stadtnah.surfaces.website.pageform import CREATION_KEY, id_from
from stadtnah.surfaces.website.pages import PublicPage


class CreatePage(NamesMistakes, CreateView):
    """The CMS's form for a new page. What arrives a second time is a change of the page that the first one made."""

    def dispatch(self, request: HttpRequest, app: str, model: str, parent_page_id: int) -> HttpResponse:
        """One transaction: of two requests one makes the page, the other is refused by the database and finds it."""
        key = id_from(request.POST.get(CREATION_KEY, ""), request.user.pk, model)
        if request.method != "POST" or key is None:
            return self._new(request, app, model, parent_page_id)
        began = clock.now()
        try:
            with transaction.atomic():
                return self._new(request, app, model, parent_page_id)
        except IntegrityError:
            there = _made(app, model, key)
            if there is None:
                raise
        # What somebody sends by hand at the same moment is newer than what saves itself.
        if self.expects_json_response and there.latest_revision_created_at > began:
            return self._told(there.pk, {"success": True, **_revision(there)})
        return self._again(request, there.pk)

    def _new(self, request: HttpRequest, app: str, model: str, parent_page_id: int) -> HttpResponse:
        answer: HttpResponse = super().dispatch(request, app, model, parent_page_id)
        return answer

    def _again(self, request: HttpRequest, page_id: int) -> HttpResponse:
        answer: HttpResponse = EditPage.as_view()(request, page_id)
        if self.expects_json_response and isinstance(answer, JsonResponse) and answer.status_code == 200:  # noqa: PLR2004
            return self._told(page_id, json.loads(answer.content))
        return answer

    def _told(self, page_id: int, said: dict[str, Any]) -> JsonResponse:
        """As the CMS answers to a new page: from here on the form is that of a page that is there."""
        url = reverse(self.edit_url_name, args=[page_id])
        return JsonResponse({**said, "url": url, "hydrate_url": f"{url}?_w_hydrate_create_view=1"})


def _made(app: str, model: str, key: uuid.UUID) -> Any:
    """The page that an earlier request with this key made; None when there is none."""
    try:
        page_class = apps.get_model(app, model)
    except LookupError:
        return None
    if not issubclass(page_class, PublicPage):
        return None
    return page_class._default_manager.filter(uuid=key).first()  # noqa: SLF001 - Django's public way to it


def _revision(page: Any) -> dict[str, Any]:
    latest = page.latest_revision
    return {
        "pk": page.pk,
        "revision_id": latest.pk,
        "revision_created_at": latest.created_at.isoformat(),
        "field_updates": {},
        "comments": [],
    }
