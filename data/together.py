"""Rows of several tables written, and of one removed, in one round trip, where the database can."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Table, insert

from data.ready import ReadyInsert, execute_many, fetch
from data.schema.base import Base

Rows = Sequence[Mapping[str, Any]]


def table_of(model: type[Base]) -> Table:
    """The table of a model: statements on it are made and executed faster than on the model."""
    return model.metadata.tables[model.__tablename__]


class Together:
    """Inserts into several tables, and what is gone from another, however many rows there are.

    One statement on PostgreSQL, one a table on SQLite. Made once and executed often. All columns come with the rows, as
    no default of a model is filled in.
    """

    def __init__(self, columns: Mapping[type[Base], Sequence[str]], *, gone: Column[Any]) -> None:
        self._columns = {table_of(model).name: tuple(names) for model, names in columns.items()}
        self._inserts = {
            table_of(model).name: ReadyInsert(insert(table_of(model)), [table_of(model).c[name] for name in names])
            for model, names in columns.items()
        }
        self._gone = gone
        self._at_once: dict[tuple[str, ...], str] = {}

    def execute(self, connection: Connection, rows: Mapping[type[Base], Rows], *, gone: Sequence[str]) -> None:
        """Insert the rows of each table, in the order of ``rows``, and remove those with the keys that are ``gone``."""
        by_table = {table_of(model).name: of_table for model, of_table in rows.items() if of_table}
        if connection.dialect.name == "postgresql":
            values = {name: _as_json(of_table) for name, of_table in by_table.items()}
            fetch(connection, self._statement(tuple(by_table)), {**values, "gone": list(gone)}, is_read=False)
            return
        for name, of_table in by_table.items():
            self._inserts[name].execute(connection, of_table)
        delete = f"DELETE FROM {self._gone.table.name} WHERE {self._gone.name} = ?"  # noqa: S608 - our own names
        execute_many(connection, delete, [(key,) for key in gone])

    def _statement(self, tables: tuple[str, ...]) -> str:
        if tables not in self._at_once:
            parts = ", ".join(f"write_{name} AS ({self._insert_json(name)})" for name in tables)
            where = f"{self._gone.name} = ANY(CAST(%(gone)s AS varchar[]))"
            self._at_once[tables] = f"WITH {parts} DELETE FROM {self._gone.table.name} WHERE {where}"  # noqa: S608
        return self._at_once[tables]

    def _insert_json(self, table: str) -> str:
        columns = ", ".join(self._columns[table])
        rows = f"json_populate_recordset(CAST(NULL AS {table}), CAST(%({table})s AS json))"
        return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {rows}"  # noqa: S608 - names of our own models


def _plain(value: object) -> str:
    """A date or moment as the database reads it."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form that the database reads")


_as_json = json.JSONEncoder(default=_plain).encode
