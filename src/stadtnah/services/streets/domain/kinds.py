"""What can be collected, by a key that stays the same, with a name and advice that a town may put in its own words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_BY_SIX: Final = "Stellen Sie die Tonne bis 6 Uhr am Abfuhrtag an den Straßenrand, den Griff zur Straße."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of waste: its name as citizens know it, and what they do on the day before."""

    key: str
    name: str
    advice: str


# The keys are the names that the reader of waste calendars knows (`services/events/domain/waste.py`); a test keeps both together.
KINDS: Final = (
    Kind("residual", "Restmüll", _BY_SIX),
    Kind("organic", "Bioabfall", f"{_BY_SIX} Bitte keine Plastiktüten, auch keine kompostierbaren."),
    Kind("paper", "Papier", f"{_BY_SIX} Große Kartons falten Sie bitte zusammen."),
    Kind("packaging", "Gelber Sack", "Legen Sie die Säcke zugebunden am Abfuhrtag bis 6 Uhr an den Straßenrand, bei Wind erst am Morgen."),
    Kind("recyclables", "Wertstoffe", _BY_SIX),
    Kind("glass", "Altglas", "Stellen Sie Flaschen und Gläser ohne Deckel bis 6 Uhr bereit, nach Farben getrennt."),
    Kind("bulky", "Sperrmüll", "Stellen Sie nur bereit, was Sie angemeldet haben, frühestens am Abend vorher."),
    Kind("hazardous", "Schadstoffe", "Bringen Sie Farben, Batterien und Reiniger zum Schadstoffmobil und geben Sie sie dort persönlich ab."),
    Kind("electrical", "Elektrogeräte", "Melden Sie große Geräte vorher an. Nehmen Sie Batterien und Akkus heraus."),
    Kind("garden", "Grünschnitt", "Bündeln Sie Zweige mit Schnur aus Naturfaser, höchstens 1,50 m lang."),
    Kind("trees", "Christbäume", "Legen Sie den Baum ohne Schmuck und Lametta bis 8 Uhr an den Straßenrand."),
)  # fmt: skip
KEYS: Final = tuple(kind.key for kind in KINDS)
