"""Landing page of a section, project, glossary: what an editor works on."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from stadtnah.surfaces.website.blocks import LINE_FEATURES
from stadtnah.surfaces.website.pages import TREE, TREE_PARENTS, IndexPage, TreePage
from stadtnah.surfaces.website.panels import group, one_form, text_with_picture

GLOSSARY: str = "/glossar/"
STATES = [
    ("planned", "in Planung"),
    ("running", "in Umsetzung"),
    ("paused", "ruht"),
    ("done", "abgeschlossen"),
]
STEP_STATES = [("planned", "geplant"), ("now", "läuft"), ("done", "erledigt")]


class StepBlock(blocks.StructBlock):
    """A milestone."""

    when = blocks.CharBlock(label="Wann", max_length=60, help_text="Tag, Monat oder Jahreszeit: „März 2027“.")
    what = blocks.CharBlock(label="Was geschieht", max_length=200)
    state = blocks.ChoiceBlock(label="Stand", choices=STEP_STATES, default="planned")

    class Meta:
        label = "Schritt"
        label_format = "{when}: {what}"


class TermBlock(blocks.StructBlock):
    """A word and what it means."""

    word = blocks.CharBlock(label="Begriff", max_length=80)
    forms = blocks.CharBlock(
        label="Andere Formen",
        required=False,
        max_length=240,
        help_text="Mit Komma getrennt: Bebauungsplans, B-Plan.",
    )
    text = blocks.RichTextBlock(label="Bedeutung", features=LINE_FEATURES)

    class Meta:
        label = "Begriff"
        label_format = "{word}"


class SectionPage(TreePage, Page):
    """The landing page of a section: what its pages are about, as cards made from what is released."""

    parent_page_types: ClassVar[list[str]] = TREE_PARENTS
    subpage_types: ClassVar[list[str]] = TREE
    edit_handler = one_form(
        [*text_with_picture(), group("Sprache und Menü", "language", "menu", "menu_order")]
    )

    class Meta:
        verbose_name = "Rubrikseite"
        verbose_name_plural = "Rubrikseiten"


class ProjectPage(TreePage, Page):
    """Something the town undertakes: where it stands, what comes next, until when."""

    state = models.CharField("Stand", max_length=8, choices=STATES, default="planned")
    ends = models.CharField(
        "Voraussichtlich fertig", max_length=80, blank=True, help_text="Zum Beispiel: Mai 2027."
    )
    steps = StreamField([("step", StepBlock())], verbose_name="Zeitplan", blank=True)

    parent_page_types: ClassVar[list[str]] = TREE_PARENTS
    subpage_types: ClassVar[list[str]] = TREE
    edit_handler = one_form(
        [
            *text_with_picture(),
            group("Stand des Projekts", "state", "ends"),
            FieldPanel("steps"),
            group("Sprache und Menü", "language", "menu", "menu_order"),
        ]
    )

    class Meta:
        verbose_name = "Projektseite"
        verbose_name_plural = "Projektseiten"


class GlossaryPage(IndexPage):
    """The words of the administration, explained. Released pages link to a word where it first occurs."""

    terms = StreamField([("term", TermBlock())], verbose_name="Begriffe", blank=True)

    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form([FieldPanel("intro"), FieldPanel("terms")])
    address = GLOSSARY

    class Meta:
        verbose_name = "Glossar"
        verbose_name_plural = "Glossar"
