"""The blog, its series and entries: what an editor works on."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.
# ruff: noqa: DJ008 - Wagtail's Page says what it is

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.surfaces.website.blog import offices
from stadtnah.surfaces.website.pages import BodyFields, IndexPage, PublicPage
from stadtnah.surfaces.website.panels import group, one_form, text_with_picture
from stadtnah.surfaces.website.walltime import DayInput

BLOG: Final = "/blog/"
SERIES: Final = "/blog/reihe/"


class SignedFields(models.Model):
    """Who writes: a person of the town's register, or a name and an office. A picture comes from the register alone, as the consent does."""

    author = models.ForeignKey(
        "offices.PersonPage",
        verbose_name="Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Aus den Ansprechpersonen; von dort kommen Name, Funktion und Bild.",
    )
    author_name = models.CharField("oder Name", max_length=120, blank=True)
    author_role = models.CharField(
        "Funktion", max_length=120, blank=True, help_text="Ohne Angabe: die Funktion der Person."
    )

    class Meta:
        abstract = True

    @property
    def signed(self) -> tuple[str, str, str]:
        """(name, function, key of the person), each perhaps ""."""
        if self.author is None:
            return self.author_name.strip(), self.author_role.strip(), ""
        said = self.author_role.strip() or self.author.function.strip()
        return self.author.title.strip(), said, self.author.object_key


class BlogIndexPage(IndexPage):
    """The place of the blog, with all its entries."""

    office = models.CharField(
        "Amt",
        max_length=32,
        choices=offices.CHOICES,
        default=offices.DEFAULT,
        help_text="Wie die Person heißt, die der Kommune vorsteht. Danach richten sich die Worte der Website.",
    )

    subpage_types: ClassVar[list[str]] = ["blog.BlogSeriesPage", "blog.BlogEntryPage"]
    address = BLOG
    edit_handler = one_form([FieldPanel("intro"), FieldPanel("office")])

    class Meta:
        verbose_name = "Blog"

    def clean(self) -> None:
        """A title that nobody chose follows the office."""
        super().clean()
        if self.title in {one.blog() for one in offices.OFFICES}:
            self.title = offices.office(self.office).blog()


class BlogSeriesPage(SignedFields, PublicPage, Page):
    """A series of the blog: what it is about, and who usually writes it."""

    key_prefix = "series"

    intro = models.TextField("Worum es geht", blank=True, max_length=400)

    parent_page_types: ClassVar[list[str]] = ["blog.BlogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [FieldPanel("intro"), group("Wer hier schreibt", "author", "author_name", "author_role")]
    )

    class Meta:
        verbose_name = "Blog-Reihe"
        verbose_name_plural = "Blog-Reihen"

    def public_path(self) -> str:
        return f"{SERIES}{self.slug}/"


class BlogEntryPage(SignedFields, PublicPage, BodyFields, Page):
    """An entry of the blog."""

    key_prefix = "blog"

    series = models.ForeignKey(
        BlogSeriesPage, verbose_name="Reihe", on_delete=models.PROTECT, related_name="entries"
    )
    dated = models.DateField(
        "Trägt das Datum",
        null=True,
        blank=True,
        help_text="Nur für ältere Texte. Ohne Angabe: der Tag, an dem der Beitrag erscheint.",
    )
    year = models.PositiveSmallIntegerField(
        editable=False, default=0
    )  # part of the address, fixed when created

    exclude_fields_in_copy: ClassVar[list[str]] = ["uuid", "year", "dated"]
    parent_page_types: ClassVar[list[str]] = ["blog.BlogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            FieldPanel("series", widget=forms.Select),
            *text_with_picture(),
            group(
                "Wer schreibt, wenn es nicht die Person der Reihe ist", "author", "author_name", "author_role"
            ),
            group("Datum und Sprache", FieldPanel("dated", widget=DayInput), "language"),
        ]
    )

    class Meta:
        verbose_name = "Blogbeitrag"
        verbose_name_plural = "Blogbeiträge"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The year in the address is the entry's own and stays, whatever is edited later."""
        if not self.year:
            self.year = self._year()
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        """What shall appear later gets a wish date."""
        super().clean()
        if self.dated and self.dated > clock.local(clock.now()).date():
            said = (
                "Dieser Tag ist noch nicht da. Für später geben Sie vor der Freigabe einen Wunschtermin an."
            )
            raise ValidationError({"dated": said})

    def public_path(self) -> str:
        return f"{BLOG}{self.year or self._year()}/{self.slug}/"

    def _year(self) -> int:
        return self.dated.year if self.dated else clock.local(clock.now()).year
