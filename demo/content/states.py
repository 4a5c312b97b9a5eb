"""Where a demo message stands on 23 November 2026, in one shape for all states."""

from __future__ import annotations

from typing import Any

AGENCY = "agentur@demo.example"
APPROVER = "freigabe@demo.example"
DEPUTY = "vertretung@demo.example"


def state(name: str, created: str, **more: Any) -> dict[str, Any]:
    """A state of any name; what is not given is None. Times are ISO wall time."""
    empty = {"approver": None, "submitted_at": None, "released_at": None, "send_at": None, "release_by": None}
    return {"name": name, "author": AGENCY, "created_at": created, **empty, "comments": [], **more}


def delivered(
    created: str, submitted: str, released: str, sent: str, approver: str = APPROVER
) -> dict[str, Any]:
    """Released and sent."""
    return state(
        "delivered", created, submitted_at=submitted, released_at=released, send_at=sent, approver=approver
    )
