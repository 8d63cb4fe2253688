"""Statements that are executed often, compiled once and handed to the driver as they are.

What SQLAlchemy does for each execution (find the compiled statement, make contexts and results) takes longer than a
small statement itself. A connection is SQLAlchemy's all the same, with its transaction, and so are the errors raised.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Insert, Select, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any] | Sequence[Any]
_Convert = Callable[[Any], Any]


def fetch(connection: Connection, words: str, values: Values, *, is_read: bool = True) -> list[Any]:
    """What the driver reads by a statement in its own words; [] where nothing ``is_read``. Raises DBAPIError."""
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(words, values)
            return list(cursor.fetchall()) if is_read else []
    except connection.dialect.loaded_dbapi.Error as error:
        raise _translated(connection, words, error) from error


def execute_many(connection: Connection, words: str, values: Sequence[Sequence[Any]]) -> None:
    """Execute a statement in the driver's own words once for each of the values. Raises DBAPIError."""
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.executemany(words, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _translated(connection, words, error) from error


def _translated(connection: Connection, words: str, error: Exception) -> BaseException:
    """The driver's error as SQLAlchemy raises it; without the values, which may be someone's words."""
    dialect = connection.dialect
    return DBAPIError.instance(words, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect)


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever the database holds
    return value


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


class ReadyRead:
    """A select without lists among its values, which are of types that the driver takes as they are."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled = lru_cache(maxsize=4)(self._compile)
        names: Any = namedtuple("Read", [column.name for column in statement.selected_columns])  # type: ignore[misc]  # noqa: PYI024
        self._of_names = names._make

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Tuples with the names of the columns. Raises DBAPIError."""
        words, constants, order, converts = self._compiled(connection.dialect)
        given = {**constants, **values}
        found = fetch(connection, words, given if order is None else [given[name] for name in order])
        return [self._of_names([make(value) for make, value in zip(converts, row, strict=True)]) for row in found]

    def _compile(self, dialect: Dialect) -> tuple[str, Mapping[str, Any], Sequence[str] | None, Sequence[_Convert]]:
        compiled = self._statement.compile(dialect=dialect)
        kinds = [_impl(column.type, dialect) for column in self._statement.selected_columns]
        converts = [kind.result_processor(dialect, None) or _same for kind in kinds]
        return str(compiled), compiled.params, compiled.positiontup, converts


class ReadyInsert:
    """An insert of these columns of a table, for a driver that takes values by their places."""

    def __init__(self, insert: Insert, columns: Sequence[Column[Any]]) -> None:
        self._insert = insert.values({column.name: bindparam(column.name) for column in columns})
        self._columns = columns
        self._compiled = lru_cache(maxsize=4)(self._compile)

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that have all the columns. Raises DBAPIError."""
        words, converts = self._compiled(connection.dialect)
        values = [[convert(row[name]) for name, convert in converts] for row in rows]
        execute_many(connection, words, values)

    def _compile(self, dialect: Dialect) -> tuple[str, Sequence[tuple[str, _Convert]]]:
        compiled = self._insert.compile(dialect=dialect)
        converts = {column.name: _impl(column.type, dialect).bind_processor(dialect) for column in self._columns}
        return str(compiled), [(name, converts[name] or _same) for name in compiled.positiontup or ()]
