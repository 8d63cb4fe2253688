"""Imports a report workbook: reads it, validates its rows, and writes them in one transaction or not at all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, insert

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.database.migrate import is_current
from data.dates import clock
from data.language import Language, Message, Translator
from data.policy import Actor
from data.registers.declaration import FieldKind
from data.registers.register import Register, RowResult
from data.registers.registry import SHEETS, make_registers
from data.schema import ImportRun
from data.workbook import errors
from data.workbook.cells.date_order import doubtful_dates
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.parsing import CellContext, display_text
from data.workbook.cells.places import load_place_index
from data.workbook.cells.text_matching import number_key
from data.workbook.database import AuditedWriter
from data.workbook.errors import CellError, WorkbookError
from data.workbook.import_context import ImportContext
from data.workbook.import_scope import ImportScope
from data.workbook.outcome import DoubtedRow, Outcome, RefusedRow, SheetOutcome
from data.workbook.reading.files import read_workbook
from data.workbook.reading.sheets import find_sheets
from data.workbook.rows import FoundSheet, SheetRow, read_row

T = TypeVar("T")


class Progress(Protocol):
    """Wraps rows so that a caller can show progress."""

    def __call__(self, rows: Iterable[T], label: str) -> Iterable[T]:
        """Yield the same rows."""


class _AllRows(Container[tuple[str, int]]):
    def __contains__(self, row: object) -> bool:  # noqa: ARG002 - the form of a container
        return True


ALL_ROWS: Container[tuple[str, int]] = _AllRows()
"""Every row of a workbook, for ``ImportOptions.accept_doubted``."""


@dataclass(frozen=True)
class Report:
    """Workbook as it was read: its sheets, those that were skipped, its name and the hash of its content."""

    sheets: Sequence[FoundSheet]
    skipped_sheets: list[tuple[str, Message]]
    file_name: str
    sha256: str


@dataclass(frozen=True)
class ImportOptions:
    """Options of an import: ``is_check`` writes nothing, ``is_partial`` writes the valid rows though others are
    refused or doubted; ``accept_doubted`` are the doubted rows to be written as their messages say, by the code of the
    sheet and the row's number. ``own_district``: the only one whose rows are taken; ``closed_sheets``: codes of the
    sheets that the actor may not write.
    """

    actor: Actor | str
    today: date
    is_check: bool = False
    is_partial: bool = False
    accept_doubted: Container[tuple[str, int]] = frozenset()
    own_district: str | None = None
    closed_sheets: frozenset[str] = frozenset()


def no_progress(rows: Iterable[T], label: str) -> Iterable[T]:  # noqa: ARG001 - the form of a progress
    """Rows unchanged, for callers that show no progress."""
    return rows


def import_workbook(engine: Engine, path: Path, options: ImportOptions, *, progress: Progress = no_progress) -> Outcome:
    """Import a workbook and return the outcome of each row.

    Nothing is written on a check, nor where a row is refused or doubted unless the import is partial. Raises
    :class:`WorkbookError` where the workbook as a whole cannot be read or the database is not set up.
    """
    report = read_report(path)
    open_connection: Callable[[Engine], AbstractContextManager[Connection]] = reading if options.is_check else writing
    with open_connection(engine) as connection:
        if not is_current(connection):
            raise WorkbookError(errors.NOT_SET_UP)
        run = WorkbookImport(connection, report, options, progress=progress)
        is_whole = not run.outcome.refused and not run.outcome.doubted
        is_wanted = not options.is_check and (options.is_partial or is_whole)
        if is_wanted and run.outcome.accepted:
            run.write()
    if run.outcome.is_written:
        data_version(engine)
    return run.outcome


def read_report(path: Path, *, file_name: str = "") -> Report:
    """Read a workbook. Raises :class:`WorkbookError` where it cannot be read as a whole."""
    sheets, skipped_sheets = find_sheets(read_workbook(path))
    return Report(sheets, skipped_sheets, file_name or path.name, hashlib.sha256(path.read_bytes()).hexdigest())


class WorkbookImport:
    """Records of a workbook, checked in the caller's transaction, and the outcome; :meth:`write` writes them."""

    def __init__(
        self, connection: Connection, report: Report, options: ImportOptions, *, progress: Progress = no_progress
    ) -> None:
        self._connection = connection
        self._report = report
        self._options = options
        self.outcome = Outcome(skipped_sheets=report.skipped_sheets)
        places = load_place_index(connection)
        sheets = [entry for entry in report.sheets if entry.sheet.code not in options.closed_sheets]
        scope = ImportScope(sheets, places)
        is_writing = not options.is_check
        self._context = ImportContext(places, options.today, is_writing=is_writing, own_district=options.own_district)
        self._context.ngos.load(connection)
        self._mahallas, self._registers = make_registers(self._context)
        found = {entry.sheet.code: entry for entry in sheets}
        closed = [entry for entry in report.sheets if entry.sheet.code in options.closed_sheets and entry.rows]
        self.outcome.closed_sheets = [(entry.sheet, len(entry.rows)) for entry in closed]
        for register in self._registers:
            register.load(connection, scope)
            if register.sheet.code in found:
                outcome = self._validate(found[register.sheet.code], register, progress)
                self.outcome.sheets.append(outcome)
        self.outcome.sheets.sort(key=lambda outcome: SHEETS.index(outcome.sheet))
        self._new_mahallas = self._mahallas.new_names(*self._registers)
        self.outcome.new_mahallas = [
            (places.by_soato[district].name, name) for (district, _), name in self._new_mahallas.items()
        ]

    def _validate(self, found: FoundSheet, register: Register[Any, Any], progress: Progress) -> SheetOutcome:
        """Parse and validate each row; an invalid one is refused with its first error."""
        sheet, context = found.sheet, CellContext(self._context.places, self._context.today)
        outcome = SheetOutcome(sheet, warnings=[*_assumptions(found), *found.warnings])
        doubts = _doubtful_dates(found)
        copies = _copied_rows(found, register)
        for sheet_row in progress(found.rows, found.name):
            original = copies.get(sheet_row.number)
            try:
                row = read_row(sheet_row, found, context)
                if original:
                    row.record_id = row.version = 0
                    row.doubt(sheet.key, errors.COPIED_ROW, row=original)
                row.doubts += doubts.get(row.number, [])
                row.accepts_doubts = (sheet.code, row.number) in self._options.accept_doubted
                result = register.validate(row)
            except CellError as error:
                at_fault = sheet.field(error.field_code)
                outcome.refused.append(RefusedRow(sheet_row.number, at_fault, error.message, sheet_row.cells))
                outcome.fates[sheet_row.number] = _fate(at_fault.code, error.message)
                continue
            outcome.fates[row.number] = _fate(result is RowResult.DUPLICATE, row.changes)
            outcome.accepted += result is RowResult.ACCEPTED
            outcome.duplicates += result is RowResult.DUPLICATE
            if result is not RowResult.DUPLICATE or not sheet_row.record_id:
                is_doubted = result is RowResult.DOUBTED
                said = [message for message in row.warnings if not is_doubted or message.text != errors.CORRECTED]
                outcome.warnings += [(row.number, message) for message in said]
            if row.changes is not None and result is RowResult.ACCEPTED:
                outcome.add_change(row.number, row.changes)
            if result is RowResult.DOUBTED:
                outcome.doubted += [DoubtedRow(row.number, sheet.field(code), message) for code, message in row.doubts]
            elif result is RowResult.ACCEPTED:
                outcome.warnings += [(row.number, message) for _, message in row.doubts]
        left_out = register.left_out()
        if left_out.count:
            numbers = ", ".join(left_out.numbers) + (", …" if left_out.count > len(left_out.numbers) else "")
            outcome.warnings.append((0, Message(errors.LEFT_OUT, {"count": left_out.count, "numbers": numbers})))
        return outcome

    def write(self) -> int:
        """Write all accepted records and the import run; returns the id of the run, which their audit entries have."""
        actor = self._options.actor
        run_id: int = self._connection.execute(
            insert(ImportRun)
            .values(
                at=clock.now(),
                actor=actor.login if isinstance(actor, Actor) else actor,
                account_id=actor.account_id if isinstance(actor, Actor) else None,
                file_name=self._report.file_name[:200],
                file_sha256=self._report.sha256,
                outcome=Outcome(self.outcome.sheets).as_json(Translator(Language.EN)),
            )
            .returning(ImportRun.id)
        ).scalar_one()
        writer = AuditedWriter(self._connection, actor, import_run_id=run_id)
        self._context.ngos.write(writer)
        self._mahallas.write(writer)
        self._mahallas.write_names(writer, self._new_mahallas)
        for register in self._registers:
            if register is not self._mahallas:
                register.write(writer)
        self.outcome.is_written = True
        return run_id


