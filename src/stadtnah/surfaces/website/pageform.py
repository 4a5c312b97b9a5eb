"""The form of the editor: an address that is taken gets a number, as nobody should have to think of one."""

from __future__ import annotations

import uuid
from itertools import chain, count
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminPageForm

from stadtnah.publishing import signs
from stadtnah.surfaces.website.addresses import LONGEST_SLUG, plain_slug

_MOST: Final = {"seo_title": 120, "search_description": 320}  # characters; twice what search engines show
CREATION_KEY: Final = "creation_key"  # a field of every form for a new page, see `desk.creating`


def id_from(key: str, person: object, model: str) -> uuid.UUID | None:
    """The id of a page made with this key. It is a hash, so that nobody can choose the id of another page; None without a key."""
    try:
        given = uuid.UUID(key)
    except ValueError:
        return None
    return uuid.uuid5(given, f"{person} {model}")


class PageForm(WagtailAdminPageForm):
    """A page that was never public may still get another address; a public one keeps its own or is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ModelChoiceField) and field.empty_label:
                field.empty_label = "Bitte wählen"
        if self.instance.pk is None and self.is_bound and self.for_user:
            model = self.instance._meta.model_name  # noqa: SLF001 - Django's public way to it
            made = id_from(self.data.get(CREATION_KEY, ""), self.for_user.pk, model)
            self.instance.uuid = made or self.instance.uuid

    def clean_seo_title(self) -> str:
        """One line, not endless."""
        return self._line("seo_title", "Der Titel in Suchmaschinen", 60)

    def clean_search_description(self) -> str:
        """One line, not endless."""
        return self._line("search_description", "Die Beschreibung in Suchmaschinen", 160)

    def _line(self, field: str, name: str, shown: int) -> str:
        text = " ".join(signs.plain(self.cleaned_data[field] or "").split())
        if len(text) > _MOST[field]:
            said = f"{name} hat {len(text)} Zeichen. Bitte kürzen Sie auf höchstens {_MOST[field]}; gezeigt werden etwa {shown}."
            raise ValidationError(said)
        return text

    def clean_slug(self) -> str:
        """The slug as typed or made from the title; with "-2", "-3" ... when a page beside it has it."""
        typed: str = self.cleaned_data["slug"]
        slug = plain_slug(typed)[: LONGEST_SLUG - 5].strip("-") or typed
        public = bool(self.instance.pk) and self.instance.live  # a new one says it is live, too
        if self.parent_page is None or public:
            return typed
        taken = set(
            self.parent_page.get_children().exclude(pk=self.instance.pk).values_list("slug", flat=True)
        )
        return next(name for name in chain([slug], (f"{slug}-{n}" for n in count(2))) if name not in taken)
