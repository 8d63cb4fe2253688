"""Planned and fulfilled items by month: a pale wide bar for the plan with a dark narrow one inside."""

from __future__ import annotations

import altair as alt
import pandas as pd

from components.charts.palette import COMPARISON, SEQUENTIAL
from components.charts.style import CHART_HEIGHT, finish, month_axis
from components.shell.formatter import Formatter
from data.language import Translator

PLAN_COLOUR, FACT_COLOUR = "#d3e0ee", SEQUENTIAL[4]
WIDTHS = (0.72, 0.4)


def plan_chart(frame: pd.DataFrame, *, translate: Translator) -> alt.LayerChart:
    """Bars of plan items by month. ``frame``: one row per month: month (date), planned, fulfilled (counts)."""
    names = [translate("Planned"), translate("Fulfilled")]
    rows = _rows(frame, names, Formatter(translate))
    base = alt.Chart().encode(
        x=alt.X("month:O", timeUnit="yearmonth", axis=month_axis(frame["month"].nunique())),
        y=alt.Y("items:Q", axis=alt.Axis(title=translate("Plan items"), tickMinStep=1, format=",d")),
        color=alt.Color(
            "kind:N", scale=alt.Scale(domain=names, range=[PLAN_COLOUR, FACT_COLOUR]), legend=alt.Legend(title=None)
        ),
        tooltip=[
            alt.Tooltip("month_text:N", title=translate("Month")),
            alt.Tooltip("planned_text:N", title=names[0]),
            alt.Tooltip("fulfilled_text:N", title=names[1]),
        ],
    )
    layers = [
        base.mark_bar(width=alt.RelativeBandSize(band=width), stroke=COMPARISON, strokeWidth=0.8)
        .transform_filter(alt.datum.kind == name)
        .encode(
            y=alt.Y("items:Q", stack=None, axis=alt.Axis(title=translate("Plan items"), tickMinStep=1, format=",d"))
        )
        for name, width in zip(names, WIDTHS, strict=True)
    ]
    return finish(layers, data=rows, height=CHART_HEIGHT, translate=translate)


def plan_alt(frame: pd.DataFrame, *, translate: Translator) -> str:
    """Text alternative: the totals."""
    fmt = Formatter(translate)
    return translate(
        "Plan items by month: {planned} planned, {fulfilled} fulfilled in all.",
        planned=fmt.number(frame["planned"].sum()),
        fulfilled=fmt.number(frame["fulfilled"].sum()),
    )


def _rows(frame: pd.DataFrame, names: list[str], fmt: Formatter) -> pd.DataFrame:
    texts = frame.assign(
        month_text=[fmt.month(month) for month in frame["month"]],
        planned_text=[fmt.number(number) for number in frame["planned"]],
        fulfilled_text=[fmt.number(number) for number in frame["fulfilled"]],
        month=pd.to_datetime(frame["month"]),
    )
    parts = [texts.assign(kind=names[0], items=texts["planned"]), texts.assign(kind=names[1], items=texts["fulfilled"])]
    return pd.concat(parts, ignore_index=True)
