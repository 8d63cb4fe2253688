"""From sums to indicator values: ratios with their intervals, the shrunk rating, and what is too little to show.

A cell is an area or a month; :func:`measure` takes one row of sums a cell. Sources: Wilson (1927) for the interval of a
ratio; :mod:`queries.indicators.ratings` for the rating.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm, t

from data.indicators import INDICATORS, METHOD
from data.indicators.computations import Computation, Interval, Pooled, Rate, Ratio, ShrunkMean, Sum
from data.indicators.worked import MONTHS_A_YEAR
from queries.indicators.ratings import shrunk_mean

Numbers: TypeAlias = NDArray[np.float64]
MEASURES = ("numerator", "denominator", "n", "value", "interval_low", "interval_high")


def wilson(successes: Numbers, trials: Numbers) -> tuple[Numbers, Numbers]:
    """The 90 % Wilson score interval of a proportion, from 0 to 1; NaN without trials."""
    n = np.where(trials > 0, trials, np.nan)
    share, z = successes / n, METHOD.interval_z
    centre, spread = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip((centre - spread) / (1 + z**2 / n), 0, 1), np.clip((centre + spread) / (1 + z**2 / n), 0, 1)


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


def share(computation: Ratio, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """A share in percent with its interval; NaN where nothing was counted."""
    numerator, denominator, _ = counts(computation, sums)
    value = 100 * numerator / np.where(denominator > 0, denominator, np.nan)
    if computation.interval is Interval.NONE:
        return value, *_without_interval(sums)
    low, high = wilson(numerator, denominator)
    return value, 100 * low, 100 * high


def total(computation: Sum, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """A sum; it has no interval."""
    return numbers(sums, computation.numerator), *_without_interval(sums)


def pooled(computation: Pooled, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """A value that was computed from single rows, with the bounds that were."""
    value, low, high = (numbers(sums, name) for name in (computation.value, computation.low, computation.high))
    return value, low, high


def _rate(computation: Rate, sums: pd.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """A count per so many inhabitants a year."""
    numerator, denominator, _ = counts(computation, sums)
    per_inhabitant = numerator / np.where(denominator > 0, denominator, np.nan)
    years = np.ones(len(sums)) if computation.is_yearly else numbers(sums, "months") / MONTHS_A_YEAR
    return per_inhabitant * computation.per / np.where(years > 0, years, np.nan), *_without_interval(sums)


def _without_interval(sums: pd.DataFrame) -> tuple[Numbers, Numbers]:
    nothing = np.full(len(sums), np.nan)
    return nothing, nothing


def _valued(computation: Computation, sums: pd.DataFrame, nation: Nation) -> tuple[Numbers, Numbers, Numbers]:
    """Value and interval of each cell before anything is left out."""
    match computation:
        case Ratio():
            return share(computation, sums)
        case Rate():
            return _rate(computation, sums)
        case Sum():
            return total(computation, sums)
        case ShrunkMean():
            added, n, _ = counts(computation, sums)
            mean = shrunk_mean(added, n, leniency=nation.leniency, overall=nation.overall, k=nation.k)
            mean = np.clip(mean, *computation.scale)
            half = t.ppf(norm.cdf(METHOD.interval_z), nation.free) * nation.error
            low, high = (np.clip(mean + side * half, *computation.scale) for side in (-1, 1))
            return mean, low, high
        case Pooled():
            return pooled(computation, sums)
    raise TypeError(f"no way to compute {computation!r}")


def measure(
    sums: pd.DataFrame,
    *,
    nation: Nation,
    key: str,
    codes: Sequence[str] = tuple(INDICATORS),
) -> pd.DataFrame:
    """The indicators of all cells: rows by cell and then by indicator, in the order of ``codes``.

    ``sums`` has one row a cell, its key as index, the columns that the computations of the indicators name, and
    ``months``. Columns: ``key``, indicator_code, ``MEASURES``, is_enough. Where that is false, value and interval are
    NaN.
    """
    columns: dict[str, list[Numbers]] = {name: [] for name in MEASURES}
    enough: list[NDArray[np.bool_]] = []
    for code in codes:
        indicator = INDICATORS[code]
        computation = indicator.computation
        found = (*counts(computation, sums), *_valued(computation, sums, nation))
        valued = dict(zip(MEASURES, found, strict=True))
        is_enough = (valued["n"] >= indicator.minimum_n) & ~np.isnan(valued["value"])
        for name in ("value", "interval_low", "interval_high"):
            valued[name] = np.where(is_enough, valued[name], np.nan)
        enough.append(is_enough)
        for name in MEASURES:
            columns[name].append(valued[name])
    long: dict[str, Any] = {
        key: np.repeat(sums.index.to_numpy(), len(codes)),
        "indicator_code": np.tile(np.array(codes, dtype=object), len(sums)),
        **{name: np.stack(parts, axis=1).ravel() for name, parts in columns.items()},
        "is_enough": np.stack(enough, axis=1).ravel(),
    }
    return pd.DataFrame(long)
