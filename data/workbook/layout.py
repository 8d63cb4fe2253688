"""Finds the sheets of a report, and the records of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.language import Message
from data.workbook import faults
from data.workbook.asides import Asides
from data.workbook.columns import SHEETS
from data.workbook.declaration import FEWEST_HEADINGS, GUIDE, LISTS, Column, Sheet
from data.workbook.faults import WorkbookError
from data.workbook.folding import Likeness, WordIndex, fold
from data.workbook.headings import Header, find_header
from data.workbook.numbers import is_blank
from data.workbook.reading import RawSheet

# Sheets that a template brings along.
_OWN_SHEETS = frozenset([*GUIDE.by_language().values(), *LISTS.by_language().values()])


@dataclass(frozen=True)
class SheetRow:
    """A record of a sheet: the row's number and its cells by column code."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class FoundSheet:
    """A sheet that was recognised, its columns that are there, its records, and what was passed over."""

    sheet: Sheet
    name: str
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    warnings: tuple[tuple[int, Message], ...]


def _has_required(header: Header, sheet: Sheet) -> bool:
    there = {column.code for column in header.columns.values()}
    return all(column.code in there for column in sheet.columns if column.is_required)


@cache
def _sheet_index() -> WordIndex[Sheet]:
    return WordIndex((word, sheet) for sheet in SHEETS for word in sheet.words)


def _by_name(name: str) -> Sheet | None:
    bare = re.sub(r"\([^)]*\)|[\d._\-№]+", " ", name)
    for reading in (name, bare):
        sheet, _ = _sheet_index().find(reading)
        if sheet is not None:
            return sheet
    words = [_sheet_index().find(word) for word in fold(bare).split()]
    found = {sheet.code: sheet for sheet, likeness in words if sheet is not None and likeness >= Likeness.LOOSE}
    return next(iter(found.values())) if len(found) == 1 else None


def _by_content(raw: RawSheet) -> Sheet | None:
    scores = []
    for sheet in SHEETS:
        header = find_header(raw, sheet)
        # A few headings are enough only where the sheet's name says what it is.
        if header is not None and len(header.columns) >= FEWEST_HEADINGS and _has_required(header, sheet):
            scores.append((header.score, sheet))
    return max(scores, key=lambda entry: entry[0])[1] if scores else None


def _records(raw: RawSheet, header: Header, sheet: Sheet) -> tuple[list[SheetRow], list[tuple[int, Message]]]:
    records: list[SheetRow] = []
    warnings: list[tuple[int, Message]] = []
    asides = Asides(header, sheet)
    for number, cells in raw.rows[header.position + 1 :]:
        known = {column.code: cells[at] for at, column in header.columns.items() if at < len(cells)}
        if all(is_blank(value) for value in known.values()) or asides.is_aside(cells):
            continue
        if asides.is_fragment(cells):
            warnings.append((number, Message(faults.NOT_A_RECORD)))
            continue
        records.append(SheetRow(number, known))
    return records, warnings


def _recognise(raw: RawSheet, sheet: Sheet) -> FoundSheet:
    header = find_header(raw, sheet)
    if header is None:
        raise WorkbookError(faults.NO_HEADER, sheet=raw.name)
    there = {column.code for column in header.columns.values()}
    missing = [column.canonical for column in sheet.columns if column.is_required and column.code not in there]
    if missing:
        raise WorkbookError(faults.MISSING_COLUMNS, sheet=raw.name, columns=", ".join(missing))
    rows, warnings = _records(raw, header, sheet)
    at_row = raw.rows[header.position][0]
    unknown = [(at_row, Message(faults.UNKNOWN_COLUMN, {"heading": heading[:60]})) for heading in header.unknown]
    columns = tuple(column for column in sheet.columns if column.code in there)
    return FoundSheet(sheet, raw.name, columns, tuple(rows), (*unknown, *warnings))


def find_sheets(raws: Sequence[RawSheet]) -> tuple[list[FoundSheet], list[tuple[str, Message]]]:
    """The sheets of a report in their order, and warnings on sheets that are none.

    Raises :class:`WorkbookError` where there is none at all, headings lack, or two sheets hold the same.
    """
    found: dict[str, FoundSheet] = {}
    passed_over: list[tuple[str, Message]] = []
    for raw in raws:
        sheet = (_by_name(raw.name) or _by_content(raw)) if raw.rows else None
        if sheet is None:
            if raw.rows and raw.name not in _OWN_SHEETS:
                passed_over.append((raw.name, Message(faults.UNKNOWN_SHEET)))
            continue
        recognised = _recognise(raw, sheet)
        earlier = found.get(sheet.code)
        if earlier and earlier.rows and recognised.rows:
            raise WorkbookError(faults.REPEATED_SHEET, first=earlier.name, second=raw.name)
        if not (earlier and earlier.rows):
            found[sheet.code] = recognised
    if not found:
        raise WorkbookError(faults.NO_SHEET, sheets=", ".join(sheet.name.uz_latn for sheet in SHEETS))
    return [found[sheet.code] for sheet in SHEETS if sheet.code in found], passed_over
