"""What a reader finds in an export, and what a deck says that must be found there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from pptx import Presentation

from components.deck.model import Bullets, Chart, Deck, Slide, Table, Tiles
from components.deck.texts import value_text
from components.exports.cells import NUMERIC_KINDS
from components.shell.formatter import Formatter, is_missing
from data.language import Translator

Row = tuple[str, ...]
_TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True)
class Found:
    """What slides hold: rows of tables in words, values of charts as numbers, and all texts."""

    rows: set[Row] = field(default_factory=set)
    series: set[tuple[float | None, ...]] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


def found_in_slides(content: bytes) -> Found:
    """Tables, charts and texts of a PPTX file."""
    found = Found()
    for shape in _shapes(content):
        if shape.has_table:
            found.rows.update(tuple(cell.text for cell in row.cells) for row in shape.table.rows)
        elif shape.has_chart:
            found.series.update(tuple(each.values) for plot in shape.chart.plots for each in plot.series)
        elif shape.has_text_frame:
            found.texts.update(paragraph.text for paragraph in shape.text_frame.paragraphs)
    return found


def text_of_html(html: str) -> str:
    """All words of a document, those of its pictures too."""
    return unescape(_TAGS.sub(" ", html))


def squeezed(*texts: str) -> str:
    """Texts one after the other without blanks and line ends, which differ from one rendering to the next."""
    return "".join("".join(texts).split())


def left_out(slides: Iterable[Slide], deck: Deck, *, text: str) -> list[str]:
    """What slides say that is not in a text: titles, rows of tables, figures of tiles with their labels, sentences."""
    said: list[tuple[str, ...]] = []
    for slide in slides:
        said.append((slide.title,))
        if isinstance(slide.body, Table):
            said += written_rows(slide.body, deck)
        elif isinstance(slide.body, Tiles):
            said += [(tile.label, tile.text, tile.note) for tile in slide.body.tiles]
        elif isinstance(slide.body, Bullets):
            said += [(words,) for words in slide.body.texts]
    held = squeezed(text)
    return [" ".join(parts) for parts in said if squeezed(*parts) not in held]


def written_rows(table: Table, deck: Deck) -> list[Row]:
    """The rows of a table in the words of the deck's language."""
    fmt = Formatter(Translator(deck.language))
    return [
        tuple(value_text(value, column, fmt=fmt) for value, column in zip(row, table.columns, strict=True))
        for row in table.rows
    ]


def written_values(chart: Chart, deck: Deck) -> list[str]:
    """All values of a chart in words."""
    fmt = Formatter(Translator(deck.language))
    return [value_text(value, chart, fmt=fmt) for series in chart.series for value in series.values]


def numbers_of(slide: Slide) -> set[float]:
    """All numbers that the body of a slide shows."""
    body = slide.body
    if isinstance(body, Table):
        return _numbers(body)
    if isinstance(body, Tiles):
        return {float(tile.value) for tile in body.tiles if tile.value is not None}
    if isinstance(body, Chart):
        return {value for series in body.series for value in series.values if value is not None}
    return set()


def numbers_of_figures(slide: Slide) -> set[float]:
    """All numbers in the table behind a slide."""
    return _numbers(slide.figures)


def _numbers(table: Table) -> set[float]:
    return {
        float(value)
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
        if column.kind in NUMERIC_KINDS and isinstance(value, int | float) and not is_missing(value)
    }


def _shapes(content: bytes) -> Iterator[Any]:
    for slide in Presentation(io.BytesIO(content)).slides:
        yield from slide.shapes
