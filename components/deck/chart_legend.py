"""The names of two series above a chart, each beside a square of its bars or a piece of its line."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components.charts.palette import COMPARISON
from components.deck.chart_frame import Margins, Sheet, widest

# In heights of the type.
LEGEND_HEIGHT, LEGEND_TYPE = 1.7, 0.9
_SYMBOL, _GAP, _BETWEEN = 1.5, 0.5, 1.6


def legend(
    sheet: Sheet, margins: Margins, colours: Sequence[str], *, dashes: Sequence[Sequence[float]] = ()
) -> list[alt.Chart]:
    """The layers of the legend at the top of the sheet; none for a single series. ``dashes`` make them lines."""
    if len(sheet.body.series) < 2:
        return []
    em, layers = sheet.em, list[alt.Chart]()
    left, y = 0.2 * em - margins.left, alt.value(LEGEND_HEIGHT / 2 * em - margins.top)
    for number, (series, colour) in enumerate(zip(sheet.body.series, colours, strict=True)):
        one = alt.Chart(pd.DataFrame([{"name": series.name}]))
        layers.append(_symbol(one, sheet, colour, dashes[number] if dashes else None, left).encode(y=y))
        words = one.mark_text(align="left", baseline="middle", fontSize=em * LEGEND_TYPE)
        left += (_SYMBOL + _GAP) * em
        layers.append(words.encode(x=alt.value(left), y=y, text="name:N"))
        left += _BETWEEN * em + widest([series.name], size=em * LEGEND_TYPE)
    return layers


def _symbol(one: alt.Chart, sheet: Sheet, colour: str, dash: Sequence[float] | None, left: float) -> alt.Chart:
    em = sheet.em
    if dash is not None:
        line: alt.Chart = one.mark_rule(color=colour, strokeWidth=em * 0.17, strokeDash=list(dash)).encode(
            x=alt.value(left), x2=alt.value(left + _SYMBOL * em)
        )
        return line
    square = one.mark_square(size=(em * 0.85) ** 2, opacity=1, color=colour, stroke=sheet.colour(COMPARISON))
    placed: alt.Chart = square.encode(x=alt.value(left + (_SYMBOL - 0.45) * em))
    return placed
