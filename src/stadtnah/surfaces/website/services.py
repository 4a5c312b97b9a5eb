"""Services of the town hall (Dienstleistungen): the page types, and a service as released content.

What is said of a service follows the modules of a description after FIM and XZuFi (fimportal.de): Kurztext, Volltext,
Voraussetzungen, erforderliche Unterlagen, Verfahrensablauf, Kosten, Bearbeitungsdauer, Rechtsgrundlage, Formulare.
"""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from html import escape
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from stadtnah.publishing.content import Block
from stadtnah.surfaces.website import richtext
from stadtnah.surfaces.website.pages import IndexPage, PublicPage, TextFields
from stadtnah.surfaces.website.panels import group, one_form
from stadtnah.surfaces.website.service_words import keys_in, keys_of, words_of

PATH: Final = "/dienstleistungen/"
MENU_ORDER: Final = 10  # what citizens come for stands first
SECTION_FEATURES: Final = ["bold", "italic", "ol", "ul", "link"]
# Field, heading in German and English: in the order citizens read.
SECTIONS: Final = (
    ("requirements", "Voraussetzungen", "Requirements"),
    ("documents", "Das brauchen Sie", "What you need"),
    ("procedure", "So läuft es ab", "How it works"),
    ("fees", "Kosten", "Fees"),
    ("legal_basis", "Rechtsgrundlage", "Legal basis"),
)
_LINKS: Final = ("Formulare und Links", "Forms and links")


class LinkRowBlock(blocks.StructBlock):
    """A form or another page."""

    label = blocks.CharBlock(label="Bezeichnung", max_length=160)
    address = blocks.CharBlock(
        label="Adresse", max_length=400, help_text="https://… oder eine Seite dieser Website"
    )

    class Meta:
        label = "Verweis"


class ServiceIndexPage(IndexPage):
    """The place of all services, A to Z."""

    subpage_types: ClassVar[list[str]] = ["website.ServicePage"]
    address = PATH

    class Meta:
        verbose_name = "Dienstleistungen A–Z"


class ServicePage(PublicPage, TextFields, Page):
    """What the town hall does for citizens: who can have it, what it takes, what it costs, where it starts."""

    requirements = RichTextField("Voraussetzungen", blank=True, features=SECTION_FEATURES)
    documents = RichTextField("Erforderliche Unterlagen", blank=True, features=SECTION_FEATURES)
    procedure = RichTextField("Ablauf", blank=True, features=SECTION_FEATURES)
    fees = RichTextField("Kosten", blank=True, features=SECTION_FEATURES)
    duration = models.CharField(
        "Bearbeitungsdauer", max_length=160, blank=True, help_text="Zum Beispiel: etwa drei Wochen."
    )
    legal_basis = RichTextField("Rechtsgrundlage", blank=True, features=SECTION_FEATURES)
    online_address = models.CharField(
        "Online erledigen", max_length=400, blank=True, help_text="Adresse des Onlinedienstes, mit https://"
    )
    appointment_address = models.CharField(
        "Termin vereinbaren", max_length=400, blank=True, help_text="Adresse der Terminvergabe, mit https://"
    )
    office = models.ForeignKey(
        "offices.OfficePage",
        verbose_name="Zuständiges Amt",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="services",
    )
    links = StreamField([("link", LinkRowBlock())], verbose_name="Formulare und Links", blank=True)
    other_names = models.TextField(
        "Andere Bezeichnungen",
        max_length=1000,
        blank=True,
        help_text="Wie Bürgerinnen und Bürger es nennen, mit Komma getrennt: Perso, Ausweis. "
        "Unter jeder steht die Dienstleistung auch in der Liste von A bis Z.",
    )
    leika = models.CharField(
        "LeiKa-Schlüssel", max_length=300, blank=True, help_text="14 Ziffern; mehrere mit Komma getrennt."
    )

    parent_page_types: ClassVar[list[str]] = ["website.ServiceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            FieldPanel("teaser", heading="In einem Satz"),
            FieldPanel("body", heading="Beschreibung"),
            *(FieldPanel(name) for name, _german, _english in SECTIONS),
            group("Auf einen Blick", "duration", "online_address", "appointment_address"),
            FieldPanel("office"),
            FieldPanel("links"),
            group("Auffinden", "other_names", "leika", "language"),
        ]
    )

    class Meta:
        verbose_name = "Dienstleistung"
        verbose_name_plural = "Dienstleistungen"

    def public_path(self) -> str:
        return f"{PATH}{self.slug}/"

    def clean(self) -> None:
        """Refuses addresses that lead nowhere and keys that are none."""
        super().clean()
        wrong: dict[str, str] = {}
        for name in ("online_address", "appointment_address"):
            given = getattr(self, name).strip()
            if given and not richtext.safe_address(given):
                wrong[name] = "Bitte geben Sie die ganze Adresse an, mit https:// am Anfang."
        try:
            self.leika = ", ".join(keys_of(self.leika))
        except ValueError as error:
            wrong["leika"] = str(error)
        if wrong:
            raise ValidationError(wrong)


def sections(page: ServicePage) -> tuple[Block, ...]:
    """What stands below the description: a heading and its text for each section that says something."""
    english = page.language == "en"
    found: list[Block] = []
    for name, german, other in SECTIONS:
        html = richtext.from_editor(getattr(page, name))
        if html:
            found += [Block("heading", title=other if english else german), Block("text", html=html)]
    rows = [(row.value["label"].strip(), richtext.safe_address(row.value["address"])) for row in page.links]
    items = [f'<li><a href="{escape(href)}">{escape(label)}</a></li>' for label, href in rows if href]
    if items:
        html = richtext.clean(f"<ul>{''.join(items)}</ul>")
        found += [Block("heading", title=_LINKS[english]), Block("text", html=html)]
    return tuple(found)


def details(page: ServicePage) -> list[list[str]]:
    """[key, label, value] of what is shown apart from the text; see `Content.details`."""
    given = [
        ["online", "Online erledigen", richtext.safe_address(page.online_address)],
        ["appointment", "Termin vereinbaren", richtext.safe_address(page.appointment_address)],
        ["duration", "Bearbeitungsdauer", page.duration.strip()],
        ["office", "Zuständiges Amt", page.office.title if page.office else ""],
        ["names", "Andere Bezeichnungen", ", ".join(words_of(page.other_names))],
        ["leika", "LeiKa-Schlüssel", ", ".join(keys_in(page.leika)[0])],
    ]
    return [row for row in given if row[2]]


def index() -> ServiceIndexPage | None:
    """The place of the services, if there is one."""
    found: Any = ServiceIndexPage.objects.first()
    return found if isinstance(found, ServiceIndexPage) else None
