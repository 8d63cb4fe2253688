"""Inserts whole columns into a table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, func, select

from data.schema import Base
from data.workbook.cells.text_matching import number_key

Column: TypeAlias = Sequence[Any] | NDArray[Any]


def _moments(values: NDArray[Any], zone: str) -> list[str | None]:
    present = ~np.isnat(values)
    words = np.datetime_as_string(values).tolist()
    return [word.replace("T", " ") + zone if is_there else None for word, is_there in zip(words, present, strict=True)]


def _plain(values: Column, *, is_sqlite: bool) -> Sequence[Any]:
    """Values as the driver takes them; NaT is null, moments are UTC."""
    if not isinstance(values, np.ndarray):
        return values
    if values.dtype.kind == "b" and is_sqlite:
        values = values.astype(np.int64)
    if values.dtype.kind != "M":
        plain: list[Any] = values.tolist()
        return plain
    if np.datetime_data(values.dtype)[0] == "D":
        return _moments(values, "")
    return _moments(values.astype("datetime64[us]"), "" if is_sqlite else "+00")


def insert_columns(connection: Connection, model: type[Base], columns: Mapping[str, Column]) -> int:
    """Insert rows given as columns of equal length and return their number.

    Arrays of ``datetime64[D]`` are dates, finer ones moments in UTC; NaT and None are null. Numbers get their folded
    keys.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if "number" in columns and "number_key" in model.__table__.c:
        keys = [None if number is None else number_key(str(number)) for number in columns["number"]]
        columns = {**columns, "number_key": keys}
    rows = list(zip(*(_plain(values, is_sqlite=is_sqlite) for values in columns.values()), strict=True))
    if not rows:
        return 0
    names = ", ".join(columns)
    if is_sqlite:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {model.__tablename__} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of our own models
        return len(rows)
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {model.__tablename__} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows with the same keys turned into columns."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


def advance_sequences(connection: Connection, models: Sequence[type[Base]]) -> None:
    """Set PostgreSQL's sequences past the inserted ids; SQLite needs nothing."""
    if connection.dialect.name != "postgresql":
        return
    for model in models:
        table = model.__table__
        if isinstance(table, Table) and "id" in table.c:
            last = select(func.coalesce(func.max(table.c.id), 1)).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))


def public_key(entity: str, number: int) -> str:
    """Key without a visible order for the row of a number; not secret, as nothing in the demo is."""
    return hashlib.sha256(f"{entity} {number}".encode()).hexdigest()[:32]
