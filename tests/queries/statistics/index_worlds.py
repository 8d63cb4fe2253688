"""Invented areas for the tests of the index: frames like those of the queries, and worlds with known true scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.indicators import INDICATORS, METHOD
from queries.statistics.composite import INDEX_CODES, LOWEST, SPAN, to_scores
from queries.statistics.sampling import IS_MEAN, IS_SHARE

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


def _seen(
    random: np.random.Generator, chance: NDArray[np.float64], numbers: tuple[int, int]
) -> tuple[NDArray[np.float64], ...]:
    """Return what is seen of areas x indicators, with few to many cases an area: value, n, standard error, truth."""
    few, many = np.log(numbers)
    n = np.round(np.exp(random.uniform(float(few), float(many), (len(chance), 1)))) * np.ones(chance.shape)
    true = LOWEST + chance * SPAN
    error = np.where(IS_MEAN, MARK_DEVIATION / 4 * SPAN / np.sqrt(n), 0.0)
    noisy = np.clip(true + random.normal(0, 1, chance.shape) * error, LOWEST, LOWEST + SPAN)
    share = 100 * random.binomial(n.astype(np.int64), chance) / n
    return np.select([IS_SHARE, IS_MEAN], [share, noisy], true), n, error, true


def world(
    random: np.random.Generator, *, areas: int = 208, numbers: tuple[int, int] = (5, 60), missing: float = 0.0
) -> IndexWorld:
    """Draw areas that differ in all and in each indicator, with a few to many cases each."""
    shape = (areas, len(INDEX_CODES))
    chance = 1 / (1 + np.exp(-(0.3 + random.normal(0, 0.7, (areas, 1)) + random.normal(0, 0.7, shape))))
    values, n, error, true = _seen(random, chance, numbers)
    is_missing = random.random(shape) < missing
    values[is_missing], true[is_missing] = np.nan, np.nan
    return IndexWorld(long_frame(values, n, error), np.asarray(to_scores(true)))


def equal_world(
    random: np.random.Generator, *, areas: int = 208, numbers: tuple[int, int] = (5, 60), has_paper: bool = False
) -> pd.DataFrame:
    """Draw areas that are all equal but for luck, with a few to many cases each, and the same facts.

    ``has_paper``: a random half of them has a memorandum on every day, the others never.
    """
    shape = (areas, len(INDEX_CODES))
    chance = random.uniform(0.4, 0.95, len(INDEX_CODES)) * np.ones(shape)
    values, n, error, _ = _seen(random, chance, numbers)
    if has_paper:
        values[:, 0] = 100.0 * (random.random(areas) < 0.5)
    return long_frame(values, n, error)
