"""Interval of a count of rare things, and so of a rate.

Under ten the exact limits of a Poisson mean from the chi-square distribution (Garwood, "Fiducial limits for the Poisson
distribution", Biometrika 28, 1936); from ten on the approximation of Byar (Breslow and Day, "Statistical Methods in
Cancer Research", volume II, 1987, p. 69), which public health statistics use.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import chi2

from data.indicators import METHOD
from queries.indicators.intervals.normal import Limits, Numbers, two_sided_z


def exact(count: Numbers, *, confidence: float) -> Limits:
    """The exact interval of the mean of a count; the lower limit of nothing is 0."""
    tail = (1 - confidence) / 2
    low = np.where(count > 0, chi2.ppf(tail, 2 * np.maximum(count, 1)) / 2, 0.0 * count)
    return low, np.asarray(chi2.isf(tail, 2 * count + 2) / 2, dtype=np.float64)


def byar(count: Numbers, *, confidence: float) -> Limits:
    """The approximate interval of the mean of a count above 0."""
    z, above = two_sided_z(confidence), count + 1
    known = np.where(count > 0, count, np.nan)
    low = known * (1 - 1 / (9 * known) - z / (3 * np.sqrt(known))) ** 3
    return low, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def count_limits(count: Numbers, *, confidence: float) -> Limits:
    """The interval of the mean of a count: exact under ten, else Byar's; NaN where the count is."""
    limits = zip(exact(count, confidence=confidence), byar(count, confidence=confidence), strict=True)
    low, high = (np.where(count < METHOD.byar_from, by_exact, by_byar) for by_exact, by_byar in limits)
    return low, high
