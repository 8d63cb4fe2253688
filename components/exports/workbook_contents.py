"""The first sheet of a workbook: what it is, when it was frozen, what is on which sheet, and the credits."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from components.deck.model import Column, Deck, Slide, ValueKind
from components.exports.workbook_table import LINK, QUIET, TITLE, set_paper, write_headings, write_text
from components.shell.formatter import Formatter

WIDTHS = {"A": 36, "B": 100, "C": 10}


def write_contents(
    sheet: Worksheet, deck: Deck, slides: Sequence[Slide], names: Sequence[str], *, fmt: Formatter
) -> None:
    """Fill the first sheet; each name of a sheet leads to it."""
    heading = _write_top(sheet, deck)
    write_headings(sheet, heading, _columns(fmt))
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    for row, (slide, name) in enumerate(zip(slides, names, strict=True), heading + 1):
        link = write_text(sheet.cell(row, 1), name)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1", display=name)
        link.font = LINK
        conclusion = write_text(sheet.cell(row, 2), slide.title)
        link.alignment, conclusion.alignment = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
        sheet.cell(row, 3, len(slide.figures.rows)).alignment = Alignment(vertical="top")
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    set_paper(sheet, deck.credits)


def _write_top(sheet: Worksheet, deck: Deck) -> int:
    """Title, subtitle and the credits; gives the row of the heading below them."""
    lines = list(deck.credits)
    write_text(sheet.cell(1, 1), deck.title).font = TITLE
    write_text(sheet.cell(2, 1), deck.subtitle)
    for row, line in enumerate(lines, 3):
        write_text(sheet.cell(row, 1), line).font = QUIET
    return 3 + len(lines) + 1


def _columns(fmt: Formatter) -> tuple[Column, ...]:
    translate = fmt.translate
    return (
        Column(translate("Sheet")),
        Column(translate("Conclusion")),
        Column(translate("Rows"), ValueKind.COUNT),
    )
