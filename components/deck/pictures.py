"""Bodies of slides as pictures: SVG for the screen and for print, PNG for slides and for whoever wants one picture."""

from __future__ import annotations

from functools import cache

import vl_convert
from altair import SCHEMA_VERSION

from components.charts.palette import BACKGROUND
from components.deck.bar_picture import bar_chart
from components.deck.chart_frame import Sheet
from components.deck.fonts import FONTS_FOLDER
from components.deck.line_picture import line_chart
from components.deck.map_picture import map_svg
from components.deck.model import BarChart, LineChart
from components.deck.picture_style import Size, labelled
from components.shell.formatter import Formatter
from data.language import Translator

_VERSION = SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
_WHITE = f'<rect width="100%" height="100%" fill="{BACKGROUND}"/>'

__all__ = ["Size", "chart_svg", "map_svg", "picture_png"]


def chart_svg(body: BarChart | LineChart, *, size: Size, translate: Translator, is_grey: bool = False) -> str:
    """A chart as an SVG picture of exactly that size, its values written in the language of ``translate``."""
    _know_fonts()
    sheet = Sheet(body, size, Formatter(translate), is_grey)
    chart = bar_chart(body, sheet) if isinstance(body, BarChart) else line_chart(body, sheet)
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(validate=False), vl_version=_VERSION)
    return labelled(svg, alternative=body.alternative)


def picture_png(svg: str, scale: float = 2) -> bytes:
    """An SVG picture of this package as PNG on white, ``scale`` pixels for each of its own, in the shipped typeface."""
    _know_fonts()
    start = svg.index(">") + 1
    made: bytes = vl_convert.svg_to_png(f"{svg[:start]}{_WHITE}{svg[start:]}", scale=scale)
    return made


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS_FOLDER))
