"""Tiles on a slide: a label above, a large figure, and its comparison below."""

from __future__ import annotations

from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.slide import Slide as NativeSlide
from pptx.util import Pt

from components.deck.model import SlideTile, Tiles
from components.exports.slides.texts import add_run

FIRST_TILE = 21
# Outline levels of the layout.
LABEL, VALUE, NOTE = 0, 1, 2
# Words in place of a figure, and figures with more signs, take less than the size of the layout.
MOST_LARGE_SIGNS, SMALLER_VALUE = 10, 24.0
LONGEST_LABEL, SMALLER_LABEL = 70, 12.0
EDGE = 2.25


def write_tiles(slide: NativeSlide, body: Tiles) -> None:
    """Fill one placeholder per figure; one that needs attention has another colour and an edge."""
    places: list[Any] = [slide.placeholders[FIRST_TILE + number] for number in range(len(body.tiles))]
    for place, tile in zip(places, body.tiles, strict=True):
        place.name = tile.label
        _write_tile(place, tile)


def _write_tile(place: Any, tile: SlideTile) -> None:  # noqa: ANN401 - untyped in the library
    attention = MSO_THEME_COLOR.ACCENT_2
    colour = attention if tile.is_attention else MSO_THEME_COLOR.TEXT_1 if tile.value is None else None
    value_size = SMALLER_VALUE if len(tile.text) > MOST_LARGE_SIGNS else None
    label_size = SMALLER_LABEL if len(tile.label) > LONGEST_LABEL else None
    frame = place.text_frame
    add_run(frame.paragraphs[0], tile.label, size=label_size)
    for text, level, size, of_text in ((tile.text, VALUE, value_size, colour), (tile.note, NOTE, label_size, None)):
        if text:
            paragraph = frame.add_paragraph()
            paragraph.level = level
            add_run(paragraph, text, size=size, colour=of_text)
    if tile.is_attention:
        place.line.width = Pt(EDGE)
        place.line.color.theme_color = attention
