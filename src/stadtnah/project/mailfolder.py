"""How a mail is kept in the demo's mailbox."""

from __future__ import annotations

import time
import uuid
from pathlib import Path


def keep(data: bytes, where: Path) -> Path:
    """Stores one mail; the name sorts by time and tells nothing of the person."""
    target = where / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}.eml"
    part = target.with_suffix(".part")
    part.write_bytes(data)
    part.rename(target)
    return target
