"""What the municipality says about itself: name, address, opening hours, colours and arms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from stadtnah.kernel import media
from stadtnah.kernel.access import api as access
from stadtnah.kernel.access.api import Action
from stadtnah.kernel.audit import api as audit
from stadtnah.kernel.identity.models import User
from stadtnah.kernel.town import api as towns
from stadtnah.kernel.town.api import Town
from stadtnah.surfaces.website import publish, theme

TEXTS: Final = (
    "name",
    "short_name",
    "street",
    "postcode",
    "phone",
    "mail",
    "colour",
    "accent",
)
_REQUIRED: Final = {
    "name": "Bitte geben Sie den Namen an, zum Beispiel: Stadt Erlenfurt.",
    "short_name": "Bitte geben Sie an, wie man kurz sagt, zum Beispiel: Erlenfurt.",
    "colour": "Bitte geben Sie eine Farbe an, zum Beispiel: #14532d.",
    "accent": "Bitte geben Sie eine Farbe an, zum Beispiel: #0b6e8a.",
}
_MOST_HOURS = 14


class TownWrong(ValueError):
    """What was given cannot be kept. `problems`: field name to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def change(
    values: Mapping[str, str], arms: tuple[str, bytes] | None, *, without_arms: bool, by: User
) -> Town:
    """Keeps the facts (`TEXTS` and "hours", a line per day) and the arms (file name, bytes); the pages follow in seconds.

    Raises TownWrong with every problem at once, and PermissionDenied.
    """
    access.require(by, Action.TOWN_EDIT)
    cleaned = {name: values.get(name, "").strip() for name in TEXTS}
    problems = {name: problem for name in TEXTS if (problem := _problem(name, cleaned[name]))}
    hours, wrong_hours = _hours(values.get("hours", ""))
    if wrong_hours:
        problems["hours"] = wrong_hours
    digest = ""
    try:
        digest = media.ingest(arms[1], filename=arms[0]).sha256 if arms and not problems else ""
    except media.MediaError as problem:
        problems["arms"] = str(problem)
    if problems:
        raise TownWrong(problems)
    found = towns.town()
    kept = "" if without_arms else found.arms_sha256
    new = {**cleaned, "opening_hours": hours, "arms_sha256": digest or kept}
    changed = sorted(name for name, value in new.items() if getattr(found, name) != value)
    if changed:
        _keep(new, changed, by)
    return towns.town()


def _keep(new: Mapping[str, object], changed: list[str], by: User) -> None:
    with transaction.atomic():
        Town.objects.update_or_create(id=1, defaults=dict(new))
        publish.mark("town")
        audit.record("town.changed", actor=by, data={"fields": changed})


def _problem(name: str, value: str) -> str:
    if not value:
        return _REQUIRED.get(name, "")
    longest: int = getattr(Town._meta.get_field(name), "max_length", 0)  # noqa: SLF001 - Django's public way to its fields
    if name in {"colour", "accent"}:
        return theme.colour_problem(value.lower())
    if len(value) > longest:
        return f"Das ist zu lang; möglich sind {longest} Zeichen."
    if name == "postcode" and not re.fullmatch(r"[0-9]{5}", value):
        return "Eine Postleitzahl hat fünf Ziffern."
    if name == "mail":
        try:
            validate_email(value)
        except ValidationError:
            return "Das ist keine E-Mail-Adresse. Bitte prüfen Sie, ob etwas fehlt, zum Beispiel das @."
    return ""


def _hours(text: str) -> tuple[list[list[str]], str]:
    """Lines such as "Montag: 8–12 Uhr" as pairs, and what is wrong with them."""
    rows: list[list[str]] = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
        day, colon, when = (part.strip() for part in line.partition(":"))
        if not (day and colon and when):
            return [], f"Zeile {number}: Bitte schreiben Sie den Tag, einen Doppelpunkt und die Zeiten."
        rows.append([day[:80], when[:160]])
    return (rows, "") if len(rows) <= _MOST_HOURS else ([], f"Möglich sind {_MOST_HOURS} Zeilen.")
