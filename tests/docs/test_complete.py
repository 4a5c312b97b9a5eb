"""What can be set, called or connected is written down, and nothing else is."""

from __future__ import annotations

import argparse
import re

from stadtnah.kernel.privacy.api import PURPOSES
from stadtnah.project import cli
from stadtnah.publishing import api as publishing
from tests.docs import reading

_READ = re.compile(r"""\benv\.(?:text|listed|networks|number|flag)\(\s*"([A-Z_]+)\"""")
_HOME = re.compile(r"""(?<![.\w])(?:text|listed|number|flag)\(\s*"([A-Z_]+)\"""")


def settings_read():
    """The names (without STADTNAH_) that the settings ask the environment for."""
    folder = reading.ROOT / "src/stadtnah/project/settings"
    found = set()
    for path in folder.glob("*.py"):
        pattern = _HOME if path.name == "env.py" else _READ
        found |= set(pattern.findall(path.read_text(encoding="utf-8")))
    return found


def settings_documented():
    return set(
        re.findall(
            r"^\| `STADTNAH_([A-Z_]+)` \|", reading.text("docs/betrieb/einstellungen.md"), re.MULTILINE
        )
    )


def test_every_setting_is_documented_and_none_is_invented():
    assert settings_read() == settings_documented()
    assert {"MODE", "DATA", "DATABASE", "BASE_URL"} <= settings_read()  # the search finds something


def commands(parser, prefix="stadtnah"):
    """Every full command with its options, as people type it."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield prefix, [o for a in parser._actions for o in a.option_strings if o.startswith("--")]
    for group in groups:
        for name, below in group.choices.items():
            yield from commands(below, f"{prefix} {name}")


def test_every_command_is_documented_with_its_options():
    page = reading.text("docs/betrieb/befehle.md")
    known = dict(commands(cli.parser()))
    assert len(known) > 5
    for command, options in known.items():
        row = next((line for line in page.splitlines() if line.startswith(f"| `{command}")), "")
        assert row, command
        assert [option for option in options if option != "--help" and f"`{option}`" not in row] == []
    listed = {m.strip() for m in re.findall(r"^\| `(stadtnah [a-z ]+[a-z])[^`]*` \|", page, re.MULTILINE)}
    assert listed <= set(known)


def test_every_make_target_is_documented():
    page = reading.text("docs/betrieb/befehle.md")
    makefile = reading.text("Makefile")
    targets = set(re.findall(r"^([a-z][a-z-]*):.*##", makefile, re.MULTILINE))
    assert "demo" in targets
    assert {target for target in targets if f"`make {target}`" not in page} == set()
    assert set(re.findall(r"^\| `make ([a-z-]+)`", page, re.MULTILINE)) <= targets


def test_every_channel_is_documented():
    page = reading.text("docs/handbuch/kanaele.md")
    table = reading.text("docs/architecture/channels.md")
    sections = set(re.findall(r"^## .+ \(`([a-z]+)`\)$", page, re.MULTILINE))
    known = {key for key in publishing.CHANNELS.keys() if key != "paper"}  # noqa: SIM118 - a registry iterates its items
    assert known
    assert known <= sections
    assert {key for key in known if f"| `{key}`" not in table} == set()


def test_every_purpose_is_documented():
    page = reading.text("docs/betrieb/datenschutz.md")
    for purpose in PURPOSES:
        row = next((line for line in page.splitlines() if line.startswith(f"| `{purpose.key}` |")), "")
        assert purpose.title in row, purpose.key


def test_a_newcomer_finds_the_two_commands():
    page = reading.text("README.md")
    assert "make demo" in page
    assert "make test" in page
