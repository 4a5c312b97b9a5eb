"""What a page points to is there."""

from __future__ import annotations

import pytest

from tests.docs import reading

PAGES = reading.documents()


def broken(page):
    found = []
    for file, anchor in reading.links(page):
        target = (page.parent / file).resolve() if file else page
        if not target.exists():
            found.append(file)
        elif anchor and target.suffix == ".md" and anchor not in reading.anchors(target):
            found.append(f"{file}#{anchor}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(reading.ROOT).as_posix())
def test_links_lead_somewhere(page):
    assert broken(page) == []


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Ein Wort\n[a](b.md) [c](#ein-wort) [d](#fehlt) [e](https://example.org/x)\n")
    assert broken(page) == ["b.md", "#fehlt"]


@pytest.mark.parametrize("folder", ["docs/handbuch", "docs/betrieb", "docs/decisions"])
def test_every_page_is_in_its_table_of_contents(folder):
    inside = reading.ROOT / folder
    listed = {file for file, _ in reading.links(inside / "README.md")}
    missing = {page.name for page in inside.glob("*.md")} - {"README.md"} - listed
    assert missing == set()


def test_decisions_fit_a_page():
    long = [
        page.name
        for page in (reading.ROOT / "docs/decisions").glob("0*.md")
        if len(page.read_text(encoding="utf-8").split()) > 600
    ]
    assert long == []
