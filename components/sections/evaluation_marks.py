"""Marks that the NGOs gave: by item, month, direction and form of event, with interval and number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_bars, render_chart
from components.charts.composition import MARK_WORDS, MarkedCodes, mark_bars
from components.charts.trend import trend_alt, trend_chart
from components.sections.figure_table import render_figure_table
from components.sections.tiles import render_area_tiles
from components.sections.values import load_area_figures
from components.shell.cache import cached_query
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import Column, Kind
from data.codes import Direction, EvaluationItem, EventForm
from data.indicators import INDICATORS, IndicatorCode
from queries.evaluations.ratings import ratings_by_direction, ratings_by_form, ratings_by_item, ratings_by_month

TILE_CODES = (IndicatorCode.EVALUATION_SCORE, IndicatorCode.WOULD_REPEAT, IndicatorCode.EVALUATION_COVERAGE)
SCORE = INDICATORS[IndicatorCode.EVALUATION_SCORE]


@dataclass(frozen=True)
class MarkFigure:
    """One figure of marks: its name in keys and files, title, rows (name, mean, n, interval) and how to draw it.

    ``heading`` is that of the column ``name``, ``counted`` says what n counts, ``note`` what else to know.
    """

    key: str
    title: str
    rows: pd.DataFrame
    draw: Callable[[], None]
    heading: str
    counted: str
    note: str = ""


def render_marks(filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """The indicators that follow from the marks, and the marks in four figures."""
    render_area_tiles(load_area_figures(filters, context), filters, fmt=fmt, codes=TILE_CODES)
    left, right = st.columns(2, gap="medium")
    with left:
        _render_figure(_by_item(filters, fmt), filters, context, fmt=fmt)
        _render_figure(_by_month(filters, fmt), filters, context, fmt=fmt)
    with right:
        _render_figure(_by_direction(filters, fmt), filters, context, fmt=fmt)
        _render_figure(_by_form(filters, fmt), filters, context, fmt=fmt)


def _by_item(filters: Filters, fmt: Formatter) -> MarkFigure:
    frame = cached_query(
        ratings_by_item, scope=filters.scope, period=filters.period, direction=filters.direction, form=filters.form
    )
    return _coded("ratings_by_item", fmt.translate("Marks by item"), frame, EvaluationItem, filters, fmt)


def _by_direction(filters: Filters, fmt: Formatter) -> MarkFigure:
    frame = cached_query(ratings_by_direction, scope=filters.scope, period=filters.period)
    title = fmt.translate("Marks by direction")
    return _coded("ratings_by_direction", title, frame, Direction, filters, fmt, highlighted=filters.direction or "")


def _by_form(filters: Filters, fmt: Formatter) -> MarkFigure:
    frame = cached_query(ratings_by_form, scope=filters.scope, period=filters.period)
    title = fmt.translate("Marks by form of event")
    return _coded("ratings_by_form", title, frame, EventForm, filters, fmt, highlighted=filters.form or "")


def _coded(
    key: str,
    title: str,
    frame: pd.DataFrame,
    codes: MarkedCodes,
    filters: Filters,
    fmt: Formatter,
    *,
    highlighted: str = "",
) -> MarkFigure:
    """A figure whose rows are codes in their declared order."""
    translate, words = fmt.translate, MARK_WORDS[codes]

    def make() -> str:
        return mark_bars(frame, title=title, translate=translate, codes=codes, highlighted=highlighted)

    is_named_only = codes is not EvaluationItem
    return MarkFigure(
        key,
        title,
        frame.assign(name=[translate(codes(code).label) for code in frame[words.column]]),
        lambda: render_bars(make, name=key, cache_key=(filters.choices, filters.form)),
        translate(words.heading),
        translate(words.counted),
        translate("Named evaluations only; all directions and forms.") if is_named_only else "",
    )


def _by_month(filters: Filters, fmt: Formatter) -> MarkFigure:
    """The mean of the events of each month, not drawn towards the nation's as the indicator is."""
    translate = fmt.translate
    frame = cached_query(
        ratings_by_month, scope=filters.scope, period=filters.period, direction=filters.direction, form=filters.form
    )
    values = frame.rename(columns={"mean": "value"})

    def make() -> tuple[alt.LayerChart, str]:
        chart = trend_chart(values, SCORE, translate=translate, area=filters.area.name, has_intervals=True)
        return chart, trend_alt(values, SCORE, translate=translate)

    return MarkFigure(
        "ratings_by_month",
        translate("Marks by month"),
        frame.assign(name=[fmt.month(month) for month in frame["month"]]),
        lambda: render_chart(make, key="ratings_by_month", cache_key=(filters.choices, filters.form)),
        translate("Month"),
        translate("Joint events with a mark"),
        translate("Lines across the points are 90% intervals. A gap is a month without enough data."),
    )


def _render_figure(figure: MarkFigure, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    translate = fmt.translate
    st.subheader(figure.title, anchor=False)
    if figure.rows["mean"].notna().any():
        figure.draw()
    else:
        needed = fmt.number(SCORE.minimum_n)
        st.caption(translate("Not enough data: a mean mark needs at least {number} marks or events.", number=needed))
    if figure.note:
        st.caption(figure.note)
    columns = [
        Column("name", figure.heading),
        Column("mean", translate("Mean mark"), Kind.INDICATOR, indicator=SCORE),
        Column("interval_low", translate("90% interval, from"), Kind.INDICATOR, indicator=SCORE),
        Column("interval_high", translate("90% interval, to"), Kind.INDICATOR, indicator=SCORE),
        Column("n", figure.counted, Kind.NUMBER),
    ]
    render_figure_table(
        figure.rows, columns, title=figure.title, key=figure.key, filters=filters, context=context, fmt=fmt
    )
