"""Addresses of composing, with the right each needs."""

from __future__ import annotations

from django.urls import path

from stadtnah.kernel.access.api import Action
from stadtnah.surfaces.desk import (
    basket,
    blog,
    compose,
    creating,
    discarding,
    editing,
    events,
    events_print,
    files,
    history,
    pictures,
    site_pages,
    writing,
)

ACTIONS: dict[str, Action] = {
    "desk_new": Action.MESSAGE_EDIT,
    "desk_channels_step": Action.MESSAGE_EDIT,
    "desk_draft_whole": Action.MESSAGE_EDIT,
    "desk_history": Action.MESSAGE_EDIT,
    "desk_discard": Action.MESSAGE_EDIT,
    "desk_pages": Action.MESSAGE_VIEW,
    "desk_collect": Action.MESSAGE_SUBMIT,
    "desk_page_new": Action.MESSAGE_EDIT,
    "desk_services": Action.MESSAGE_VIEW,
    "desk_service_new": Action.MESSAGE_EDIT,
    "desk_blog": Action.MESSAGE_VIEW,
    "desk_blog_new": Action.MESSAGE_EDIT,
    "desk_events": Action.MESSAGE_VIEW,
    "desk_event_new": Action.MESSAGE_EDIT,
    "desk_events_print": Action.MESSAGE_VIEW,
    "desk_files": Action.MEDIA_EDIT,
    "desk_pictures": Action.MEDIA_EDIT,
    "desk_image": Action.MEDIA_EDIT,
    "desk_file": Action.MESSAGE_VIEW,
    "desk_check_page": Action.MESSAGE_EDIT,
    "desk_check_new": Action.MESSAGE_EDIT,
    "desk_create": Action.MESSAGE_EDIT,
    "desk_edit": Action.MESSAGE_EDIT,
}

urlpatterns = [
    path("meldung/neu/", compose.new, name="desk_new"),
    path("meldung/<uuid:key>/kanaele/", compose.channels, name="desk_channels_step"),
    path("meldung/<uuid:key>/staende/", history.states, name="desk_history"),
    path("meldung/<uuid:key>/verwerfen/", discarding.discard, name="desk_discard"),
    path("meldung/<uuid:key>/ansicht/<str:account>/", compose.whole, name="desk_draft_whole"),
    path("seiten/", site_pages.pages_list, name="desk_pages"),
    path("seiten/geaendert/", basket.collect, name="desk_collect"),
    path("seiten/neu/", site_pages.new, name="desk_page_new"),
    path("dienstleistungen/", site_pages.services_list, name="desk_services"),
    path("dienstleistungen/neu/", site_pages.service_new, name="desk_service_new"),
    path("blog/", blog.entries_list, name="desk_blog"),
    path("blog/neu/", blog.new, name="desk_blog_new"),
    path("veranstaltungen/", events.events_list, name="desk_events"),
    path("veranstaltungen/neu/", events.new, name="desk_event_new"),
    path("veranstaltungen/drucken/", events_print.programme, name="desk_events_print"),
    path("bilder/", pictures.pictures_list, name="desk_pictures"),
    path("bilder/<int:image_id>/", pictures.edit, name="desk_image"),
    path("dateien/", files.files_list, name="desk_files"),
    path("-/datei/<str:sha256>", files.file, name="desk_file"),
    path("pruefen/<int:page_id>/", writing.CheckPage.as_view(), name="desk_check_page"),
    path(
        "pruefen/neu/<str:content_type_app_name>/<str:content_type_model_name>/<int:parent_page_id>/",
        writing.CheckNew.as_view(),
        name="desk_check_new",
    ),
    # In front of the CMS's own, at the same address.
    path(
        "pages/add/<slug:app>/<slug:model>/<int:parent_page_id>/",
        creating.CreatePage.as_view(),
        name="desk_create",
    ),
    path("pages/<int:page_id>/edit/", editing.EditPage.as_view(), name="desk_edit"),
]
