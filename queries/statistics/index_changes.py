"""Changes of the index of many areas between two periods, and which of them are more than chance.

A change is tested as tiers are (:mod:`queries.statistics.tiers`): by the variances of the pillars of both periods and
of the weights, for the geometric and the arithmetic mean, of which the larger p-value counts. Nothing is drawn. As many
areas are tested, p-values are adjusted to the false discovery rate (Benjamini and Hochberg, JRSS B 57, 1995).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from data.effectiveness.index import INDEX_METHOD, IndexMethod, Weights
from queries.statistics.composite import Numbers, has_index, normalised, pillar_scores
from queries.statistics.sampling import known
from queries.statistics.tiers import agreed_sides, comparison, z_scores


def index_changes(
    before: pd.DataFrame,
    after: pd.DataFrame,
    weights: Weights,
    *,
    among: Collection[str],
    method: IndexMethod = INDEX_METHOD,
) -> pd.DataFrame:
    """One row an area of ``among`` whose index is known over the pillars that have a value in both periods.

    ``before`` and ``after`` are ``values`` of all areas of the kind. Columns: area_code, index_before, index_after
    (0-100, over those pillars), p (adjusted, two-sided).
    """
    seen = [known(values) for values in (before, after)]
    observed = [pillar_scores(normalised(values)) for values in (before, after)]
    codes = sorted(set(among) & set(seen[0].areas) & set(seen[1].areas))
    at = [[found.areas.index(code) for code in codes] for found in seen]
    is_both = np.logical_and(*(~np.isnan(pillars.loc[codes].to_numpy()) for pillars in observed))
    is_compared = has_index(np.where(is_both, 1.0, np.nan), weights, method=method)
    shares = np.where(is_both, np.array(weights.values, dtype=np.float64), 0.0)[is_compared]
    shares = shares / shares.sum(axis=1, keepdims=True)
    statistics: list[Numbers] = []
    geometric: list[Numbers] = []
    tests = (
        comparison(one, pillars.to_numpy(), method=method).levels for one, pillars in zip(seen, observed, strict=True)
    )
    for levels in zip(*tests, strict=True):
        least, variance = (
            [getattr(one, name)[rows][is_compared] for one, rows in zip(levels, at, strict=True)]
            for name in ("least", "variance")
        )
        statistics.append(z_scores(least[1] - least[0], shares, (sum(variance) * shares**2).sum(axis=1), method))
        geometric = geometric or [np.exp((one * shares).sum(axis=1)) for one in least]
    table = pd.DataFrame({"area_code": np.array(codes, dtype=object)[is_compared]})
    table["index_before"], table["index_after"] = geometric
    return table.assign(p=_adjusted(statistics))


def _adjusted(statistics: list[Numbers]) -> Numbers:
    _, p = agreed_sides(np.array(statistics), np.array(statistics))
    adjusted: Numbers = false_discovery_control(p) if len(p) else p
    return adjusted
