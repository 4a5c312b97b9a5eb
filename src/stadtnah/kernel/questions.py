"""Questions that are asked for every page: Django puts their SQL together once, afterwards only the values change.

Putting it together takes Django up to ten times as long as the database takes to answer, and a page is made of the answers to eight of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from django.db import connection, models

Asked = TypeVar("Asked", bound=models.Model)
_SOME_DAY: Final = datetime(1900, 1, 1, tzinfo=UTC)


class Question(Generic[Asked]):
    """A queryset with places for values: text or moments, compared as they are (no patterns, no numbers).

    `make` gets a stand-in for each of `kinds` and returns the queryset; whatever else it reads has to stay as it is while the process
    runs. Threads may share it.
    """

    def __init__(
        self, make: Callable[..., models.QuerySet[Asked, Any]], *kinds: type[str | datetime]
    ) -> None:
        self._make = make
        self._kinds = kinds
        self._known: dict[str, tuple[type[Asked], str, tuple[object, ...], dict[int, int]]] = {}

    def objects(self, *values: str | datetime) -> list[Asked]:
        """The rows, for these values. One query."""
        model, sql, params = self._asked(values)
        return list(model._default_manager.raw(sql, params))  # noqa: SLF001 - Django's public way to it

    def rows(self, *values: str | datetime) -> list[tuple[Any, ...]]:
        """What `values_list` in `make` names, as the database gives it: JSON is text. One query."""
        _model, sql, params = self._asked(values)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())

    def _asked(self, values: tuple[str | datetime, ...]) -> tuple[type[Asked], str, list[Any]]:
        if connection.vendor not in self._known:
            self._known[connection.vendor] = self._put_together()
        model, sql, params, places = self._known[connection.vendor]
        return (
            model,
            sql,
            [_adapted(values[places[at]]) if at in places else value for at, value in enumerate(params)],
        )

    def _put_together(self) -> tuple[type[Asked], str, tuple[object, ...], dict[int, int]]:
        given = [_stand_in(kind, number) for number, kind in enumerate(self._kinds)]
        found = self._make(*given)
        sql, params = found.query.sql_with_params()
        known = [_adapted(one) for one in given]
        places = {at: known.index(value) for at, value in enumerate(params) if value in known}
        if set(places.values()) != set(range(len(given))):
            raise TypeError("a value of this question does not reach the database as it is")
        return found.model, sql, tuple(params), places


def _stand_in(kind: type[str | datetime], number: int) -> str | datetime:
    return f"stand-in {number}" if kind is str else _SOME_DAY + timedelta(seconds=number)


def _adapted(value: str | datetime) -> object:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
