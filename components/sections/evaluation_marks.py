"""Marks that the NGOs gave: by item, month, direction and form of event, with interval and number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from components.chart_place import render_bars, render_chart
from components.charts.composition import MARK_WORDS, MarkedCodes, mark_bars
from components.charts.trend import trend_alt, trend_chart
from components.columns import Column, Kind
from components.filters import View
from components.format import Formatter
from components.loading import load
from components.sections.figure_table import render_figure_table
from components.sections.tiles import render_area_tiles
from components.sections.values import load_area_figures
from components.session import Visit
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


def render_marks(view: View, visit: Visit, *, write: Formatter) -> None:
    """The indicators that follow from the marks, and the marks in four figures."""
    render_area_tiles(load_area_figures(view, visit), view, write=write, codes=TILE_CODES)
    left, right = st.columns(2, gap="medium")
    with left:
        _render_figure(_by_item(view, write), view, visit, write=write)
        _render_figure(_by_month(view, write), view, visit, write=write)
    with right:
        _render_figure(_by_direction(view, write), view, visit, write=write)
        _render_figure(_by_form(view, write), view, visit, write=write)


def _by_item(view: View, write: Formatter) -> MarkFigure:
    frame = load(ratings_by_item, scope=view.scope, period=view.period, direction=view.direction, form=view.form)
    return _coded("ratings_by_item", write.translate("Marks by item"), frame, EvaluationItem, view, write)


def _by_direction(view: View, write: Formatter) -> MarkFigure:
    frame = load(ratings_by_direction, scope=view.scope, period=view.period)
    title = write.translate("Marks by direction")
    return _coded("ratings_by_direction", title, frame, Direction, view, write, highlighted=view.direction or "")


def _by_form(view: View, write: Formatter) -> MarkFigure:
    frame = load(ratings_by_form, scope=view.scope, period=view.period)
    title = write.translate("Marks by form of event")
    return _coded("ratings_by_form", title, frame, EventForm, view, write, highlighted=view.form or "")


def _coded(
    key: str,
    title: str,
    frame: pd.DataFrame,
    codes: MarkedCodes,
    view: View,
    write: Formatter,
    *,
    highlighted: str = "",
) -> MarkFigure:
    """A figure whose rows are codes in their declared order."""
    translate, words = write.translate, MARK_WORDS[codes]

    def make() -> str:
        return mark_bars(frame, title=title, translate=translate, codes=codes, highlighted=highlighted)

    is_named_only = codes is not EvaluationItem
    return MarkFigure(
        key,
        title,
        frame.assign(name=[translate(codes(code).label) for code in frame[words.column]]),
        lambda: render_bars(make, name=key, about=(view.choices, view.form)),
        translate(words.heading),
        translate(words.counted),
        translate("Named evaluations only; all directions and forms.") if is_named_only else "",
    )


def _by_month(view: View, write: Formatter) -> MarkFigure:
    """The mean of the events of each month, not drawn towards the nation's as the indicator is."""
    translate = write.translate
    frame = load(ratings_by_month, scope=view.scope, period=view.period, direction=view.direction, form=view.form)
    values = frame.rename(columns={"mean": "value"})

    def make() -> tuple[alt.LayerChart, str]:
        chart = trend_chart(values, SCORE, translate=translate, area=view.area.name, has_intervals=True)
        return chart, trend_alt(values, SCORE, translate=translate)

    return MarkFigure(
        "ratings_by_month",
        translate("Marks by month"),
        frame.assign(name=[write.month(month) for month in frame["month"]]),
        lambda: render_chart(make, key="ratings_by_month", about=(view.choices, view.form)),
        translate("Month"),
        translate("Joint events with a mark"),
        translate("Lines across the points are 90% intervals. A gap is a month without enough data."),
    )


def _render_figure(figure: MarkFigure, view: View, visit: Visit, *, write: Formatter) -> None:
    translate = write.translate
    st.subheader(figure.title, anchor=False)
    if figure.rows["mean"].notna().any():
        figure.draw()
    else:
        needed = write.number(SCORE.minimum_n)
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
    render_figure_table(figure.rows, columns, title=figure.title, key=figure.key, view=view, visit=visit, write=write)
