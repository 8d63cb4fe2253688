"""Base classes of the registers: a row is validated by its natural key, and differences to the database are written."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from types import SimpleNamespace
from typing import Any, ClassVar, Generic, TypeVar, cast

from sqlalchemy import Connection, Row, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from data.codes import YesNo
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.schema import Mahalla
from data.schema.base import Base
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.cells.parsing import ParsedChoice, empty_value
from data.workbook.cells.persons import may_name_person
from data.workbook.cells.places import mahalla_key
from data.workbook.cells.text_matching import number_key
from data.workbook.database import AuditedWriter, RecordAction, rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ChangedValue, ReadRow

K = TypeVar("K")
V = TypeVar("V")
_SHOWN_NUMBERS = 5


class RowResult(StrEnum):
    """Result for a row that is not refused."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    DOUBTED = "doubted"


@dataclass(frozen=True)
class Known(Generic[V]):
    """Record of the database; the id is 0 where its natural key is the primary key."""

    id: int
    values: V
    version: int = 1


@dataclass(frozen=True)
class LeftOut:
    """Number of known records that a sheet leaves out, and the numbers of some of them."""

    count: int
    numbers: tuple[str, ...] = ()


@dataclass
class Record(Generic[K, V]):
    """Record of the workbook; ``name`` is its number or name as written.

    ``is_whole``: it replaces the known record with all lists. ``is_moved``: its number or name is another than the
    known one's. A doubted record is validated like any other, and so are rows that refer to it, but neither is written.
    """

    key: K
    name: str
    values: V
    row: int
    known: Known[V] | None
    is_whole: bool = False
    is_moved: bool = False
    is_doubted: bool = False


