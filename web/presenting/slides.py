"""Slides as the template shows them: texts, shares of widths, and pictures that fit the shape of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from components.deck.model import BarChart, Bullets, DistrictMap, LineChart, Slide, Table, ValueKind
from components.deck.pictures import Size, chart_svg, map_svg
from components.deck.words import value_text
from components.format import Formatter
from data.language import Translator

# The room of a body at 1366x768 and at 1024x768, without and with sentences beside it.
WIDE, WIDE_BESIDE = Size(width=1280, height=530), Size(width=860, height=530)
TALL, TALL_BESIDE = Size(width=950, height=540), Size(width=950, height=430)
Drawn = BarChart | LineChart | DistrictMap
NUMBERS = frozenset({ValueKind.COUNT, ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.POINTS})


@dataclass(frozen=True)
class ShownColumn:
    """A column with its part of the width."""

    title: str
    share_pct: float
    is_number: bool


@dataclass(frozen=True)
class ShownRow:
    """The texts of a row."""

    texts: tuple[str, ...]
    is_emphasised: bool


@dataclass(frozen=True)
class ShownTable:
    """A table in words."""

    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing for a shape of screen: ``wide`` as 16 to 9 is, or ``tall`` as 4 to 3 is."""

    shape: str
    svg: Markup


@dataclass(frozen=True)
class ShownSlide:
    """A slide with its number from 1, and its body as what ``kind`` says.

    ``said`` are sentences, each with whose it is; ``table`` is the body or, with pictures, the same figures to be read
    out.
    """

    slide: Slide
    number: int
    kind: str
    table: ShownTable | None = None
    pictures: tuple[Picture, ...] = ()
    said: tuple[tuple[str, str], ...] = ()


def shown_slide(slide: Slide, *, number: int, write: Formatter) -> ShownSlide:
    """What the template needs of a slide."""
    body = slide.body
    if isinstance(body, Drawn):
        pictures = _pictures(body, write.translate, has_beside=bool(slide.beside))
        return ShownSlide(slide, number, "picture", shown_table(slide.figures, write), pictures)
    if isinstance(body, Bullets):
        return ShownSlide(slide, number, "bullets", said=tuple(zip_longest(body.texts, body.sources, fillvalue="")))
    if isinstance(body, Table):
        return ShownSlide(slide, number, "table", shown_table(body, write))
    return ShownSlide(slide, number, "tiles")


def shown_table(table: Table, write: Formatter) -> ShownTable:
    """A table with its values in words."""
    whole = sum(column.share for column in table.columns) or 1.0
    columns = tuple(
        ShownColumn(column.title, 100 * column.share / whole, column.kind in NUMBERS) for column in table.columns
    )
    rows = tuple(
        ShownRow(
            tuple(value_text(value, column, write=write) for value, column in zip(row, table.columns, strict=True)),
            index in table.emphasised,
        )
        for index, row in enumerate(table.rows)
    )
    return ShownTable(columns, rows)


def _pictures(body: Drawn, translate: Translator, *, has_beside: bool) -> tuple[Picture, ...]:
    sizes = {"wide": WIDE_BESIDE, "tall": TALL_BESIDE} if has_beside else {"wide": WIDE, "tall": TALL}
    return tuple(Picture(shape, _drawing(body, translate, size=size)) for shape, size in sizes.items())


def _drawing(body: Drawn, translate: Translator, *, size: Size) -> Markup:
    """The drawing as it is: made by ourselves, with its texts escaped there."""
    if isinstance(body, DistrictMap):
        return Markup(map_svg(body, size=size))  # noqa: S704
    return Markup(chart_svg(body, size=size, translate=translate))  # noqa: S704
