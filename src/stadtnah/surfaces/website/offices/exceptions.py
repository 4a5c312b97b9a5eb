"""An exception without the editor: added to an office's draft, as if it was typed there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from stadtnah.kernel.identity.models import User
from stadtnah.surfaces.website.offices import view
from stadtnah.surfaces.website.offices.hour_fields import ExceptionBlock
from stadtnah.surfaces.website.offices.models import OfficePage


class ExceptionWrong(ValueError):
    """What was given cannot be kept. `problems`: field name to a German sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def add(draft: OfficePage, given: Mapping[str, str], *, by: User) -> OfficePage:
    """Adds days („first“, „last“, „hours“, „reason“ as typed) and saves the draft; what was said of the same days is replaced.

    Those that are over go. Raises ExceptionWrong with every problem at once.
    """
    value = _cleaned(given)
    first, last = value["first"], value["last"] or value["first"]
    kept = [
        ("exception", item.value)
        for item in draft.exceptions
        if (item.value["last"] or item.value["first"]) >= view.today()
        and (item.value["first"], item.value["last"] or item.value["first"]) != (first, last)
    ]
    # The newest stands first: where days overlap, what was said last counts.
    draft.exceptions = [("exception", value), *kept]
    saving: Any = draft
    saving.save_revision(user=by)
    return draft


def _cleaned(given: Mapping[str, str]) -> dict[str, Any]:
    block = ExceptionBlock()
    typed = {name: given.get(name, "").strip() for name in ("first", "last", "hours", "reason")}
    problems: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in ("first", "last"):
        try:
            days[name] = date.fromisoformat(typed[name]) if typed[name] else None
        except ValueError:
            problems[name] = "Bitte geben Sie den Tag so an: 2026-12-03."
    if not problems and days["first"] is None:
        problems["first"] = "Bitte geben Sie den Tag an."
    if not problems:
        try:
            cleaned: dict[str, Any] = dict(block.clean({**typed, **days}))
        except StructBlockValidationError as error:
            problems = {name: _said(one) for name, one in error.block_errors.items()}
        else:
            if (cleaned["last"] or cleaned["first"]) < view.today():
                problems["first"] = "Dieser Tag ist schon vorbei."
            else:
                return cleaned
    raise ExceptionWrong(problems)


def _said(error: ValidationError) -> str:
    return " ".join(error.messages)
