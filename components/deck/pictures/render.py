"""Renders charts and maps as SVG of an exact size, in colour or grey, and as PNG, in the shipped typeface."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

import vl_convert
from altair import SCHEMA_VERSION

from components.charts.palette import BACKGROUND, luminance
from components.deck.fonts import FONTS_FOLDER
from components.deck.model import BarChart, DistrictMap, LineChart
from components.deck.pictures.bars import bar_chart
from components.deck.pictures.lines import line_chart
from components.deck.pictures.map import hatches, map_spec
from components.deck.pictures.sizing import Size
from components.shell.formatter import Formatter
from data.language import Translator

_VERSION = SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
_WHITE = f'<rect width="100%" height="100%" fill="{BACKGROUND}"/>'
_COLOUR = re.compile('(?<==")#[0-9a-f]{6}(?=")')
_TAG, _READ_OUT = re.compile("<[a-z][^<>]*>"), re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_OWN = re.compile(r'(\bid="|url\(#|href="#)')


def chart_svg(body: BarChart | LineChart, *, size: Size, translate: Translator, is_grey: bool = False) -> str:
    """Chart as an SVG picture of exactly that size, its values in the language of ``translate``."""
    fmt = Formatter(translate)
    chart = bar_chart(body, size=size, fmt=fmt) if isinstance(body, BarChart) else line_chart(body, size=size, fmt=fmt)
    return _drawn(chart.to_dict(validate=False), alternative=body.alternative, is_grey=is_grey)


def map_svg(body: DistrictMap, *, size: Size, is_grey: bool = False) -> str:
    """Map as an SVG picture of exactly that size; in grey, classes differ in lightness and hatch."""
    return _drawn(
        map_spec(body, size=size), alternative=body.alternative, is_grey=is_grey, patterns=hatches(body, size=size)
    )


def picture_png(svg: str, scale: float = 2) -> bytes:
    """SVG picture of this package as PNG on white, with ``scale`` pixels for each of its own."""
    _register_fonts()
    start = svg.index(">") + 1
    made: bytes = vl_convert.svg_to_png(f"{svg[:start]}{_WHITE}{svg[start:]}", scale=scale)
    return made


def _drawn(spec: dict[str, Any], *, alternative: str, is_grey: bool, patterns: str = "") -> str:
    """Picture with its text alternative and ids of its own, so that one document may hold several."""
    _register_fonts()
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=_VERSION)
    svg = _TAG.sub(lambda tag: _READ_OUT.sub("", tag[0]), svg)
    head, content = svg.split(">", 1)
    svg = f'{head} role="img" aria-label={quoteattr(alternative)}>{patterns}{content}'
    if is_grey:
        svg = _COLOUR.sub(lambda colour: _grey(colour[0]), svg)
    digest = hashlib.sha256(svg.encode()).hexdigest()[:8]
    return _OWN.sub(rf"\g<1>p{digest}-", svg)


def _grey(colour: str) -> str:
    """Grey of the same luminance as a colour."""
    return "#" + f"{round(luminance(colour) * 255):02x}" * 3


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS_FOLDER))
