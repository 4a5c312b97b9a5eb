"""The date that an editor wishes, in the words of a list; one that is over is said to be."""

from __future__ import annotations

from stadtnah.kernel import clock
from stadtnah.publishing import api as publishing


def problem(wall: str) -> str:
    """Why this wish cannot be kept, in German; "" when it can, or there is none."""
    if not wall:
        return ""
    try:
        moment = publishing.due(wall, chosen=True)
    except ValueError as fault:
        return str(fault)
    if moment <= clock.now():
        return "Der Wunschtermin liegt in der Vergangenheit. Bitte wählen Sie einen späteren Zeitpunkt."
    return ""


def said(wall: str) -> str:
    """„Wunschtermin Do., 26.11., 14:00 Uhr“, with a word when it is over; "" without a wish."""
    if not wall:
        return ""
    try:
        moment = publishing.due(wall)
    except ValueError:
        return ""
    over = " (schon vorbei)" if moment <= clock.now() else ""
    return f"Wunschtermin {clock.german_short(moment)}{over}"
