"""The page types. What an editor works on; the public sees only what was baked from released snapshots."""

# mypy: disable-error-code="django-manager-missing"
# Wagtail publishes no types, so the plugin cannot see the managers of its models.
# ruff: noqa: DJ008 - Wagtail's Page says what it is

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from stadtnah.kernel import clock
from stadtnah.publishing import signs
from stadtnah.publishing.content import Content
from stadtnah.surfaces.website.addresses import LONGEST_SLUG, plain_slug, reserved
from stadtnah.surfaces.website.blocks import LINE_FEATURES, BodyField, QuickLinkBlock
from stadtnah.surfaces.website.home_blocks import SectionsField
from stadtnah.surfaces.website.panels import DAY, ON_SITES, group, one_form, text_with_picture
from stadtnah.surfaces.website.released import ReleasedPage
from stadtnah.surfaces.website.walltime import WallTimeField

# The types of pages that stand in the tree.
TREE = ["website.StandardPage", "pagetypes.SectionPage", "pagetypes.ProjectPage"]
TREE_PARENTS = ["website.HomePage", "membersites.MemberSitePage", *TREE]
LANGUAGES = [("de", "Deutsch"), ("en", "Englisch")]


class PublicPage(models.Model):
    """What every page type has: a key that outlives moves and new titles, and a way to its content."""

    key_prefix: ClassVar[str] = "page"
    search_auto_update: ClassVar[bool] = False  # `cms_words` does it

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    exclude_fields_in_copy: ClassVar[list[str]] = ["uuid"]

    class Meta:
        abstract = True

    @property
    def object_key(self) -> str:
        """The key under which snapshots, releases and the website know this page."""
        return f"{self.key_prefix}:{self.uuid}"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A title is one line. An address has plain letters: with umlauts it is a riddle once somebody copies it."""
        self.title: str = " ".join(signs.plain(self.title or "").split())
        self.slug: str = plain_slug(self.slug or "")[:LONGEST_SLUG].strip("-") or self.slug
        super().full_clean(*args, **kwargs)

    def public_path(self) -> str:
        """The path on the town's website, with slashes at both ends."""
        raise NotImplementedError

    def content(self) -> Content:
        """What would be released now: see `snapshot`."""
        from stadtnah.surfaces.website import snapshot  # noqa: PLC0415 - it imports the page types

        return snapshot.content_of(self)

    def released(self) -> ReleasedPage | None:
        """What the public sees of this page."""
        return ReleasedPage.objects.filter(object_key=self.object_key).first()

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str]:
        """Wagtail asks this for every link it shows; its own routing is not mounted."""
        del request
        return (1, str(settings.STADTNAH_BASE_URL), self.public_path())

    def get_url(self, request: Any = None, current_site: Any = None) -> str:
        """A path of the town's own, however many sites the CMS has recorded."""
        del request, current_site
        return self.public_path()

    url = property(get_url)


class TextFields(models.Model):
    """A text with what it says in short."""

    teaser = models.TextField(
        "Teaser", blank=True, max_length=600, help_text="Ein bis zwei Sätze, die für sich stehen."
    )
    body: Any = BodyField(verbose_name="Text", blank=True)
    language = models.CharField("Sprache", max_length=8, choices=LANGUAGES, default="de")

    class Meta:
        abstract = True


