"""Reads the XML of one sheet: the values of its cells, and what is hidden, merged or left without a result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601

from data.texts.visible import decode_escapes, visible_text
from data.workbook import errors
from data.workbook.cells.numbers import is_blank
from data.workbook.errors import WorkbookError
from data.workbook.reading.number_formats import PLAIN, NumberFormat
from data.workbook.reading.xml_stream import XmlReader, in_main
from data.workbook.rows import CellFault

ROW_LIMIT = 100_000
COLUMN_LIMIT = 200
CELL_LIMIT = 6_000_000
"""Most cells of a sheet with the empty ones, which cost little."""
FILLED_LIMIT = 2_000_000
BEYOND_LIMIT = 200_000
"""Most filled cells in columns after the last that counts."""
TEXT_LIMIT = 32_767
"""Most characters of a cell, as in a spreadsheet program."""
SHEET_TEXT_LIMIT = 40_000_000
_KINDS = in_main("sheetFormatPr", "col", "row", "c", "f", "v", "is", "t", "rPh", "mergeCell")
_LINK = re.compile(r"\[\d+\][^\[\]]*!|'file:|https?://")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")


@dataclass(frozen=True)
class WorkbookFacts:
    """What the sheets of a workbook share: texts, formats by style, and how it counts days.

    ``is_uncalculated``: the program that wrote it left all results to the next one.
    """

    texts: Sequence[str]
    formats: Sequence[NumberFormat]
    epoch: datetime
    is_uncalculated: bool


@dataclass
class SheetContent:
    """Content of a sheet.

    ``rows``: filled rows with their numbers, the lower cells of a merged range with its value. ``merged``: those
    cells, and its first one, by row and column -> number of the range's first row; ``wide``: first cells of ranges
    over several columns -> last column. Rows and columns count from 1.
    """

    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    linked_rows: list[int] = field(default_factory=list)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    wide: dict[tuple[int, int], int] = field(default_factory=dict)
    has_more_columns: bool = False


class SheetReader(XmlReader):
    """Reader of a sheet's part; :attr:`content` holds what was read."""

    def __init__(self, name: str, facts: WorkbookFacts) -> None:
        self.content = SheetContent()
        self._name = name
        self._facts = facts
        self._columns: dict[str, int] = {}
        self._known_texts: dict[str, str] = {}
        self._ranges: list[tuple[int, int, int, int]] = []
        self._cells = self._filled = self._beyond = self._characters = 0
        self._is_hidden_by_default = self._is_row_hidden = self._is_linked = False
        self._linked_formulas: set[str] = set()
        self._number = self._column = 0
        self._row: list[object] = []
        self._cell: dict[str, str] = {}
        self._formula: dict[str, str] | None = None
        self._formula_text: list[str] = []
        self._value: list[str] | None = None
        self._pieces: list[str] | None = None
        self._length = self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element."""
        kind = _KINDS.get(name)
        if kind == "c":
            self._start_cell(attributes)
        elif kind in {"v", "t"}:
            if not self._phonetic and self._column:
                self._value = self._pieces = self._value or []
        elif kind == "row":
            self._start_row(attributes)
        elif kind == "f":
            self._formula, self._pieces = attributes, self._formula_text
        else:
            self._start_other(kind, attributes)

    def _start_other(self, kind: str | None, attributes: dict[str, str]) -> None:
        self.count_other(kind != "is")
        if kind == "rPh":
            self._phonetic += 1
        elif kind == "sheetFormatPr":
            self._is_hidden_by_default = _is_true(attributes.get("zeroHeight"))
        elif kind == "col" and (_is_true(attributes.get("hidden")) or attributes.get("width") == "0"):
            last = min(int(attributes["max"]), COLUMN_LIMIT)
            self.content.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif kind == "mergeCell":
            left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(attributes["ref"]))
            if left <= COLUMN_LIMIT:
                self._ranges.append((top, left, min(right, COLUMN_LIMIT), bottom))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._count_cell()
        number = attributes.get("r")
        self._number = int(float(number)) if number else self._number + 1
        hidden = attributes.get("hidden")
        self._is_row_hidden = _is_true(hidden) if hidden is not None else self._is_hidden_by_default
        self._is_row_hidden |= attributes.get("ht") == "0"
        self._row, self._column, self._is_linked = [], 0, False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._count_cell()
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            self._column = self._column_of(place.rstrip("0123456789"))
        self._cell, self._formula, self._value, self._pieces = attributes, None, None, None
        self._length = self._phonetic = 0

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > CELL_LIMIT:
            raise WorkbookError(errors.TOO_MANY_CELLS, sheet=self._name, limit=CELL_LIMIT)

    def _column_of(self, letters: str) -> int:
        found = self._columns.get(letters)
        if found is None:
            found = self._columns[letters] = column_index_from_string(letters)
        return found

    def text(self, piece: str) -> None:
        """Take a piece of a value or formula, up to the most that a cell can hold."""
        if self._pieces is not None and self._length <= TEXT_LIMIT:
            self._pieces.append(piece)
            self._length += len(piece)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        kind = _KINDS.get(name)
        if kind == "c":
            self._end_cell()
        elif kind in {"v", "t"}:
            self._pieces = None
        elif kind == "f":
            self._pieces, self._length = None, 0
            self._end_formula()
        elif kind == "row":
            self._end_row()
        elif kind == "rPh":
            self._phonetic -= 1

    def _end_formula(self) -> None:
        text, shared = "".join(self._formula_text), (self._formula or {}).get("si", "")
        self._formula_text.clear()
        if _LINK.search(text):
            self._linked_formulas.add(shared)
            self._is_linked = True
        elif not text and shared and shared in self._linked_formulas:
            self._is_linked = True

    def _end_cell(self) -> None:
        if self._value is not None or self._formula is not None:
            value = self._read_value("".join(self._value or ()))
            if value is not None:
                self._place(value)
        self._value = self._pieces = None

    def _place(self, value: object) -> None:
        self._filled += 1
        if self._filled > FILLED_LIMIT:
            raise WorkbookError(errors.TOO_MANY_CELLS, sheet=self._name, limit=FILLED_LIMIT)
        if self._column > COLUMN_LIMIT:
            self.content.has_more_columns = True
            self._beyond += 1
            if self._beyond > BEYOND_LIMIT:
                raise WorkbookError(errors.TOO_MANY_CELLS, sheet=self._name, limit=BEYOND_LIMIT)
            return
        row = self._row
        if self._column > len(row):
            row.extend([None] * (self._column - len(row)))
        row[self._column - 1] = value

    def _end_row(self) -> None:
        self._column = 0
        row, number = self._row, self._number
        if not row or all(value is None or is_blank(value) for value in row):
            return
        self.content.rows.append((number, row))
        if len(self.content.rows) > ROW_LIMIT:
            raise WorkbookError(errors.TOO_MANY_ROWS, sheet=self._name, limit=ROW_LIMIT)
        if self._is_row_hidden:
            self.content.hidden_rows.append(number)
        if self._is_linked:
            self.content.linked_rows.append(number)

    def _read_value(self, text: str) -> object:
        """Value of a cell whose content is ``text``; None where it is empty."""
        kind = self._cell.get("t", "n")
        # A text as the result may be empty; a number that nobody has calculated is left out or stored as 0.
        is_missing = not text or (self._facts.is_uncalculated and text == "0")
        if self._formula is not None and kind != "str" and is_missing:
            return CellFault(errors.NO_RESULT)
        if not text:
            return None
        if kind == "s":
            return self._shared_text(text)
        if kind in {"str", "inlineStr"}:
            return self._own_text(visible_text(decode_escapes(text)))
        if kind == "b":
            return _is_true(text)
        if kind == "d":
            with suppress(ValueError):
                return from_ISO8601(text)
            return self._own_text(text)
        return self._own_text(text) if kind == "e" else self._read_number(text.strip())

    def _shared_text(self, text: str) -> str | None:
        found = self._facts.texts[int(text)]
        self._count_characters(found)
        return found or None

    def _own_text(self, text: str) -> str | None:
        self._count_characters(text)
        return self._known_texts.setdefault(text, text) if text else None

    def _count_characters(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > SHEET_TEXT_LIMIT:
            raise WorkbookError(errors.TOO_MUCH_TEXT)

    def _read_number(self, text: str) -> object:
        if not text.isascii() or len(text) > 40 or not _NUMBER.fullmatch(text):
            return self._own_text(text)
        value = int(text) if text.isdigit() else float(text)
        style = self._cell.get("s")
        number_format = self._format(int(style)) if style else PLAIN
        if number_format.is_date:
            with suppress(OverflowError, ValueError):
                return from_excel(value, self._facts.epoch, timedelta=number_format.is_duration)
            return value
        return number_format.shown(value)

    def _format(self, style: int) -> NumberFormat:
        return self._facts.formats[style] if style < len(self._facts.formats) else PLAIN

    def finish(self) -> SheetContent:
        """Content with the values of merged ranges in all their filled rows."""
        starts: dict[int, list[tuple[int, int, int]]] = {}
        for top, left, right, bottom in self._ranges:
            starts.setdefault(top, []).append((left, right, bottom))
            if left < right:
                self.content.wide[top, left] = right
        held: dict[int, tuple[int, int, object]] = {}
        for number, row in self.content.rows:
            for column, (top, bottom, value) in list(held.items()):
                if number > bottom:
                    del held[column]
                    continue
                row.extend([None] * (column - len(row)))
                if row[column - 1] is None:
                    row[column - 1] = value
                    self.content.merged[number, column] = top
            for left, _, bottom in starts.get(number, ()):
                if bottom > number and left <= len(row) and row[left - 1] is not None:
                    held[left] = (number, bottom, row[left - 1])
                    self.content.merged[number, left] = number
        return self.content


def _is_true(text: str | None) -> bool:
    return text in {"1", "true"}
