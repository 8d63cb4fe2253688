"""Line, point and target layers shared by page charts and pictures.

All sizes follow from ``em``, the height of the type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import altair as alt
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION, COMPARISON
from components.charts.style import text_lookup

COLOURS, DASHES = (ACCENT, COMPARISON), ((1, 0), (5, 4))


def line_layers(position: alt.Chart, names: Sequence[str], *, em: float) -> list[alt.Chart]:
    """Line and point layers of at most two named series, told apart by colour and dash.

    ``position`` encodes x and y of data with a column ``series``, the number of a name. One line needs no legend.
    """
    numbers, legend = list(range(len(names))), None
    if len(names) > 1:
        legend = alt.Legend(
            title=None,
            labelExpr=text_lookup(names),
            labelFontSize=em,
            symbolType="stroke",
            symbolSize=em * em * 2.8,
            symbolStrokeWidth=em * 0.18,
        )
    colours = alt.Scale(domain=numbers, range=list(COLOURS[: len(names)]))
    dashes = alt.Scale(domain=numbers, range=[[part * em / 12 for part in dash] for dash in DASHES[: len(names)]])
    coloured = position.encode(color=alt.Color("series:N", scale=colours, legend=legend))
    return [
        coloured.mark_line(strokeWidth=em * 0.18).encode(
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=legend)
        ),
        coloured.mark_point(size=(em * 0.48) ** 2, filled=True, opacity=1),
    ]


def target_layers(target: float, label: str, *, em: float, at: Literal["left", "right", "above"]) -> list[alt.Chart]:
    """Target line: horizontal with its label at an end, or vertical through bars with its label above."""
    base = alt.Chart(pd.DataFrame({"target": [target], "label": [label]}))
    rule = base.mark_rule(color=ATTENTION, strokeDash=[em * 0.17, em * 0.25], strokeWidth=em * 0.117, aria=False)
    if at == "above":
        text = base.mark_text(baseline="bottom", dy=-em * 0.3, fontSize=em, color=ATTENTION)
        x = alt.X("target:Q", axis=None)
        return [rule.encode(x=x), text.encode(x=x, y=alt.value(0), text="label:N")]
    text = base.mark_text(align=at, dy=-em * 0.58, fontSize=em, color=ATTENTION)
    end = alt.value("width" if at == "right" else em * 0.3)
    return [rule.encode(y="target:Q"), text.encode(x=end, y="target:Q", text="label:N")]
