"""Real tables: columns as wide as their share and their longest word ask, rows as many as a slide holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.placeholder import TablePlaceholder
from pptx.slide import Slide as NativeSlide
from pptx.table import Table as NativeTable
from pptx.table import _Cell as Cell
from pptx.util import Pt

from components.deck.model import Column, Table
from components.deck.words import parts, shortened, value_text
from components.exports.cells import NUMERIC_KINDS
from components.exports.slides_fit import Passage, line_height, text_width, words, wrapped
from components.exports.slides_layouts import CONTENT_INDEX
from components.exports.slides_markup import Font, Hue, Style
from components.exports.slides_master import TABLE_STYLE
from components.exports.slides_places import Box
from components.exports.slides_text import write_passages
from components.shell.formatter import Formatter

SIZES = (22.0, 20.0, 18.0, 16.0, 14.0)
SMALLEST_SIZES = (13.0, 12.0)
HEADER = Style(13, Hue.MUTED, Font.HEADING)
LONGEST_TEXT = 1000
# What is tried one after the other: how long a cell may be, and whether words may be broken.
ATTEMPTS = ((LONGEST_TEXT, False), (LONGEST_TEXT, True), (100, True), (30, True), (10, True))
LARGE, MOST_LINES = 18.0, 3
SIDE, ABOVE = 8.0, 6.0
ROOM_FOR_ROW = 18.0


@dataclass(frozen=True)
class Grid:
    """A table as it stands on a slide: texts of its cells, size of the type, and width in points."""

    table: Table
    texts: tuple[tuple[str, ...], ...]
    size: float
    width: float

    @cached_property
    def widths(self) -> list[float]:
        """Widths of the columns: each text on one line where all have room for it, else what makes the table lowest.

        No column is narrower than its longest word where there is room for it.
        """
        shares = [column.share / sum(column.share for column in self.table.columns) for column in self.table.columns]
        rest = self.width - sum(self._whole)
        if rest >= 0:
            return [whole + rest * share for whole, share in zip(self._whole, shares, strict=True)]
        return min(self._by_share(shares), self._by_need(), key=lambda widths: sum(self._lines(widths)))

    def _by_share(self, shares: Sequence[float]) -> list[float]:
        pairs = [(self.width * share, least) for share, least in zip(shares, self._least, strict=True)]
        lacking = sum(max(0.0, least - width) for width, least in pairs)
        spare = sum(max(0.0, width - least) for width, least in pairs)
        if lacking >= spare:
            return [width for width, _ in pairs]
        return [least if width <= least else width - (width - least) * lacking / spare for width, least in pairs]

    def _by_need(self) -> list[float]:
        """To each its longest word, and of the rest as much as it lacks to stand on one line."""
        lacks = [whole - least for whole, least in zip(self._whole, self._least, strict=True)]
        rest = max(0.0, self.width - sum(self._least)) / max(1.0, sum(lacks))
        widths = [least + lack * rest for least, lack in zip(self._least, lacks, strict=True)]
        return [width * self.width / sum(widths) for width in widths]

    def parts(self, count: int, *, size: float) -> list[Grid]:
        """The table in ``count`` parts with type of ``size``, each with the titles of the columns."""
        numbers = parts(range(len(self.texts)), most=-(-len(self.texts) // count))
        return [self._part(some, size) for some in numbers]

    def _part(self, numbers: Sequence[int], size: float) -> Grid:
        emphasised = frozenset(place for place, number in enumerate(numbers) if number in self.table.emphasised)
        rows = tuple(self.table.rows[number] for number in numbers)
        table = replace(self.table, rows=rows, emphasised=emphasised)
        return replace(self, table=table, texts=tuple(self.texts[number] for number in numbers), size=size)

    @property
    def header_height(self) -> float:
        """The least height of the row of titles."""
        titles = [column.title for column in self.table.columns]
        return self._most_lines(titles, HEADER, self.widths) * line_height(HEADER) + 2 * ABOVE

    @cached_property
    def row_heights(self) -> list[float]:
        """The least heights of the rows."""
        return [count * line_height(self.style(row)) + 2 * ABOVE for row, count in enumerate(self._row_lines)]

    @property
    def height(self) -> float:
        """The least height of the table."""
        return self.header_height + sum(self.row_heights)

    @property
    def is_broken(self) -> bool:
        """Is a word wider than its column, or a cell of large type a pile of short lines?"""
        too_narrow = any(width < low for width, low in zip(self.widths, self._least, strict=True))
        return too_narrow or (self.size >= LARGE and max(self._row_lines, default=0) > MOST_LINES)

    def style(self, row: int) -> Style:
        """How the cells of a row are written."""
        return Style(self.size, font=Font.HEADING if row in self.table.emphasised else Font.BODY)

    @cached_property
    def _whole(self) -> list[float]:
        """Widths in which every cell stands on one line; titles may be broken between words."""
        return self._widest(lambda text: [text])

    @cached_property
    def _least(self) -> list[float]:
        """Widths in which no word is broken."""
        return self._widest(words)

    def _widest(self, pieces: Callable[[str], list[str]]) -> list[float]:
        found = []
        for number, column in enumerate(self.table.columns):
            widths = [text_width(word, HEADER) for word in words(column.title)]
            for row, texts in enumerate(self.texts):
                widths += [text_width(piece, self.style(row)) for piece in pieces(texts[number])]
            found.append(max(widths, default=0) + 2 * SIDE)
        return found

    @cached_property
    def _row_lines(self) -> list[int]:
        return self._lines(self.widths)

    def _lines(self, widths: Sequence[float]) -> list[int]:
        """The most lines of a cell in each row."""
        return [self._most_lines(texts, self.style(row), widths) for row, texts in enumerate(self.texts)]

    def _most_lines(self, texts: Sequence[str], style: Style, widths: Sequence[float]) -> int:
        return max(
            len(wrapped(text, width=width - 2 * SIDE, style=style)) for text, width in zip(texts, widths, strict=True)
        )


def grids(table: Table, box: Box, *, fmt: Formatter) -> list[Grid]:
    """The table as large as its box lets it be; on several slides where it does not fit even in small type.

    Words are broken, and at last texts cut, only where nothing else makes a row fit.
    """
    for longest, may_break in ATTEMPTS:
        whole = _grid(table, box, fmt, longest=longest)
        for slides in range(1, len(table.rows) + 1):
            for size in (*SIZES, *SMALLEST_SIZES) if slides == 1 else SIZES:
                made = whole.parts(slides, size=size)
                if all(grid.height <= box.height and (may_break or not grid.is_broken) for grid in made):
                    return made
    return [_grid(table, box, fmt)]


def insert_table(slide: NativeSlide, *, grid: Grid, box: Box, alternative: str) -> None:
    """Put a table into the slide's placeholder; its rows get some of the room that is left, not all."""
    placeholder: TablePlaceholder = slide.placeholders[CONTENT_INDEX]
    frame = placeholder.insert_table(rows=len(grid.texts) + 1, cols=len(grid.table.columns))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alternative)
    native: NativeTable = frame.table
    native._tbl.find("{*}tblPr/{*}tableStyleId").text = TABLE_STYLE
    native.horz_banding = False
    for number, width in enumerate(grid.widths):
        native.columns[number].width = Pt(width)
    room = min(ROOM_FOR_ROW, max(0, box.height - grid.height) / (len(grid.texts) + 1))
    heights = [grid.header_height, *(height + room for height in grid.row_heights)]
    for number, height in enumerate(heights):
        native.rows[number].height = Pt(height)
    frame.height = Pt(sum(heights))
    for number, column in enumerate(grid.table.columns):
        _write_cell(native.cell(0, number), column.title, HEADER, column, MSO_ANCHOR.BOTTOM)
        for row, texts in enumerate(grid.texts):
            style = grid.style(row)
            if grid.table.rows[row][number] is None:
                style = replace(style, hue=Hue.MUTED)
            _write_cell(native.cell(row + 1, number), texts[number], style, column, MSO_ANCHOR.MIDDLE)


def _write_cell(cell: Cell, text: str, style: Style, column: Column, anchor: MSO_ANCHOR) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.vertical_anchor = anchor
    align = "r" if column.kind in NUMERIC_KINDS else "l"
    write_passages(cell.text_frame, [Passage(text, replace(style, align=align))])


def _grid(table: Table, box: Box, fmt: Formatter, *, longest: int = LONGEST_TEXT) -> Grid:
    texts = tuple(
        tuple(
            shortened(value_text(value, column, fmt=fmt), longest)
            for value, column in zip(row, table.columns, strict=True)
        )
        for row in table.rows
    )
    return Grid(table, texts, SIZES[0], box.width)
