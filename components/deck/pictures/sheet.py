"""How large a picture is and with it its type, and its sheet: exactly so large, with all texts inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import altair as alt
import pandas as pd

from components.charts.style import chart_config
from data.language import Translator

# So many heights of type go into a picture's height and width: legible from the back of a room at slide size.
_LINES, _EMS = 25, 48
# In heights of the type.
_LABEL, _RIM = 0.85, 0.15


@dataclass(frozen=True)
class Size:
    """Width and height of a picture in pixels; type and lines grow with it, so a larger picture is the same one.

    ``type_height`` is given where a picture stands between lines of text instead of filling a slide.
    """

    width: float
    height: float
    type_height: float = 0.0

    @property
    def em(self) -> float:
        """The height of the type."""
        return self.type_height or min(self.width / _EMS, self.height / _LINES)


def on_sheet(
    layers: Sequence[alt.Chart], *, data: pd.DataFrame, size: Size, translate: Translator, below: float = 0.0
) -> alt.LayerChart:
    """The layers as one chart of that size, with so much left empty below."""
    rim = size.em * _RIM
    chart = alt.layer(
        *layers,
        data=data,
        width=size.width,
        height=size.height,
        background="transparent",
        padding={"left": rim, "top": rim, "right": rim, "bottom": max(rim, below)},
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        config=chart_config(translate, label_size=size.em * _LABEL),
    )
    return cast("alt.LayerChart", chart)