class HeroFields(models.Model):
    """A picture at the head of a page."""

    hero_image = models.ForeignKey(
        "website.TownImage",
        verbose_name="Titelbild",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hero_alt = models.CharField(
        "Alternativtext", max_length=400, blank=True, help_text="Was ist auf dem Titelbild zu sehen?"
    )
    hero_decorative = models.BooleanField(
        "Nur Schmuck",
        default=False,
        help_text="Das Bild sagt nichts Eigenes und braucht keinen Alternativtext.",
    )
    hero_caption = models.CharField("Bildunterschrift", max_length=400, blank=True)
    hero_credit = models.CharField("Bildnachweis", max_length=160, blank=True)

    class Meta:
        abstract = True


class BodyFields(TextFields, HeroFields):
    """A text with a picture at its head."""

    class Meta:
        abstract = True


class HomePage(PublicPage, Page):
    """The first page."""

    intro = models.TextField("Begrüßung", blank=True, max_length=400)
    notice_title = models.CharField("Wichtiger Hinweis", max_length=160, blank=True)
    notice_text = RichTextField("Text des Hinweises", blank=True, features=LINE_FEATURES)
    featured = models.ForeignKey(
        "website.MessagePage",
        verbose_name="Hervorgehobene Meldung",
        help_text="Ohne Angabe: die neueste.",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    quick_links = StreamField([("link", QuickLinkBlock())], verbose_name="Schnell erledigt", blank=True)
    sections: Any = SectionsField(
        verbose_name="Aufbau der Startseite",
        blank=True,
        help_text="Die Teile in ihrer Reihenfolge. Leer: die übliche Startseite.",
    )

    max_count = 1
    subpage_types: ClassVar[list[str]] = [
        "website.NewsIndexPage",
        "website.ServiceIndexPage",
        "pagetypes.GlossaryPage",
        "offices.OfficeIndexPage",
        "offices.PlaceIndexPage",
        "blog.BlogIndexPage",
        "press.PressPage",
        "calendar.EventIndexPage",
        "membersites.MemberSitePage",
        *TREE,
    ]
    edit_handler = one_form(
        [
            FieldPanel("intro"),
            # Not named as the parts below that show them: a screen reader lists both.
            FieldPanel("notice_title", heading="Überschrift des Hinweises"),
            FieldPanel("notice_text"),
            FieldPanel("featured", heading="Welche Meldung hervorgehoben wird"),
            FieldPanel("quick_links", heading="Verweise für „Schnell erledigt“"),
            FieldPanel("sections"),
        ]
    )

    class Meta:
        verbose_name = "Startseite"

    def public_path(self) -> str:
        return "/"


class IndexPage(PublicPage, Page):
    """The place of all pages of a kind, once on a website and always at the same address. Its list is made from what is released."""

    intro = models.TextField("Einleitung", blank=True, max_length=400)

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    edit_handler = one_form([FieldPanel("intro")])
    address: ClassVar[str]

    class Meta:
        abstract = True

    def public_path(self) -> str:
        return self.address


class NewsIndexPage(IndexPage):
    """The place of all messages."""

    subpage_types: ClassVar[list[str]] = ["website.MessagePage"]
    address = "/aktuelles/"

    class Meta:
        verbose_name = "Aktuelles"


class TreePage(PublicPage, BodyFields):
    """A page that stays and has its place in the tree: an address below its parent's, perhaps an entry in a menu."""

    menu = models.CharField(
        "Menü",
        max_length=8,
        default="",
        blank=True,
        choices=[("", "in keinem"), ("main", "Hauptmenü"), ("footer", "Fußzeile")],
    )
    menu_order = models.PositiveSmallIntegerField("Reihenfolge im Menü", default=100)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Where it stands in the tree it stays: whoever read it before a move and saves it after does not bring it back."""
        if self.pk is None or kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            self._stand()
            return super().save(*args, **kwargs)

    def public_path(self) -> str:
        parent: Any = self.get_parent()  # type: ignore[attr-defined] # the Page beside it has it
        above = parent.specific.public_path() if parent and isinstance(parent.specific, PublicPage) else "/"
        return f"{above}{self.slug}/"

    def _stand(self) -> None:
        """At the place that the tree of the CMS has for it now, held until the transaction ends."""
        rows = Page.objects.select_for_update().filter(pk=self.pk)
        found = rows.values_list("path", "depth", "numchild", "url_path").first()
        if found is None:
            return
        page: Any = self  # the Page beside it has these
        was, (page.path, page.depth, page.numchild, url_path) = page.path, found
        if page.path != was:
            page.url_path = url_path
            page.__dict__.pop("_cached_parent_obj", None)  # where treebeard keeps what `get_parent` found

    def clean(self) -> None:
        """Refuses addresses that belong to something else."""
        super().clean()
        if reserved(self.public_path()):
            raise ValidationError({"slug": "Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere."})


class StandardPage(TreePage, Page):
    """A page that stays: imprint, privacy, contact."""

    parent_page_types: ClassVar[list[str]] = TREE_PARENTS
    subpage_types: ClassVar[list[str]] = TREE
    edit_handler = one_form(
        [
            *text_with_picture(),
            group("Sprache und Menü", "language", "menu", "menu_order"),
        ]
    )

    class Meta:
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"


class SentFields(models.Model):
    """What is chosen for a page that can be sent to people: the step after writing keeps it, no form of the editor shows it."""

    channel_plan = models.JSONField(
        "Kanäle", default=dict, blank=True
    )  # {account key: {"on": bool, "text": str}}
    wish_at = WallTimeField("Wunschtermin")
    note = models.TextField("Hinweis an die Freigabe", blank=True, max_length=2000)
    correction_mail = models.BooleanField("Berichtigung auch als E-Mail senden", default=False)

    class Meta:
        abstract = True


class MessagePage(PublicPage, BodyFields, SentFields, Page):
    """A message. Whole and free of the CMS: `content()`."""

    key_prefix = "message"

    category = models.ForeignKey(
        "website.Category",
        verbose_name="Rubrik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    place = models.CharField("Ort", max_length=160, blank=True)
    valid_from = WallTimeField("gilt ab")
    valid_until = WallTimeField("gilt bis")
    hashtags = models.CharField(
        "Schlagworte", max_length=240, blank=True, help_text="Mit Leerzeichen getrennt."
    )
    dated = models.DateField(
        "Trägt das Datum",
        null=True,
        blank=True,
        help_text="Nur für übernommene Meldungen: ihr ursprünglicher Tag.",
    )
    year = models.PositiveSmallIntegerField(
        editable=False, default=0
    )  # part of the address, fixed when created
    press = models.BooleanField(
        "Pressemitteilung", default=False, help_text="Steht dann auch im Bereich für die Presse."
    )
    embargo = WallTimeField(
        "Sperrfrist bis",
        help_text="Vorher erscheint nichts von diesem Text, auf keinem Kanal. Zu dieser Zeit geht er hinaus.",
    )
    site = models.ForeignKey(
        "membersites.MemberSitePage",
        verbose_name="Gehört zu",
        help_text="Die Meldung steht dann im Auftritt, mit seinem Aussehen. Ohne Angabe: zur Kommune.",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    also_on: Any = ParentalManyToManyField(
        "membersites.MemberSitePage",
        verbose_name="Auch auf",
        help_text="Steht dort in der Liste und führt zu dieser einen Meldung.",
        blank=True,
        related_name="+",
    )
    site_only = models.BooleanField(
        "Nur dort",
        default=False,
        help_text="Nicht in den Meldungen und Feeds der Kommune. Nur möglich, wenn sie zu einem Auftritt gehört.",
    )
    corrects = models.BooleanField("ist eine Berichtigung", default=False)

    exclude_fields_in_copy: ClassVar[list[str]] = [
        *("uuid", "year", "wish_at", "embargo", "corrects", "correction_mail")
    ]
    parent_page_types: ClassVar[list[str]] = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = one_form(
        [
            *text_with_picture(),
            group("Ort und Gültigkeit", "place", "valid_from", "valid_until", DAY),
            group("Einordnung", "category", "hashtags", "language"),
            ON_SITES,
            group("Presse", "press", "embargo"),
        ],
        said="So steht sie auf der Website und in allen Kanälen.",
    )

    class Meta:
        verbose_name = "Meldung"
        verbose_name_plural = "Meldungen"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The year in the address is the message's own and stays, whatever is edited later."""
        if not self.year:
            self.year = self.dated.year if self.dated else clock.local(clock.now()).year
        return super().save(*args, **kwargs)

    def was_imported(self) -> bool:
        """Whether it came from an old website. Only then has it a day of its own, which may still be missing."""
        items = apps.get_model("moving_in", "ImportedItem").objects
        return self.dated is not None or items.filter(object_key=self.object_key).exists()

    @property
    def hashtag_list(self) -> tuple[str, ...]:
        """Without the sign, each once, as typed."""
        words = (word.strip("#,;") for word in self.hashtags.split())
        return tuple(dict.fromkeys(word for word in words if word))

    def clean(self) -> None:
        """Refuses a list of its own for a message that belongs to none."""
        super().clean()
        if self.site_only and not self.site_id:
            said = "Bitte wählen Sie unter „Gehört zu“ den Auftritt, in dem die Meldung allein steht, oder nehmen Sie dieses Häkchen weg."
            raise ValidationError({"site_only": said})

    def public_path(self) -> str:
        year = self.year or (self.dated.year if self.dated else clock.local(clock.now()).year)
        root = self.site.public_path() if self.site else "/"
        return f"{root}aktuelles/{year}/{self.slug}/"
