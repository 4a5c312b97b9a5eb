"""What a cell leaves out of its imports, and that nothing misses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_CELL = """
import json, sys
from stadtnah.project import lean
from stadtnah.project.commands import start
{setup}
with {around}:
    from django.urls import get_resolver
    get_resolver().url_patterns
from django.urls import reverse
listing = reverse("wagtailadmin_api:pages:listing")
names = ("pydantic", "ninja", "rest_framework", "wagtail.api.v3.api", "charset_normalizer", "unittest", "PIL.FliImagePlugin")
print(json.dumps({{"listing": listing, "loaded": [name for name in names if name in sys.modules]}}))
"""
_SUPERVISOR = """
import json, sys
from stadtnah.project import cli
names = ("django.db", "grapheme", "sqlite3", "stadtnah.project.backup")
print(json.dumps([name for name in names if name in sys.modules]))
"""


def ran(program: str, data: Path) -> object:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STADTNAH_", "DJANGO_"))
    }
    environment = {**kept, "STADTNAH_DATA": str(data), "STADTNAH_MODE": "demo"}
    environment["DJANGO_SETTINGS_MODULE"] = "stadtnah.project.settings.base"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_a_cell_does_not_load_interfaces_it_does_not_have(tmp_path: Path) -> None:
    cell = ran(_CELL.format(setup="start.setup()", around="lean.imports()"), tmp_path)

    assert cell == {"listing": "/desk/api/main/pages/", "loaded": []}


def test_without_it_they_would_be_there(tmp_path: Path) -> None:
    cell = ran(
        _CELL.format(setup="import django; django.setup()", around="__import__('contextlib').nullcontext()"),
        tmp_path,
    )

    assert isinstance(cell, dict)
    assert cell["listing"] == "/desk/api/main/pages/"
    assert {"pydantic", "rest_framework", "wagtail.api.v3.api"} <= set(cell["loaded"])


def test_what_was_left_out_is_there_once_it_is_needed(tmp_path: Path) -> None:
    program = _CELL.format(setup="start.setup()", around="lean.imports()")
    program += """
from wagtail.coreutils import get_dummy_request
from django.test import RequestFactory
print(json.dumps([get_dummy_request(path="/x/").path, RequestFactory().get("/y/").path]))
"""

    assert ran(program, tmp_path) == ["/x/", "/y/"]


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_their_addresses_lead_nowhere(tmp_path: Path, kind: str) -> None:
    program = _CELL.format(setup="start.setup()", around="lean.imports()")
    program += f"""
from django.http import Http404
from django.urls import resolve
from inspect import unwrap
try:
    found = unwrap(resolve(reverse("wagtailadmin_api:{kind}:listing")).func)(None)
except Http404:
    found = "404"
print(json.dumps(found))
"""

    assert ran(program, tmp_path) == "404"


def test_the_supervisor_imports_nothing_of_the_product(tmp_path: Path) -> None:
    assert ran(_SUPERVISOR, tmp_path) == []
