"""Trends of indicators as process charts: points with the limits and rules of :mod:`queries.statistics.process`.

A point is a month, or a quarter where most months have fewer than ten cases. A month that is not over, or whose cases
may still change, takes no part in limits and rules. Where a month is made of mostly the same as the month before
(``months`` of the declaration) there are neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from data.codes import Direction
from data.dates.period import Period, quarter_start, shift_month
from data.indicators import INDICATORS, Indicator
from data.indicators.computations import Rate, ShrunkMean
from data.indicators.declaration import Months, Unit
from data.indicators.process_charts import PROCESS_METHOD, ChartKind, Signal, chart_kind
from data.policy import Actor, Scope
from queries.indicators.monthly_sums import MonthlySums
from queries.indicators.ratings import Shrinkage
from queries.indicators.values import indicator_trend, monthly_sums
from queries.statistics.process import Numbers, ProcessLimits, p_limits, signals, u_limits, xmr_limits

POINT_COLUMNS = (
    "month",
    "months",
    "indicator_code",
    "value",
    "n",
    "centre",
    "limit_low",
    "limit_high",
    "chart_code",
    "signal_code",
    "is_finished",
)
MONTHS_OF_QUARTER = 3
_MONTHS_A_YEAR = 12


def trend_period(period: Period, *, earliest: date | None = None) -> Period:
    """Return the months of a trend that ends with a period: three years, from the start of a quarter and not before
    ``earliest``, itself the start of one."""
    last = period.last_day.replace(day=1)
    first = quarter_start(shift_month(last, 1 - PROCESS_METHOD.months))
    first = first if earliest is None else max(first, earliest)
    return Period.of_months(first, Period(first, period.last_day).month_count)


def process_trend(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
    codes: Sequence[str] = tuple(INDICATORS),
    shrinkage: Shrinkage | None = None,
    monthly: MonthlySums | None = None,
) -> pd.DataFrame:
    """The trends of the scope as one area: :func:`trend_points` of what :func:`indicator_trend` is asked for.

    They begin with the first quarter of which anything is recorded in the nation: before it nothing is known to be
    zero. What is made of 12 months begins when there are as many.
    """
    if monthly is None:
        monthly = monthly_sums(connection, actor, period=period, today=today, direction=direction)
    recorded = monthly.first_recorded
    if period.first_day < recorded <= period.last_day:
        first = quarter_start(recorded)
        period = Period.of_months(first, Period(first, period.last_day).month_count)

    def trend(asked: Sequence[str], *, is_quarterly: bool) -> pd.DataFrame:
        return indicator_trend(
            connection,
            actor,
            scope=scope,
            period=period,
            today=today,
            direction=direction,
            codes=asked,
            shrinkage=shrinkage,
            monthly=monthly,
            is_quarterly=is_quarterly,
        )

    by_month = trend(codes, is_quarterly=False)
    if recorded > monthly.window.period.first_day:
        is_yearly = by_month["indicator_code"].map(lambda code: INDICATORS[code].months is Months.YEAR)
        is_short = by_month["month"] < pd.Timestamp(shift_month(recorded, _MONTHS_A_YEAR - 1))
        by_month["value"] = by_month["value"].mask(is_yearly & is_short)
    return trend_points(by_month, lambda thin: trend(thin, is_quarterly=True), period=period, today=today)


def trend_points(
    by_month: pd.DataFrame, by_quarter: Callable[[Sequence[str]], pd.DataFrame], *, period: Period, today: date
) -> pd.DataFrame:
    """Return the points of process charts: rows by indicator, then by month, columns ``POINT_COLUMNS``.

    ``by_month`` is a frame of :func:`queries.indicators.values.indicator_trend` of the period; ``by_quarter`` returns
    the one by quarter of some indicators and is asked only for those that need it. ``months`` is 1 or 3; ``chart_code``
    a ChartKind, ``signal_code`` a Signal. ``centre`` and limits are in the unit of the value, NaN where there are none.
    """
    parts = {str(code): rows for code, rows in by_month.groupby("indicator_code", sort=False)}
    thin = [code for code, rows in parts.items() if _is_thin(INDICATORS[code], rows, period, today)]
    if thin:
        parts |= {str(code): rows for code, rows in by_quarter(thin).groupby("indicator_code", sort=False)}
    points = [
        _points(INDICATORS[code], rows, MONTHS_OF_QUARTER if code in thin else 1, period, today)
        for code, rows in parts.items()
    ]
    if not points:
        return pd.DataFrame(columns=list(POINT_COLUMNS))
    return pd.DataFrame({name: np.concatenate([each[name] for each in points]) for name in POINT_COLUMNS})


def _is_thin(indicator: Indicator, rows: pd.DataFrame, period: Period, today: date) -> bool:
    """Whether half of the finished months or more have too few cases by themselves."""
    cases = _cases(indicator, rows)[_finished(indicator, rows["month"], 1, period, today)]
    return indicator.months is Months.OWN and bool(len(cases)) and bool(np.median(cases) < PROCESS_METHOD.pooled_under)


def _cases(indicator: Indicator, rows: pd.DataFrame) -> Numbers:
    """Things that a value counts: of a rate those in its numerator, whose denominator are inhabitants."""
    if isinstance(indicator.computation, Rate):
        return _counted(indicator.computation, rows)
    return rows["n"].to_numpy(np.float64)


def _counted(computation: Rate, rows: pd.DataFrame) -> Numbers:
    numerator = rows["numerator"].to_numpy(np.float64)
    return numerator / _MONTHS_A_YEAR if computation.is_yearly else numerator


def _finished(
    indicator: Indicator, months: pd.Series[pd.Timestamp], length: int, period: Period, today: date
) -> NDArray[np.bool_]:
    """Which points lie wholly in the period, are over, and have waited as long as they must."""
    starts = months.to_numpy(dtype="datetime64[D]")
    ends = (starts.astype("datetime64[M]") + length).astype("datetime64[D]")
    is_inside = (starts >= np.datetime64(period.first_day)) & (ends <= np.datetime64(shift_month(period.last_day, 1)))
    return np.asarray(is_inside & (ends + indicator.waiting_days <= np.datetime64(today)), dtype=np.bool_)


def _points(
    indicator: Indicator, rows: pd.DataFrame, length: int, period: Period, today: date
) -> Mapping[str, NDArray[Any]]:
    """The columns of the points of one indicator."""
    is_finished = _finished(indicator, rows["month"], length, period, today)
    value = rows["value"].to_numpy(np.float64)
    judged = np.where(is_finished, value, np.nan)
    kind = chart_kind(indicator)
    count, nothing = len(rows), np.full(len(rows), np.nan)
    is_enough = int((~np.isnan(judged)).sum()) >= PROCESS_METHOD.smallest_points
    centre, low, high, found = np.nan, nothing, nothing, [Signal.USUAL] * count
    if kind is not ChartKind.NONE and is_enough:
        limits = _limits(indicator, kind, rows, judged)
        centre, found = limits.centre, signals(judged, limits)
        low, high = (np.where(np.isnan(judged), np.nan, limit) for limit in (limits.low, limits.high))
    return {
        "month": rows["month"].to_numpy(),
        "months": np.full(count, length),
        "indicator_code": np.full(count, indicator.code, dtype=object),
        "value": value,
        "n": _rested_on(indicator, rows, length, period, today).to_numpy(np.float64),
        "centre": np.full(count, centre),
        "limit_low": low,
        "limit_high": high,
        "chart_code": np.full(count, kind.value, dtype=object),
        "signal_code": np.array([signal.value for signal in found], dtype=object),
        "is_finished": is_finished,
    }


def _rested_on(indicator: Indicator, rows: pd.DataFrame, length: int, period: Period, today: date) -> pd.Series[float]:
    """Return n; the inhabitants of a quarter are the mean of its months, each of which its sums have."""
    if length == 1 or not isinstance(indicator.computation, Rate):
        return rows["n"]
    begun = pd.Series([pd.Timestamp(quarter_start(month)) for month in period.months if month <= today])
    return rows["n"] / rows["month"].map(begun.value_counts())


def _limits(indicator: Indicator, kind: ChartKind, rows: pd.DataFrame, judged: Numbers) -> ProcessLimits:
    """Limits of the judged values, in their unit."""
    counted, of = (np.where(np.isnan(judged), np.nan, rows[name]) for name in ("numerator", "denominator"))
    computation = indicator.computation
    if kind is ChartKind.P:
        shares = p_limits(counted, of)
        return ProcessLimits(100 * shares.centre, 100 * shares.low, 100 * shares.high)
    if kind is ChartKind.U and isinstance(computation, Rate):
        things = np.where(np.isnan(judged), np.nan, _counted(computation, rows))
        # Inhabitants in the unit of the rate, each for the part of a year that a month is.
        return u_limits(things, of / (computation.per * _MONTHS_A_YEAR))
    if isinstance(computation, ShrunkMean):
        return xmr_limits(judged, scale=computation.scale)
    return xmr_limits(judged, scale=(0.0, 100.0 if indicator.unit is Unit.PERCENT else np.inf))
