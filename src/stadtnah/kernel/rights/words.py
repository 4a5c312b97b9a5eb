"""How the desk and the checks speak of rights, German."""

from __future__ import annotations

from typing import Final

from stadtnah.kernel.rights.rule import Cause, State, Use

CAUSES: Final = {
    Cause.LICENCE_OVER: "weil das Nutzungsrecht abgelaufen ist",
    Cause.LICENCE_REVOKED: "weil das Nutzungsrecht entzogen wurde",
    Cause.CONSENT_OVER: "weil die Einwilligung endete",
    Cause.CONSENT_REVOKED: "weil die Einwilligung widerrufen wurde",
    Cause.LICENCE_NARROW: "weil das Nutzungsrecht dafür nicht gilt",
    Cause.CONSENT_NARROW: "weil die Einwilligung dafür nicht gilt",
}
STATES: Final = {
    State.UNKNOWN: "ohne Angaben",
    State.FREE: "geklärt",
    State.SOON: "läuft bald ab",
    State.ENDED: "abgelaufen",
}
PLACES: Final = {
    Use.WEBSITE: "auf der Website",
    Use.SOCIAL: "in sozialen Medien",
    Use.PRINT: "in Druck und Presse",
}
