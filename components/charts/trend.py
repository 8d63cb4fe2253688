"""Trend of an indicator by month, beside that of a wider area."""

from __future__ import annotations

import altair as alt
import pandas as pd

from components.charts.lines import line_layers, target_layers
from components.charts.palette import ACCENT
from components.charts.style import CHART_HEIGHT, LABEL_SIZE, finish, month_axis, value_axis, value_domain
from components.shell.formatter import Formatter, is_missing
from data.indicators import Indicator
from data.language import Translator


def trend_rows(own: pd.DataFrame, wider: pd.DataFrame) -> pd.DataFrame:
    """Frame for :func:`trend_chart`: one indicator by month for an area and for a wider area.

    Both are frames of :func:`queries.indicators.values.indicator_trend` with the rows of the indicator.
    """
    compared = wider[["month", "value"]].rename(columns={"value": "comparison"})
    return own[["month", "value", "n"]].merge(compared, how="left", on="month")


def trend_chart(
    frame: pd.DataFrame,
    indicator: Indicator,
    *,
    translate: Translator,
    area: str,
    comparison: str = "",
    target: float | None = None,
    has_intervals: bool = False,
) -> alt.LayerChart:
    """Lines of an indicator; a month without enough data is a gap.

    ``frame``: one row per month: month (date), value, n, and with ``comparison`` also comparison (value of the wider
    area; NaN where there is not enough data). ``area`` and ``comparison`` name the two lines, ``target`` draws a third.
    ``has_intervals`` draws interval_low and interval_high of the area as well (NaN where there is none).
    """
    rows = _rows(frame, indicator, translate=translate, area=area, comparison=comparison)
    if has_intervals:
        rows = rows.assign(**_ends(frame, len(rows)))
    names = [area, *([comparison] if comparison else [])]
    domain = value_domain(indicator)
    position = alt.Chart().encode(
        x=alt.X("month:O", timeUnit="yearmonth", axis=month_axis(frame["month"].nunique())),
        y=alt.Y(
            "value:Q",
            axis=value_axis(indicator, translate=translate),
            scale=alt.Scale(domain=list(domain)) if domain else alt.Scale(zero=True),
        ),
        tooltip=_tooltip(indicator, translate),
    )
    layers = line_layers(position, names, em=LABEL_SIZE)
    if target is not None:
        label = translate("Target: {value}", value=Formatter(translate).indicator_value(indicator, target))
        layers += target_layers(target, label, em=LABEL_SIZE, at="right")
    layers += [_interval(position)] if has_intervals else []
    return finish(layers, data=rows, height=CHART_HEIGHT, translate=translate)


def trend_alt(frame: pd.DataFrame, indicator: Indicator, *, translate: Translator) -> str:
    """Text alternative: first and last month that have a value."""
    known = frame[frame["value"].notna()]
    name = translate(indicator.name)
    if known.empty:
        return translate("{indicator} by month: not enough data.", indicator=name)
    fmt = Formatter(translate)
    first, last = known.iloc[0], known.iloc[-1]
    return translate(
        "{indicator} by month: {first_value} in {first_month}, {last_value} in {last_month}.",
        indicator=name,
        first_value=fmt.indicator_value(indicator, float(first["value"])),
        first_month=fmt.month(first["month"]),
        last_value=fmt.indicator_value(indicator, float(last["value"])),
        last_month=fmt.month(last["month"]),
    )


def _rows(
    frame: pd.DataFrame, indicator: Indicator, *, translate: Translator, area: str, comparison: str
) -> pd.DataFrame:
    fmt = Formatter(translate)
    own = frame[["month", "value", "n"]].assign(area=area, series=0)
    parts = [own]
    if comparison:
        parts.append(frame[["month"]].assign(value=frame["comparison"], n=None, area=comparison, series=1))
    rows = pd.concat([part.astype({"value": float, "n": float}) for part in parts], ignore_index=True)
    return rows.assign(
        month_text=[fmt.month(month) for month in rows["month"]],
        month=pd.to_datetime(rows["month"]),
        value_text=[fmt.indicator_value(indicator, value) for value in rows["value"]],
        counted=["–" if is_missing(n) else fmt.counted(indicator, n) for n in rows["n"]],
    )


def _tooltip(indicator: Indicator, translate: Translator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("area:N", title=translate("Area")),
        alt.Tooltip("month_text:N", title=translate("Month")),
        alt.Tooltip("value_text:N", title=translate(indicator.name)),
        alt.Tooltip("counted:N", title=translate("Based on")),
    ]


def _ends(frame: pd.DataFrame, rows: int) -> dict[str, list[float]]:
    """Interval ends of the area, whose rows come first; NaN for the wider area."""
    missing = [float("nan")] * (rows - len(frame))
    return {column: [*frame[column].astype(float), *missing] for column in ("interval_low", "interval_high")}


def _interval(position: alt.Chart) -> alt.Chart:
    """Rule layer from the lower to the upper end of each interval."""
    ends = position.encode(y=alt.Y("interval_low:Q"), y2="interval_high:Q")
    rule: alt.Chart = ends.mark_rule(color=ACCENT, strokeWidth=1.2, opacity=0.55, aria=False)
    return rule
