"""Chart of the effect of a memorandum by month around its signing, with its interval."""

from __future__ import annotations

import altair as alt
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION, MUTED_TEXT
from components.charts.style import CHART_HEIGHT, finish
from components.shell.formatter import Formatter
from data.language import Translator

DECIMALS = 2


def signing_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Interval band, line and points by month; ``frame`` is ``by_month`` of
    :class:`queries.statistics.event_study_result.Study`.
    """
    fmt = Formatter(translate)
    rows = frame.assign(
        month_text=[fmt.signed(month) for month in frame["month"]],
        effect_text=[fmt.signed(effect, decimals=DECIMALS) for effect in frame["effect"]],
        interval_text=[
            f"{fmt.signed(low, decimals=DECIMALS)} … {fmt.signed(high, decimals=DECIMALS)}"
            for low, high in zip(frame["interval_low"], frame["interval_high"], strict=True)
        ],
        districts_text=[fmt.number(number) for number in frame["districts"]],
    )
    x = alt.X(
        "month:Q", title=translate("Months from signing"), axis=alt.Axis(tickCount=len(rows), format="d", grid=False)
    )
    base = alt.Chart().encode(x=x)
    layers = [
        base.mark_area(color=ACCENT, opacity=0.16, aria=False).encode(
            y=alt.Y("interval_low:Q", title=None), y2=alt.Y2("interval_high:Q")
        ),
        alt.Chart().mark_rule(color=MUTED_TEXT, strokeWidth=1, aria=False).encode(y=alt.YDatum(0)),
        alt.Chart().mark_rule(color=ATTENTION, strokeWidth=1.4, strokeDash=[3, 3], aria=False).encode(x=alt.XDatum(0)),
        base.mark_line(color=ACCENT, strokeWidth=2).encode(y=alt.Y("effect:Q")),
        base.mark_point(color=ACCENT, filled=True, opacity=1, size=40).encode(
            y=alt.Y("effect:Q"),
            tooltip=[
                alt.Tooltip("month_text:N", title=translate("Months from signing")),
                alt.Tooltip("effect_text:N", title=translate("Difference")),
                alt.Tooltip("interval_text:N", title=translate("90% interval")),
                alt.Tooltip("districts_text:N", title=translate("Districts")),
            ],
        ),
    ]
    return finish(layers, data=rows, height=CHART_HEIGHT, translate=translate)
