"""Inserts or updates by key, in the SQL dialect of the connected database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from data.schema.base import Base


def upsert(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]], *, key: Sequence[str]) -> None:
    """Insert ``rows``; where ``key`` (a unique key of the table) exists, set the other columns."""
    if not rows:
        return
    make_insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make_insert(model)
    others = {column: statement.excluded[column] for column in rows[0] if column not in key}
    if others:
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    connection.execute(statement, list(rows))


def insert_missing(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert ``rows``, leaving those whose key exists unchanged."""
    if not rows:
        return
    make_insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(make_insert(model).on_conflict_do_nothing(), list(rows))
