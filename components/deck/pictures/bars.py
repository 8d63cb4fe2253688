"""Bar chart as a picture: wrapped names on the left, each bar with its value, on a track where the scale has fixed
ends.
"""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from components.charts.bars import TRACK
from components.charts.lines import target_layers
from components.charts.palette import ACCENT, BACKGROUND, COMPARISON, MUTED_TEXT, SECOND, TEXT
from components.charts.style import text_lookup
from components.deck.fonts import Weight, text_width, wrapped_lines
from components.deck.model import BarChart
from components.deck.pictures.sizing import Size, sized_chart
from components.deck.scale import FIXED_ENDS, bar_ends, target_label
from components.deck.texts import value_text
from components.shell.formatter import Formatter

# Parts of the width that names may have, and of a row that its one bar or both of its two have.
_NAMES_SHARE, _BARS_SHARE = 0.38, {1: 0.66, 2: 0.84}
# In heights of the type: a line of a name, the gap before a text, the highest row, the thickest bar, and what stands
# above the rows.
_LINE, _GAP, _HIGHEST, _THICKEST, _LEGEND, _TARGET = 1.15, 0.4, 5.0, 1.9, 1.7, 1.5


def bar_chart(body: BarChart, *, size: Size, fmt: Formatter) -> alt.LayerChart:
    """Grouped bars from top to bottom; a missing value is written as text at the start of its bar."""
    em, groups = size.em, len(body.series)
    rows = max(1, len(body.categories))
    above = em * (1 + _LEGEND * (groups > 1) + _TARGET * (body.target is not None))
    row = min((size.height - above) / rows, em * _HIGHEST)
    share = min(_BARS_SHARE[min(groups, 2)], groups * _THICKEST * em / row)
    low, high = bar_ends(body)
    position = alt.Chart().encode(
        y=alt.Y(
            "row:O",
            scale=alt.Scale(domain=list(range(rows)), paddingInner=1 - share, paddingOuter=(1 - share) / 2),
            axis=_names(body, size=size, row=row),
        ),
        yOffset=alt.YOffset("series:O", scale=alt.Scale(domain=list(range(groups)), paddingInner=0.06)),
    )
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    track = position.mark_bar(color=TRACK).encode(x=alt.XDatum(high, axis=None), x2=alt.X2Datum(low))
    layers = [track] if body.kind in FIXED_ENDS else []
    layers += [
        position.mark_bar(strokeWidth=em * 0.05).encode(
            x=x, x2=alt.X2Datum(low), color=_colour(body, em), stroke=alt.Stroke("edge:N", scale=None)
        )
    ]
    values = partial(
        position.encode(x=x, text="text:N").mark_text,
        align="left",
        baseline="middle",
        dx=em * _GAP,
        fontSize=min(em, row * share / groups * 0.95),
        fontWeight=alt.ExprRef("datum.is_main ? 600 : 400"),
    )
    if body.target is not None:
        layers += target_layers(body.target, target_label(body, fmt=fmt), em=em, at="above")
        layers += [values(stroke=BACKGROUND, strokeWidth=em * 0.3, strokeJoin="round")]
    layers += [values(color=alt.ExprRef(f"datum.is_main ? '{TEXT}' : '{MUTED_TEXT}'"))]
    data = _rows(body, low, fmt)
    return sized_chart(
        layers,
        data=data,
        size=size,
        translate=fmt.translate,
        below=size.height - above - row * rows,
        # Vega makes room for axes and legends, not for texts beside marks.
        right=em * _GAP
        + max((text_width(text, size=em, weight=Weight.SEMIBOLD) for text in data["text"]), default=0.0),
    )


def _rows(body: BarChart, low: float, fmt: Formatter) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "row": row,
                "series": number,
                "value": low if value is None else value,
                "text": value_text(value, body, fmt=fmt),
                "edge": None if value is None else COMPARISON if number else ACCENT,
                "is_main": number == 0 and value is not None,
            }
            for number, series in enumerate(body.series)
            for row, value in enumerate(series.values)
        ],
        columns=["row", "series", "value", "text", "edge", "is_main"],
    )


def _names(body: BarChart, *, size: Size, row: float) -> alt.Axis:
    """Axis of wrapped names, all in the largest type in which the one with most lines fits into its row."""
    names = [wrapped_lines(name, width=size.width * _NAMES_SHARE, size=size.em) for name in body.categories]
    height = min(size.em, row / _LINE / max(map(len, names), default=1))
    return alt.Axis(
        title=None,
        labelExpr=text_lookup(names),
        labelFontSize=height,
        labelLineHeight=height * _LINE,
        labelColor=TEXT,
        labelLimit=0,
        labelPadding=size.em * _GAP,
        labelOverlap=False,
        ticks=False,
        domain=False,
    )


def _colour(body: BarChart, em: float) -> alt.Color:
    names = [series.name for series in body.series]
    legend = None
    if len(names) > 1:
        legend = alt.Legend(
            title=None,
            labelExpr=text_lookup(names),
            labelFontSize=em,
            symbolType="square",
            symbolSize=(em * 0.85) ** 2,
            direction="horizontal",
            columnPadding=em * 1.4,
        )
    return alt.Color(
        "series:O", scale=alt.Scale(domain=list(range(len(names))), range=[ACCENT, SECOND][: len(names)]), legend=legend
    )
