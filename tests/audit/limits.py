"""Intervals of the audit, by scipy and statsmodels or their published formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom, chi2, norm, t
from statsmodels.stats.proportion import proportion_confint

Numbers: TypeAlias = NDArray[np.float64]
Limits: TypeAlias = tuple[Numbers, Numbers]
# Lower and upper limits for a confidence.
Interval: TypeAlias = Callable[[float], Limits]
RESAMPLES, SEED = 400, 2026


def numbers(column: pd.Series[Any]) -> Numbers:
    """A column as floats."""
    return column.to_numpy(dtype=np.float64)


def none_of(count: int) -> Interval:
    """No interval: a fact counted in full."""
    return lambda _: (np.full(count, np.nan), np.full(count, np.nan))


def wilson(successes: Numbers, trials: Numbers) -> Interval:
    """The score interval of shares, in percent."""
    n = np.where(trials > 0, trials, np.nan)

    def limits(confidence: float) -> Limits:
        low, high = proportion_confint(successes, n, 1 - confidence, "wilson")
        return 100 * low, 100 * high

    return limits


def of_clusters(shares: pd.Series[float], area: pd.Series[Any], areas: pd.Index[Any], things: Interval) -> Interval:
    """Student's interval of the mean share of the clusters of each area, in percent; that of single things where all
    clusters are equal or there is but one."""
    groups = shares.groupby(area)
    found = groups.agg(["size", "mean", "std"]).reindex(areas)

    def limits(confidence: float) -> Limits:
        n, mean, deviation = (numbers(found[name]) for name in ("size", "mean", "std"))
        half = t.ppf((1 + confidence) / 2, n - 1) * deviation / np.sqrt(n)
        low, high = np.clip(mean - half, 0, 1) * 100, np.clip(mean + half, 0, 1) * 100
        has_width, of_things = deviation > 1e-12, things(confidence)
        return np.where(has_width, low, of_things[0]), np.where(has_width, high, of_things[1])

    return limits


def of_count(count: Numbers, per_thing: Numbers) -> Interval:
    """Garwood's interval of a Poisson count under ten, Byar's from ten on, times a factor."""

    def limits(confidence: float) -> Limits:
        tail, z = (1 - confidence) / 2, norm.ppf((1 + confidence) / 2)
        some = np.where(count > 0, count, np.nan)
        exact = np.nan_to_num(chi2.ppf(tail, 2 * some)) / 2, chi2.ppf(1 - tail, 2 * (count + 1)) / 2
        low = some * (1 - 1 / (9 * some) - z / 3 / np.sqrt(some)) ** 3
        high = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / 3 / np.sqrt(count + 1)) ** 3
        is_few = count < 10
        return np.where(is_few, exact[0], low) * per_thing, np.where(is_few, exact[1], high) * per_thing

    return limits


def of_mean(mean: Numbers, error: Numbers, free: Numbers | float) -> Interval:
    """Student's interval of ratings, within their scale."""

    def limits(confidence: float) -> Limits:
        half = t.ppf((1 + confidence) / 2, free) * error
        return np.clip(mean - half, 1, 5), np.clip(mean + half, 1, 5)

    return limits


def of_median(values: pd.Series[float], area: pd.Series[Any], areas: pd.Index[Any]) -> Interval:
    """Two of the values of each area by the ranks of the binomial distribution of one half."""
    ordered = values.to_frame("value").assign(area=area).sort_values(["area", "value"])
    sizes = ordered.groupby("area").size()
    starts = (sizes.cumsum() - sizes).reindex(areas).to_numpy(dtype=float)
    n, sorted_values = sizes.reindex(areas).fillna(0).to_numpy(dtype=float), numbers(ordered["value"])

    def limits(confidence: float) -> Limits:
        rank = binom.ppf((1 - confidence) / 2, n, 0.5)
        is_known = (n > 0) & (rank >= 1)
        low, high = np.full(len(n), np.nan), np.full(len(n), np.nan)
        first, at = starts[is_known].astype(int), rank[is_known].astype(int)
        low[is_known] = sorted_values[first + at - 1]
        high[is_known] = sorted_values[first + n[is_known].astype(int) - at]
        return low, high

    return limits


def gini(amounts: Numbers) -> Numbers:
    """The coefficient of amounts sorted along the last axis, from the area under the curve of Lorenz."""
    n, total = amounts.shape[-1], amounts.sum(axis=-1)
    shares = amounts.cumsum(axis=-1).sum(axis=-1) / np.where(total > 0, total, np.nan)
    return np.asarray((n + 1 - 2 * shares) / n)


def of_unevenness(amounts: pd.Series[float], area: pd.Series[Any], areas: pd.Index[Any]) -> Interval:
    """Percentiles of the coefficients of seeded resamples of the NGOs of each area."""
    by_area: dict[str, Numbers] = {}
    for code, given in amounts.groupby(area):
        n = len(given)
        if n > 1 and given.sum() > 0:
            drawn = np.sort(np.random.default_rng([SEED, n]).integers(0, n, (RESAMPLES, n)), axis=1)
            found = gini(np.sort(numbers(given))[drawn])
            by_area[str(code)] = found[~np.isnan(found)]

    def limits(confidence: float) -> Limits:
        tails = [(1 - confidence) / 2, (1 + confidence) / 2]
        nothing = np.full(2, np.nan)
        found = np.array([np.quantile(by_area[code], tails) if code in by_area else nothing for code in areas])
        return found[:, 0], found[:, 1]

    return limits
