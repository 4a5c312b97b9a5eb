"""The contact of an office within the text of a page: what was released with the page, shown as the register has it now."""

from __future__ import annotations

from typing import Any, Final

from stadtnah.publishing.content import Block, Content
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.offices.view import Office

_PREFIX: Final = "page:"  # of an object key, in `Block.style`
_SHOWN: Final = ("place", "room", "phone", "mail")


def of_page(page: Any) -> Block | None:
    """The block: rows for mails and for as long as the office is not public, and the office's key."""
    if not page:
        return None
    office = page.specific
    released = office.released()
    content = released.shown() if released else office.content()
    said = {key: (label, value) for key, label, value in content.details}
    rows = [said[key] for key in _SHOWN if key in said]
    return Block(
        "contact", title=content.title, rows=(("Amt", content.title), *rows), style=content.object_key
    )


def register(content: Content) -> tuple[dict[str, Office], frozenset[str]]:
    """The public offices that the text names, by key, and what a page with them is made of. No query without any."""
    keys = {
        block.style for block in content.blocks if block.kind == "contact" and block.style.startswith(_PREFIX)
    }
    if not keys:
        return {}, frozenset()
    found = view.offices(keys)
    return found, view.uses(found.values()) | keys
