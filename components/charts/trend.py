"""Trend of an indicator as a process chart, beside that of a wider area."""

from __future__ import annotations

from datetime import date

import altair as alt
import pandas as pd

from components.charts.lines import line_layers, target_layers
from components.charts.palette import ACCENT
from components.charts.process import (
    MONTHS_OF_QUARTER,
    limit_layers,
    marked_layers,
    point_text,
    signal_colour,
    signal_text,
)
from components.charts.style import (
    CHART_HEIGHT,
    LABEL_SIZE,
    finish,
    month_axis,
    quarter_axis,
    value_axis,
    value_domain,
)
from components.shell.formatter import Formatter, is_missing
from data.indicators import Indicator
from data.indicators.process_charts import Signal
from data.language import Translator

# A day of each quarter of some year.
_QUARTERS = tuple(date(2026, month, 1) for month in (1, 4, 7, 10))


def trend_rows(own: pd.DataFrame, wider: pd.DataFrame) -> pd.DataFrame:
    """Frame for :func:`trend_chart`: points of one indicator for an area, with the value of a wider area.

    ``own``: rows of :func:`queries.indicators.trends.trend_points`; ``wider``: those of the same months or quarters of
    :func:`queries.indicators.values.indicator_trend`.
    """
    compared = wider[["month", "value"]].rename(columns={"value": "comparison"})
    return own.merge(compared, how="left", on="month")


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
    """Process chart of an indicator; a point without enough data is a gap.

    ``frame``: one row a point: month (date), months (1 or 3), value, n, centre, limit_low, limit_high, signal_code,
    is_finished, and with ``comparison`` also comparison (value of the wider area; NaN where there is not enough data).
    ``area`` and ``comparison`` name the two lines, ``target`` draws a third. ``has_intervals`` draws interval_low and
    interval_high of the area as well (NaN where there is none).
    """
    fmt = Formatter(translate)
    rows = _rows(frame, indicator, fmt=fmt, area=area, comparison=comparison)
    if has_intervals:
        rows = rows.assign(**_ends(frame, len(rows)))
    names = [area, *([comparison] if comparison else [])]
    domain = value_domain(indicator)
    x = alt.X("month:O", timeUnit="yearmonth", axis=_axis(frame, fmt))
    y = alt.Y(
        "value:Q",
        axis=value_axis(indicator, translate=translate),
        scale=alt.Scale(domain=list(domain)) if domain else alt.Scale(zero=True),
    )
    position = alt.Chart().encode(x=x, y=y, tooltip=_tooltip(indicator, translate))
    layers = line_layers(position, names, em=LABEL_SIZE)
    if frame["limit_low"].notna().any():
        limits = frame[["month", "centre", "limit_low", "limit_high"]]
        limits = limits.assign(month=pd.to_datetime(limits["month"])).dropna()
        layers = [*limit_layers(x, y, limits, em=LABEL_SIZE), *layers]
    layers += marked_layers(position, rows.head(len(frame)), em=LABEL_SIZE)
    if target is not None:
        label = translate("Target: {value}", value=fmt.indicator_value(indicator, target))
        layers += target_layers(target, label, em=LABEL_SIZE, at="right")
    layers += [_interval(position)] if has_intervals else []
    return finish(layers, data=rows, height=CHART_HEIGHT, translate=translate)


def _axis(frame: pd.DataFrame, fmt: Formatter) -> alt.Axis:
    points = frame["month"].nunique()
    if (frame["months"] == MONTHS_OF_QUARTER).any():
        return quarter_axis([fmt.short_quarter(quarter).split(" ")[0] for quarter in _QUARTERS], points=points)
    return month_axis(points)


def trend_alt(frame: pd.DataFrame, indicator: Indicator, *, translate: Translator) -> str:
    """Text alternative: first and last point that have a value; what the rules say stands below the chart."""
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
        first_month=point_text(first["month"], first["months"], fmt=fmt),
        last_value=fmt.indicator_value(indicator, float(last["value"])),
        last_month=point_text(last["month"], last["months"], fmt=fmt),
    )


def _rows(frame: pd.DataFrame, indicator: Indicator, *, fmt: Formatter, area: str, comparison: str) -> pd.DataFrame:
    own = frame[["month", "months", "value", "n", "limit_low", "signal_code", "is_finished"]]
    parts = [own.assign(area=area, series=0)]
    if comparison:
        other = frame[["month", "months", "is_finished"]].assign(limit_low=None, signal_code=Signal.USUAL.value)
        parts.append(other.assign(value=frame["comparison"], n=None, area=comparison, series=1))
    rows = pd.concat(
        [part.astype({"value": float, "n": float, "limit_low": float}) for part in parts], ignore_index=True
    )
    shown = rows.assign(
        month_text=[point_text(*point, fmt=fmt) for point in zip(rows["month"], rows["months"], strict=True)],
        month=pd.to_datetime(rows["month"]),
        value_text=[fmt.indicator_value(indicator, value) for value in rows["value"]],
        counted=["–" if is_missing(n) else fmt.counted(indicator, n) for n in rows["n"]],
        signal_text=[signal_text(row, fmt=fmt) or "–" for row in rows.to_dict("records")],
        mark_colour=[
            "" if code == Signal.USUAL else signal_colour(Signal(code), indicator.better)
            for code in rows["signal_code"]
        ],
    )
    return shown.drop(columns=["signal_code", "limit_low", "months"])


def _tooltip(indicator: Indicator, translate: Translator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("area:N", title=translate("Area")),
        alt.Tooltip("month_text:N", title=translate("Month")),
        alt.Tooltip("value_text:N", title=translate(indicator.name)),
        alt.Tooltip("counted:N", title=translate("Based on")),
        alt.Tooltip("signal_text:N", title=translate("Among the points")),
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
