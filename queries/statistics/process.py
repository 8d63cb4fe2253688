"""Process charts: the centre line and limits of a process that only chance moves, and the points that differ from it.

Limits stand three standard errors from the centre line (Shewhart, "Economic Control of Quality of Manufactured
Product", 1931; formulas and constants as in Montgomery, "Introduction to Statistical Quality Control", 2012, chapters 6
and 7). Shares and rates of many cases move more from month to month than single cases by themselves would: where their
moving range says so (its error is that of Cryer and Ryan, "The estimation of sigma for an X chart", Journal of Quality
Technology 22, 1990), the limits are widened by it (Laney, "Improved control charts for attributes", Quality Engineering
14, 2002). The rules are a point outside the limits and a run on one side of the centre line, two of those in
"Making data count" (NHS England 2019); more rules would find more where there is nothing.

Points are in the order of time; NaN is a point without a value, which no rule bridges.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from data.indicators.process_charts import PROCESS_METHOD, Signal

Numbers = NDArray[np.float64]
# Mean range of two values of a normal distribution, in standard deviations (d2 of two).
RANGE_OF_TWO = 1.128
# Limits of shares and rates are widened where by chance alone 1 chart in 20 would have as wide a moving range.
_WIDE = NormalDist().inv_cdf(0.95)
_ROUNDING = 1e-9


@dataclass(frozen=True)
class ProcessLimits:
    """Centre line, and the limits of each point; NaN where there are none."""

    centre: float
    low: Numbers
    high: Numbers


def p_limits(successes: Numbers, trials: Numbers) -> ProcessLimits:
    """Limits of shares from 0 to 1, about the share of all (p-chart; where they vary by more than chance, p'-chart)."""
    known = _known(successes, trials)
    if not known.any():
        return _without(successes)
    centre = float(successes[known].sum() / trials[known].sum())
    share, error = _ratios(successes, trials, known, variance=centre * (1 - centre))
    return _about(centre, share, error, ends=(0.0, 1.0))


def u_limits(counts: Numbers, exposure: Numbers) -> ProcessLimits:
    """Limits of counts by exposure, about the rate of all (u-chart; where they vary by more than chance, u'-chart)."""
    known = _known(counts, exposure)
    if not known.any():
        return _without(counts)
    centre = float(counts[known].sum() / exposure[known].sum())
    rate, error = _ratios(counts, exposure, known, variance=centre)
    return _about(centre, rate, error, ends=(0.0, np.inf))


def xmr_limits(values: Numbers, *, scale: tuple[float, float] = (-np.inf, np.inf)) -> ProcessLimits:
    """Limits of single values about their mean, from the mean of their moving ranges (XmR chart), cut at the scale."""
    known = ~np.isnan(values)
    if not known.any():
        return _without(values)
    centre, sigma = float(values[known].mean()), _sigma(values)
    spread = np.where(known, PROCESS_METHOD.sigmas * sigma, np.nan)
    return ProcessLimits(centre, np.clip(centre - spread, *scale), np.clip(centre + spread, *scale))


def signals(values: Numbers, limits: ProcessLimits) -> list[Signal]:
    """How each point stands out; a point on the centre line or without a value ends a run."""
    side = np.where(np.abs(values - limits.centre) <= _ROUNDING, 0.0, np.sign(values - limits.centre))
    found: list[Signal] = []
    for of_side, run in groupby(np.nan_to_num(side)):
        length = len(list(run))
        is_run = length >= PROCESS_METHOD.run and of_side != 0
        of_run = Signal.RUN_ABOVE if of_side > 0 else Signal.RUN_BELOW
        found += [of_run if is_run else Signal.USUAL] * length
    is_above, is_below = values > limits.high + _ROUNDING, values < limits.low - _ROUNDING
    return [
        Signal.ABOVE_LIMITS if above else Signal.BELOW_LIMITS if below else signal
        for above, below, signal in zip(is_above, is_below, found, strict=True)
    ]


def _known(counts: Numbers, exposure: Numbers) -> NDArray[np.bool_]:
    return ~np.isnan(counts) & (np.nan_to_num(exposure) > 0)


def _without(values: Numbers) -> ProcessLimits:
    nothing = np.full(len(values), np.nan)
    return ProcessLimits(np.nan, nothing, nothing)


def _ratios(
    counts: Numbers, exposure: Numbers, known: NDArray[np.bool_], *, variance: float
) -> tuple[Numbers, Numbers]:
    """Return ratios and their standard errors by chance; NaN where they are not known."""
    of = np.where(known, exposure, np.nan)
    return counts / of, np.sqrt(variance / of)


def _about(centre: float, values: Numbers, error: Numbers, *, ends: tuple[float, float]) -> ProcessLimits:
    """Return limits by chance, widened where values move more from point to point than chance makes them."""
    z = (values - centre) / np.where(error > 0, error, 1.0)
    points, sigma = int((~np.isnan(z)).sum()), _sigma(z)
    is_wide = points > 1 and sigma > 1 + _WIDE * np.sqrt(0.8264 * points - 1.082) / (points - 1)
    spread = PROCESS_METHOD.sigmas * (sigma if is_wide else 1.0) * error
    return ProcessLimits(centre, np.clip(centre - spread, *ends), np.clip(centre + spread, *ends))


def _sigma(values: Numbers) -> float:
    """Return the standard deviation that the mean of the moving ranges tells; 0 without two values."""
    ranges = np.abs(np.diff(values[~np.isnan(values)]))
    return float(ranges.mean()) / RANGE_OF_TWO if len(ranges) else 0.0
