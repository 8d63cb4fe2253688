"""Slides as data for the typst templates: every value formatted, pictures as SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from components.deck.model import (
    BarChart,
    Body,
    Bullets,
    Deck,
    DistrictMap,
    LineChart,
    Slide,
    SlideTile,
    Table,
    Tiles,
)
from components.deck.pictures import Size, chart_svg, map_svg
from components.deck.texts import value_text
from components.exports.cells import NUMERIC_KINDS
from components.shell.formatter import Formatter, is_missing
from data.language import Language

Data = dict[str, Any]


# A longer piece of a word is not kept in one line.
LONGEST_PIECE, MAY_BREAK = 24, "\u200b"
MEASURED_WORDS = 4
# Pictures are so wide, and their type as high as that of the text around them.
WIDTH, TYPE, MAP_TYPE = 960.0, 17.0, 15.0
MAP_SIZE, LINES_SIZE = Size(WIDTH, 560.0, MAP_TYPE), Size(WIDTH, 330.0, TYPE)
# The height of a row of one bar, of one of two bars, and of what stands above all rows, in heights of the type.
ONE_BAR, TWO_BARS, ABOVE_BARS = 2.1, 2.9, 4.0
_SVG_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def slide_data(slide: Slide, *, fmt: Formatter, is_grey: bool) -> Data:
    """Data of a slide for the templates: its texts, and ``body`` with its ``kind``."""
    return {
        "heading": slide.heading,
        "title": breakable_text(slide.title),
        "beside": [breakable_text(text) for text in slide.remarks],
        "body": _body_data(slide.body, fmt=fmt, is_grey=is_grey),
    }


def document_language(language: Language) -> str:
    """Two-letter language code of a document."""
    return language.value.split("_")[0]


def credits_without_demo(deck: Deck) -> list[str]:
    """Credits without the notice on demo data, which is printed separately."""
    return [line for line in deck.credits if line != deck.credits.demo_mark]


def table_data(table: Table, *, fmt: Formatter) -> Data:
    """Data of a table for the templates: its texts, and each column's alignment, share of the width
    and longest words.
    """
    titles = [column.title for column in table.columns]
    rows = [
        [breakable_text(value_text(value, column, fmt=fmt)) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return {
        "kind": "table",
        "columns": titles,
        "shares": [column.share for column in table.columns],
        "words": [_longest_words([title, *(row[at] for row in rows)]) for at, title in enumerate(titles)],
        "aligns": ["right" if column.kind in NUMERIC_KINDS else "left" for column in table.columns],
        "rows": [{"texts": row, "is_emphasised": at in table.emphasised} for at, row in enumerate(rows)],
    }


def breakable_text(text: str) -> str:
    """Text in which a word too long for any line may be broken."""
    return " ".join(
        MAY_BREAK.join(word[at : at + LONGEST_PIECE] for at in range(0, len(word), LONGEST_PIECE))
        for word in text.split(" ")
    )


def _longest_words(texts: Iterable[str]) -> list[str]:
    """Candidates for the widest word, which the template measures."""
    words = {word for text in texts for part in text.split() for word in part.split(MAY_BREAK)}
    return sorted(words, key=lambda word: (-len(word), word))[:MEASURED_WORDS]


def shown_texts(data: Data) -> set[str]:
    """All texts that a slide shows, those of its picture included."""
    body = data["body"]
    texts = {data["title"], *data["beside"]}
    texts |= {text for row in body.get("rows", ()) for text in row["texts"]}
    texts |= {unescape(text) for text in _SVG_TEXT.findall(body.get("svg", ""))}
    texts |= {str(text) for part in ("tiles", "bullets") for each in body.get(part, ()) for text in each.values()}
    return texts


def _body_data(body: Body, *, fmt: Formatter, is_grey: bool) -> Data:
    if isinstance(body, Table):
        return table_data(body, fmt=fmt)
    if isinstance(body, Tiles):
        return {"kind": "tiles", "tiles": [_tile_data(tile) for tile in body.tiles]}
    if isinstance(body, Bullets):
        sources = [*body.sources, *[""] * len(body.texts)]
        bullets = [
            {"text": breakable_text(text), "source": breakable_text(source)}
            for text, source in zip(body.texts, sources, strict=False)
        ]
        return {"kind": "bullets", "bullets": bullets}
    return _picture_data(body, fmt=fmt, is_grey=is_grey)


def _tile_data(tile: SlideTile) -> Data:
    return {
        "label": tile.label,
        "text": tile.text,
        "note": tile.note,
        "is_attention": tile.is_attention,
        "is_missing": is_missing(tile.value),
    }


def _picture_data(body: BarChart | LineChart | DistrictMap, *, fmt: Formatter, is_grey: bool) -> Data:
    if isinstance(body, DistrictMap):
        svg = map_svg(body, size=MAP_SIZE, is_grey=is_grey)
    else:
        svg = chart_svg(body, size=_chart_size(body), translate=fmt.translate, is_grey=is_grey)
    return {"kind": "picture", "svg": svg, "alternative": body.alternative}


def _chart_size(body: BarChart | LineChart) -> Size:
    """Size of a chart; bars take height by their number."""
    if isinstance(body, LineChart):
        return LINES_SIZE
    row = ONE_BAR if len(body.series) < 2 else TWO_BARS
    rows = max(1, len(body.categories)) * row
    return Size(WIDTH, (rows + ABOVE_BARS) * TYPE, TYPE)
