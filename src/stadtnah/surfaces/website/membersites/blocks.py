"""The first page of a member site as its editors arrange it: parts of the municipality's first page, and one of its own."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from stadtnah.surfaces.website.blocks import BodyField
from stadtnah.surfaces.website.home_blocks import NewsBlock, OfficeBlock, TopicsBlock, WelcomeBlock


class PartsBlock(blocks.StreamBlock):
    """The parts there are."""

    welcome = WelcomeBlock()
    news = NewsBlock()
    below = blocks.StaticBlock(
        label="Seiten des Auftritts", icon="grip", admin_text="Die Seiten der obersten Ebene, als Karten."
    )
    topics = TopicsBlock()
    office = OfficeBlock()
    contact = blocks.StaticBlock(
        label="Kontakt", icon="user", admin_text="Anschrift, Telefon und E-Mail des Auftritts."
    )

    class Meta:
        block_counts: dict[str, dict[str, int]] = {
            name: {"max_num": 1} for name in ("welcome", "news", "below", "contact")
        }
        required = False


class PartsField(BodyField):
    """As for a body, no migration speaks of what there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(args or (PartsBlock(),)), **kwargs)
