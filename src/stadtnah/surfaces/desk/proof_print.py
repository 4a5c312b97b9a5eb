"""Has the proof's PDF made by a program that ends with it: what it loads for that would stay in the cell's memory for good."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import Any

logger = logging.getLogger(__name__)
_SECONDS = 60


class PrintError(Exception):
    """There is no PDF this time."""


def printed(proof: dict[str, Any], title: str, labels: dict[str, str]) -> bytes:
    """What `proof_pdf.made` makes of it. Raises PrintError, also when it takes longer than a minute."""
    program = [sys.executable, "-m", "stadtnah.surfaces.desk.proof_pdf"]
    asked = json.dumps({"proof": proof, "title": title, "labels": labels}, default=str).encode()
    try:
        done = subprocess.run(program, input=asked, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own program, no shell
    except subprocess.CalledProcessError as problem:
        logger.exception("no PDF of a proof: %s", problem.stderr.decode(errors="replace")[-500:])
        raise PrintError from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        logger.exception("no PDF of a proof")
        raise PrintError from problem
    return done.stdout