class Register(ABC, Generic[K, V]):
    """One sheet: its declaration, validation and writing; ``records`` collects the accepted rows."""

    sheet: ClassVar[RegisterSheet]
    key_field: ClassVar[str] = "number"
    contradiction: ClassVar[str] = errors.REPEATED_ROW
    """Why a row is refused that says otherwise than an earlier one with the same key."""
    existence_field: ClassVar[str] = ""
    """Field at fault where the district did not exist; by default that of the date."""
    taken: ClassVar[str] = errors.NUMBER_TAKEN
    """Why a record is refused whose key another one has."""

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.known: dict[K, Known[V]] = {}
        self.keys_by_id: dict[int, K] = {}
        self.records: dict[K, Record[K, V]] = {}
        self._rows_by_known_id: dict[int, int] = {}
        self.mahalla_names: dict[Key, str] = {}
        self._mahalla_fields = [
            entry for entry in self.sheet.fields if entry.kind in (FieldKind.MAHALLA, FieldKind.NAMES)
        ]
        self._ngo_fields = [entry for entry in self.sheet.fields if entry.kind in (FieldKind.STIR, FieldKind.STIRS)]

    @abstractmethod
    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known`` with the records of the database that the workbook names."""

    @abstractmethod
    def key_of(self, row: ReadRow) -> K:
        """Natural key of the row. Raises :class:`CellError`."""

    @abstractmethod
    def values_of(self, row: ReadRow, key: K, known: Known[V] | None) -> V:
        """Values of the row; missing columns keep the known value. Raises :class:`CellError`."""

    @abstractmethod
    def write(self, writer: AuditedWriter) -> None:
        """Write new and changed records, with one audit entry per record."""

    def merged(self, earlier: Record[K, V], values: V) -> V | None:
        """Values of an earlier row and another one with its key, merged; None where they contradict each other."""
        return earlier.values if same_values(earlier.values, values) else None

    def is_change(self, known: Known[V] | None, values: V) -> bool:
        """Whether the values differ from the database."""
        return known is None or not same_values(known.values, values)

    def check_change(self, row: ReadRow, known: Known[V], values: V, *, is_change: bool) -> None:  # noqa: ARG002
        """Warn of a row of a known record, doubt what it would remove, or raise :class:`CellError`."""
        if is_change:
            row.warn(errors.CORRECTED)
            self.check_blanks(row, known.values, values)

    def check_new(self, row: ReadRow, key: K, values: V) -> None:
        """Hook for a record that the database does not know."""

    def left_out(self) -> LeftOut:
        """Known records that a sheet leaves out which corrects or repeats others of their district."""
        return LeftOut(0)

    def check_blanks(self, row: ReadRow, old: V, new: V) -> None:
        """Warn of an empty cell that removes the known value, and doubt one for which another value is assumed."""
        for code in row.values:
            if row.is_empty(code) and self.value_of(old, code) != self.value_of(new, code):
                if self.value_of(new, code):
                    row.doubt(code, errors.EMPTY_CHANGES)
                else:
                    row.warn(errors.EMPTIED, heading=self.sheet.field(code).heading)

    def value_of(self, values: V, code: str) -> object:
        """Value of a field in the values of a record; None for a field that they do not hold."""
        return getattr(values, code, None)

    def audited(self, key: K, values: V) -> dict[str, Any]:  # noqa: ARG002 - evaluations have the NGO in the key
        """Values for the audit log."""
        return audited(values)

    def days_of(self, row: ReadRow, key: K, values: V) -> tuple[date, date] | None:  # noqa: ARG002 - months need the key
        """First and last day that a record is of; None where it is of none."""
        code = self.sheet.date_field
        day = (self.value_of(values, code) or row.get(code)) if code else None
        return (day, day) if isinstance(day, date) else None

    def check_existed(self, row: ReadRow, record: Record[K, V]) -> None:
        """Raise :class:`CellError` for a record that is entered on, or moved to, days outside those of its district."""
        days, known = self.days_of(row, record.key, record.values), record.known
        place = self.context.places.by_soato.get(str(row.get("district") or ""))
        if days is None or place is None:
            return
        if known is None or record.is_moved or self.days_of(row, record.key, known.values) != days:
            place.check_existed(*days, field_code=self.existence_field or self.sheet.date_field or self.key_field)

    def changes(self, row: ReadRow, key: K, old: V, new: V) -> list[ChangedValue]:
        """Fields of a known record that a row changes, as far as the audit log may tell them."""
        before, after = self.audited(key, old), self.audited(key, new)
        there = {entry.code: entry for entry in self.sheet.fields}
        return [
            ChangedValue(code, self.told(there[code], before[code], row), self.told(there[code], value, row))
            for code, value in after.items()
            if code in there and code in before and not _is_same(before[code], value)
        ]

    def moves(self, row: ReadRow, record: Record[K, V]) -> list[ChangedValue]:  # noqa: ARG002
        """Changed number, name or district of a record that the row shows."""
        return []

    def told(self, entry: SheetField, value: Any, row: ReadRow) -> object:  # noqa: ANN401, ARG002 - any value
        """Value of a field as a person knows it, who has never seen a folded key."""
        return value

    def accepted(self, row: ReadRow) -> None:
        """Hook for an accepted row: remember how it spells its mahallas."""
        for entry in self._mahalla_fields:
            said = row.get(entry.code) or ()
            for name in (said,) if isinstance(said, str) else sorted(said, key=mahalla_key):
                key = (str(row.get("district")), mahalla_key(name))
                if key not in self.context.former_names:
                    self.mahalla_names.setdefault(key, name)

    def doubted(self, row: ReadRow) -> None:
        """Hook for a doubted row."""

    def check_doubts(self, row: ReadRow) -> None:
        """Doubt a row that names an NGO which only a doubted memorandum would add, or perhaps a person as a mahalla."""
        for entry in self._mahalla_fields:
            said = row.get(entry.code) or ()
            for name in (said,) if isinstance(said, str) else said:
                key = (str(row.get("district")), mahalla_key(name))
                is_known = key in self.context.mahalla_ids or key in self.context.former_names
                if not is_known and may_name_person(name):
                    row.doubt(entry.code, errors.MAY_BE_PERSON, name=name)
        for entry in self._ngo_fields:
            said = row.get(entry.code) or ()
            for stir in (said,) if isinstance(said, str) else said:
                if stir not in self.context.ngos and stir in self.context.ngos.doubted:
                    row.doubt(entry.code, errors.NAMES_DOUBTED_ROW, row=self.context.ngos.doubted[stir])

    def settle_doubts(self, row: ReadRow, known: Known[V] | None, values: V) -> None:
        """Forget doubts about cells that say what the record says already."""
        if known is not None:
            before = {code: self.value_of(known.values, code) for code, _ in row.doubts}
            settled = {code for code, old in before.items() if old is not None and old == self.value_of(values, code)}
            row.doubts = [(code, message) for code, message in row.doubts if code not in settled]

    def check_named(self, row: ReadRow, key: K, field_code: str) -> None:
        """Mark a row as doubted that names a record of this register which is itself doubted."""
        record = self.records.get(key)
        if record is not None and record.is_doubted:
            row.doubt(field_code, errors.NAMES_DOUBTED_ROW, row=record.row)

    def changed_records(self) -> list[Record[K, V]]:
        """New and changed records, without the doubted ones."""
        return [record for record in self.records.values() if not record.is_doubted and self._is_changed(record)]

    def _is_changed(self, record: Record[K, V]) -> bool:
        return record.is_moved or self.is_change(record.known, record.values)

    def _is_moved(self, record: Record[K, V], known: Known[V]) -> bool:
        """Whether the record has another key than the known one."""
        return self.keys_by_id.get(known.id, record.key) != record.key

    def _find_known(self, row: ReadRow, key: K) -> Known[V] | None:
        """Record of the database that the row is about: the one that it shows, else the one with its key."""
        known = self.known.get(key)
        if not row.record_id:
            return known
        shown = self.known.get(self.keys_by_id[row.record_id]) if row.record_id in self.keys_by_id else None
        if shown is None:
            raise CellError(errors.NO_SUCH_RECORD, field_code=self.key_field)
        self.context.check_district(self.keys_by_id[row.record_id][0])  # type: ignore[index]
        if known is not None and known.id != shown.id:
            raise CellError(self.taken, field_code=self.key_field)
        return shown

    def _check_known(self, row: ReadRow, record: Record[K, V], *, is_change: bool) -> None:
        """Raise :class:`CellError` where another row corrects the same record, or someone else did since the download.

        A row of an old version that says what is stored now changes nothing.
        """
        known = record.known
        if known is None or not known.id:
            return
        earlier = self._rows_by_known_id.setdefault(known.id, row.number)
        if earlier != row.number:
            raise CellError(errors.REPEATED_ROW, field_code=self.key_field, row=earlier)
        if is_change and row.version and row.version != known.version:
            raise CellError(errors.CHANGED_MEANWHILE, field_code=self.key_field)

    def validate(self, row: ReadRow) -> RowResult:
        """Accept the row, or report it as a duplicate or doubted. Raises :class:`CellError` with the field at fault."""
        self.context.check_place(row)
        key = self.key_of(row)
        known, earlier = self._find_known(row, key), self.records.get(key)
        values = self.values_of(row, key, known)
        self.settle_doubts(row, known, values)
        self.check_doubts(row)
        if earlier is not None:
            merged = self.merged(earlier, values)
            if merged is None:
                raise CellError(self.contradiction, field_code=self.key_field, row=earlier.row)
            if same_values(earlier.values, merged):
                return RowResult.DUPLICATE
            if earlier.known is not None:
                row.changes = self.changes(row, key, earlier.values, merged)
            self.check_named(row, key, self.key_field)
            if row.is_doubted:
                return RowResult.DOUBTED
            earlier.values = merged
        else:
            name = str(row.get(self.key_field) or "")
            record = Record(key, name, values, row.number, known, is_whole=row.is_whole)
            record.is_moved = known is not None and self._is_moved(record, known)
            is_change = self._is_changed(record)
            self.check_existed(row, record)
            self._check_known(row, record, is_change=is_change)
            if known is None:
                self.check_new(row, key, values)
            else:
                self.check_change(row, known, values, is_change=is_change)
            if known is not None and is_change:
                row.changes = [*self.moves(row, record), *self.changes(row, key, known.values, values)]
            record.is_doubted = is_doubted = is_change and row.is_doubted
            self.records[key] = record
            if not is_change:
                return RowResult.DUPLICATE
            if is_doubted:
                self.doubted(row)
                return RowResult.DOUBTED
        self.accepted(row)
        return RowResult.ACCEPTED


@dataclass(frozen=True)
class ChildRows:
    """List in a record's values that has a table of its own: NGOs, mahallas or codes, by the field's kind.

    ``adds_up``: rows and files with other entries add to the record; by default the list of the workbook replaces it.
    """

    attribute: str
    parent: InstrumentedAttribute[int]
    entry: InstrumentedAttribute[Any]
    adds_up: bool = False

    @property
    def model(self) -> type[Base]:
        """Table of the list."""
        return cast("type[Base]", self.parent.class_)


@dataclass(frozen=True)
class StoredRow:
    """Row of the database, and the entries of its lists by attribute."""

    row: Row[*tuple[Any, ...]]
    lists: Mapping[str, tuple[Any, ...]]


_KEPT_ELSEWHERE = (FieldKind.NUMBER, FieldKind.NAMES, FieldKind.STIRS, FieldKind.CHOICES)


class RecordRegister(Register[K, V]):
    """Register whose records are rows with ids of one table.

    ``values_type`` is the dataclass of the values besides the key. Its attributes are the codes of fields; those of
    kinds that one column holds are read, loaded and stored by the declaration of the field. A declared field that no
    rule of the register names needs no attribute: where the table has its column, it is added to the values.
    ``apart`` are the fields that are not: those of the key, and those that the register reads itself.
    """

    model: ClassVar[type[Base]]
    values_type: ClassVar[type[Any]]
    apart: ClassVar[tuple[str, ...]] = ("number", "district")
    children: ClassVar[tuple[ChildRows, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Add the declared fields that only the table knows to the values."""
        super().__init_subclass__()
        if "values_type" not in cls.__dict__:
            return
        named = {*cls.apart, *(entry.name for entry in dataclasses.fields(cls.values_type))}
        columns = cls.model.__table__.c
        others = [entry for entry in cls.sheet.fields if entry.code not in named and entry.stored_as in columns]
        if others:
            added = [(entry.code, object, dataclasses.field(default=empty_value(entry.kind))) for entry in others]
            cls.values_type = dataclasses.make_dataclass(
                cls.values_type.__name__, added, bases=(cls.values_type,), frozen=True
            )

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self.ids: dict[K, int] = {}
        self.stored: dict[int, StoredRow] = {}
        self.mahalla_spellings: dict[str, str] = {}
        self._attributes = [entry.name for entry in dataclasses.fields(self.values_type)]
        self._fields = {entry.code: entry for entry in self.sheet.fields if entry.code in self._attributes}
        self._stored = [entry for entry in self._fields.values() if entry.kind not in _KEPT_ELSEWHERE]
        self._adding_up = [child.attribute for child in self.children if child.adds_up]

    def statement(self) -> Select[*tuple[Any, ...]]:
        """Query of all records, with the name of each one's mahalla where the sheet has one; locked for a write."""
        query: Select[*tuple[Any, ...]] = select(self.model.__table__)
        if self.context.is_writing:
            query = query.with_for_update(of=self.model.__table__)
        if any(entry.kind is FieldKind.MAHALLA for entry in self._stored):
            columns = self.model.__table__.c
            query = query.add_columns(Mahalla.name.label("mahalla_name"))
            query = query.outerjoin(Mahalla, Mahalla.id == columns.mahalla_id)
        return query

    @abstractmethod
    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Records of the database that the workbook names."""

    def current(self) -> Select[*tuple[Any, ...]]:
        """Query of all records that are not withdrawn."""
        withdrawn_at = self.model.__table__.c.get("withdrawn_at")
        return self.statement() if withdrawn_at is None else self.statement().where(withdrawn_at.is_(None))

    def rows_by_id(self, connection: Connection, ids: Collection[int]) -> Iterable[Row[*tuple[Any, ...]]]:
        """Records with the given ids that are not withdrawn."""
        return rows_where(connection, self.current(), self.model.id, ids)  # type: ignore[attr-defined]

    @abstractmethod
    def stored_key(self, row: Row[*tuple[Any, ...]]) -> K:
        """Natural key of a database row."""

    @abstractmethod
    def key_columns(self, record: Record[K, V]) -> Mapping[str, Any]:
        """Key columns of a new record."""

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known`` and ``ids``."""
        self.take(connection, self.rows(connection, scope))

    def take(self, connection: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        """Add rows of :meth:`statement` to ``known``, ``ids`` and ``stored``."""
        new = {row.id: row for row in rows if row.id not in self.stored}
        lists = {child.attribute: self._entries(connection, child, list(new)) for child in self.children}
        for row in new.values():
            key = self.stored_key(row)
            found = {attribute: tuple(sorted(entries.get(row.id, ()))) for attribute, entries in lists.items()}
            self.stored[row.id] = StoredRow(row, found)
            self.ids[key] = row.id
            self.keys_by_id[row.id] = key
            self.known[key] = self.known_of(row, key, self.stored_values(row, **found))

    def known_of(self, row: Row[*tuple[Any, ...]], key: K, values: V) -> Known[V]:  # noqa: ARG002 - events need it
        """A record of the database."""
        return Known(row.id, values, version=row.version)

    def cells_of(self, record_id: int) -> dict[str, object]:
        """Cells of a loaded record by field code, as a form shows them and a downloaded workbook has them.

        Codes are enum members, places SOATO codes, NGOs their STIRs, mahallas names, other registers numbers; what is
        empty is None, "" or ().
        """
        row, lists = self.stored[record_id].row, self.stored[record_id].lists
        return {entry.code: self.cell_of(entry, row, lists) for entry in self.sheet.fields}

    def cell_of(self, entry: SheetField, row: Row[*tuple[Any, ...]], lists: Mapping[str, tuple[Any, ...]]) -> object:
        """One of those cells."""
        if entry.code in lists:
            return tuple(self.mahalla_spellings.get(name, name) for name in lists[entry.code])
        if entry.kind is FieldKind.MAHALLA:
            return row.mahalla_name or ""
        name = "district_soato" if entry.kind is FieldKind.DISTRICT else entry.stored_as
        stored = getattr(row, f"{entry.code}_number" if entry.refers_to else name, None)
        if entry.kind is FieldKind.STIR:
            return self.context.ngos.stirs.get(stored, "") if stored else ""
        return _code(entry, stored)

    def stored_values(self, row: Row[*tuple[Any, ...]], **others: object) -> V:
        """Values of a database row; ``others`` are those that its columns do not hold."""
        found = {
            entry.code: self._value(entry, getattr(row, entry.stored_as), row)
            for entry in self._stored
            if entry.code not in others
        }
        values: V = self.values_type(**found, **others)
        return values

    def _value(self, entry: SheetField, stored: Any, row: Row[*tuple[Any, ...]]) -> object:  # noqa: ANN401 - any column
        if entry.kind is FieldKind.MAHALLA:
            return mahalla_key(row.mahalla_name or "")
        if entry.kind is FieldKind.STIR:
            return self.context.ngos.stirs.get(stored, "")
        return _code(entry, stored)

    def _entries(self, connection: Connection, child: ChildRows, ids: Collection[int]) -> Mapping[int, list[Any]]:
        """Entries of a list by the ids of the records."""
        entry = self._fields[child.attribute]
        query: Select[*tuple[Any, ...]] = select(child.parent, child.entry)
        if entry.kind is FieldKind.NAMES:
            query = select(child.parent, Mahalla.name).join(Mahalla, Mahalla.id == child.entry)
        found: dict[int, list[Any]] = defaultdict(list)
        for parent_id, stored in rows_where(connection, query, child.parent, ids):
            if entry.kind is FieldKind.NAMES:
                value: object = mahalla_key(stored)
                self.mahalla_spellings[mahalla_key(stored)] = stored
            else:
                value = self.context.ngos.stirs[stored] if entry.kind is FieldKind.STIRS else _code(entry, stored)
            found[parent_id].append(value)
        return found

    def check_change(self, row: ReadRow, known: Known[V], values: V, *, is_change: bool) -> None:
        """Also warn of a row that adds to a list of NGOs without those that are known: they are not replaced."""
        super().check_change(row, known, values, is_change=is_change)
        for name in self._adding_up:
            if self._fields[name].kind is FieldKind.STIRS:
                old, new = {*getattr(known.values, name)}, {*getattr(values, name)}
                if new - old and old - new:
                    names = {"added": ", ".join(sorted(new - old)), "kept": ", ".join(sorted(old - new))}
                    self.replaces_ngos(row, name, names)

    def replaces_ngos(self, row: ReadRow, field_code: str, ngos: Mapping[str, str]) -> None:  # noqa: ARG002
        """Say that the known NGOs of a record stay beside the added ones."""
        row.warn(errors.PARTY_REPLACED, **ngos)

    def values_of(self, row: ReadRow, key: K, known: Known[V] | None) -> V:  # noqa: ARG002 - most need no key
        """Values of the row."""
        return self.read(row, known.values if known else None)

    def read(self, row: ReadRow, base: V | None, **others: object) -> V:
        """Values of the row; missing columns keep those of ``base``, ``others`` are given."""
        found = dict(others)
        for code in self._attributes:
            if code in others:
                continue
            entry = self._fields[code]
            # A row that ends before its column keeps a mahalla and a list of codes; of others the cell is empty.
            is_said = row.has(code) if entry.kind in (FieldKind.MAHALLA, FieldKind.CHOICES) else code in row.values
            if is_said:
                found[code] = self._of_today(entry, _said(entry, row.get(code)), str(row.get("district")))
            elif base is not None and (row.is_whole or code not in self._adding_up):
                found[code] = getattr(base, code)
        values: V = self.values_type(**found)
        return values

    def _of_today(self, entry: SheetField, value: object, district: str) -> object:
        """Value with the mahallas that former names mean."""
        if entry.kind is FieldKind.MAHALLA:
            return self.context.mahalla_of(district, str(value))
        if entry.kind is FieldKind.NAMES:
            names = cast("tuple[str, ...]", value)
            return tuple(sorted({self.context.mahalla_of(district, name) for name in names}))
        return value

    def columns_of(self, record: Record[K, V], district: str) -> dict[str, Any]:
        """Columns of a record besides its key."""
        return {
            entry.stored_as: self._column(entry, getattr(record.values, entry.code), district) for entry in self._stored
        }

    def _column(self, entry: SheetField, value: Any, district: str) -> object:  # noqa: ANN401 - any value
        if entry.kind is FieldKind.MAHALLA:
            return self.context.mahalla_ids[district, value] if value else None
        if entry.kind is FieldKind.STIR:
            return self.context.ngos.ids[value] if value else None
        if isinstance(value, YesNo):
            return value is YesNo.YES
        return value.value if isinstance(value, StrEnum) else value

    def merged(self, earlier: Record[K, V], values: V) -> V | None:
        """One record with the entries of both rows, or None where they differ in anything else."""
        if not same_values(earlier.values, values, besides=self._adding_up):
            return None
        known = [earlier.values, *([earlier.known.values] if earlier.known else [])]
        if not self._adds(values, known):
            return earlier.values
        return self._joined(earlier.values, values)

    def is_change(self, known: Known[V] | None, values: V) -> bool:
        """Whether the values differ from the database."""
        if known is None or not same_values(known.values, values, besides=self._adding_up):
            return True
        return self._adds(values, [known.values])

    def _adds(self, values: V, known: Sequence[V]) -> bool:
        """Whether a list that adds up has an entry that none of the known values has."""
        return any(
            not {*getattr(values, name)} <= {entry for other in known for entry in getattr(other, name)}
            for name in self._adding_up
        )

    def _joined(self, first: V, second: V) -> V:
        joined = {name: tuple(sorted({*getattr(first, name), *getattr(second, name)})) for name in self._adding_up}
        return replace(first, **joined) if joined else first  # type: ignore[type-var]

    def _is_changed(self, record: Record[K, V]) -> bool:
        """Whether there is anything to write; of a whole record, another spelling or a list that lost an entry too."""
        is_other = record.known is not None and record.is_whole and record.known.values != record.values
        return is_other or super()._is_changed(record)

    def _is_moved(self, record: Record[K, V], known: Known[V]) -> bool:
        """Whether the record has another key, or is whole and spells its number or name otherwise."""
        written = self.cells_of(known.id)[self.key_field] if record.is_whole else record.name
        return super()._is_moved(record, known) or (isinstance(written, str) and written != record.name)

    def result_of(self, record: Record[K, V]) -> V:
        """Values of the record after writing, with the known entries of the lists that add up."""
        is_joined = record.known is not None and not record.is_whole
        return self._joined(record.values, record.known.values) if is_joined and record.known else record.values

    def moves(self, row: ReadRow, record: Record[K, V]) -> list[ChangedValue]:
        """Changed number, name or district of a record that the row shows."""
        if record.known is None or not record.is_moved:
            return []
        stored = self.cells_of(record.known.id)
        named = {self.key_field: record.name, "district": str(row.get("district") or "")}
        return [
            ChangedValue(code, stored[code], value)
            for code, value in named.items()
            if code in stored and str(stored[code]) != value
        ]

    def changes(self, row: ReadRow, key: K, old: V, new: V) -> list[ChangedValue]:
        """Changed fields; lists that add up keep their known entries, unless the row shows the whole record."""
        return super().changes(row, key, old, new if row.is_whole else self._joined(new, old))

    def told(self, entry: SheetField, value: Any, row: ReadRow) -> object:  # noqa: ANN401 - any value
        """Value with the names of mahallas instead of their keys."""
        if entry.kind is FieldKind.MAHALLA:
            return self._mahalla_name(value, entry, row)
        return [self._mahalla_name(key, entry, row) for key in value] if entry.kind is FieldKind.NAMES else value

    def _mahalla_name(self, key: str, entry: SheetField, row: ReadRow) -> str:
        said = row.get(entry.code) or ()
        typed = {mahalla_key(name): name for name in ((said,) if isinstance(said, str) else said)}
        return self.context.mahalla_names.get((str(row.get("district")), key)) or typed.get(key, key)

    def write(self, writer: AuditedWriter) -> None:
        """Insert new records and update changed ones."""
        records = self.changed_records()
        added = [record for record in records if record.known is None]
        corrected = [(record, record.known) for record in records if record.known is not None]
        new = [{**self.key_columns(record), **self.columns_of(record, _district(record))} for record in added]
        ids = writer.insert(self.model, new)
        self.ids.update({record.key: new_id for record, new_id in zip(added, ids, strict=True)})
        changes = [
            {"key": known.id, "version": known.version + 1, **self.columns_of(record, _district(record))}
            for record, known in corrected
        ]
        writer.update(self.model, changes)
        for record, known in corrected:
            self.ids[record.key] = known.id
            if record.is_moved:
                writer.update(self.model, [{"key": known.id, **self.key_columns(record)}])
        for child in self.children:
            replaced = [known.id for record, known in corrected if record.is_whole or not child.adds_up]
            writer.delete(child.model, child.parent, replaced)
            writer.insert_plain(child.model, self._child_rows(child, records))
        entity = self.model.__tablename__
        entries = [(self.ids[record.key], None, self._audited(record, record.values)) for record in added]
        writer.audit(RecordAction.ADDED, entity, entries)
        changed = [
            (known.id, self._audited(record, known.values, known), self._audited(record, self.result_of(record)))
            for record, known in corrected
        ]
        writer.audit(RecordAction.CORRECTED, entity, changed)

    def _audited(self, record: Record[K, V], values: V, known: Known[V] | None = None) -> dict[str, Any]:
        """Values for the audit log, with the columns of the record's key, or of the known record's."""
        columns = {name: value for name, value in self.key_columns(record).items() if not name.endswith("_key")}
        if known is not None:
            columns = {name: getattr(self.stored[known.id].row, name) for name in columns}
        return columns | self.audited(record.key, values)

    def earlier_record(self, record_id: int, told: Mapping[str, Any]) -> Record[K, V]:
        """Return a loaded record with the values of an audit entry, to be written again."""
        row = self.stored[record_id].row
        columns = {name: told.get(name, value) for name, value in row._mapping.items()}
        for name, value in row._mapping.items():
            if isinstance(value, date) and isinstance(columns[name], str):
                columns[name] = date.fromisoformat(columns[name])
        if "number_key" in columns and columns["number"] is not None:
            columns["number_key"] = number_key(str(columns["number"]))
        key = self.stored_key(cast("Row[*tuple[Any, ...]]", SimpleNamespace(**columns)))
        values = {
            name: _from_audit(self._fields.get(name), told[name])
            if name in told
            else getattr(self.known_values(record_id), name)
            for name in self._attributes
        }
        known = self.known[self.keys_by_id[record_id]]
        record = Record(
            key, str(columns.get("number") or columns.get("name") or ""), self.values_type(**values), 0, known
        )
        record.is_whole = True
        record.is_moved = any(columns[name] != getattr(row, name) for name in ("number", "name") if name in columns)
        record.is_moved = record.is_moved or key != self.keys_by_id[record_id]
        return record

    def known_values(self, record_id: int) -> V:
        """Return the values of a loaded record."""
        return self.known[self.keys_by_id[record_id]].values

    def _child_rows(self, child: ChildRows, records: Iterable[Record[K, V]]) -> list[dict[str, Any]]:
        rows = []
        for record in records:
            is_kept = child.adds_up and not record.is_whole
            known = getattr(record.known.values, child.attribute) if record.known and is_kept else ()
            rows += [
                {
                    child.parent.key: self.ids[record.key],
                    child.entry.key: self._child_entry(child, entry, _district(record)),
                }
                for entry in sorted({*getattr(record.values, child.attribute)} - {*known})
            ]
        return rows

    def _child_entry(self, child: ChildRows, entry: str, district: str) -> object:
        kind = self._fields[child.attribute].kind
        if kind is FieldKind.STIRS:
            return self.context.ngos.ids[entry]
        return self.context.mahalla_ids[district, entry] if kind is FieldKind.NAMES else str(entry)


class NumberedRegister(RecordRegister[Key, V]):
    """Register keyed by district and the district's own number.

    ``named_by``: columns of other sheets, as (sheet, field), that hold its numbers.
    """

    named_by: ClassVar[tuple[tuple[str, str], ...]] = ()
    _left_out = LeftOut(0)

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known``, and the records of other districts that rows of the workbook may mean."""
        super().load(connection, scope)
        self._named = scope.keys(self.sheet.code)
        if self.sheet.date_field and not scope.record_ids(self.sheet.code):
            self.take(connection, self._elsewhere(connection, scope))
            self._left_out = self._find_left_out(connection)
        self._by_number: dict[str, list[tuple[str, V]]] = defaultdict(list)
        for (district, number), known in self.known.items():
            self._by_number[number].append((district, known.values))

    def _elsewhere(self, connection: Connection, scope: ImportScope) -> list[Row[*tuple[Any, ...]]]:
        """Records of other districts with a number and date of the workbook."""
        columns = self.model.__table__.c
        found: list[Row[*tuple[Any, ...]]] = []
        for numbers, dates in scope.numbers_and_dates(self.sheet.code, self.sheet.date_field):
            query = self.current().where(columns[self.sheet.date_field].in_(dates), columns.number_key.in_(numbers))
            found += connection.execute(query)
        return found

    def _find_left_out(self, connection: Connection) -> LeftOut:
        """Records that the sheet does not name, in the districts where it names known ones."""
        named = self.known.keys() & self._named
        if not named:
            return LeftOut(0)
        columns = self.model.__table__.c
        condition = and_(columns.district_soato.in_({key[0] for key in named}), columns.withdrawn_at.is_(None))
        count = connection.scalar(select(func.count()).select_from(self.model.__table__).where(condition)) or 0
        rows = connection.execute(select(columns.district_soato, columns.number_key, columns.number).where(condition))
        others = (row.number for row in rows if (row.district_soato, row.number_key) not in named)
        return LeftOut(count - len(named), tuple(islice(others, _SHOWN_NUMBERS)))

    def left_out(self) -> LeftOut:
        """Known records that a sheet leaves out which corrects or repeats others of their district."""
        return self._left_out

    def check_new(self, row: ReadRow, key: Key, values: V) -> None:
        """Doubt a new record that another district has with the same number, date and NGO."""
        day = self.sheet.date_field
        for district, other in self._by_number.get(key[1], ()):
            is_same_day = bool(day) and self.value_of(other, day) == self.value_of(values, day)
            is_moved = (
                district != key[0] and self.context.own_district is None and (district, key[1]) not in self._named
            )
            if is_moved and is_same_day and _ngos(other) & _ngos(values):
                row.doubt("district", errors.MOVED, district=self.context.places.by_soato[district].name)

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Records that the rows name by number, or show."""
        yield from self.rows_by_id(connection, scope.record_ids(self.sheet.code))
        for district, keys in scope.numbers((self.sheet.code, "number"), *self.named_by).items():
            statement = self.current().where(self.model.district_soato == district)  # type: ignore[attr-defined]
            yield from rows_where(connection, statement, self.model.number_key, keys)  # type: ignore[attr-defined]

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> Key:
        """District and number."""
        return row.district_soato, row.number_key

    def key_of(self, row: ReadRow) -> Key:
        """District and number."""
        return str(row.get("district")), number_key(row.get("number"))

    def key_columns(self, record: Record[Key, V]) -> Mapping[str, Any]:
        """District and number."""
        return {"district_soato": record.key[0], "number": record.name, "number_key": record.key[1]}


def _ngos(values: object) -> set[str]:
    """NGOs of a record."""
    return {*getattr(values, "stirs", ()), getattr(values, "stir", "")} - {""}


def _district(record: Record[Any, Any]) -> str:
    """District of a record, the first part of all keys."""
    return str(record.key[0])


def _from_audit(entry: SheetField | None, value: Any) -> object:  # noqa: ANN401 - any value
    """Value of a record as the audit log tells it."""
    if entry is not None and entry.choices is not None and value is not None:
        return tuple(entry.choices(code) for code in value) if isinstance(value, list) else entry.choices(value)
    if entry is not None and entry.kind in (FieldKind.DATE, FieldKind.TERM) and value is not None:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _code(entry: SheetField, stored: Any) -> Any:  # noqa: ANN401 - any column
    """Value of a column, a code as a member of its enum."""
    if entry.choices is None or stored is None:
        return stored
    return entry.choices(stored) if not isinstance(stored, bool) else YesNo.YES if stored else YesNo.NO


def _said(entry: SheetField, value: Any) -> object:  # noqa: ANN401 - any cell
    """Value of a cell in the form in which values are compared and stored."""
    if entry.kind is FieldKind.MAHALLA:
        return mahalla_key(value or "")
    if entry.kind is FieldKind.STIR:
        return value or ""
    if entry.kind is FieldKind.STIRS:
        return tuple(sorted(value))
    if entry.kind is FieldKind.NAMES:
        return tuple(sorted({mahalla_key(name) for name in value}))
    if entry.kind is FieldKind.CHOICES:
        return tuple(sorted({chosen.code for chosen in value}))
    return value


def same_values(first: object, second: object, *, besides: Collection[str] = ()) -> bool:
    """Whether two records of one kind are equal; texts are compared without apostrophes, case and script."""
    for item in dataclasses.fields(first):  # type: ignore[arg-type]
        if item.name not in besides and not _is_same(getattr(first, item.name), getattr(second, item.name)):
            return False
    return True


def _is_same(one: object, other: object) -> bool:
    """Whether two values are equal, texts compared without apostrophes, case and script."""
    if one != other and isinstance(one, str) and isinstance(other, str):
        return search_key(one) == search_key(other)
    return one == other


def audited(values: object) -> dict[str, Any]:
    """Values for the audit log: plain codes; :mod:`data.database.audit` formats dates."""

    def plain(value: object) -> object:
        if isinstance(value, ParsedChoice):
            return value.code.value
        if isinstance(value, dict):
            return value.get("code", value)
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    return {key: plain(value) for key, value in asdict(values).items()}  # type: ignore[call-overload]
