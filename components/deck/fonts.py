"""Static files of the shipped typeface, for slides, print and pictures, which read neither woff2 nor variable fonts.

They are instances of ``fonts/inter-5.3.0`` at two weights, with its three parts joined; see ``README.md`` beside them.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont

from data.settings import ROOT

FAMILY = "Inter"
FONTS_FOLDER = ROOT / "components" / "assets" / "fonts" / "inter-static"
# ParsedValue large, so that rounding to whole pixels does not tell.
_MEASURED_AT = 200


class Weight(IntEnum):
    """Weights that are shipped, as CSS and OpenType number them."""

    REGULAR = 400
    SEMIBOLD = 600


_FILES = {Weight.REGULAR: "Inter-Regular.ttf", Weight.SEMIBOLD: "Inter-SemiBold.ttf"}


def font_file(weight: Weight = Weight.REGULAR) -> Path:
    """TrueType file of a weight, for measuring and embedding."""
    return FONTS_FOLDER / _FILES[weight]


@cache
def supported_characters() -> frozenset[str]:
    """Characters that the typeface has, alike at both weights; print refuses a text with any other."""
    with TTFont(font_file()) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def _measure(weight: Weight) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(weight)), _MEASURED_AT)


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Width of a line of text in the unit of ``size``, the font size."""
    return _measure(weight).getlength(text) * size / _MEASURED_AT


def wrapped_lines(text: str, *, width: float, size: float, weight: Weight = Weight.REGULAR) -> list[str]:
    """Text broken into lines of at most ``width``; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size=size, weight=weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
