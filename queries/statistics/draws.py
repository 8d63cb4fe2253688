"""Uncertainty of the index and its ranks: Monte-Carlo draws over sampling errors, weights and kind of mean.

Uncertainty analysis of the OECD and JRC Handbook (2008). A draw resamples each indicator by its own sampling error
(:class:`data.indicators.Sampling`), varies each weight within 25 %, and takes the arithmetic instead of the geometric
mean in every second draw. Weights and kind of mean are the same for all areas of a draw: they show the effect of the
choice of method on ranks, not on single areas.

A share of ``n`` things is drawn from its Jeffreys posterior, Beta(x + 1/2, n - x + 1/2), which Brown, Cai and DasGupta
("Interval Estimation for a Binomial Proportion", 2001) advise for few cases: one success of one is not certain success.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.effectiveness.index import INDEX_METHOD, IndexMethod, Pillar, Tier, Weights
from data.indicators import INDICATORS, METHOD, Sampling
from queries.statistics.composite import (
    INDEX_CODES,
    FloatArray,
    Numbers,
    has_index,
    index_scores,
    known_values,
    means_of_pillars,
    normalised,
    pillar_scores,
    to_scores,
    wide,
)

RANK_COLUMNS = (
    "area_code",
    "index_score",
    "index_low",
    "index_high",
    "rank_median",
    "rank_low",
    "rank_high",
    "tier",
)
_IS_SHARE = np.array([INDICATORS[code].sampling is Sampling.BINOMIAL for code in INDEX_CODES])
_IS_MEAN = np.array([INDICATORS[code].sampling is Sampling.MEAN for code in INDEX_CODES])
_METHOD_STREAM = "method"


@dataclass(frozen=True)
class PillarDraws:
    """Draws of the pillars before weighting, so that changing a weight needs arithmetic only.

    ``observed`` (areas x pillars) are the pillars as published, NaN without data; ``terms`` (draws x areas x pillars)
    are what is averaged in a draw: its pillars where ``is_arithmetic`` (draws), else their logarithms, and zero without
    data; ``factors`` (draws x pillars) multiply the weights.
    """

    area_codes: tuple[str, ...]
    observed: Numbers
    terms: NDArray[np.float32]
    factors: NDArray[np.float32]
    is_arithmetic: NDArray[np.bool_]
    method: IndexMethod


def pillar_draws(
    values: pd.DataFrame,
    *,
    draws: int = INDEX_METHOD.draws,
    seed: int = INDEX_METHOD.seed,
    method: IndexMethod = INDEX_METHOD,
) -> PillarDraws:
    """Return draws of the pillars of every area, areas in the order of their codes.

    The draws of an area depend on the seed, its code and its own values only: not on the order of the rows, nor on
    which other areas there are.
    """
    value, n, error = _known(values)
    drawn = np.empty((draws, *value.shape), dtype=np.float32)
    areas = [str(area) for area in value.index]
    for position, (area, of_value, of_n, of_error) in enumerate(zip(areas, value.to_numpy(), n, error, strict=True)):
        drawn[:, position] = _drawn_values(of_value, of_n, of_error, random=_stream(seed, area), draws=draws)
    spread = method.weight_spread
    factors = _stream(seed, _METHOD_STREAM).uniform(1 - spread, 1 + spread, (draws, len(Pillar)))
    is_arithmetic = (np.arange(draws) % 2 == 1) & method.has_both_means
    return PillarDraws(
        area_codes=tuple(areas),
        observed=pillar_scores(normalised(values)).to_numpy(),
        terms=_terms(means_of_pillars(to_scores(drawn)).astype(np.float32), is_arithmetic, method),
        factors=factors.astype(np.float32),
        is_arithmetic=is_arithmetic,
        method=method,
    )


def _terms(pillars: NDArray[np.float32], is_arithmetic: NDArray[np.bool_], method: IndexMethod) -> NDArray[np.float32]:
    is_geometric = ~is_arithmetic
    pillars[is_geometric] = np.log(np.maximum(pillars[is_geometric], np.float32(method.pillar_floor)))
    return np.nan_to_num(pillars)


def _known(values: pd.DataFrame) -> tuple[pd.DataFrame, Numbers, Numbers]:
    """Return values (NaN without enough data), their n and standard errors, areas x indicators."""
    value = known_values(values)
    # An interval is cut at the end points of the scale; the longer side is the whole one.
    sides = value - wide(values, "interval_low"), wide(values, "interval_high") - value
    error = np.maximum(*(side.to_numpy() for side in sides)) / METHOD.interval_z
    return value, wide(values, "n").to_numpy(), error


def _stream(seed: int, name: str) -> np.random.Generator:
    """Return a random generator seeded by a name."""
    return np.random.default_rng([seed, int.from_bytes(name.encode(), "big")])


def _drawn_values(
    value: Numbers, n: Numbers, error: Numbers, *, random: np.random.Generator, draws: int
) -> NDArray[np.float32]:
    """Return draws x indicators of one area by their sampling errors; facts and unknown values stay as they are."""
    drawn = np.repeat(value[np.newaxis].astype(np.float32), draws, axis=0)
    shares = np.flatnonzero(_IS_SHARE & ~np.isnan(value))
    successes = value[shares] / 100 * n[shares]
    parts = [
        random.standard_gamma(np.maximum(count, 0.0) + 0.5, (draws, len(shares)), dtype=np.float32)
        for count in (successes, n[shares] - successes)
    ]
    drawn[:, shares] = 100 * parts[0] / (parts[0] + parts[1])
    means = np.flatnonzero(_IS_MEAN & ~np.isnan(value))
    noise = random.standard_normal((draws, len(means)), dtype=np.float32)
    drawn[:, means] += noise * np.nan_to_num(error[means]).astype(np.float32)
    return drawn


def _drawn_indices(drawn: PillarDraws, weights: Weights, is_ranked: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the index of each draw, draws x ranked areas."""
    known = (~np.isnan(drawn.observed[is_ranked])).astype(np.float32)
    terms = drawn.terms if is_ranked.all() else drawn.terms[:, is_ranked]
    weight = drawn.factors * np.array(weights.values, dtype=np.float32)
    # Not as a product of matrices: these are so thin that its threads would cost more than the numbers.
    total = np.einsum("dp,ap->da", weight, known)
    means: NDArray[np.float32] = (terms @ weight[:, :, np.newaxis])[:, :, 0] / total
    is_geometric = ~drawn.is_arithmetic
    means[is_geometric] = np.exp(means[is_geometric])
    return means


