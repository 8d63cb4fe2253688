"""Several writes in one round trip, where the database can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, bindparam, insert, literal_column, select, union_all

from data.schema.base import Base


def table_of(model: type[Base]) -> Table:
    """The table of a model: statements on it are made and executed faster than on the model."""
    return model.metadata.tables[model.__tablename__]


def _value_name(model: type[Base], column: str, row: int) -> str:
    return f"{model.__tablename__}__{column}__{row}"


def insert_rows(model: type[Base], columns: Sequence[str], size: int = 1) -> Insert:
    """An insert of so many rows whose values come from :func:`named`; of all columns, as no default is filled in."""
    table = table_of(model)
    if size == 1:
        return insert(table).values({column: bindparam(_value_name(model, column, 0)) for column in columns})
    # VALUES of several rows would be compiled anew each time.
    rows = [
        select(*(bindparam(_value_name(model, column, row), type_=table.c[column].type) for column in columns))
        for row in range(size)
    ]
    return insert(table).from_select(list(columns), union_all(*rows), include_defaults=False)


def named(model: type[Base], *rows: Mapping[str, Any]) -> dict[str, Any]:
    """Rows as values of :func:`insert_rows`."""
    return {
        _value_name(model, column, number): value for number, row in enumerate(rows) for column, value in row.items()
    }


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
