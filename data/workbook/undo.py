"""Takes an import run back: its new records are withdrawn, those that it corrected get their earlier values again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, or_, select
from sqlalchemy.orm import aliased

from data.dates.clock import day_of
from data.policy import Actor
from data.registers.declaration import RegisterSheet
from data.registers.register import RecordRegister
from data.registers.registry import make_registers
from data.schema import AuditEntry, Document, ImportRun
from data.schema.base import Base
from data.workbook.cells.places import load_place_index
from data.workbook.database import AuditedWriter, RecordAction, WriteSource, audit_code, rows_where
from data.workbook.import_context import ImportContext
from data.workbook.import_scope import ImportScope
from data.workbook.rows import FoundSheet, SheetRow

Change = Row[*tuple[Any, ...]]
"""Audit entry of the run."""
_ADDED = audit_code(WriteSource.IMPORT, RecordAction.ADDED)
_DIRECTORY = frozenset({"ngo", "mahalla"})
"""Tables whose new rows stay: the withdrawn records go on naming them."""
_FINAL = frozenset({"evaluation"})
"""Tables whose rows cannot be taken back: what was sent may already count in confidential sums."""


@dataclass(frozen=True)
class TouchedRow:
    """Record that keeps an import from being undone: its register, None for another table, and its number or name.

    ``is_referred``: others refer to it; otherwise it was changed since.
    """

    sheet: RegisterSheet | None
    name: str
    is_referred: bool


@dataclass(frozen=True, kw_only=True)
class UndoneRun:
    """What undoing a run did; with ``touched`` records it did nothing. ``is_repeat``: it had been undone before."""

    withdrawn: int = 0
    restored: int = 0
    touched: Sequence[TouchedRow] = ()
    is_repeat: bool = False


def undo_run(connection: Connection, actor: Actor, *, run_id: int, now: datetime) -> UndoneRun:
    """Undo a run in the caller's transaction, with audit entries, unless something else touched its records."""
    changes = connection.execute(select(AuditEntry.__table__).where(AuditEntry.import_run_id == run_id)).all()
    undo = _Undo(connection, changes, run_id, now)
    touched = undo.touched()
    if touched:
        return UndoneRun(touched=touched)
    file_name = connection.scalar(select(ImportRun.file_name).where(ImportRun.id == run_id)) or ""
    writer = AuditedWriter(connection, actor, WriteSource.UNDO, reason=file_name)
    restored = undo.restore(writer)
    return UndoneRun(withdrawn=undo.withdraw(writer), restored=restored)


