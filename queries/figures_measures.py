"""From sums to indicator values: ratios with their intervals, the shrunk mark, and what is too little to show.

A cell is an area or a month; :func:`measure` takes one row of sums a cell. Sources: Wilson (1927) for the interval of a
ratio; for the mark, the normal-normal model of Efron and Morris (1975), whose posterior mean is the shrunk mean and
whose posterior variance is the variance within districts / (n + k).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.indicators import INDICATORS, METHOD, IndicatorCode, Unit

Numbers: TypeAlias = NDArray[np.float64]
MEASURES = ("numerator", "denominator", "n", "value", "interval_low", "interval_high")
PER_INHABITANTS = 10_000
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Ratio:
    """The columns of sums that an indicator is made of; ``n`` is the denominator unless named.

    An indicator without any has n 0, so it never has enough data.
    """

    numerator: str
    denominator: str
    n: str = ""


RATIOS: Mapping[IndicatorCode, Ratio] = {
    IndicatorCode.MEMORANDUM_COVERAGE: Ratio("districts_covered", "districts"),
    IndicatorCode.MEMORANDUM_ALIVE: Ratio("memoranda_alive", "memoranda_judged"),
    IndicatorCode.PLAN_EXECUTION: Ratio("plan_fulfilled", "plan_items"),
    IndicatorCode.MAHALLA_REACH: Ratio("mahallas_reached", "mahallas"),
    IndicatorCode.REGULARITY: Ratio("mahalla_months", "mahalla_months_possible", n="mahallas_active"),
    IndicatorCode.EVENTS_PER_10K: Ratio("events_known", "inhabitants"),
    IndicatorCode.PARTICIPANTS: Ratio("participants_total", "events_held"),
    IndicatorCode.EVALUATION_COVERAGE: Ratio("events_evaluated_14d", "events_waited"),
    IndicatorCode.EVALUATION_SCORE: Ratio("event_mark_sum", "events_marked"),
    IndicatorCode.WOULD_REPEAT: Ratio("repeat_yes", "repeat_all"),
    IndicatorCode.RECOMMENDATIONS_CLOSED: Ratio("recommendations_closed_60d", "recommendations"),
}


@dataclass(frozen=True)
class Shrinkage:
    """How marks are drawn together: ``k`` and the variance of event means within districts (NaN: unknown)."""

    k: float
    within: float


def estimate_shrinkage(marked: Numbers, mark_sum: Numbers, square_sum: Numbers) -> Shrinkage:
    """The ratio of within- to between-district variance by the method of moments (one-way analysis of variance).

    Each array has one number a district: events with a mark, the sum of their marks, the sum of squares. Only districts
    with at least two such events count. ``k`` is the default where the variance between is not above zero.
    """
    used = marked >= 2
    n, total, squares = marked[used], mark_sum[used], square_sum[used]
    groups, size = len(n), float(n.sum())
    if groups == 0:
        return Shrinkage(METHOD.shrinkage_default, np.nan)
    # Rounding may leave a sum of squares a hair below zero where all marks are equal.
    within = max(float((squares - total**2 / n).sum()) / (size - groups), 0.0)
    if groups < 2:
        return Shrinkage(METHOD.shrinkage_default, within)
    mean_square = float((n * (total / n - total.sum() / size) ** 2).sum()) / (groups - 1)
    typical_size = (size - float((n**2).sum()) / size) / (groups - 1)
    between = (mean_square - within) / typical_size
    return Shrinkage(within / between if between > 1e-9 else METHOD.shrinkage_default, within)


def wilson(successes: Numbers, trials: Numbers) -> tuple[Numbers, Numbers]:
    """The 90 % Wilson score interval of a proportion, from 0 to 1; NaN without trials."""
    n = np.where(trials > 0, trials, np.nan)
    share, z = successes / n, METHOD.interval_z
    centre, spread = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip((centre - spread) / (1 + z**2 / n), 0, 1), np.clip((centre + spread) / (1 + z**2 / n), 0, 1)


def _ratio(sums: pd.DataFrame, code: IndicatorCode) -> tuple[Numbers, Numbers, Numbers]:
    if code not in RATIOS:
        nothing = np.zeros(len(sums))
        return nothing, nothing, nothing
    ratio = RATIOS[code]
    numerator, denominator, n = (
        sums[column].to_numpy(dtype=np.float64)
        for column in (ratio.numerator, ratio.denominator, ratio.n or ratio.denominator)
    )
    return numerator, denominator, n


def _shrunk(total: Numbers, n: Numbers, overall: Numbers, shrinkage: Shrinkage) -> tuple[Numbers, Numbers, Numbers]:
    weight = np.where(n > 0, n + shrinkage.k, np.nan)
    mean = (total + shrinkage.k * overall) / weight
    spread = METHOD.interval_z * np.sqrt(shrinkage.within / weight)
    low, high = INDICATORS[IndicatorCode.EVALUATION_SCORE].goalposts or (1.0, 5.0)
    return mean, np.clip(mean - spread, low, high), np.clip(mean + spread, low, high)


def _valued(sums: pd.DataFrame, code: IndicatorCode, overall: Numbers, shrinkage: Shrinkage) -> list[Numbers]:
    """The columns of ``MEASURES`` before anything is left out."""
    numerator, denominator, n = _ratio(sums, code)
    nothing = np.full(len(sums), np.nan)
    value, low, high = nothing, nothing, nothing
    if code is IndicatorCode.EVALUATION_SCORE:
        value, low, high = _shrunk(numerator, denominator, overall, shrinkage)
    elif code is IndicatorCode.PARTICIPANTS:
        value = numerator
    else:
        share = numerator / np.where(denominator > 0, denominator, np.nan)
        if INDICATORS[code].unit is Unit.PERCENT:
            low, high = (100 * bound for bound in wilson(numerator, denominator))
            value = 100 * share
        else:
            months = sums["months"].to_numpy(dtype=np.float64)
            value = share * PER_INHABITANTS * MONTHS_A_YEAR / np.where(months > 0, months, np.nan)
    return [numerator, denominator, n, value, low, high]


def measure(sums: pd.DataFrame, *, overall: Numbers, shrinkage: Shrinkage, key: str) -> pd.DataFrame:
    """All indicators of all cells: rows by cell and then by indicator.

    ``sums`` has one row a cell, its key as index, and the columns of :data:`RATIOS` with ``months``; ``overall`` is the
    mean mark of the nation for each cell. Columns: ``key``, indicator_code, ``MEASURES``, is_enough. Where that is
    false, value and interval are NaN.
    """
    columns: dict[str, list[Numbers]] = {name: [] for name in MEASURES}
    enough: list[NDArray[np.bool_]] = []
    for code in INDICATORS:
        valued = dict(zip(MEASURES, _valued(sums, code, overall, shrinkage), strict=True))
        is_enough = (valued["n"] >= INDICATORS[code].minimum_n) & ~np.isnan(valued["value"])
        for name in ("value", "interval_low", "interval_high"):
            valued[name] = np.where(is_enough, valued[name], np.nan)
        enough.append(is_enough)
        for name in MEASURES:
            columns[name].append(valued[name])
    long: dict[str, Any] = {
        key: np.repeat(sums.index.to_numpy(), len(INDICATORS)),
        "indicator_code": np.tile([code.value for code in INDICATORS], len(sums)),
        **{name: np.stack(parts, axis=1).ravel() for name, parts in columns.items()},
        "is_enough": np.stack(enough, axis=1).ravel(),
    }
    return pd.DataFrame(long)
