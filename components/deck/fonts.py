"""The shipped typeface as static files, for what can read neither woff2 nor a weight axis: slides, print, pictures.

They are cut from ``fonts/inter-5.3.0`` at two weights, with its three parts joined; ``README.md`` beside them says how.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from data.settings import ROOT

FAMILY = "Inter"
FONTS_FOLDER = ROOT / "components" / "assets" / "fonts" / "inter-static"


class Weight(IntEnum):
    """The weights that are shipped, as CSS and OpenType number them."""

    REGULAR = 400
    SEMIBOLD = 600


_FILES = {Weight.REGULAR: "Inter-Regular.ttf", Weight.SEMIBOLD: "Inter-SemiBold.ttf"}


def font_file(weight: Weight = Weight.REGULAR) -> Path:
    """The TrueType file of a weight, for measuring and for embedding."""
    return FONTS_FOLDER / _FILES[weight]
