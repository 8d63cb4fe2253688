"""Sheet names of a workbook, and its first sheet: title, contents and credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from components.deck.model import Deck, FigureColumn, Slide, ValueKind
from components.exports.cells import without_control_characters
from components.exports.workbook.tables import LINK, QUIET, TITLE, set_paper, write_headings, write_text
from components.shell.formatter import Formatter

# Names of sheets are short, without the signs that spreadsheets refuse, and each stands only once.
LONGEST_NAME = 31
# Rather than lose more than this a word is cut.
SHORTEST_CUT = 8
_REFUSED = re.compile(r"[\[\]:*?/\\']")
WIDTHS = {"A": 36, "B": 100, "C": 10}


def write_contents(
    sheet: Worksheet, deck: Deck, slides: Sequence[Slide], names: Sequence[str], *, fmt: Formatter
) -> None:
    """Fill the first sheet; each sheet name is a link to its sheet."""
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
    """Write title, subtitle and credits; returns the row of the heading below them."""
    lines = list(deck.credits)
    write_text(sheet.cell(1, 1), deck.title).font = TITLE
    write_text(sheet.cell(2, 1), deck.subtitle)
    for row, line in enumerate(lines, 3):
        write_text(sheet.cell(row, 1), line).font = QUIET
    return 3 + len(lines) + 1


def _columns(fmt: Formatter) -> tuple[FigureColumn, ...]:
    translate = fmt.translate
    return (
        FigureColumn(translate("Sheet")),
        FigureColumn(translate("Conclusion")),
        FigureColumn(translate("Rows"), ValueKind.COUNT),
    )


def sheet_names(headings: Sequence[str], *, taken: str) -> list[str]:
    """Sheet name for each heading: its number and as much of the heading as fits; ``taken`` is a
    name already in use.
    """
    used = {taken.casefold()}
    names = []
    for number, heading in enumerate(headings, 1):
        name = _short(f"{number}. {_REFUSED.sub(' ', without_control_characters(heading))}")
        # The number makes it unlike the others; a name that is taken can only be one of the product's own words.
        names.append(name if name.casefold() not in used else f"{number}.")
        used.add(names[-1].casefold())
    return names


def _short(text: str) -> str:
    """Text cut to the longest sheet name, at a word where possible."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_NAME:
        return text
    words, rest = text[: LONGEST_NAME - 1], text[LONGEST_NAME - 1 :]
    if not rest.startswith(" ") and " " in words[SHORTEST_CUT:]:
        words = words.rsplit(" ", 1)[0]
    return words.rstrip(" ,;:–-") + "…"
