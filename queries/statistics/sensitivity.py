"""Effect of the weights: on ranks, compared with the uncertainty of the ranks, and of each pillar on the index.

A weight says how much a pillar is meant to count; how much it does count depends on how far areas differ in it and on
how it goes along with the others (Paruolo, Saisana and Saltelli, "Ratings and rankings: voodoo or science?", JRSS A
176, 2013).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.effectiveness.index import INDEX_METHOD, Pillar, Weights
from queries.statistics.composite import Numbers, floored_logs, has_index, shares_of

SENSITIVITY_COLUMNS = ("area_code", "rank_usual", "rank_chosen", "places_up", "index_change", "matters")


def sensitivity(usual: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """One row an area of both rank tables, the largest move first: the effect of other weights on it.

    ``usual`` and ``chosen`` are :func:`queries.statistics.draws.rank_table` with the usual and the chosen weights.
    Columns: area_code, rank_usual, rank_chosen (medians), places_up (negative: down), index_change (points), matters
    (the new rank lies outside the 90 % interval that the area had anyway). NaN and false where an area has no index
    with either weights.
    """
    both = usual.merge(chosen, on="area_code", suffixes=("_usual", "_chosen"), validate="one_to_one")
    places_up = both["rank_median_usual"] - both["rank_median_chosen"]
    is_above = both["rank_median_chosen"] < both["rank_low_usual"]
    is_below = both["rank_median_chosen"] > both["rank_high_usual"]
    table = pd.DataFrame(
        {
            "area_code": both["area_code"],
            "rank_usual": both["rank_median_usual"],
            "rank_chosen": both["rank_median_chosen"],
            "places_up": places_up,
            "index_change": both["index_score_chosen"] - both["index_score_usual"],
            "matters": is_above | is_below,
        }
    )
    order = places_up.abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def effective_weights(pillars: Numbers, weights: Weights) -> pd.DataFrame:
    """One row a pillar: its share of the weights and its share of the variance of the index between areas.

    ``pillars``: areas x pillars (0-100, NaN without data); areas without all pillars are left out. Columns:
    pillar_code, nominal (share of the weights), effective (share of the variance of the index's logarithm, which is the
    weighted sum of those of the pillars: covariance of a pillar's part with the sum; negative where areas that are good
    at it are worse in all). Each column adds up to 1; ``effective`` is NaN for fewer areas than a quartile needs, or
    where all have the same index.
    """
    complete = pillars[~np.isnan(pillars).any(axis=1) & has_index(pillars, weights)]
    shares = shares_of(weights)
    effective = np.full(len(shares), np.nan)
    if len(complete) >= INDEX_METHOD.smallest_peers:
        parts = floored_logs(complete) * shares
        total = parts.sum(axis=1)
        variance = float(total.var())
        if variance > np.finfo(np.float64).eps:
            effective = ((parts - parts.mean(axis=0)) * (total - total.mean())[:, np.newaxis]).mean(axis=0) / variance
    codes = [pillar.value for pillar in Pillar]
    return pd.DataFrame({"pillar_code": codes, "nominal": shares, "effective": effective})
