"""The locks name every part: they are installed without a resolver (`--no-deps`), so nothing else would notice a gap."""

from __future__ import annotations

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"base.txt": ["base.in"], "dev.txt": ["base.in", "dev.in"]}


def asked_for(files: list[str]) -> list[Requirement]:
    """What the `.in` files name."""
    lines = [
        line.split("#")[0].strip()
        for name in files
        for line in (ROOT / "requirements" / name).read_text().splitlines()
    ]
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def needed(roots: list[Requirement]) -> set[str]:
    """Every part that these need here, those wanted with an extra included."""
    open_ones = [(canonicalize_name(one.name), extra) for one in roots for extra in {"", *one.extras}]
    seen: set[tuple[str, str]] = set()
    while open_ones:
        name, extra = open_ones.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for line in requires(name) or []:
            child = Requirement(line)
            if child.marker is None or child.marker.evaluate({"extra": extra}):
                open_ones += [(canonicalize_name(child.name), wanted) for wanted in {"", *child.extras}]
    return {str(name) for name, _ in seen}


def locked(text: str) -> set[str]:
    """The parts that a lock pins."""
    return {
        str(canonicalize_name(name))
        for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", text, re.MULTILINE)
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_part(lock: str) -> None:
    assert needed(asked_for(LOCKS[lock])) - locked((ROOT / "requirements" / lock).read_text()) == set()


def test_a_gap_would_be_found() -> None:
    """The control: `coverage` comes only by way of an extra of another part."""
    text = (ROOT / "requirements" / "dev.txt").read_text().replace("\ncoverage==", "\nother==")
    assert needed(asked_for(LOCKS["dev.txt"])) - locked(text) == {"coverage"}


def test_the_locks_are_installed_without_a_resolver() -> None:
    """pip before 23.3 (Debian 12 has 23.0) looks up the newest release of what is wanted with an extra and then finds no hash for it."""
    installs = [line for line in (ROOT / "Makefile").read_text().splitlines() if "pip install" in line]
    assert [line for line in installs if "--no-deps --require-hashes" not in line] == []
