"""Base classes of the registers: a row is validated by its natural key, and differences to the database are written."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar, cast

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from data.schema import Mahalla
from data.schema.base import Base
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.cells.parsing import ParsedChoice
from data.workbook.cells.persons import may_name_person
from data.workbook.cells.places import mahalla_key
from data.workbook.cells.text_matching import number_key
from data.workbook.database import AuditedWriter, ImportAction, rows_where
from data.workbook.declaration import FieldKind, RegisterSheet, SheetField
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ChangedValue, ReadRow

K = TypeVar("K")
V = TypeVar("V")


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


@dataclass
class Record(Generic[K, V]):
    """Record of the workbook; ``number`` is as written, empty where the sheet has none.

    A doubted record is validated like any other, and so are rows that refer to it, but neither is written.
    """

    key: K
    number: str
    values: V
    row: int
    known: Known[V] | None
    is_doubted: bool = False


class Register(ABC, Generic[K, V]):
    """One sheet: its declaration, validation and writing; ``records`` collects the accepted rows."""

    sheet: ClassVar[RegisterSheet]
    key_field: ClassVar[str] = "number"
    contradiction: ClassVar[str] = errors.REPEATED_ROW
    """Why a row is refused that says otherwise than an earlier one with the same key."""

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.known: dict[K, Known[V]] = {}
        self.records: dict[K, Record[K, V]] = {}
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

    def left_out(self) -> list[str]:
        """Numbers of known records that a sheet leaves out which corrects or repeats others of their district."""
        return []

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

    def changes(self, row: ReadRow, key: K, old: V, new: V) -> list[ChangedValue]:
        """Fields of a known record that a row changes, as far as the audit log may tell them."""
        before, after = self.audited(key, old), self.audited(key, new)
        there = {entry.code: entry for entry in self.sheet.fields}
        return [
            ChangedValue(code, self.told(there[code], before[code], row), self.told(there[code], value, row))
            for code, value in after.items()
            if code in there and code in before and not _is_same(before[code], value)
        ]

    def told(self, entry: SheetField, value: Any, row: ReadRow) -> object:  # noqa: ANN401, ARG002 - any value
        """Value of a field as a person knows it, who has never seen a folded key."""
        return value

    def accepted(self, row: ReadRow) -> None:
        """Hook for an accepted row: remember how it spells its mahallas."""
        for entry in self._mahalla_fields:
            said = row.get(entry.code) or ()
            for name in (said,) if isinstance(said, str) else sorted(said, key=mahalla_key):
                self.mahalla_names.setdefault((str(row.get("district")), mahalla_key(name)), name)

    def doubted(self, row: ReadRow) -> None:
        """Hook for a doubted row."""

    def check_doubts(self, row: ReadRow) -> None:
        """Doubt a row that names an NGO which only a doubted memorandum would add, or perhaps a person as a mahalla."""
        for entry in self._mahalla_fields:
            said = row.get(entry.code) or ()
            for name in (said,) if isinstance(said, str) else said:
                is_known = (str(row.get("district")), mahalla_key(name)) in self.context.mahalla_ids
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
        records = [record for record in self.records.values() if not record.is_doubted]
        return [record for record in records if self.is_change(record.known, record.values)]

    def validate(self, row: ReadRow) -> RowResult:
        """Accept the row, or report it as a duplicate or doubted. Raises :class:`CellError` with the field at fault."""
        key = self.key_of(row)
        known, earlier = self.known.get(key), self.records.get(key)
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
            is_change = self.is_change(known, values)
            if known is None:
                self.check_new(row, key, values)
            else:
                self.check_change(row, known, values, is_change=is_change)
            if known is not None and is_change:
                row.changes = self.changes(row, key, known.values, values)
            is_doubted = is_change and row.is_doubted
            self.records[key] = Record(key, row.get("number", ""), values, row.number, known, is_doubted)
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


_KEPT_ELSEWHERE = (FieldKind.NUMBER, FieldKind.NAMES, FieldKind.STIRS, FieldKind.CHOICES)


class RecordRegister(Register[K, V]):
    """Register whose records are rows with ids of one table.

    ``values_type`` is the dataclass of the values besides the key. Its attributes are the codes of fields; those of
    kinds that one column holds are read, loaded and stored by the declaration of the field.
    """

    model: ClassVar[type[Base]]
    values_type: ClassVar[type[Any]]
    children: ClassVar[tuple[ChildRows, ...]] = ()

    def __init__(self, context: ImportContext) -> None:
        super().__init__(context)
        self.ids: dict[K, int] = {}
        self._attributes = [entry.name for entry in dataclasses.fields(self.values_type)]
        self._fields = {entry.code: entry for entry in self.sheet.fields if entry.code in self._attributes}
        self._stored = [entry for entry in self._fields.values() if entry.kind not in _KEPT_ELSEWHERE]
        self._adding_up = [child.attribute for child in self.children if child.adds_up]

    def statement(self) -> Select[*tuple[Any, ...]]:
        """Query of all records, with the name of each one's mahalla where the sheet has one."""
        query: Select[*tuple[Any, ...]] = select(self.model.__table__)
        if any(entry.kind is FieldKind.MAHALLA for entry in self._stored):
            columns = self.model.__table__.c
            query = query.add_columns(Mahalla.name.label("mahalla_name"))
            query = query.outerjoin(Mahalla, Mahalla.id == columns.mahalla_id)
        return query

    @abstractmethod
    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Records of the database that the workbook names."""

    @abstractmethod
    def stored_key(self, row: Row[*tuple[Any, ...]]) -> K:
        """Natural key of a database row."""

    @abstractmethod
    def key_columns(self, record: Record[K, V]) -> Mapping[str, Any]:
        """Key columns of a new record."""

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known`` and ``ids``."""
        self.known = self.read_stored(connection, list(self.rows(connection, scope)))

    def read_stored(self, connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[K, Known[V]]:
        """Records of database rows by their keys; also fills ``ids``."""
        known: dict[K, Known[V]] = {}
        lists = {child.attribute: self._entries(connection, child, [row.id for row in rows]) for child in self.children}
        for row in rows:
            key = self.stored_key(row)
            found = {attribute: tuple(sorted(entries.get(row.id, ()))) for attribute, entries in lists.items()}
            self.ids[key] = row.id
            known[key] = self.known_of(row, key, self.stored_values(row, **found))
        return known

    def known_of(self, row: Row[*tuple[Any, ...]], key: K, values: V) -> Known[V]:  # noqa: ARG002 - events need it
        """A record of the database."""
        return Known(row.id, values)

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
        return entry.choices(stored) if entry.choices and stored is not None else stored

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
                found[code] = _said(entry, row.get(code))
            elif base is not None and code not in self._adding_up:
                found[code] = getattr(base, code)
        values: V = self.values_type(**found)
        return values

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

    def result_of(self, record: Record[K, V]) -> V:
        """Values of the record after writing, with the known entries of the lists that add up."""
        return self._joined(record.values, record.known.values) if record.known else record.values

    def changes(self, row: ReadRow, key: K, old: V, new: V) -> list[ChangedValue]:
        """Changed fields; lists that add up keep their known entries."""
        return super().changes(row, key, old, self._joined(new, old))

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
        changes = [{"key": known.id, **self.columns_of(record, _district(record))} for record, known in corrected]
        writer.update(self.model, changes)
        for child in self.children:
            if not child.adds_up:
                writer.delete(child.model, child.parent, [known.id for _, known in corrected])
            writer.insert_plain(child.model, self._child_rows(child, records))
        entity = self.model.__tablename__
        entries = [(self.ids[record.key], None, self.audited(record.key, record.values)) for record in added]
        writer.audit(ImportAction.ADDED, entity, entries)
        writer.audit(
            ImportAction.CORRECTED,
            entity,
            [
                (known.id, self.audited(record.key, known.values), self.audited(record.key, self.result_of(record)))
                for record, known in corrected
            ],
        )

    def _child_rows(self, child: ChildRows, records: Iterable[Record[K, V]]) -> list[dict[str, Any]]:
        rows = []
        for record in records:
            known = getattr(record.known.values, child.attribute) if record.known and child.adds_up else ()
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
    """Register keyed by district and the district's own number; ``date_field`` helps to recognise a moved record."""

    date_field: ClassVar[str]

    def load(self, connection: Connection, scope: ImportScope) -> None:
        """Load ``known``, and the records of other districts that rows of the workbook may mean."""
        super().load(connection, scope)
        self._named = scope.keys(self.sheet.code)
        others = {**self.known, **self.read_stored(connection, self._elsewhere(connection, scope))}
        self._by_number: dict[str, list[tuple[str, V]]] = defaultdict(list)
        for (district, number), known in others.items():
            self._by_number[number].append((district, known.values))

    def _elsewhere(self, connection: Connection, scope: ImportScope) -> list[Row[*tuple[Any, ...]]]:
        """Records of other districts with a number and date of the workbook."""
        columns, districts = self.model.__table__.c, self.districts(scope)
        found: list[Row[*tuple[Any, ...]]] = []
        for numbers, dates in scope.numbers_and_dates(self.sheet.code, self.date_field):
            query = self.statement().where(columns[self.date_field].in_(dates), columns.number.in_(numbers))
            found += connection.execute(query.where(columns.district_soato.not_in(districts)))
        return found

    def left_out(self) -> list[str]:
        """Numbers of known records that a sheet leaves out which corrects or repeats others of their district."""
        repeated = {key[0] for key, record in self.records.items() if record.known}
        return sorted(key[1] for key in self.known if key[0] in repeated and key not in self._named)

    def check_new(self, row: ReadRow, key: Key, values: V) -> None:
        """Doubt a new record that another district has with the same number, date and NGO."""
        for district, other in self._by_number.get(key[1], ()):
            is_same_day = self.value_of(other, self.date_field) == self.value_of(values, self.date_field)
            is_moved = district != key[0] and (district, key[1]) not in self._named
            if is_moved and is_same_day and _ngos(other) & _ngos(values):
                row.doubt("district", errors.MOVED, district=self.context.places.by_soato[district].name)

    def districts(self, scope: ImportScope) -> Collection[str]:
        """Districts whose records are loaded."""
        return scope.districts(self.sheet.code)

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Records of the districts."""
        column = self.model.district_soato  # type: ignore[attr-defined]
        return rows_where(connection, self.statement(), column, self.districts(scope))

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> Key:
        """District and number."""
        return row.district_soato, number_key(row.number)

    def key_of(self, row: ReadRow) -> Key:
        """District and number."""
        return str(row.get("district")), number_key(row.get("number"))

    def key_columns(self, record: Record[Key, V]) -> Mapping[str, Any]:
        """District and number."""
        return {"district_soato": record.key[0], "number": record.number}


def _ngos(values: object) -> set[str]:
    """NGOs of a record."""
    return {*getattr(values, "stirs", ()), getattr(values, "stir", "")} - {""}


def _district(record: Record[Any, Any]) -> str:
    """District of a record, the first part of all keys."""
    return str(record.key[0])


def _code(entry: SheetField, stored: str) -> StrEnum:
    if entry.choices is None:
        raise TypeError(f"the field {entry.code} declares no choices")
    return entry.choices(stored)


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
