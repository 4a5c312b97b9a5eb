"""The German catalogue is whole, and what is compiled is what is written."""

from __future__ import annotations

import gettext
import hashlib
import json
import re
from pathlib import Path

import pytest

from tools import messages

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "stadtnah"
_TAG = re.compile(r"""\{%\s*translate\s+"([^"]+)"|_\("([^"]+)"\)""")


def test_every_german_entry_is_translated() -> None:
    entries = messages.read_po(messages.LOCALE / "de" / "LC_MESSAGES" / "django.po")
    assert len(entries) > 50
    assert [key for key, text in entries.items() if not text.strip("\0")] == []


def test_every_word_of_the_templates_is_in_the_catalogue() -> None:
    entries = messages.read_po(messages.LOCALE / "de" / "LC_MESSAGES" / "django.po")
    files = [file for file in SOURCE.rglob("*.html") if "desk" not in file.parts]  # the desk is German only
    used = {one or two for file in files for one, two in _TAG.findall(file.read_text("utf-8"))}
    assert used
    assert used - set(entries) == set()


def test_placeholders_survive_translation() -> None:
    entries = messages.read_po(messages.LOCALE / "de" / "LC_MESSAGES" / "django.po")
    for key, text in entries.items():
        if key:
            for part in text.split("\0"):
                assert set(re.findall(r"%\(\w+\)s", part)) <= set(re.findall(r"%\(\w+\)s", key)), key


@pytest.mark.parametrize("code", messages.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(code: str) -> None:
    folder = messages.LOCALE / code / "LC_MESSAGES"
    entries = messages.read_po(folder / "django.po")
    with (folder / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for key, text in entries.items():
        if key and text and "\0" not in key:
            assert catalogue.gettext(key) == text
    assert catalogue.ngettext("%(counter)s message", "%(counter)s messages", 2) == (
        "%(counter)s Meldungen" if code == "de" else "%(counter)s messages"
    )


@pytest.mark.parametrize("folder", ["assets/vendor", "tests/vendor"])
def test_third_party_files_are_those_of_the_manifest(folder: str) -> None:
    parts = json.loads((ROOT / folder / "MANIFEST.json").read_text())
    listed = {name: digest for part in parts for name, digest in part["files"].items()}
    there = {
        file.relative_to(ROOT / folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.name != "MANIFEST.json"
    }
    assert there == listed
    assert all(part["version"] and part["licence"] for part in parts)
