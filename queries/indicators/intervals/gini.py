"""Gini coefficient of amounts (Gini 1912), and its interval by the bootstrap (Efron 1979, percentiles)."""

from __future__ import annotations

from math import nan

import numpy as np

from queries.indicators.intervals.normal import Numbers

RESAMPLES = 400
SEED = 2026


def gini(amounts: Numbers, *, is_sorted: bool = False) -> Numbers:
    """The coefficient of amounts along the last axis, from 0 to 1: the sum of the differences of all pairs divided by
    their number and total; NaN where nothing was given."""
    ordered = amounts if is_sorted else np.sort(amounts, axis=-1)
    n = amounts.shape[-1]
    ranks = 2 * np.arange(1, n + 1) - n - 1
    total = ordered.sum(axis=-1)
    found: Numbers = (ordered @ ranks) / np.where(total > 0, n * total, np.nan)
    return found


def resampled(amounts: Numbers, *, resamples: int = RESAMPLES) -> Numbers:
    """The sorted coefficients of seeded resamples of the amounts, each of one NGO; empty where nothing was given."""
    n = len(amounts)
    if n < 2 or not amounts.any():
        return np.empty(0)
    places = np.sort(np.random.default_rng([SEED, n]).integers(0, n, (resamples, n)), axis=1)
    found = gini(np.sort(amounts)[places], is_sorted=True)
    return np.sort(found[~np.isnan(found)])


def gini_limits(of_resamples: Numbers, *, confidence: float) -> tuple[float, float]:
    """The percentiles of the coefficients of :func:`resampled`; NaN without any."""
    if not of_resamples.size:
        return nan, nan
    tail = (1 - confidence) / 2
    low, high = np.quantile(of_resamples, [tail, 1 - tail])
    return float(low), float(high)