def _fate(*parts: object) -> str:
    """Short text that tells two fates of a row apart: what it would change, or why it is refused."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def _copied_rows(found: FoundSheet, register: Register[Any, Any]) -> Mapping[int, int]:
    """Rows that were copied with the hidden key of another row, by number: the row that is of the record.

    That is the one that still has its number, else the first.
    """
    rows: dict[int, list[SheetRow]] = defaultdict(list)
    for row in found.rows:
        if row.record_id:
            rows[row.record_id].append(row)
    copies: dict[int, int] = {}
    for record_id, same in rows.items():
        if len(same) > 1:
            key = register.keys_by_id.get(record_id, ())
            kept = next(
                (row for row in same if number_key(display_text(row.cells.get(found.sheet.key))) in key), same[0]
            )
            copies |= {row.number: kept.number for row in same if row is not kept}
    return copies


def _doubtful_dates(found: FoundSheet) -> Mapping[int, list[tuple[str, Message]]]:
    """Doubts about dates that other dates of their column raise, by row: the field's code and the message."""
    doubts: dict[int, list[tuple[str, Message]]] = defaultdict(list)
    for entry in found.fields:
        if entry.kind in (FieldKind.DATE, FieldKind.TERM):
            for row, message in doubtful_dates((row.number, row.cells.get(entry.code)) for row in found.rows).items():
                doubts[row].append((entry.code, message))
    return doubts


def _assumptions(found: FoundSheet) -> list[tuple[int, Message]]:
    """Assumptions about columns that evaluations leave out, reported once rather than for each row."""
    if found.sheet.code != "evaluations":
        return []
    texts = {"submitted_date": errors.NO_EVALUATION_DATES, "visibility": errors.NO_VISIBILITY}
    return [
        (0, Message(text)) for code, text in texts.items() if any(is_blank(row.cells.get(code)) for row in found.rows)
    ]
