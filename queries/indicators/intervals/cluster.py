"""Interval of a mean over clusters, whose things are alike within one and counted from cluster to cluster.

The variance is that of the clusters' own values (Cochran, "Sampling Techniques", 1977, chapter 9); ``t`` with one
degree of freedom fewer than clusters stands for the normal distribution.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import t

from queries.indicators.intervals.normal import Limits, Numbers


def cluster_limits(
    clusters: Numbers,
    total: Numbers,
    squares: Numbers,
    *,
    scale: tuple[float, float],
    confidence: float,
    least_variance: Numbers | float = 0.0,
) -> Limits:
    """The interval of the mean of the values of some clusters, cut at the ends of their scale.

    ``total`` and ``squares``: sum of the values and of their squares; their variance is at least ``least_variance``.
    NaN with fewer than two clusters.
    """
    n = np.where(clusters > 1, clusters, np.nan)
    mean = total / n
    # Rounding may leave the variance of equal values a hair below zero.
    variance = np.maximum((squares - n * mean**2) / (n - 1), least_variance)
    spread = t.isf((1 - confidence) / 2, n - 1) * np.sqrt(variance / n)
    return np.clip(mean - spread, *scale), np.clip(mean + spread, *scale)
