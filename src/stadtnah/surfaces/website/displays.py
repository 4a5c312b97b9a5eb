"""Pages for screens in town halls, libraries and shop windows: the newest messages and the coming events, in large letters.

Made of released rows alone, like any list. A screen opens one of these addresses in its browser and is left alone: the page renews
itself (`assets/js/display.js`), and without a network it keeps what it shows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from stadtnah.kernel import clock
from stadtnah.kernel.town.api import base_url
from stadtnah.surfaces.website import home_parts, kinds, lists, qr
from stadtnah.surfaces.website.kinds import Sheet
from stadtnah.surfaces.website.lists import Item
from stadtnah.surfaces.website.offices import view as offices

FOLDER: Final = "/bildschirme/"
SHOWN: Final = {
    f"{FOLDER}alles/": ("messages", "events"),
    f"{FOLDER}aktuelles/": ("messages",),
    f"{FOLDER}veranstaltungen/": ("events",),
}
MESSAGES: Final = 6
EVENTS: Final = {("messages", "events"): 6, ("events",): 10}
_LOOKED_AT: Final = 24  # messages, of which those that are over are left out
_FRESH: Final = timedelta(days=60)  # for a message that does not say how long it holds


def offered() -> list[tuple[str, tuple[str, ...]]]:
    """(address with the site, what it shows) of each, for whoever sets up a screen."""
    return [(f"{base_url()}{path}", parts) for path, parts in SHOWN.items()]


def _at(path: str) -> Sheet | None:
    parts = SHOWN.get(path)
    if parts is None:
        return None
    home, place = lists.place("home")
    context: dict[str, Any] = {"notice": home, "parts": parts, "zone": clock.town_zone().key}
    uses = place | {"town", offices.day_use()}
    beside: dict[str, tuple[bytes, str]] = {}
    if "messages" in parts:
        items = _messages()
        beside = {_code(item): (qr.svg(_address(item)), "image/svg+xml") for item in items}
        context["messages"] = [(item, f"{path}{_code(item)}", qr.shown(_address(item))) for item in items]
        uses |= {"list:news", *(item.key for item in items)}
    if "events" in parts:
        events = home_parts.alone("events", EVENTS[parts], home)
        context["days"] = events.context["days"] if events else []
        uses |= events.uses if events else frozenset()
    return Sheet("website/display.html", context, uses, beside=beside, framed=False)


def _messages() -> list[Item]:
    today = offices.today()
    return [one for one in lists.latest(_LOOKED_AT) if lists.holds(one, today, _FRESH)][:MESSAGES]


def _address(item: Item) -> str:
    return base_url() + item.content.path


def _code(item: Item) -> str:
    """The name of the file with its way there: by its key, as two years or sites may have a message of the same name."""
    return f"{item.key.partition(':')[2]}.svg"


kinds.register_lists(kinds.Lists(key="displays", paths=lambda: set(SHOWN), at=_at))
