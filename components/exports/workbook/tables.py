"""Sheet of one table: its conclusion, a frozen heading, typed cells, and the credits below."""

from __future__ import annotations

import re
from datetime import date, datetime

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from components.charts.palette import ACCENT, COMPARISON, MUTED_TEXT
from components.deck.model import Credits, FigureColumn, Slide, Table, Value, ValueKind
from components.deck.texts import value_text
from components.exports.cells import NUMERIC_KINDS, escaped_formula, without_control_characters
from components.shell.formatter import Formatter, is_missing

TITLE_ROW, DEMO_ROW, HEADING_ROW = 1, 2, 4
FIRST_ROW = HEADING_ROW + 1
DATE_FORMAT, MONTH_FORMAT = "dd.mm.yyyy", "mm.yyyy"
NARROWEST, WIDEST, WIDEST_HEADING = 10, 60, 18
ROOM_FOR_FILTER = 3
# Keeps a figure from touching the text of the next column.
INDENT, ROOM_FOR_INDENT = 1, 3
LONGEST_TEXT = 32_767
A4 = 9

_SIGN_BY_NUMBER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

FONT = "Calibri"
TITLE = Font(name=FONT, bold=True, size=14, color=ACCENT.removeprefix("#"))
QUIET = Font(name=FONT, size=9, color=MUTED_TEXT.removeprefix("#"))
LINK = Font(name=FONT, color=ACCENT.removeprefix("#"), underline="single")
_MISSING = Font(name=FONT, italic=True, color=MUTED_TEXT.removeprefix("#"))
_BOLD = Font(name=FONT, bold=True)
_FILL = PatternFill("solid", fgColor="DCE6F1")
_LINE = Border(bottom=Side("thin", color=COMPARISON.removeprefix("#")))


def write_table(sheet: Worksheet, slide: Slide, credits: Credits, *, fmt: Formatter) -> None:
    """Fill a sheet with the figures of a slide."""
    write_text(sheet.cell(TITLE_ROW, 1), slide.title).font = TITLE
    write_text(sheet.cell(DEMO_ROW, 1), credits.demo_mark).font = QUIET
    write_headings(sheet, HEADING_ROW, slide.figures.columns)
    for row, values in enumerate(slide.figures.rows, FIRST_ROW):
        for at, (value, column) in enumerate(zip(values, slide.figures.columns, strict=True), 1):
            _write_value(sheet.cell(row, at), value, column, fmt)
    for row in slide.figures.emphasised:
        for cell in sheet[FIRST_ROW + row]:
            cell.font = _BOLD
    last = f"{get_column_letter(len(slide.figures.columns))}{HEADING_ROW + len(slide.figures.rows)}"
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{last}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    lines = (line for line in credits if line != credits.demo_mark)
    for row, line in enumerate(lines, FIRST_ROW + len(slide.figures.rows) + 1):
        write_text(sheet.cell(row, 1), line).font = QUIET
    _set_widths(sheet, slide.figures, fmt)
    set_paper(sheet, credits)


def write_text(cell: Cell, text: str) -> Cell:
    """Write text into a cell, never as a formula and never longer than a cell holds; returns the cell."""
    # What looks like the workbook's own way of writing a sign by its number would be read as that sign.
    cell.value = _SIGN_BY_NUMBER.sub("_x005F_", escaped_formula(without_control_characters(text)))[:LONGEST_TEXT]
    cell.data_type = "s"
    return cell


def write_headings(sheet: Worksheet, row: int, columns: tuple[FigureColumn, ...]) -> None:
    """Write the heading of a table; headings of figures are right-aligned."""
    for at, column in enumerate(columns, 1):
        cell = write_text(sheet.cell(row, at), column.title)
        cell.font, cell.fill, cell.border = _BOLD, _FILL, _LINE
        cell.alignment = Alignment(horizontal=_side(column), vertical="center", wrap_text=True, indent=INDENT)


def set_paper(sheet: Worksheet, credits: Credits) -> None:
    """Set up printing: landscape, one page wide, with the demo notice and the page number in the footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # An ampersand begins a command there.
    sheet.oddFooter.left.text, sheet.oddFooter.left.size = (
        without_control_characters(credits.demo_mark).replace("&", "&&"),
        8,
    )
    sheet.oddFooter.right.text, sheet.oddFooter.right.size = "&P / &N", 8


def number_format(column: FigureColumn) -> str:
    """Spreadsheet format of the numbers and dates of a column."""
    if column.kind in (ValueKind.DATE, ValueKind.MONTH):
        return DATE_FORMAT if column.kind is ValueKind.DATE else MONTH_FORMAT
    if column.kind not in NUMERIC_KINDS:
        return "General"
    if column.kind is ValueKind.PERCENT:
        return "0%"
    return f"#,##0.{'0' * column.decimals}" if column.decimals else "#,##0"


def _side(column: FigureColumn) -> str:
    return "right" if column.kind in NUMERIC_KINDS else "left"


def _write_value(cell: Cell, value: Value, column: FigureColumn, fmt: Formatter) -> None:
    is_text = column.kind is ValueKind.TEXT
    cell.alignment = Alignment(horizontal=_side(column), vertical="top", wrap_text=is_text, indent=INDENT)
    if is_missing(value):
        _write_missing(cell, column, fmt)
    elif isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = _typed(value, column)
        cell.number_format = number_format(column)


def _write_missing(cell: Cell, column: FigureColumn, fmt: Formatter) -> None:
    """Write the text for a missing figure, so that it never looks like zero; other cells may stay empty."""
    if column.missing or column.kind in NUMERIC_KINDS:
        write_text(cell, value_text(None, column, fmt=fmt)).font = _MISSING


def _typed(value: Value, column: FigureColumn) -> Value:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    number = float(value)
    return number / 100 if column.kind is ValueKind.PERCENT else number


def _set_widths(sheet: Worksheet, table: Table, fmt: Formatter) -> None:
    """Set column widths to their longest words, within limits; longer texts wrap."""
    for at, column in enumerate(table.columns):
        lengths = [len(value_text(row[at], column, fmt=fmt)) for row in table.rows]
        heading = max(min(len(column.title), WIDEST_HEADING), *map(len, column.title.split()), 0)
        longest = max([heading + ROOM_FOR_FILTER, *lengths])
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(
            max(longest + ROOM_FOR_INDENT, NARROWEST), WIDEST
        )
