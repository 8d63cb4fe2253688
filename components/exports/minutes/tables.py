"""Tables of the minutes, with a header that repeats on each page, unbroken rows and a text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document as Minutes
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt
from docx.table import Table, _Cell, _Row

from components.deck.model import FigureColumn
from components.deck.model import Table as Figures
from components.deck.texts import value_text
from components.exports.cells import NUMERIC_KINDS, without_control_characters
from components.exports.office import column_widths
from components.shell.formatter import Formatter

# The size of the style "Cell" and the margins of a cell in the template, in points.
CELL_SIZE, CELL_MARGINS = 9, 9
LABEL_SHARE = 0.4


@dataclass(frozen=True)
class TextTable:
    """Formatted cells: columns with their kinds, rows of text, and the rows that are emphasised."""

    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    emphasised: frozenset[int] = frozenset()

    @classmethod
    def of(cls, figures: Figures, *, fmt: Formatter) -> TextTable:
        """Formats a table of figures."""
        rows = (
            tuple(value_text(value, column, fmt=fmt) for value, column in zip(row, figures.columns, strict=True))
            for row in figures.rows
        )
        return cls(figures.columns, tuple(rows), figures.emphasised)


def add_table(document: Minutes, sheet: TextTable, *, alternative: str, keep_with_next: bool = False) -> None:
    """Add a table of the full text width; ``alternative`` is its text alternative.

    With ``keep_with_next`` its last row stays on the page of what follows.
    """
    titles = [column.title for column in sheet.columns]
    width = text_width(document.sections[-1])
    widths = column_widths(titles, sheet.rows, width=width, size=CELL_SIZE, margins=CELL_MARGINS)
    table = _new_table(document, "Figures", widths)
    header = _blank_row(table, sheet.columns)
    rows = [_copied(header, table) for _ in sheet.rows]
    _mark(header, "w:tblHeader")
    for row, texts in zip((header, *rows), (titles, *sheet.rows), strict=True):
        _fill(row, texts)
    for number in sheet.emphasised & frozenset(range(len(rows))):
        for cell in rows[number].cells:
            cell.paragraphs[0].runs[0].style = "Strong"
    described = OxmlElement("w:tblDescription", attrs={qn("w:val"): without_control_characters(alternative)})
    table._tbl.tblPr.append(described)
    after = document.add_paragraph(style="Space")
    for paragraph in [after, *(paragraph for cell in table.rows[-1].cells for paragraph in cell.paragraphs)]:
        paragraph.paragraph_format.keep_with_next = keep_with_next or None


def add_lines(document: Minutes, labels: Sequence[str], *, hint: str) -> None:
    """Add lines to sign or write on, each behind its label; ``hint`` is printed below each in small letters."""
    width = text_width(document.sections[-1])
    table = _new_table(document, "Lines", [width * LABEL_SHARE, width * (1 - LABEL_SHARE)])
    for label in labels:
        label_cell, line_cell = _whole_row(table).cells
        _write(label_cell, label, style="Label")
        line_cell.paragraphs[0].style = "Line"
        if hint:
            line_cell.add_paragraph(hint, style="Caption")


def text_width(section: Section) -> float:
    """Width between the margins in points."""
    edges = (section.page_width, section.left_margin, section.right_margin)
    whole, left, right = (edge.pt if edge is not None else 0.0 for edge in edges)
    return whole - left - right


def _new_table(document: Minutes, style: str, widths: Sequence[float]) -> Table:
    """Table without rows whose columns have these widths in points."""
    table: Table = document.add_table(rows=0, cols=len(widths), style=style)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    return table


def _whole_row(table: Table) -> _Row:
    """New row that no page break divides; it takes the widths of the columns."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "w:cantSplit")
    return row


def _blank_row(table: Table, columns: Sequence[FigureColumn]) -> _Row:
    """New row whose cells have a style and an alignment, but no text."""
    row = _whole_row(table)
    for cell, column in zip(row.cells, columns, strict=True):
        _write(cell, "", style="Cell")
        if column.kind in NUMERIC_KINDS:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return row


def _copied(row: _Row, table: Table) -> _Row:
    """Copy of a row at the end of its table: the library looks up a style by its name anew for each cell."""
    copied = deepcopy(row._tr)
    table._tbl.append(copied)
    return _Row(copied, table)


def _fill(row: _Row, texts: Sequence[str]) -> None:
    """Write texts into the cells of a blank row."""
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].runs[0].text = without_control_characters(text)


def _write(cell: _Cell, text: str, *, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(without_control_characters(text))


def _mark(row: _Row, tag: str) -> None:
    """Set a row property for which the library has no call."""
    row._tr.get_or_add_trPr().append(OxmlElement(tag))
