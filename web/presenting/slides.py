"""Slides as the template shows them: texts, shares of widths, and pictures that fit the shape of the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from components.deck.model import BarChart, Body, DistrictMap, LineChart, Slide, Table, ValueKind
from components.deck.pictures import Size, chart_svg, map_svg
from components.deck.words import value_text
from components.format import Formatter

# Drawn small and shown large, so that the letters of a chart are as large as those of a table.
WIDE, WIDE_BESIDE = Size(width=860, height=360), Size(width=600, height=360)
TALL, TALL_BESIDE = Size(width=690, height=400), Size(width=690, height=330)
_ID = re.compile(r'(\bid="|url\(#|href="#)')


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
    """A drawing for a shape of screen: ``wide`` as 16 to 9 is, ``tall`` as 4 to 3 is, or ``any``."""

    shape: str
    svg: Markup


@dataclass(frozen=True)
class ShownSlide:
    """A slide with its number from 1; ``table`` is its body or, beside pictures, the same figures to be read out."""

    slide: Slide
    number: int
    kind: str
    table: ShownTable | None = None
    pictures: tuple[Picture, ...] = ()


def shown_slide(slide: Slide, *, number: int, write: Formatter) -> ShownSlide:
    """What the template needs of a slide."""
    body = slide.body
    kind = type(body).__name__.lower()
    if isinstance(body, BarChart | LineChart | DistrictMap):
        pictures = _pictures(body, prefix=f"s{number}", has_beside=bool(slide.beside))
        return ShownSlide(slide, number, "picture", shown_table(slide.figures, write), pictures)
    return ShownSlide(slide, number, kind, shown_table(body, write) if isinstance(body, Table) else None)


def shown_table(table: Table, write: Formatter) -> ShownTable:
    """A table with its values in words."""
    whole = sum(column.share for column in table.columns) or 1.0
    columns = tuple(
        ShownColumn(column.title, 100 * column.share / whole, column.kind is not ValueKind.TEXT)
        for column in table.columns
    )
    rows = tuple(
        ShownRow(
            tuple(value_text(value, column, write=write) for value, column in zip(row, table.columns, strict=True)),
            index in table.emphasised,
        )
        for index, row in enumerate(table.rows)
    )
    return ShownTable(columns, rows)


def _pictures(body: Body, *, prefix: str, has_beside: bool) -> tuple[Picture, ...]:
    if isinstance(body, DistrictMap):
        return (Picture("any", _own_ids(map_svg(body, size=WIDE_BESIDE if has_beside else WIDE), prefix)),)
    if not isinstance(body, BarChart | LineChart):
        return ()
    wide = chart_svg(body, size=WIDE_BESIDE if has_beside else WIDE)
    tall = chart_svg(body, size=TALL_BESIDE if has_beside else TALL)
    return (Picture("wide", _own_ids(wide, f"{prefix}w")), Picture("tall", _own_ids(tall, f"{prefix}t")))


def _own_ids(svg: str, prefix: str) -> Markup:
    """The drawing with ids of its own: hatching and clipping of one slide must not be taken from another."""
    return Markup(_ID.sub(rf"\g<1>{prefix}-", svg))  # noqa: S704 - drawn by ourselves, its texts are escaped there
