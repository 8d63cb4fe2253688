"""Opens a workbook safely and yields the cell values of its sheets, row by row.

Limits: file size, unpacked size, number of rows and columns; entity declarations are refused. Formulas are read by
their cached values. Cells merged vertically all get the value.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import openpyxl
from openpyxl.utils.cell import range_boundaries

from data.workbook import errors
from data.workbook.cells.numbers import is_blank
from data.workbook.errors import WorkbookError

FILE_LIMIT = 30 * 1024 * 1024
UNPACKED_LIMIT = 300 * 1024 * 1024
ROW_LIMIT = 100_000
COLUMN_LIMIT = 200
BLANK_RUN_LIMIT = 20_000
Merged = dict[tuple[int, int], int]
_BLOCK = 1024 * 1024
_DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')


@dataclass(frozen=True)
class RawSheet:
    """Sheet as read: its name and its non-empty rows with their numbers."""

    name: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise WorkbookError(errors.NOT_A_FILE, name=path.name)
    if path.stat().st_size > FILE_LIMIT:
        megabytes = round(path.stat().st_size / 1024 / 1024)
        raise WorkbookError(errors.TOO_BIG, megabytes=megabytes, limit=FILE_LIMIT // 1024 // 1024)
    with path.open("rb") as source:
        start = source.read(8)
        source.seek(0)
        if start.startswith(_OLE):
            is_encrypted = "EncryptedPackage".encode("utf-16-le") in source.read()
            raise WorkbookError(errors.ENCRYPTED if is_encrypted else errors.OLD_WORKBOOK)
    if not start.startswith(_ZIP):
        raise WorkbookError(errors.NOT_A_WORKBOOK)


def _check_parts(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        if "[Content_Types].xml" not in package.namelist():
            raise WorkbookError(errors.NOT_A_WORKBOOK)
        unpacked = sum(part.file_size for part in parts)
        if unpacked > UNPACKED_LIMIT:
            raise WorkbookError(
                errors.TOO_BIG, megabytes=unpacked // 1024 // 1024, limit=UNPACKED_LIMIT // 1024 // 1024
            )
        for part in parts:
            with package.open(part) as content:
                if _declares_entities(content):
                    raise WorkbookError(errors.DAMAGED)


def _declares_entities(content: IO[bytes]) -> bool:
    """Whether a part has a document type declaration, in any encoding and at any position; no spreadsheet program
    writes one.
    """
    before = b""
    while block := content.read(_BLOCK):
        if any(mark in before + block for mark in _DOCUMENT_TYPES):
            return True
        before = block[-64:]
    return False


def _merged_downwards(path: Path, part: str) -> Merged:
    """Vertically merged ranges: (row, column) of the first cell -> last row, counted from 1."""
    with zipfile.ZipFile(path) as package:
        found = _MERGED.findall(package.read(part)) if part in package.namelist() else []
    merged: Merged = {}
    for reference in found:
        left, top, _, bottom = (int(edge or 0) for edge in range_boundaries(reference.decode("ascii")))
        if top < bottom and left <= COLUMN_LIMIT:
            merged[top, left] = bottom
    return merged


def _without_blank_end(row: list[object]) -> tuple[object, ...]:
    """Row up to its last filled cell, since a sheet may be as wide as the limit."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _fill_down(row: list[object], number: int, merged: Merged, held: dict[int, tuple[int, object]]) -> None:
    """Give the lower cells of a merged range its value; ``held`` carries it from row to row by column."""
    for at in range(1, len(row) + 1):
        if (number, at) in merged:
            held[at] = (merged[number, at], row[at - 1])
        elif row[at - 1] is None and at in held and number <= held[at][0]:
            row[at - 1] = held[at][1]


def _filled_rows(
    name: str, rows: Iterator[tuple[object, ...]], merged: Merged
) -> Iterator[tuple[int, tuple[object, ...]]]:
    held: dict[int, tuple[int, object]] = {}
    blank_run = 0
    for number, cells in enumerate(rows, 1):
        row = list(cells[:COLUMN_LIMIT])
        is_blank_row = all(value is None or is_blank(value) for value in row)
        if merged:
            _fill_down(row, number, merged, held)
        blank_run = blank_run + 1 if is_blank_row else 0
        if blank_run > BLANK_RUN_LIMIT:
            return
        if number > ROW_LIMIT and not blank_run:
            raise WorkbookError(errors.TOO_MANY_ROWS, sheet=name, limit=ROW_LIMIT)
        if not blank_run:
            yield number, _without_blank_end(row)


def _read(path: Path) -> Iterator[RawSheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            # The stated size of a sheet may be wrong; without it the rows themselves count.
            sheet.reset_dimensions()
            merged = _merged_downwards(path, str(sheet._worksheet_path).lstrip("/"))
            rows = sheet.iter_rows(values_only=True, max_col=COLUMN_LIMIT)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                raw = RawSheet(str(sheet.title), tuple(_filled_rows(str(sheet.title), rows, merged)))
            yield raw
    finally:
        book.close()


def read_workbook(path: Path) -> Iterator[RawSheet]:
    """Sheets of a workbook, yielded one at a time to keep only one in memory.

    Raises :class:`WorkbookError` for anything that is not a readable workbook.
    """
    _check_file(path)
    try:
        _check_parts(path)
        yield from _read(path)
    except WorkbookError:
        raise
    except Exception as error:
        # openpyxl raises errors of any kind on damaged files; the person can only save the file anew.
        raise WorkbookError(errors.DAMAGED) from error
