"""Funnel plot of ratings: areas further from the mean than chance and usual differences explain.

Spiegelhalter, "Funnel plots for comparing institutional performance" (Statistics in Medicine 24, 2005). Areas differ by
more than chance alone, so limits of chance alone would put half of the country outside. As he proposes, the variance
between areas is added to that of chance; it is estimated from winsorised z-scores, so that the outliers that the funnel
should show do not widen it.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from data.effectiveness.index import INDEX_METHOD, FunnelBand
from data.indicators.evaluations import EVALUATION_SCORE
from queries.statistics.composite import Numbers

POINT_COLUMNS = ("area_code", "n", "mean", "z", "band")
LIMIT_COLUMNS = ("n", "inner_low", "inner_high", "outer_low", "outer_high")
_WINSORISED = 0.1
_CURVE_POINTS = 60
# Drawing the tails in makes even pure chance look calmer: this is the mean square that is left of it, 0.68.
_CUT = NormalDist().inv_cdf(1 - _WINSORISED)
_CALM = 1 - 2 * _WINSORISED - 2 * _CUT * NormalDist().pdf(_CUT) + 2 * _WINSORISED * _CUT**2


@dataclass(frozen=True)
class Funnel:
    """Funnel plot. ``points``: one row an area (area_code, n, mean, z, band: code of
    :class:`data.effectiveness.index.FunnelBand`).

    ``limits``: the 95 % (inner) and 99.8 % (outer) limits at rising n (n, inner_low, inner_high, outer_low,
    outer_high). ``overall`` is the mean of all events, ``between`` the variance between areas in the limits.
    """

    points: pd.DataFrame
    limits: pd.DataFrame
    overall: float
    between: float


def funnel(values: pd.DataFrame, *, within: float) -> Funnel:
    """Return the funnel of the ratings of areas, from their unshrunk means: shrinkage is for showing one area.

    ``within`` is the variance of event means within districts (:class:`queries.indicators.ratings.Shrinkage`). Areas
    below the minimum n are left out. Of 208 areas that differ only as usual, 10 lie outside the inner limits and less
    than one outside the outer ones. Without areas, or where ``within`` is not known, there are no points and no limits.
    """
    is_rated = (values["indicator_code"] == EVALUATION_SCORE.code) & (values["n"] >= EVALUATION_SCORE.minimum_n)
    ratings = values[is_rated].sort_values("area_code", kind="stable")
    n, total = ratings["n"].to_numpy(dtype=np.float64), ratings["numerator"].to_numpy(dtype=np.float64)
    if len(ratings) == 0 or not within > 0:
        return Funnel(pd.DataFrame(columns=list(POINT_COLUMNS)), pd.DataFrame(columns=list(LIMIT_COLUMNS)), np.nan, 0.0)
    mean, overall = total / n, float(total.sum() / n.sum())
    between = overdispersion((mean - overall) / np.sqrt(within / n), within / n)
    z = (mean - overall) / np.sqrt(within / n + between)
    points = pd.DataFrame(
        {"area_code": ratings["area_code"].to_numpy(), "n": n, "mean": mean, "z": z, "band": _bands(z)}
    )
    return Funnel(points, _limits(n, overall, within=within, between=between), overall, between)


def overdispersion(z: Numbers, variance: Numbers) -> float:
    """Variance between areas beyond chance; 0 where chance explains the spread of ``z`` (Spiegelhalter 2005).

    ``z`` are differences from the mean in standard errors of chance, ``variance`` the squares of these errors.
    """
    count = len(z)
    if count < 2:
        return 0.0
    spread = float((np.clip(z, *np.quantile(z, [_WINSORISED, 1 - _WINSORISED])) ** 2).sum()) / _CALM
    weight = 1 / variance
    return max((spread - (count - 1)) / float(weight.sum() - (weight**2).sum() / weight.sum()), 0.0)


def _reach(share: float) -> float:
    """Return the distance of a two-sided limit from the mean, in standard errors."""
    return NormalDist().inv_cdf((1 + share) / 2)


def _bands(z: Numbers) -> list[str]:
    inner, outer = (_reach(share) for share in INDEX_METHOD.funnel_limits)
    found = np.where(np.abs(z) > inner, FunnelBand.OUTSIDE_INNER.value, FunnelBand.INSIDE.value)
    return list(np.where(np.abs(z) > outer, FunnelBand.OUTSIDE_OUTER.value, found))


def _limits(n: Numbers, overall: float, *, within: float, between: float) -> pd.DataFrame:
    """Return limits from the smallest number to the largest ``n``, at closer steps where they bend."""
    low, high = EVALUATION_SCORE.goalposts or (1.0, 5.0)
    at = np.unique(
        np.round(np.geomspace(EVALUATION_SCORE.minimum_n, max(n.max(), EVALUATION_SCORE.minimum_n + 1), _CURVE_POINTS))
    )
    error = np.sqrt(within / at + between)
    limits = {"n": at}
    for name, share in zip(("inner", "outer"), INDEX_METHOD.funnel_limits, strict=True):
        limits[f"{name}_low"] = np.clip(overall - _reach(share) * error, low, high)
        limits[f"{name}_high"] = np.clip(overall + _reach(share) * error, low, high)
    return pd.DataFrame(limits)[list(LIMIT_COLUMNS)]
