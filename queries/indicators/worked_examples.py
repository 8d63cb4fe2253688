"""Indicators worked through by hand: the numbers that go into a formula, and the formula done once more.

Published values and these start from the same sums (:class:`queries.indicators.cells.IndicatorSums`), which are
published themselves; beyond them nothing is shared: here numbers are added up row by row, the median is taken from the
sorted answers and the Gini coefficient from all pairs. Values that differ would show a mistake in one of the two.
"""

from __future__ import annotations

from math import nan

import numpy as np
import pandas as pd

from data.indicators import INDICATORS
from data.indicators.computations import MONTHS_A_YEAR, Gini, PooledMedian, Rate, Ratio, ShrunkMean, Sum
from data.indicators.worked import (
    MiddleValue,
    Share,
    ShrunkRating,
    Total,
    Unevenness,
    Worked,
    YearlyRate,
)
from data.policy import Scope, ScopeKind
from queries.indicators.cells import IndicatorSums


def worked_example(sums: IndicatorSums, code: str, *, scope: Scope) -> Worked:
    """The numbers behind the value of a nation, region or district. Raises ValueError for an NGO."""
    if scope.kind is ScopeKind.NGO:
        raise ValueError("worked examples are those of areas")
    computation, rows = INDICATORS[code].computation, _rows(sums, scope)
    match computation:
        case Ratio():
            return _share(sums, computation, scope)
        case Rate():
            # Yearly counts of each district come brought to a year, as districts have figures of different months.
            months = MONTHS_A_YEAR if computation.is_yearly else sums.months
            count, inhabitants = _sum(rows, computation.numerator), _sum(rows, computation.denominator)
            return YearlyRate(count, float(months), inhabitants, computation.per)
        case Sum():
            return Total(_sum(rows, computation.numerator), _sum(rows, computation.denominator))
        case ShrunkMean():
            return _shrunk_rating(sums, computation, scope)
        case PooledMedian():
            return _answers(sums, scope)
        case Gini():
            return _gini(sums, scope)
    raise TypeError(f"no worked example of {computation!r}")


def _rows(sums: IndicatorSums, scope: Scope) -> pd.DataFrame:
    """The districts of the scope, and what belongs to regions and the nation themselves where it is in it."""
    if scope.kind is ScopeKind.DISTRICT:
        return sums.by_district[sums.by_district.index == scope.code]
    every = pd.concat([sums.by_district, sums.wider])
    return every[every["region_soato"] == scope.code] if scope.kind is ScopeKind.REGION else every


def _sum(rows: pd.DataFrame, column: str) -> float:
    return float(sum(rows[column].tolist()))


def _share(sums: IndicatorSums, ratio: Ratio, scope: Scope) -> Share:
    rows = _rows(sums, scope)
    if ratio.denominator == "coverable":
        names = ("days_covered", "days") if scope.kind is ScopeKind.DISTRICT else ("districts_covered", "districts")
        return Share(_sum(rows, names[0]), _sum(rows, names[1]), _sum(rows, ratio.n_column))
    if ratio.denominator == "partners":
        ngos = _partners(sums, scope)
        return Share(float(ngos["is_supported"].sum()), float(len(ngos)), float(len(ngos)))
    return Share(_sum(rows, ratio.numerator), _sum(rows, ratio.denominator), _sum(rows, ratio.n_column))


def _shrunk_rating(sums: IndicatorSums, mean: ShrunkMean, scope: Scope) -> ShrunkRating:
    shrinkage, rows = sums.ratings, _rows(sums, scope)
    n = _sum(rows, mean.denominator)
    leniency = shrinkage.leniency(pd.Series("inside", index=rows.index)).get("inside", 0.0)
    return ShrunkRating(n, _sum(rows, mean.numerator) / n if n else nan, shrinkage.k, shrinkage.overall, leniency)


def _answers(sums: IndicatorSums, scope: Scope) -> MiddleValue:
    asked = sums.requests[sums.requests["key"].isin(_rows(sums, scope).index)]
    days = sorted(asked["answer_days"].dropna().tolist())
    half, is_odd = divmod(len(days), 2)
    middle = days[half : half + 1] if is_odd else days[max(half - 1, 0) : half + 1]
    return MiddleValue(float(len(days)), tuple(middle))


def _partners(sums: IndicatorSums, scope: Scope) -> pd.DataFrame:
    """One row a partner NGO of the scope: is_supported and amount_uzs."""
    inside = sums.partners[sums.partners["district_soato"].isin(_rows(sums, scope).index)]
    by_ngo = inside.groupby("ngo_id")
    found = pd.DataFrame({"is_supported": by_ngo["is_supported"].max(), "amount_uzs": by_ngo["amount_uzs"].sum()})
    return found[by_ngo["is_partner"].max() > 0]


def _gini(sums: IndicatorSums, scope: Scope) -> Unevenness:
    amounts = _partners(sums, scope)["amount_uzs"].to_numpy(np.float64)
    pairs = (float(np.abs(amounts[:place] - amount).sum()) for place, amount in enumerate(amounts))
    return Unevenness(sum(pairs), float(len(amounts)), sum(amounts.tolist()))
