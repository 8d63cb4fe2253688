"""Bodies of slides as pictures: SVG for the screen and for print, PNG for slides and for whoever wants one picture."""

from __future__ import annotations

from functools import cache

import vl_convert

from components.deck.fonts import FONTS_FOLDER
from components.deck.map_picture import map_svg
from components.deck.picture_style import Size

__all__ = ["Size", "map_svg", "picture_png"]


def picture_png(svg: str, scale: float = 2) -> bytes:
    """An SVG picture of this package as PNG with ``scale`` pixels for each of its own, set in the shipped typeface."""
    _know_fonts()
    made: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return made


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS_FOLDER))
