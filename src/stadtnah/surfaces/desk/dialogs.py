"""The CMS's dialogs: German names for fields that have none of their own, and no state of pages that is not ours."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import choosers
from wagtail.admin.views import chooser

_LINK_TEXT = "Text des Links"
_LABELS = {
    choosers.ExternalLinkChooserForm: {"url": "Adresse (URL)", "link_text": _LINK_TEXT},
    choosers.AnchorLinkChooserForm: {"url": "Sprungmarke", "link_text": _LINK_TEXT},
    choosers.EmailLinkChooserForm: {
        "email_address": "E-Mail-Adresse",
        "link_text": _LINK_TEXT,
        "subject": "Betreff",
        "body": "Text der E-Mail",
    },
    choosers.PhoneLinkChooserForm: {"phone_number": "Telefonnummer", "link_text": _LINK_TEXT},
}


def name_fields() -> None:
    """Once, when the applications are loaded. Raises KeyError when a field has another name in a newer Wagtail."""
    for form, labels in _LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label


def leave_out_states() -> None:
    """Once, when the applications are loaded. The CMS knows nothing of releases: to it most of what is public is a draft."""
    for view in (chooser.BrowseView, chooser.SearchView):
        view.columns = property(_without_state(view.columns.fget))


def _without_state(columns: Any) -> Any:
    return lambda view: [column for column in columns(view) if column.name != "status"]
