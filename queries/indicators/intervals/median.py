"""Interval of a median by order statistics (Conover, "Practical Nonparametric Statistics", 1999)."""

from __future__ import annotations

import numpy as np
from scipy.stats import binom

from queries.indicators.intervals.normal import Numbers


def median_limits(values: Numbers, *, confidence: float) -> tuple[float, float]:
    """Two of the values that hold the true median with the confidence or more; NaN where there are too few for that.

    They are those of ranks k and n + 1 - k, where k is the lower point of (1 - confidence) / 2 of the binomial
    distribution of n and one half.
    """
    rank = int(binom.ppf((1 - confidence) / 2, len(values), 0.5)) if len(values) else 0
    if not rank:
        return np.nan, np.nan
    ordered = np.sort(values)
    return float(ordered[rank - 1]), float(ordered[-rank])
