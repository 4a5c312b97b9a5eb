"""The first page as its editors arrange it: a list of parts, each shown from what is released."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wagtail import blocks

from stadtnah.surfaces.website.blocks import BodyField

_HEADING: Final = "Ohne Angabe: die übliche."


class _Heading(blocks.StructBlock):
    """A part with a heading of its own, if they like."""

    heading = blocks.CharBlock(label="Überschrift", required=False, max_length=80, help_text=_HEADING)


class WelcomeBlock(blocks.StructBlock):
    """Title and greeting, with the search."""

    search = blocks.BooleanBlock(label="Mit großem Suchfeld", required=False, default=True)

    class Meta:
        icon = "home"
        label = "Begrüßung"


class NewsBlock(_Heading):
    """The newest messages."""

    count = blocks.ChoiceBlock(label="Wie viele", choices=[("3", "3"), ("6", "6"), ("9", "9")], default="6")

    class Meta:
        icon = "list-ul"
        label = "Neueste Meldungen"


class ServicesBlock(_Heading):
    """What is asked for most."""

    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="website.ServicePage", label="Dienstleistung"),
        label="Dienstleistungen",
        max_num=12,
    )

    class Meta:
        icon = "doc-full"
        label = "Gefragte Dienstleistungen"


class TopicsBlock(_Heading):
    """Ways into the website, as tiles with the picture of the page."""

    pages = blocks.ListBlock(blocks.PageChooserBlock(label="Seite"), label="Seiten", max_num=9)

    class Meta:
        icon = "grip"
        label = "Themenkacheln"


class OfficeBlock(blocks.StructBlock):
    """An office with its hours: open now, or when next."""

    office = blocks.PageChooserBlock(page_type="offices.OfficePage", label="Amt")

    class Meta:
        icon = "group"
        label = "Öffnungszeiten eines Amtes"


class BlogBlock(_Heading):
    """The newest of the blog."""

    count = blocks.ChoiceBlock(label="Wie viele", choices=[("1", "1"), ("2", "2"), ("3", "3")], default="2")

    class Meta:
        icon = "openquote"
        label = "Neues aus dem Blog"


class EventsBlock(_Heading):
    """The events that come next."""

    count = blocks.ChoiceBlock(label="Wie viele", choices=[("3", "3"), ("5", "5"), ("8", "8")], default="5")

    class Meta:
        icon = "calendar"
        label = "Nächste Veranstaltungen"


class HomeBlock(blocks.StreamBlock):
    """The parts there are; each at most once where two would say the same."""

    notice = blocks.StaticBlock(
        label="Wichtiger Hinweis",
        icon="warning",
        admin_text="Steht hier, solange oben einer eingetragen ist.",
    )
    welcome = WelcomeBlock()
    lead = blocks.StaticBlock(
        label="Hervorgehobene Meldung", icon="pick", admin_text="Die oben ausgewählte, sonst die neueste."
    )
    quick = blocks.StaticBlock(
        label="Schnell erledigt", icon="link", admin_text="Die Verweise aus dem Feld weiter oben."
    )
    services = ServicesBlock()
    news = NewsBlock()
    events = EventsBlock()
    blog = BlogBlock()
    topics = TopicsBlock()
    office = OfficeBlock()
    reach = blocks.StaticBlock(
        label="Newsletter und Öffnungszeiten", icon="mail", admin_text="Anmeldung und die Zeiten der Kommune."
    )
    contact = blocks.StaticBlock(
        label="Kontakt der Kommune", icon="user", admin_text="Anschrift, Telefon und E-Mail aus „Kommune“."
    )

    class Meta:
        block_counts: dict[str, dict[str, int]] = {
            name: {"max_num": 1}
            for name in ("notice", "welcome", "lead", "quick", "news", "events", "blog", "reach", "contact")
        }
        required = False


class SectionsField(BodyField):
    """The parts of the first page; as for a body, no migration speaks of what there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(args or (HomeBlock(),)), **kwargs)


def frozen(sections: Any) -> list[dict[str, Any]]:
    """The parts as plain values: pages by their object keys."""
    return [{"kind": one.block_type, **_FROZEN.get(one.block_type, _nothing)(one.value)} for one in sections]


def said(sections: Any) -> str:
    """The parts in words, for whoever releases them."""
    return " · ".join(str(one.block.label) for one in sections)


def _nothing(_value: Any) -> dict[str, Any]:
    return {}


def _headed(value: Any) -> dict[str, Any]:
    heading = (value["heading"] or "").strip()
    return {"heading": heading} if heading else {}


def _welcome(value: Any) -> dict[str, Any]:
    return {"search": bool(value["search"])}


def _counted(value: Any) -> dict[str, Any]:
    return {**_headed(value), "count": int(value["count"])}


def _pages(value: Any) -> dict[str, Any]:
    found = [page.specific for page in value["pages"] if page]
    return {**_headed(value), "pages": [page.object_key for page in found if hasattr(page, "object_key")]}


def _office(value: Any) -> dict[str, Any]:
    page = value["office"]
    return {"office": page.specific.object_key if page else ""}


_FROZEN: Final[dict[str, Callable[[Any], dict[str, Any]]]] = {
    "welcome": _welcome,
    "news": _counted,
    "blog": _counted,
    "events": _counted,
    "services": _pages,
    "topics": _pages,
    "office": _office,
}
