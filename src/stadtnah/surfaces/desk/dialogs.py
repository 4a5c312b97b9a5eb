"""German names for fields of the CMS's link dialogs that have none of their own: Django would make up English ones."""

from __future__ import annotations

from wagtail.admin.forms import choosers

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
