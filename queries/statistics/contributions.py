"""Change of an area's index between two periods, split exactly by pillar and indicator.

Logarithmic mean Divisia index (LMDI-I: Ang, "The LMDI approach to decomposition analysis", Energy Policy 33, 2005): a
change of a geometric mean is the logarithmic mean of its two values times the changes of its weighted logarithms.

A pillar that has a value in one period only cannot be compared: the change is that of the index over the pillars with a
value in both. Within a pillar, whose score is an arithmetic mean, an indicator that comes or goes is compared with the
mean of those known in both periods: it lifts the pillar if it is better than they are, and lowers it if worse.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.effectiveness.index import INDEX_METHOD, Pillar, Presence, Weights
from queries.statistics.composite import (
    INDEX_CODES,
    Numbers,
    floored_logs,
    has_index,
    known_values,
    means_of_pillars,
    pillar_of,
    to_scores,
)

CONTRIBUTION_COLUMNS = (
    "pillar_code",
    "indicator_code",
    "value_before",
    "value_after",
    "score_before",
    "score_after",
    "contribution",
    "presence",
)
_PILLAR_AT = np.array([list(Pillar).index(pillar_of(code)) for code in INDEX_CODES])
_SAME = 1e-9


def contributions(before: pd.DataFrame, after: pd.DataFrame, weights: Weights, *, area_code: str) -> pd.DataFrame:
    """One row an indicator that has a value in either period, with its contribution to the index of an area.

    ``before`` and ``after`` are ``values`` of the two periods. Columns: pillar_code, indicator_code, value_before,
    value_after (in the indicator's unit), score_before, score_after (0-100; all four NaN without data), contribution
    (points of the index; their sum is the change between :func:`compared_scores`), presence (code of
    :class:`data.effectiveness.index.Presence`). Only indicators of pillars that have a value in both periods; no rows
    where these make no index.
    """
    own = [values[values["area_code"] == area_code] for values in (before, after)]
    shown = [_row(known_values(values), area_code) for values in own]
    scores = [to_scores(values) for values in shown]
    table = pd.DataFrame(
        {
            "pillar_code": [pillar_of(code).value for code in INDEX_CODES],
            "indicator_code": list(INDEX_CODES),
            "value_before": shown[0],
            "value_after": shown[1],
            "score_before": scores[0],
            "score_after": scores[1],
            "contribution": _contributions(scores[0], scores[1], weights),
            "presence": _presence(scores[0], scores[1]),
        }
    )
    return table[table["contribution"].notna()].reset_index(drop=True)


def compared_scores(
    before: pd.DataFrame, after: pd.DataFrame, weights: Weights, *, area_code: str
) -> tuple[float, float]:
    """Return the index of an area before and after over the pillars known in both periods; NaN where they make none."""
    scores = [
        to_scores(_row(known_values(values[values["area_code"] == area_code]), area_code)) for values in (before, after)
    ]
    pillars = _known_twice(*(means_of_pillars(one) for one in scores))
    if not has_index(pillars[0], weights):
        return np.nan, np.nan
    first, last = (_index(one, weights) for one in pillars)
    return first, last


def _known_twice(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    is_both = ~np.isnan(before) & ~np.isnan(after)
    return np.where(is_both, before, np.nan), np.where(is_both, after, np.nan)


def _index(pillars: Numbers, weights: Weights) -> float:
    """Return the weighted geometric mean of the pillars that have a value."""
    return float(np.exp(np.nansum(_weight_shares(pillars, weights) * floored_logs(pillars))))


def _weight_shares(pillars: Numbers, weights: Weights) -> Numbers:
    """Share of each pillar that has a value, which add up to 1."""
    weight = np.where(np.isnan(pillars), 0.0, np.array(weights.values, dtype=np.float64))
    shares: Numbers = weight / weight.sum()
    return shares


def pillar_contributions(table: pd.DataFrame) -> pd.DataFrame:
    """Return :func:`contributions` summed by pillar. Columns: pillar_code, contribution (points of the index)."""
    return table.groupby("pillar_code", sort=False)["contribution"].sum().reset_index()


def _row(table: pd.DataFrame, area_code: str) -> Numbers:
    """Return the row of an area; NaN where the table has none."""
    row: Numbers = table.reindex([area_code]).to_numpy(dtype=np.float64)[0]
    return row


def _presence(before: Numbers, after: Numbers) -> list[str]:
    found = np.where(np.isnan(before), Presence.APPEARED.value, Presence.BOTH.value)
    return list(np.where(np.isnan(after), Presence.GONE.value, found))


def _contributions(before: Numbers, after: Numbers, weights: Weights) -> Numbers:
    """Return points of the index by indicator; NaN where it has no score in either period, its pillar none in one of
    them, or the area no index."""
    pillars = _known_twice(*(means_of_pillars(scores) for scores in (before, after)))
    found = np.full(len(before), np.nan)
    if not has_index(pillars[0], weights):
        return found
    shares = _weight_shares(pillars[0], weights)
    points_of_log = _log_mean(*(_index(scores, weights) for scores in pillars)) * shares
    is_known = ~np.isnan(before) | ~np.isnan(after)
    for position in np.flatnonzero(~np.isnan(pillars[0])):
        inside = (position == _PILLAR_AT) & is_known
        found[inside] = points_of_log[position] * _parts_of_log(before[inside], after[inside])
    return found


def _filled(before: Numbers, after: Numbers, share_before: Numbers, share_after: Numbers) -> tuple[Numbers, ...]:
    """Return levels before and after, with those known once filled by the mean of those known twice, and mean shares.

    The sum of (after - before) times the mean share is then the change of the weighted sum of levels, exactly. What is
    known in neither period stays NaN.
    """
    is_before, is_after = ~np.isnan(before), ~np.isnan(after)
    mean_share = np.where(is_before & is_after, (share_before + share_after) / 2, share_before + share_after)
    kept = np.where(is_before & is_after, mean_share, 0.0)
    if kept.sum() > 0:
        middle = float((kept * np.where(is_before & is_after, before + after, 0.0)).sum() / (2 * kept.sum()))
    else:  # nothing stayed, so that any level adds up
        middle = float(np.nanmean(np.concatenate([before, after])))
    start = np.where(is_after & ~is_before, middle, before)
    return start, np.where(is_before & ~is_after, middle, after), mean_share


def _parts_of_log(before: Numbers, after: Numbers) -> Numbers:
    """Return the contribution of each indicator to the change of its pillar's logarithm."""
    is_known = [~np.isnan(scores) for scores in (before, after)]
    start, end, share = _filled(before, after, *(known / known.sum() for known in is_known))
    first, last, floor = float(np.nanmean(before)), float(np.nanmean(after)), INDEX_METHOD.pillar_floor
    low, high = max(first, floor), max(last, floor)
    if abs(last - first) > _SAME:
        slope = float(np.log1p((high - low) / low)) / (last - first)
    else:
        slope = 1 / low if first > floor else 0.0
    parts: Numbers = share * (end - start) * slope
    return parts


def _log_mean(first: float, second: float) -> float:
    """Return the logarithmic mean of two positive numbers: their difference divided by that of their logarithms."""
    relative = (second - first) / first
    return first * relative / float(np.log1p(relative)) if abs(relative) > _SAME else (first + second) / 2
