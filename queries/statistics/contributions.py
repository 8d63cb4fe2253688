"""Change of an area's index between two periods, split exactly by pillar and indicator.

Logarithmic mean Divisia index (LMDI-I: Ang, "The LMDI approach to decomposition analysis", Energy Policy 33, 2005): a
change of a geometric mean is the logarithmic mean of its two values times the changes of its weighted logarithms.

Where a pillar has a value in one period only, the shares of all others change with it. That effect is credited to that
pillar alone: its score in the other period is taken as the mean of the pillars known in both. So a new pillar lifts the
index if it is better than the others, and lowers it if worse. Within a pillar, whose score is an arithmetic mean,
indicators that come or go are treated in the same way.
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
    weight_shares,
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
    (points of the index; their sum is the change of the index), presence (code of
    :class:`data.effectiveness.index.Presence`). No rows where the area has no index in one of the periods.
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
    """Return points of the index by indicator; NaN where it has no score in either period, or the area no index."""
    pillars = [means_of_pillars(scores) for scores in (before, after)]
    found = np.full(len(before), np.nan)
    if not all(has_index(scores, weights) for scores in pillars):
        return found
    shares = [weight_shares(scores, weights) for scores in pillars]
    logs = [floored_logs(scores) for scores in pillars]
    indices = [float(np.exp(np.nansum(share * log))) for share, log in zip(shares, logs, strict=True)]
    start, end, share = _filled(logs[0], logs[1], shares[0], shares[1])
    points_of_log = _log_mean(indices[0], indices[1]) * share
    is_known = ~np.isnan(before) | ~np.isnan(after)
    for position in np.flatnonzero(~np.isnan(start)):
        inside = (position == _PILLAR_AT) & is_known
        first, last = _stood(before[inside], start[position]), _stood(after[inside], end[position])
        found[inside] = points_of_log[position] * _parts_of_log(first, last)
    return found


def _stood(scores: Numbers, level: float) -> Numbers:
    """Return the scores of a pillar's indicators in one period; where none is known, all at the filled-in level."""
    return np.full(len(scores), np.exp(level)) if np.isnan(scores).all() else scores


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
