"""Interval of a median by order statistics (Conover, "Practical Nonparametric Statistics", 1999)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.stats import binom

from queries.indicators.intervals.normal import Numbers


def median_limits(values: Numbers, *, confidence: float) -> tuple[float, float]:
    """Two of the values that hold the true median with the confidence or more; NaN where there are too few for that.

    They are those of ranks k and n + 1 - k, where k is the lower point of (1 - confidence) / 2 of the binomial
    distribution of n and one half.
    """
    rank = _rank(len(values), confidence)
    if not rank:
        return np.nan, np.nan
    ordered = np.sort(values)
    return float(ordered[rank - 1]), float(ordered[-rank])


@lru_cache(maxsize=10_000)
def _rank(n: int, confidence: float) -> int:
    """The rank of the lower limit among ``n`` values, which many areas share; 0: none."""
    return int(binom.ppf((1 - confidence) / 2, n, 0.5)) if n else 0
