"""How the editor lays out the fields of a page: one form without tabs.

Publishing, schedules and SEO fields of the CMS are not in it: the release decides what the public sees, and when.
"""

from __future__ import annotations

from django.apps import apps
from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TitleFieldPanel

from stadtnah.surfaces.website.pageform import PageForm
from stadtnah.surfaces.website.walltime import DayInput

ADDRESS = MultiFieldPanel(
    [
        FieldPanel(
            "slug", heading="Letzter Teil der Adresse", help_text="Entsteht von selbst aus der Überschrift."
        )
    ],
    heading="Adresse auf der Website",
    classname="collapsed",
)

# Fields that every page of the CMS has. What stands there is released with the page, see `snapshot.content_of`.
FINDABLE = MultiFieldPanel(
    [
        FieldPanel(
            "seo_title",
            heading="Titel in Suchmaschinen",
            help_text="Freiwillig, statt der Überschrift. Gezeigt werden etwa 60 Zeichen; der Name der Kommune kommt von selbst dazu, wenn er fehlt.",
        ),
        FieldPanel(
            "search_description",
            heading="Beschreibung in Suchmaschinen",
            help_text="Freiwillig, statt des Vorspanns. Gezeigt werden etwa 160 Zeichen: Was beantwortet die Seite, für wen?",
        ),
    ],
    heading="In Suchmaschinen",
    classname="collapsed",
)


# Where the picture is cut is a property of the picture, wherever it is used.
_FOCUS = "Welcher Teil beim Zuschneiden immer zu sehen ist, legen Sie im Menü unter „Bilder“ am Bild fest."


def text_with_picture() -> list[Panel]:
    """Summary, the picture at the head, the text."""
    return [FieldPanel("teaser", heading="Vorspann"), head_picture(), FieldPanel("body")]


def head_picture() -> MultiFieldPanel:
    """The picture at the head with all that is said of it."""
    return MultiFieldPanel(
        [
            FieldPanel("hero_image", heading="Bild", help_text=_FOCUS),
            *(FieldPanel(name) for name in ("hero_alt", "hero_decorative", "hero_caption", "hero_credit")),
        ],
        heading="Titelbild",
    )


def group(heading: str, *fields: str | Panel) -> MultiFieldPanel:
    """Fields under one heading."""
    return MultiFieldPanel(
        [FieldPanel(one) if isinstance(one, str) else one for one in fields], heading=heading
    )


class ImportedOnly(FieldPanel):
    """A field that only what was taken over from an old website has a use for."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Not where a message is written anew."""
            return bool(super().is_shown() and self.instance.pk and self.instance.was_imported())


class OnSites(MultiFieldPanel):
    """Of which district a message is and where else it stands; only where there are such sites."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Not where there is none to choose."""
            return bool(
                super().is_shown() and apps.get_model("membersites", "MemberSitePage").objects.exists()
            )


ON_SITES = OnSites(
    [
        FieldPanel("site", widget=Select()),
        FieldPanel("also_on", widget=CheckboxSelectMultiple()),
        FieldPanel("site_only"),
    ],
    heading="Auftritte",
)
DAY = ImportedOnly(
    "dated",
    heading="Ursprünglicher Tag",
    widget=DayInput(),
    help_text="Diesen Tag trägt die Meldung auf der Website; so sagte es die alte Website, oder Sie wissen es.",
)


def one_form(
    panels: list[Panel], *, title: str = "Überschrift", said: str = "So steht sie auf der Website."
) -> ObjectList:
    """The whole form of a page type: the title first, words for search engines and the address last and folded.

    title: what the title is called; said: the help beside it.
    """
    first = TitleFieldPanel("title", heading=title, help_text=said, classname="", placeholder=False)
    return ObjectList([first, *panels, FINDABLE, ADDRESS], base_form_class=PageForm)
