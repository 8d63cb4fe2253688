"""Sensitivity of ranks to the weights, compared with the uncertainty of the ranks."""

from __future__ import annotations

import pandas as pd

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
