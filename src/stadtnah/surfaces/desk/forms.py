"""What all forms of the desk share: the list of mistakes that leads to the fields."""

from __future__ import annotations

from dataclasses import dataclass

from stadtnah.kernel import clock


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the template shows it.

    type: one of HTML's input types, or "select", "textarea", "checks" (several of `choices`), "secret" (never shown;
    `kept` says that there is one), "picture".
    """

    name: str
    label: str
    value: str
    text: str = ""
    problem: str = ""
    type: str = "text"
    required: bool = False
    autocomplete: str = "off"
    choices: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()
    kept: bool = False
    rows: int = 4
    instead: bool = False  # one of several ways: neither it nor the other is required by itself


def wall_problem(text: str) -> str:
    """What is wrong with a local time from a form, German; "" when it can be used."""
    if not text:
        return "Bitte geben Sie Tag und Uhrzeit an."
    try:
        clock.chosen_wall(text)
    except ValueError as problem:
        return str(problem)
    return ""
