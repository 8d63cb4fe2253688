"""How long answers take: the median of pooled answer times, with the interval that order statistics give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom, norm

from data.indicators import METHOD

ANSWER_COLUMNS = ("requests_answered", "answer_days", "answer_days_low", "answer_days_high")


def answer_sums(rows: pd.DataFrame, key: pd.Series[Any]) -> pd.DataFrame:
    """The columns :data:`ANSWER_COLUMNS` of each ``key``, from rows of
    :func:`queries.indicators.register_sums.requests_due`.

    The interval holds the true median with 90 % or more: its bounds are the answer times at ranks k and n + 1 - k,
    where k is the lower 5 % point of the binomial distribution of n and one half (Conover 1999, Practical Nonparametric
    Statistics); NaN where n is too small for that.
    """
    answered = rows["answer_days"].notna()
    grouped = rows.loc[answered, "answer_days"].groupby(key[answered])
    table = grouped.agg(["size", "median"]).astype(np.float64)
    bounds = [_bounds(np.sort(days.to_numpy(np.float64))) for _, days in grouped]
    low, high = np.array(bounds, dtype=np.float64).reshape(-1, 2).T
    columns = (table["size"], table["median"], low, high)
    return pd.DataFrame(dict(zip(ANSWER_COLUMNS, columns, strict=True)), index=table.index)


def _bounds(ordered: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float, float]:
    rank = _rank(len(ordered))
    return (float(ordered[rank - 1]), float(ordered[-rank])) if rank else (np.nan, np.nan)


def _rank(n: int) -> int:
    return int(binom.ppf(norm.sf(METHOD.interval_z), n, 0.5))
