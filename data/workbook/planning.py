"""Walks the rows of a sheet: reads their cells, has each judged, and keeps account of what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from data.language import DomainError, Message
from data.workbook import faults
from data.workbook.cells import Reading, parse_cell
from data.workbook.faults import CellError
from data.workbook.layout import FoundSheet, SheetRow
from data.workbook.numbers import is_blank
from data.workbook.outcome import Refusal, SheetOutcome
from data.workbook.records import MemorandumValues

T = TypeVar("T")
Warn = Callable[[str], None]


class Progress(Protocol):
    """Wraps rows so that someone may watch them pass."""

    def __call__(self, rows: Iterable[T], label: str) -> Iterable[T]:
        """The same rows."""


class Verdict(StrEnum):
    """What becomes of a row that is not refused."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"


class ReadRow:
    """A row whose cells were read. ``has`` tells a column that is there from one that is not."""

    def __init__(self, number: int, values: dict[str, Any], raw: SheetRow, reading: Reading) -> None:
        self.number = number
        self.values = values
        self._raw = raw
        self._reading = reading

    def has(self, code: str) -> bool:
        """Whether the sheet has the column."""
        return code in self._raw.cells

    def is_empty(self, code: str) -> bool:
        """Whether the cell is empty, or its column is not there."""
        return is_blank(self._raw.cells.get(code))

    def get(self, code: str, default: Any = None) -> Any:  # noqa: ANN401 - the kind of the column says what it is
        """The value of a cell; ``default`` where the column is not there."""
        return self.values.get(code, default)

    def warn(self, text: str, **values: object) -> None:
        """Note something doubtful about the row, which is taken all the same."""
        self._reading.warnings.append(Message(text, values))


Judge = Callable[[ReadRow], Verdict]


def _read_row(row: SheetRow, found: FoundSheet, reading: Reading) -> ReadRow:
    values: dict[str, Any] = {}
    for column in found.columns:
        try:
            values[column.code] = parse_cell(row.cells.get(column.code), column, reading)
        except DomainError as error:
            raise CellError(error.message.text, column_code=column.code, **error.message.values) from None
    return ReadRow(row.number, values, row, reading)


def judge_sheet(found: FoundSheet, reading: Reading, judge: Judge, progress: Progress) -> SheetOutcome:
    """Read each row and have it judged; a row whose cells or sense are at fault is refused with its first fault."""
    outcome = SheetOutcome(found.sheet, warnings=list(found.warnings))
    for row in progress(found.rows, found.name):
        reading.warnings.clear()
        try:
            verdict = judge(_read_row(row, found, reading))
        except CellError as error:
            column = found.sheet.column(error.column_code)
            outcome.refused.append(Refusal(row.number, column, error.message))
            continue
        outcome.accepted += verdict is Verdict.ACCEPTED
        outcome.duplicates += verdict is Verdict.DUPLICATE
        outcome.warnings += [(row.number, message) for message in reading.warnings]
    return outcome


def warn_of_term(row: ReadRow, *, number: str, values: MemorandumValues, expiry: date | None, event_date: date) -> None:
    """Note an event that lies outside the days on which its memorandum was in force."""
    if expiry is not None and event_date > expiry:
        row.warn(faults.MEMORANDUM_EXPIRED, number=number)
    elif values.start_date is None or event_date < values.start_date:
        row.warn(faults.MEMORANDUM_NOT_BEGUN, number=number)
