"""Recognises the sheets of a report, and extracts the records of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from data.language import Language, Message
from data.registers import SHEETS
from data.registers.declaration import FEWEST_HEADINGS, GUIDE, LISTS, RegisterSheet
from data.workbook import errors
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.text_matching import MatchQuality, WordIndex, fold
from data.workbook.errors import WorkbookError
from data.workbook.reading.files import RawSheet
from data.workbook.reading.headings import Header, find_header
from data.workbook.reading.non_data_rows import NonDataRows
from data.workbook.rows import FoundSheet, SheetRow


def _has_required(header: Header, sheet: RegisterSheet) -> bool:
    there = {field.code for field in header.fields.values()}
    return all(field.code in there for field in sheet.fields if field.is_required)


@cache
def _sheet_index() -> WordIndex[RegisterSheet]:
    return WordIndex((word, sheet) for sheet in SHEETS for word in sheet.names)


def _by_name(name: str) -> RegisterSheet | None:
    bare = re.sub(r"\([^)]*\)|[\d._\-№]+", " ", name)
    for reading in (name, bare):
        sheet, _ = _sheet_index().find(reading)
        if sheet is not None:
            return sheet
    words = [_sheet_index().find(word) for word in fold(bare).split()]
    found = {sheet.code: sheet for sheet, likeness in words if sheet is not None and likeness >= MatchQuality.LOOSE}
    return next(iter(found.values())) if len(found) == 1 else None


def _by_content(raw: RawSheet) -> RegisterSheet | None:
    scores = []
    for sheet in SHEETS:
        header = find_header(raw, sheet)
        # A few headings are enough only where the sheet's name says what it is.
        if header is not None and len(header.fields) >= FEWEST_HEADINGS and _has_required(header, sheet):
            scores.append((header.score, sheet))
    return max(scores, key=lambda entry: entry[0])[1] if scores else None


def _records(raw: RawSheet, header: Header, sheet: RegisterSheet) -> tuple[list[SheetRow], list[tuple[int, Message]]]:
    records: list[SheetRow] = []
    warnings: list[tuple[int, Message]] = []
    non_data_rows = NonDataRows(header, sheet)
    for number, cells in raw.rows[header.position + 1 :]:
        known = {field.code: cells[at] for at, field in header.fields.items() if at < len(cells)}
        if all(is_blank(value) for value in known.values()) or non_data_rows.includes(cells):
            continue
        if non_data_rows.is_fragment(cells):
            warnings.append((number, Message(errors.NOT_A_RECORD)))
            continue
        records.append(SheetRow(number, known))
    return records, warnings


def _recognise(raw: RawSheet, sheet: RegisterSheet) -> FoundSheet:
    header = find_header(raw, sheet)
    if header is None:
        raise WorkbookError(errors.NO_HEADER, sheet=raw.name)
    there = {field.code for field in header.fields.values()}
    missing = [field.canonical for field in sheet.fields if field.is_required and field.code not in there]
    if missing:
        raise WorkbookError(errors.MISSING_COLUMNS, sheet=raw.name, columns=", ".join(missing))
    rows, warnings = _records(raw, header, sheet)
    at_row = raw.rows[header.position][0]
    unknown = [(at_row, Message(errors.UNKNOWN_COLUMN, {"heading": heading[:60]})) for heading in header.unknown]
    fields = tuple(field for field in sheet.fields if field.code in there)
    return FoundSheet(sheet, raw.name, fields, tuple(rows), (*unknown, *warnings))


@cache
def _template_sheets() -> frozenset[str]:
    """Names of the sheets that a template has besides those to fill in."""
    return frozenset([*GUIDE.in_all_languages(), *LISTS.in_all_languages()])


def find_sheets(raws: Iterable[RawSheet]) -> tuple[list[FoundSheet], list[tuple[str, Message]]]:
    """Sheets of a report in declared order, and warnings on sheets that were skipped.

    Raises :class:`WorkbookError` where there is none at all, headings are missing, or two sheets have the same
    register.
    """
    found: dict[str, FoundSheet] = {}
    skipped_sheets: list[tuple[str, Message]] = []
    for raw in raws:
        if not raw.rows or raw.name in _template_sheets():
            continue
        sheet = _by_name(raw.name) or _by_content(raw)
        if sheet is None:
            skipped_sheets.append((raw.name, Message(errors.UNKNOWN_SHEET)))
            continue
        recognised = _recognise(raw, sheet)
        earlier = found.get(sheet.code)
        if earlier and earlier.rows and recognised.rows:
            raise WorkbookError(errors.REPEATED_SHEET, first=earlier.name, second=raw.name)
        if not (earlier and earlier.rows):
            found[sheet.code] = recognised
    if not found:
        raise WorkbookError(
            errors.NO_SHEET, sheets=", ".join(sheet.name.in_language(Language.UZ_LATN) for sheet in SHEETS)
        )
    return [found[sheet.code] for sheet in SHEETS if sheet.code in found], skipped_sheets
