"""Entry of one record by a form or a command, through the same parsing, rules and messages as a row of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from data.language import N_, DomainError, Message
from data.policy import Actor
from data.registers.declaration import RegisterSheet
from data.registers.evaluations import EvaluationRegister
from data.registers.mahallas import MahallaRegister
from data.registers.proposals import PROPOSAL_FORM
from data.registers.register import RecordRegister
from data.registers.registry import SHEETS, make_registers
from data.workbook import errors
from data.workbook.cells.parsing import CellContext, parse_cell
from data.workbook.cells.places import PlaceIndex
from data.workbook.database import AuditedWriter, WriteSource
from data.workbook.errors import CellError
from data.workbook.import_context import ImportContext
from data.workbook.import_scope import ImportScope
from data.workbook.rows import FoundSheet, ReadRow, SheetRow, read_row

LIST_SEPARATOR = ";"


def register_sheet(code: str) -> RegisterSheet:
    """Return the declaration with a code. Raises KeyError."""
    return {sheet.code: sheet for sheet in SHEETS}[code]


def form_sheet(code: str) -> RegisterSheet:
    """Return the declaration of a form with a code: a register, or the proposal of an NGO. Raises KeyError."""
    return PROPOSAL_FORM if code == PROPOSAL_FORM.code else register_sheet(code)


def cell_text(value: object) -> str:
    """Return a value of a record as a form holds it: codes, dates as day.month.year, lists separated by semicolons."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(cell_text(entry) for entry in value)
    if isinstance(value, StrEnum):
        return value.value
    return f"{Decimal(repr(value)).normalize():f}" if isinstance(value, float) else str(value)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Texts of a record by field code, as typed or chosen (:func:`cell_text`).

    ``record_id`` and ``version`` name the record that is corrected and what the person saw of it; 0: a new one.
    ``document_ids`` are documents chosen in the form, which become those of the record.
    """

    register: str
    cells: Mapping[str, str]
    record_id: int = 0
    version: int = 0
    document_ids: tuple[int, ...] = ()


class EntryError(DomainError):
    """Raised for an entry with faults; ``faults`` are messages by field code."""

    def __init__(self, faults: Mapping[str, Message]) -> None:
        super().__init__(N_("Some fields need a correction. Nothing was lost."))
        self.faults = faults


class OutdatedEntryError(DomainError):
    """Raised where someone else corrected the record meanwhile; ``cells`` and ``version`` are those of now."""

    def __init__(self, cells: Mapping[str, str], version: int) -> None:
        super().__init__(N_("Someone else has corrected this record meanwhile. Choose which values stay."))
        self.cells = cells
        self.version = version


class NoRecordError(DomainError):
    """Raised where the record is not there, or was withdrawn."""

    def __init__(self) -> None:
        super().__init__(N_("This record is not there, or was withdrawn."))


@dataclass(frozen=True, kw_only=True)
class StoredTexts:
    """Texts of a stored record by field code, and its version."""

    cells: Mapping[str, str]
    version: int


@dataclass(frozen=True, kw_only=True)
class WrittenEntry:
    """Record that an entry made or corrected, whether anything changed, and warnings on it."""

    record_id: int
    is_changed: bool
    warnings: Sequence[Message]


def texts_of(register: RecordRegister[Any, Any], record_id: int) -> dict[str, str]:
    """Return the texts of a loaded record by field code."""
    return {code: cell_text(value) for code, value in register.cells_of(record_id).items()}


def write_new_entries(
    connection: Connection,
    entries: Sequence[Entry],
    places: PlaceIndex,
    actor: Actor,
    source: WriteSource,
    *,
    today: date,
) -> Sequence[int]:
    """Write new records of one register together, each with its audit entry, and return their ids.

    Raises :class:`EntryError` for the first one with a fault; nothing is written then.
    """
    sheet = register_sheet(entries[0].register)
    rows = tuple(SheetRow(number, {**entry.cells}) for number, entry in enumerate(entries, start=1))
    found = FoundSheet(sheet, sheet.code, sheet.fields, rows, ())
    context = ImportContext(places, today, is_writing=True)
    mahallas, registers = _loaded(connection, found, context)
    register = next(each for each in registers if each.sheet.code == sheet.code)
    for row in rows:
        try:
            read = read_row(row, found, CellContext(places, today))
            if register.key_of(read) in register.known:
                raise CellError(register.taken, field_code=register.key_field)
            register.validate(read)
        except CellError as error:
            raise EntryError({error.field_code or sheet.key: error.message}) from None
    writer = AuditedWriter(connection, actor, source)
    if not isinstance(register, MahallaRegister):
        mahallas.write_names(writer, mahallas.new_names(*registers))
    register.write(writer)
    return [register.ids[key] for key in register.records]


def _loaded(
    connection: Connection, found: FoundSheet, context: ImportContext
) -> tuple[MahallaRegister, Sequence[RecordRegister[Any, Any]]]:
    """Return the registers with what the rows name loaded."""
    context.ngos.load(connection)
    mahallas, registers = make_registers(context)
    scope = ImportScope([found], context.places)
    for register in registers:
        register.load(connection, scope)
    return mahallas, registers


class OpenEntry:
    """Entry whose register is loaded with what the entry names; locked for the caller's transaction if it writes."""

    def __init__(
        self, connection: Connection, entry: Entry, places: PlaceIndex, *, today: date, is_writing: bool = False
    ) -> None:
        self._connection = connection
        self._entry = entry
        self._sheet = register_sheet(entry.register)
        fields = tuple(field for field in self._sheet.fields if field.code in entry.cells)
        self._row = SheetRow(1, dict(entry.cells), entry.record_id)
        self._found = FoundSheet(self._sheet, self._sheet.code, fields, (self._row,), ())
        self._context = ImportContext(places, today, is_writing=is_writing)
        self._mahallas, self._registers = _loaded(connection, self._found, self._context)

    @property
    def register(self) -> RecordRegister[Any, Any]:
        """Register of the entry."""
        return next(register for register in self._registers if register.sheet.code == self._entry.register)

    @property
    def districts(self) -> frozenset[str]:
        """Districts (SOATO) that the entry concerns: the one that it names, and that of the record that it corrects."""
        register, scope = self.register, ImportScope([self._found], self._context.places)
        named = set(scope.districts(self._sheet.code))
        if self._entry.record_id in register.stored:
            named.add(getattr(register.stored[self._entry.record_id].row, "district_soato", None) or "")
        return frozenset(named - {""})

    def check_version(self) -> None:
        """Raise :class:`NoRecordError` or :class:`OutdatedEntryError` where the record is not as the person saw it."""
        if self._entry.record_id and self.stored.version != self._entry.version:
            raise OutdatedEntryError(self.stored.cells, self.stored.version)

    @property
    def stored(self) -> StoredTexts:
        """Texts and version of the record that is corrected, as they are now. Raises :class:`NoRecordError`."""
        register, record_id = self.register, self._entry.record_id
        if record_id not in register.stored:
            raise NoRecordError
        return StoredTexts(
            cells=texts_of(register, record_id), version=register.known[register.keys_by_id[record_id]].version
        )

    def validate(self) -> ReadRow:
        """Parse and check the entry; afterwards the register holds its record. Raises :class:`EntryError`."""
        row = self._parsed()
        try:
            self._check_new(row)
            self.register.validate(row)
        except CellError as error:
            raise EntryError({error.field_code or self._sheet.key: error.message}) from None
        return row

    def _check_new(self, row: ReadRow) -> None:
        """Raise :class:`CellError` for a new record that is there already: it would be overwritten unseen.

        An evaluation sent again is a new version of it.
        """
        register = self.register
        if row.record_id or isinstance(register, EvaluationRegister):
            return
        if register.key_of(row) in register.known:
            raise CellError(register.taken, field_code=register.key_field)

    def _parsed(self) -> ReadRow:
        cells = CellContext(self._context.places, self._context.today)
        values: dict[str, object] = {}
        faults: dict[str, Message] = {}
        doubts: list[tuple[str, Message]] = []
        for field in self._found.fields:
            cells.doubts.clear()
            try:
                values[field.code] = parse_cell(self._row.cells[field.code], field, cells)
            except DomainError as error:
                faults[field.code] = error.message
            doubts += [(field.code, message) for message in cells.doubts]
        missing = [field.code for field in self._sheet.fields if field.is_required and field.code not in values]
        faults |= {code: CellError(errors.REQUIRED).message for code in missing if code not in faults}
        if faults:
            raise EntryError(faults)
        row = ReadRow(1, values, self._row.cells, self._row.record_id, 0, [*cells.warnings], doubts)
        # Whoever fills in a form sees what is taken and says so by saving it; what was doubtful is told as a warning.
        row.accepts_doubts = True
        return row

    def write(self, actor: Actor | str, source: WriteSource, *, reason: str = "") -> WrittenEntry:
        """Write the validated record with the NGOs and mahallas that it adds, and its audit entry."""
        register, row = self.register, self.validate()
        writer = AuditedWriter(self._connection, actor, source, reason)
        is_changed = bool(register.changed_records())
        self._context.ngos.write(writer)
        if not isinstance(register, MahallaRegister):
            self._mahallas.write_names(writer, self._mahallas.new_names(*self._registers))
        register.write(writer)
        key = next(iter(register.records))
        # Whoever corrects a record in a form knows that it was there.
        warnings = [warning for warning in row.said if warning.text != errors.CORRECTED]
        return WrittenEntry(record_id=register.ids[key], is_changed=is_changed, warnings=warnings)
