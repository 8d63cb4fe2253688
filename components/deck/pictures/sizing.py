"""Picture sizes and the font size that follows from them."""

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
    """Width and height of a picture in pixels; font size and line widths scale with it.

    ``type_height`` is given where a picture stands in running text instead of filling a slide.
    """

    width: float
    height: float
    type_height: float = 0.0

    @property
    def em(self) -> float:
        """Font size."""
        return self.type_height or min(self.width / _EMS, self.height / _LINES)


def sized_chart(
    layers: Sequence[alt.Chart],
    *,
    data: pd.DataFrame,
    size: Size,
    translate: Translator,
    below: float = 0.0,
    right: float = 0.0,
) -> alt.LayerChart:
    """Layers as one chart of that size, with ``below`` pixels left empty at the bottom and ``right`` at the right."""
    rim = size.em * _RIM
    chart = alt.layer(
        *layers,
        data=data,
        width=size.width,
        height=size.height,
        background="transparent",
        padding={"left": rim, "top": rim, "right": max(rim, right), "bottom": max(rim, below)},
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        config=chart_config(translate, label_size=size.em * _LABEL),
    )
    return cast("alt.LayerChart", chart)
