"""Uncertainty of the index and its ranks: Monte-Carlo draws over sampling errors, weights and kind of mean.

Uncertainty analysis of the OECD and JRC Handbook (2008). A draw resamples each indicator by its own sampling error
(:class:`data.indicators.Sampling`), varies each weight within 25 %, and takes the arithmetic instead of the geometric
mean in every second draw. Weights and kind of mean are the same for all areas of a draw: they show the effect of the
choice of method on ranks, not on single areas. Tiers are no matter of draws (:mod:`queries.statistics.tiers`).

A share of ``n`` things is drawn from its Jeffreys posterior, Beta(x + 1/2, n - x + 1/2), which Brown, Cai and DasGupta
("Interval Estimation for a Binomial Proportion", 2001) advise for few cases: one success of one is not certain success.
A draw takes one of ``NODES`` equally likely values of it, so that 10,000 draws cost no more than a table of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from data.effectiveness.index import INDEX_METHOD, IndexMethod, Pillar, Weights
from data.indicators import PILLARS
from queries.statistics.composite import (
    FULL_SCORE,
    INDEX_CODES,
    SPAN,
    Numbers,
    has_index,
    index_range,
    normalised,
    pillar_scores,
    shares_of,
)
from queries.statistics.sampling import IS_MEAN, IS_SHARE, Known, known
from queries.statistics.tiers import Comparison, comparison, not_told_apart, tiers

RANK_COLUMNS = (
    "area_code",
    "index_score",
    "index_most",
    "index_low",
    "index_high",
    "rank_median",
    "rank_low",
    "rank_high",
    "tier",
    "tier_of_all",
    "tier_without_foundation",
)
NODES = 64
_BLOCK = 500
_MIDDLES = (np.arange(NODES) + 0.5) / NODES


_MEMBERS = [np.array([INDEX_CODES.index(code) for code in codes]) for codes in PILLARS.values()]
_METHOD_STREAM = "method"


@dataclass(frozen=True)
class PillarDraws:
    """Draws of the pillars before weighting, so that changing a weight needs arithmetic only.

    ``observed`` (areas x pillars) are the pillars as published, NaN without data; ``terms`` (pillars x areas x draws)
    are what is averaged in a draw: the logarithms of its pillars, and in those draws that are ``is_arithmetic``, which
    come last, the pillars themselves; without data those of the lowest value that counts; ``factors`` (pillars x draws)
    multiply the weights. ``comparison`` is what tests of the index need.
    """

    area_codes: tuple[str, ...]
    observed: Numbers
    terms: NDArray[np.float32]
    factors: NDArray[np.float32]
    is_arithmetic: NDArray[np.bool_]
    comparison: Comparison
    method: IndexMethod


def pillar_draws(
    values: pd.DataFrame,
    *,
    draws: int = INDEX_METHOD.draws,
    seed: int = INDEX_METHOD.seed,
    method: IndexMethod = INDEX_METHOD,
    stream: str = "",
) -> PillarDraws:
    """Return draws of the pillars of every area, areas in the order of their codes.

    The draws of an area depend on the seed, its code, its own values and ``stream`` only: not on the order of the rows,
    nor on which other areas there are. Two periods with streams of their own differ by luck; weights and kind of mean
    are the same in both.
    """
    seen = known(values)
    tables = _score_tables(seen)
    # In one piece each, as every second one would lie scattered in memory.
    is_arithmetic = (np.arange(draws) >= (draws + 1) // 2) & method.has_both_means
    geometric = int((~is_arithmetic).sum())
    terms = np.empty((len(Pillar), len(tables), draws), dtype=np.float32)
    for position, (area, table) in enumerate(zip(seen.areas, tables, strict=True)):
        chosen = _chosen_nodes(_stream(seed, f"{area}{stream}"), (len(INDEX_CODES), draws))
        for pillar, members in enumerate(_MEMBERS):
            score = _drawn_pillar(table, chosen, members, floor=method.pillar_floor)
            np.log(np.maximum(score[:geometric], np.float32(method.pillar_floor)), out=score[:geometric])
            terms[pillar, position] = score
    spread = method.weight_spread
    factors = _stream(seed, _METHOD_STREAM).uniform(1 - spread, 1 + spread, (draws, len(Pillar)))
    observed = pillar_scores(normalised(values)).to_numpy()
    return PillarDraws(
        area_codes=seen.areas,
        observed=observed,
        terms=terms,
        factors=np.ascontiguousarray(factors.T, dtype=np.float32),
        is_arithmetic=is_arithmetic,
        comparison=comparison(seen, observed, method=method),
        method=method,
    )


def _score_tables(seen: Known) -> NDArray[np.float32]:
    """Return ``NODES`` equally likely scores of each indicator of each area, areas x indicators x nodes; NaN without
    data."""
    score, per_unit = seen.score, FULL_SCORE / SPAN
    tables = np.repeat(score[:, :, np.newaxis], NODES, axis=2)
    is_share = IS_SHARE & ~np.isnan(score)
    successes, n = seen.successes[is_share], seen.n[is_share]
    # Many areas have as many of as few.
    pairs, at = np.unique(np.round(np.stack([successes, n - successes]), 6), axis=1, return_inverse=True)
    tables[is_share] = FULL_SCORE * betaincinv(*(pairs[:, :, np.newaxis] + 0.5), _MIDDLES)[at.ravel()]
    is_mean = IS_MEAN & ~np.isnan(score)
    spread = (np.nan_to_num(seen.error) * per_unit)[is_mean]
    tables[is_mean] += spread[:, np.newaxis] * ndtri(_MIDDLES)
    return np.clip(tables, 0, FULL_SCORE).astype(np.float32)


def _chosen_nodes(random: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a node each, from random bytes: NODES divides 256."""
    chosen: NDArray[np.uint8] = np.frombuffer(random.bytes(shape[0] * shape[1]), dtype=np.uint8) % np.uint8(NODES)
    return chosen.reshape(shape)


