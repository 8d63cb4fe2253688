"""Ratings of the NGOs in four figures: by item, over time, by direction and form of event, with interval and n."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import altair as alt
import pandas as pd
import streamlit as st

from components.charts.cached_chart import render_bars, render_chart
from components.charts.composition import RATING_TEXTS, RatedCodes, rating_bars
from components.charts.process import point_text, process_sentences, signal_text
from components.charts.trend import trend_alt, trend_chart
from components.indicators.response import response_columns, response_note
from components.indicators.verdict_texts import chance_note, verdict_of
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.figure_table import render_figure_table
from data.codes import Direction, EvaluationItem, EventForm
from data.indicators.evaluations import EVALUATION_SCORE


@dataclass(frozen=True)
class RestsOn:
    """What ratings rest on, loaded once their table is opened.

    ``response``: by code ("" for all together) the response rate in percent; ``confidential``: by code the share of
    the confidential evaluations that counts, in percent. What is not there is not known.
    """

    response: Mapping[object, float] = field(default_factory=dict)
    confidential: Mapping[object, float] = field(default_factory=dict)


LoadRestsOn = Callable[[], RestsOn]


@dataclass(frozen=True)
class _Figure:
    """One figure of ratings: its name in keys and files, title, rows and how to draw it.

    ``rows`` have mean, n and interval, and what ``columns`` name; ``code`` is the column of their codes, "" where all
    rest on the same. ``note`` says what else to know.
    """

    key: str
    title: str
    rows: pd.DataFrame
    draw: Callable[[], None]
    heading: str
    code: str
    columns: tuple[ColumnSpec, ...]
    note: str = ""
    has_response: bool = True


def render_ratings_by_item(
    frame: pd.DataFrame,
    filters: Filters,
    context: RequestContext,
    *,
    rests_on: LoadRestsOn,
    addresses: Mapping[str, str],
    fmt: Formatter,
) -> None:
    """Draw the mean of each item with its verdict; ``frame``: :func:`queries.evaluations.ratings.ratings_by_item`.

    ``addresses``: where the bar of a code leads to, here and in the figures below.
    """
    title = fmt.translate("Ratings by item")
    figure = _by_code("ratings_by_item", title, frame, EvaluationItem, filters, addresses, fmt)
    _render_figure(figure, filters, context, rests_on=rests_on, fmt=fmt)


def render_ratings_by_direction(
    frame: pd.DataFrame,
    filters: Filters,
    context: RequestContext,
    *,
    rests_on: LoadRestsOn,
    addresses: Mapping[str, str],
    fmt: Formatter,
) -> None:
    """Draw the mean of each direction; ``frame``: :func:`queries.evaluations.ratings.ratings_by_direction`."""
    title, chosen = fmt.translate("Ratings by direction"), filters.direction or ""
    figure = _by_code("ratings_by_direction", title, frame, Direction, filters, addresses, fmt, highlighted=chosen)
    _render_figure(figure, filters, context, rests_on=rests_on, fmt=fmt)


def render_ratings_by_form(
    frame: pd.DataFrame,
    filters: Filters,
    context: RequestContext,
    *,
    rests_on: LoadRestsOn,
    addresses: Mapping[str, str],
    fmt: Formatter,
) -> None:
    """Draw the mean of each form of event; ``frame`` is that of :func:`queries.evaluations.ratings.ratings_by_form`."""
    title, chosen = fmt.translate("Ratings by form of event"), filters.form or ""
    figure = _by_code("ratings_by_form", title, frame, EventForm, filters, addresses, fmt, highlighted=chosen)
    _render_figure(figure, filters, context, rests_on=rests_on, fmt=fmt)


def _by_code(
    key: str,
    title: str,
    frame: pd.DataFrame,
    codes: RatedCodes,
    filters: Filters,
    addresses: Mapping[str, str],
    fmt: Formatter,
    *,
    highlighted: str = "",
) -> _Figure:
    """Return a figure whose rows are codes in their declared order."""
    translate, texts = fmt.translate, RATING_TEXTS[codes]

    def make() -> str:
        return rating_bars(
            frame, title=title, translate=translate, codes=codes, highlighted=highlighted, addresses=addresses
        )

    rows = frame.assign(name=[translate(codes(code).label) for code in frame[texts.column]])
    counted = ColumnSpec("n", translate(texts.counted), ColumnType.NUMBER)
    if codes is EvaluationItem:
        rows = rows.assign(verdict=[translate(verdict_of(code).label) for code in frame["verdict_code"]])
        columns: tuple[ColumnSpec, ...] = (
            ColumnSpec("verdict", translate("Beside all other items")),
            counted,
            ColumnSpec("events", translate("Joint events, each once"), ColumnType.NUMBER),
        )
        note = chance_note(frame["verdict_code"], None, fmt=fmt)
    else:
        columns = (ColumnSpec("evaluations", translate("Evaluations counted"), ColumnType.NUMBER), counted)
        note = translate("Named evaluations only; all directions and forms.")
    return _Figure(
        key,
        title,
        rows,
        lambda: render_bars(make, name=key, cache_key=(filters.choices, filters.form, tuple(addresses.items()))),
        translate(texts.heading),
        "" if codes is EvaluationItem else texts.column,
        columns,
        note,
    )


def render_ratings_over_time(
    frame: pd.DataFrame, filters: Filters, context: RequestContext, *, rests_on: LoadRestsOn, fmt: Formatter
) -> None:
    """Draw the mean of the events of each month or quarter, not shrunk towards the nation's as the indicator is.

    ``frame`` is that of :func:`queries.evaluations.ratings.ratings_over_time`; ``rests_on`` has its months as codes.
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
    limits = {
        "centre": translate("Centre line"),
        "limit_low": translate("Lower limit"),
        "limit_high": translate("Upper limit"),
    }
    figure = _Figure(
        "ratings_over_time",
        translate("Ratings over time"),
        frame.assign(
            name=[point_text(*point, fmt=fmt) for point in zip(frame["month"], frame["months"], strict=True)],
            among=[signal_text(row, fmt=fmt) for row in frame.to_dict("records")],
        ),
        lambda: render_chart(make, key="ratings_over_time", cache_key=(filters.choices, filters.form)),
        translate("Month or quarter"),
        "month",
        (
            ColumnSpec("evaluations", translate("Evaluations counted"), ColumnType.NUMBER),
            ColumnSpec("events", translate("Joint events, each once"), ColumnType.NUMBER),
            ColumnSpec("n", translate("Ratings of events"), ColumnType.NUMBER),
            *(
                ColumnSpec(key, heading, ColumnType.INDICATOR, indicator=EVALUATION_SCORE)
                for key, heading in limits.items()
            ),
            ColumnSpec("among", translate("Among the points")),
        ),
        " ".join(notes),
        has_response=False,
    )
    _render_figure(figure, filters, context, rests_on=rests_on, fmt=fmt)


