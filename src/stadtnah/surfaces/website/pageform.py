"""The form of the editor: an address that is taken gets a number, as nobody should have to think of one."""

from __future__ import annotations

from itertools import chain, count

from wagtail.admin.forms import WagtailAdminPageForm

from stadtnah.surfaces.website.addresses import LONGEST_SLUG, plain_slug


class PageForm(WagtailAdminPageForm):
    """A page that was never public may still get another address; a public one keeps its own or is refused."""

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
