"""What a waste calendar means with its titles: „Leerung: Biomüll (Kaiserstraße 3)“ and „Kompostbehaelter“ are the same bin. Pure.

A title may name several („Papier & Gelber Sack“). What only a town can know, a „grüne Tonne“, stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from stadtnah.services.events.domain.event import Event

_ENOUGH: Final = 0.5  # of the titles: less is no waste calendar
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Waste(StrEnum):
    """What is collected; the value is its German name."""

    RESIDUAL = "Restmüll"
    ORGANIC = "Bioabfall"
    PAPER = "Papier"
    PACKAGING = "Verpackungen (Gelbe Tonne, Gelber Sack)"
    RECYCLABLES = "Wertstoffe"
    GLASS = "Glas"
    BULKY = "Sperrmüll"
    HAZARDOUS = "Schadstoffe"
    ELECTRICAL = "Elektrogeräte"
    GARDEN = "Gartenabfälle"
    TREES = "Weihnachtsbäume"


# In small letters, umlauts written out. The colour of a lid counts only beside what it is the lid of.
_SIGNS: Final = {
    Waste.RESIDUAL: r"rest ?(?:muell|abfall|tonne|stoff)|rest\b|haus ?muell|gross ?muell|\bmuell(?:tonne|behaelter)|(?:schwarze|graue)n? (?:tonne|behaelter)",
    Waste.ORGANIC: r"\bbio(?![a-z]*logisch)|kompost|braune[rn]? tonne",
    Waste.PAPER: r"papier|\bpappe|karton|blaue[rn]? tonne",
    Waste.PACKAGING: r"gelbe[rn]?(?:\(r\)|/r)? (?:tonne|sack|saeck|container)|leicht(?:stoff)?verpackung|verpackung|\blvp\b|\bdsd\b|duale[sn] system",
    Waste.RECYCLABLES: r"wertstoff|wertmuell",
    Waste.GLASS: r"glas\b|glas(?:box|tonne|abfuhr)|altglas",
    Waste.BULKY: r"sperr ?(?:muell|gut|abfall)",
    Waste.HAZARDOUS: r"schadstoff|sonder ?(?:muell|abfa)|problem ?(?:stoff|muell|abfa)|umweltmobil|giftmobil",
    Waste.ELECTRICAL: r"elektro|weisse ware|kuehlgeraet|e-schrott",
    Waste.GARDEN: r"garten ?abf|gruen ?(?:abf|schnitt|gut)|strauch|astschnitt|baum- und|laub",
    Waste.TREES: r"(?:weihnachts|christ|tannen)b(?:aum|aeum)",
}
_PATTERNS: Final = {kind: re.compile(pattern) for kind, pattern in _SIGNS.items()}


@dataclass(slots=True)
class WasteCalendar:
    """How often each kind is collected, and the titles that nobody but the town can place."""

    kinds: Counter[Waste] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)


def kinds_of(title: str) -> frozenset[Waste]:
    """What is collected; nothing when the title does not say."""
    plain = " ".join(title.casefold().translate(_UMLAUTS).replace("-tonne", " tonne").split())
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(plain))


def as_waste_calendar(events: Iterable[Event]) -> WasteCalendar | None:
    """None when most titles have nothing to do with waste."""
    found, number = WasteCalendar(), 0
    for event in events:
        number += 1
        kinds = kinds_of(event.title)
        found.kinds.update(kinds)
        if not kinds:
            found.open[event.title] += 1
    return found if number and found.open.total() <= number * _ENOUGH else None
