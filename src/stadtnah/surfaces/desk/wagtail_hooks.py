"""The CMS's editor as part of the desk: only what belongs here, and the way on to channels and release."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from stadtnah.surfaces.desk.editing import STAY, ends_release
from stadtnah.surfaces.website.calendar.models import EventIndexPage
from stadtnah.surfaces.website.languages.models import VersionPage
from stadtnah.surfaces.website.pageform import CREATION_KEY
from stadtnah.surfaces.website.pages import NewsIndexPage, PublicPage, SentFields


class Onward(ActionMenuItem):
    """The editor's buttons: one saves and stays, the other names the step that follows."""

    name = "action-onward"
    template_name = "desk/editor_save.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """What the buttons say: a message and an event go on to their channels, any other page to its preview."""
        page, parent = parent_context.get("page"), parent_context.get("parent_page")
        sent = isinstance(page, SentFields) or (
            parent is not None and isinstance(parent.specific, NewsIndexPage | EventIndexPage)
        )
        again = parent_context["view"] == "revisions_revert"
        verb = "Diesen Stand übernehmen" if again else "Speichern"
        ends = parent_context.get("ends_release")
        if ends is None:  # a former state; a new page has nothing to end
            ends = ends_release(page) if isinstance(page, PublicPage) and page.pk else ""
        words = {
            "stay": STAY,
            "verb": verb,
            "unsaved": ends or ("Der Stand gilt erst, wenn Sie ihn übernehmen." if again else ""),
            "label": f"{verb} und {'Kanäle wählen' if sent else 'Vorschau ansehen'}",
        }
        new = {}
        if parent_context["view"] == "create":
            # A form that comes back with a mistake keeps its key.
            posted = parent_context["request"].POST.get(CREATION_KEY, "")
            new = {"key_name": CREATION_KEY, "creation_key": posted or str(uuid.uuid4())}
        return {**super().get_context_data(parent_context), **words, **new}


@hooks.register("construct_page_action_menu")
def only_saving(items: list[Any], _request: HttpRequest, _context: dict[str, Any]) -> None:
    """Saving is all the editor does; the release is a step of its own."""
    items[:] = [Onward()]


@hooks.register("construct_page_header_more_menu_items")
@hooks.register("construct_page_listing_buttons")
def nothing_more(buttons: list[Any], *_: Any, **__: Any) -> None:
    """Copy, move, publish and delete are not offered (the gateway does not know them either)."""
    del buttons[:]


@hooks.register("construct_page_chooser_queryset")
def no_versions(pages: Any, _request: HttpRequest) -> Any:
    """A link leads to the German page; whoever reads another language is led on from there."""
    return pages.not_type(VersionPage)


@hooks.register("before_edit_page")
def versions_have_a_form_of_their_own(_request: HttpRequest, page: Any) -> HttpResponse | None:
    """A version in another language is written beside its German page."""
    return redirect("desk_version", key=page.uuid) if isinstance(page, VersionPage) else None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def on_to_channels(request: HttpRequest, page: Any) -> HttpResponse | None:
    """After saving comes the step with preview, channels and release; or more writing, if that was asked for."""
    if isinstance(page, PublicPage) and STAY in request.POST:
        list(messages.get_messages(request))  # the CMS's own words for it, with links the desk does not have
        messages.success(request, "Gespeichert.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    if isinstance(page, PublicPage):
        return redirect("desk_channels_step", key=page.uuid)
    return None


@hooks.register("insert_global_admin_css")
def look() -> str:
    """The desk's colours in the editor."""
    sheets = ((static(f"css/{name}.css"),) for name in ("desk-top", "desk-editor"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_editor_js")
def checks() -> str:
    """What the checks say, beside the form, while somebody writes."""
    scripts = ((static(f"js/{name}.js"),) for name in ("desk-writing", "desk-hours", "desk-days"))
    return str(format_html_join("", '<script type="module" src="{}"></script>', scripts))
