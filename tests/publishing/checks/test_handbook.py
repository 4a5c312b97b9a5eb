"""The handbook explains each remark, and none that is never made."""

from __future__ import annotations

import re
from pathlib import Path

from stadtnah.publishing.checks import CODES

PAGE = Path(__file__).parents[3] / "docs" / "handbuch" / "pruefungen.md"


def test_each_code_has_its_row_and_each_row_its_code():
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (Fehler|Hinweis) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(code for code, _ in rows) == sorted(CODES)


def test_the_rows_name_the_right_weight():
    """A code is always of one weight; the source says which."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (PAGE.parents[2] / "src/stadtnah/publishing/checks").glob("*.py")
    )
    for code, kind in re.findall(
        r"^\| `([a-z-]+)` \| (Fehler|Hinweis) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    ):
        said = set(re.findall(rf"(error|hint)\(\s*\"{code}\"", source))
        assert said == {"error" if kind == "Fehler" else "hint"}, code