def _drawn_pillar(
    table: NDArray[np.float32], chosen: NDArray[np.uint8], members: NDArray[np.int64], *, floor: float
) -> NDArray[np.float32]:
    """Return the draws of one pillar of one area: the mean of its indicators that have a value; without any the
    floor."""
    with_value = [member for member in members if not np.isnan(table[member, 0])]
    total = np.full(chosen.shape[1], 0 if with_value else floor, dtype=np.float32)
    for member in with_value:
        total += table[member].take(chosen[member])
    total /= np.float32(max(len(with_value), 1))
    return total


def _stream(seed: int, name: str) -> np.random.Generator:
    """Return a random generator seeded by a name."""
    return np.random.default_rng([seed, int.from_bytes(name.encode(), "big")])


def drawn_indices(drawn: PillarDraws, weights: Weights) -> NDArray[np.float32]:
    """Return the index of each draw, areas x draws: at least, as pillars without data are at their lowest."""
    return _indices(drawn, _drawn_shares(drawn, weights))


def _drawn_shares(drawn: PillarDraws, weights: Weights) -> NDArray[np.float32]:
    weight = drawn.factors * np.array(weights.values, dtype=np.float32)[:, np.newaxis]
    shares: NDArray[np.float32] = weight / weight.sum(axis=0)
    return shares


def _indices(drawn: PillarDraws, shares: NDArray[np.float32]) -> NDArray[np.float32]:
    means: NDArray[np.float32] = shares[0] * drawn.terms[0]
    for share, terms in zip(shares[1:], drawn.terms[1:], strict=True):
        means += share * terms
    geometric = int((~drawn.is_arithmetic).sum())
    np.exp(means[:, :geometric], out=means[:, :geometric])
    return means


