"""Deck as a workbook: one sheet per table with typed cells, after a sheet of contents and credits."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from components.deck.model import Deck
from components.exports.figures import grouped_by_table, shared_heading
from components.exports.workbook.contents import sheet_names, write_contents
from components.exports.workbook.tables import write_table
from components.shell.formatter import Formatter
from data.language import Translator


def deck_xlsx(deck: Deck) -> bytes:
    """Figures of every slide as an XLSX file.

    Percentages are stored as fractions and formatted as percentages, dates as dates, months as their first day; a
    missing figure is a text. Text that a spreadsheet would run as a formula is escaped.
    """
    fmt = Formatter(Translator(deck.language))
    slides = [replace(group[0], heading=shared_heading(group)) for group in grouped_by_table(deck.slides)]
    book = Workbook()
    contents = _first_sheet(book, fmt.translate("Contents"))
    names = sheet_names([slide.heading or slide.title for slide in slides], taken=contents.title)
    write_contents(contents, deck, slides, names, fmt=fmt)
    for slide, name in zip(slides, names, strict=True):
        write_table(book.create_sheet(name), slide, deck.credits, fmt=fmt)
    book.properties.title = deck.title
    book.properties.creator = "Hamkor"
    book.properties.created = deck.finalised_at.replace(tzinfo=None)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _first_sheet(book: Workbook, title: str) -> Worksheet:
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    sheet.title = title
    return sheet
