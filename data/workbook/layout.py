"""Finds the sheets of a report, the row of headings in a sheet, and the column that each heading means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.language import Message
from data.workbook import faults
from data.workbook.columns import SHEETS
from data.workbook.declaration import GUIDE, LISTS, Column, Sheet
from data.workbook.faults import WorkbookError
from data.workbook.folding import Likeness, WordIndex, compact, fold, loose
from data.workbook.numbers import is_blank
from data.workbook.reading import RawSheet

HEADER_ROWS = 40
_FEWEST_HEADINGS = 3
# Sheets that a template brings along.
_OWN_SHEETS = frozenset([*GUIDE.by_language().values(), *LISTS.by_language().values()])
_NUMBERING = frozenset(
    ["no", "n", "tr", "nn", "nopp", "pp", "npp", "tartibraqami", "tartibraqam", "tartibno", "nomer", "id"]
)
_TOTAL_WORDS = frozenset(["jami", "itogo", "vsego", "total", "hammasi", "umumiy", "jamlanma"])
_COUNTED = re.compile(
    r"\b(?:soni|nafar|kishi|kolichestvo|chislo|chel|chelovek|kol vo|number of|obshchee|imya)\b", re.IGNORECASE
)


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


@dataclass(frozen=True)
class _Header:
    position: int
    columns: Mapping[int, Column]
    unknown: tuple[str, ...]
    score: float


@cache
def _heading_index(sheet: Sheet) -> WordIndex[Column]:
    return WordIndex((word, column) for column in sheet.columns for word in column.words)


@cache
def _word_sets(sheet: Sheet) -> tuple[tuple[frozenset[str], Column], ...]:
    sets = [(frozenset(loose(fold(word)).split()), column) for column in sheet.columns for word in column.words]
    return tuple(sorted(sets, key=lambda entry: -sum(map(len, entry[0]))))


def _readings(heading: str) -> list[str]:
    """A heading as it is, without what stands in brackets or after a comma, and without words of counting."""
    plain = re.sub(r"\s+", " ", heading).strip(" *:.")
    bare = re.sub(r"\([^)]*\)", " ", plain)
    first = re.split(r"[,:\n]", bare)[0]
    return [plain, bare, first, _COUNTED.sub(" ", fold(first))]


def _match(heading: str, sheet: Sheet) -> tuple[Column | None, float]:
    """The column that a heading means, and how sure that is: 1 for its very words, 0.4 for words within it."""
    index = _heading_index(sheet)
    readings = [reading for reading in _readings(heading) if fold(reading)]
    for lowest, score in ((Likeness.LOOSE, 1.0), (Likeness.SLIP, 0.8)):
        for reading in readings:
            column, likeness = index.find(reading)
            if column is not None and likeness >= lowest:
                return column, score
    words = frozenset(loose(fold(heading)).split())
    if len(words) <= 8:
        for known, column in _word_sets(sheet):
            if known <= words and sum(map(len, known)) >= 4:
                return column, 0.4
    return None, 0.0


def _columns_of(row: Sequence[object], sheet: Sheet) -> tuple[dict[int, Column], list[str], float, list[Column]]:
    """The columns by position, headings without meaning, the score of the row, and columns that are there twice."""
    found = {at: _match(str(value), sheet) for at, value in enumerate(row) if isinstance(value, str) and fold(value)}
    best: dict[str, tuple[float, int]] = {}
    twice: list[Column] = []
    for at, (column, score) in found.items():
        if column is None:
            continue
        known = best.get(column.code)
        if known and known[0] == score == 1.0:
            twice.append(column)
        if known is None or score > known[0]:
            best[column.code] = (score, at)
    columns = {at: column for at, (column, _) in found.items() if column and best[column.code][1] == at}
    unknown = [str(row[at]) for at in found if at not in columns and compact(str(row[at])) not in _NUMBERING]
    return columns, unknown, sum(score for score, _ in best.values()), twice


def _find_header(raw: RawSheet, sheet: Sheet) -> _Header | None:
    best: _Header | None = None
    doubled: list[Column] = []
    for position, (_, row) in enumerate(raw.rows[:HEADER_ROWS]):
        columns, unknown, score, twice = _columns_of(row, sheet)
        if len(columns) >= _FEWEST_HEADINGS and (best is None or score > best.score):
            best, doubled = _Header(position, columns, tuple(unknown), score), twice
    if doubled:
        raise WorkbookError(faults.REPEATED_HEADING, sheet=raw.name, column=doubled[0].canonical)
    return best


def _has_required(header: _Header, sheet: Sheet) -> bool:
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
        header = _find_header(raw, sheet)
        if header is not None and _has_required(header, sheet):
            scores.append((header.score, sheet))
    return max(scores, key=lambda entry: entry[0])[1] if scores else None


def _is_total(cells: Sequence[object], key_at: int | None) -> bool:
    """Whether the row sums up: it says so, and either names no record or holds but numbers besides."""
    filled = {at: value for at, value in enumerate(cells) if not is_blank(value)}
    for at, value in filled.items():
        if isinstance(value, str) and (fold(value).split() or [""])[0] in _TOTAL_WORDS:
            others = [other for place, other in filled.items() if place != at]
            return at == key_at or key_at not in filled or all(map(_is_numeric, others))
    return False


def _is_numeric(value: object) -> bool:
    return isinstance(value, int | float) or re.fullmatch(r"[\d\s.,]+", str(value)) is not None


def _is_count_of_columns(cells: Sequence[object]) -> bool:
    """Whether the row numbers the columns (1, 2, 3 ...), as official forms do under the headings."""
    texts = [str(value).strip(" .()") for value in cells if not is_blank(value)]
    first = int(texts[0]) if texts and texts[0] in {"1", "2"} else 1
    return len(texts) >= _FEWEST_HEADINGS and texts == [str(first + step) for step in range(len(texts))]


def _is_header_again(cells: Sequence[object], header: _Header, titles: Sequence[object]) -> bool:
    same = [at for at in header.columns if at < len(cells) and not is_blank(cells[at]) and cells[at] == titles[at]]
    return len(same) >= _FEWEST_HEADINGS


def _records(raw: RawSheet, header: _Header, sheet: Sheet) -> tuple[list[SheetRow], list[tuple[int, Message]]]:
    records: list[SheetRow] = []
    warnings: list[tuple[int, Message]] = []
    titles = raw.rows[header.position][1]
    key_at = next((at for at, column in header.columns.items() if column.code == sheet.key), None)
    for order, (number, cells) in enumerate(raw.rows[header.position + 1 :]):
        if _is_total(cells, key_at) or _is_header_again(cells, header, titles):
            continue
        if order == 0 and _is_count_of_columns(cells):
            continue
        known = {column.code: cells[at] for at, column in header.columns.items() if at < len(cells)}
        if all(is_blank(value) for value in known.values()):
            continue
        if sum(not is_blank(value) for value in cells) == 1:
            warnings.append((number, Message(faults.NOT_A_RECORD)))
            continue
        records.append(SheetRow(number, known))
    return records, warnings


def _recognise(raw: RawSheet, sheet: Sheet) -> FoundSheet:
    header = _find_header(raw, sheet)
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
        raise WorkbookError(faults.NO_SHEET, sheets=", ".join(sheet.canonical for sheet in SHEETS))
    return [found[sheet.code] for sheet in SHEETS if sheet.code in found], passed_over