def _render_figure(
    figure: _Figure, filters: Filters, context: RequestContext, *, rests_on: LoadRestsOn, fmt: Formatter
) -> None:
    translate = fmt.translate
    st.subheader(figure.title, anchor=False)
    if figure.rows["mean"].notna().any():
        figure.draw()
        st.caption(figure.note)
    else:
        needed = fmt.number(EVALUATION_SCORE.minimum_n)
        st.caption(
            translate("Not enough data: a mean rating needs at least {number} ratings or events.", number=needed)
        )
    columns = [
        ColumnSpec("name", figure.heading),
        ColumnSpec("mean", translate("Mean rating"), ColumnType.INDICATOR, indicator=EVALUATION_SCORE),
        ColumnSpec("interval_low", translate("90% interval, from"), ColumnType.INDICATOR, indicator=EVALUATION_SCORE),
        ColumnSpec("interval_high", translate("90% interval, to"), ColumnType.INDICATOR, indicator=EVALUATION_SCORE),
        *figure.columns,
        *(response_columns(EVALUATION_SCORE, fmt=fmt) if figure.has_response else ()),
        ColumnSpec("confidential_pct", translate("Confidential: share that counts"), ColumnType.PERCENT),
    ]
    render_figure_table(
        lambda: _with_what_they_rest_on(figure, rests_on(), fmt),
        columns,
        title=figure.title,
        key=figure.key,
        filters=filters,
        context=context,
        fmt=fmt,
    )


def _with_what_they_rest_on(figure: _Figure, rests_on: RestsOn, fmt: Formatter) -> pd.DataFrame:
    codes = list(figure.rows[figure.code]) if figure.code else [""] * len(figure.rows)
    response = [rests_on.response.get(code, float("nan")) for code in codes]
    return figure.rows.assign(
        response=response,
        response_note=[response_note(rate, fmt=fmt) for rate in response],
        confidential_pct=[rests_on.confidential.get(code, float("nan")) for code in codes],
    )
