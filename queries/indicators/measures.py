"""From sums to indicator values: ratios with their intervals, the shrunk rating, and what is too little to show.

A cell is an area or a month; :func:`measure` takes one row of sums a cell. Intervals are those of
:mod:`queries.indicators.intervals`, by what the declaration says; :mod:`queries.indicators.ratings` tells those of the
rating.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
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


@dataclass(frozen=True)
class Sums:
    """Columns of sums as arrays, each with a number a cell."""

    columns: Mapping[str, Numbers]
    count: int

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Sums:
        """The columns of a frame with one row a cell, taken out once for all indicators."""
        return cls(dict(zip(frame.columns, frame.to_numpy(np.float64).T, strict=True)), len(frame))

    def __getitem__(self, column: str) -> Numbers:
        """A column of sums; NaN for a column without a name."""
        return self.columns[column] if column else self.nothing()

    def nothing(self) -> Numbers:
        """NaN for each cell."""
        return np.full(self.count, np.nan)


def counts(computation: Computation, sums: Sums) -> tuple[Numbers, Numbers, Numbers]:
    """Numerator, denominator and n of each cell."""
    return sums[computation.numerator], sums[computation.denominator], sums[computation.n_column]


def share_limits(computation: Ratio, sums: Sums, *, confidence: float) -> Limits:
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
        is_wider = sums["districts"] > 1
        low, high = (np.where(is_wider, limit, np.nan) for limit in (low, high))
    return 100 * low, 100 * high


def _of_clusters(computation: Ratio, sums: Sums, *, confidence: float) -> Limits:
    """Clusters that are all equal show no likeness within one: then their things count as if each stood alone."""
    numerator, denominator, n = counts(computation, sums)
    span = denominator / np.where(n > 0, n, np.nan)
    squares = sums[computation.squares]
    by_cluster = cluster_limits(n, numerator / span, squares / span**2, scale=(0.0, 1.0), confidence=confidence)
    # In whole months, as rounded shares of equal clusters differ by a hair.
    has_width = (n > 1) & (n * squares > numerator**2)
    by_thing = wilson(numerator, denominator, confidence=confidence)
    low, high = (np.where(has_width, *ends) for ends in zip(by_cluster, by_thing, strict=True))
    return low, high


def rate_limits(computation: Rate, sums: Sums, value: Numbers, *, confidence: float) -> Limits:
    """The interval of a rate: that of the things counted, brought to a year and to inhabitants as they are."""
    _, inhabitants, _ = counts(computation, sums)
    counted = sums[computation.counted or computation.numerator]
    of_one = MONTHS_A_YEAR / np.maximum(sums["months"], 1) * computation.per
    per_thing = np.where(counted > 0, value / np.maximum(counted, 1), of_one / np.maximum(inhabitants, 1))
    low, high = count_limits(np.where(np.isnan(value), np.nan, counted), confidence=confidence)
    return low * per_thing, high * per_thing


def without_limits(sums: Sums) -> Limits:
    """Limits of what has none."""
    return sums.nothing(), sums.nothing()


def value_of(computation: Computation, sums: Sums, nation: Nation) -> Numbers:
    """Value of each cell before anything is left out."""
    numerator, denominator, _ = counts(computation, sums)
    of_each = numerator / np.where(denominator > 0, denominator, np.nan)
    match computation:
        case Ratio():
            return 100 * of_each
        case Rate():
            years = np.ones(sums.count) if computation.is_yearly else sums["months"] / MONTHS_A_YEAR
            found: Numbers = of_each * computation.per / np.where(years > 0, years, np.nan)
            return found
        case Sum():
            return numerator
        case ShrunkMean():
            mean = shrunk_mean(numerator, denominator, leniency=nation.leniency, overall=nation.overall, k=nation.k)
            return np.clip(mean, *computation.scale)
        case Pooled():
            return sums[computation.value]
    raise TypeError(f"no way to compute {computation!r}")


def limits_of(computation: Computation, sums: Sums, value: Numbers, nation: Nation, *, suffix: str) -> Limits:
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


def pooled_limits(computation: Pooled, sums: Sums, *, suffix: str) -> Limits:
    """Limits that were computed from single rows; NaN where they were not."""
    names = (f"{computation.low}{suffix}", f"{computation.high}{suffix}")
    if not set(names) <= sums.columns.keys():
        return without_limits(sums)
    return sums[names[0]], sums[names[1]]


def freedom_of(computation: Computation, sums: Sums, nation: Nation) -> Numbers:
    """Degrees of freedom of Student's t in the interval of a mean; NaN for other intervals."""
    match computation.interval:
        case Interval.CLUSTER:
            _, _, n = counts(computation, sums)
            return np.where(n > 1, n - 1, np.nan)
        case Interval.PRASAD_RAO:
            return nation.free
    return sums.nothing()


def _score_limits(
    computations: Sequence[Computation], sums: Sums, *, confidence: float
) -> Iterator[tuple[int, Limits]]:
    """Score intervals of all shares of counted things, which most indicators are, made in one go: place of the
    computation, and its limits in percent."""
    shares = {place: one for place, one in enumerate(computations) if one.interval is Interval.WILSON}
    if not shares:
        return
    successes, trials = (
        np.array([sums[column] for column in columns])
        for columns in zip(*((one.numerator, one.denominator) for one in shares.values()), strict=True)
    )
    limits = wilson(successes, trials, confidence=confidence)
    yield from ((place, (100 * low, 100 * high)) for place, low, high in zip(shares, *limits, strict=True))


def _limits_of_all(
    computations: Sequence[Computation], sums: Sums, values: Sequence[Numbers], nation: Nation, *, suffix: str
) -> list[Limits]:
    """:func:`limits_of` for each computation."""
    scores = dict(_score_limits(computations, sums, confidence=CONFIDENCES[suffix]))
    return [
        scores[place] if place in scores else limits_of(computation, sums, value, nation, suffix=suffix)
        for place, (computation, value) in enumerate(zip(computations, values, strict=True))
    ]


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
    cells, index = Sums.of(sums), sums.index
    computations = [INDICATORS[code].computation for code in codes]
    values = [value_of(computation, cells, nation) for computation in computations]
    limits = (
        _limits_of_all(computations, cells, values, nation, suffix=suffix)
        for suffix in (CONFIDENCES if has_limits else ())
    )
    of_values = [np.array(values), *(np.array(ends) for each in limits for ends in zip(*each, strict=True))]
    numerator, denominator, n = np.array([counts(computation, cells) for computation in computations]).swapaxes(0, 1)
    least = np.array([INDICATORS[code].minimum_n for code in codes])
    is_enough = (n >= least[:, np.newaxis]) & ~np.isnan(of_values[0])
    shown = (np.where(is_enough, numbers, np.nan) for numbers in of_values)
    free = np.array([freedom_of(computation, cells, nation) for computation in computations])
    names = (*(MEASURES if has_limits else _FIGURES), "free", "is_enough")
    arrays = (numerator, denominator, n, *shown, free, is_enough)
    long: dict[str, Any] = {
        key: np.repeat(index.to_numpy(), len(codes)),
        "indicator_code": np.tile(np.array(codes, dtype=object), len(index)),
        **{name: array.T.ravel() for name, array in zip(names, arrays, strict=True)},
    }
    return pd.DataFrame(long)
