"""What was, and what is expected: a line over the months, and a fan of the forecast with its interval."""

from __future__ import annotations

import altair as alt
import pandas as pd

from components.charts.lines import COLOURS
from components.charts.palette import ACCENT, ATTENTION, BACKGROUND
from components.charts.style import CHART_HEIGHT, PERCENT_DOMAIN, finish, month_axis, text_lookup
from data.language import Translator

ACTUAL, EXPECTED, PLANNED = 0, 1, 2
"""Numbers of the series."""
DASHES = ((1, 0), (5, 4), (1, 0))


def forecast_chart(
    rows: pd.DataFrame, names: tuple[str, ...], *, translate: Translator, is_share: bool = False
) -> alt.LayerChart:
    """Line of what was, the fan of what is expected, and a short stroke for what is planned.

    ``rows``: one row a month and series: month (date), series (:data:`ACTUAL`, :data:`EXPECTED`, :data:`PLANNED`),
    value, low and high (of the expected ones, else NaN), month_text, value_text, is_finished. ``names`` are those of
    the series in their order; ``is_share``: values are percentages.
    """
    months = rows["month"].nunique()
    rows = rows.assign(month=pd.to_datetime(rows["month"]), name=[names[series] for series in rows["series"]])
    x = alt.X("month:O", timeUnit="yearmonth", axis=month_axis(months))
    sign = translate.language.percent_sign
    axis = alt.Axis(title=None, tickCount=5, tickMinStep=1, format=",d")
    scale = alt.Scale(zero=True)
    if is_share:
        axis = alt.Axis(title=None, labelExpr=f"format(datum.value, ',.0f') + '{sign}'", tickCount=5)
        scale = alt.Scale(domain=list(PERCENT_DOMAIN))
    numbers = list(range(len(names)))
    legend = alt.Legend(title=None, labelExpr=text_lookup(names), symbolType="stroke", symbolSize=400)
    colours = alt.Scale(domain=numbers, range=[COLOURS[0], COLOURS[0], ATTENTION][: len(names)])
    dashes = alt.Scale(domain=numbers, range=[list(dash) for dash in DASHES[: len(names)]])
    base = alt.Chart().encode(
        x=x,
        y=alt.Y("value:Q", axis=axis, scale=scale),
        tooltip=[
            alt.Tooltip("month_text:N", title=translate("Month")),
            alt.Tooltip("value_text:N", title=translate("Value")),
            alt.Tooltip("name:N", title=translate("What it is")),
        ],
    )
    coloured = base.encode(
        color=alt.Color("series:N", scale=colours, legend=legend),
        strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=legend),
    )
    # The running month stands apart: joined to the line, it would be taken for a fall.
    is_running = rows["is_finished"].eq(False)
    expected, lines = rows[rows["series"] == EXPECTED], rows[(rows["series"] != PLANNED) & ~is_running]
    ends = base.properties(data=expected).encode(y=alt.Y("low:Q", axis=axis, scale=scale), y2=alt.Y2("high:Q"))
    planned, running = rows[rows["series"] == PLANNED], rows[is_running]
    layers = [
        ends.mark_area(color=ACCENT, opacity=0.16, aria=False),
        # A single month has no width.
        *([ends.mark_rule(color=ACCENT, strokeWidth=4, opacity=0.3, aria=False)] if len(expected) == 1 else []),
        coloured.properties(data=lines).mark_line(strokeWidth=2),
        base.properties(data=lines).mark_point(filled=True, opacity=1, size=34, color=ACCENT),
    ]
    # A layer without a mark would be a picture without a name.
    if len(planned):
        layers.append(coloured.properties(data=planned).mark_tick(thickness=2.5, bandSize=14))
    if len(running):
        hollow = base.properties(data=running)
        layers.append(
            hollow.mark_point(filled=True, fill=BACKGROUND, stroke=ACCENT, strokeWidth=1.6, opacity=1, size=52)
        )
    return finish(layers, data=rows, height=CHART_HEIGHT, translate=translate)