def _most(drawn: PillarDraws, least: NDArray[np.float32], shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the index of each draw with the pillars without data at 100."""
    is_missing = np.isnan(drawn.observed)
    some = np.flatnonzero(is_missing.any(axis=1))
    most, floor = least.copy(), drawn.method.pillar_floor
    missing_share = is_missing[some].astype(np.float32) @ shares
    arithmetic = least[some] + missing_share * np.float32(FULL_SCORE - floor)
    geometric = least[some] * (np.float32(FULL_SCORE / floor)) ** missing_share
    most[some] = np.where(drawn.is_arithmetic, arithmetic, geometric)
    return most


def place_counts(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return in how many draws each area has each place, areas x places: first the place of the highest score; areas
    with the same score share the better place. ``scores`` (areas x draws) are not below 0.
    """
    counts = np.zeros((len(scores), len(scores)), dtype=np.int64)
    # So many draws as a processor has near at hand.
    for start in range(0, scores.shape[1], _BLOCK):
        counts += _place_counts(scores[:, start : start + _BLOCK])
    return counts


def _place_counts(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    count = len(scores)
    # The bits of such a number run as the numbers do: sorted as one whole number with the position of its area, which
    # processors do ten times as quickly as they sort positions.
    falling = ~np.ascontiguousarray(scores.T).view(np.uint32)
    ordered = np.sort((falling.astype(np.uint64) << np.uint64(32)) | np.arange(count, dtype=np.uint64), axis=1)
    place = np.broadcast_to(np.arange(count, dtype=np.uint32), ordered.shape)
    score = ordered >> np.uint64(32)
    is_shared = score[:, 1:] == score[:, :-1]
    tied = np.flatnonzero(is_shared.any(axis=1))
    if len(tied):
        first = place[tied]
        first[:, 1:][is_shared[tied]] = 0
        place = place.copy()
        place[tied] = np.maximum.accumulate(first, axis=1)
    area = ordered.astype(np.uint32)
    counts: NDArray[np.int64] = np.bincount((area * np.uint32(count) + place).ravel(), minlength=count**2)
    return counts.reshape(count, count)


def rank_table(drawn: PillarDraws, weights: Weights) -> pd.DataFrame:
    """One row an area, by its code: index and rank with 90 % intervals, and tier.

    Columns: area_code, index_score and index_most (0-100, as in :func:`queries.statistics.composite.index_table`),
    index_low, index_high, rank_median, rank_low, rank_high (1 is the highest index), tier, tier_of_all and
    tier_without_foundation (codes of :class:`data.effectiveness.index.Tier`, null where an area has none:
    :func:`queries.statistics.tiers.tiers`). NaN where an area has no index: it has no place either, and takes none from
    others. The interval of the index is that of the geometric draws, as the index is a geometric mean, and always holds
    the index; that of places is of all draws. Both run over all that pillars without data could be.
    """
    table = pd.DataFrame({"area_code": drawn.area_codes})
    table["index_score"], table["index_most"] = index_range(drawn.observed, weights, method=drawn.method)
    is_ranked = has_index(drawn.observed, weights, method=drawn.method)
    found = np.full((len(table), 5), np.nan)
    if is_ranked.any():
        own = table.loc[is_ranked, ["index_score", "index_most"]].to_numpy()
        found[is_ranked] = _intervals(drawn, weights, is_ranked, own)
    table[["index_low", "index_high", "rank_median", "rank_low", "rank_high"]] = found
    for name, of_areas in tiers(drawn.comparison, drawn.observed, weights, method=drawn.method).items():
        table[name] = of_areas
    return table[list(RANK_COLUMNS)]


def _intervals(drawn: PillarDraws, weights: Weights, is_ranked: NDArray[np.bool_], own: Numbers) -> Numbers:
    """Return index_low, index_high, rank_median, rank_low and rank_high of the ranked areas."""
    shares = _drawn_shares(drawn, weights)
    every = _indices(drawn, shares)
    ends = [every] if not np.isnan(drawn.observed[is_ranked]).any() else [every, _most(drawn, every, shares)]
    indices = [end if is_ranked.all() else end[is_ranked] for end in ends]
    geometric = int((~drawn.is_arithmetic).sum())
    low = _quantiles(indices[0][:, :geometric], drawn.method)[0]
    high = _quantiles(indices[-1][:, :geometric], drawn.method)[2]
    ranks = [_quantiles_of_places(place_counts(end), drawn.method) for end in indices]
    first = np.min([rank[0] for rank in ranks], axis=0)
    last = np.max([rank[2] for rank in ranks], axis=0)
    found: Numbers = np.stack(
        [np.minimum(low, own[:, 0]), np.maximum(high, own[:, 1]), ranks[0][1], first, last], axis=1
    )
    return found


def _quantiles(drawn: NDArray[np.float32], method: IndexMethod) -> NDArray[np.float64]:
    """Return lower end, median and upper end of the draws (last axis), each of them a number that was drawn."""
    # Sorted rather than partitioned: the processor sorts many numbers at once.
    return np.sort(drawn, axis=-1)[:, _ends(drawn.shape[-1], method)].T.astype(np.float64)


def _quantiles_of_places(counts: NDArray[np.int64], method: IndexMethod) -> NDArray[np.float64]:
    """Return the same of places, from :func:`place_counts`."""
    until = counts.cumsum(axis=1)
    ends = _ends(int(until[0, -1]), method)
    return np.array([1 + (until <= end).sum(axis=1) for end in ends], dtype=np.float64)


def _ends(draws: int, method: IndexMethod) -> list[int]:
    """Return which of the sorted draws are the ends of the interval and the one in the middle."""
    last, tail = draws - 1, (1 - method.interval_share) / 2
    return [int(np.floor(tail * last)), last // 2, int(np.ceil((1 - tail) * last))]


def cannot_be_told_apart(drawn: PillarDraws, weights: Weights, *, area_code: str) -> tuple[str, ...]:
    """Return the areas whose index a test cannot tell apart from that of an area, the highest index first.

    The false discovery rate of all pairs with that area is kept; that intervals overlap is no test. Empty where it has
    no index. Raises ValueError for an area that was not drawn.
    """
    if area_code not in drawn.area_codes:
        raise ValueError(f"no area {area_code!r} among the draws")
    position = drawn.area_codes.index(area_code)
    alike = not_told_apart(drawn.comparison, drawn.observed, weights, position=position, method=drawn.method)
    score, _ = index_range(drawn.observed, weights, method=drawn.method)
    found = np.flatnonzero(alike)
    return tuple(drawn.area_codes[at] for at in found[np.argsort(-score[found], kind="stable")])


def change_draws(before: pd.DataFrame, after: pd.DataFrame, *, area_code: str) -> tuple[PillarDraws, PillarDraws]:
    """Return draws of one area in two periods, for any weights: those of a draw are the same in both, luck is not."""
    earlier, later = (values[values["area_code"] == area_code] for values in (before, after))
    return pillar_draws(earlier, stream="before"), pillar_draws(later)


def index_change(drawn: tuple[PillarDraws, PillarDraws], weights: Weights) -> tuple[float, float]:
    """Return the 90 % interval of the change of an area's index between two periods, from paired geometric draws
    (:func:`change_draws`).

    Over the pillars that have a value in both, as in :func:`queries.statistics.contributions.contributions`; NaN where
    these make no index.
    """
    if any(len(one.area_codes) == 0 for one in drawn):
        return np.nan, np.nan
    pillars = np.where(np.isnan(drawn[0].observed), np.nan, drawn[1].observed)
    if not has_index(pillars, weights)[0]:
        return np.nan, np.nan
    is_both, geometric = ~np.isnan(pillars[0]), int((~drawn[0].is_arithmetic).sum())
    weight = drawn[0].factors[is_both, :geometric] * shares_of(weights)[is_both, np.newaxis]
    indices = [np.exp((one.terms[is_both, 0, :geometric] * weight).sum(axis=0) / weight.sum(axis=0)) for one in drawn]
    low, _, high = _quantiles((indices[1] - indices[0])[np.newaxis], drawn[0].method)
    return float(low[0]), float(high[0])
