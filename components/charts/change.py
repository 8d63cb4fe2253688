"""Bars to either side of zero: what each part did to a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from components.charts.bars import END, START
from components.charts.style import finish_live
from components.palette import ATTENTION, GRID, SEQUENTIAL, TEXT
from data.language import Translator

ROW_HEIGHT = 40
BAR_HEIGHT = 12
WORDS_SHIFT = -8
BAR_SHIFT = 8
UP, DOWN = SEQUENTIAL[3], ATTENTION
SMALLEST_REACH = 1.0


@dataclass(frozen=True)
class ChangeRow:
    """One bar; both texts come translated, ``change_text`` with its sign."""

    label: str
    change: float
    change_text: str


def change_rows(rows: Sequence[ChangeRow]) -> pd.DataFrame:
    """The rows of :func:`change_chart`: ``reach`` is the change in units of the largest one (of a point at least)."""
    largest = max([SMALLEST_REACH, *(abs(row.change) for row in rows)])
    drawn = [
        {
            "position": position,
            "label": row.label,
            "reach": row.change / largest,
            "change_text": row.change_text,
            "colour": UP if row.change >= 0 else DOWN,
        }
        for position, row in enumerate(rows)
    ]
    return pd.DataFrame(drawn, columns=["position", "label", "reach", "change_text", "colour"])


def change_chart(*, translate: Translator) -> alt.LayerChart:
    """Bars from zero in the middle, to the right and blue for more, to the left and orange for less.

    Its rows are those of :func:`change_rows`; ends and number of bars may change with them.
    """
    y = alt.Y("position:O", axis=None, sort=None)
    x = alt.X("reach:Q", axis=None, scale=alt.Scale(domain=[-1, 1], nice=False))
    words = alt.Chart().mark_text(align="left", baseline="middle", dy=WORDS_SHIFT, color=TEXT)
    figures = alt.Chart().mark_text(align="right", baseline="middle", dy=WORDS_SHIFT, color=TEXT)
    tooltip = [
        alt.Tooltip("label:N", title=translate("Part")),
        alt.Tooltip("change_text:N", title=translate("Points")),
    ]
    layers = [
        alt.Chart()
        .mark_bar(height=BAR_HEIGHT, yOffset=BAR_SHIFT)
        .encode(y=y, x=x, x2=alt.X2Datum(0), color=alt.Color("colour:N", scale=None), tooltip=tooltip),
        alt.Chart()
        .mark_rule(color=GRID, strokeWidth=1.5, yOffset=-ROW_HEIGHT / 2, y2Offset=ROW_HEIGHT / 2, aria=False)
        .encode(x=alt.XDatum(0), y=y, y2=alt.Y2("position:O")),
        words.encode(y=y, x=START, text=alt.Text("label:N")),
        figures.encode(y=y, x=END, text=alt.Text("change_text:N")),
    ]
    return finish_live(layers, height=alt.Step(ROW_HEIGHT), translate=translate)