class _Undo:
    """Changes of a run by the register of their records, which are loaded and locked."""

    def __init__(self, connection: Connection, changes: Sequence[Change], run_id: int, now: datetime) -> None:
        self._connection = connection
        self._run_id = run_id
        self._now = now
        self._changes: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            self._changes[change.entity].append(change)
        context = ImportContext(load_place_index(connection), day_of(now), is_writing=True)
        context.ngos.load(connection)
        registers = make_registers(context)[1]
        by_table = {register.model.__tablename__: register for register in registers}
        self._sheets = {entity: register.sheet for entity, register in by_table.items()}
        self._registers = {entity: register for entity, register in by_table.items() if entity not in _FINAL}
        for entity, register in self._registers.items():
            stored = rows_where(connection, register.statement(), register.model.id, self._ids(entity))  # type: ignore[attr-defined]
            register.take(connection, stored)
        scope = ImportScope(list(self._named()), context.places)
        for register in registers:
            register.load(connection, scope)

    def _ids(self, entity: str, *, is_added: bool | None = None) -> set[int]:
        """Records of a table that the run added, corrected, or both."""
        return {
            int(change.entity_id)
            for change in self._changes[entity]
            if change.entity_id.isdigit() and is_added in (None, change.action_code == _ADDED)
        }

    def _corrected(self, entity: str) -> list[Change]:
        return [change for change in self._changes[entity] if change.action_code != _ADDED]

    def _named(self) -> Iterator[FoundSheet]:
        """Sheets with the corrected records and with what they named before, so that this is loaded as well."""
        for entity, register in self._registers.items():
            rows = []
            for change in self._corrected(entity):
                stored = register.stored.get(int(change.entity_id))
                if stored is None:
                    continue
                named = {
                    field.code: told[-1] if isinstance(told := change.before.get(field.code), list) else told
                    for field in register.sheet.fields
                    if field.refers_to
                }
                district = getattr(stored.row, "district_soato", None)
                rows.append(SheetRow(0, {**named, "district": district}, int(change.entity_id)))
            yield FoundSheet(register.sheet, register.sheet.code, register.sheet.fields, tuple(rows), ())

    def touched(self) -> Sequence[TouchedRow]:
        """Records of the run that were changed since, that others refer to, or that cannot be taken back."""
        kept = {(entity, str(record_id)) for entity in _DIRECTORY for record_id in self._ids(entity, is_added=True)}
        later = {*self._later()} - kept
        later |= {(entity, change.entity_id) for entity in _FINAL for change in self._changes[entity]}
        referred = {(entity, str(record_id)) for entity, record_id in self._referred()} - later
        return [self._told(*key, is_referred=False) for key in sorted(later)] + [
            self._told(*key, is_referred=True) for key in sorted(referred)
        ]

    def _later(self) -> list[tuple[str, str]]:
        """Records whose newest audit entry is not of the run."""
        own, later = AuditEntry, aliased(AuditEntry)
        is_other = or_(later.import_run_id.is_(None), later.import_run_id != self._run_id)
        is_same = and_(later.entity == own.entity, later.entity_id == own.entity_id, later.id > own.id)
        query = select(own.entity, own.entity_id).join(later, and_(is_same, is_other))
        rows = self._connection.execute(query.where(own.import_run_id == self._run_id).distinct())
        return [(row.entity, row.entity_id) for row in rows]

    def _referred(self) -> Iterator[tuple[str, int]]:
        """Added records to which other records refer that the run did not write."""
        lists = {child.model.__tablename__ for register in self._registers.values() for child in register.children}
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                entity = key.column.table.name
                added = self._ids(entity, is_added=True) if entity not in _DIRECTORY else set()
                if not added or table.name in lists:
                    continue
                query = select(key.parent.label("target"), *([table.c.id.label("own")] if "id" in table.c else []))
                if "withdrawn_at" in table.c:
                    query = query.where(table.c.withdrawn_at.is_(None))
                own = self._ids(table.name)
                for row in rows_where(self._connection, query, key.parent, added):
                    if getattr(row, "own", None) not in own:
                        yield entity, row.target
        for entity, register in self._registers.items():
            documents = select(Document.record_id).where(
                Document.register_code == register.sheet.code, Document.withdrawn_at.is_(None)
            )
            for row in rows_where(self._connection, documents, Document.record_id, self._ids(entity, is_added=True)):
                yield entity, row.record_id

    def _told(self, entity: str, key: str, *, is_referred: bool) -> TouchedRow:
        register = self._registers.get(entity)
        stored = register.stored.get(int(key)) if register and key.isdigit() else None
        name = (getattr(stored.row, "number", None) or getattr(stored.row, "name", None)) if stored else None
        return TouchedRow(self._sheets.get(entity), str(name or key), is_referred)

    def restore(self, writer: AuditedWriter) -> int:
        """Give the corrected records the values that they had before; returns their number."""
        restored = 0
        for entity, register in self._registers.items():
            changes = self._corrected(entity)
            for change in changes:
                record = register.earlier_record(int(change.entity_id), change.before)
                register.records[record.key] = record
            if changes:
                register.write(writer)
                restored += len(changes)
        return restored

    def withdraw(self, writer: AuditedWriter) -> int:
        """Withdraw the added records, and delete figures, which have no history of their own; returns their number."""
        withdrawn = 0
        for entity, register in self._registers.items():
            added = sorted(self._ids(entity, is_added=True))
            if not added or entity in _DIRECTORY:
                continue
            rows = [register.stored[record_id].row for record_id in added]
            before = [(row.id, self._before(entity)[row.id], None) for row in rows]
            if "withdrawn_at" in register.model.__table__.c:
                writer.update(register.model, [self._withdrawal(row, writer.reason) for row in rows])
            else:
                self._delete(register, added)
            writer.audit(RecordAction.WITHDRAWN, entity, before)
            withdrawn += len(added)
        return withdrawn

    def _before(self, entity: str) -> Mapping[int, Mapping[str, Any]]:
        return {int(change.entity_id): change.after for change in self._changes[entity]}

    def _withdrawal(self, row: Row[*tuple[Any, ...]], reason: str) -> dict[str, object]:
        # The number is free for another record; no folded number contains a space.
        keys = {"number_key": f"{row.number_key} {row.id}"} if "number_key" in row._fields else {}
        return {
            "key": row.id,
            "version": row.version + 1,
            "withdrawn_at": self._now,
            "withdrawn_reason": reason,
            **keys,
        }

    def _delete(self, register: RecordRegister[Any, Any], ids: Collection[int]) -> None:
        table = register.model.__table__
        for record_id in ids:
            self._connection.execute(delete(register.model).where(table.c.id == record_id))
