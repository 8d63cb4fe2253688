"""From sums to indicator values: ratios with their intervals, the shrunk rating, and what is too little to show.

A cell is an area or a month; :func:`measure` takes one row of sums a cell. Intervals are those of
:mod:`queries.indicators.intervals`, by what the declaration says; :mod:`queries.indicators.ratings` tells those of the
rating.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t

from data.indicators import INDICATORS
from data.indicators.computations import MONTHS_A_YEAR, Computation, Interval, Pooled, Rate, Ratio, ShrunkMean, Sum
from queries.indicators.intervals.cluster import cluster_limits
from queries.indicators.intervals.normal import CONFIDENCES, Limits, Numbers
from queries.indicators.intervals.proportion import wilson
from queries.indicators.intervals.rate import count_limits
from queries.indicators.ratings import shrunk_mean

LIMIT_COLUMNS = tuple(f"interval_{end}{suffix}" for suffix in CONFIDENCES for end in ("low", "high"))
_FIGURES = ("numerator", "denominator", "n", "value")
MEASURES = (*_FIGURES, *LIMIT_COLUMNS)


@dataclass(frozen=True)
class Nation:
    """How the rating of each cell is drawn to the mean of the nation: that mean, the leniency of its NGOs, its standard
    error (NaN: none) with the degrees of freedom of Student's t, and k for all."""

    overall: Numbers
    leniency: Numbers
    error: Numbers
    free: Numbers
    k: float


def numbers(sums: pd.DataFrame, column: str) -> Numbers:
    """A column of sums; NaN for a column without a name."""
    return sums[column].to_numpy(dtype=np.float64) if column else np.full(len(sums), np.nan)


