"""The events on other websites: a page that explains it, and the small pages that stand in their frames (`answer_headers.FRAMED`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.html import escape

from stadtnah.kernel.town.api import base_url, town
from stadtnah.surfaces.website import lists
from stadtnah.surfaces.website.calendar import coming, files, view
from stadtnah.surfaces.website.calendar.coming import EVERYTHING, Choice
from stadtnah.surfaces.website.calendar.models import EVENTS
from stadtnah.surfaces.website.kinds import Sheet

PAGE: Final = f"{EVENTS}einbetten/"
SHOWN: Final = 10  # dates in a frame
_HEIGHT: Final = 480


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page says about a choice: addresses of its calendar, and the code of its frame."""

    choice: Choice
    calendar: str
    webcal: str
    path: str
    code: str


def paths() -> set[str]:
    """Of all of them."""
    return {PAGE, *(_frame(choice) for choice in coming.choices())}


def at(path: str) -> Sheet | None:
    """What stands at an address below it."""
    if not path.startswith(PAGE) or not lists.live("event").exists():
        return None
    if path == PAGE:
        return _explained()
    choice = coming.choice(path.removeprefix(PAGE).removesuffix("/"))
    return _framed(choice) if choice and path == _frame(choice) else None


def offer(choice: Choice) -> Offer:
    """With the title that a screen reader says of the frame."""
    address, calendar = f"{base_url()}{_frame(choice)}", f"{base_url()}{files.address(choice)}"
    label = f": {choice.label}" if choice.label else ""
    title = f"Veranstaltungen in {town().short_name}{label}"
    code = (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{_HEIGHT}" '
        'loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
    return Offer(choice, calendar, f"webcal://{calendar.partition('://')[2]}", _frame(choice), code)


def _explained() -> Sheet:
    offers = [offer(choice) for choice in coming.choices()]
    return Sheet(
        "website/events_out.html",
        {
            "first": offers[0],
            "offers": offers[1:],
            "json": f"{base_url()}{EVENTS}{files.JSON}",
            "rss": f"{base_url()}{EVENTS}feeds/rss.xml",
        },
        frozenset({coming.EVENTS, *(one.place for one in coming.choices() if one.place)}),
    )


def _framed(choice: Choice) -> Sheet:
    chosen = [one for one in coming.coming() if choice.takes(one)]
    rows = [
        (one.row.path, view.when(one.event, when), when.event.title, when.event.place)
        for one, when in coming.ahead(chosen, SHOWN)
    ]
    used = coming.uses() | (frozenset({choice.place}) if choice.place else frozenset())
    return Sheet(
        "website/events_frame.html", {"rows": rows, "choice": choice, "all": EVENTS}, used, framed=False
    )


def _frame(choice: Choice) -> str:
    return f"{PAGE}{'alle' if choice == EVERYTHING else choice.key}/"
