"""What is looked after from time to time."""

from __future__ import annotations

from stadtnah.kernel.jobs import ticker
from stadtnah.surfaces.website.legal import state


@ticker.periodic(every=300)
def note_changes() -> None:
    """Notes when facts of generated pages changed; asks one small table when there are none."""
    state.note()