def counts(computation: Computation, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """Numerator, denominator and n of each cell."""
    numerator, denominator = numbers(sums, computation.numerator), numbers(sums, computation.denominator)
    return numerator, denominator, numbers(sums, computation.n_column)


def share_limits(computation: Ratio, sums: pd.DataFrame, *, confidence: float) -> Limits:
    """The interval of a share in percent; NaN where it has none."""
    numerator, denominator, n = counts(computation, sums)
    match computation.interval:
        case Interval.WILSON | Interval.WILSON_ABOVE_DISTRICT:
            low, high = wilson(numerator, denominator, confidence=confidence)
        case Interval.CLUSTER:
            low, high = _of_clusters(computation, sums, confidence=confidence)
        case _:
            return without_limits(sums)
    if computation.interval is Interval.WILSON_ABOVE_DISTRICT:
        is_wider = numbers(sums, "districts") > 1
        low, high = (np.where(is_wider, limit, np.nan) for limit in (low, high))
    return 100 * low, 100 * high


def _of_clusters(computation: Ratio, sums: pd.DataFrame, *, confidence: float) -> Limits:
    """Clusters that are all equal show no likeness within one: then their things count as if each stood alone."""
    numerator, denominator, n = counts(computation, sums)
    span = denominator / np.where(n > 0, n, np.nan)
    squares = numbers(sums, computation.squares)
    by_cluster = cluster_limits(n, numerator / span, squares / span**2, scale=(0.0, 1.0), confidence=confidence)
    # In whole months, as rounded shares of equal clusters differ by a hair.
    has_width = (n > 1) & (n * squares > numerator**2)
    by_thing = wilson(numerator, denominator, confidence=confidence)
    low, high = (np.where(has_width, *ends) for ends in zip(by_cluster, by_thing, strict=True))
    return low, high


def rate_limits(computation: Rate, sums: pd.DataFrame, value: Numbers, *, confidence: float) -> Limits:
    """The interval of a rate: that of the things counted, brought to a year and to inhabitants as they are."""
    _, inhabitants, _ = counts(computation, sums)
    counted = numbers(sums, computation.counted or computation.numerator)
    of_one = MONTHS_A_YEAR / np.maximum(numbers(sums, "months"), 1) * computation.per
    per_thing = np.where(counted > 0, value / np.maximum(counted, 1), of_one / np.maximum(inhabitants, 1))
    low, high = count_limits(np.where(np.isnan(value), np.nan, counted), confidence=confidence)
    return low * per_thing, high * per_thing


def without_limits(sums: pd.DataFrame) -> Limits:
    """Limits of what has none."""
    nothing = np.full(len(sums), np.nan)
    return nothing, nothing


def value_of(computation: Computation, sums: pd.DataFrame, nation: Nation) -> Numbers:
    """Value of each cell before anything is left out."""
    numerator, denominator, _ = counts(computation, sums)
    of_each = numerator / np.where(denominator > 0, denominator, np.nan)
    match computation:
        case Ratio():
            return 100 * of_each
        case Rate():
            years = np.ones(len(sums)) if computation.is_yearly else numbers(sums, "months") / MONTHS_A_YEAR
            found: Numbers = of_each * computation.per / np.where(years > 0, years, np.nan)
            return found
        case Sum():
            return numerator
        case ShrunkMean():
            mean = shrunk_mean(numerator, denominator, leniency=nation.leniency, overall=nation.overall, k=nation.k)
            return np.clip(mean, *computation.scale)
        case Pooled():
            return numbers(sums, computation.value)
    raise TypeError(f"no way to compute {computation!r}")


def limits_of(computation: Computation, sums: pd.DataFrame, value: Numbers, nation: Nation, *, suffix: str) -> Limits:
    """Limits of the values of :func:`value_of` with one of ``CONFIDENCES``, by its suffix; NaN where it has none."""
    confidence = CONFIDENCES[suffix]
    match computation:
        case Ratio():
            return share_limits(computation, sums, confidence=confidence)
        case Rate():
            return rate_limits(computation, sums, value, confidence=confidence)
        case ShrunkMean():
            half = t.ppf((1 + confidence) / 2, nation.free) * nation.error
            return np.clip(value - half, *computation.scale), np.clip(value + half, *computation.scale)
        case Pooled():
            return pooled_limits(computation, sums, suffix=suffix)
    return without_limits(sums)


def pooled_limits(computation: Pooled, sums: pd.DataFrame, *, suffix: str) -> Limits:
    """Limits that were computed from single rows; NaN where they were not."""
    names = (f"{computation.low}{suffix}", f"{computation.high}{suffix}")
    if not set(names) <= set(sums.columns):
        return without_limits(sums)
    return numbers(sums, names[0]), numbers(sums, names[1])


def freedom_of(computation: Computation, sums: pd.DataFrame, nation: Nation) -> Numbers:
    """Degrees of freedom of Student's t in the interval of a mean; NaN for other intervals."""
    match computation.interval:
        case Interval.CLUSTER:
            _, _, n = counts(computation, sums)
            return np.where(n > 1, n - 1, np.nan)
        case Interval.PRASAD_RAO:
            return nation.free
    return np.full(len(sums), np.nan)


def measure(
    sums: pd.DataFrame,
    *,
    nation: Nation,
    key: str,
    codes: Sequence[str] = tuple(INDICATORS),
    has_limits: bool = True,
) -> pd.DataFrame:
    """The indicators of all cells: rows by cell and then by indicator, in the order of ``codes``.

    ``sums`` has one row a cell, its key as index, the columns that the computations of the indicators name, and
    ``months``. Columns: ``key``, indicator_code, ``MEASURES``, free (:func:`freedom_of`), is_enough. Where that is
    false, value and interval are NaN. Without ``has_limits`` the intervals, which cost most, are left out.
    """
    names = MEASURES if has_limits else _FIGURES
    columns: dict[str, list[Numbers]] = {name: [] for name in names}
    enough: list[NDArray[np.bool_]] = []
    free: list[Numbers] = []
    for code in codes:
        indicator = INDICATORS[code]
        computation = indicator.computation
        value = value_of(computation, sums, nation)
        suffixes = CONFIDENCES if has_limits else ()
        limits = [limits_of(computation, sums, value, nation, suffix=suffix) for suffix in suffixes]
        found = (*counts(computation, sums), value, *(limit for ends in limits for limit in ends))
        valued = dict(zip(names, found, strict=True))
        is_enough = (valued["n"] >= indicator.minimum_n) & ~np.isnan(valued["value"])
        for name in names[names.index("value") :]:
            valued[name] = np.where(is_enough, valued[name], np.nan)
        enough.append(is_enough)
        free.append(freedom_of(computation, sums, nation))
        for name in names:
            columns[name].append(valued[name])
    long: dict[str, Any] = {
        key: np.repeat(sums.index.to_numpy(), len(codes)),
        "indicator_code": np.tile(np.array(codes, dtype=object), len(sums)),
        **{name: np.stack(parts, axis=1).ravel() for name, parts in columns.items()},
        "free": np.stack(free, axis=1).ravel(),
        "is_enough": np.stack(enough, axis=1).ravel(),
    }
    return pd.DataFrame(long)
