"""The site of a district or member community: what an editor works on."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from stadtnah.surfaces.website import fact_rules
from stadtnah.surfaces.website.addresses import RESERVED_SLUGS
from stadtnah.surfaces.website.membersites.blocks import PartsField
from stadtnah.surfaces.website.pages import TREE, HeroFields, PublicPage
from stadtnah.surfaces.website.panels import group, head_picture, one_form

# As `Town` names them: the same rules hold.
FACTS: Final = ("short_name", "colour", "accent", "street", "postcode", "phone", "mail")
_CHECKED: Final = ("colour", "accent", "postcode")  # the fields look after the others by themselves
_FIRST_LEVEL: Final = 3  # root of the CMS, first page, what stands right below it


class MemberSitePage(PublicPage, HeroFields, Page):
    """Its first page, with name (the title) and look: whatever stands below its address belongs to it (`members.root_of`)."""

    key_prefix = "membersite"

    short_name = models.CharField("Kurzname", max_length=80, help_text="Zum Beispiel: Steinbach.")
    intro = models.TextField("Begrüßung", blank=True, max_length=400)
    colour = models.CharField(
        "Farbe", max_length=7, default="#14532d", help_text="Für Kopf und Knöpfe, zum Beispiel: #14532d."
    )
    accent = models.CharField(
        "Zweitfarbe", max_length=7, default="#0b6e8a", help_text="Für Verweise, zum Beispiel: #0b6e8a."
    )
    arms = models.ForeignKey(
        "website.TownImage",
        verbose_name="Wappen oder Zeichen",
        help_text="Ohne Angabe: das Wappen der Kommune.",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    city = models.CharField(
        "Ort", max_length=80, blank=True, help_text="In der Anschrift; leer: der Kurzname."
    )
    phone = models.CharField("Telefon", max_length=40, blank=True)
    mail = models.EmailField("E-Mail", blank=True)
    hours = models.TextField(
        "Öffnungszeiten",
        blank=True,
        max_length=2000,
        help_text="Je Zeile ein Tag, zum Beispiel „Dienstag: 17–18 Uhr“.",
    )
    sections: Any = PartsField(
        verbose_name="Aufbau der Startseite",
        blank=True,
        help_text="Die Teile in ihrer Reihenfolge. Leer: Begrüßung, Meldungen, Seiten des Auftritts, Kontakt.",
    )

    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = TREE
    edit_handler = one_form(
        [
            FieldPanel("intro"),
            group("Name und Aussehen", "short_name", "colour", "accent", "arms"),
            head_picture(),
            group("Kontakt (leer: der der Kommune)", "street", "postcode", "city", "phone", "mail", "hours"),
            FieldPanel("sections"),
        ],
        title="Name des Auftritts",
        said="Zum Beispiel: Ortsteil Steinbach. So heißt er im Kopf, im Titel des Fensters und in Suchmaschinen.",
    )

    class Meta:
        verbose_name = "Auftritt"
        verbose_name_plural = "Auftritte"

    def public_path(self) -> str:
        return f"/{self.slug}/"

    def clean(self) -> None:
        """Refuses addresses that belong to something else, colours that cannot be read, facts that are none."""
        super().clean()
        wrong = {name: said for name in _CHECKED if (said := fact_rules.problem(name, getattr(self, name)))}
        if said := fact_rules.problem("name", self.title):
            wrong["title"] = said
        if said := fact_rules.hours(self.hours)[1]:
            wrong["hours"] = said
        if self.slug in RESERVED_SLUGS:
            wrong["slug"] = "Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."
        if wrong:
            raise ValidationError(wrong)


def root_above(page: Page) -> str:
    """The address of the site that an editor's page stands below, "" for the municipality's own. At most one query."""
    if page.depth <= _FIRST_LEVEL:
        return ""
    above = page.path[: _FIRST_LEVEL * page.steplen]
    slug = MemberSitePage.objects.filter(path=above).values_list("slug", flat=True).first()
    return f"/{slug}/" if slug else ""
