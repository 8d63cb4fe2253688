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

from data.codes import YesNo
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.schema import Mahalla
from data.schema.base import Base
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.cells.parsing import ParsedChoice, empty_value
from data.workbook.cells.places import mahalla_key
from data.workbook.cells.text_matching import number_key
from data.workbook.database import AuditedWriter, RecordAction, rows_where
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ReadRow

K = TypeVar("K")
V = TypeVar("V")


class RowResult(StrEnum):
    """Result for a row that is not refused."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Known(Generic[V]):
    """Record of the database; the id is 0 where its natural key is the primary key."""

    id: int
    values: V
    version: int = 1


@dataclass
class Record(Generic[K, V]):
    """Record of the workbook; ``name`` is its number or name as written.

    ``is_whole``: it replaces the known record with all lists. ``is_moved``: its number or name is another than the
    known one's.
    """

    key: K
    name: str
    values: V
    row: int
    known: Known[V] | None
    is_whole: bool = False
    is_moved: bool = False


class Register(ABC, Generic[K, V]):
    """One sheet: its declaration, validation and writing; ``records`` collects the accepted rows."""

    sheet: ClassVar[RegisterSheet]
    key_field: ClassVar[str] = "number"
    contradiction: ClassVar[str] = errors.REPEATED_ROW
    """Why a row is refused that says otherwise than an earlier one with the same key."""
    taken: ClassVar[str] = errors.NUMBER_TAKEN
    """Why a record is refused whose key another one has."""

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.known: dict[K, Known[V]] = {}
        self.keys_by_id: dict[int, K] = {}
        self.records: dict[K, Record[K, V]] = {}
        self.mahalla_names: dict[Key, str] = {}
        self._mahalla_fields = [
            entry for entry in self.sheet.fields if entry.kind in (FieldKind.MAHALLA, FieldKind.NAMES)
        ]

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
        """Warn of a row of a known record, or raise :class:`CellError`."""
        if is_change:
            row.warn(errors.CORRECTED)

    def accepted(self, row: ReadRow) -> None:
        """Hook for an accepted row: remember how it spells its mahallas."""
        for entry in self._mahalla_fields:
            said = row.get(entry.code) or ()
            for name in (said,) if isinstance(said, str) else sorted(said, key=mahalla_key):
                self.mahalla_names.setdefault((str(row.get("district")), mahalla_key(name)), name)

    def changed_records(self) -> list[Record[K, V]]:
        """New and changed records."""
        return [record for record in self.records.values() if self._is_changed(record)]

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
        if row.version and row.version != shown.version:
            raise CellError(errors.CHANGED_MEANWHILE, field_code=self.key_field)
        if known is not None and known.id != shown.id:
            raise CellError(self.taken, field_code=self.key_field)
        return shown

    def validate(self, row: ReadRow) -> RowResult:
        """Accept the row, or report it as a duplicate. Raises :class:`CellError` with the field at fault."""
        self.context.check_place(row)
        key = self.key_of(row)
        known, earlier = self._find_known(row, key), self.records.get(key)
        values = self.values_of(row, key, known)
        if earlier is not None:
            merged = self.merged(earlier, values)
            if merged is None:
                raise CellError(self.contradiction, field_code=self.key_field, row=earlier.row)
            if same_values(earlier.values, merged):
                return RowResult.DUPLICATE
            earlier.values = merged
        else:
            name = str(row.get(self.key_field) or "")
            record = Record(key, name, values, row.number, known, is_whole=row.is_whole)
            record.is_moved = known is not None and self._is_moved(record, known)
            is_change = self._is_changed(record)
            if known is not None:
                self.check_change(row, known, values, is_change=is_change)
            self.records[key] = record
            if not is_change:
                return RowResult.DUPLICATE
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
            elif base is not None and (row.is_whole or code not in self._adding_up):
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
        return columns | audited(values)

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


def _district(record: Record[Any, Any]) -> str:
    """District of a record, the first part of all keys."""
    return str(record.key[0])


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
        one, other = getattr(first, item.name), getattr(second, item.name)
        if one == other or item.name in besides:
            continue
        if isinstance(one, str) and isinstance(other, str):
            one, other = search_key(one), search_key(other)
        if one != other:
            return False
    return True


def audited(values: object) -> dict[str, Any]:
    """Values for the audit log: plain codes; :mod:`data.database.audit` formats dates."""

    def plain(value: object) -> object:
        if isinstance(value, ParsedChoice):
            return value.code.value
        if isinstance(value, dict):
            return value.get("code", value)
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    return {key: plain(value) for key, value in asdict(values).items()}  # type: ignore[call-overload]
