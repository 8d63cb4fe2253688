"""Native tables: columns that fit their words, the largest of a few type sizes, further slides for further rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.table import _Cell as Cell
from pptx.util import Pt

from components.deck.model import FigureColumn, Table
from components.deck.texts import even_parts, shortened, value_text
from components.exports.cells import NUMERIC_KINDS
from components.exports.office import column_widths, line_count, word_widths
from components.exports.slides.texts import LINE_HEIGHT, add_run, describe
from components.shell.formatter import Formatter

# The style of tables in the template.
TABLE_STYLE = "{6A1B4F8F-2C57-4C0C-9E11-7A9CC03E6EA3}"
# Sizes of one slide's table; one that goes on to further slides is not written smaller than that.
SIZES, SMALLEST_IN_PARTS = (20.0, 18.0, 16.0, 14.0, 12.0), 14.0
TITLE_SIZE = 13.0
# In large type no cell is higher than that.
LARGE, MOST_LINES = 18.0, 3
# A cell with more is cut; the whole of it is in the workbook.
LONGEST_TEXT = 240
WIDTH, HEIGHT, HEIGHT_WITH_REMARKS = 872.0, 344.0, 296.0
SIDE, ABOVE = 8.0, 6.0
# Few rows are spread a little, so that they do not crowd under the title.
ROOM_FOR_ROW = 14.0
Rows = Sequence[Sequence[str]]


def table_parts(table: Table, *, fmt: Formatter, has_remarks: bool) -> list[Table]:
    """Table split over as many slides as it takes, as evenly as possible."""
    texts, height = _texts(table, fmt), _room(has_remarks)
    numbers = range(len(table.rows))
    for count in range(1, max(1, len(numbers)) + 1):
        made = list(even_parts(numbers, most=max(1, -(-len(numbers) // count))))
        smallest = SIZES[-1] if count == 1 else SMALLEST_IN_PARTS
        if all(sum(_heights(table, [texts[row] for row in some], smallest)) <= height for some in made):
            break
    return [_part(table, some) for some in made]


def insert_table(
    place: Any,  # noqa: ANN401 - untyped in the library
    table: Table,
    *,
    fmt: Formatter,
    alternative: str,
    has_remarks: bool,
) -> None:
    """Insert a table into a table placeholder."""
    texts, height = _texts(table, fmt), _room(has_remarks)
    size = next((size for size in SIZES if _fits(table, texts, size, height)), SIZES[-1])
    heights = _heights(table, texts, size)
    room = min(ROOM_FOR_ROW, max(0.0, height - sum(heights)) / len(heights))
    frame = place.insert_table(rows=len(texts) + 1, cols=len(table.columns))
    describe(frame, alternative)
    frame.element.xpath(".//a:tableStyleId")[0].text = TABLE_STYLE
    frame.table.horz_banding = False
    for column, width in zip(frame.table.columns, _widths(_titles(table), texts, size), strict=True):
        column.width = Pt(width)
    for row, row_height in zip(frame.table.rows, heights, strict=True):
        row.height = Pt(row_height + room)
    frame.height = Pt(sum(heights) + room * len(heights))
    for at, column in enumerate(table.columns):
        _write_cell(frame.table.cell(0, at), column.title, column, size=TITLE_SIZE)
        for row, values in enumerate(table.rows):
            cell = frame.table.cell(row + 1, at)
            colour = MSO_THEME_COLOR.ACCENT_5 if values[at] is None else None
            _write_cell(cell, texts[row][at], column, size=size, colour=colour, is_bold=row in table.emphasised)


def _write_cell(
    cell: Cell,
    text: str,
    column: FigureColumn,
    *,
    size: float,
    colour: MSO_THEME_COLOR | None = None,
    is_bold: bool = False,
) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.kind in NUMERIC_KINDS else PP_ALIGN.LEFT
    run = add_run(paragraph, text, size=size, colour=colour)
    if is_bold:
        run.font.bold = True


def _part(table: Table, numbers: Sequence[int]) -> Table:
    emphasised = frozenset(place for place, number in enumerate(numbers) if number in table.emphasised)
    return replace(table, rows=tuple(table.rows[number] for number in numbers), emphasised=emphasised)


def _texts(table: Table, fmt: Formatter) -> list[list[str]]:
    return [
        [
            shortened(value_text(value, column, fmt=fmt), LONGEST_TEXT)
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]


def _room(has_remarks: bool) -> float:  # noqa: FBT001 - of one argument
    return HEIGHT_WITH_REMARKS if has_remarks else HEIGHT


def _fits(table: Table, texts: Rows, size: float, height: float) -> bool:
    """Whether the rows fit, with no word broken and no cell of many short lines in large type."""
    widths = word_widths(_titles(table), texts, size=size, margins=2 * SIDE)
    heights = _heights(table, texts, size)
    is_pile = size >= LARGE and max(heights[1:], default=0) > MOST_LINES * size * LINE_HEIGHT + 2 * ABOVE
    return sum(heights) <= height and (sum(widths) <= WIDTH or size == SIZES[-1]) and not is_pile


def _heights(table: Table, texts: Rows, size: float) -> list[float]:
    """Estimated heights of the titles and of each row."""
    titles = _titles(table)
    widths = [width - 2 * SIDE for width in _widths(titles, texts, size)]
    return [_height(titles, widths, TITLE_SIZE), *(_height(row, widths, size) for row in texts)]


def _widths(titles: Sequence[str], texts: Rows, size: float) -> list[float]:
    return column_widths(titles, texts, width=WIDTH, size=size, margins=2 * SIDE)


def _titles(table: Table) -> list[str]:
    return [column.title for column in table.columns]


def _height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(line_count(text, width=width, size=size) for text, width in zip(texts, widths, strict=True))
    return lines * size * LINE_HEIGHT + 2 * ABOVE
