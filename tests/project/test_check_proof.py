"""`stadtnah check proof`: what it says of who made a file, with and without a key to compare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stadtnah.project.cli import main
from stadtnah.publishing import api
from tests.factories.channels import Paper
from tests.factories.people import Cast
from tests.publishing.test_forged_proof import signed_anew
from tests.publishing.test_story import KEY, dispatch_all, people, release, submit  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.STADTNAH_KEY_FILE = tmp_path / "keys" / "vault.key"


@pytest.fixture
def file(people: Cast, paper: Paper, tmp_path: Path) -> Path:  # noqa: F811
    release(people, submit(people))
    dispatch_all()
    made = tmp_path / "nachweis.json"
    made.write_text(json.dumps(api.proof(KEY)))
    return made


@pytest.fixture
def forged(file: Path) -> Path:
    """By somebody with a key of their own: the deliveries are gone."""
    made = file.with_name("gefälscht.json")
    made.write_text(json.dumps(signed_anew(json.loads(file.read_text()) | {"deliveries": []})))
    return made


def check(file: Path, *more: str) -> int:
    return main(["check", "proof", str(file), *more])


def test_where_the_municipality_is_its_key_is_compared(
    file: Path, forged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(forged) == 1
    said = capsys.readouterr().err
    assert "nicht mit dem Schlüssel dieser Kommune" in said
    assert "--schluessel" in said  # it may be the proof of another town
    assert check(file) == 0  # the control
    assert "✓ Der Nachweis stimmt" in capsys.readouterr().out


def test_elsewhere_without_a_key_nobody_takes_it_for_checked(
    file: Path, forged: Path, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    key = api.public_key()
    settings.STADTNAH_KEY_FILE = tmp_path / "nowhere" / "vault.key"
    check(forged)
    said = capsys.readouterr().out
    assert "Nicht geprüft, von wem" in said
    assert "✓" not in said
    assert "/.well-known/stadtnah.json" in said  # how to get the key
    assert not (tmp_path / "nowhere").exists()  # looking made no key
    assert check(forged, "--schluessel", key) == 1
    capsys.readouterr()
    assert check(file, "--schluessel", key) == 0  # the control
    assert "✓ Der Nachweis stimmt" in capsys.readouterr().out
