"""What an operator reads says where something failed, and opens nothing."""

from __future__ import annotations

import io
import logging
import logging.config
from typing import Any

import pytest
from django.conf import settings
from django.core import signing


@pytest.fixture
def lines() -> Any:
    """Writes with the formatter of the settings; returns what was written."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    config = logging.config.DictConfigurator(settings.LOGGING)
    handler.setFormatter(config.configure_formatter(dict(settings.LOGGING["formatters"]["line"])))
    logger = logging.getLogger("tests.log_lines")
    logger.propagate = False
    logger.addHandler(handler)
    yield lambda *said: (logger.error(*said), out.getvalue())[1]
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    "key",
    [
        signing.dumps({"submission": "8f14e45f-ceea-467f-9b2e-1c5a0f3f2b11", "for": 800}),
        signing.Signer().sign("erika@verein.example"),
        "2-cq9z3d-0f8a7c6b5e4d3c2b1a09f8e7d6c5b4a3",
        "8f14e45fceea467f9b2e1c5a0f3f2b11",
    ],
)
def test_a_link_that_opens_something_is_not_in_the_log(lines: Any, key: str) -> None:
    said = lines("Internal Server Error: %s", f"/veranstaltungen/melden/{key}/zurueckziehen/?a=b")
    assert "/veranstaltungen/melden/…/zurueckziehen/" in said
    assert key not in said


@pytest.mark.parametrize(
    "path",
    [
        "/aktuelles/2026/buergerbus-sucht-fahrerinnen-und-fahrer/",
        "/desk/anfragen/8f14e45f-ceea-467f-9b2e-1c5a0f3f2b11/",
        "/usr/lib/python3.11/site-packages/django/core/handlers/exception.py",
    ],
)
def test_where_it_failed_stays(lines: Any, path: str) -> None:
    assert path in lines("Internal Server Error: %s", path)
