"""Trends of indicators as process charts: points with the limits and rules of :mod:`queries.statistics.process`.

A point is a month, or a quarter where most months have fewer than ten cases. A month that is not over, or whose cases
may still change, takes no part in limits and rules. Where a month is made of mostly the same as the month before
(``months`` of the declaration) there are neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
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
    "numerator",
    "denominator",
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
    lines = _lines(by_month)
    thin = [code for code, line in lines.items() if _is_thin(INDICATORS[code], line, period, today)]
    if thin:
        lines |= _lines(by_quarter(thin))
    points = [
        _points(INDICATORS[code], line, MONTHS_OF_QUARTER if code in thin else 1, period, today)
        for code, line in lines.items()
    ]
    if not points:
        return pd.DataFrame(columns=list(POINT_COLUMNS))
    return pd.DataFrame({name: np.concatenate([each[name] for each in points]) for name in POINT_COLUMNS})


@dataclass(frozen=True)
class _Line:
    """Columns of :func:`queries.indicators.values.indicator_trend` of one indicator."""

    month: NDArray[np.datetime64]
    numerator: Numbers
    denominator: Numbers
    n: Numbers
    value: Numbers


def _lines(trend: pd.DataFrame) -> dict[str, _Line]:
    """Return the lines of a trend by indicator, in their order."""
    columns = [trend[each.name].to_numpy() for each in fields(_Line)]
    at, codes = pd.factorize(trend["indicator_code"].to_numpy(dtype=object))
    return {code: _Line(*(column[at == place] for column in columns)) for place, code in enumerate(codes)}


def _is_thin(indicator: Indicator, line: _Line, period: Period, today: date) -> bool:
    """Whether half of the finished months or more have too few cases by themselves."""
    cases = _cases(indicator, line)[_finished(indicator, line.month, 1, period, today)]
    return indicator.months is Months.OWN and bool(len(cases)) and bool(np.median(cases) < PROCESS_METHOD.pooled_under)


def _cases(indicator: Indicator, line: _Line) -> Numbers:
    """Things that a value counts: of a rate those in its numerator, whose denominator are inhabitants."""
    if isinstance(indicator.computation, Rate):
        return _counted(indicator.computation, line)
    return line.n


def _counted(computation: Rate, line: _Line) -> Numbers:
    return line.numerator / _MONTHS_A_YEAR if computation.is_yearly else line.numerator


def _finished(
    indicator: Indicator, months: NDArray[np.datetime64], length: int, period: Period, today: date
) -> NDArray[np.bool_]:
    """Which points lie wholly in the period, are over, and have waited as long as they must."""
    starts = months.astype("datetime64[D]")
    ends = (starts.astype("datetime64[M]") + length).astype("datetime64[D]")
    is_inside = (starts >= np.datetime64(period.first_day)) & (ends <= np.datetime64(shift_month(period.last_day, 1)))
    return np.asarray(is_inside & (ends + indicator.waiting_days <= np.datetime64(today)), dtype=np.bool_)


def _points(indicator: Indicator, line: _Line, length: int, period: Period, today: date) -> Mapping[str, NDArray[Any]]:
    """The columns of the points of one indicator."""
    is_finished = _finished(indicator, line.month, length, period, today)
    judged = np.where(is_finished, line.value, np.nan)
    kind, count = chart_kind(indicator), len(line.value)
    nothing = np.full(count, np.nan)
    is_enough = int((~np.isnan(judged)).sum()) >= PROCESS_METHOD.smallest_points
    centre, low, high, found = np.nan, nothing, nothing, [Signal.USUAL] * count
    if kind is not ChartKind.NONE and is_enough:
        limits = _limits(indicator, kind, line, judged)
        centre, found = limits.centre, signals(judged, limits)
        low, high = (np.where(np.isnan(judged), np.nan, limit) for limit in (limits.low, limits.high))
    return {
        "month": line.month,
        "months": np.full(count, length),
        "indicator_code": np.full(count, indicator.code, dtype=object),
        "value": line.value,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "n": _rested_on(indicator, line, length, period, today),
        "centre": np.full(count, centre),
        "limit_low": low,
        "limit_high": high,
        "chart_code": np.full(count, kind.value, dtype=object),
        "signal_code": np.array([signal.value for signal in found], dtype=object),
        "is_finished": is_finished,
    }


def _rested_on(indicator: Indicator, line: _Line, length: int, period: Period, today: date) -> Numbers:
    """Return n; the inhabitants of a quarter are the mean of its months, each of which its sums have."""
    if length == 1 or not isinstance(indicator.computation, Rate):
        return line.n
    begun = Counter(np.datetime64(quarter_start(month)) for month in period.months if month <= today)
    months: Numbers = np.array([begun.get(month, np.nan) for month in line.month.astype("datetime64[D]")])
    return line.n / months


def _limits(indicator: Indicator, kind: ChartKind, line: _Line, judged: Numbers) -> ProcessLimits:
    """Limits of the judged values, in their unit."""
    counted, of = (np.where(np.isnan(judged), np.nan, numbers) for numbers in (line.numerator, line.denominator))
    computation = indicator.computation
    if kind is ChartKind.P:
        shares = p_limits(counted, of)
        return ProcessLimits(100 * shares.centre, 100 * shares.low, 100 * shares.high)
    if kind is ChartKind.U and isinstance(computation, Rate):
        things = np.where(np.isnan(judged), np.nan, _counted(computation, line))
        # Inhabitants in the unit of the rate, each for the part of a year that a month is.
        return u_limits(things, of / (computation.per * _MONTHS_A_YEAR))
    if isinstance(computation, ShrunkMean):
        return xmr_limits(judged, scale=computation.scale)
    return xmr_limits(judged, scale=(0.0, 100.0 if indicator.unit is Unit.PERCENT else np.inf))
