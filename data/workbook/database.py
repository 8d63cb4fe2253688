"""Bulk reads by many keys, and bulk inserts and updates with one audit entry per record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, bindparam, delete, insert, update
from sqlalchemy.orm import InstrumentedAttribute

from data.database import audit
from data.database.engine import WITH_WITHDRAWN
from data.policy import Actor
from data.schema.base import Base

AuditedChange = tuple[object, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""Id of a record, and what it was before and after."""
_CHUNK = 500


class RecordAction(StrEnum):
    """Action on a record."""

    ADDED = "added"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    MERGED = "merged"


class WriteSource(StrEnum):
    """Way in which records come in; the audit log has it before the action."""

    IMPORT = "import"
    FORM = "form"
    COMMAND = "command"
    UNDO = "undo"


def audit_code(source: WriteSource, action: RecordAction) -> str:
    """Return the action as the audit log has it, such as ``import_added``."""
    return f"{source}_{action}"


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in order, in chunks of the size that a statement can take."""
    rest = iter(sorted(values))
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def rows_where(
    connection: Connection,
    statement: Select[*tuple[Any, ...]],
    column: ColumnElement[Any] | InstrumentedAttribute[Any],
    values: Collection[Any],
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Rows of a statement whose column has one of the values, queried in chunks; withdrawn ones too."""
    for chunk in _chunks(values):
        yield from connection.execute(statement.where(column.in_(chunk)), execution_options=WITH_WITHDRAWN)


@dataclass(frozen=True)
class AuditedWriter:
    """Writes in the caller's transaction and records the actor in the audit log, with the reason of a correction."""

    connection: Connection
    actor: Actor | str
    source: WriteSource = WriteSource.IMPORT
    reason: str = ""
    import_run_id: int | None = None

    def insert(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Insert rows and return their ids in the same order."""
        if not rows:
            return []
        statement = insert(model).returning(model.__table__.c.id, sort_by_parameter_order=True)
        return list(self.connection.execute(statement, list(rows)).scalars())

    def insert_plain(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows whose ids are not needed."""
        if rows:
            self.connection.execute(insert(model), list(rows))

    def update(self, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Set the columns of ``rows`` where the id is their ``key``; all rows have the same columns."""
        if rows:
            table = model.__table__
            named: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in rows[0] if name != "key"}
            self.connection.execute(update(model).where(table.c.id == bindparam("key")).values(named), list(rows))

    def delete(self, model: type[Base], column: InstrumentedAttribute[int], values: Sequence[int]) -> None:
        """Delete the rows whose column has one of the values."""
        if values:
            statement = delete(model).where(column == bindparam("key"))
            self.connection.execute(statement, [{"key": value} for value in values])

    def audit(self, action: RecordAction, entity: str, changes: Sequence[AuditedChange]) -> None:
        """Record an action on records in the audit log."""
        audit.record_many(
            self.connection,
            actor=self.actor,
            action=audit_code(self.source, action),
            entity=entity,
            entries=changes,
            reason=self.reason,
            import_run_id=self.import_run_id,
        )
