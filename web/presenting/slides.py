"""Slides as the template shows them: texts, shares of widths, and pictures for each shape of screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from markupsafe import Markup

from components.deck.model import BarChart, Body, Bullets, DistrictMap, LineChart, Slide, Table, ValueKind
from components.deck.pictures import Size, chart_svg, map_svg
from components.deck.texts import value_text
from components.shell.formatter import Formatter
from data.language import Translator


class Beside(StrEnum):
    """Position of the sentences beside a body; on a 4:3 screen they are always below it."""

    NONE = "none"
    RIGHT = "right"
    BELOW = "below"


# The room of a drawing at 1366x768 and at 1024x768.
SIZES = {
    Beside.NONE: {"wide": Size(width=1280, height=530), "tall": Size(width=950, height=540)},
    Beside.RIGHT: {"wide": Size(width=860, height=530), "tall": Size(width=950, height=430)},
    Beside.BELOW: {"wide": Size(width=1280, height=470), "tall": Size(width=950, height=470)},
}
# A map is as legible in either shape of screen.
MAP_SIZES = {"any": Size(width=1100, height=530)}
# Sentences so short stand in one line below a chart, which is then as wide as the slide; so many bars need its height.
ONE_LINE, MOST_BARS = 100, 10
# A column whose texts are all so short keeps each on one line: dates, numbers of documents, states.
SHORT = 12
Drawn = BarChart | LineChart | DistrictMap
NUMBERS = frozenset({ValueKind.COUNT, ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.POINTS})


@dataclass(frozen=True)
class ShownColumn:
    """A column of a table; its width follows its texts."""

    title: str
    is_number: bool
    is_short: bool


@dataclass(frozen=True)
class ShownRow:
    """Texts of a row."""

    texts: tuple[str, ...]
    is_emphasised: bool


@dataclass(frozen=True)
class ShownTable:
    """A table with translated texts."""

    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing for a shape of screen: ``wide`` for 16:9, ``tall`` for 4:3, or ``any``."""

    shape: str
    svg: Markup


@dataclass(frozen=True)
class ShownSlide:
    """A slide with its number from 1, and the data of its body by ``kind``.

    ``said`` are sentences with their authors; ``table`` is the body or, with pictures, the same figures for screen
    readers.
    """

    slide: Slide
    number: int
    kind: str
    table: ShownTable | None = None
    pictures: tuple[Picture, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    @property
    def beside(self) -> Beside:
        """Position of the sentences beside the body."""
        return _beside(self.slide)


def shown_slide(slide: Slide, *, number: int, fmt: Formatter) -> ShownSlide:
    """Return the template's data of a slide."""
    body = slide.body
    if isinstance(body, Drawn):
        sizes = MAP_SIZES if isinstance(body, DistrictMap) else SIZES[_beside(slide)]
        pictures = tuple(Picture(shape, _drawing(body, fmt.translate, size=size)) for shape, size in sizes.items())
        return ShownSlide(slide, number, "picture", shown_table(slide.figures.for_pages, fmt), pictures)
    if isinstance(body, Bullets):
        return ShownSlide(slide, number, "bullets", said=tuple(zip_longest(body.texts, body.sources, fillvalue="")))
    if isinstance(body, Table):
        return ShownSlide(slide, number, "table", shown_table(body, fmt))
    return ShownSlide(slide, number, "tiles")


def shown_table(table: Table, fmt: Formatter) -> ShownTable:
    """Return a table with its values as text."""
    rows = tuple(
        ShownRow(
            tuple(value_text(value, column, fmt=fmt) for value, column in zip(row, table.columns, strict=True)),
            index in table.emphasised,
        )
        for index, row in enumerate(table.rows)
    )
    columns = tuple(
        ShownColumn(
            column.title,
            is_number=column.kind in NUMBERS,
            is_short=all(len(row.texts[place]) <= SHORT for row in rows),
        )
        for place, column in enumerate(table.columns)
    )
    return ShownTable(columns, rows)


def _beside(slide: Slide) -> Beside:
    if not slide.remarks:
        return Beside.NONE
    is_short = sum(map(len, slide.remarks)) <= ONE_LINE
    return Beside.BELOW if is_short and not _is_high(slide.body) else Beside.RIGHT


def _is_high(body: Body) -> bool:
    """Return whether a picture needs the full height of the slide."""
    if isinstance(body, BarChart):
        return len(body.categories) * len(body.series) > MOST_BARS
    return isinstance(body, DistrictMap)


def _drawing(body: Drawn, translate: Translator, *, size: Size) -> Markup:
    """Return the SVG of a body; its texts are escaped where it is drawn."""
    if isinstance(body, DistrictMap):
        return Markup(map_svg(body, size=size))  # noqa: S704
    return Markup(chart_svg(body, size=size, translate=translate))  # noqa: S704
