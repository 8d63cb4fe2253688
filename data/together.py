"""Several writes in one round trip, where the database can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, bindparam, insert, literal_column, select

from data.schema.base import Base


def table_of(model: type[Base]) -> Table:
    """The table of a model: statements on it are made and executed faster than on the model."""
    return model.metadata.tables[model.__tablename__]


def insert_row(model: type[Base], *columns: str) -> Insert:
    """An insert of one row whose values are named ``table.column``; all of ``columns``, as no default is filled in."""
    return insert(table_of(model)).values({column: bindparam(value_name(model, column)) for column in columns})


def value_name(model: type[Base], column: str) -> str:
    """The name of a value of :func:`insert_row`."""
    return f"{model.__tablename__}__{column}"


def named(model: type[Base], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as values of :func:`insert_row`."""
    return {value_name(model, column): value for column, value in row.items()}


class Together:
    """Writes that do not read each other's rows: one statement on PostgreSQL, one after the other on SQLite.

    Made once and executed often: their values are bound by name, no two of the same name.
    """

    def __init__(self, *writes: Insert | Delete) -> None:
        self._writes = [(write, tuple(write.compile().params)) for write in writes]
        parts = [write.cte(f"write_{number}") for number, write in enumerate(writes)]
        self._at_once: Select[Any] = select(literal_column("1")).add_cte(*parts)

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Execute all of them with ``values``."""
        if connection.dialect.name == "postgresql":
            connection.execute(self._at_once, dict(values))
            return
        for write, names in self._writes:
            connection.execute(write, {name: values[name] for name in names})
