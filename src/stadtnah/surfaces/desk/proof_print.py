"""Has the proof's PDF made by a program that ends with it (`kernel.apart`)."""

from __future__ import annotations

import json
from typing import Any

from stadtnah.kernel import apart


class PrintError(Exception):
    """There is no PDF this time."""


def printed(proof: dict[str, Any], title: str, labels: dict[str, str]) -> bytes:
    """What `proof_pdf.made` makes of it. Raises PrintError, also when it takes longer than a minute."""
    asked = json.dumps({"proof": proof, "title": title, "labels": labels}, default=str).encode()
    try:
        return apart.made_by("stadtnah.surfaces.desk.proof_pdf", asked)
    except apart.ApartError as problem:
        raise PrintError from problem
