"""What makes lines over months a process chart: limits, marked and hollow points, and the rules in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import altair as alt
import pandas as pd

from components.charts.palette import ACCENT, ATTENTION, BACKGROUND, COMPARISON, MUTED_TEXT
from components.shell.formatter import Formatter, is_missing
from data.indicators import Better, Indicator
from data.indicators.declaration import Months
from data.indicators.process_charts import PROCESS_METHOD, Signal

HIGH, LOW = frozenset({Signal.ABOVE_LIMITS, Signal.RUN_ABOVE}), frozenset({Signal.BELOW_LIMITS, Signal.RUN_BELOW})
OUTSIDE, RUNS = (Signal.ABOVE_LIMITS, Signal.BELOW_LIMITS), (Signal.RUN_ABOVE, Signal.RUN_BELOW)
MONTHS_OF_QUARTER = 3
# More points are counted and not listed.
MOST_NAMED = 3
LIMIT_DASHES = (2, 3)


def point_text(month: date, months: int, *, fmt: Formatter) -> str:
    """Return the name of a point: its month, or the quarter that begins with it."""
    if months == MONTHS_OF_QUARTER:
        return fmt.quarter(month)
    return fmt.month(month)


def signal_colour(signal: Signal, better: Better) -> str:
    """Return orange for a point on the worse side, blue for any other one."""
    is_worse = (signal in LOW and better is Better.UP) or (signal in HIGH and better is Better.DOWN)
    return ATTENTION if is_worse else ACCENT


def limit_layers(x: alt.X, y: alt.Y, limits: pd.DataFrame, *, em: float) -> list[alt.Chart]:
    """Return the layers of centre line (whole) and limits (dashed); ``limits``: month, centre, limit_low and
    limit_high, ``x`` and ``y`` the axes of month and value."""
    lines = (("centre", (1, 0)), ("limit_low", LIMIT_DASHES), ("limit_high", LIMIT_DASHES))
    return [
        alt.Chart(limits[["month", name]].rename(columns={name: "value"}))
        .mark_line(
            color=MUTED_TEXT if name == "centre" else COMPARISON,
            strokeWidth=em * 0.09,
            strokeDash=[part * em / 12 for part in dashes],
            aria=False,
        )
        .encode(x=x, y=y)
        for name, dashes in lines
    ]


def marked_layers(position: alt.Chart, points: pd.DataFrame, *, em: float) -> list[alt.Chart]:
    """Return the layers that draw over the points of a line: hollow where not finished, a diamond where they stand out.

    ``points`` has the columns of ``position``, is_finished and mark_colour ("" for a usual point).
    """
    layers = []
    hollow = points[~points["is_finished"].astype(bool) & points["value"].notna()]
    if len(hollow):
        layers.append(
            position.properties(data=hollow).mark_point(
                size=(em * 0.62) ** 2, filled=True, fill=BACKGROUND, stroke=ACCENT, strokeWidth=em * 0.13, opacity=1
            )
        )
    for colour, marked in points[points["mark_colour"] != ""].groupby("mark_colour"):
        layers.append(
            position.properties(data=marked).mark_point(
                shape="diamond", size=(em * 0.95) ** 2, filled=True, color=str(colour), opacity=1
            )
        )
    return layers


def process_sentences(points: pd.DataFrame, indicator: Indicator, *, fmt: Formatter) -> list[str]:
    """Return what a trend says, in sentences: its centre line and limits, what stands out, and what was left out.

    ``points`` are those of one indicator and area (:func:`queries.indicators.trends.trend_points`).
    """
    translate = fmt.translate
    if indicator.months is Months.YEAR:
        found = [
            translate(
                "Each point holds the 12 months up to it and shares eleven of them with its neighbours, so limits for "
                "separate months would mislead and are not drawn. Compare points that are a year apart."
            )
        ]
    elif indicator.months is Months.STATE:
        found = [
            translate(
                "Each point is how things stood at the end of its month, mostly as a month before, so limits for "
                "separate months would mislead and are not drawn."
            )
        ]
    else:
        found = _of_rules(points, indicator, fmt=fmt)
    running = [_name(row, fmt) for row in points[~points["is_finished"] & points["value"].notna()].to_dict("records")]
    if running:
        found.append(
            translate("Not finished, drawn hollow and left out of the rules: {months}.", months=", ".join(running))
        )
    return found


def signal_text(row: Mapping[Any, Any], *, fmt: Formatter) -> str:
    """Return how a point stands out, in words; that it is not finished where it is not, "" without limits."""
    if not row["is_finished"]:
        return fmt.translate("Not finished")
    return "" if is_missing(row["limit_low"]) else fmt.translate(Signal(str(row["signal_code"])).label)


def _of_rules(points: pd.DataFrame, indicator: Indicator, *, fmt: Formatter) -> list[str]:
    translate, known = fmt.translate, points[points["limit_low"].notna()]
    is_quarterly = bool((points["months"] == MONTHS_OF_QUARTER).any())
    pooled = (
        [
            translate(
                "Points are quarters, because most months have fewer than {number} cases.",
                number=PROCESS_METHOD.pooled_under,
            )
        ]
        if is_quarterly
        else []
    )
    if known.empty:
        return [
            *pooled,
            translate(
                "Limits need at least {number} finished points with enough data.",
                number=PROCESS_METHOD.smallest_points,
            ),
        ]
    last = known.iloc[-1]
    limits = translate(
        "Centre line: {centre}. Limits of usual ups and downs ({point}): {low} – {high}.",
        centre=fmt.indicator_value(indicator, last["centre"]),
        point=_name(last.to_dict(), fmt),
        low=fmt.indicator_value(indicator, last["limit_low"]),
        high=fmt.indicator_value(indicator, last["limit_high"]),
    )
    return [limits, *(_signal_sentences(known, fmt=fmt) or [translate("No point stands out from them.")]), *pooled]


def _signal_sentences(known: pd.DataFrame, *, fmt: Formatter) -> list[str]:
    translate, rows = fmt.translate, known.to_dict("records")
    found = []
    for signal in OUTSIDE:
        names = [_name(row, fmt) for row in rows if row["signal_code"] == signal.value]
        if names:
            listed = ", ".join(names[-MOST_NAMED:])
            more = len(names) - MOST_NAMED
            listed = listed if more <= 0 else translate("{more} earlier, {listed}", more=more, listed=listed)
            found.append(
                translate("Above the limits: {points}.", points=listed)
                if signal is Signal.ABOVE_LIMITS
                else translate("Below the limits: {points}.", points=listed)
            )
    for signal in RUNS:
        side = HIGH if signal is Signal.RUN_ABOVE else LOW
        runs = [
            list(run) for is_run, run in groupby(rows, key=lambda row: Signal(row["signal_code"]) in side) if is_run
        ]
        spans = [_span(run, fmt) for run in runs if any(row["signal_code"] == signal.value for row in run)]
        if spans:
            listed = "; ".join(spans[-MOST_NAMED:])
            found.append(
                translate(
                    "In a row of {number} or more above the centre line: {points}.",
                    number=PROCESS_METHOD.run,
                    points=listed,
                )
                if signal is Signal.RUN_ABOVE
                else translate(
                    "In a row of {number} or more below the centre line: {points}.",
                    number=PROCESS_METHOD.run,
                    points=listed,
                )
            )
    return found


def _span(run: Sequence[Mapping[Any, Any]], fmt: Formatter) -> str:
    return f"{_name(run[0], fmt)} – {_name(run[-1], fmt)}" if len(run) > 1 else _name(run[0], fmt)


def _name(row: Mapping[Any, Any], fmt: Formatter) -> str:
    return point_text(row["month"], row["months"], fmt=fmt)
