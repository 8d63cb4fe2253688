"""Recognises the sheets of a report, and extracts the records of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache

from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from data.language import Language, Message
from data.registers.declaration import FEWEST_HEADINGS, GUIDE, LISTS, RECORD_KEY, FieldKind, RegisterSheet
from data.registers.registry import SHEETS
from data.workbook import errors
from data.workbook.cells.numbers import is_blank
from data.workbook.cells.parsing import TEXT_LIMIT
from data.workbook.cells.text_matching import MatchQuality, WordIndex, fold
from data.workbook.errors import WorkbookError
from data.workbook.reading.files import RawSheet
from data.workbook.reading.headings import Header, find_header
from data.workbook.reading.non_data_rows import NonDataRows
from data.workbook.reading.sheet_xml import COLUMN_LIMIT
from data.workbook.rows import CellFault, FoundSheet, SheetRow

LONGEST_LIST = 20
_DATES = frozenset([FieldKind.DATE, FieldKind.TERM, FieldKind.MONTH])
_FIGURES = frozenset([FieldKind.COUNT, FieldKind.WHOLE, FieldKind.AMOUNT, FieldKind.VALUE, FieldKind.RATING])
_NAMING = frozenset([FieldKind.DISTRICT, FieldKind.STIR, FieldKind.YEAR, FieldKind.MONTH, FieldKind.AREA])
"""Kinds of fields that tell the records of a sheet apart, besides its key."""


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
    """Records of a sheet, and warnings on rows that are passed over or hold cells merged over columns."""
    records: list[SheetRow] = []
    warnings: list[tuple[int, Message]] = []
    non_data_rows = NonDataRows(header, sheet)
    key_at = next((at for at, title in enumerate(header.titles) if title in RECORD_KEY.in_all_languages()), None)
    for number, cells in raw.rows[header.position + 1 :]:
        known = {field.code: cells[at] for at, field in header.fields.items() if at < len(cells)}
        if all(is_blank(value) for value in known.values()) or non_data_rows.includes(cells):
            continue
        if non_data_rows.is_fragment(cells):
            warnings.append((number, Message(errors.NOT_A_RECORD)))
            continue
        if raw.epoch != WINDOWS_EPOCH:
            _count_days_from(raw.epoch, known, sheet)
        for code, value in known.items():
            if isinstance(value, str) and len(value) > TEXT_LIMIT:
                limits = {"length": len(value), "limit": TEXT_LIMIT}
                known[code] = CellFault(errors.TOO_LONG, value, limits)
        record_id, version = 0, 0
        if key_at is not None and key_at < len(cells) and not is_blank(cells[key_at]):
            match = re.fullmatch(rf"{sheet.code}:(\d{{1,15}}):(\d{{1,9}})", str(cells[key_at]).strip())
            if match:
                record_id, version = int(match[1]), int(match[2])
            else:
                known[sheet.key] = CellFault(errors.BROKEN_KEY, known.get(sheet.key))
        records.append(SheetRow(number, known, record_id, version))
        warnings += [(number, message) for message in _wide_cells(raw, header, number)]
    _refuse_merged_figures(raw, header, sheet, records)
    return records, warnings


def _count_days_from(epoch: datetime, cells: dict[str, object], sheet: RegisterSheet) -> None:
    """Turn the day numbers in columns of dates into dates, where the workbook does not count from 1900."""
    for field in sheet.fields:
        value = cells.get(field.code)
        if field.kind in _DATES and isinstance(value, int | float | str) and not isinstance(value, bool):
            text = str(value).strip()
            if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
                cells[field.code] = from_excel(float(text.replace(",", ".")), epoch)


def _wide_cells(raw: RawSheet, header: Header, number: int) -> Iterator[Message]:
    """Warnings on the filled cells of a row that are merged over several known columns."""
    if not raw.content.wide:
        return
    for at, field in header.fields.items():
        last = raw.content.wide.get((number, at + 1), 0)
        if any(other in header.fields for other in range(at + 1, last)):
            yield Message(errors.WIDE_CELL, {"column": field.canonical})


def _refuse_merged_figures(raw: RawSheet, header: Header, sheet: RegisterSheet, records: Sequence[SheetRow]) -> None:
    """Mark figures that are merged over the rows of several records, each of which would get the whole."""
    if not raw.content.merged:
        return
    naming = [field.code for field in sheet.fields if field.code == sheet.key or field.kind in _NAMING]
    ranges: dict[tuple[int, str], list[SheetRow]] = defaultdict(list)
    for record in records:
        for at, field in header.fields.items():
            top = raw.content.merged.get((record.number, at + 1))
            if top is not None and field.kind in _FIGURES:
                ranges[top, field.code].append(record)
    for (_, code), rows in ranges.items():
        if len({tuple(str(row.cells.get(name)) for name in naming) for row in rows}) > 1:
            for row in rows:
                row.cells[code] = CellFault(errors.MERGED_FIGURE, row.cells[code])


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers of rows as a person lists them: 3, 5-9; the first ones where there are many."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    listed = ", ".join("-".join(map(str, run)) for run in runs[:LONGEST_LIST])
    return listed if len(runs) <= LONGEST_LIST else f"{listed}, …"


def _sheet_warnings(raw: RawSheet, header: Header, records: Sequence[SheetRow]) -> Iterator[Message]:
    """Warnings on what is hidden, comes from other files, or stands in columns that nobody knows."""
    content = raw.content
    taken = {record.number for record in records}
    if raw.is_hidden:
        yield Message(errors.HIDDEN_SHEET, {"sheet": raw.name})
    if hidden := [number for number in content.hidden_rows if number in taken]:
        yield Message(errors.HIDDEN_ROWS, {"rows": _numbers(hidden)})
    if columns := [field.canonical for at, field in header.fields.items() if at + 1 in content.hidden_columns]:
        yield Message(errors.HIDDEN_COLUMNS, {"columns": ", ".join(columns)})
    if linked := [number for number in content.linked_rows if number in taken]:
        yield Message(errors.LINKED_ROWS, {"rows": _numbers(linked)})
    if content.has_more_columns:
        yield Message(errors.MORE_COLUMNS, {"limit": COLUMN_LIMIT})
    titled = {at for at, title in enumerate(header.titles) if not is_blank(title)}
    filled = {
        at
        for _, cells in raw.rows[header.position + 1 :]
        for at in range(len(cells))
        if at not in titled and not is_blank(cells[at])
    }
    for at in sorted(filled)[:LONGEST_LIST]:
        yield Message(errors.UNNAMED_COLUMN, {"column": get_column_letter(at + 1)})


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
    columns = [(at_row, message) for message in header.warnings]
    whole = [(0, message) for message in _sheet_warnings(raw, header, rows)]
    fields = tuple(field for field in sheet.fields if field.code in there)
    return FoundSheet(sheet, raw.name, fields, tuple(rows), (*whole, *columns, *warnings))


@cache
def _template_sheets() -> frozenset[str]:
    """Names of the sheets that a template has besides those to fill in."""
    return frozenset([*GUIDE.in_all_languages(), *LISTS.in_all_languages()])


def _add(found: dict[str, FoundSheet], raw: RawSheet, sheet: RegisterSheet) -> None:
    """Add a sheet; an empty one of the same register gives way to it."""
    recognised = _recognise(raw, sheet)
    earlier = found.get(sheet.code)
    if earlier and earlier.rows and recognised.rows:
        raise WorkbookError(errors.REPEATED_SHEET, first=earlier.name, second=raw.name)
    if not (earlier and earlier.rows):
        found[sheet.code] = recognised


def find_sheets(raws: Iterable[RawSheet]) -> tuple[list[FoundSheet], list[tuple[str, Message]]]:
    """Sheets of a report in declared order, and warnings on sheets that were skipped.

    Raises :class:`WorkbookError` where there is none at all, headings are missing, or two sheets have the same
    register.
    """
    found: dict[str, FoundSheet] = {}
    hidden: list[tuple[RawSheet, RegisterSheet]] = []
    skipped_sheets: list[tuple[str, Message]] = []
    for raw in raws:
        if not raw.rows or raw.name in _template_sheets():
            continue
        sheet = _by_name(raw.name) or _by_content(raw)
        if sheet is None:
            skipped_sheets.append((raw.name, Message(errors.UNKNOWN_SHEET)))
        elif raw.is_hidden:
            hidden.append((raw, sheet))
        else:
            _add(found, raw, sheet)
    visible = {code: entry.name for code, entry in found.items() if entry.rows}
    for raw, sheet in hidden:
        # A hidden copy of a sheet is an old one, as a rule.
        if sheet.code in visible:
            message = Message(errors.HIDDEN_COPY, {"sheet": raw.name, "first": visible[sheet.code]})
            skipped_sheets.append((raw.name, message))
        else:
            _add(found, raw, sheet)
    if not found:
        raise WorkbookError(
            errors.NO_SHEET, sheets=", ".join(sheet.name.in_language(Language.UZ_LATN) for sheet in SHEETS)
        )
    return [found[sheet.code] for sheet in SHEETS if sheet.code in found], skipped_sheets
