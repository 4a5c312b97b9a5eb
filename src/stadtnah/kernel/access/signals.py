"""Triggers are created anew after every migration (SQLite's table remake drops them)."""

from __future__ import annotations

from typing import Any

from stadtnah.kernel import triggers


def install_triggers(using: str = "default", **_: Any) -> None:
    """Runs after each app's migrations; only tables that exist get their triggers."""
    triggers.install(using)
