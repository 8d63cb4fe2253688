"""Invented areas for the tests of the index: frames like those of the queries, and worlds with known true scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.indicators import INDICATORS, METHOD, Sampling
from queries.statistics.composite import INDEX_CODES, to_scores

IS_SHARE = np.array([INDICATORS[code].sampling is Sampling.BINOMIAL for code in INDEX_CODES])
IS_MEAN = np.array([INDICATORS[code].sampling is Sampling.MEAN for code in INDEX_CODES])
MARK_DEVIATION = 0.7


def frame(areas: Mapping[str, Mapping[str, float]], *, n: int = 20) -> pd.DataFrame:
    """Return values by area and indicator; those that are not named have not enough data."""
    rows = [
        {
            "area_code": area,
            "indicator_code": code,
            "numerator": values.get(code, np.nan) * n / 100,
            "denominator": float(n),
            "n": float(n) if code in values else 0.0,
            "value": values.get(code, np.nan),
            "interval_low": values.get(code, np.nan) - 0.2,
            "interval_high": values.get(code, np.nan) + 0.2,
            "is_enough": code in values,
        }
        for area, values in areas.items()
        for code in INDICATORS
    ]
    return pd.DataFrame(rows)


def long_frame(values: NDArray[np.float64], n: NDArray[np.float64], error: NDArray[np.float64]) -> pd.DataFrame:
    """Return values, numbers and standard errors, areas x indicators of the index, as the queries return them."""
    half = METHOD.interval_z * error.ravel()
    areas = [f"17{position:05d}" for position in range(len(values))]
    return pd.DataFrame(
        {
            "area_code": np.repeat(areas, len(INDEX_CODES)),
            "indicator_code": np.tile(list(INDEX_CODES), len(values)),
            "numerator": values.ravel() * n.ravel() / 100,
            "denominator": n.ravel(),
            "n": n.ravel(),
            "value": values.ravel(),
            "interval_low": values.ravel() - half,
            "interval_high": values.ravel() + half,
            "is_enough": ~np.isnan(values.ravel()),
        }
    )


@dataclass(frozen=True)
class IndexWorld:
    """Observed frame and true scores (0-100, areas x indicators)."""

    values: pd.DataFrame
    truth: NDArray[np.float64]


def world(
    random: np.random.Generator, *, areas: int = 208, numbers: tuple[int, int] = (5, 60), missing: float = 0.0
) -> IndexWorld:
    """Draw areas that differ in all and in each indicator, with a few to many cases each."""
    shape = (areas, len(INDEX_CODES))
    chance = 1 / (1 + np.exp(-(0.3 + random.normal(0, 0.7, (areas, 1)) + random.normal(0, 0.7, shape))))
    few, many = np.log(numbers)
    n = np.round(np.exp(random.uniform(float(few), float(many), (areas, 1)))) * np.ones(shape)
    seen = random.binomial(n.astype(np.int64), chance) / n
    true = np.where(IS_MEAN, 1 + 4 * chance, 100 * chance)
    error = np.where(IS_MEAN, MARK_DEVIATION / np.sqrt(n), 0.0)
    noisy = np.clip(true + random.normal(0, 1, shape) * error, 1, 5)
    values = np.select([IS_SHARE, IS_MEAN], [100 * seen, noisy], true)
    is_missing = random.random(shape) < missing
    values[is_missing], true[is_missing] = np.nan, np.nan
    return IndexWorld(long_frame(values, n, error), np.asarray(to_scores(true)))
