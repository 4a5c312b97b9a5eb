"""The documents of this repository, and how their headings become anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every page of ours."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def text(path: str) -> str:
    """A page by its path from the root."""
    return (ROOT / path).read_text(encoding="utf-8")


def links(page: Path) -> Iterator[tuple[str, str]]:
    """(file, anchor) of each link that stays in the repository; file is "" for the page itself."""
    plain = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for found in _LINK.finditer(plain):
        target = found.group(1)
        if "://" not in target and not target.startswith("mailto:"):
            file, _, anchor = target.partition("#")
            yield unquote(file), unquote(anchor)


def anchors(page: Path) -> set[str]:
    """The anchors that a page offers, made as GitHub and Forgejo make them."""
    plain = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {_slug(line.lstrip("#").strip()) for line in plain.splitlines() if line.startswith("#")}


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
