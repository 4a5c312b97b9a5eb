"""Many threads at once, on either database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.models import Model


class Threads:
    """Eight threads with a connection each. On SQLite the tests' database lies in memory, where threads share one cache: these get a file."""

    def __init__(self, file: Path) -> None:
        self._tests_own = connections["default"]
        self._file = {"NAME": str(file)} if connection.vendor == "sqlite" else None

    def tables(self, *models: type[Model]) -> None:
        """Which tables they need. Call it first."""
        self._own()
        if self._file:
            with connection.schema_editor() as editor:
                for model in models:
                    editor.create_model(model)

    def race(self, attempt: Callable[[str], bool]) -> int:
        """How many of them say True."""
        barrier, won = threading.Barrier(8), []

        def run(name: str) -> None:
            self._own()
            barrier.wait()
            try:
                if attempt(name):
                    won.append(name)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(f"h{n}",)) for n in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return len(won)

    def end(self) -> None:
        if self._file:
            connection.close()
            connections["default"] = self._tests_own

    def _own(self) -> None:
        if self._file:
            settings = {**self._tests_own.settings_dict, **self._file}
            connections["default"] = type(self._tests_own)(settings, "default")


@pytest.fixture
def of_many(transactional_db: None, tmp_path: Path) -> Iterator[Threads]:
    threads = Threads(tmp_path / "cell.sqlite3")
    yield threads
    threads.end()
