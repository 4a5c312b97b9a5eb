"""The same pages in what the databases bring along: SQLite's FTS5 and PostgreSQL's German text search, each with our weights of fields.

Both are asked for any of the words, best first: asked for all of them, most questions find nothing there.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any, Protocol

from stadtnah.surfaces.website.search.entries import Found

_WORD = re.compile(r"\w+")


class Peer(Protocol):
    """A search."""

    name: str

    def add(self, found: Iterable[Found]) -> None:
        """Indexes these."""

    def first(self, question: str, count: int) -> list[str]:
        """The addresses of the best."""


def columns(one: Found) -> tuple[str, str, str, str, str]:
    """Address and the fields by weight."""
    rest = (*one.heads, *one.tags, *one.text)
    return (one.path, one.title, " ".join(one.names), one.lead, " ".join(rest))


class Fts5:
    """In memory, which is to its favour."""

    name = "sqlite_fts5"

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(path UNINDEXED, title, names, lead, text, tokenize='unicode61')"
        )

    def add(self, found: Iterable[Found]) -> None:
        self._database.executemany("INSERT INTO pages VALUES (?, ?, ?, ?, ?)", map(columns, found))
        self._database.commit()

    def first(self, question: str, count: int) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in _WORD.findall(question))
        if not asked:
            return []
        rows = self._database.execute(
            "SELECT path FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, 0, 9, 8, 3, 1) LIMIT ?",
            (asked, count),
        )
        return [path for (path,) in rows]


class PostgresGerman:
    """to_tsvector('german'), a GIN index, ts_rank_cd."""

    name = "postgresql_german"

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        connection.execute("CREATE TABLE pages (path text, said tsvector)")

    def add(self, found: Iterable[Found]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO pages VALUES (%s, setweight(to_tsvector('german', %s), 'A') || setweight(to_tsvector('german', %s), 'B')"
                " || setweight(to_tsvector('german', %s), 'C') || setweight(to_tsvector('german', %s), 'D'))",
                [columns(one) for one in found],
            )
        self._connection.execute("CREATE INDEX IF NOT EXISTS pages_said ON pages USING gin (said)")
        self._connection.execute("ANALYZE pages")

    def first(self, question: str, count: int) -> list[str]:
        rows = self._connection.execute(
            "SELECT path FROM pages, (SELECT replace(plainto_tsquery('german', %s)::text, '&', '|')::tsquery AS asked) q"
            " WHERE said @@ asked ORDER BY ts_rank_cd('{0.1, 0.33, 0.88, 1.0}', said, asked, 1) DESC LIMIT %s",
            (question, count),
        )
        return [path for (path,) in rows]
