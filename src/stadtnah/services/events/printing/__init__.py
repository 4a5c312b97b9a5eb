"""The programme on paper: PDF to print as it is, DOCX for whoever sets a page of their own."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from stadtnah.kernel import apart
from stadtnah.services.events.domain.programme import Programme

TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def printed(programme: Programme, form: str) -> bytes:
    """The programme as a file of `TYPES`. Raises KeyError for another form, ApartError when it cannot be made this time."""
    if form not in TYPES:
        raise KeyError(form)
    asked = json.dumps(asdict(programme)).encode()
    return apart.made_by(f"stadtnah.services.events.printing.{form}", asked)
