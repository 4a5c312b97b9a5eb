"""The languages that a town has chosen, and its versions as editors work on them."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.models import Page

from stadtnah.surfaces.website.languages.domain.texts import Segment, missing
from stadtnah.surfaces.website.languages.domain.tongues import TONGUES, Tongue
from stadtnah.surfaces.website.pages import PublicPage
from stadtnah.surfaces.website.panels import one_form
from stadtnah.surfaces.website.released import ReleasedPage


class ChosenLanguage(models.Model):
    """The website shall have versions in this language."""

    tag = models.CharField(max_length=16, primary_key=True)

    class Meta:
        verbose_name = "Sprache der Website"
        verbose_name_plural = "Sprachen der Website"

    def __str__(self) -> str:
        return TONGUES[self.tag].label if self.tag in TONGUES else self.tag


class VersionPage(PublicPage, Page):
    """A page in another language: below its German page in the tree, so that it moves and goes with it.

    german: the released German content that it was made from; texts: German words to theirs in this language.
    """

    key_prefix: ClassVar[str] = "version"

    original = models.CharField(max_length=80, db_index=True, editable=False)  # object key of the German page
    tag = models.CharField(max_length=16, editable=False)
    german = models.JSONField(default=dict, editable=False)
    texts = models.JSONField(default=dict, editable=False)

    exclude_fields_in_copy: ClassVar[list[str]] = ["uuid", "original"]
    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form([])

    class Meta:
        verbose_name = "Fassung in anderer Sprache"
        verbose_name_plural = "Fassungen in anderen Sprachen"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["original", "tag"], name="one_version_per_language")
        ]

    @property
    def tongue(self) -> Tongue:
        """Its language."""
        return TONGUES[self.tag]

    def public_path(self) -> str:
        """The German page's address after the first part that stands for the language."""
        row = ReleasedPage.objects.filter(pk=self.original).only("path").first()
        return f"{self.tongue.root}{row.path if row else self.german['path']}"

    def open_texts(self) -> list[Segment]:
        """What nobody has translated yet."""
        return missing(self.german, self.texts)
