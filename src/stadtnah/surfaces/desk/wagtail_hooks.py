"""The CMS's editor as part of the desk: only what belongs here, and the way on to channels and release."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from stadtnah.surfaces.website.pages import PublicPage

_KEPT_MENU = {"images"}


@hooks.register("construct_main_menu")
def only_ours(_request: HttpRequest, items: list[Any]) -> None:
    """The CMS's pictures; everything else is the desk's own."""
    items[:] = [item for item in items if item.name in _KEPT_MENU or item.name.startswith("desk-")]


@hooks.register("register_admin_menu_item")
def back_to_desk() -> MenuItem:
    """The way back to the overview."""
    return MenuItem("Übersicht", reverse("desk_home"), name="desk-home", icon_name="home", order=1)


@hooks.register("register_admin_menu_item")
def to_messages() -> MenuItem:
    """The desk's list of messages."""
    return MenuItem(
        "Meldungen", reverse("desk_messages"), name="desk-messages", icon_name="doc-full", order=2
    )


@hooks.register("register_admin_menu_item")
def to_pages() -> MenuItem:
    """The desk's list of pages."""
    return MenuItem(
        "Seiten", reverse("desk_pages"), name="desk-pages", icon_name="folder-open-inverse", order=3
    )


@hooks.register("construct_page_action_menu")
def only_saving(items: list[Any], _request: HttpRequest, _context: dict[str, Any]) -> None:
    """Saving is all the editor does; the release is a step of its own."""
    items[:] = [
        item for item in items if item.name not in {"action-publish", "action-unpublish", "action-submit"}
    ]


@hooks.register("construct_page_header_more_menu_items")
@hooks.register("construct_page_listing_buttons")
def nothing_more(buttons: list[Any], *_: Any, **__: Any) -> None:
    """Copy, move, publish and delete are not offered (the gateway does not know them either)."""
    del buttons[:]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def on_to_channels(_request: HttpRequest, page: Any) -> HttpResponse | None:
    """After saving comes the step with preview, channels and release."""
    if isinstance(page, PublicPage):
        return redirect("desk_channels_step", key=page.uuid)
    return None


@hooks.register("insert_global_admin_css")
def look() -> str:
    """The desk's colours in the editor."""
    return str(format_html('<link rel="stylesheet" href="{}">', static("css/desk-editor.css")))


@hooks.register("insert_editor_js")
def checks() -> str:
    """What the checks say, beside the form, while somebody writes."""
    return str(format_html('<script type="module" src="{}"></script>', static("js/desk-writing.js")))
