"""Tests of the index: which areas differ from the middle one, and which two differ from each other.

A test is made twice, of the weighted geometric mean of the pillars and of the arithmetic one, and its p-value is the
larger one: who stands out only by the choice of the mean does not stand out. The variance of an index is that of its
pillars by the delta method (Rao, Linear Statistical Inference, 1973, 6a.2), with the variance that weights within 25 %
of the chosen ones make; so nothing is drawn, and no tier hangs on a seed. Many areas are tested at once, therefore the
false discovery rate is kept (Benjamini and Hochberg, JRSS B 57, 1995): of those named, few are expected by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, norm

from data.effectiveness.index import INDEX_METHOD, IndexMethod, Pillar, Tier, Weights
from data.indicators import PILLARS
from queries.statistics.composite import FULL_SCORE, INDEX_CODES, Numbers, has_index
from queries.statistics.sampling import Known

_MEMBERS = np.array([[code in codes for codes in PILLARS.values()] for code in INDEX_CODES], dtype=np.float64)
_FOUNDATION = list(Pillar).index(Pillar.FOUNDATION)


@dataclass(frozen=True)
class Levels:
    """Pillars on the scale on which one kind of mean adds them up, areas x pillars: with those without data at their
    lowest (``least``) and highest (``most``), and the variance of each."""

    least: Numbers
    most: Numbers
    variance: Numbers


@dataclass(frozen=True)
class Comparison:
    """What tests of the index need: levels for each kind of mean that counts."""

    levels: tuple[Levels, ...]


def comparison(seen: Known, observed: Numbers, *, method: IndexMethod = INDEX_METHOD) -> Comparison:
    """Return the levels of the pillars and their variances. ``observed`` (areas x pillars): NaN without data."""
    variances = seen.variances()
    is_known = ~np.isnan(variances)
    count = is_known.astype(np.float64) @ _MEMBERS
    variance = (np.where(is_known, variances, 0.0) @ _MEMBERS) / np.where(count > 0, count, 1.0) ** 2
    floor = method.pillar_floor
    least, most = (np.maximum(np.nan_to_num(observed, nan=end), floor) for end in (floor, FULL_SCORE))
    geometric = Levels(np.log(least), np.log(most), variance / least**2)
    return Comparison((geometric, Levels(least, most, variance)) if method.has_both_means else (geometric,))


def tiers(
    found: Comparison, observed: Numbers, weights: Weights, *, method: IndexMethod = INDEX_METHOD
) -> Mapping[str, NDArray[np.object_]]:
    """Return the tier of each area, null without one: by all pillars, without the foundation, and what both agree on.

    Columns: ``tier_of_all``, ``tier_without_foundation`` and ``tier``, which is upper or lower only where both are, so
    that no signed or unsigned paper decides it. An area without an index, or with fewer than ``tier_pillars`` pillars,
    has none. Where a pillar has no data, an area is in an outer tier only if it is there whatever that pillar could be.
    """
    has_tier = has_index(observed, weights, method=method) & ((~np.isnan(observed)).sum(axis=1) >= method.tier_pillars)
    shares = np.array(weights.values, dtype=np.float64)
    without = np.where(np.arange(len(shares)) == _FOUNDATION, 0.0, shares)
    sides = [_sides(found, chosen, has_tier, method) for chosen in (shares, without if without.any() else shares)]
    both = np.where(sides[0] == sides[1], sides[0], 0)
    names = ("tier", "tier_of_all", "tier_without_foundation")
    return {name: _named(side, has_tier) for name, side in zip(names, (both, *sides), strict=True)}


def _named(side: NDArray[np.int64], has_tier: NDArray[np.bool_]) -> NDArray[np.object_]:
    codes = np.array([Tier.MIDDLE.value, Tier.UPPER.value, Tier.LOWER.value], dtype=object)[side]
    return np.array([code if has else None for code, has in zip(codes, has_tier, strict=True)], dtype=object)


def _sides(found: Comparison, weights: Numbers, has_tier: NDArray[np.bool_], method: IndexMethod) -> NDArray[np.int64]:
    """Return 1 for areas above the middle one, -1 for those below, 0 for those that are not told apart from it."""
    sides = np.zeros(len(has_tier), dtype=np.int64)
    if has_tier.sum() < 2:
        return sides
    above, below = [], []
    for levels in found.levels:
        shares = weights / weights.sum()
        variance = (levels.variance @ shares**2)[has_tier]
        least, most = levels.least[has_tier], levels.most[has_tier]
        middle = np.median(least, axis=0)
        # The middle index is not that of the middle pillars: moved so that it is.
        middle = middle + np.median((least - middle) @ shares)
        above.append(z_scores(least - middle, shares, variance, method))
        below.append(z_scores(most - middle, shares, variance, method))
    side, p = agreed_sides(np.array(above), np.array(below))
    sides[has_tier] = np.where(false_discovery_control(p) <= method.false_share, side, 0)
    return sides


def z_scores(difference: Numbers, shares: Numbers, variance: Numbers, method: IndexMethod) -> Numbers:
    """Return differences of the index in standard errors.

    ``difference``: areas x pillars; ``shares`` of the pillars, the same for all areas or areas x pillars; ``variance``
    of the difference, one number an area.
    """
    total = (difference * shares).sum(axis=1)
    # Weights w(1 + u) with u uniform: the derivative of their weighted mean by u is w (difference - mean).
    of_weights = method.weight_spread**2 / 3 * ((difference - total[:, np.newaxis]) ** 2 * shares**2).sum(axis=1)
    return np.asarray(total / np.sqrt(np.maximum(variance + of_weights, np.finfo(np.float64).tiny)))


def agreed_sides(above: Numbers, below: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """Return side and two-sided p-value from statistics, kinds of mean x areas: of the least and of the most."""
    up, down = above.min(axis=0), below.max(axis=0)
    side = np.where(up > 0, 1, np.where(down < 0, -1, 0))
    z = np.where(side == 1, up, np.where(side == -1, -down, 0.0))
    return side, np.asarray(2 * norm.sf(z))


def not_told_apart(
    found: Comparison, observed: Numbers, weights: Weights, *, position: int, method: IndexMethod = INDEX_METHOD
) -> NDArray[np.bool_]:
    """Return which areas with an index the test cannot tell apart from the one at ``position``; itself it is not."""
    is_indexed = has_index(observed, weights, method=method)
    others = is_indexed & (np.arange(len(observed)) != position)
    if not is_indexed[position] or not others.any():
        return np.zeros(len(observed), dtype=np.bool_)
    statistics = list(_differences(found, weights, position, others, method))
    side, p = agreed_sides(*(np.array(part) for part in zip(*statistics, strict=True)))
    alike = np.zeros(len(observed), dtype=np.bool_)
    alike[others] = (side == 0) | (false_discovery_control(p) > method.false_share)
    return alike


def _differences(
    found: Comparison, weights: Weights, position: int, others: NDArray[np.bool_], method: IndexMethod
) -> Iterator[tuple[Numbers, Numbers]]:
    shares = np.array(weights.values, dtype=np.float64) / sum(weights.values)
    for levels in found.levels:
        variance = (levels.variance[others] + levels.variance[position]) @ shares**2
        at_least = levels.least[position] - levels.most[others]
        at_most = levels.most[position] - levels.least[others]
        yield z_scores(at_least, shares, variance, method), z_scores(at_most, shares, variance, method)
