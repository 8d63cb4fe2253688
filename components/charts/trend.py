"""The course of an indicator, month by month, beside that of a wider area."""

from __future__ import annotations

import altair as alt
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION, COMPARISON
from components.charts.style import CHART_HEIGHT, finish, month_axis, value_axis, value_domain
from components.shell.formatter import Formatter, is_missing
from data.indicators import Indicator
from data.language import Translator


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

    ``frame``: one row a month: month (date), value, n, and with ``comparison`` also comparison (value of the wider
    area; all NaN where not enough). ``area`` and ``comparison`` name the two lines, ``target`` draws a third.
    ``has_intervals`` draws interval_low and interval_high of the area as well (both NaN where there is none).
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
    layers = _lines(position, names) + ([] if target is None else _target(target, indicator, translate))
    layers += [_interval(position)] if has_intervals else []
    return finish(layers, data=rows, height=CHART_HEIGHT, translate=translate)


def trend_alt(frame: pd.DataFrame, indicator: Indicator, *, translate: Translator) -> str:
    """The chart in a sentence: first and last month that have a value."""
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
    own = frame[["month", "value", "n"]].assign(area=area)
    parts = [own]
    if comparison:
        parts.append(frame[["month"]].assign(value=frame["comparison"], n=None, area=comparison))
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


def _lines(position: alt.Chart, names: list[str]) -> list[alt.Chart]:
    """A line and its points for each name, told apart by colour and by dash; one line needs no legend."""
    several = len(names) > 1
    legend = alt.Legend(title=None, symbolType="stroke", symbolSize=400, symbolStrokeWidth=2.2) if several else None
    colours, dashes = [ACCENT, COMPARISON][: len(names)], [[1, 0], [5, 4]][: len(names)]
    coloured = position.encode(
        color=alt.Color("area:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
    )
    dash = alt.StrokeDash("area:N", scale=alt.Scale(domain=names, range=dashes), legend=legend)
    return [
        coloured.mark_line(strokeWidth=2.2).encode(strokeDash=dash),
        coloured.mark_point(size=34, filled=True, opacity=1),
    ]


def _ends(frame: pd.DataFrame, rows: int) -> dict[str, list[float]]:
    """The ends of the intervals of the area, whose rows come first; none for the wider area."""
    missing = [float("nan")] * (rows - len(frame))
    return {column: [*frame[column].astype(float), *missing] for column in ("interval_low", "interval_high")}


def _interval(position: alt.Chart) -> alt.Chart:
    """A rule from end to end of each interval."""
    ends = position.encode(y=alt.Y("interval_low:Q"), y2="interval_high:Q")
    rule: alt.Chart = ends.mark_rule(color=ACCENT, strokeWidth=1.2, opacity=0.55, aria=False)
    return rule


def _target(target: float, indicator: Indicator, translate: Translator) -> list[alt.Chart]:
    label = translate("Target: {value}", value=Formatter(translate).indicator_value(indicator, target))
    base = alt.Chart(pd.DataFrame({"target": [target], "label": [label]}))
    return [
        base.mark_rule(color=ATTENTION, strokeDash=[2, 3], strokeWidth=1.4, aria=False).encode(y="target:Q"),
        base.mark_text(align="right", dy=-7, color=ATTENTION).encode(
            x=alt.value("width"), y="target:Q", text="label:N"
        ),
    ]
