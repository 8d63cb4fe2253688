"""Writes rows in bulk and in the caller's transaction, and notes in the audit log who wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, insert, update

from data.database import audit
from data.schema.base import Base

Entry = tuple[object, Mapping[str, Any] | None, Mapping[str, Any] | None]


class Action(StrEnum):
    """What an import does to a record."""

    ADDED = "import_added"
    CORRECTED = "import_corrected"


@dataclass(frozen=True)
class Ledger:
    """The connection of an import, and in whose name it writes."""

    connection: Connection
    actor: str

    def insert(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Insert rows and give their ids in the same order."""
        if not rows:
            return []
        statement = insert(model).returning(model.__table__.c.id, sort_by_parameter_order=True)
        return list(self.connection.execute(statement, list(rows)).scalars())

    def insert_plain(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows of a table without ids."""
        if rows:
            self.connection.execute(insert(model), list(rows))

    def update(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Set the columns of ``rows`` where the id is their ``key``; all rows have the same columns."""
        if rows:
            table = model.__table__
            named: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in rows[0] if name != "key"}
            self.connection.execute(update(model).where(table.c.id == bindparam("key")).values(named), list(rows))

    def record(self, action: Action, entity: str, entries: Sequence[Entry]) -> None:
        """Note an action on records: id, and what each was before and after."""
        audit.record_many(self.connection, actor=self.actor, action=action.value, entity=entity, entries=entries)
