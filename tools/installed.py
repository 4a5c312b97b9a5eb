"""Which programs of others, that tests and benchmarks run, are on this machine; and where the missing ones come from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CHECKERS: Final = ROOT / ".test" / "checkers"
PDS: Final = ROOT / ".test" / "pds"
CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
_ROOT_DOES: Final = "tools/apt.sh installs it as root"
_NPM_DOES: Final = "tools/peers.sh installs it"


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


KNOWN: Final[dict[str, tuple[Callable[[], bool], str]]] = {
    "chromium": (lambda: bool(CHROMIUM), _ROOT_DOES),
    "java": (_program("java"), _ROOT_DOES),
    "nginx": (_program("nginx"), _ROOT_DOES),
    "caddy": (_program("caddy"), _ROOT_DOES),
    "node": (_program("node"), "version 20 or newer is needed, nothing here installs it"),
    "checkers": ((CHECKERS / ".ready").exists, _NPM_DOES),
    "pds": ((PDS / ".ready").exists, _NPM_DOES),
}


def lacking(*names: str) -> str:
    """The first of them that is not there, and where it comes from; "" when all are. KeyError for a name nobody knows."""
    for name in names:
        there, comes_from = KNOWN[name]
        if not there():
            return f"{name} is missing: {comes_from}"
    return ""
