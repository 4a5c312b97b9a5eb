"""A wall time of the town as people type it: naive ISO 8601, no offset. Only dispatch turns it into a moment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from stadtnah.kernel.clock import WallTimeError, chosen_wall, parse_wall


def validate_wall(value: str) -> None:
    """Raises ValidationError (German) unless `value` is a wall time that the town's clocks show."""
    try:
        chosen_wall(value)
    except WallTimeError as error:
        raise ValidationError(str(error)) from error


class WallTimeInput(forms.DateTimeInput):
    """The browser's own picker, usable by keyboard and screen reader."""

    input_type = "datetime-local"


class DayInput(forms.DateInput):
    """The browser's own picker for a day. It takes and gives ISO 8601, and shows the day as its reader writes it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class WallTimeField(models.CharField):  # type: ignore[type-arg] # not subscriptable at run time
    """Holds "2026-11-26T14:00" or ""."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_wall]

    def to_python(self, value: Any) -> Any:
        """To the minute, with a T between."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return parse_wall(text).isoformat(timespec="minutes")
        except WallTimeError as error:
            raise ValidationError(str(error)) from error

    def formfield(self, **kwargs: Any) -> Any:
        """A picker instead of a line of text."""
        return super().formfield(**{"widget": WallTimeInput(format="%Y-%m-%dT%H:%M"), **kwargs})
