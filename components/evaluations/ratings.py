"""Ratings of the NGOs in four figures: by item, over time, by direction and form of event, with interval and n."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_bars, render_chart
from components.charts.composition import RATING_TEXTS, RatedCodes, rating_bars
from components.charts.process import point_text, process_sentences, signal_text
from components.charts.trend import trend_alt, trend_chart
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_figure_table
from data.codes import Direction, EvaluationItem, EventForm
from data.indicators.evaluations import EVALUATION_SCORE


@dataclass(frozen=True)
class _Figure:
    """One figure of ratings: its name in keys and files, title, rows (name, mean, n, interval) and how to draw it.

    ``heading`` is that of the column ``name``, ``counted`` says what n counts, ``note`` what else to know;
    ``has_limits``: whether the rows have limits of a process chart and how each stands among the others (among).
    """

    key: str
    title: str
    rows: pd.DataFrame
    draw: Callable[[], None]
    heading: str
    counted: str
    note: str = ""
    has_limits: bool = False


def render_ratings_by_item(frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the mean of each item; ``frame`` is that of :func:`queries.evaluations.ratings.ratings_by_item`."""
    figure = _by_code("ratings_by_item", fmt.translate("Ratings by item"), frame, EvaluationItem, filters, fmt)
    _render_figure(figure, filters, context, fmt=fmt)


def render_ratings_by_direction(
    frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the mean of each direction; ``frame``: :func:`queries.evaluations.ratings.ratings_by_direction`."""
    title, chosen = fmt.translate("Ratings by direction"), filters.direction or ""
    figure = _by_code("ratings_by_direction", title, frame, Direction, filters, fmt, highlighted=chosen)
    _render_figure(figure, filters, context, fmt=fmt)


def render_ratings_by_form(frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the mean of each form of event; ``frame`` is that of :func:`queries.evaluations.ratings.ratings_by_form`."""
    title, chosen = fmt.translate("Ratings by form of event"), filters.form or ""
    figure = _by_code("ratings_by_form", title, frame, EventForm, filters, fmt, highlighted=chosen)
    _render_figure(figure, filters, context, fmt=fmt)


def _by_code(
    key: str,
    title: str,
    frame: pd.DataFrame,
    codes: RatedCodes,
    filters: Filters,
    fmt: Formatter,
    *,
    highlighted: str = "",
) -> _Figure:
    """Return a figure whose rows are codes in their declared order."""
    translate, texts = fmt.translate, RATING_TEXTS[codes]

    def make() -> str:
        return rating_bars(frame, title=title, translate=translate, codes=codes, highlighted=highlighted)

    is_named_only = codes is not EvaluationItem
    return _Figure(
        key,
        title,
        frame.assign(name=[translate(codes(code).label) for code in frame[texts.column]]),
        lambda: render_bars(make, name=key, cache_key=(filters.choices, filters.form)),
        translate(texts.heading),
        translate(texts.counted),
        translate("Named evaluations only; all directions and forms.") if is_named_only else "",
    )


def render_ratings_over_time(frame: pd.DataFrame, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the mean of the events of each month or quarter, not shrunk towards the nation's as the indicator is.

    ``frame`` is that of :func:`queries.evaluations.ratings.ratings_over_time`.
    """
    translate, values = fmt.translate, frame.rename(columns={"mean": "value"})

    def make() -> tuple[alt.LayerChart, str]:
        chart = trend_chart(values, EVALUATION_SCORE, translate=translate, area=filters.area.name, has_intervals=True)
        return chart, trend_alt(values, EVALUATION_SCORE, translate=translate)

    notes = [
        *process_sentences(values, EVALUATION_SCORE, fmt=fmt),
        translate("Lines across the points are 90% intervals."),
        translate("A gap is a point without enough data."),
    ]
    figure = _Figure(
        "ratings_over_time",
        translate("Ratings over time"),
        frame.assign(
            name=[point_text(*point, fmt=fmt) for point in zip(frame["month"], frame["months"], strict=True)],
            among=[signal_text(row, fmt=fmt) for row in frame.to_dict("records")],
        ),
        lambda: render_chart(make, key="ratings_over_time", cache_key=(filters.choices, filters.form)),
        translate("Month or quarter"),
        translate("Joint events with a rating"),
        " ".join(notes),
        has_limits=True,
    )
    _render_figure(figure, filters, context, fmt=fmt)


def _render_figure(figure: _Figure, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    translate = fmt.translate
    st.subheader(figure.title, anchor=False)
    if figure.rows["mean"].notna().any():
        figure.draw()
    else:
        needed = fmt.number(EVALUATION_SCORE.minimum_n)
        st.caption(
            translate("Not enough data: a mean rating needs at least {number} ratings or events.", number=needed)
        )
    if figure.note:
        st.caption(figure.note)
    columns = [
        ColumnSpec("name", figure.heading),
        ColumnSpec("mean", translate("Mean rating"), ColumnType.INDICATOR, indicator=EVALUATION_SCORE),
        ColumnSpec("interval_low", translate("90% interval, from"), ColumnType.INDICATOR, indicator=EVALUATION_SCORE),
        ColumnSpec("interval_high", translate("90% interval, to"), ColumnType.INDICATOR, indicator=EVALUATION_SCORE),
        ColumnSpec("n", figure.counted, ColumnType.NUMBER),
    ]
    if figure.has_limits:
        limits = {
            "centre": translate("Centre line"),
            "limit_low": translate("Lower limit"),
            "limit_high": translate("Upper limit"),
        }
        columns += [
            ColumnSpec(key, heading, ColumnType.INDICATOR, indicator=EVALUATION_SCORE)
            for key, heading in limits.items()
        ]
        columns.append(ColumnSpec("among", translate("Among the points")))
    render_figure_table(
        figure.rows, columns, title=figure.title, key=figure.key, filters=filters, context=context, fmt=fmt
    )
