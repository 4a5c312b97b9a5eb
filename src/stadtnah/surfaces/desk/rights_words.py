"""How the desk shows what a picture is allowed for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from stadtnah.kernel import clock
from stadtnah.kernel.rights import api as rights
from stadtnah.kernel.rights.api import State

FILTERS = (
    ("", "Alle"),
    (State.UNKNOWN.value, "Ohne Angaben"),
    (State.SOON.value, "Läuft bald ab"),
    (State.ENDED.value, "Abgelaufen oder widerrufen"),
)
_LOOKS = {
    State.FREE: "delivered",
    State.SOON: "stopped",
    State.ENDED: "failed",
    State.UNKNOWN: "draft",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one picture in words. look: the class of its label."""

    state: str
    label: str
    look: str
    text: str
    uses: list[str] = field(default_factory=list)


def standing(verdict: rights.Verdict) -> Standing:
    """A verdict in words."""
    uses = [label for value, label in rights.USES if value in verdict.uses]
    label = rights.STATES[verdict.state]
    if verdict.state is State.ENDED and verdict.cause in {
        rights.Cause.CONSENT_REVOKED,
        rights.Cause.LICENCE_REVOKED,
    }:
        label = "widerrufen"
    return Standing(verdict.state.value, label, _LOOKS[verdict.state], _text(verdict), uses)


def _text(verdict: rights.Verdict) -> str:
    if verdict.state is State.ENDED and verdict.cause:
        since = f" seit {clock.german_date(verdict.since)}" if verdict.since else ""
        return f"Darf{since} nicht mehr verwendet werden, {rights.CAUSES[verdict.cause]}."
    if verdict.until:
        return f"Darf bis {clock.german_date(verdict.until)} verwendet werden."
    if verdict.state is State.FREE:
        return "Darf ohne zeitliche Grenze verwendet werden."
    return "Es fehlen Angaben: wofür das Bild verwendet werden darf oder wer darauf zu erkennen ist."


def standings(digests: Iterable[str]) -> dict[str, Standing]:
    """The state of each of these."""
    return {digest: standing(verdict) for digest, verdict in rights.verdicts(set(digests)).items()}


def only(found: Any, wanted: str) -> Any:
    """The pictures or films of a query that are in this state; all of them for a state there is not."""
    if wanted not in {value for value, _label in FILTERS if value}:
        return found
    state = State(wanted)
    if state is not State.UNKNOWN:
        return found.filter(sha256__in=rights.rows_like(state).values("pk"))
    for known in (State.FREE, State.SOON, State.ENDED):
        found = found.exclude(sha256__in=rights.rows_like(known).values("pk"))
    return found
