"""Potential improvement of an area: the indicators that would lift its index most.

A signature alone is no improvement: a memorandum comes with the events that it promises, so that coverage rises only
together with the share of memoranda under which events are held.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.effectiveness.index import INDEX_METHOD, Pillar, Weights
from data.indicators.agreement import MEMORANDUM_ALIVE, MEMORANDUM_COVERAGE
from queries.statistics.composite import (
    INDEX_CODES,
    Numbers,
    index_scores,
    known_values,
    means_of_pillars,
    pillar_of,
    to_scores,
)

LIFT_COLUMNS = ("indicator_code", "pillar_code", "value", "aim", "is_target", "gain", "index_after", "comes_with")
# What is raised together: a promise with what keeps it.
COMES_WITH: Mapping[str, str] = {MEMORANDUM_COVERAGE.code: MEMORANDUM_ALIVE.code}
_RAISED = np.eye(len(INDEX_CODES), dtype=np.bool_)
for _code, _other in COMES_WITH.items():
    _RAISED[INDEX_CODES.index(_code), INDEX_CODES.index(_other)] = True
_ROUNDING = 1e-9
NO_TARGETS: Mapping[str, float] = {}


def lifts(
    values: pd.DataFrame,
    weights: Weights,
    *,
    area_code: str,
    targets: Mapping[str, float] = NO_TARGETS,
    count: int = INDEX_METHOD.lifts_shown,
) -> pd.DataFrame:
    """Return the indicators that would lift an area's index most if each alone rose to its aim, the largest gain first.

    ``values`` has the area and its peers (all areas of its kind in the nation: a quarter of a small region is chance).
    The aim is the target where there is one, else the upper quartile of the peers: a value that one of them has reached
    and that three quarters do not exceed. Indicators without a value are left out. Columns: indicator_code,
    pillar_code, value and aim (in the indicator's unit), is_target, gain (points of the index), index_after,
    comes_with (code of the indicator that rises to its own aim with this one, "" for none). Gains do not add up: the
    mean is geometric. No rows for an area without an index. Raises ValueError for an area that is not in the frame.
    """
    table = known_values(values)
    if area_code not in table.index:
        raise ValueError(f"no area {area_code!r} among the values")
    own = table.loc[area_code].to_numpy()
    aims = np.array([targets.get(code, _upper_quartile(table[code].to_numpy())) for code in INDEX_CODES])
    raised = np.where(_RAISED, np.fmax(own, aims), own)
    now, after = _indices(np.vstack([own, raised]), weights)
    lifted = pd.DataFrame(
        {
            "indicator_code": list(INDEX_CODES),
            "pillar_code": [pillar_of(code).value for code in INDEX_CODES],
            "value": own,
            "aim": aims,
            "is_target": [code in targets for code in INDEX_CODES],
            "gain": np.where(own < aims, after - now, 0.0),
            "index_after": after,
            "comes_with": [COMES_WITH.get(code, "") for code in INDEX_CODES],
        }
    )
    best = lifted.sort_values("gain", ascending=False, kind="stable").head(count)
    return best[best["gain"] > _ROUNDING].reset_index(drop=True)


def _upper_quartile(peers: Numbers) -> float:
    known = peers[~np.isnan(peers)]
    if len(known) < INDEX_METHOD.smallest_peers:
        return np.nan
    return float(np.quantile(known, INDEX_METHOD.aim_share, method="inverted_cdf"))


def _indices(rows: Numbers, weights: Weights) -> tuple[float, Numbers]:
    """Return the index of the first row of values, and of each of the others."""
    pillars = pd.DataFrame(means_of_pillars(to_scores(rows)), columns=list(Pillar))
    found: Numbers = np.asarray(index_scores(pillars, weights), dtype=np.float64)
    return float(found[0]), found[1:]
