"""The press area of the demo town as a page."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from demo import pages as build
from demo.content import press as words
from demo.content.blocks import CREDIT
from stadtnah.surfaces.website.documents.models import TownDocument
from stadtnah.surfaces.website.images import TownImage
from stadtnah.surfaces.website.offices.models import PersonPage
from stadtnah.surfaces.website.press.models import PressPage


def page(home: Any) -> PressPage:
    """As a draft."""
    figures = TownDocument.take(
        words.FIGURES.encode(), filename="Erlenfurt in Zahlen.csv", title="Erlenfurt in Zahlen"
    )
    kit: list[tuple[str, Any]] = [("picture", _picture(given)) for given in words.PICTURES]
    kit.append(("file", {"document": figures, "title": "", "terms": ""}))
    home.refresh_from_db()
    made: PressPage = home.add_child(
        instance=PressPage(
            **words.PAGE, person=PersonPage.objects.get(title=words.PERSON), kit=kit, live=False
        )
    )
    return made


def _picture(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "image": _arms() if given["file"] == "wappen.png" else build.image(given["file"]),
        "title": given["title"],
        "alt": given["alt"],
        "credit": CREDIT,
        "terms": given["terms"],
    }


def _arms() -> TownImage:
    found: TownImage | None = TownImage.objects.filter(title="Wappen der Stadt").first()
    if found:
        return found
    data = (build.PICTURES / "wappen.png").read_bytes()
    made: TownImage = TownImage.objects.create(
        title="Wappen der Stadt",
        file=ContentFile(data, name="wappen.png"),
        description="Wappen der Stadt Erlenfurt",
    )
    return made
