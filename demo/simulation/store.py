"""What the simulation remembers: posts as one JSON file, pictures beside it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
MIMES = {suffix: mime for mime, suffix in SUFFIXES.items()}


class Store:
    """Survives a restart; every change is on disk before the answer goes out."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "posts.json"
        self._pictures = folder / "pictures"
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._state: dict[str, Any] = {"number": 0, "media": {}, "statuses": {}, "blobs": {}, "records": {}}
        if self._file.exists():
            self._state.update(json.loads(self._file.read_text("utf-8")))

    @contextmanager
    def reading(self) -> Iterator[dict[str, Any]]:
        with self._lock:
            yield self._state

    @contextmanager
    def changing(self) -> Iterator[dict[str, Any]]:
        """Changes are written when the block ends without an error."""
        with self._lock:
            yield self._state
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(self._state, ensure_ascii=False, indent=1), "utf-8")
            part.replace(self._file)

    def number(self, state: dict[str, Any]) -> str:
        """The next number; grows for ever, so an address is never used twice."""
        state["number"] += 1
        return str(110_000_000_000 + state["number"])

    def keep_picture(self, data: bytes, mime: str) -> str:
        """Keeps the bytes; the name under which `picture` finds them."""
        name = f"{hashlib.sha256(data).hexdigest()}.{SUFFIXES[mime]}"
        (self._pictures / name).write_bytes(data)
        return name

    def picture(self, name: str) -> tuple[bytes, str] | None:
        """Bytes and mime type, or None for a name that was never given out."""
        stem, _, suffix = name.partition(".")
        if suffix not in MIMES or len(stem) != 64 or not set(stem) <= set("0123456789abcdef"):
            return None
        path = self._pictures / name
        return (path.read_bytes(), MIMES[suffix]) if path.exists() else None


def now() -> str:
    """The moment as both APIs write it: UTC, milliseconds, Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
