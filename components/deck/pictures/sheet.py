"""The sheet of a picture: exactly so large, with all texts inside, whatever their length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import altair as alt
import pandas as pd

from components.charts.style import chart_config
from components.deck.pictures.size import Size
from data.language import Translator

_LABEL, _RIM = 0.85, 0.15


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