def places(scores: FloatArray) -> NDArray[np.int32]:
    """Return ranks along the last axis, 1 for the highest score; areas with the same score share the better rank."""
    order = np.argsort(-scores, axis=-1)
    ordered = np.take_along_axis(scores, order, axis=-1)
    place = np.broadcast_to(np.arange(1, scores.shape[-1] + 1, dtype=np.int32), scores.shape)
    is_shared = ordered[..., 1:] == ordered[..., :-1]
    if is_shared.any():
        place = place.copy()
        place[..., 1:][is_shared] = 0
        place = np.maximum.accumulate(place, axis=-1)
    found = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(found, order, place, axis=-1)
    return found


def rank_table(drawn: PillarDraws, weights: Weights) -> pd.DataFrame:
    """One row an area, by its code: index and rank with 90 % intervals.

    Columns: area_code, index_score (0-100), index_low, index_high, rank_median, rank_low, rank_high (1 is the highest
    index), tier (code of :class:`data.effectiveness.index.Tier`, null without an index). NaN where an area has no
    index: it has no place either, and takes none from others. The interval of the index is that of the geometric draws,
    as the index is a geometric mean, and always holds the index; that of places is of all draws.
    """
    pillars = pd.DataFrame(drawn.observed, columns=list(Pillar))
    table = pd.DataFrame({"area_code": drawn.area_codes})
    table["index_score"] = index_scores(pillars, weights, method=drawn.method)
    is_ranked = has_index(drawn.observed, weights, method=drawn.method)
    found = np.full((len(table), 5), np.nan)
    if is_ranked.any():
        indices = _drawn_indices(drawn, weights, is_ranked)
        low, _, high = _quantiles(indices[~drawn.is_arithmetic], drawn.method)
        own = table["index_score"].to_numpy()[is_ranked]
        first, middle, last = _quantiles(places(indices), drawn.method)
        found[is_ranked] = np.stack([np.minimum(low, own), np.maximum(high, own), middle, first, last], axis=1)
    table[["index_low", "index_high", "rank_median", "rank_low", "rank_high"]] = found
    table["tier"] = _tiers(table)
    return table[list(RANK_COLUMNS)]


def _quantiles(drawn: FloatArray | NDArray[np.int32], method: IndexMethod) -> NDArray[np.float64]:
    """Return lower end, median and upper end of the draws (first axis), each of them a number that was drawn."""
    last = len(drawn) - 1
    tail = (1 - method.interval_share) / 2
    at = [int(np.floor(tail * last)), last // 2, int(np.ceil((1 - tail) * last))]
    # Along the rows of a copy: down the columns numbers lie far apart, which takes ten times as long. Sorted rather
    # than partitioned: the processor sorts many numbers at once.
    return np.sort(np.ascontiguousarray(drawn.T), axis=1)[:, at].T.astype(np.float64)


def _tiers(table: pd.DataFrame) -> pd.Series[str]:
    """Return the tier of each area: upper or lower where its whole rank interval is on that side of the middle rank."""
    middle = (table["index_score"].notna().sum() + 1) / 2
    tier = pd.Series(Tier.MIDDLE.value, index=table.index, dtype=object)
    tier = tier.mask(table["rank_high"] < middle, Tier.UPPER.value)
    tier = tier.mask(table["rank_low"] > middle, Tier.LOWER.value)
    return tier.where(table["index_score"].notna(), None)


def cannot_be_told_apart(ranks: pd.DataFrame, *, area_code: str) -> tuple[str, ...]:
    """Return the areas whose rank intervals overlap that of an area, by median rank; empty if it has no rank.

    ``ranks`` is a :func:`rank_table`. Raises ValueError for an area that is not in it.
    """
    own = ranks[ranks["area_code"] == area_code]
    if own.empty:
        raise ValueError(f"no area {area_code!r} in the table")
    low, high = own["rank_low"].iloc[0], own["rank_high"].iloc[0]
    overlaps = (ranks["rank_low"] <= high) & (ranks["rank_high"] >= low) & (ranks["area_code"] != area_code)
    found = ranks[overlaps].sort_values(["rank_median", "area_code"], kind="stable")
    return tuple(found["area_code"])
