"""Slides as the data that the templates set: every value in words, pictures as SVG."""

from __future__ import annotations

import re
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
    Table,
    Tile,
    Tiles,
)
from components.deck.picture_style import Size
from components.deck.pictures import chart_svg, map_svg
from components.deck.words import value_text
from components.exports.cells import NUMERIC_KINDS
from components.format import Formatter, is_missing
from data.language import Language

Data = dict[str, Any]
# Of these proportions a chart is twice as wide as high; type in it is then as large as that beside it.
CHART_SIZE, MAP_SIZE = Size(960, 400), Size(960, 560)
_SVG_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def slide_data(slide: Slide, *, write: Formatter, is_grey: bool) -> Data:
    """A slide for the templates: its texts, and ``body`` with its ``kind``."""
    return {
        "heading": slide.heading,
        "title": slide.title,
        "beside": list(slide.beside),
        "body": _body_data(slide.body, write=write, is_grey=is_grey),
    }


def document_language(language: Language) -> str:
    """The language of a document in two letters."""
    return language.value.split("_")[0]


def quiet_credits(deck: Deck) -> list[str]:
    """The credits without the demo mark, which stands by itself."""
    return [line for line in deck.credits if line != deck.credits.demo_mark]


def table_data(table: Table, *, write: Formatter) -> Data:
    """A table for the templates: texts of columns and rows, the side on which each column stands, widths."""
    return {
        "kind": "table",
        "columns": [column.title for column in table.columns],
        "shares": [column.share for column in table.columns],
        "aligns": ["right" if column.kind in NUMERIC_KINDS else "left" for column in table.columns],
        "rows": [
            {
                "texts": [
                    value_text(value, column, write=write) for value, column in zip(row, table.columns, strict=True)
                ],
                "is_emphasised": at in table.emphasised,
            }
            for at, row in enumerate(table.rows)
        ],
    }


def shown_texts(data: Data) -> set[str]:
    """All texts that a slide shows, those of its picture too."""
    body = data["body"]
    texts = {data["title"], *data["beside"]}
    texts |= {text for row in body.get("rows", ()) for text in row["texts"]}
    texts |= {unescape(text) for text in _SVG_TEXT.findall(body.get("svg", ""))}
    texts |= {str(text) for part in ("tiles", "bullets") for each in body.get(part, ()) for text in each.values()}
    return texts


def _body_data(body: Body, *, write: Formatter, is_grey: bool) -> Data:
    if isinstance(body, Table):
        return table_data(body, write=write)
    if isinstance(body, Tiles):
        return {"kind": "tiles", "tiles": [_tile_data(tile) for tile in body.tiles]}
    if isinstance(body, Bullets):
        sources = [*body.sources, *[""] * len(body.texts)]
        bullets = [{"text": text, "source": source} for text, source in zip(body.texts, sources, strict=False)]
        return {"kind": "bullets", "bullets": bullets}
    return _picture_data(body, write=write, is_grey=is_grey)


def _tile_data(tile: Tile) -> Data:
    return {
        "label": tile.label,
        "text": tile.text,
        "note": tile.note,
        "is_attention": tile.is_attention,
        "is_missing": is_missing(tile.value),
    }


def _picture_data(body: BarChart | LineChart | DistrictMap, *, write: Formatter, is_grey: bool) -> Data:
    if isinstance(body, DistrictMap):
        svg = map_svg(body, size=MAP_SIZE, is_grey=is_grey)
    else:
        svg = chart_svg(body, size=CHART_SIZE, translate=write.translate, is_grey=is_grey)
    return {"kind": "picture", "svg": svg, "alternative": body.alternative}
