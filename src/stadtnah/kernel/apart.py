"""Work that is done by a program of its own, which ends with it: what it loads for that would stay in the cell's memory for good."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Final

logger = logging.getLogger(__name__)
_SECONDS: Final = 60


class ApartError(Exception):
    """There is no result this time; the log says why."""


def made_by(module: str, asked: bytes, *arguments: str) -> bytes:
    """What a module of ours, run as a program, answers to `asked`. Raises ApartError, also when it takes longer than a minute."""
    program = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(program, input=asked, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own program, no shell
    except subprocess.CalledProcessError as problem:
        logger.exception("%s made nothing: %s", module, problem.stderr.decode(errors="replace")[-500:])
        raise ApartError from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        logger.exception("%s made nothing", module)
        raise ApartError from problem
    return done.stdout
