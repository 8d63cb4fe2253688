"""Tables of the protocol: real ones, with a header that repeats on each page, whole rows and a text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Protocol
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell, _Row

from components.deck import fonts
from components.deck.fonts import Weight
from components.deck.model import Column
from components.deck.model import Table as Figures
from components.deck.words import value_text
from components.exports.cells import NUMERIC_KINDS, clean
from components.exports.protocol_house import text_width
from components.shell.formatter import Formatter

LINE_SHARES = (2, 3)
# The style "Cell" and the margins of a cell in points, and a little for the rounding of office programs.
CELL_SIZE, CELL_MARGINS, ROUNDING = 9, 9, 1.03


@dataclass(frozen=True)
class Sheet:
    """Typed cells in words: headings, the shares of the width, rows, and which columns hold figures."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    emphasised: frozenset[int] = frozenset()

    @classmethod
    def of(cls, figures: Figures, *, fmt: Formatter) -> Sheet:
        """Figures as they are written."""
        rows = (
            tuple(value_text(value, column, fmt=fmt) for value, column in zip(row, figures.columns, strict=True))
            for row in figures.rows
        )
        return cls(figures.columns, tuple(rows), figures.emphasised)


def add_table(document: Protocol, sheet: Sheet, *, alternative: str, holds_next: bool = False) -> None:
    """A table over the whole width; ``alternative`` says what it holds to those who cannot see it.

    With ``holds_next`` its last row stands on the page of what comes after it.
    """
    table = _new_table(document, "Figures", _shares(sheet, width=text_width(document.sections[-1])))
    header = _add_row(table, [column.title for column in sheet.columns], sheet.columns)
    _mark(header, "w:tblHeader")
    for number, texts in enumerate(sheet.rows):
        _add_row(table, texts, sheet.columns, is_strong=number in sheet.emphasised)
    described = OxmlElement("w:tblDescription", attrs={qn("w:val"): clean(alternative)})
    table._tbl.tblPr.append(described)
    after = document.add_paragraph(style="Space")
    for paragraph in [after, *(paragraph for cell in table.rows[-1].cells for paragraph in cell.paragraphs)]:
        paragraph.paragraph_format.keep_with_next = holds_next or None


def add_lines(document: Protocol, labels: Sequence[str], *, hint: str) -> None:
    """Lines to sign or to write on, each behind its label; ``hint`` stands below each in small letters."""
    table = _new_table(document, "Lines", LINE_SHARES)
    for label in labels:
        row = _whole_row(table)
        label_cell, line_cell = row.cells
        _write(label_cell, label, style="Label")
        line_cell.paragraphs[0].style = "Line"
        if hint:
            line_cell.add_paragraph(hint, style="caption")


def _shares(sheet: Sheet, *, width: float) -> list[float]:
    """Widths of the columns in points: what their longest word needs, and of what is left their shares."""
    texts = [column.title for column in sheet.columns], *sheet.rows
    needed = [max(_longest(text) for text in column) + CELL_MARGINS for column in zip(*texts, strict=True)]
    left = max(0.0, width - sum(needed))
    total = sum(column.share for column in sheet.columns)
    return [need + left * column.share / total for need, column in zip(needed, sheet.columns, strict=True)]


def _longest(text: str) -> float:
    """The width of the longest word of a cell, in the heavier weight, which its first row has."""
    words = (fonts.text_width(word, size=CELL_SIZE, weight=Weight.SEMIBOLD) for word in text.split())
    return max(words, default=0.0) * ROUNDING


def _new_table(document: Protocol, style: str, shares: Sequence[float]) -> Table:
    """A table without rows over the whole width between the margins, in columns of these shares."""
    table: Table = document.add_table(rows=0, cols=len(shares), style=style)
    table.autofit = False
    width = text_width(document.sections[-1])
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Pt(width * share / sum(shares))
    return table


def _whole_row(table: Table) -> _Row:
    """A new row that no page break divides; it takes the widths of the columns."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "w:cantSplit")
    return row


def _add_row(table: Table, texts: Sequence[str], columns: Sequence[Column], *, is_strong: bool = False) -> _Row:
    row = _whole_row(table)
    for cell, text, column in zip(row.cells, texts, columns, strict=True):
        _write(cell, text, style="Cell", is_strong=is_strong)
        if column.kind in NUMERIC_KINDS:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return row


def _write(cell: _Cell, text: str, *, style: str, is_strong: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(clean(text), style="Strong" if is_strong else None)


def _mark(row: _Row, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))
