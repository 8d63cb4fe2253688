"""Effectiveness index: normalisation, pillars, weighted geometric mean.

After the OECD and JRC Handbook on Constructing Composite Indicators (2008), chapters on normalisation and aggregation.
``values`` is everywhere the long frame of :func:`queries.indicators.values.area_values`: area_code, indicator_code,
numerator, denominator, n, value, interval_low, interval_high, is_enough. Missing is not zero: it stays NaN in
indicators and pillars. The index of an area whose pillars are not all known is a range: what it is at least, with those
pillars at the lowest value that counts, and at most, with them at 100. As the least is what is compared, to leave out a
pillar is never a gain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.effectiveness.index import INDEX_METHOD, IndexMethod, Pillar, Weights
from data.indicators import INDICATORS, PILLARS

Numbers: TypeAlias = NDArray[np.float64]
FloatArray: TypeAlias = NDArray[Any]

INDEX_CODES = tuple(code for codes in PILLARS.values() for code in codes)
FULL_SCORE = 100.0
_POSITIONS = {code: position for position, code in enumerate(INDEX_CODES)}
_ROUNDING = 1e-12

_ENDS: Mapping[str, tuple[float, float]] = {
    code: goalposts for code in INDEX_CODES if (goalposts := INDICATORS[code].goalposts) is not None
}
LOWEST = np.array([_ENDS[code][0] for code in INDEX_CODES])
SPAN = np.array([_ENDS[code][1] - _ENDS[code][0] for code in INDEX_CODES])
_MEMBERS = np.array([[code in codes for codes in PILLARS.values()] for code in INDEX_CODES], dtype=np.float64)


def wide(values: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row an area, by its code, and one column an indicator of the index; NaN where the frame has no row."""
    return _wide(values, values[column].to_numpy(dtype=np.float64))


def _wide(values: pd.DataFrame, numbers: FloatArray) -> pd.DataFrame:
    """Return one row an area and one column an indicator of the index, of a number for each row of a long frame."""
    row, areas = pd.factorize(values["area_code"].to_numpy(dtype=object), sort=True)
    at = np.array([_POSITIONS.get(code, -1) for code in values["indicator_code"].tolist()], dtype=np.int64)
    is_inside = at >= 0
    table = np.full((len(areas), len(INDEX_CODES)), np.nan)
    table[row[is_inside], at[is_inside]] = numbers[is_inside]
    return pd.DataFrame(table, index=pd.Index(areas, name="area_code"), columns=list(INDEX_CODES))


def pillar_of(code: str) -> Pillar:
    """Return the pillar that an indicator of the index is part of."""
    return next(pillar for pillar, codes in PILLARS.items() if code in codes)


def to_scores(values: FloatArray) -> FloatArray:
    """Return values of the index indicators (last axis) scaled to 0-100 by their end points, in the same shape."""
    per_unit: FloatArray = (FULL_SCORE / SPAN).astype(values.dtype)
    scores: FloatArray = np.clip((values - LOWEST.astype(values.dtype)) * per_unit, 0, FULL_SCORE)
    return scores


def known_values(values: pd.DataFrame) -> pd.DataFrame:
    """Values, NaN where there is not enough data: one row an area, one column an indicator of the index."""
    is_enough, numbers = values["is_enough"].to_numpy(dtype=np.bool_), values["value"].to_numpy(dtype=np.float64)
    return _wide(values, np.where(is_enough, numbers, np.nan))


def normalised(values: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of :func:`known_values`, 0-100."""
    table = known_values(values)
    return pd.DataFrame(to_scores(table.to_numpy()), index=table.index, columns=table.columns)


def means_of_pillars(scores: FloatArray) -> FloatArray:
    """Return scores of pillars from those of indicators (last axis): the mean of the known ones, NaN without any."""
    is_known = ~np.isnan(scores)
    members = _MEMBERS.astype(scores.dtype)
    known = is_known.astype(scores.dtype) @ members
    total: FloatArray = np.where(is_known, scores, 0) @ members
    means: FloatArray = total / np.where(known > 0, known, np.nan).astype(scores.dtype)
    return means


def pillar_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Pillars of :func:`normalised` scores: one row an area, one column a pillar (0-100, NaN without data)."""
    return pd.DataFrame(means_of_pillars(scores.to_numpy()), index=scores.index, columns=list(Pillar))


def has_index(pillars: Numbers, weights: Weights, *, method: IndexMethod = INDEX_METHOD) -> NDArray[np.bool_]:
    """Return whether enough pillars (last axis) with enough weight have a value."""
    is_known = ~np.isnan(pillars)
    shares = np.array(weights.values) / sum(weights.values)
    is_heavy: NDArray[np.bool_] = is_known @ shares >= method.smallest_weight_share - _ROUNDING
    is_broad: NDArray[np.bool_] = is_known.sum(axis=-1) >= method.smallest_pillars
    return is_heavy & is_broad


def floored_logs(pillars: Numbers, *, method: IndexMethod = INDEX_METHOD) -> Numbers:
    """Return logarithms of pillar scores, with scores below the method's floor raised to it; NaN stays."""
    return np.log(np.maximum(pillars, method.pillar_floor))


def shares_of(weights: Weights) -> Numbers:
    """Share of each pillar in the index, which add up to 1."""
    shares: Numbers = np.array(weights.values, dtype=np.float64) / sum(weights.values)
    return shares


def index_range(pillars: Numbers, weights: Weights, *, method: IndexMethod = INDEX_METHOD) -> tuple[Numbers, Numbers]:
    """Return what the index is at least and at most (one number a row); NaN where :func:`has_index` says no.

    It is the weighted geometric mean of the pillars (last axis), a pillar below the method's floor counting as that. A
    pillar without a value counts as the floor in the least and as 100 in the most.
    """
    shares, is_known = shares_of(weights), has_index(pillars, weights, method=method)
    ends = (method.pillar_floor, FULL_SCORE)
    least, most = (
        np.where(is_known, np.exp(floored_logs(np.nan_to_num(pillars, nan=end), method=method) @ shares), np.nan)
        for end in ends
    )
    return least, most


def index_scores(pillars: pd.DataFrame, weights: Weights, *, method: IndexMethod = INDEX_METHOD) -> pd.Series[float]:
    """Return the least of :func:`index_range`, which is the index itself where all pillars are known."""
    least, _ = index_range(pillars.to_numpy(dtype=np.float64), weights, method=method)
    return pd.Series(least, index=pillars.index, name="index_score")


def index_table(values: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """One row an area, by its code, with its index.

    Columns: area_code, index_score (0-100, at least; NaN without an index), index_most (at most; the same where all
    pillars are known), one a pillar by its code (0-100, NaN without data), pillars_known (number), missing_pillars
    (codes joined by ";").
    """
    pillars = pillar_scores(normalised(values))
    is_missing = pillars.isna()
    least, most = index_range(pillars.to_numpy(), weights)
    table = pillars.set_axis([pillar.value for pillar in Pillar], axis=1)
    table.insert(0, "index_score", least)
    table.insert(1, "index_most", most)
    table["pillars_known"] = len(Pillar) - is_missing.sum(axis=1)
    table["missing_pillars"] = [
        ";".join(pillar.value for pillar, gone in zip(Pillar, row, strict=True) if gone)
        for row in is_missing.to_numpy()
    ]
    return table.reset_index()
