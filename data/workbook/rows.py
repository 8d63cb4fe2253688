"""Rows of a sheet as found in the workbook, and with their cells parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.language import DomainError, Message
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.parsing import CellContext, parse_cell
from data.workbook.declaration import RegisterSheet, SheetField
from data.workbook.errors import CellError


@dataclass(frozen=True)
class CellFault:
    """Cell whose value cannot be told, as the text of an error says; ``value`` is what the workbook holds there."""

    text: str
    value: object = field(default=None, repr=False, compare=False)
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class SheetRow:
    """Record of a sheet: the row's number and its cells by field code."""

    number: int
    cells: dict[str, object]


@dataclass(frozen=True)
class FoundSheet:
    """Recognised sheet, the fields that it has, its records, and warnings on skipped rows."""

    sheet: RegisterSheet
    name: str
    fields: tuple[SheetField, ...]
    rows: tuple[SheetRow, ...]
    warnings: tuple[tuple[int, Message], ...]


@dataclass(frozen=True)
class ChangedValue:
    """Field of a known record that a row changes, and its value before and after: code, text, number, date or list."""

    code: str
    old: object
    new: object


@dataclass
class ReadRow:
    """Row with parsed cells: ``values`` of all columns that exist, and ``cells`` up to the last filled one.

    ``doubts``: field code and message of each cell that can be read in two ways. Somebody must accept them before the
    row is written; ``accepts_doubts`` says that this was done.

    ``changes``: what the row changes in a record of the database; None where it changes none. An empty list stands for
    a change whose values nobody may see.
    """

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, object]
    warnings: list[Message] = field(default_factory=list)
    doubts: list[tuple[str, Message]] = field(default_factory=list)
    accepts_doubts: bool = False
    changes: list[ChangedValue] | None = None

    @property
    def is_doubted(self) -> bool:
        """Whether the row has a doubt that nobody accepted, so that it must not be written."""
        return bool(self.doubts) and not self.accepts_doubts

    def has(self, code: str) -> bool:
        """Whether the sheet has the column, and the row a cell in it."""
        return code in self.cells

    def is_empty(self, code: str) -> bool:
        """Whether the cell is empty, or its column does not exist."""
        return is_blank(self.cells.get(code))

    def get(self, code: str, default: Any = None) -> Any:  # noqa: ANN401 - the kind of the field says what it is
        """Value of a cell; ``default`` where the column does not exist."""
        return self.values.get(code, default)

    def warn(self, text: str, **values: object) -> None:
        """Add a warning on the row, which is imported all the same."""
        self.warnings.append(Message(text, values))

    def doubt(self, field_code: str, text: str, **values: object) -> None:
        """Mark the row as doubted; the text says what the cell would be taken as."""
        self.doubts.append((field_code, Message(text, values)))


def read_row(row: SheetRow, found: FoundSheet, context: CellContext) -> ReadRow:
    """Parse the cells of a row. Raises :class:`CellError` with the field at fault."""
    values: dict[str, Any] = {}
    doubts: list[tuple[str, Message]] = []
    context.warnings.clear()
    for entry in found.fields:
        context.doubts.clear()
        value = row.cells.get(entry.code)
        if isinstance(value, CellFault):
            raise CellError(value.text, field_code=entry.code, **value.values)
        try:
            values[entry.code] = parse_cell(value, entry, context)
        except DomainError as error:
            raise CellError(error.message.text, field_code=entry.code, **error.message.values) from None
        doubts += [(entry.code, message) for message in context.doubts]
    return ReadRow(row.number, values, row.cells, [*context.warnings], doubts)
