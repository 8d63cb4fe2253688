"""Large figures: each with what it is above and what it is compared with below, one size for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.slide import Slide as NativeSlide
from pptx.util import Pt

from components.deck.model import Tile, Tiles
from components.exports.slides_fit import Passage, fits
from components.exports.slides_markup import Font, Hue, Style
from components.exports.slides_places import Box
from components.exports.slides_text import paint, write_passages

LABEL = Style(18, Hue.MUTED)
VALUE = Style(54, Hue.ACCENT, Font.HEADING, space=4)
NOTE = Style(16, Hue.TEXT, space=4)
SCALES = (1.2, 1.1, 1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)
MOST_BESIDE = 3
INSET = 12.0
RULE = 2.25


def add_tiles(slide: NativeSlide, *, body: Tiles, box: Box) -> None:
    """Draw the figures in a grid that fills the box; a figure that wants attention has another colour and edge."""
    places = _places(len(body.tiles), box)
    scale = _scale(body.tiles, places)
    for tile, place in zip(body.tiles, places, strict=True):
        _add_tile(slide, tile, place, scale)


def _places(count: int, box: Box) -> list[Box]:
    rows = 1 if count <= MOST_BESIDE else 2
    return box.grid(columns=max(1, -(-count // rows)), rows=rows)[:count]


def _scale(tiles: Sequence[Tile], places: Sequence[Box]) -> float:
    """One measure for all texts of all tiles, so that no figure looks more important than another."""
    for scale in SCALES:
        if all(fits(_passages(tile, scale), inner(place)) for tile, place in zip(tiles, places, strict=True)):
            return scale
    return SCALES[-1]


def inner(place: Box) -> Box:
    """Where the text of a tile may stand."""
    return Box(place.left + INSET, place.top + INSET, place.width - 2 * INSET, place.height - 2 * INSET)


def _passages(tile: Tile, scale: float) -> list[Passage]:
    value = replace(VALUE, hue=Hue.ATTENTION if tile.is_attention else VALUE.hue)
    if tile.value is None:
        value = replace(LABEL, hue=Hue.TEXT, font=Font.HEADING, size=24, space=VALUE.space)
    written = [(tile.label, LABEL), (tile.text, value), (tile.note, NOTE)]
    return [Passage(text, replace(style, size=round(style.size * scale))) for text, style in written if text]


def _add_tile(slide: NativeSlide, tile: Tile, place: Box, scale: float) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu)
    shape.name = tile.label
    shape.shadow.inherit = False
    shape.fill.solid()
    paint(shape.fill.fore_color, Hue.PALE)
    shape.line.fill.background()
    if tile.is_attention:
        shape.line.width = Pt(RULE)
        paint(shape.line.color, Hue.ATTENTION)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(INSET)
    write_passages(frame, _passages(tile, scale))
